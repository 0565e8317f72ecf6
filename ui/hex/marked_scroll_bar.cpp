#include "ui/hex/marked_scroll_bar.h"

#include "ui/style/theme.h"

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
    }
}

void MarkedScrollBar::resizeEvent(QResizeEvent* event) {
    QScrollBar::resizeEvent(event);
    emit resized();
}

}  // namespace octavo::ui
