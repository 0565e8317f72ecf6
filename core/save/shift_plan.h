// How a new content comes about in a file by moving whole blocks: ranges that are inserted and
// collapsed, and patch writes for what does not stand in its place after that. Pure arithmetic.
//
// 1. Only bytes that stay in the order in which they stand in the file are moved, and only where
//    they move by whole blocks; everything else is written.
// 2. The operations come in the order in which they are carried out, from the end of the file to
//    its beginning, so that none moves a place that a later one speaks of. Each lies before the end
//    of the file and none reaches it: behind the last block that stays, the file is patched and cut
//    instead.
// 3. Operations undone from the last to the first, the file made as long as it was, and `lost`
//    written over: that is the old content, however far operations and patches had come.
//
// Thread rule: plain values and functions; no file is touched.
// Units: bytes.
#pragma once

#include "core/base/types.h"
#include "core/content/snapshot.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace octavo::core {

/// Bytes of the file that the new content shows too.
struct ShiftRun {
    FileExtent from;  ///< in the file as it is
    Offset to = 0;    ///< in the new content

    Offset shift() const { return to - from.offset.value; }
    Offset end() const { return to + from.length; }
    friend bool operator==(const ShiftRun&, const ShiftRun&) = default;
};

/// What insertRange() or collapseRange() is called with, in the file as it is by then.
struct ShiftOperation {
    enum class Kind { Insert, Collapse };

    Kind kind = Kind::Insert;
    FileExtent extent;

    bool isInsert() const { return kind == Kind::Insert; }
    /// By how much the file grows.
    Offset growth() const { return isInsert() ? extent.length : -extent.length; }
    ShiftOperation inverse() const { return {isInsert() ? Kind::Collapse : Kind::Insert, extent}; }
    friend bool operator==(const ShiftOperation&, const ShiftOperation&) = default;
};

/// Why a content cannot, or should not, come about by moving blocks.
enum class ShiftObstacle {
    NothingMoves,       ///< no whole block stays that would stand somewhere else
    TooManyOperations,  ///< each of them moves all that is behind it
    NoGain,             ///< a copy of the whole file would write no more
};

struct ShiftLimits {
    std::size_t operations = 64;
    /// Written into file and journal together; nothing for what a copy would write.
    std::optional<Offset> bytesToWrite = std::nullopt;
};

struct ShiftPlan {
    Offset oldLength = 0;
    Offset newLength = 0;
    std::vector<ShiftOperation> operations;
    /// Of the new content, ascending: what is written after the operations.
    std::vector<Extent> patches;
    /// Of the old content, ascending: what then stands no longer where the operations would have
    /// moved it. Goes into the journal.
    std::vector<FileExtent> lost;
    std::optional<ShiftObstacle> obstacle;  ///< nothing where it can be taken

    bool applies() const { return !obstacle.has_value(); }
    Offset bytesToWrite() const;
    Offset bytesToJournal() const;
    /// The file's length after the first `count` operations.
    Offset lengthAfter(std::size_t count) const;
};

/// The runs of `content` that are bytes of the file in their order: `base` is their source.
std::vector<ShiftRun> shiftRuns(const Snapshot& content, SourceId base);

/// `runs` ascend in the file and in the new content. Linear in their number.
ShiftPlan planShift(std::span<const ShiftRun> runs, Offset oldLength, Offset newLength,
                    Offset blockSize, const ShiftLimits& limits = {});

/// In plain English, to follow "it cannot be saved by moving blocks: ".
std::string_view describe(ShiftObstacle obstacle);

}  // namespace octavo::core
