#include "app/document_views.h"

#include "ui/style/theme.h"

#include <QEvent>

#include <utility>

namespace octavo::app {

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
    view->setTheme(ui::Theme::of(palette()));
    applyFont();
    applyFormats();
    view->setMatchSource(matches_);
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

void DocumentViews::setSplit(bool split) {
    if (split == isSplit())
        return;
    if (split) {
        // Beside each other where both have room, else one above the other.
        const bool beside = width() >= 2 * active_->sizeHint().width();
        setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
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
    const bool hadFocus = second->hasFocus();
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
    second->setDocument(nullptr);
    second->hide();
    second->deleteLater();
}

void DocumentViews::switchView() {
    if (isSplit())
        views_[active_ == views_.front() ? 1 : 0]->setFocus();
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

void DocumentViews::close() {
    disconnect();
    for (ui::HexView* const view : views_) {
        view->disconnect(this);
        view->setDocument(nullptr);
    }
}

void DocumentViews::applyFont() {
    const QFont font = environment_.settings.gridFont().value_or(ui::HexView::defaultGridFont());
    for (ui::HexView* const view : views_)
        view->setGridFont(font);
}

void DocumentViews::applyFormats() {
    for (std::size_t i = 0; i < views_.size(); ++i) {
        const ui::HexFormat& format =
            environment_.settings.gridFormat(i == 0 ? Grid::First : Grid::Second);
        if (views_[i]->format() != format)
            views_[i]->setFormat(format);
    }
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
    if (event->type() == QEvent::PaletteChange)
        for (ui::HexView* const view : views_)
            view->setTheme(ui::Theme::of(palette()));
}

bool DocumentViews::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn)
        activate(static_cast<ui::HexView*>(watched));
    return QSplitter::eventFilter(watched, event);
}

}  // namespace octavo::app
