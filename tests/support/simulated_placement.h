// Where the blocks of a simulated file lie, and the changes to that which a power cut may keep,
// drop, or stop in the middle of.
//
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace octavo::test {

using BlockNumber = std::uint64_t;

struct Place {
    BlockNumber block = 0;
    bool unwritten = false;  ///< taken, and reads as zeros whatever stands there

    friend bool operator==(const Place&, const Place&) = default;
};

/// Blocks that follow each other in the file and on the disk.
struct PlacedRun {
    core::Offset first = 0;  ///< in blocks of the file
    core::Offset count = 0;
    Place place;  ///< of the first
};

/// The size of a file and the place of each of its blocks that has one.
struct Placement {
    core::Offset size = 0;  ///< in bytes
    std::map<core::Offset, Place> places;

    /// Ascending; a run ends at each of `borders` too.
    std::vector<PlacedRun> runs(const std::vector<core::Offset>& borders = {}) const;
};

/// One change of a placement.
class PlacementChange {
public:
    /// Block contents that stand on the disk no later than the change: none older than the write
    /// with this number.
    using Least = std::vector<std::pair<BlockNumber, std::uint64_t>>;
    using Places = std::map<core::Offset, std::optional<Place>>;

    /// A block finds its place when it is written back, in any order.
    static PlacementChange place(core::Offset index, Place place);
    /// The file grows when what was written behind its end is written back, in any order.
    static PlacementChange grow(core::Offset size, Least least);
    /// The size is set, and the blocks beyond it lose their place, at once.
    static PlacementChange resize(core::Offset size, Places places, Least least);
    /// Blocks get or lose their place, one after the other; then the size, where it changes.
    static PlacementChange patch(Places places, std::optional<core::Offset> size, Least least);
    /// As ext4 and XFS do it: first the file grows, then run by run moves, the last one first.
    static PlacementChange insert(core::Offset at, core::Offset count, core::Offset blockSize);
    /// As ext4 and XFS do it: first the blocks go, the last run first, then run by run moves, the
    /// first one first, then the file shrinks.
    static PlacementChange collapse(core::Offset at, core::Offset count, core::Offset blockSize);

    /// The same, ended by an error after half of its steps.
    PlacementChange stoppedHalfway(const Placement& before) const;

    /// False for what comes in any order. True: a power cut that drops it drops all later ones.
    bool isOrdered() const { return kind_ != Kind::WrittenBack; }
    /// How many steps it takes, each of which a power cut may be the end of.
    int steps(const Placement& before) const;
    void apply(Placement& placement, int stepsDone) const;
    void apply(Placement& placement) const { apply(placement, steps(placement)); }
    const Least& least() const { return least_; }

private:
    enum class Kind { WrittenBack, AtOnce, Patch, Insert, Collapse };

    explicit PlacementChange(Kind kind) : kind_(kind) {}
    int allSteps(const Placement& before) const;
    void applyInsert(Placement& placement, int stepsDone) const;
    void applyCollapse(Placement& placement, int stepsDone) const;

    Kind kind_;
    Places places_;
    std::optional<core::Offset> size_;
    Least least_;
    core::Offset at_ = 0;
    core::Offset count_ = 0;
    core::Offset blockSize_ = 0;
    std::optional<int> stepsLeft_;  // where it was stopped
};

}  // namespace octavo::test
