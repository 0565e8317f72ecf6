#include "ui/panels/field_history.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace octavo::ui {

FieldHistory::FieldHistory(QLineEdit& field) : QObject(&field), field_(field) {
    field.installEventFilter(this);
    // What is written over an old text is a draft of its own.
    connect(&field, &QLineEdit::textEdited, this, [this] { place_ = -1; });
}

void FieldHistory::setEntries(const QStringList& entries) {
    entries_ = entries.mid(0, kMost);
    place_ = -1;
}

void FieldHistory::add(const QString& text) {
    const QString entry = text.trimmed();
    if (entry.isEmpty()) {
        return;
    }
    entries_.removeAll(entry);
    entries_.prepend(entry);
    setEntries(entries_);
    emit added();
}

void FieldHistory::show(qsizetype place) {
    if (place < -1 || place >= entries_.size()) {
        return;
    }
    if (place_ == -1) {
        draft_ = field_.text();
    }
    place_ = place;
    field_.setText(place == -1 ? draft_ : entries_[place]);
}

bool FieldHistory::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) {
        return QObject::eventFilter(watched, event);
    }
    const auto* const key = static_cast<QKeyEvent*>(event);
    const bool isUp = key->key() == Qt::Key_Up;
    if ((!isUp && key->key() != Qt::Key_Down) ||
        (key->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        return QObject::eventFilter(watched, event);
    }
    // The text that a bar begins with again is where Up goes on from, not to.
    const bool isShownAlready =
        place_ == -1 && !entries_.isEmpty() && field_.text() == entries_.front();
    show(isUp ? place_ + (isShownAlready ? 2 : 1) : place_ - 1);
    return true;
}

}  // namespace octavo::ui
