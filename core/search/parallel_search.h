// A search forwards on several threads whose hits come in order, and are the same as those of one.
//
// The range is given out in segments, in order. Each thread finds the hits that begin in its
// segment as if none before reached into it, and waits for its turn. Where one does, it looks again
// from the end of that, until it meets a hit that it knows: from there on they are the same.
//
// Thread rule: run() once, on a thread that may wait for a disk.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/snapshot.h"
#include "core/search/find.h"
#include "core/search/scan.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace octavo::core {

class ParallelSearch {
public:
    enum class Wanted {
        First,  ///< one hit, at any price; no other is looked for
        All,    ///< every hit, within the bounds of a Scan that bounds its work
    };

    /// `range` lies within the snapshot. What is referred to must outlive the search.
    ParallelSearch(const Snapshot& snapshot, const Finder& finder, Extent range, Wanted wanted,
                   Progress& progress, const FindOptions& options);

    Result<FindAllOutcome> run(unsigned threads, const std::function<bool(const Hit&)>& onHit);

private:
    struct Segment {
        std::uint64_t number = 0;
        Extent places;
    };

    void work(const std::function<bool(const Hit&)>& onHit);
    std::optional<Segment> claim();
    Status search(Scan& scan, const Segment& segment, std::vector<Hit>& hits) const;
    bool waitForTurn(const Segment& segment);
    Status repair(Scan& scan, const Segment& segment, std::vector<Hit>& hits) const;
    bool deliver(const std::vector<Hit>& hits, const std::function<bool(const Hit&)>& onHit);
    void passTurn(const Segment& segment, std::optional<Offset> stoppedAt, bool goesOn);
    void fail(Error error);
    void note(const Scan& scan);

    const Snapshot& snapshot_;
    const Finder& finder_;
    Extent range_;
    Wanted wanted_;
    Scan::Role role_;
    Progress& progress_;
    FindOptions options_;
    Offset segmentLength_;

    std::mutex mutex_;
    std::condition_variable turnPassed_;
    // Under the mutex.
    Scan scout_;
    Extent left_;
    std::uint64_t claimed_ = 0;
    std::uint64_t turn_ = 0;
    bool isOver_ = false;
    std::optional<Error> error_;
    std::optional<Offset> stoppedAt_;
    std::vector<Extent> notSearched_;
    // Of the thread whose turn it is.
    Offset free_;  // where the next hit may begin, for the last one
};

}  // namespace octavo::core
