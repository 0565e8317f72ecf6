#include "ui/panels/panel_bar.h"

#include "ui/panels/flat_button.h"
#include "ui/panels/icon_button.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace octavo::ui {

PanelBar::PanelBar(QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
    row_->setContentsMargins(12, 7, 4, 6);
    row_->setSpacing(8);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QToolButton* PanelBar::addButton(const QString& text, const QString& toolTip) {
    auto* const button = new FlatButton(text, toolTip, this);
    row_->addWidget(button);
    return button;
}

void PanelBar::addCloseButton() {
    auto* const button = new IconButton(Icon::Close, tr("Close (Esc)"), this);
    connect(button, &IconButton::clicked, this, &PanelBar::leave);
    row_->addWidget(button);
}

void PanelBar::leave() {
    hide();
    emit closed();
}

void PanelBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

void PanelBar::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        leave();
    else if (auto* const button = qobject_cast<QAbstractButton*>(focusWidget());
             isReturn && button != nullptr && button->hasFocus())
        button->click();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace octavo::ui
