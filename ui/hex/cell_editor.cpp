#include "ui/hex/cell_editor.h"

#include <QKeyEvent>
#include <QToolTip>

#include <optional>

namespace octavo::ui {

namespace {

std::optional<CellEditor::Leave> leaveFor(int key) {
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        return CellEditor::Leave::Next;
    case Qt::Key_Backtab:
        return CellEditor::Leave::Previous;
    case Qt::Key_Up:
        return CellEditor::Leave::Up;
    case Qt::Key_Down:
        return CellEditor::Leave::Down;
    default:
        return std::nullopt;
    }
}

}  // namespace

CellEditor::CellEditor(QWidget* parent) : QLineEdit(parent) {
    setAccessibleName(tr("Value of the cell"));
    setAlignment(Qt::AlignRight);
    setContextMenuPolicy(Qt::NoContextMenu);
}

void CellEditor::tellFault(const QString& reason) {
    setAccessibleDescription(reason);
    QToolTip::showText(mapToGlobal(rect().bottomLeft()), reason, this);
}

bool CellEditor::event(QEvent* event) {
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (isKey) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const bool isOurs = leaveFor(key.key()) || key.key() == Qt::Key_Escape;
        if (isOurs && event->type() == QEvent::ShortcutOverride) {
            event->accept();
            return true;
        }
        // Tab would be taken for the next widget.
        if (isOurs) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QLineEdit::event(event);
}

void CellEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        event->accept();
        emit cancelled();
    } else if (const std::optional<Leave> leave = leaveFor(event->key())) {
        event->accept();
        emit committed(*leave);
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void CellEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    // Another window, or a menu of ours: the value waits.
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) {
        emit committed(Leave::Stay);
    }
}

}  // namespace octavo::ui
