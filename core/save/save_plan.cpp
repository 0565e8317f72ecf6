#include "core/save/save_plan.h"

#include "core/content/with_only.h"
#include "core/save/shift_save.h"

#include <algorithm>
#include <array>
#include <utility>

namespace octavo::core {

namespace {

/// What a new file takes beside its bytes.
constexpr Offset kSmallChange = Offset{64} << 10;

Offset sum(Offset a, Offset b) {
    return checkedSum(a, b).value_or(kMaxLength);
}

/// A file system that does not tell its room is asked by writing.
bool isKnown(const StorageSpace& space) {
    return space.total > 0;
}

/// What speaks against any write into the file.
std::optional<SaveObstacle> commonObstacle(const SaveTarget& target) {
    if (target.space.readOnly)
        return SaveObstacle::ReadOnlyStorage;
    if (target.attributes.immutable || target.attributes.appendOnly)
        return SaveObstacle::Immutable;
    if (!target.mayWrite)
        return SaveObstacle::NoPermission;
    return std::nullopt;
}

SavePlan planPatch(const SaveTarget& target, const SaveRequest& request) {
    SavePlan plan;
    plan.strategy = SaveStrategy::Patch;
    plan.roomAvailable = target.space.available;
    for (const Change& change : request.changes)
        plan.bytesToWrite = sum(plan.bytesToWrite, change.now.length);
    plan.journalBytes = Journal::lengthFor(target.path, request.changes);
    plan.journalIsBeside = target.mayMakeNames && !target.isDevice();
    plan.roomNeeded = plan.journalIsBeside ? plan.journalBytes : 0;
    plan.obstacle = commonObstacle(target);
    if (!plan.obstacle && !request.keepsPlaces())
        plan.obstacle = SaveObstacle::LengthChanges;
    else if (!plan.obstacle && isKnown(target.space) && plan.roomNeeded > plan.roomAvailable)
        plan.obstacle = SaveObstacle::NoRoom;
    return plan;
}

/// How much of a new file with this content the file system shares with the old one, and how much
/// is a hole.
struct Shares {
    Offset shared = 0;
    Offset holes = 0;
};

Shares sharesOf(const Snapshot& content, SourceId base, Offset block) {
    Shares shares;
    PieceTree::Cursor cursor = firstPiece(content.tree());
    for (; !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const Source& source = content.source(piece.source);
        if (piece.source != base || (cursor.offset() - piece.start) % block != 0) {
            for (Offset at = 0; at < piece.length;) {
                const Offset zeros = source.zerosAt(piece.start + at, piece.length - at);
                shares.holes += zeros;
                at += zeros;
                if (zeros == 0)
                    break;
            }
            continue;
        }
        const Offset from = (piece.start + block - 1) / block * block;
        const Offset to = (piece.start + piece.length) / block * block;
        shares.shared += std::max<Offset>(0, to - from);
    }
    return shares;
}

}  // namespace

SavePlan planReplace(const SaveTarget& target, const SaveRequest& request) {
    SavePlan plan;
    plan.strategy = SaveStrategy::Replace;
    plan.roomAvailable = target.space.available;
    const Snapshot content = request.content();
    const Offset block = std::max<Offset>(1, target.space.blockSize);
    const Shares shares = sharesOf(content, request.base, block);
    plan.bytesShared = target.can.clonesRanges ? shares.shared : 0;
    plan.bytesToWrite = content.length() - plan.bytesShared - shares.holes;
    // A sparse file stays as sparse as it is: what is not shared is at most what it takes now.
    const Offset added = std::max<Offset>(0, content.length() - target.info.size);
    const Offset taken = sum(sum(target.info.allocated, added), kSmallChange);
    plan.bytesToWrite = std::min(plan.bytesToWrite, taken);
    plan.roomNeeded = sum(plan.bytesToWrite, kSmallChange);

    if (target.attributes.links > 1)
        plan.losses.push_back(SaveLoss::Links);
    if (!target.mayKeepOwner)
        plan.losses.push_back(SaveLoss::Owner);
    if (target.attributes.givesRights())
        plan.losses.push_back(SaveLoss::Rights);

    plan.obstacle = commonObstacle(target);
    if (target.isDevice())
        plan.obstacle = SaveObstacle::Device;
    else if (target.attributes.mountPoint)
        plan.obstacle = SaveObstacle::MountPoint;
    else if (!plan.obstacle && !(target.mayMakeNames && target.mayReplace))
        plan.obstacle = SaveObstacle::FolderLocked;
    else if (!plan.obstacle && isKnown(target.space) && plan.roomNeeded > plan.roomAvailable)
        plan.obstacle = SaveObstacle::NoRoom;
    return plan;
}

SavePlan planShiftSave(const SaveTarget& target, const SaveRequest& request) {
    SavePlan plan;
    plan.strategy = SaveStrategy::Shift;
    plan.safety = CrashSafety::Kill;
    plan.roomAvailable = target.space.available;
    plan.journalIsBeside = target.mayMakeNames && !target.isDevice();
    plan.obstacle = commonObstacle(target);
    if (target.isDevice())
        plan.obstacle = SaveObstacle::Device;
    const bool can = target.can.insertsRanges && target.can.collapsesRanges;
    if (!plan.obstacle && (!can || target.space.blockSize <= 0))
        plan.obstacle = SaveObstacle::NoShifts;
    if (plan.obstacle)
        return plan;
    const ShiftPlan shift = ShiftSave::plan(request, target.space.blockSize);
    if (shift.obstacle) {
        plan.obstacle = SaveObstacle::NothingMoves;
        return plan;
    }
    plan.bytesToWrite = shift.bytesToWrite();
    plan.journalBytes = sum(sum(plan.bytesToWrite, shift.bytesToJournal()), kSmallChange);
    plan.bytesShared = request.version->file()->length();
    const Offset added = std::max<Offset>(0, shift.newLength - shift.oldLength);
    plan.roomNeeded = sum(plan.journalBytes, added);
    if (isKnown(target.space) && plan.roomNeeded > plan.roomAvailable)
        plan.obstacle = SaveObstacle::NoRoom;
    return plan;
}

std::vector<SavePlan> planSaves(const SaveTarget& target, const SaveRequest& request) {
    std::vector<SavePlan> plans{planPatch(target, request), planReplace(target, request),
                                planShiftSave(target, request)};
    if (!plans[0].applies() && plans[1].applies())
        std::swap(plans[0], plans[1]);
    return plans;
}

std::string_view describe(CrashSafety safety) {
    switch (safety) {
    case CrashSafety::Whole:
        return "a kill or a power cut leaves the old content or the new, whole";
    case CrashSafety::Kill:
        return "safe against a kill, not against a power cut";
    case CrashSafety::Part:
        break;
    }
    return "a kill or a power cut can leave a part of the changes in the file";
}

std::string_view describe(SaveLoss loss) {
    static constexpr std::array<std::string_view, 3> kWords{
        "its other names go on showing the old content",
        "the new file belongs to you and not to the owner of the old one",
        "set-user-id, set-group-id and capabilities are not carried over",
    };
    return kWords.at(static_cast<std::size_t>(loss));
}

std::string_view describe(SaveObstacle obstacle) {
    static constexpr std::array<std::string_view, 10> kWords{
        "bytes were inserted or deleted",
        "you may not write to the file",
        "its file system is read-only",
        "its attributes forbid it (immutable or append-only)",
        "a device can only be patched",
        "no new file can take its place in this folder",
        "something is mounted on it",
        "there is not enough room on its disk",
        "its file system cannot move blocks within a file",
        "no whole blocks move, or too few to be worth it",
    };
    return kWords.at(static_cast<std::size_t>(obstacle));
}

}  // namespace octavo::core
