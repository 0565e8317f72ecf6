// What a save would do, before it does anything: a plan for each strategy, the best one first.
//
// Thread rule: plain values. planSaves() walks the pieces and asks the sources where their holes
// are, but reads no byte of them: for a worker.
// Units: bytes.
#pragma once

#include "core/save/save_request.h"
#include "core/save/save_target.h"

#include <optional>
#include <string_view>
#include <vector>

namespace octavo::core {

/// What an end of the program at any moment of the save leaves.
enum class CrashSafety {
    Whole,  ///< the old content or the new, after a kill and after a power cut
    Kill,   ///< the old content or the new after a kill, but perhaps neither after a power cut
    Part,   ///< perhaps a part of the changes
};

/// What is not as before after the save.
enum class SaveLoss {
    Links,   ///< other names of the file go on showing the old content
    Owner,   ///< the file belongs to the one who saves
    Rights,  ///< set-user-id, set-group-id bits and capabilities are not carried over
};

/// Why a strategy cannot be taken.
enum class SaveObstacle {
    LengthChanges,  ///< patch: bytes were inserted or deleted
    NoPermission,   ///< the file may not be written to
    ReadOnlyStorage,
    Immutable,     ///< flags of the file forbid it
    Device,        ///< only a patch writes to a device
    FolderLocked,  ///< no new file can be made there, or not take the place of the old one
    MountPoint,
    NoRoom,
    NoShifts,      ///< shift: the file system cannot move blocks within a file
    NothingMoves,  ///< shift: no whole blocks move, or hardly any
};

struct SavePlan {
    SaveStrategy strategy = SaveStrategy::Patch;
    CrashSafety safety = CrashSafety::Whole;
    Offset bytesToWrite = 0;      ///< of the content
    Offset bytesShared = 0;       ///< that the file system shares or moves instead
    Offset journalBytes = 0;      ///< besides, before the first of them
    bool journalIsBeside = true;  ///< else it lies in the user's state folder
    Offset roomNeeded = 0;        ///< on the file's disk while it runs
    Offset roomAvailable = 0;
    std::vector<SaveLoss> losses;
    std::optional<SaveObstacle> obstacle;  ///< nothing where it can be taken

    bool applies() const { return !obstacle.has_value(); }
};

/// A plan for each strategy that saves into the file, the one first that is taken unless another is
/// chosen: patch where it applies, else replace, and never shift, which no power cut may meet.
std::vector<SavePlan> planSaves(const SaveTarget& target, const SaveRequest& request);

/// The plan of that strategy alone.
SavePlan planReplace(const SaveTarget& target, const SaveRequest& request);
SavePlan planShiftSave(const SaveTarget& target, const SaveRequest& request);

// In plain English, for messages on a terminal.
std::string_view describe(CrashSafety safety);
std::string_view describe(SaveLoss loss);
std::string_view describe(SaveObstacle obstacle);

}  // namespace octavo::core
