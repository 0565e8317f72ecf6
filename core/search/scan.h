// One pass over a range of a snapshot with one finder: answers hit after hit, from the left or
// from the right.
//
// The places where a match can begin are looked at in blocks. A block has the bytes that a match at
// its last place can have too, so no match is cut; those are looked at twice. It is looked at where
// it stands, as far as that can be had, and copied where not, or where it has many hits: what was
// seen in place must be confirmed for each of them. The block is kept between hits.
//
// Thread rule: one thread, which may wait for a disk.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/unreadable.h"
#include "core/content/snapshot.h"
#include "core/search/find_options.h"
#include "core/search/finder.h"
#include "core/search/hit.h"

#include <memory>
#include <optional>
#include <vector>

namespace octavo::core {

class Scan {
public:
    struct Role {
        /// Gives up where the hits cost far more than to read the bytes.
        bool boundsWork = false;
        /// Tells how far it has come; else somebody else does.
        bool reports = true;
    };

    /// `range` lies within the snapshot. What is referred to must outlive the scan.
    Scan(const Snapshot& snapshot, const Finder& finder, Extent range, Role role,
         Progress& progress, const FindOptions& options);

    /// The places of the range where a match can begin.
    Extent places() const { return places_; }
    /// Goes on at other places, which lie among those that the range has.
    void setPlaces(Extent places);

    /// Passes over what is known to be zeros, or unreadable, at the first places.
    void skipKnown();

    /// The next hit; nothing at the end, or where stoppedAt() tells. Cancelled where progress says
    /// so, which is asked every some ten thousand places.
    Result<std::optional<Hit>> next();

    /// Where the scan gave up: places from there on were not looked at.
    std::optional<Offset> stoppedAt() const { return stoppedAt_; }

    /// What could not be read of the bytes passed so far.
    Unreadable notSearched() const;

    /// Work beyond so many times the bytes passed ends a search for all, once it is worth a
    /// thought.
    static constexpr std::uint64_t kMostWork = 64;

private:
    struct Block {
        Extent places;             // where a match can begin
        Offset offset = 0;         // of the bytes
        ByteSpan bytes;            // with the neighbours
        std::vector<Extent> gaps;  // unreadable, in order
        // Where the bytes stand, or nothing where they are a copy.
        std::unique_ptr<SourceView> view;
        Bytes copy;
        std::size_t hits = 0;
    };

    Error cancelled() const;
    bool blockIsNext() const;
    bool skipZeros();
    bool skipZerosForwards();
    bool skipZerosBackwards();
    bool skipGap();
    Offset runBackwards(Offset (Snapshot::*known)(Offset) const, Offset beyond) const;
    void load();
    void copyBlock(Extent bytes);
    bool isBlockGood();
    Extent nextWindow() const;
    std::optional<Hit> searchPlaces(Extent places);
    std::optional<Hit> searchForwards(Extent places);
    std::optional<Hit> searchBackwards(Extent places);
    std::optional<Hit> searchRun(Extent places, Offset end);
    void advance(const Hit& hit);
    void pass(Extent gap);
    void report();
    bool isTooMuch() const;

    const Snapshot& snapshot_;
    std::unique_ptr<Finder> finder_;
    Extent range_;
    FindOptions options_;
    Role role_;
    bool zerosMatch_;
    Progress& progress_;
    Offset longest_;  // of a match, within the range
    Offset shortest_;
    Offset around_;  // neighbours that count
    Offset chunk_;   // places a block
    Offset step_;    // places between two looks at the progress
    Extent places_;  // not yet looked at
    Extent began_;   // places_ at first, for the work
    std::uint64_t workBefore_ = 0;
    Offset limit_;  // backwards: no match reaches beyond
    Block block_;
    std::vector<Extent> passed_;  // gaps, in the direction of the search
    std::optional<Offset> stoppedAt_;
};

}  // namespace octavo::core
