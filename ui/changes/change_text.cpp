#include "ui/changes/change_text.h"

#include "ui/panels/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace octavo::ui {

using core::ChangeKind;
using core::EditKind;
using core::Offset;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChangeText)
};

QString editText(EditKind kind) {
    switch (kind) {
    case EditKind::Overwrite:
        return Words::tr("overwriting");
    case EditKind::Insert:
        return Words::tr("inserting");
    case EditKind::Delete:
        return Words::tr("deleting");
    case EditKind::Replace:
    case EditKind::ReplaceMany:
        return Words::tr("replacing");
    case EditKind::Fill:
        return Words::tr("filling");
    case EditKind::Paste:
        return Words::tr("pasting");
    case EditKind::Typing:
        return Words::tr("typing");
    case EditKind::SetLength:
        return Words::tr("setting the size");
    case EditKind::SwitchOff:
        return Words::tr("switching off");
    case EditKind::SwitchOn:
        return Words::tr("switching on");
    case EditKind::Revert:
    case EditKind::TakeTheirs:
    case EditKind::WriteFailed:
        return Words::tr("reverting");
    case EditKind::Keep:
        return Words::tr("keeping");
    case EditKind::Recover:
        return Words::tr("restoring");
    case EditKind::Group:
        break;
    }
    return Words::tr("several edits");
}

}  // namespace

QString onWord() {
    return Words::tr("on");
}

QString offWord() {
    return Words::tr("off");
}

QString keptWord() {
    return Words::tr("kept");
}

QString kindText(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::Inserted:
        return Words::tr("inserted");
    case ChangeKind::Deleted:
        return Words::tr("deleted");
    case ChangeKind::Replaced:
        return Words::tr("replaced");
    case ChangeKind::Overwritten:
        break;
    }
    return Words::tr("overwritten");
}

QString differenceText(Offset difference) {
    return difference > 0 ? QLatin1Char('+') + groupedNumber(difference)
                          : groupedNumber(difference);
}

QString changeSizeText(const ChangeRow& row) {
    switch (row.kind()) {
    case ChangeKind::Inserted:
    case ChangeKind::Deleted:
        return differenceText(row.difference());
    case ChangeKind::Replaced:
        return Words::tr("%1 (%2)", "bytes and how many more or fewer")
            .arg(groupedNumber(row.bytes()), differenceText(row.difference()));
    case ChangeKind::Overwritten:
        break;
    }
    return groupedNumber(row.bytes());
}

QString changeCountText(std::size_t changes) {
    const auto count = static_cast<Offset>(changes);
    return count == 1
               ? Words::tr("1 change")
               : Words::tr("%1 changes", nullptr, pluralNumber(count)).arg(groupedNumber(count));
}

QString totalsText(const core::Document::Pending& pending) {
    if (pending.changes == 0 && pending.switchedOff == 0) {
        return Words::tr("No changes");
    }
    QString text = changeCountText(pending.changes);
    if (pending.changes > 0) {
        text = Words::tr("%1, %2").arg(text, byteCountText(pending.bytes));
    }
    if (pending.lengthDifference != 0) {
        text = Words::tr("%1, %2").arg(text, differenceText(pending.lengthDifference));
    }
    if (pending.switchedOff > 0) {
        text = Words::tr("%1; %2 off")
                   .arg(text, groupedNumber(static_cast<Offset>(pending.switchedOff)));
    }
    return text;
}

QString stepText(core::TransactionId step, const core::TransactionRecord& record) {
    const QString what =
        record.name.empty() ? editText(record.kind) : QString::fromStdString(record.name);
    return Words::tr("%1: %2", "number and name of a step").arg(groupedNumber(step), what);
}

QString timeText(std::int64_t timeNs) {
    constexpr std::int64_t kNsInMs = 1'000'000;
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(timeNs / kNsInMs);
    const QString time = QLocale().toString(when.time(), QStringLiteral("HH:mm:ss"));
    if (when.date() == QDate::currentDate()) {
        return time;
    }
    return Words::tr("%1, %2", "day and time")
        .arg(QLocale().toString(when.date(), QLocale::ShortFormat), time);
}

}  // namespace octavo::ui
