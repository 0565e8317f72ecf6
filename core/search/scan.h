// One pass over a range of a snapshot for one pattern: answers match after match, from the left
// or from the right.
//
// The places where a match can begin are looked at in blocks. A block is read with the bytes that
// a match at its last place needs, so no match is cut; those few bytes are read twice. The block
// is kept between matches, so dense matches do not read it again and again.
//
// Thread rule: one thread, which may wait for a disk.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/unreadable.h"
#include "core/content/snapshot.h"
#include "core/search/find.h"
#include "core/search/matcher.h"

#include <optional>
#include <vector>

namespace octavo::core {

class Scan {
public:
    /// `range` lies within the snapshot. What is referred to must outlive the scan.
    Scan(const Snapshot& snapshot, const Pattern& pattern, Extent range, bool backward,
         Progress& progress, const FindOptions& options);

    /// The next match that does not overlap the last one; nothing at the end. Cancelled where
    /// progress says so; it is asked before each block.
    Result<std::optional<Offset>> next();

    /// What could not be read of the bytes passed so far.
    Unreadable notSearched() const;

private:
    struct Block {
        Extent places;             // where a match can begin
        Bytes bytes;               // from places.offset on
        std::vector<Extent> gaps;  // unreadable, in order
    };

    bool blockIsNext() const;
    bool skipZeros();
    bool skipZerosForwards();
    bool skipZerosBackwards();
    bool skipGap();
    Offset runBackwards(Offset (Snapshot::*known)(Offset) const, Offset beyond) const;
    void load();
    std::optional<Offset> searchBlock();
    std::optional<Offset> searchForwards(Extent bytes);
    std::optional<Offset> searchBackwards(Extent bytes);
    std::optional<Offset> searchRun(Extent run);
    void pass(Extent gap);
    void report();

    const Snapshot& snapshot_;
    Matcher matcher_;
    Extent range_;
    bool backward_;
    bool zerosMatch_;
    Progress& progress_;
    Offset size_;    // of the pattern
    Offset chunk_;   // places a block
    Extent places_;  // not yet looked at
    Block block_;
    std::vector<Extent> passed_;  // gaps, in the direction of the search
};

}  // namespace octavo::core
