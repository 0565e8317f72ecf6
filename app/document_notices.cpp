#include "app/document_notices.h"

#include "app/document_text.h"
#include "app/error_text.h"
#include "app/file_name.h"
#include "ui/bridge/edit_log_keeper.h"
#include "ui/bridge/write_through.h"
#include "ui/panels/number_text.h"

#include <utility>

namespace octavo::app {

namespace {

const QString kRecovery = QStringLiteral("recovery of a save");
const QString kRefused = QStringLiteral("refused");
const QString kSwitchedOff = QStringLiteral("switched off");
const QString kOutside = QStringLiteral("outside");
const QString kEditLog = QStringLiteral("edit log");
const QString kReferred = QStringLiteral("referred");
const QString kWriteThrough = QStringLiteral("write through");

using Kind = ui::Message::Kind;
using Links = std::vector<ui::Message::Link>;

}  // namespace

DocumentNotices::DocumentNotices(ui::EditorDocument& editor, Saver& saver,
                                 ui::MessageArea& messages, QObject* parent)
    : QObject(parent), editor_(editor), saver_(saver), messages_(messages) {
    connect(&editor, &ui::EditorDocument::editRefused, this, &DocumentNotices::tellRefused);
    connect(&editor, &ui::EditorDocument::switchedOffMet, this, &DocumentNotices::askSwitchedOff);
    // The question was about the document as it was.
    connect(&editor, &ui::EditorDocument::contentChanged, this,
            [this] { messages_.dismiss(kSwitchedOff); });
    connect(&editor, &ui::EditorDocument::fileChangedOutside, this, &DocumentNotices::tellOutside);
    connect(&editor.outside(), &ui::OutsideReview::found, this, &DocumentNotices::tellFindings);
    connect(&editor.writeThrough(), &ui::WriteThrough::failed, this,
            &DocumentNotices::tellNotWrittenThrough);
    if (ui::EditLogKeeper* const editLog = editor.editLog())
        connectEditLog(*editLog);
    tellRecovery(editor.document().recovery());
    connect(&saver, &Saver::finished, this, [this](bool succeeded) {
        if (succeeded)
            messages_.dismiss(kOutside);
    });
}

QString DocumentNotices::name() const {
    return nameOf(editor_.document());
}

void DocumentNotices::tellRecovery(const core::SaveRecovery& recovery) {
    switch (recovery.outcome) {
    case core::SaveOutcome::None:
        return;
    case core::SaveOutcome::OldContent:
        return messages_.tell(
            kRecovery,
            {Kind::Notice,
             tr("The last save of %1 was interrupted. It has its old content again.").arg(name()),
             {}});
    case core::SaveOutcome::NewContent:
        return messages_.tell(
            kRecovery,
            {Kind::Notice,
             tr("The last save of %1 was interrupted at its end. It has the new content.")
                 .arg(name()),
             {}});
    case core::SaveOutcome::Foreign:
        break;
    }
    messages_.tell(
        kRecovery,
        {Kind::Warning,
         tr("A save of %1 was interrupted, but the file has been changed since, so it was left as "
            "it is. What the save knew is kept in %2.")
             .arg(name(), displayName(recovery.keptAs)),
         {}});
}

// ---- Edits

void DocumentNotices::tellRefused(const QString& reason) {
    if (editor_.document().accessMode() != core::AccessMode::ReadOnly)
        return messages_.tell(kRefused, {Kind::Notice, reason, {}});
    messages_.tell(kRefused, {Kind::Notice,
                              tr("%1 is open read-only, so nothing can be typed.").arg(name()),
                              {{tr("Switch to Preview"), [this] {
                                    emit modeWanted(core::AccessMode::Preview);
                                    emit answered();
                                }}}});
}

void DocumentNotices::dismissRefusals() {
    messages_.dismiss(kRefused);
}

void DocumentNotices::tellModeRefused(core::AccessMode mode, const core::Error& error) {
    if (!editor_.document().hasChanges())
        return messages_.tell(
            kRefused,
            {Kind::Notice,
             tr("The mode stays what it is: %1.").arg(QString::fromStdString(error.reason)),
             {}});
    const QString text =
        mode == core::AccessMode::ReadOnly
            ? tr("Changes are pending. Write or revert them before you switch to Read-only.")
            : tr("Changes are pending. Write or revert them before you switch to Write-through.");
    messages_.tell(kRefused, {Kind::Notice,
                              text,
                              {{tr("Write them"), [this] { saver_.flush(); }},
                               {tr("Revert them"), [this] { emit revertWanted(); }}}});
}

void DocumentNotices::askSwitchedOff(const std::function<void(core::IfSwitchedOff)>& again) {
    const auto answer = [this, again](core::IfSwitchedOff given) {
        return [this, again, given] {
            again(given);
            emit answered();
        };
    };
    messages_.tell(kSwitchedOff,
                   {Kind::Notice,
                    tr("There is a change here that is switched off. What is to become of it?"),
                    {{tr("Drop it"), answer(core::IfSwitchedOff::Drop)},
                     {tr("Switch it on"), answer(core::IfSwitchedOff::SwitchOn)}}});
}

// ---- Other programs

void DocumentNotices::tellNotReloaded(const QString& reason) {
    messages_.tell(kOutside, {Kind::Notice,
                              tr("%1 was not read again: %2.").arg(name(), reason),
                              {{tr("Reload"), [this] { emit reloadWanted(); }}}});
}

QString DocumentNotices::outsideText(core::FileEvent event) const {
    switch (event) {
    case core::FileEvent::Appended:
        return tr("Another program added to %1.").arg(name());
    case core::FileEvent::Truncated:
        return tr("Another program made %1 shorter. What is missing shows as unreadable.")
            .arg(name());
    case core::FileEvent::Replaced:
        return tr("Another file has taken the place of %1. This is still the one that was opened.")
            .arg(name());
    case core::FileEvent::Deleted:
        return tr("%1 was deleted or renamed. Its content is still here; save it under a name "
                  "to keep it.")
            .arg(name());
    case core::FileEvent::Gone:
        return tr("%1 cannot be reached any more.").arg(name());
    case core::FileEvent::None:
    case core::FileEvent::Written:
        break;
    }
    return tr("%1 was changed by another program.").arg(name());
}

/// What was written or added is looked at first: see tellFindings().
void DocumentNotices::tellOutside(core::FileEvent event) {
    if (event == core::FileEvent::Written || event == core::FileEvent::Appended)
        return;
    const bool isThere = event != core::FileEvent::Deleted && event != core::FileEvent::Gone;
    const ui::Message::Link link =
        isThere ? ui::Message::Link{tr("Reload"), [this] { emit reloadWanted(); }}
                : ui::Message::Link{tr("Save as…"), [this] { saver_.saveAs(); }};
    messages_.tell(kOutside, {Kind::Warning, outsideText(event), {link}});
}

void DocumentNotices::tellFindings(const ui::OutsideFindings& findings) {
    core::FileEvent event = findings.event;
    if (editor_.document().outsideEvent() > core::FileEvent::Appended) {
        // A file that was cut and has grown since is neither shorter nor longer than it was known.
        event = core::FileEvent::Written;
    } else if (!findings.touched.empty()) {
        return askWhoseChanges(findings);
    } else if (findings.isSettled && event == core::FileEvent::Appended) {
        messages_.dismiss(kOutside);
        if (findings.added > 0)
            emit noted(
                tr("Another program added %1 at the end").arg(ui::byteCountText(findings.added)));
        return;
    }
    QString text = outsideText(event);
    if (findings.changes > 0 && findings.touched.empty())
        text += QLatin1Char(' ') + tr("Your changes are elsewhere.");
    messages_.tell(kOutside,
                   {Kind::Warning, text, {{tr("Reload"), [this] { emit reloadWanted(); }}}});
}

void DocumentNotices::askWhoseChanges(const ui::OutsideFindings& findings) {
    const std::size_t touched = findings.touched.size();
    const QString which = findings.changes == 1 ? tr("your change")
                          : touched == findings.changes
                              ? tr("all your changes")
                              : tr("%1 of your %2")
                                    .arg(ui::groupedNumber(static_cast<core::Offset>(touched)),
                                         changeCountText(findings.changes));
    const QString text = findings.isCertain
                             ? tr("Another program wrote into %1 and touched %2.")
                             : tr("Another program wrote into %1 and may have touched %2.");
    Links links{{tr("Keep mine"), [this] { keepMine(); }},
                {tr("Take theirs"), [this] { takeTheirs(); }}};
    if (touched > 1)
        links.push_back({tr("One by one"), [this, touched] { askWhoseOne(1, touched); }});
    links.push_back({tr("Reload"), [this] { emit reloadWanted(); }});
    messages_.tell(kOutside, {Kind::Warning, text.arg(name(), which), links});
}

/// Those that are gone meanwhile need no answer; the numbers go on.
void DocumentNotices::askWhoseOne(std::size_t number, std::size_t count) {
    ui::OutsideReview& outside = editor_.outside();
    const std::vector<core::ChangeId> open = outside.unanswered();
    if (open.empty()) {
        outside.keepMine();
        emit noted(tr("Each change has its answer"));
        return emit answered();
    }
    const core::ChangeId id = open.front();
    const core::Extent place = editor_.document().change(id)->now;
    emit showWanted(place);
    const auto next = [this, number, count] { askWhoseOne(number + 1, count); };
    Links links{{tr("Keep mine"),
                 [this, id, next] {
                     editor_.outside().keepMine(id);
                     next();
                 }},
                {tr("Take theirs"), [this, id, next] {
                     if (const core::Status taken = editor_.outside().takeTheirs(id); !taken)
                         return editor_.refuse(taken.error());
                     next();
                 }}};
    if (open.size() > 1) {
        links.push_back({tr("Keep mine in the rest"), [this] { keepMine(); }});
        links.push_back({tr("Take theirs in the rest"), [this] { takeTheirs(); }});
    }
    messages_.tell(kOutside,
                   {Kind::Warning,
                    tr("Change %1 of %2 that were touched, at %3, %4. Which is to stay?")
                        .arg(ui::groupedNumber(static_cast<core::Offset>(number)),
                             ui::groupedNumber(static_cast<core::Offset>(count)),
                             ui::offsetText(place.offset), ui::byteCountText(place.length)),
                    links});
}

void DocumentNotices::keepMine() {
    editor_.outside().keepMine();
    emit noted(tr("Your changes stay; a flush writes them"));
    emit answered();
}

void DocumentNotices::takeTheirs() {
    if (const core::Status taken = editor_.outside().takeTheirs(); !taken)
        return editor_.refuse(taken.error());
    emit noted(tr("The file's bytes are shown; Undo brings your changes again"));
    emit answered();
}

// ---- The edit log

void DocumentNotices::connectEditLog(ui::EditLogKeeper& editLog) {
    connect(&editLog, &ui::EditLogKeeper::failed, this, &DocumentNotices::tellUnprotected);
    connect(&editLog, &ui::EditLogKeeper::worksAgain, this,
            [this] { messages_.dismiss(kEditLog); });
    connect(&editLog, &ui::EditLogKeeper::referred, this, &DocumentNotices::tellReferred);
}

void DocumentNotices::tellUnprotected(const core::Error& error) {
    const ui::Message::Link link =
        editor_.document().isUntitled()
            ? ui::Message::Link{tr("Save as…"), [this] { saver_.saveAs(); }}
            : ui::Message::Link{tr("Flush"), [this] { saver_.flush(); }};
    messages_.tell(kEditLog, {Kind::Warning,
                              tr("Your edits are not protected against a crash: they cannot be "
                                 "noted down, %1. That is tried again; flushing them is safe.")
                                  .arg(reasonText(error)),
                              {link}});
}

void DocumentNotices::tellReferred(core::Offset bytes) {
    messages_.tell(kReferred,
                   {Kind::Notice,
                    tr("After a crash, %1 of your edits can only be restored where the files they "
                       "come from stay as they are.")
                        .arg(ui::sizeText(bytes)),
                    {{tr("Note them down too (%1)").arg(ui::sizeText(bytes)),
                      [this] { editor_.editLog()->copyReferenced(); }}}});
}

// ---- Write-through

void DocumentNotices::tellNotWrittenThrough(const core::Error& error) {
    messages_.tell(kWriteThrough, {Kind::Warning,
                                   tr("%1 could not be written: %2. What you see is what it holds.")
                                       .arg(name(), reasonText(error)),
                                   {{tr("Switch to Preview"), [this] {
                                         emit modeWanted(core::AccessMode::Preview);
                                         emit answered();
                                     }}}});
}

}  // namespace octavo::app
