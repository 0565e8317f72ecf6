// What is said of changes, in the list of them and around it.
//
// Thread rule: GUI thread.
#pragma once

#include "core/content/change.h"
#include "core/document/change_record.h"
#include "core/document/document.h"
#include "ui/changes/change_rows.h"

#include <QString>

namespace octavo::ui {

QString onWord();
QString offWord();
QString keptWord();
/// "overwritten", "inserted", "deleted", "replaced".
QString kindText(core::ChangeKind kind);
/// How many bytes, and by how many the document grows or shrinks: "3", "+4", "-2", "5 (+2)".
QString changeSizeText(const ChangeRow& row);
/// "+4", "-4".
QString differenceText(core::Offset difference);
/// "1 change", "2 345 changes".
QString changeCountText(std::size_t changes);
/// "3 changes, 18 bytes, +4; 1 off".
QString totalsText(const core::Document::Pending& pending);
/// "7: typing", or with the step's own name.
QString stepText(core::TransactionId step, const core::TransactionRecord& record);
/// When it was made, with the day where that is another than today.
QString timeText(std::int64_t timeNs);

}  // namespace octavo::ui
