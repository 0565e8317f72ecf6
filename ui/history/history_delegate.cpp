#include "ui/history/history_delegate.h"

#include "ui/history/history_table_model.h"
#include "ui/style/theme.h"

#include <QPainter>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kMargin = 8;
constexpr int kBranchWidth = 12;
constexpr qreal kDot = 4;
/// Branches further to the right share a place; their number is in the row's text.
constexpr int kMostBranches = 4;

void paintBranch(QPainter& painter, const QRect& cell, const QModelIndex& index,
                 const QColor& color) {
    const int branch = std::min(index.data(HistoryTableModel::BranchRole).toInt(), kMostBranches);
    const auto place = static_cast<StepPlace>(index.data(HistoryTableModel::PlaceRole).toInt());
    const qreal x = cell.left() + kMargin + kDot + kBranchWidth * branch;
    const QPointF middle(x, cell.top() + cell.height() / 2.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5));
    if (index.data(HistoryTableModel::FollowsRole).toBool())
        painter.drawLine(QPointF(x, cell.top()), middle - QPointF(0, kDot));
    if (index.data(HistoryTableModel::IsFollowedRole).toBool())
        painter.drawLine(middle + QPointF(0, kDot), QPointF(x, cell.top() + cell.height()));
    const bool isFilled = place == StepPlace::Done || place == StepPlace::Current;
    painter.setBrush(isFilled ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(middle, kDot, kDot);
    if (place == StepPlace::Current) {
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(middle, kDot + 3, kDot + 3);
    }
}

}  // namespace

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.palette);
    const auto place = static_cast<StepPlace>(index.data(HistoryTableModel::PlaceRole).toInt());
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isDim = place == StepPlace::Undone || place == StepPlace::Elsewhere;
    const QRect& cell = option.rect;
    painter->save();
    painter->fillRect(cell, isSelected ? theme.selection : theme.base);
    painter->setClipRect(cell);
    const QColor color = isDim && !isSelected ? theme.dimText : theme.text;
    if (index.column() == HistoryTableModel::Branch) {
        paintBranch(*painter, cell, index, place == StepPlace::Current ? theme.accent : color);
    } else {
        QFont font = option.font;
        if (place == StepPlace::Current)
            font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(color);
        const QRect inner = cell.adjusted(kMargin, 0, -kMargin, 0);
        const int alignment = index.data(Qt::TextAlignmentRole).toInt();
        painter->drawText(inner, alignment,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            inner.width()));
    }
    // The row that has the keyboard.
    if (option.state & QStyle::State_HasFocus)
        painter->fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), theme.accent);
    painter->restore();
}

}  // namespace octavo::ui
