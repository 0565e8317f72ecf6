#include "app/open_document.h"

#include "app/error_text.h"
#include "app/file_name.h"
#include "ui/panels/number_text.h"
#include "ui/style/theme.h"

#include <QEvent>
#include <QVBoxLayout>

namespace octavo::app {

namespace {

const QString kRefused = QStringLiteral("refused");
const QString kOutside = QStringLiteral("outside");

}  // namespace

OpenDocument::OpenDocument(std::unique_ptr<core::Document> document, Environment& environment,
                           ui::JobIndicator& jobs, QWidget* window)
    : QWidget(window)
    , environment_(environment)
    , messages_(new ui::MessageArea(this))
    , view_(new ui::HexView(this))
    , editor_(new ui::EditorDocument(std::move(document), this))
    , saver_(new Saver(*editor_, environment, *messages_, jobs, window, this))
    , clipboard_(new ClipboardCommands(*editor_, *view_, *messages_, jobs, this)) {
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(messages_);
    column->addWidget(view_, 1);
    setFocusProxy(view_);
    view_->setTheme(ui::Theme::of(palette()));
    applyGridFont();
    connectSignals();
    view_->setDocument(editor_);
}

OpenDocument::~OpenDocument() {
    // Nobody is to hear of the end: the window may be gone halfway. The view lets go of the
    // document first, as both are children and the order of those is not ours.
    disconnect();
    view_->disconnect(this);
    view_->setDocument(nullptr);
}

void OpenDocument::connectSignals() {
    connect(view_, &ui::HexView::caretMoved, this, &OpenDocument::changed);
    connect(view_, &ui::HexView::selectionMoved, this, &OpenDocument::changed);
    connect(view_, &ui::HexView::insertModeChanged, this, &OpenDocument::changed);
    connect(editor_, &ui::EditorDocument::stateChanged, this, &OpenDocument::changed);
    connect(editor_, &ui::EditorDocument::editRefused, this, &OpenDocument::tellRefused);
    connect(editor_, &ui::EditorDocument::fileChangedOutside, this,
            &OpenDocument::tellChangedOutside);
    connect(saver_, &Saver::finished, this, &OpenDocument::changed);
    connect(saver_, &Saver::finished, this, [this](bool succeeded) {
        if (succeeded)
            messages_->dismiss(kOutside);
    });
    connect(saver_, &Saver::noted, this, &OpenDocument::noted);
    connect(saver_, &Saver::reloadWanted, this, &OpenDocument::reloadWanted);
    connect(clipboard_, &ClipboardCommands::noted, this, &OpenDocument::noted);
    connect(messages_, &ui::MessageArea::closed, this, [this] { view_->setFocus(); });
    connect(&environment_.settings, &Settings::gridFontChanged, this, &OpenDocument::applyGridFont);
}

QString OpenDocument::name() const {
    return document().isUntitled() ? tr("Untitled") : displayName(document().path());
}

QString OpenDocument::pendingText() const {
    const core::Document::Pending& pending = document().pending();
    const auto count = static_cast<core::Offset>(pending.changes);
    if (count == 1)
        return tr("1 change is pending, %1.").arg(ui::byteCountText(pending.bytes));
    return tr("%1 changes are pending, %2.", nullptr, ui::pluralNumber(count))
        .arg(ui::groupedNumber(count), ui::byteCountText(pending.bytes));
}

ui::StatusValues OpenDocument::statusValues() const {
    ui::StatusValues values;
    values.caret = view_->caret();
    values.selection = view_->selection();
    values.length = document().length();
    values.insertMode = view_->insertMode();
    values.readOnly = document().accessMode() == core::AccessMode::ReadOnly;
    values.changes = document().pending().changes;
    values.changedBytes = document().pending().bytes;
    return values;
}

ActionState OpenDocument::actionState() const {
    ActionState state;
    state.hasDocument = true;
    state.isUntitled = document().isUntitled();
    state.isModified = document().isModified();
    state.isSaving = saver_->isRunning();
    state.hasSelection = !view_->selection().isEmpty();
    state.canUndo = document().canUndo();
    state.canRedo = document().canRedo();
    return state;
}

void OpenDocument::undo() {
    step(document().undo(), tr("Nothing to undo"));
}

void OpenDocument::redo() {
    step(document().redo(), tr("Nothing to do again"));
}

void OpenDocument::step(const core::Result<std::optional<core::Extent>>& done,
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

void OpenDocument::setReadOnly(bool readOnly) {
    messages_->dismiss(kRefused);
    const auto mode = readOnly ? core::AccessMode::ReadOnly : core::AccessMode::Preview;
    if (!document().setAccessMode(mode))
        messages_->tell(kRefused, {ui::Message::Kind::Notice,
                                   tr("Changes are pending. Write or revert them before you "
                                      "switch to Read-only."),
                                   {{tr("Write them"), [this] { saver_->flush(); }},
                                    {tr("Revert them"), [this] { revert(); }}}});
    editor_->noteStateChanged();
}

void OpenDocument::goTo(core::Offset offset) {
    view_->jumpTo({std::min(offset, document().length()), 0});
}

void OpenDocument::tellNotReloaded(const QString& reason) {
    messages_->tell(kOutside, {ui::Message::Kind::Notice,
                               tr("%1 was not read again: %2.").arg(name(), reason),
                               {{tr("Reload"), [this] { emit reloadWanted(); }}}});
}

void OpenDocument::tellRefused(const QString& reason) {
    if (document().accessMode() != core::AccessMode::ReadOnly)
        return messages_->tell(kRefused, {ui::Message::Kind::Notice, reason, {}});
    messages_->tell(kRefused, {ui::Message::Kind::Notice,
                               tr("%1 is open read-only, so nothing can be typed.").arg(name()),
                               {{tr("Switch to Preview"), [this] {
                                     setReadOnly(false);
                                     view_->setFocus();
                                 }}}});
}

QString OpenDocument::outsideText(core::FileEvent event) const {
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

void OpenDocument::tellChangedOutside(core::FileEvent event) {
    // A file that was cut and has grown since is neither shorter nor longer than it was known.
    if (event == core::FileEvent::Appended && document().outsideEvent() > event)
        event = core::FileEvent::Written;
    const bool isThere = event != core::FileEvent::Deleted && event != core::FileEvent::Gone;
    const ui::Message::Link link =
        isThere ? ui::Message::Link{tr("Reload"), [this] { emit reloadWanted(); }}
                : ui::Message::Link{tr("Save as…"), [this] { saver_->saveAs(); }};
    messages_->tell(kOutside, {ui::Message::Kind::Warning, outsideText(event), {link}});
}

void OpenDocument::applyGridFont() {
    view_->setGridFont(environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont()));
}

void OpenDocument::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        view_->setTheme(ui::Theme::of(palette()));
}

}  // namespace octavo::app
