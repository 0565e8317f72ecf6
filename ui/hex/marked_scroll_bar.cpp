#include "ui/hex/marked_scroll_bar.h"

#include "ui/style/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kThick = 2;

}  // namespace

MarkedScrollBar::MarkedScrollBar(QWidget* parent) : QScrollBar(Qt::Vertical, parent) {}

void MarkedScrollBar::setMarks(std::vector<std::uint8_t> marks) {
    if (marks == marks_)
        return;
    marks_ = std::move(marks);
    update();
}

void MarkedScrollBar::paintEvent(QPaintEvent* event) {
    QScrollBar::paintEvent(event);
    if (marks_.empty())
        return;
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    const int half = width() / 2;
    const int last = std::max(0, height() - kThick);
    const auto count = static_cast<int>(marks_.size());
    for (int slot = 0; slot < count; ++slot) {
        const std::uint8_t marks = marks_[static_cast<std::size_t>(slot)];
        if (marks == 0)
            continue;
        const int top = std::min(slot, last);
        const auto draw = [&](Mark mark, int left, int width, const QColor& color) {
            if ((marks & mark) != 0)
                painter.fillRect(left, top, width, kThick, color);
        };
        draw(Match, half + 1, width() - half - 2, theme.matchLine);
        draw(Changed, 1, half - 1, theme.changedLine);
        draw(Inserted, 1, half - 1, theme.insertedLine);
        draw(Deleted, 1, half - 1, theme.deleted);
        draw(Bookmark, 1, width() - 2, theme.accent);
    }
}

void MarkedScrollBar::mousePressEvent(QMouseEvent* event) {
    isFine_ = false;
    lastY_ = qRound(event->position().y());
    QScrollBar::mousePressEvent(event);
}

void MarkedScrollBar::mouseMoveEvent(QMouseEvent* event) {
    const int y = qRound(event->position().y());
    const int pixels = y - lastY_;
    lastY_ = y;
    // Once fine, the slider is no longer where the mouse is: it stays so.
    isFine_ = isFine_ || (event->modifiers() & Qt::ShiftModifier);
    if (!isSliderDown() || !isFine_)
        return QScrollBar::mouseMoveEvent(event);
    event->accept();
    if (pixels != 0)
        emit fineDragged(pixels);
}

void MarkedScrollBar::resizeEvent(QResizeEvent* event) {
    QScrollBar::resizeEvent(event);
    emit resized();
}

}  // namespace octavo::ui
