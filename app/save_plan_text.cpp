#include "app/save_plan_text.h"

#include "ui/panels/number_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SavePlan)
};

/// What a slow disk takes in a few seconds.
constexpr core::Offset kMoment = core::Offset{256} << 20;

QString obstacleText(core::SaveObstacle obstacle) {
    switch (obstacle) {
    case core::SaveObstacle::LengthChanges:
        return Words::tr("Not for inserted or deleted bytes.");
    case core::SaveObstacle::NoPermission:
        return Words::tr("You may not write to the file.");
    case core::SaveObstacle::ReadOnlyStorage:
        return Words::tr("Its file system is read-only.");
    case core::SaveObstacle::Immutable:
        return Words::tr("The file's attributes forbid it.");
    case core::SaveObstacle::Device:
        return Words::tr("Not for a device.");
    case core::SaveObstacle::FolderLocked:
        return Words::tr("No new file can take its place in this folder.");
    case core::SaveObstacle::MountPoint:
        return Words::tr("Something is mounted on the file.");
    case core::SaveObstacle::NoRoom:
        return Words::tr("There is not enough room on its disk.");
    case core::SaveObstacle::NoShifts:
        return Words::tr("Its file system cannot move blocks within a file.");
    case core::SaveObstacle::NothingMoves:
        return Words::tr("No whole blocks move, or too few to be worth it.");
    }
    return {};
}

QString lossText(core::SaveLoss loss) {
    switch (loss) {
    case core::SaveLoss::Links:
        return Words::tr("Its other names (hard links) go on showing the old content.");
    case core::SaveLoss::Owner:
        return Words::tr("The new file belongs to you and not to the owner of the old one.");
    case core::SaveLoss::Rights:
        return Words::tr("Set-user-id bits and capabilities are not carried over.");
    }
    return {};
}

QString safetyText(core::CrashSafety safety) {
    switch (safety) {
    case core::CrashSafety::Whole:
        return Words::tr("A crash or a power cut leaves the old content or the new, whole.");
    case core::CrashSafety::Kill:
        return Words::tr("Safe against a crash of the program, not against a power cut.");
    case core::CrashSafety::Part:
        break;
    }
    return Words::tr("A crash or a power cut can leave a part of the changes.");
}

QString writesText(const core::SavePlan& plan) {
    const QString bytes = ui::sizeText(plan.bytesToWrite);
    if (plan.journalBytes > 0) {
        const QString text =
            plan.journalIsBeside
                ? Words::tr("Writes %1, and before that a journal of %2 beside it.")
                : Words::tr("Writes %1, and before that a journal of %2 in your "
                            "state folder.");
        return text.arg(bytes, ui::sizeText(plan.journalBytes));
    }
    if (plan.bytesShared > 0)
        return Words::tr("Writes %1 and shares %2 with the old file.")
            .arg(bytes, ui::sizeText(plan.bytesShared));
    return Words::tr("Writes %1.").arg(bytes);
}

}  // namespace

QString planTitle(const core::SavePlan& plan) {
    switch (plan.strategy) {
    case core::SaveStrategy::Patch:
        return Words::tr("Write the changed bytes into the file (patch)");
    case core::SaveStrategy::Replace:
        return Words::tr("Put a new file in its place (replace)");
    case core::SaveStrategy::Shift:
        return Words::tr("Move the blocks of the file (shift)");
    case core::SaveStrategy::Copy:
        break;
    }
    return Words::tr("Write another file (copy)");
}

QString planDetails(const core::SavePlan& plan) {
    if (plan.obstacle)
        return obstacleText(*plan.obstacle);
    QStringList sentences{writesText(plan)};
    if (plan.roomNeeded > 0 && plan.roomAvailable > 0)
        sentences += Words::tr("Needs %1 of the %2 that are free.")
                         .arg(ui::sizeText(plan.roomNeeded), ui::sizeText(plan.roomAvailable));
    sentences += safetyText(plan.safety);
    for (const core::SaveLoss loss : plan.losses)
        sentences += lossText(loss);
    return sentences.join(QLatin1Char(' '));
}

bool isTrivial(const core::SavePlan& plan, bool isDevice) {
    return plan.applies() && plan.safety == core::CrashSafety::Whole && plan.losses.empty() &&
           plan.bytesToWrite <= kMoment && !isDevice;
}

}  // namespace octavo::app
