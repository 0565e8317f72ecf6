#include "app/document_views.h"

#include "app/actions.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace octavo::app {

namespace {

/// It or a field over it.
bool hasKeyboard(const QWidget& view) {
    return view.hasFocus() || view.isAncestorOf(QApplication::focusWidget());
}

/// Whatever else is held by then.
bool isFlipKey(const QKeyEvent& event) {
    return std::ranges::any_of(keysOf(ActionId::Original), [&](const QKeySequence& keys) {
        return keys[0].key() == event.key();
    });
}

}  // namespace

DocumentViews::DocumentViews(ui::EditorDocument& editor, Environment& environment, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent), editor_(editor), environment_(environment) {
    setChildrenCollapsible(false);
    setHandleWidth(1);
    active_ = addView();
    setFocusProxy(active_);
    connect(&environment.settings, &Settings::gridFontChanged, this, &DocumentViews::applyFont);
    connect(&environment.settings, &Settings::gridFormatChanged, this,
            &DocumentViews::applyFormats);
    connect(&environment.settings, &Settings::scrollTogetherChanged, this,
            [this] { followScroll(active_); });
}

ui::HexView* DocumentViews::addView() {
    auto* const view = new ui::HexView(this);
    views_.push_back(view);
    addWidget(view);
    view->installEventFilter(this);
    dress(*view, views_.size() == 1 ? Grid::First : Grid::Second);
    view->setMatchSource(matches_);
    view->setBookmarkSource(bookmarks_);
    view->setDocument(&editor_);
    const auto tell = [this, view] {
        if (view == active_)
            emit changed();
    };
    connect(view, &ui::HexView::caretMoved, this, tell);
    connect(view, &ui::HexView::selectionMoved, this, tell);
    connect(view, &ui::HexView::jumpsChanged, this, tell);
    connect(view, &ui::HexView::insertModeChanged, this, tell);
    connect(view, &ui::HexView::scrolled, this, [this, view] { followScroll(view); });
    connect(view, &ui::HexView::zoomWanted, this, &DocumentViews::zoomWanted);
    connect(view, &ui::HexView::contextMenuWanted, this, &DocumentViews::contextMenuWanted);
    return view;
}

void DocumentViews::dress(ui::HexView& view, Grid grid) {
    view.setTheme(ui::Theme::of(palette()));
    view.setGridFont(environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont()));
    view.setFormat(environment_.settings.gridFormat(grid));
    view.setOnlyDifferences(onlyDifferences_);
}

/// Beside each other where both have room, else one above the other.
void DocumentViews::chooseOrientation() {
    const bool beside = width() >= 2 * active_->sizeHint().width();
    setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
}

void DocumentViews::setSplit(bool split) {
    if (split == isSplit())
        return;
    if (split) {
        hideOriginal();
        chooseOrientation();
        ui::HexView* const second = addView();
        second->setAccessibleName(tr("Bytes, second view"));
        second->setCaret(active_->caret());
        second->setTopOffset(active_->topOffset());
        second->show();
    } else {
        removeSecond();
    }
    emit changed();
}

void DocumentViews::removeSecond() {
    ui::HexView* const second = views_.back();
    second->finishTyping();
    const bool hadFocus = hasKeyboard(*second);
    const core::Offset caret = second->caret();
    views_.pop_back();
    if (active_ == second) {
        activate(views_.front());
        active_->setCaret(caret);
    }
    if (hadFocus)
        active_->setFocus();
    // What it is watched for must not reach half a grid.
    second->removeEventFilter(this);
    second->disconnect(this);
    second->setMatchSource(nullptr);
    second->setBookmarkSource(nullptr);
    second->setDocument(nullptr);
    second->hide();
    second->deleteLater();
}

void DocumentViews::switchView() {
    if (isSplit())
        views_[active_ == views_.front() ? 1 : 0]->setFocus();
    else if (isComparing())
        (focused().document() == &editor_ ? original_->view() : *active_).setFocus();
}

// ---- The original

ui::HexView& DocumentViews::focused() const {
    return original_ != nullptr && original_->view().hasFocus() ? original_->view() : *active_;
}

void DocumentViews::finishTyping() {
    for (ui::HexView* const view : views_)
        view->finishTyping();
}

void DocumentViews::showOriginal() {
    original_ = std::make_unique<OriginalGrid>(editor_, *active_, this);
    ui::HexView& view = original_->view();
    dress(view, Grid::First);
    addWidget(&view);
    view.installEventFilter(this);
    connect(&view, &ui::HexView::selectionMoved, this, &DocumentViews::changed);
    connect(&view, &ui::HexView::zoomWanted, this, &DocumentViews::zoomWanted);
    connect(&view, &ui::HexView::contextMenuWanted, this, &DocumentViews::contextMenuWanted);
    // What takes the edited grid elsewhere wants to be seen there.
    connect(active_, &ui::HexView::caretMoved, &view, [this] {
        if (isFlipped_)
            setFlipped(false);
    });
}

void DocumentViews::hideOriginal() {
    if (original_ == nullptr)
        return;
    const bool hadFocus = original_->view().hasFocus();
    isFlipped_ = false;
    for (ui::HexView* const view : views_)
        view->show();
    if (hadFocus)
        active_->setFocus();
    original_->view().hide();
    original_->view().removeEventFilter(this);
    original_->view().disconnect(this);
    // It may be within an event of its own.
    original_->setParent(this);
    original_.release()->deleteLater();
}

void DocumentViews::setComparing(bool comparing) {
    if (comparing == isComparing())
        return;
    finishTyping();
    hideOriginal();
    if (comparing) {
        if (isSplit())
            removeSecond();
        chooseOrientation();
        showOriginal();
        original_->view().show();
    }
    emit changed();
}

void DocumentViews::setFlipped(bool flipped) {
    if (flipped == isFlipped_)
        return;
    // A value that is being typed may move the caret, which ends the flip.
    finishTyping();
    if (!flipped) {
        hideOriginal();
        if (wasComparing_)
            setComparing(true);
        return emit changed();
    }
    wasComparing_ = isComparing();
    hideOriginal();
    showOriginal();
    isFlipped_ = true;
    sinceFlip_.start();
    original_->view().show();
    // Hidden with the focus, a grid would pass it on by Tab, which it takes for its own.
    original_->view().setFocus();
    for (ui::HexView* const view : views_)
        view->hide();
    emit changed();
}

void DocumentViews::setOnlyDifferences(bool only) {
    onlyDifferences_ = only;
    for (ui::HexView* const view : views_)
        view->setOnlyDifferences(only);
    if (original_ != nullptr)
        original_->view().setOnlyDifferences(only);
    emit changed();
}

void DocumentViews::activate(ui::HexView* view) {
    if (view == active_)
        return;
    active_ = view;
    setFocusProxy(view);
    emit changed();
}

bool DocumentViews::isFullyLoaded() const {
    for (const ui::HexView* const view : views_)
        if (!view->isFullyLoaded())
            return false;
    return true;
}

void DocumentViews::setMatchSource(const ui::MatchSource* source) {
    matches_ = source;
    for (ui::HexView* const view : views_)
        view->setMatchSource(source);
}

void DocumentViews::updateMatches() {
    for (ui::HexView* const view : views_)
        view->updateMatches();
}

void DocumentViews::setBookmarkSource(const ui::BookmarkSource* source) {
    bookmarks_ = source;
    for (ui::HexView* const view : views_)
        view->setBookmarkSource(source);
}

void DocumentViews::updateBookmarks() {
    for (ui::HexView* const view : views_)
        view->updateBookmarks();
}

void DocumentViews::close() {
    disconnect();
    original_.reset();
    for (ui::HexView* const view : views_) {
        view->disconnect(this);
        view->setDocument(nullptr);
    }
}

void DocumentViews::applyFont() {
    const QFont font = environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont());
    for (ui::HexView* const view : views_)
        view->setGridFont(font);
    if (original_ != nullptr)
        original_->view().setGridFont(font);
}

void DocumentViews::applyFormats() {
    for (std::size_t i = 0; i < views_.size(); ++i) {
        const ui::HexFormat& format =
            environment_.settings.gridFormat(i == 0 ? Grid::First : Grid::Second);
        if (views_[i]->format() != format)
            views_[i]->setFormat(format);
    }
    if (original_ != nullptr)
        original_->view().setFormat(environment_.settings.gridFormat());
    emit changed();
}

void DocumentViews::followScroll(ui::HexView* scrolled) {
    if (following_ || !isSplit() || !environment_.settings.scrollTogether())
        return;
    following_ = true;
    views_[scrolled == views_.front() ? 1 : 0]->setTopOffset(scrolled->topOffset());
    following_ = false;
}

void DocumentViews::changeEvent(QEvent* event) {
    QSplitter::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (ui::HexView* const view : views_)
        view->setTheme(ui::Theme::of(palette()));
    if (original_ != nullptr)
        original_->view().setTheme(ui::Theme::of(palette()));
}

bool DocumentViews::eventFilter(QObject* watched, QEvent* event) {
    const bool isOriginal = original_ != nullptr && watched == &original_->view();
    if (event->type() == QEvent::FocusIn) {
        if (!isOriginal)
            activate(static_cast<ui::HexView*>(watched));
        emit changed();  // what is selected there
    }
    if (event->type() == QEvent::KeyRelease && isFlipped_ && isOriginal) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const bool wasHeld = sinceFlip_.hasExpired(kHeldMs);
        if (isFlipKey(key) && !key.isAutoRepeat() && wasHeld)
            setFlipped(false);
    }
    return QSplitter::eventFilter(watched, event);
}

}  // namespace octavo::app
