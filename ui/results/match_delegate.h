// Draws a cell of a HitTableModel: fixed-pitch text in which the match stands out.
//
// Thread rule: GUI thread.
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

namespace octavo::ui {

class MatchDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit MatchDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    // To ask for a font takes longer than to draw with it.
    mutable QFont base_;
    mutable QFont fixed_;
};

}  // namespace octavo::ui
