#include "app/open_document.h"

#include "ui/bridge/history_keeper.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QSplitter>
#include <QVBoxLayout>

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
    , view_(new ui::HexView(splitter_))
    , editor_(makeEditor(std::move(document), environment, this))
    , saver_(new Saver(*editor_, environment, *messages_, jobs, window, this))
    , clipboard_(new ClipboardCommands(*editor_, *view_, *messages_, jobs, this))
    , notices_(new DocumentNotices(*editor_, *saver_, *messages_, this))
    , recovery_(new RecoveryOffer(*editor_, environment, *messages_, this))
    , results_(new DocumentResults(*editor_, *view_, *messages_, jobs, environment.dialogs,
                                   *splitter_, this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(messages_);
    column->addWidget(splitter_, 1);
    splitter_->addWidget(view_);
    splitter_->setChildrenCollapsible(false);
    splitter_->setHandleWidth(1);
    setFocusProxy(view_);
    view_->setTheme(ui::Theme::of(palette()));
    applyGridFont();
    applyGridFormat();
    connectSignals();
    view_->setDocument(editor_);
    recovery_->look();
}

OpenDocument::~OpenDocument() {
    // Nobody is to hear of the end: the window may be gone halfway. The view lets go of the
    // document first, as both are children and the order of those is not ours.
    disconnect();
    view_->disconnect(this);
    delete results_;
    view_->setDocument(nullptr);
}

void OpenDocument::connectSignals() {
    connect(view_, &ui::HexView::caretMoved, this, &OpenDocument::changed);
    connect(view_, &ui::HexView::selectionMoved, this, &OpenDocument::changed);
    connect(view_, &ui::HexView::jumpsChanged, this, &OpenDocument::changed);
    connect(view_, &ui::HexView::insertModeChanged, this, &OpenDocument::changed);
    connect(editor_, &ui::EditorDocument::stateChanged, this, &OpenDocument::changed);
    connect(saver_, &Saver::finished, this, &OpenDocument::changed);
    connect(saver_, &Saver::noted, this, &OpenDocument::noted);
    connect(saver_, &Saver::reloadWanted, this, &OpenDocument::reloadWanted);
    connect(clipboard_, &ClipboardCommands::noted, this, &OpenDocument::noted);
    connect(notices_, &DocumentNotices::noted, this, &OpenDocument::noted);
    connect(notices_, &DocumentNotices::reloadWanted, this, &OpenDocument::reloadWanted);
    connect(notices_, &DocumentNotices::revertWanted, this, &OpenDocument::revert);
    connect(notices_, &DocumentNotices::modeWanted, this, &OpenDocument::setMode);
    connect(notices_, &DocumentNotices::answered, this, [this] { view_->setFocus(); });
    connect(recovery_, &RecoveryOffer::noted, this, &OpenDocument::noted);
    connect(recovery_, &RecoveryOffer::restored, this, &OpenDocument::goTo);
    connect(results_, &DocumentResults::noted, this, &OpenDocument::noted);
    connect(results_, &DocumentResults::closed, this, [this] { view_->setFocus(); });
    connect(messages_, &ui::MessageArea::closed, this, [this] { view_->setFocus(); });
    connect(&environment_.settings, &Settings::gridFontChanged, this, &OpenDocument::applyGridFont);
    connect(&environment_.settings, &Settings::gridFormatChanged, this,
            &OpenDocument::applyGridFormat);
}

ui::StatusValues OpenDocument::statusValues() const {
    ui::StatusValues values;
    values.caret = view_->caret();
    values.selection = view_->selection();
    values.length = document().length();
    values.insertMode = view_->insertMode();
    values.encoding = view_->codec().label();
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
    state.hasSelection = !view_->selection().isEmpty();
    state.canUndo = document().canUndo();
    state.canRedo = document().canRedo();
    state.canGoBack = view_->jumps().canGoBack();
    state.canGoForward = view_->jumps().canGoForward();
    return state;
}

void OpenDocument::undo() {
    editor_->history().undo([this](const auto& done) { stepped(done, tr("Nothing to undo")); });
}

void OpenDocument::redo() {
    editor_->history().redo([this](const auto& done) { stepped(done, tr("Nothing to do again")); });
}

void OpenDocument::stepped(const core::Result<std::optional<core::Extent>>& done,
                           const QString& nothing) {
    if (!done)
        return editor_->refuse(done.error());
    if (!*done)
        return emit noted(nothing);
    view_->jumpTo({(*done)->offset, 0});
}

void OpenDocument::revert() {
    const core::Offset caret = view_->caret();
    if (const core::Status done = document().revert(); !done)
        return editor_->refuse(done.error());
    view_->setCaret(std::min(caret, document().length()));
    emit noted(tr("Back to the file's content; Undo brings the changes again"));
}

void OpenDocument::setMode(core::AccessMode mode) {
    notices_->dismissRefusals();
    if (const core::Status set = document().setAccessMode(mode); !set)
        notices_->tellModeRefused(mode, set.error());
    editor_->noteStateChanged();
}

void OpenDocument::goTo(core::Offset offset) {
    view_->jumpTo({std::min(offset, document().length()), 0});
}

void OpenDocument::applyGridFont() {
    view_->setGridFont(environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont()));
}

void OpenDocument::applyGridFormat() {
    view_->setFormat(environment_.settings.gridFormat());
    emit changed();
}

void OpenDocument::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        view_->setTheme(ui::Theme::of(palette()));
}

}  // namespace octavo::app
