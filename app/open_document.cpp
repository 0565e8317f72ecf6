#include "app/open_document.h"

#include "app/history_progress.h"
#include "core/base/byte_order.h"
#include "core/content/change_steps.h"
#include "ui/bridge/history_keeper.h"

#include <QSplitter>
#include <QVBoxLayout>

#include <cstdint>
#include <limits>

namespace octavo::app {

namespace {

/// With its edit log, where there is to be one.
ui::EditorDocument* makeEditor(std::unique_ptr<core::Document> document,
                               const Environment& environment, QObject* parent) {
    auto* const editor = new ui::EditorDocument(std::move(document), parent);
    if (!environment.recoveryFolder.empty())
        editor->keepSafe(environment.fileSystem, environment.recoveryFolder);
    return editor;
}

}  // namespace

OpenDocument::OpenDocument(std::unique_ptr<core::Document> document, Environment& environment,
                           ui::JobIndicator& jobs, QWidget* window)
    : QWidget(window)
    , environment_(environment)
    , messages_(new ui::MessageArea(this))
    , splitter_(new QSplitter(Qt::Vertical, this))
    , editor_(makeEditor(std::move(document), environment, this))
    , views_(new DocumentViews(*editor_, environment, splitter_))
    , saver_(new Saver(*editor_, environment, *messages_, jobs, window, this))
    , clipboard_(new ClipboardCommands(*editor_, *views_, *messages_, jobs, this))
    , notices_(new DocumentNotices(*editor_, *saver_, *messages_, this))
    , recovery_(new RecoveryOffer(*editor_, environment, *messages_, this))
    , results_(new DocumentResults(*editor_, *views_, *messages_, jobs, environment.dialogs,
                                   *splitter_, this))
    , changes_(new DocumentChanges(*editor_, *views_, *saver_, *messages_, jobs, *splitter_, window,
                                   this))
    , history_(new DocumentHistory(*editor_, *views_, *splitter_, this))
    , bookmarks_(new DocumentBookmarks(*editor_, *views_, *saver_, *splitter_,
                                       environment.bookmarkFolder, this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(messages_);
    column->addWidget(splitter_, 1);
    splitter_->addWidget(views_);
    splitter_->setChildrenCollapsible(false);
    splitter_->setHandleWidth(1);
    setFocusProxy(views_);
    new HistoryProgress(editor_->history(), window, this);
    connectSignals();
    recovery_->look();
}

OpenDocument::~OpenDocument() {
    // Nobody is to hear of the end: the window may be gone halfway. The view lets go of the
    // document first, as both are children and the order of those is not ours.
    disconnect();
    delete results_;
    delete bookmarks_;
    delete changes_;
    delete history_;
    views_->close();
}

void OpenDocument::connectSignals() {
    connect(views_, &DocumentViews::changed, this, &OpenDocument::changed);
    connect(editor_, &ui::EditorDocument::stateChanged, this, &OpenDocument::changed);
    connect(saver_, &Saver::finished, this, &OpenDocument::changed);
    connect(saver_, &Saver::noted, this, &OpenDocument::noted);
    connect(saver_, &Saver::reloadWanted, this, &OpenDocument::reloadWanted);
    connect(clipboard_, &ClipboardCommands::noted, this, &OpenDocument::noted);
    connect(notices_, &DocumentNotices::noted, this, &OpenDocument::noted);
    connect(notices_, &DocumentNotices::reloadWanted, this, &OpenDocument::reloadWanted);
    connect(notices_, &DocumentNotices::revertWanted, this, &OpenDocument::revert);
    connect(notices_, &DocumentNotices::modeWanted, this, &OpenDocument::setMode);
    connect(notices_, &DocumentNotices::showWanted, this,
            [this](core::Extent place) { views_->active().jumpTo(place); });
    connect(notices_, &DocumentNotices::answered, this, [this] { view().setFocus(); });
    connect(recovery_, &RecoveryOffer::noted, this, &OpenDocument::noted);
    connect(recovery_, &RecoveryOffer::restored, this, &OpenDocument::goTo);
    connect(results_, &DocumentResults::noted, this, &OpenDocument::noted);
    connect(results_, &DocumentResults::closed, this, [this] { view().setFocus(); });
    connect(messages_, &ui::MessageArea::closed, this, [this] { view().setFocus(); });
    connect(changes_, &DocumentChanges::noted, this, &OpenDocument::noted);
    connect(changes_, &DocumentChanges::shownChanged, this, &OpenDocument::changed);
    connect(changes_, &DocumentChanges::closed, this, [this] { view().setFocus(); });
    connect(history_, &DocumentHistory::noted, this, &OpenDocument::noted);
    connect(history_, &DocumentHistory::shownChanged, this, &OpenDocument::changed);
    connect(history_, &DocumentHistory::closed, this, [this] { view().setFocus(); });
    connect(bookmarks_, &DocumentBookmarks::noted, this, &OpenDocument::noted);
    connect(bookmarks_, &DocumentBookmarks::closed, this, [this] { view().setFocus(); });
}

ui::StatusValues OpenDocument::statusValues() const {
    ui::StatusValues values;
    values.caret = views_->active().caret();
    values.selection = views_->active().selection();
    values.length = document().length();
    values.insertMode = views_->active().insertMode();
    values.encoding = views_->active().codec().label();
    values.mode = document().accessMode();
    const core::Document::Pending pending = document().pending();
    values.changes = pending.changes;
    values.changedBytes = pending.bytes;
    return values;
}

ActionState OpenDocument::actionState() const {
    ActionState state;
    state.hasDocument = true;
    state.isUntitled = document().isUntitled();
    state.isModified = document().isModified();
    state.hasChanges = document().hasChanges();
    state.isSaving = saver_->isRunning();
    state.hasSelection = !views_->focused().selection().isEmpty();
    state.isOriginal = views_->focused().document() != editor_;
    state.showsChanges = changes_->isShown();
    state.showsHistory = history_->isShown();
    state.canUndo = document().canUndo();
    state.canRedo = document().canRedo();
    state.canGoBack = views_->active().jumps().canGoBack();
    state.isSplit = views_->isSplit();
    state.isFlipped = views_->isFlipped();
    state.isComparing = views_->isComparing();
    state.onlyDifferences = views_->onlyDifferences();
    state.canGoForward = views_->active().jumps().canGoForward();
    return state;
}

bool OpenDocument::mayEditHere() {
    ui::EditorDocument* const shown = views_->focused().document();
    if (shown != editor_)
        editor_->refuse(shown->whyReadOnly());
    return shown == editor_;
}

void OpenDocument::revert() {
    const core::Offset caret = views_->active().caret();
    if (const core::Status done = document().revert(); !done)
        return editor_->refuse(done.error());
    views_->active().setCaret(std::min(caret, document().length()));
    emit noted(tr("Back to the file's content; Undo brings the changes again"));
}

void OpenDocument::setMode(core::AccessMode mode) {
    notices_->dismissRefusals();
    if (const core::Status set = document().setAccessMode(mode); !set)
        notices_->tellModeRefused(mode, set.error());
    editor_->noteStateChanged();
}

void OpenDocument::goToValue() {
    const ui::HexFormat& format = view().format();
    core::Extent extent = view().selection();
    if (extent.isEmpty()) {
        const bool isLong = document().length() > std::numeric_limits<std::uint32_t>::max();
        const int cell = format.cellBytes();
        extent.length = cell > 1 ? cell : isLong ? 8 : 4;
        extent.offset = view().caret() - view().caret() % (cell > 1 ? cell : 1);
    }
    if (extent.length > 8)
        return emit noted(tr("An offset has at most 8 bytes; %L1 are selected").arg(extent.length));
    if (extent.length > document().length() - extent.offset)
        return emit noted(tr("There are not enough bytes here for an offset"));
    const std::optional<core::Bytes> bytes = view().knownBytes(extent);
    if (!bytes)
        return emit noted(tr("The bytes here are not known"));
    const std::uint64_t value = core::loadInteger(*bytes, format.order);
    const QString text = QStringLiteral("0x") + QString::number(value, 16).toUpper();
    if (value > static_cast<std::uint64_t>(document().length()))
        return emit noted(tr("%1 lies behind the end").arg(text));
    goTo(static_cast<core::Offset>(value));
    emit noted(tr("At %1; Back returns").arg(text));
}

void OpenDocument::goToChange(bool forward) {
    const core::Snapshot snapshot = document().snapshot();
    const core::Offset here = view().selection().offset;
    const std::optional<core::Change> change =
        forward ? core::changeBehind(snapshot, here) : core::changeBefore(snapshot, here);
    if (!change)
        return emit noted(forward ? tr("No change behind this place")
                                  : tr("No change before this place"));
    view().jumpTo(change->now);
}

void OpenDocument::goTo(core::Offset offset) {
    views_->active().jumpTo({std::min(offset, document().length()), 0});
}

bool OpenDocument::closePanel() {
    if (results_->isShown())
        results_->close();
    else if (changes_->isShown())
        changes_->close();
    else if (history_->isShown())
        history_->close();
    else
        return false;
    return true;
}

}  // namespace octavo::app
