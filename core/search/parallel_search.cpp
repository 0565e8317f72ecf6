#include "core/search/parallel_search.h"

#include <algorithm>
#include <system_error>
#include <thread>

namespace octavo::core {

namespace {

// A segment holds so many times the longest match, as the bytes behind it are read twice.
constexpr Offset kLongest = 4;

Offset behind(const Hit& hit) {
    return std::max(hit.end(), hit.offset + 1);
}

Unreadable joined(std::vector<Extent> extents) {
    std::ranges::sort(extents, {}, &Extent::offset);
    std::vector<Extent> whole;
    for (const Extent& each : extents) {
        if (!whole.empty() && each.offset <= whole.back().end()) {
            whole.back().length = std::max(whole.back().end(), each.end()) - whole.back().offset;
        } else {
            whole.push_back(each);
        }
    }
    Unreadable unreadable;
    for (const Extent& each : whole) {
        unreadable.add(each);
    }
    return unreadable;
}

}  // namespace

ParallelSearch::ParallelSearch(const Snapshot& snapshot, const Finder& finder, Extent range,
                               Wanted wanted, Progress& progress, const FindOptions& options)
    : snapshot_(snapshot)
    , finder_(finder)
    , range_(range)
    , wanted_(wanted)
    , role_{.boundsWork = wanted == Wanted::All, .reports = false}
    , progress_(progress)
    , options_(options)
    , segmentLength_(std::max(std::max<Offset>(options.chunkLength, 1),
                              kLongest * std::min(finder.longest(), range.length / kLongest)))
    , scout_(snapshot, finder, range, role_, progress, options)
    , left_(scout_.places())
    , free_(range.offset) {
    progress_.setTotal(range_.length);
    progress_.setDone(0);
}

Result<FindAllOutcome> ParallelSearch::run(unsigned threads,
                                           const std::function<bool(const Hit&)>& onHit) {
    std::vector<std::thread> others;
    try {
        while (others.size() + 1 < threads) {
            others.emplace_back([this, &onHit] { work(onHit); });
        }
    } catch (const std::system_error&) {
        // The system gives no more: those that there are do the work.
    }
    work(onHit);
    for (std::thread& other : others) {
        other.join();
    }
    if (error_) {
        return *error_;
    }
    note(scout_);
    if (!isOver_) {
        progress_.setDone(range_.length);
    }
    return FindAllOutcome{joined(std::move(notSearched_)), stoppedAt_};
}

void ParallelSearch::work(const std::function<bool(const Hit&)>& onHit) {
    Scan scan(snapshot_, finder_, range_, role_, progress_, options_);
    std::vector<Hit> hits;
    while (const std::optional<Segment> segment = claim()) {
        Status status = search(scan, *segment, hits);
        std::optional<Offset> stoppedAt = scan.stoppedAt();
        if (status && !waitForTurn(*segment)) {
            break;
        }
        if (status && free_ > segment->places.offset) {
            status = repair(scan, *segment, hits);
            if (scan.stoppedAt()) {
                stoppedAt = scan.stoppedAt();
            }
        }
        if (!status) {
            fail(status.error());
            break;
        }
        passTurn(*segment, stoppedAt, deliver(hits, onHit));
    }
    const std::lock_guard lock(mutex_);
    note(scan);
}

void ParallelSearch::note(const Scan& scan) {
    const Unreadable unreadable = scan.notSearched();
    notSearched_.insert(notSearched_.end(), unreadable.extents().begin(),
                        unreadable.extents().end());
}

std::optional<ParallelSearch::Segment> ParallelSearch::claim() {
    const std::lock_guard lock(mutex_);
    if (isOver_) {
        return std::nullopt;
    }
    scout_.setPlaces(left_);
    scout_.skipKnown();
    left_ = scout_.places();
    if (left_.isEmpty()) {
        return std::nullopt;
    }
    const Offset count = std::min(segmentLength_, left_.length);
    const Segment segment{claimed_++, {left_.offset, count}};
    left_ = {left_.offset + count, left_.length - count};
    return segment;
}

Status ParallelSearch::search(Scan& scan, const Segment& segment, std::vector<Hit>& hits) const {
    hits.clear();
    scan.setPlaces(segment.places);
    for (;;) {
        const Result<std::optional<Hit>> hit = scan.next();
        if (!hit) {
            return hit.error();
        }
        if (!*hit) {
            return {};
        }
        hits.push_back(**hit);
        if (wanted_ == Wanted::First) {
            return {};
        }
    }
}

bool ParallelSearch::waitForTurn(const Segment& segment) {
    std::unique_lock lock(mutex_);
    turnPassed_.wait(lock, [&] { return isOver_ || turn_ == segment.number; });
    return !isOver_;
}

// The last hit before the segment reaches into it.
Status ParallelSearch::repair(Scan& scan, const Segment& segment, std::vector<Hit>& hits) const {
    std::vector<Hit> found;
    const Offset from = std::min(free_, segment.places.end());
    scan.setPlaces({from, segment.places.end() - from});
    auto known = hits.begin();
    for (;;) {
        const Result<std::optional<Hit>> hit = scan.next();
        if (!hit) {
            return hit.error();
        }
        if (!*hit) {
            break;
        }
        while (known != hits.end() && known->offset < (*hit)->offset) {
            ++known;
        }
        if (known != hits.end() && *known == **hit) {
            found.insert(found.end(), known, hits.end());
            break;
        }
        found.push_back(**hit);
    }
    hits = std::move(found);
    return {};
}

bool ParallelSearch::deliver(const std::vector<Hit>& hits,
                             const std::function<bool(const Hit&)>& onHit) {
    for (const Hit& hit : hits) {
        if (!options_.overlapping) {
            free_ = behind(hit);
        }
        if (!onHit(hit)) {
            return false;
        }
    }
    return true;
}

void ParallelSearch::passTurn(const Segment& segment, std::optional<Offset> stoppedAt,
                              bool goesOn) {
    progress_.setDone(std::min(segment.places.end() - range_.offset, range_.length));
    {
        const std::lock_guard lock(mutex_);
        ++turn_;
        stoppedAt_ = goesOn ? stoppedAt : std::nullopt;
        isOver_ = isOver_ || !goesOn || stoppedAt;
    }
    turnPassed_.notify_all();
}

void ParallelSearch::fail(Error error) {
    {
        const std::lock_guard lock(mutex_);
        if (!error_) {
            error_ = std::move(error);
        }
        isOver_ = true;
    }
    turnPassed_.notify_all();
}

}  // namespace octavo::core
