#include "ui/changes/change_delegate.h"

#include "ui/changes/change_table_model.h"
#include "ui/style/fixed_font.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace octavo::ui {

namespace {

constexpr int kMargin = 8;
constexpr int kByteChars = 3;  // two digits and a space

QString hexOf(core::Byte byte) {
    return QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper();
}

/// How many bytes of each side are shown where there is room for so many of both.
std::pair<std::size_t, std::size_t> share(std::size_t before, std::size_t after, std::size_t room) {
    if (before + after <= room) {
        return {before, after};
    }
    const std::size_t half = std::max<std::size_t>(room / 2, 1);
    const std::size_t left = std::min(before, std::max(half, room - std::min(room, after)));
    return {left, std::min(after, std::max<std::size_t>(room - std::min(room, left), 1))};
}

}  // namespace

struct ChangeDelegate::Cell {
    QPainter& painter;
    const QStyleOptionViewItem& option;
    const QModelIndex& index;
    const Theme& theme;
    QFontMetrics metrics;
    bool isSelected;
    QRect inner;
    int baseline;
};

ChangeDelegate::ChangeDelegate(QObject* parent)
    : QStyledItemDelegate(parent), fixed_(fixedFont(base_)) {}

void ChangeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.palette);
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect, isSelected ? theme.selection : theme.base);
    painter->setClipRect(option.rect);
    if (option.font != base_) {
        base_ = option.font;
        fixed_ = fixedFont(base_);
    }
    const int column = index.column();
    const bool isFixed = column == ChangeTableModel::Offset || column == ChangeTableModel::Bytes ||
                         column == ChangeTableModel::Size;
    painter->setFont(isFixed ? fixed_ : option.font);
    const QFontMetrics metrics = painter->fontMetrics();
    const int baseline =
        option.rect.top() + (option.rect.height() + metrics.ascent() - metrics.descent()) / 2;
    const Cell cell{*painter,
                    option,
                    index,
                    theme,
                    metrics,
                    isSelected,
                    option.rect.adjusted(kMargin, 0, -kMargin, 0),
                    baseline};
    if (column == ChangeTableModel::On) {
        paintBox(cell);
    } else if (column == ChangeTableModel::Bytes) {
        paintSides(cell, index.data(ChangeTableModel::SidesRole).value<ChangeSides>());
    } else {
        paintText(cell);
    }
    if (index.data(ChangeTableModel::StartsStepRole).toBool()) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1),
                          theme.line);
    }
    // The row that has the keyboard, where several are chosen or it is not.
    if (option.state & QStyle::State_HasFocus) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          theme.accent);
    }
    painter->restore();
}

void ChangeDelegate::paintBox(const Cell& cell) const {
    QStyle* const style =
        cell.option.widget != nullptr ? cell.option.widget->style() : QApplication::style();
    QStyleOptionViewItem box = cell.option;
    const int side = style->pixelMetric(QStyle::PM_IndicatorWidth, &box, cell.option.widget);
    box.rect = QRect(cell.inner.left(), cell.option.rect.center().y() - side / 2, side, side);
    box.state = QStyle::State_Enabled |
                (cell.index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On
                                                                            : QStyle::State_Off);
    style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, &cell.painter,
                         cell.option.widget);
}

void ChangeDelegate::paintText(const Cell& cell) const {
    const QString text =
        cell.metrics.elidedText(cell.index.data().toString(), Qt::ElideRight, cell.inner.width());
    const bool isRight = cell.index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    const int x =
        isRight ? cell.inner.right() + 1 - cell.metrics.horizontalAdvance(text) : cell.inner.left();
    cell.painter.setPen(cell.theme.text);
    cell.painter.drawText(x, cell.baseline, text);
}

void ChangeDelegate::paintSides(const Cell& cell, const ChangeSides& sides) const {
    if (!sides.isKnown) {
        return;
    }
    const QString arrow = QStringLiteral("→");
    const int digit = cell.metrics.horizontalAdvance(QLatin1Char('0'));
    // Beside the bytes stand the arrow and dots behind either side.
    const int room = std::max(cell.inner.width() / digit - 2 - 2 * kByteChars, 0) / kByteChars;
    const auto [left, right] =
        share(sides.before.bytes.size(), sides.after.bytes.size(), static_cast<std::size_t>(room));
    int x = paintSide(cell, sides.before, sides.after, cell.inner.left(), left, false);
    x = paintWord(cell, arrow, x);
    paintSide(cell, sides.after, sides.before, x, right, true);
}

/// A word that is no byte, and the space behind it.
int ChangeDelegate::paintWord(const Cell& cell, const QString& word, int x) const {
    cell.painter.setPen(cell.isSelected ? cell.theme.text : cell.theme.dimText);
    cell.painter.drawText(x, cell.baseline, word);
    return x + cell.metrics.horizontalAdvance(word + QLatin1Char(' '));
}

int ChangeDelegate::paintSide(const Cell& cell, const ChangeSide& side, const ChangeSide& other,
                              int x, std::size_t most, bool isAfter) const {
    if (side.isUnreadable) {
        return paintWord(cell, tr("unreadable"), x);
    }
    if (side.bytes.empty()) {
        return paintWord(cell, tr("nothing"), x);
    }
    const Theme& theme = cell.theme;
    const int width = cell.metrics.horizontalAdvance(QStringLiteral("00"));
    const int step = cell.metrics.horizontalAdvance(QStringLiteral("00 "));
    for (std::size_t at = 0; at < std::min(most, side.bytes.size()); ++at, x += step) {
        const bool isMore = at >= other.bytes.size();
        const bool isEqual = !isMore && !other.isUnreadable && side.bytes[at] == other.bytes[at];
        if (!isEqual) {
            const QColor& line = isMore ? theme.insertedLine : theme.changedLine;
            const QRect place(x - 1, cell.option.rect.top() + 2, width + 2,
                              cell.option.rect.height() - 4);
            if (isAfter && !cell.isSelected) {
                cell.painter.fillRect(place, isMore ? theme.inserted : theme.changed);
            }
            if (isAfter && isMore) {
                cell.painter.setPen(line);
                cell.painter.drawRect(place.adjusted(0, 0, -1, -1));
            } else if (isAfter) {
                cell.painter.fillRect(x, cell.baseline + 2, width, 2, line);
            }
        }
        cell.painter.setPen(isEqual && !cell.isSelected ? theme.dimText : theme.text);
        cell.painter.drawText(x, cell.baseline, hexOf(side.bytes[at]));
        if (!isEqual && !isAfter) {
            const int middle = cell.baseline - cell.metrics.ascent() * 2 / 5;
            cell.painter.fillRect(x, middle, width, 1, theme.deleted);
        }
    }
    const bool hasMore = side.hasMore || most < side.bytes.size();
    return hasMore ? paintWord(cell, QStringLiteral("…"), x) : x;
}

}  // namespace octavo::ui
