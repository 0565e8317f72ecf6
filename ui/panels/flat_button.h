// A quiet button with a word on it, as bars and panels have them: Tab comes to it, a click does not
// take the keyboard.
//
// Thread rule: GUI thread.
#pragma once

#include <QToolButton>

namespace octavo::ui {

class FlatButton final : public QToolButton {
public:
    FlatButton(const QString& text, const QString& toolTip, QWidget* parent) : QToolButton(parent) {
        setText(text);
        setToolTip(toolTip);
        setAutoRaise(true);
        setFocusPolicy(Qt::TabFocus);
    }
};

}  // namespace octavo::ui
