#include "ui/panels/icon_button.h"

namespace octavo::ui {

IconButton::IconButton(Icon which, const QString& name, QWidget* parent) : QToolButton(parent) {
    setIcon(ui::icon(which));
    setIconSize(QSize(16, 16));
    setToolTip(name);
    setAccessibleName(name);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(28, 28);
}

}  // namespace octavo::ui
