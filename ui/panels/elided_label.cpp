#include "ui/panels/elided_label.h"

#include <QPainter>

#include <algorithm>

namespace octavo::ui {

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, int leastWidth, QWidget* parent)
    : QLabel(parent), mode_(mode), leastWidth_(leastWidth) {}

QSize ElidedLabel::minimumSizeHint() const {
    const QSize whole = QLabel::minimumSizeHint();
    return {std::min(whole.width(), leastWidth_), whole.height()};
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), mode_, width()));
}

}  // namespace octavo::ui
