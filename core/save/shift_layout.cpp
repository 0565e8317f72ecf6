#include "core/save/shift_layout.h"

#include <algorithm>

namespace octavo::core {

namespace {

using Extents = std::vector<PlacedExtent>;

Offset roundedUp(Offset value, Offset block) {
    return (value + block - 1) / block * block;
}

/// The part of `placed` from file offset `from` to `to`; empty where there is none.
PlacedExtent part(const PlacedExtent& placed, Offset from, Offset to) {
    PlacedExtent cut = placed;
    const Offset begin = std::max(placed.extent.offset.value, from);
    const Offset end = std::max(begin, std::min(placed.extent.end().value, to));
    cut.extent = {{begin}, end - begin};
    if (end > begin)  // else it may be anywhere, and the sum too great
        cut.physical = placed.physical + (begin - placed.extent.offset.value);
    return cut;
}

/// Joins what goes on in the file and on the device.
void add(Extents& extents, const PlacedExtent& next) {
    if (next.extent.isEmpty())
        return;
    if (!extents.empty()) {
        PlacedExtent& last = extents.back();
        if (last.extent.end() == next.extent.offset &&
            last.physical + last.extent.length == next.physical &&
            last.unwritten == next.unwritten) {
            last.extent.length += next.extent.length;
            return;
        }
    }
    extents.push_back(next);
}

/// What lies from `from` to `to`, moved by `by`.
void addMoved(Extents& extents, const Extents& source, Offset from, Offset to, Offset by) {
    for (const PlacedExtent& placed : source) {
        PlacedExtent moved = part(placed, from, to);
        if (moved.extent.isEmpty())
            continue;
        moved.extent.offset = moved.extent.offset + by;
        add(extents, moved);
    }
}

/// What stands of `placed` at file offset `at`, which it holds, in its old place in `extents`: the
/// run around `at`, or an empty one there.
PlacedExtent inPlaceAt(const Extents& extents, const PlacedExtent& placed, Offset at) {
    const auto found = std::ranges::upper_bound(
        extents, FileOffset{at}, {}, [](const PlacedExtent& each) { return each.extent.end(); });
    if (found != extents.end() && found->extent.offset.value <= at) {
        const PlacedExtent there =
            part(*found, placed.extent.offset.value, placed.extent.end().value);
        if (there == part(placed, there.extent.offset.value, there.extent.end().value))
            return there;
    }
    return part(placed, at, at);
}

bool holds(const Extents& extents, const PlacedExtent& placed) {
    return inPlaceAt(extents, placed, placed.extent.offset.value) == placed;
}

/// What lies before `keptTo`, and from `movedFrom` to `movedTo`, moved by `by`.
Extents shifted(const Extents& before, Offset keptTo, Offset movedFrom, Offset movedTo, Offset by) {
    Extents extents;
    addMoved(extents, before, 0, keptTo, 0);
    addMoved(extents, before, movedFrom, movedTo, by);
    return extents;
}

ShiftStage insertStage(const ShiftOperation& operation, const ShiftLayout& before,
                       const ShiftLayout& now) {
    const Offset length = operation.extent.length;
    if (now.size != before.size + length)
        return {};
    // The first that is not in its old place any more: the hole is before it. What lies side by
    // side on the device may be several extents to the file system, so it can be anywhere.
    Offset moved = kMaxLength;
    for (const PlacedExtent& placed : before.extents) {
        const PlacedExtent behind = part(placed, operation.extent.offset.value, kMaxLength);
        if (behind.extent.isEmpty() || holds(now.extents, behind))
            continue;
        moved = inPlaceAt(now.extents, behind, behind.extent.offset.value).extent.end().value;
        break;
    }
    if (now.extents != shifted(before.extents, moved, moved, kMaxLength, length))
        return {};
    if (moved == kMaxLength)
        return {ShiftStage::Kind::Size, {}, before.size};
    return {ShiftStage::Kind::Hole, {{moved}, length}, 0};
}

/// The range of a collapse is being dropped, and nothing has moved yet.
bool isDropping(FileExtent range, const ShiftLayout& before, const ShiftLayout& now) {
    const auto without = [&](const Extents& extents) {
        return shifted(extents, range.offset.value, range.end().value, kMaxLength, 0);
    };
    if (without(now.extents) != without(before.extents))
        return false;
    return std::ranges::all_of(now.extents, [&](const PlacedExtent& placed) {
        const PlacedExtent left = part(placed, range.offset.value, range.end().value);
        return left.extent.isEmpty() || holds(before.extents, left);
    });
}

ShiftStage collapseStage(const ShiftOperation& operation, const ShiftLayout& before,
                         const ShiftLayout& now) {
    const FileExtent range = operation.extent;
    if (now.size != before.size)
        return {};
    if (isDropping(range, before, now))
        return {ShiftStage::Kind::Hole, range, 0};
    // The first that is in its old place still: the hole is before it.
    Offset unmoved = kMaxLength;
    for (const PlacedExtent& placed : before.extents) {
        const PlacedExtent behind = part(placed, range.end().value, kMaxLength);
        if (behind.extent.isEmpty())
            continue;
        const PlacedExtent left = inPlaceAt(now.extents, behind, behind.extent.end().value - 1);
        if (left.extent.isEmpty())
            continue;
        unmoved = left.extent.offset.value;
        break;
    }
    Extents expected =
        shifted(before.extents, range.offset.value, range.end().value, unmoved, -range.length);
    addMoved(expected, before.extents, unmoved, kMaxLength, 0);
    if (now.extents != expected)
        return {};
    if (unmoved == kMaxLength)
        return {ShiftStage::Kind::Size, {}, before.size - range.length};
    return {ShiftStage::Kind::Hole, {{unmoved - range.length}, range.length}, 0};
}

}  // namespace

std::optional<ShiftLayout> ShiftLayout::of(Offset size, const std::vector<PlacedExtent>& told,
                                           Offset blockSize) {
    ShiftLayout layout;
    layout.size = size;
    for (PlacedExtent placed : told) {
        if (!placed.hasPlace)
            return std::nullopt;
        placed.shared = false;  // others come and go
        add(layout.extents, part(placed, 0, roundedUp(size, blockSize)));
    }
    return layout;
}

ShiftLayout ShiftLayout::after(const ShiftOperation& operation, Offset blockSize) const {
    const Offset at = operation.extent.offset.value;
    const Offset behind = operation.isInsert() ? at : operation.extent.end().value;
    ShiftLayout layout;
    layout.size = size + operation.growth();
    layout.extents = shifted(extents, at, behind, roundedUp(size, blockSize), operation.growth());
    return layout;
}

ShiftStage stageOf(const ShiftOperation& operation, const ShiftLayout& before,
                   const ShiftLayout& now, Offset blockSize) {
    if (now == before)
        return {ShiftStage::Kind::NotBegun, {}, 0};
    if (now == before.after(operation, blockSize))
        return {ShiftStage::Kind::Done, {}, 0};
    return operation.isInsert() ? insertStage(operation, before, now)
                                : collapseStage(operation, before, now);
}

ShiftStage stageOf(const ShiftOperation& operation, Offset sizeBefore, Offset sizeNow) {
    if (sizeNow == sizeBefore)
        return {ShiftStage::Kind::NotBegun, {}, 0};
    if (sizeNow == sizeBefore + operation.growth())
        return {ShiftStage::Kind::Done, {}, 0};
    return {};
}

}  // namespace octavo::core
