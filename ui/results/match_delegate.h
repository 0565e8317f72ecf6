// Draws a cell of a HitTableModel: fixed-pitch text in which the match stands out.
//
// Thread rule: GUI thread.
#pragma once

#include <QStyledItemDelegate>

namespace octavo::ui {

class MatchDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit MatchDelegate(QObject* parent = nullptr);

    /// The font of the cells.
    static QFont fontFor(const QFont& base);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

}  // namespace octavo::ui
