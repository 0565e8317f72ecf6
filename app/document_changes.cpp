#include "app/document_changes.h"

#include "app/document_text.h"
#include "app/panel_room.h"
#include "ui/bridge/job.h"
#include "ui/changes/change_patch.h"
#include "ui/changes/changes_panel.h"
#include "ui/panels/number_text.h"
#include "ui/results/long_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSplitter>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace octavo::app {

using core::ChangeId;
using core::Document;
using core::Offset;
using Ids = ChangeRun::Ids;
using Outcome = ChangeRun::Outcome;

namespace {

const QString kMessage = QStringLiteral("changes");

/// In the order of the list, where `fits`.
template <typename Fits>
std::vector<ui::ChangeRow> rowsOf(const ui::ChangeListing& listing, const ui::RowSelection& rows,
                                  Fits fits) {
    std::vector<ui::ChangeRow> found;
    for (const ui::RowRange& range : rows.ranges())
        for (std::uint64_t number = range.first; number <= range.last; ++number)
            if (fits(listing.row(number)))
                found.push_back(listing.row(number));
    return found;
}

}  // namespace

DocumentChanges::DocumentChanges(ui::EditorDocument& editor, DocumentViews& views, Saver& saver,
                                 ui::MessageArea& messages, ui::JobIndicator& jobs,
                                 QSplitter& splitter, QWidget* window, QObject* parent)
    : QObject(parent)
    , editor_(editor)
    , views_(views)
    , saver_(saver)
    , messages_(messages)
    , jobs_(jobs)
    , splitter_(splitter)
    , run_(editor, window, this) {}

DocumentChanges::~DocumentChanges() {
    delete panel_;
}

bool DocumentChanges::isShown() const {
    return panel_ != nullptr && panel_->isVisibleTo(&splitter_);
}

void DocumentChanges::show() {
    const bool wasShown = isShown();
    if (panel_ == nullptr)
        makePanel();
    if (!wasShown) {
        panel_->setList(std::make_unique<ui::ChangeList>(editor_));
        panel_->show();
        emit shownChanged();
    }
    panel_->setFocus();
}

void DocumentChanges::close() {
    if (!isShown() || run_.isRunning())
        return;
    panel_->hide();
    panel_->setList(nullptr);
    emit shownChanged();
    emit closed();
}

void DocumentChanges::makePanel() {
    panel_ = new ui::ChangesPanel;
    addPanel(splitter_, *panel_);
    connectCommands();
}

void DocumentChanges::connectCommands() {
    using Panel = ui::ChangesPanel;
    connect(panel_, &Panel::changeChosen, this, &DocumentChanges::showChange);
    connect(panel_, &Panel::changeActivated, this, [this](const ui::ChangeRow& row) {
        showChange(row);
        views_.active().setFocus();
    });
    connect(panel_, &Panel::switchWanted, this, &DocumentChanges::switchChanges);
    connect(panel_, &Panel::keepWanted, this, &DocumentChanges::keep);
    connect(panel_, &Panel::revertWanted, this, &DocumentChanges::revert);
    connect(panel_, &Panel::flushWanted, this, &DocumentChanges::flush);
    connect(panel_, &Panel::copyWanted, this, &DocumentChanges::copy);
    connect(panel_, &Panel::nameWanted, this, &DocumentChanges::rename);
    connect(panel_, &Panel::closeWanted, this, &DocumentChanges::close);
}

/// To look through the list is one jump, however many changes one passes.
void DocumentChanges::showChange(const ui::ChangeRow& row) {
    // The list may be a moment older than the document.
    const Document& document = editor_.document();
    const core::Snapshot snapshot = document.snapshot();
    std::optional<core::Change> change = row.change;
    if (panel_->list()->listing()->all->snapshot.revision() != snapshot.revision())
        change = snapshot.change(row.change.id, document.changeRecord(row.change.id).hint);
    if (!change)
        return;
    const bool isStillThere = shown_ && views_.active().caret() == shown_->offset &&
                              views_.active().selection().length == shown_->length;
    if (isStillThere)
        views_.active().showPlace(change->now);
    else
        views_.active().jumpTo(change->now);
    shown_ = change->now;
}

// ---- Commands

void DocumentChanges::run(const QString& title, const ui::RowSelection& rows, ChangeRun::Act act,
                          const std::function<QString(const Outcome&)>& note) {
    if (run_.isRunning())
        return;
    messages_.dismiss(kMessage);
    panel_->list()->setPaused(true);
    run_.start(title, panel_->list()->listing(), rows, std::move(act),
               [this, note](const Outcome& outcome) {
                   panel_->list()->setPaused(false);
                   if (outcome.error)
                       return editor_.refuse(*outcome.error);
                   emit noted(outcome.isStopped
                                  ? tr("%1; stopped halfway, Undo takes it back").arg(note(outcome))
                                  : note(outcome));
               });
}

void DocumentChanges::switchChanges(const ui::RowSelection& rows, bool on) {
    const auto note = [on](const Outcome& outcome) {
        const QString count = changeCountText(outcome.done);
        if (outcome.takenAlong == 0)
            return on ? tr("Switched on: %1").arg(count) : tr("Switched off: %1").arg(count);
        const QString along = ui::groupedNumber(static_cast<Offset>(outcome.takenAlong));
        return on ? tr("Switched on: %1, %2 of them as the chosen ones were typed over them")
                        .arg(count, along)
                  : tr("Switched off: %1, %2 of them as they were typed over the chosen ones")
                        .arg(count, along);
    };
    run(
        on ? tr("Switching changes on") : tr("Switching changes off"), rows,
        [on](Document& document, Ids ids) { return document.switchChanges(ids, on); }, note);
}

void DocumentChanges::keep(const ui::RowSelection& rows, bool kept) {
    const auto note = [kept](const Outcome& outcome) {
        const QString count = changeCountText(outcome.done);
        return kept ? tr("Kept: %1").arg(count) : tr("No longer kept: %1").arg(count);
    };
    run(
        kept ? tr("Keeping changes") : tr("Taking marks away"), rows,
        [kept](Document& document, Ids ids) { return document.keepChanges(ids, kept); }, note);
}

void DocumentChanges::revert(const ui::RowSelection& rows) {
    const auto note = [](const Outcome& outcome) {
        const QString count = changeCountText(outcome.done);
        if (outcome.takenAlong == 0)
            return tr("Reverted: %1").arg(count);
        return tr("Reverted: %1, %2 of them as they were typed over the chosen ones")
            .arg(count, ui::groupedNumber(static_cast<Offset>(outcome.takenAlong)));
    };
    run(
        tr("Reverting changes"), rows,
        [](Document& document, Ids ids) { return document.revertChanges(ids); }, note);
}

void DocumentChanges::flush(const ui::RowSelection& rows) {
    messages_.dismiss(kMessage);
    const Document& document = editor_.document();
    const ui::ChangeListing& listing = *panel_->list()->listing();
    if (document.isUntitled())
        return tell(tr("The document has no file yet; save it as one first."));
    const bool isAll = rows.count() == listing.all->rows.size();
    if (isAll)
        return saver_.flush();
    if (rows.count() > kMostFlushed)
        return tell(tr("%1 are too many to be flushed apart from the others; choose up to %2, or "
                       "all.")
                        .arg(changeCountText(static_cast<std::size_t>(rows.count())),
                             ui::groupedNumber(static_cast<Offset>(kMostFlushed))));
    std::vector<ChangeId> ids;
    for (const ui::ChangeRow& row :
         rowsOf(listing, rows, [](const ui::ChangeRow& each) { return !each.change.isOff; }))
        ids.push_back(row.change.id);
    if (ids.empty())
        return emit noted(tr("Nothing to write: what is chosen is switched off"));
    saver_.flushOnly(std::move(ids));
}

void DocumentChanges::copy(const ui::RowSelection& rows) {
    messages_.dismiss(kMessage);
    if (rows.count() > kMostCopied)
        return tell(tr("%1 are too many for the clipboard, which takes up to %2.")
                        .arg(changeCountText(static_cast<std::size_t>(rows.count())),
                             ui::groupedNumber(static_cast<Offset>(kMostCopied))));
    const std::shared_ptr<const ui::ChangeListing> listing = panel_->list()->listing();
    std::vector<ui::PatchLine> lines;
    Offset bytes = 0;
    for (const ui::ChangeRow& row : rowsOf(*listing, rows, [](const auto&) { return true; })) {
        bytes += std::min(row.change.before.length, kMostCopiedBytes + 1);
        bytes += std::min(row.content, kMostCopiedBytes + 1);
        lines.push_back({row, row.change.isOff
                                  ? editor_.document().switchedOffContent(row.change.id)
                                  : core::Content()});
    }
    if (bytes > kMostCopiedBytes)
        return tell(tr("These changes have too many bytes for the clipboard, which takes up to %1 "
                       "of them, before and after together.")
                        .arg(ui::sizeText(kMostCopiedBytes)));
    // A copy that is asked for again is the one that counts.
    delete copying_.data();
    const std::size_t count = lines.size();
    copying_ = ui::Job::start(
        tr("Copying changes"),
        [listing, lines = std::move(lines)](core::Progress& progress) {
            const std::string text = ui::patchText(*listing->all, lines, progress);
            return progress.isCancelled() ? std::string() : text;
        },
        this,
        [this, count](const std::string& text) {
            if (text.empty())
                return emit noted(tr("Stopped; the clipboard is as it was"));
            QGuiApplication::clipboard()->setText(QString::fromStdString(text));
            emit noted(tr("Copied: %1").arg(changeCountText(count)));
        });
    jobs_.watch(copying_);
}

void DocumentChanges::rename(ChangeId change, const QString& name) {
    if (const core::Status named = editor_.document().setChangeName(change, name.toStdString());
        !named)
        return editor_.refuse(named.error());
    editor_.noteStateChanged();
    panel_->list()->relist();
}

void DocumentChanges::tell(const QString& text) {
    messages_.tell(kMessage, {ui::Message::Kind::Notice, text, {}});
}

}  // namespace octavo::app
