// Draws a cell of a ChangeTableModel: the box, text, and the bytes before and after with what
// differs marked.
//
// Bytes that are equal at the same place are dim. Those that differ stand on a tint and have a
// line: through them where they go, under them where they come in place of others, a frame where
// they are more than there were.
// Where the list is sorted by steps, a line parts one from the next.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/changes/change_bytes.h"
#include "ui/style/theme.h"

#include <QFont>
#include <QStyledItemDelegate>

namespace octavo::ui {

class ChangeDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ChangeDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    struct Cell;

    void paintBox(const Cell& cell) const;
    void paintText(const Cell& cell) const;
    void paintSides(const Cell& cell, const ChangeSides& sides) const;
    int paintSide(const Cell& cell, const ChangeSide& side, const ChangeSide& other, int x,
                  std::size_t most, bool isAfter) const;
    int paintWord(const Cell& cell, const QString& word, int x) const;

    // To ask for a font takes longer than to draw with it.
    mutable QFont base_;
    mutable QFont fixed_;
};

}  // namespace octavo::ui
