#include "core/document/tracked_positions.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

std::uint64_t difference(const TrackedPositions::Edit& edit) {
    return static_cast<std::uint64_t>(edit.newLength - edit.replaced.length);
}

bool isInsertionAt(const TrackedPositions::Edit& edit, Offset offset) {
    return edit.replaced.isEmpty() && edit.replaced.offset == offset;
}

[[maybe_unused]] bool areAscending(std::span<const TrackedPositions::Edit> edits) {
    for (std::size_t i = 1; i < edits.size(); ++i) {
        if (edits[i].replaced.offset < edits[i - 1].replaced.end())
            return false;
    }
    return true;
}

}  // namespace

PositionId TrackedPositions::add(Offset offset, Bias bias) {
    const std::size_t index = firstBehind(offset);
    const bool inFront = index <= front_;
    const Value value = static_cast<Value>(offset) - (inFront ? 0 : shift_);
    PositionId id = 0;
    if (unused_.empty()) {
        id = static_cast<PositionId>(slots_.size());
        slots_.push_back({value, bias, inFront});
    } else {
        id = unused_.back();
        unused_.pop_back();
        slots_[id] = {value, bias, inFront};
    }
    order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(index), id);
    if (inFront)
        ++front_;
    return id;
}

void TrackedPositions::remove(PositionId id) {
    std::size_t index = firstFrom(position(id));
    while (order_[index] != id)
        ++index;
    if (index < front_)
        --front_;
    order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(index));
    unused_.push_back(id);
}

TrackedPositions::ExtentId TrackedPositions::add(Extent extent, bool grows) {
    return {add(extent.offset, grows ? Bias::Before : Bias::After),
            add(extent.end(), grows ? Bias::After : Bias::Before)};
}

void TrackedPositions::remove(ExtentId id) {
    remove(id.begin);
    remove(id.end);
}

Extent TrackedPositions::extent(ExtentId id) const {
    // What is put into an empty extent that does not grow parts its ends the wrong way round.
    const Offset begin = position(id.begin);
    return {begin, std::max(begin, position(id.end)) - begin};
}

void TrackedPositions::spliced(Extent replaced, Offset newLength) {
    if (newLength == replaced.length)
        return;
    const Edit edit{replaced, newLength};
    spliced({&edit, 1});
}

void TrackedPositions::spliced(std::span<const Edit> edits) {
    assert(areAscending(edits));
    if (edits.empty())
        return;
    const std::size_t first = firstFrom(edits.front().replaced.offset);
    if (first == order_.size())
        return;
    const std::size_t behind = firstBehind(edits.back().replaced.end());
    moveFront(behind);
    shift_ += follow(first, behind, edits);
}

/// The first position at `offset` or behind it.
std::size_t TrackedPositions::firstFrom(Offset offset) const {
    const auto found = std::partition_point(order_.begin(), order_.end(),
                                            [&](PositionId id) { return position(id) < offset; });
    return static_cast<std::size_t>(found - order_.begin());
}

std::size_t TrackedPositions::firstBehind(Offset offset) const {
    const auto found = std::partition_point(order_.begin(), order_.end(),
                                            [&](PositionId id) { return position(id) <= offset; });
    return static_cast<std::size_t>(found - order_.begin());
}

void TrackedPositions::moveFront(std::size_t front) {
    for (; front_ < front; ++front_) {
        Slot& slot = slots_[order_[front_]];
        slot.value += shift_;
        slot.inFront = true;
    }
    while (front_ > front) {
        Slot& slot = slots_[order_[--front_]];
        slot.value -= shift_;
        slot.inFront = false;
    }
}

/// Sorts positions that come to stand at two places by their bias; returns the first one after.
std::size_t TrackedPositions::partition(std::size_t first, std::size_t behind) {
    const auto begin = order_.begin();
    const auto found = std::partition(
        begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(behind),
        [&](PositionId id) { return slots_[id].bias == Bias::Before; });
    return static_cast<std::size_t>(found - begin);
}

void TrackedPositions::set(std::size_t first, std::size_t behind, Value value) {
    for (std::size_t i = first; i < behind; ++i)
        slots_[order_[i]].value = value;
}

/// Moves the positions of [first, behind), which are in front and the only ones that `edits` do
/// not just shift as a whole. Returns by how much the edits shift what is behind them all.
TrackedPositions::Value TrackedPositions::follow(std::size_t first, std::size_t behind,
                                                 std::span<const Edit> edits) {
    Value shift = 0;
    auto edit = edits.begin();
    while (first < behind) {
        const Offset offset = at(first);
        while (edit != edits.end() && edit->replaced.end() <= offset &&
               !isInsertionAt(*edit, offset))
            shift += difference(*edit++);
        std::size_t last = first + 1;  // behind those that go the same way
        if (edit != edits.end() && isInsertionAt(*edit, offset)) {
            while (last < behind && at(last) == offset)
                ++last;
            const std::size_t after = partition(first, last);
            set(first, after, static_cast<Value>(offset) + shift);
            for (; edit != edits.end() && isInsertionAt(*edit, offset); ++edit)
                shift += difference(*edit);
            set(after, last, static_cast<Value>(offset) + shift);
        } else if (edit != edits.end() && edit->replaced.offset < offset &&
                   difference(*edit) != 0) {
            while (last < behind && at(last) < edit->replaced.end())
                ++last;
            const std::size_t after = partition(first, last);
            const Value begin = static_cast<Value>(edit->replaced.offset) + shift;
            set(first, after, begin);
            set(after, last, begin + static_cast<Value>(edit->newLength));
        } else {
            slots_[order_[first]].value += shift;
        }
        first = last;
    }
    for (; edit != edits.end(); ++edit)
        shift += difference(*edit);
    return shift;
}

}  // namespace octavo::core
