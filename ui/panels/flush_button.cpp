#include "ui/panels/flush_button.h"

#include "ui/panels/number_text.h"
#include "ui/style/icons.h"
#include "ui/style/paint.h"
#include "ui/style/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kHeight = 28;
constexpr int kIconSide = 16;
constexpr int kPadding = 9;
constexpr int kGap = 6;
// Room is kept for this many changes; more of them make the button wider.
constexpr std::size_t kReserved = 88;

QFont strong(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

QString labelFor(std::size_t count) {
    if (count == 0)
        return FlushButton::tr("Flush");
    return FlushButton::tr("Flush %1").arg(groupedNumber(static_cast<core::Offset>(count)));
}

}  // namespace

FlushButton::FlushButton(QWidget* parent) : QToolButton(parent) {
    setAutoRaise(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(label());
}

void FlushButton::setPendingCount(std::size_t count) {
    if (count == count_)
        return;
    count_ = count;
    hint_ = {};
    setAccessibleName(label());
    updateGeometry();
    update();
}

QString FlushButton::label() const {
    return labelFor(count_);
}

QSize FlushButton::sizeHint() const {
    if (hint_.isValid())
        return hint_;
    const QFontMetrics metrics(strong(font()));
    const int text = std::max(metrics.horizontalAdvance(labelFor(kReserved)),
                              metrics.horizontalAdvance(label()));
    return hint_ = {kPadding + kIconSide + kGap + text + kPadding, kHeight};
}

void FlushButton::changeEvent(QEvent* event) {
    // The base asks for a new layout, which measures.
    hint_ = {};
    QToolButton::changeEvent(event);
}

void FlushButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    const bool pending = count_ > 0 && isEnabled();
    const bool hot = underMouse() && isEnabled();
    QColor front = isEnabled() ? theme.text : theme.zeroByte;
    if (pending) {
        const double shade = isDown() ? 0.2 : hot ? 0.1 : 0.0;
        paintPanel(painter, rect(), mixed(theme.accent, theme.text, shade), QColor());
        painter.setFont(strong(font()));
        front = theme.onAccent;
    } else if (isDown() || hot) {
        paintPanel(painter, rect(),
                   isDown() ? theme.selection : mixed(theme.window, theme.line, 0.7), QColor());
    }
    const int text = QFontMetrics(painter.font()).horizontalAdvance(label());
    const int start = (width() - (kIconSide + kGap + text)) / 2;
    paintIcon(painter, Icon::Flush, QRect(start, (height() - kIconSide) / 2, kIconSide, kIconSide),
              front);
    painter.setPen(front);
    painter.drawText(rect().adjusted(start + kIconSide + kGap, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, label());
    if (hasFocus())
        paintPanel(painter, QRectF(rect()).adjusted(2, 2, -2, -2), QColor(),
                   pending ? theme.onAccent : theme.accent);
}

}  // namespace octavo::ui
