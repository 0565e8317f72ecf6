// The side of HexView that an item view owes to Qt. The grid keeps its own caret, selection and
// scrolling; what the base class would do for these is left out on purpose.
#include "ui/hex/hex_accessible.h"
#include "ui/hex/hex_view.h"

#include <QScrollBar>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

QRect HexView::visualRect(const QModelIndex& index) const {
    if (!index.isValid()) {
        return {};
    }
    const Offset shownRow = model_.firstRow() + index.row() - topRow_;
    if (shownRow < 0 || shownRow >= layout_.touchedRows(toDevice(viewport()->height()))) {
        return {};
    }
    const PixelSpan cell = layout_.cell(activePane(), index.column());
    const int left = cell.left - toDevice(horizontalScrollBar()->value());
    // Of the first row, what is not scrolled away.
    const int top = std::max(layout_.rowTop(static_cast<int>(shownRow)), layout_.headerHeight());
    const int end = layout_.rowTop(static_cast<int>(shownRow) + 1);
    return toLogical({left, top, cell.width, end - top});
}

QRect HexView::caretRect() const {
    return placeOf(caret()).intersected(viewport()->rect());
}

QRect HexView::placeOf(Offset offset) const {
    return visualRect(model_.indexOf(offset));
}

void HexView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid()) {
        return;
    }
    const Offset row = model_.firstRow() + index.row();
    if (hint == PositionAtTop || row < topRow_) {
        moveTop(row);
    } else if (hint == PositionAtCenter) {
        moveTop(row - fullRows() / 2);
    } else if (hint == PositionAtBottom || row - topRow_ >= fullRows()) {
        moveTop(row - fullRows() + 1);
    }
}

QModelIndex HexView::indexAt(const QPoint& point) const {
    const HexHit hit = hitAt(point);
    const bool onCell = hit.area == HexHit::Area::Cell && hit.row >= topRow_ &&
                        hit.row < layout_.rowCount() && model_.hasRow(hit.row);
    return onCell ? model_.index(static_cast<int>(hit.row - model_.firstRow()), hit.column)
                  : QModelIndex();
}

QModelIndex HexView::moveCursor(CursorAction, Qt::KeyboardModifiers) {
    return currentIndex();
}

int HexView::horizontalOffset() const {
    return horizontalScrollBar()->value();
}

// There is no offset in pixels that would fit: rows are counted from the top row.
int HexView::verticalOffset() const {
    return 0;
}

bool HexView::isIndexHidden(const QModelIndex&) const {
    return false;
}

void HexView::setSelection(const QRect&, QItemSelectionModel::SelectionFlags) {}

QRegion HexView::visualRegionForSelection(const QItemSelection&) const {
    return {};
}

void HexView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                          const QList<int>& roles) {
    if (roles == QList<int>{HexModel::StateRole}) {
        return;  // matches, marked for the frame that is drawn
    }
    // A character of several bytes may be shown in the row above and go on in the row below.
    const Offset around = codec_.table() != nullptr ? 0 : 1;
    repaintRows(model_.firstRow() + topLeft.row() - around,
                model_.firstRow() + bottomRight.row() + around);
}

void HexView::rowsInserted(const QModelIndex&, int, int) {}

void HexView::rowsAboutToBeRemoved(const QModelIndex&, int, int) {}

void HexView::currentChanged(const QModelIndex&, const QModelIndex&) {}

void HexView::resizeEvent(QResizeEvent* event) {
    QAbstractItemView::resizeEvent(event);
    hasSize_ = true;
    // A panel that takes room from below does not hide where one works.
    const Offset row = layout_.rowOf(caret()) - topRow_;
    const bool isCaretSeen =
        row >= 0 && row < layout_.fullRows(toDevice(event->oldSize().height()));
    updateLayout();
    const Offset past = layout_.rowOf(caret()) - topRow_ - (fullRows() - 1);
    if (isCaretSeen && past > 0)
        moveTop(topRow_ + past);
}

void HexView::focusInEvent(QFocusEvent* event) {
    // Not the item view's: it would choose a current cell of its own and switch input methods off.
    QAbstractScrollArea::focusInEvent(event);  // NOLINT(bugprone-parent-virtual-call)
    repaintRows(layout_.rowOf(caret()), layout_.rowOf(caret()));
    HexAccessible::announceCaret(*this);
}

void HexView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);  // NOLINT(bugprone-parent-virtual-call)
    dropPreedit();
    repaintRows(layout_.rowOf(caret()), layout_.rowOf(caret()));
}

}  // namespace octavo::ui
