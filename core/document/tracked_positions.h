// Positions and extents of a document that follow its edits: caret, selection, bookmarks, chosen
// search results.
//
// How a position p follows an edit that puts n bytes in place of [a, b):
//
//   p < a, or p == a in front of replaced bytes      stays
//   a < p < b and n == b - a (an overwrite)          stays
//   a < p < b else                                   a where it is biased before, a + n after
//   p == a == b (an insertion at the position)       stays where it is biased before,
//                                                    a + n where after
//   p >= b else                                      p + n - (b - a)
//
// So positions never change their order, but for two at one place of which the bias tells.
//
// Invariants: order_ is sorted by position; the positions of the first front_ of it are in their
// slots, and of those behind in their slots less shift_. An edit moves the border between the two
// to where it happens, so that the positions behind it move by one addition.
//
// Thread rule: one thread, the document's.
// Cost: position() O(1). An edit is O(log n), plus the positions in it, plus those between it and
// the edit before; many edits at once cost O(edits + those positions). add() and remove() are
// O(log n), plus moving 4 bytes for each position behind.
#pragma once

#include "core/base/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace octavo::core {

/// Names a position until it is removed; may then be given again.
using PositionId = std::uint32_t;

class TrackedPositions {
public:
    /// Where a position goes that an edit leaves two places to go to.
    enum class Bias : std::uint8_t { Before, After };

    struct ExtentId {
        PositionId begin = 0;
        PositionId end = 0;
    };

    /// An edit: `newLength` bytes in place of `replaced`.
    struct Edit {
        Extent replaced;
        Offset newLength = 0;
    };

    PositionId add(Offset offset, Bias bias);
    void remove(PositionId id);
    Offset position(PositionId id) const {
        const Slot& slot = slots_[id];
        return static_cast<Offset>(slot.inFront ? slot.value : slot.value + shift_);
    }

    /// An extent that what is put in at its edges does not join, unless `grows`. Replaced whole,
    /// it becomes what stands there now; erased, it is empty.
    ExtentId add(Extent extent, bool grows = false);
    void remove(ExtentId id);
    Extent extent(ExtentId id) const;

    std::size_t size() const { return order_.size(); }

    void spliced(Extent replaced, Offset newLength);
    /// Many edits at once, ascending and disjoint, all in the coordinates before the first of them.
    /// Insertions may stand at the edges of others; at one place they come first to last.
    void spliced(std::span<const Edit> edits);

private:
    /// Without a sign, so that taking and adding shift_ may wrap on the way.
    using Value = std::uint64_t;

    struct Slot {
        Value value = 0;
        Bias bias = Bias::Before;
        bool inFront = true;
    };

    Offset at(std::size_t index) const { return position(order_[index]); }
    std::size_t firstFrom(Offset offset) const;
    std::size_t firstBehind(Offset offset) const;
    void moveFront(std::size_t front);
    std::size_t partition(std::size_t first, std::size_t behind);
    void set(std::size_t first, std::size_t behind, Value value);
    Value follow(std::size_t first, std::size_t behind, std::span<const Edit> edits);

    std::vector<Slot> slots_;         // by id
    std::vector<PositionId> unused_;  // ids that were removed
    std::vector<PositionId> order_;
    std::size_t front_ = 0;
    Value shift_ = 0;
};

}  // namespace octavo::core
