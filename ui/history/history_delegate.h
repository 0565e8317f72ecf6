// Paints the rows of a list of steps: the tree as dots joined by lines in the column of branches,
// the step that is shown in bold, and what is not a part of it dimmed.
//
// Thread rule: GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace octavo::ui {

class HistoryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace octavo::ui
