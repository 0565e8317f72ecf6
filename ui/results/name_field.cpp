#include "ui/results/name_field.h"

#include <QKeyEvent>

#include <utility>

namespace octavo::ui {

NameField::NameField(QWidget* parent) : QLineEdit(parent) {
    setAccessibleName(tr("Name"));
    setMaxLength(200);
    hide();
}

void NameField::begin(Id id, const QString& name, const QRect& place) {
    id_ = id;
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
    const Id id = std::exchange(id_, 0);
    if (id == 0) {
        return;
    }
    const QString name = text().trimmed();
    const bool hadFocus = hasFocus();
    hide();
    if (takesName && name != before_) {
        emit named(id, name);
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
