// Where a place of an earlier state of a document stands now, and the other way round: for the
// results of a search, which are too many to be tracked one by one.
//
// Edits are composed to batches that ascend and are disjoint in the coordinates before the batch. A
// place follows a batch by the rules of TrackedPositions. Where edits overlap they become one that
// covers them. So bytes that were deleted and are brought back are found again, which a tracked
// position does not do; and a place within what was edited more than once may come to another place
// of that. A byte that no edit touched is always found.
//
// Edits that come in order, as those of many replacements do, are gathered until somebody asks. A
// few thousand edits are one batch; of more there are several, each several times as long as the
// next, so that one more edit does not go through all of them.
//
// Thread rule: one thread, the document's. A copy is independent, but once it is asked.
// Cost: O(log n) on average for an edit and for a question, in the number of edits; at most some
// microseconds while there are few.
#pragma once

#include "core/base/types.h"
#include "core/document/tracked_positions.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace octavo::core {

class EditMap {
public:
    using Bias = TrackedPositions::Bias;
    using Edit = TrackedPositions::Edit;

    /// Many edits at once, as in TrackedPositions::spliced().
    void add(std::span<const Edit> edits);
    void add(Extent replaced, Offset newLength);

    /// True where nothing has moved: every place is where it was.
    bool isEmpty() const;

    Offset now(Offset before, Bias bias) const;
    /// As an extent that TrackedPositions tracks and that does not grow.
    Extent now(Extent before) const;
    /// A place of the earlier state from which now() leads to `now` or to its edit.
    Offset before(Offset now, Bias bias) const;

private:
    struct Part {
        Offset from = 0;  // before
        Offset oldLength = 0;
        Offset newLength = 0;
        Offset shift = 0;  // of what lies between the part before and this one

        Offset oldEnd() const { return from + oldLength; }
        Offset newFrom() const { return from + shift; }
        Offset newEnd() const { return newFrom() + newLength; }
        Offset shiftBehind() const { return shift + newLength - oldLength; }
    };
    using Batch = std::vector<Part>;
    enum class Order : std::uint8_t { Any, Ascending, Descending };

    static Offset follow(const Batch& batch, Offset at, Bias bias);
    static Offset goBack(const Batch& batch, Offset at, Bias bias);
    class Builder;
    class Composer;

    Order orderWith(const Edit& edit) const;
    void settle() const;
    void take(Batch batch) const;

    // What is asked brings them up to date.
    mutable std::vector<Batch> batches_;  // the oldest first
    mutable std::vector<Edit> gathered_;  // one after the other, as they came
    mutable Order order_ = Order::Any;
};

}  // namespace octavo::core
