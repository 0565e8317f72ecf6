#include "ui/results/match_delegate.h"

#include "ui/results/hit_table_model.h"
#include "ui/style/fixed_font.h"
#include "ui/style/theme.h"

#include <QPainter>

namespace octavo::ui {

namespace {

constexpr int kMargin = 8;

}  // namespace

MatchDelegate::MatchDelegate(QObject* parent)
    : QStyledItemDelegate(parent), fixed_(fixedFont(base_)) {}

void MatchDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
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
    painter->setFont(fixed_);
    const QFontMetrics metrics = painter->fontMetrics();
    const QRect inner = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    const bool isRight = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    const QString text = metrics.elidedText(index.data().toString(), Qt::ElideRight, inner.width());
    const int left = isRight ? inner.right() + 1 - metrics.horizontalAdvance(text) : inner.left();
    const int baseline =
        option.rect.top() + (option.rect.height() + metrics.ascent() - metrics.descent()) / 2;
    const int from = index.data(HitTableModel::MatchFromRole).toInt();
    const int length = index.data(HitTableModel::MatchLengthRole).toInt();
    const bool isContext = length > 0;
    painter->setPen(isContext && !isSelected ? theme.dimText : theme.text);
    painter->drawText(left, baseline, text);
    if (isContext && from < text.size()) {
        const QString before = text.left(from);
        const QString match = text.mid(from, length);
        const int x = left + metrics.horizontalAdvance(before);
        const QRect place(x - 1, option.rect.top() + 2, metrics.horizontalAdvance(match) + 2,
                          option.rect.height() - 4);
        painter->fillRect(place, theme.match);
        painter->setPen(theme.matchLine);
        painter->drawRect(place.adjusted(0, 0, -1, -1));
        painter->setPen(theme.text);
        painter->drawText(x, baseline, match);
    }
    painter->restore();
}

}  // namespace octavo::ui
