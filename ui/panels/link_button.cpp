#include "ui/panels/link_button.h"

#include "ui/style/paint.h"
#include "ui/style/theme.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace octavo::ui {

namespace {

constexpr int kPadding = 6;

}  // namespace

LinkButton::LinkButton(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setAccessibleName(text);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    setFont(bold);
}

QSize LinkButton::sizeHint() const {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 2 * kPadding, metrics.height() + 8};
}

void LinkButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    QFont drawn = font();
    drawn.setUnderline(underMouse() && isEnabled());
    painter.setFont(drawn);
    painter.setPen(isEnabled() ? theme.accent : theme.zeroByte);
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (hasFocus())
        paintPanel(painter, QRectF(rect()).adjusted(1, 1, -1, -1), QColor(), theme.accent);
}

void LinkButton::keyPressEvent(QKeyEvent* event) {
    // Links are followed by Return; a plain button knows the space bar only.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

}  // namespace octavo::ui
