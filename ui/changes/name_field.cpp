#include "ui/changes/name_field.h"

#include <QKeyEvent>

#include <utility>

namespace octavo::ui {

NameField::NameField(QWidget* parent) : QLineEdit(parent) {
    setAccessibleName(tr("Name of the change"));
    setMaxLength(200);
    hide();
}

void NameField::begin(core::ChangeId change, const QString& name, const QRect& place) {
    change_ = change;
    before_ = name;
    setText(name);
    selectAll();
    setGeometry(place);
    show();
    setFocus();
}

void NameField::finish() {
    end(true);
}

void NameField::end(bool takesName) {
    const core::ChangeId change = std::exchange(change_, core::kNoChange);
    if (change == core::kNoChange) {
        return;
    }
    const QString name = text().trimmed();
    const bool hadFocus = hasFocus();
    hide();
    if (takesName && name != before_) {
        emit named(change, name);
    }
    if (hadFocus) {
        emit ended();
    }
}

void NameField::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
        end(key != Qt::Key_Escape);
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void NameField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        end(true);
    }
}

}  // namespace octavo::ui
