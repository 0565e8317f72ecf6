#include "ui/inspector/inspector_delegate.h"

#include "ui/inspector/inspector_model.h"
#include "ui/style/fixed_font.h"
#include "ui/style/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include <utility>

namespace octavo::ui {

namespace {

constexpr int kMargin = 12;
// What a line edit of Qt leaves empty beside its frame, so that the text does not jump.
constexpr int kEditorInset = 8;

const InspectorModel& modelOf(const QModelIndex& index) {
    return *static_cast<const InspectorModel*>(index.model());
}

}  // namespace

InspectorDelegate::InspectorDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

void InspectorDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.palette);
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isName = index.column() == InspectorModel::Name;
    const bool isValue = modelOf(index).reading(index.row()).state == ValueReading::State::Value;
    painter->save();
    painter->fillRect(option.rect, isSelected ? theme.selection : theme.base);
    painter->setFont(isName || !isValue ? option.font : fixedFont(option.font));
    painter->setPen(isSelected || (isValue && !isName) ? theme.text : theme.dimText);
    const QRect inner = option.rect.adjusted(kMargin, 0, isName ? 0 : -kMargin, 0);
    painter->drawText(
        inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width()));
    painter->restore();
}

QWidget* InspectorDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const {
    auto* const editor = new QLineEdit(parent);
    editor->setFont(fixedFont(option.font));
    editor->setAccessibleName(index.siblingAtColumn(InspectorModel::Name).data().toString());
    connect(editor, &QLineEdit::textChanged, this,
            [this](const QString& text) { emit faultFound(faultOf(text, edited_)); });
    editor_ = editor;
    edited_ = index;
    return editor;
}

void InspectorDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* const field = static_cast<QLineEdit*>(editor);
    field->setText(index.data(Qt::EditRole).toString());
    field->selectAll();
}

void InspectorDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                     const QModelIndex& index) const {
    model->setData(index, static_cast<QLineEdit*>(editor)->text(), Qt::EditRole);
}

void InspectorDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                             const QModelIndex&) const {
    editor->setGeometry(option.rect.adjusted(kMargin - kEditorInset, 0, -2, 0));
}

QString InspectorDelegate::faultOf(const QString& text, const QModelIndex& index) const {
    return modelOf(index).faultOf(index.row(), text);
}

void InspectorDelegate::cancel() {
    // It lives on for a moment, and loses the keyboard in it.
    if (QWidget* const editor = std::exchange(editor_, nullptr)) {
        emit closeEditor(editor, RevertModelCache);
    }
}

bool InspectorDelegate::eventFilter(QObject* watched, QEvent* event) {
    if (watched != editor_) {
        return false;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            const QString fault = faultOf(editor_->text(), edited_);
            emit faultFound(fault);
            if (fault.isEmpty()) {
                emit commitData(editor_);
                cancel();
            }
            return true;
        }
        if (key == Qt::Key_Escape) {
            cancel();
            return true;
        }
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
            return true;
        }
    }
    if (event->type() == QEvent::FocusOut) {
        // A menu of the field, or another window: one comes back from those.
        const bool comesBack = static_cast<QFocusEvent*>(event)->reason() == Qt::PopupFocusReason ||
                               !editor_->isActiveWindow();
        if (!comesBack) {
            cancel();
        }
        return false;
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

}  // namespace octavo::ui
