#include "core/search/find.h"

#include "core/search/parallel_search.h"
#include "core/search/scan.h"

#include <algorithm>
#include <thread>

namespace octavo::core {

namespace {

/// The part of the range that is in the snapshot.
Result<Extent> cut(const Snapshot& snapshot, Extent range, const FindOptions& options) {
    if (!range.isValid()) {
        return Error::invalid("find", "the range is none");
    }
    if (options.alignment.every < 1) {
        return Error::invalid("find", "the alignment must be one byte at least");
    }
    const Offset from = std::min(range.offset, snapshot.length());
    return Extent{from, std::min(range.end(), snapshot.length()) - from};
}

unsigned threadsFor(Extent range, const FindOptions& options) {
    // What is read before a second thread would have begun.
    constexpr Offset kWorthIt = 4;
    if (options.backward || range.length / kWorthIt < std::max<Offset>(options.chunkLength, 1)) {
        return 1;
    }
    return options.threads != 0 ? options.threads
                                : std::max(std::thread::hardware_concurrency(), 1U);
}

Unreadable before(const Unreadable& all, Offset end) {
    Unreadable some;
    for (const Extent& extent : all.extents()) {
        if (extent.offset < end) {
            some.add(extent);
        }
    }
    return some;
}

}  // namespace

Result<FindOutcome> findFirst(const Snapshot& snapshot, const Finder& finder, Extent range,
                              Progress& progress, const FindOptions& options) {
    const Result<Extent> within = cut(snapshot, range, options);
    if (!within) {
        return within.error();
    }
    if (const unsigned threads = threadsFor(*within, options); threads > 1) {
        std::optional<Hit> first;
        ParallelSearch search(snapshot, finder, *within, ParallelSearch::Wanted::First, progress,
                              options);
        const auto outcome = search.run(threads, [&](const Hit& hit) {
            first = hit;
            return false;
        });
        if (!outcome) {
            return outcome.error();
        }
        return FindOutcome{first, first ? before(outcome->notSearched, first->offset)
                                        : outcome->notSearched};
    }
    Scan scan(snapshot, finder, *within, {}, progress, options);
    const Result<std::optional<Hit>> match = scan.next();
    if (!match) {
        return match.error();
    }
    return FindOutcome{*match, scan.notSearched()};
}

Result<FindAllOutcome> findAll(const Snapshot& snapshot, const Finder& finder, Extent range,
                               Progress& progress, const std::function<bool(const Hit&)>& onHit,
                               const FindOptions& options) {
    const Result<Extent> within = cut(snapshot, range, options);
    if (!within) {
        return within.error();
    }
    if (const unsigned threads = threadsFor(*within, options); threads > 1) {
        ParallelSearch search(snapshot, finder, *within, ParallelSearch::Wanted::All, progress,
                              options);
        return search.run(threads, onHit);
    }
    Scan scan(snapshot, finder, *within, {.boundsWork = true, .reports = true}, progress, options);
    for (;;) {
        const Result<std::optional<Hit>> hit = scan.next();
        if (!hit) {
            return hit.error();
        }
        if (!*hit || !onHit(**hit)) {
            return FindAllOutcome{scan.notSearched(), *hit ? std::nullopt : scan.stoppedAt()};
        }
    }
}

}  // namespace octavo::core
