#include "app/document_text.h"

#include "app/file_name.h"
#include "ui/changes/change_text.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>

namespace octavo::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DocumentText)
};

}  // namespace

QString nameOf(const core::Document& document) {
    return document.isUntitled() ? Words::tr("Untitled") : displayName(document.path());
}

QString changeCountText(std::size_t changes) {
    return ui::changeCountText(changes);
}

QString pendingText(const core::Document& document) {
    const core::Document::Pending pending = document.pending();
    const auto on = static_cast<core::Offset>(pending.changes);
    const auto off = static_cast<core::Offset>(pending.switchedOff);
    QStringList sentences;
    if (on == 1)
        sentences << Words::tr("1 change is pending, %1.").arg(ui::byteCountText(pending.bytes));
    else if (on > 1 || off == 0)
        sentences << Words::tr("%1 changes are pending, %2.", nullptr, ui::pluralNumber(on))
                         .arg(ui::groupedNumber(on), ui::byteCountText(pending.bytes));
    if (off == 1)
        sentences << Words::tr("1 change is switched off.");
    else if (off > 1)
        sentences << Words::tr("%1 changes are switched off.", nullptr, ui::pluralNumber(off))
                         .arg(ui::groupedNumber(off));
    return sentences.join(QLatin1Char(' '));
}

}  // namespace octavo::app
