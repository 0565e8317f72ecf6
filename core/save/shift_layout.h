// How far a shift has come that did not return: told by comparing where a file's blocks lie with
// where they lay before it.
//
// ext4 and XFS move a file's extents one after the other, an insertion from the last to the first,
// a collapse from the first to the last after it has dropped its range. So whatever was stopped
// looks like the file with a hole as long as the operation somewhere at or behind its place: a
// collapse of that hole makes it whole, the file as it was before an insertion or as it is after a
// collapse. That a collapse which is stopped in its turn looks the same again makes it safe to
// repeat.
//
// Thread rule: plain values and functions.
// Units: bytes.
#pragma once

#include "core/file/placed_extent.h"
#include "core/save/shift_plan.h"

#include <vector>

namespace octavo::core {

/// What a file's size and blocks are at one moment.
struct ShiftLayout {
    Offset size = 0;
    std::vector<PlacedExtent> extents;  ///< ascending; in whole blocks, none behind the size

    /// As File::layout() tells it, put into the one form that can be compared. Nothing where a part
    /// of the content has no place of its own on the device.
    static std::optional<ShiftLayout> of(Offset size, const std::vector<PlacedExtent>& told,
                                         Offset blockSize);
    /// After the whole operation.
    ShiftLayout after(const ShiftOperation& operation, Offset blockSize) const;

    friend bool operator==(const ShiftLayout&, const ShiftLayout&) = default;
};

struct ShiftStage {
    enum class Kind {
        NotBegun,
        Done,
        Hole,     ///< a collapse of `hole` makes it whole
        Size,     ///< all blocks are in place, only the size is not: make it `size`
        Unknown,  ///< it is not what any moment of the operation leaves
    };

    Kind kind = Kind::Unknown;
    FileExtent hole;
    Offset size = 0;

    friend bool operator==(const ShiftStage&, const ShiftStage&) = default;
};

/// How far `operation` has come in a file that was as `before` and is as `now`.
ShiftStage stageOf(const ShiftOperation& operation, const ShiftLayout& before,
                   const ShiftLayout& now, Offset blockSize);

/// As far as the sizes alone tell: where operations are done whole or not at all.
ShiftStage stageOf(const ShiftOperation& operation, Offset sizeBefore, Offset sizeNow);

}  // namespace octavo::core
