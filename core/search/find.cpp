#include "core/search/find.h"

#include "core/search/scan.h"

namespace octavo::core {

namespace {

/// The part of the range that is in the snapshot; nothing where the range is none.
std::optional<Extent> cut(const Snapshot& snapshot, Extent range) {
    if (!range.isValid()) {
        return std::nullopt;
    }
    const Offset from = std::min(range.offset, snapshot.length());
    return Extent{from, std::min(range.end(), snapshot.length()) - from};
}

Error invalidRange() {
    return Error::invalid("find", "the range is none");
}

}  // namespace

Result<FindOutcome> findFirst(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                              bool backward, Progress& progress, const FindOptions& options) {
    const std::optional<Extent> within = cut(snapshot, range);
    if (!within) {
        return invalidRange();
    }
    Scan scan(snapshot, pattern, *within, backward, progress, options);
    const Result<std::optional<Offset>> match = scan.next();
    if (!match) {
        return match.error();
    }
    return FindOutcome{*match, scan.notSearched()};
}

Result<Unreadable> findAll(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                           bool backward, Progress& progress,
                           const std::function<bool(Offset)>& onMatch, const FindOptions& options) {
    const std::optional<Extent> within = cut(snapshot, range);
    if (!within) {
        return invalidRange();
    }
    Scan scan(snapshot, pattern, *within, backward, progress, options);
    for (;;) {
        const Result<std::optional<Offset>> match = scan.next();
        if (!match) {
            return match.error();
        }
        if (!*match || !onMatch(**match)) {
            return scan.notSearched();
        }
    }
}

}  // namespace octavo::core
