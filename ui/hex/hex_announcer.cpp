#include "ui/hex/hex_announcer.h"

#include "ui/hex/hex_accessible.h"

#include <QEvent>

#include <algorithm>

namespace octavo::ui {

using core::Offset;

HexAnnouncer::HexAnnouncer(HexView& view, HexAccessible& grid) : view_(view), grid_(grid) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &HexAnnouncer::tell);
    connect(&view, &HexView::selectionMoved, this, [this] {
        selectionDue_ = true;
        tellSoon();
    });
    connect(view.model(), &QAbstractItemModel::dataChanged, this, &HexAnnouncer::noteBytes);
    // Whatever changes what is seen has the view painted again.
    view.viewport()->installEventFilter(this);
    told_ = screen();
}

void HexAnnouncer::noteCaret() {
    caretDue_ = true;
    tellSoon();
}

bool HexAnnouncer::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint || event->type() == QEvent::Resize) {
        tellSoon();
    }
    return QObject::eventFilter(watched, event);
}

void HexAnnouncer::noteBytes(const QModelIndex& first, const QModelIndex& last,
                             const QList<int>& roles) {
    if (roles == QList<int>{HexModel::StateRole}) {
        return;  // matches: the description tells of them, which is asked for and not kept
    }
    const Offset start = static_cast<const HexModel&>(*view_.model()).firstRow();
    const bool isFirst = firstChanged_ > lastChanged_;
    firstChanged_ = std::min(start + first.row(), isFirst ? start + first.row() : firstChanged_);
    lastChanged_ = std::max(start + last.row(), lastChanged_);
    tellSoon();
}

void HexAnnouncer::tellSoon() {
    if (QAccessible::isActive() && !soon_.isActive()) {
        soon_.start();
    }
}

void HexAnnouncer::tell() {
    tellScreen();
    if (selectionDue_) {
        selectionDue_ = false;
        QAccessibleEvent event(&view_, QAccessible::SelectionWithin);
        QAccessible::updateAccessibility(&event);
    }
    tellCaret();
}

// ---- What is on the screen

HexAnnouncer::Screen HexAnnouncer::screen() const {
    const ShownCells cells(view_);
    return {view_.topRow(), cells.rows(), cells.columns(), view_.activePane(), view_.format()};
}

void HexAnnouncer::tellScreen() {
    const Screen now = screen();
    const Screen before = std::exchange(told_, now);
    const Offset first = std::max<Offset>(0, firstChanged_ - now.topRow);
    const Offset last = std::min<Offset>(now.rows - 1, lastChanged_ - now.topRow);
    firstChanged_ = 0;
    lastChanged_ = -1;
    if (!now.hasSameShape(before)) {
        grid_.freeGoneParts();
        QAccessibleTableModelChangeEvent event(&view_,
                                               QAccessibleTableModelChangeEvent::ModelReset);
        QAccessible::updateAccessibility(&event);
    } else if (now != before) {
        tellRows(0, now.rows - 1);
    } else if (first <= last) {
        tellRows(static_cast<int>(first), static_cast<int>(last));
    }
}

void HexAnnouncer::tellRows(int first, int last) const {
    QAccessibleTableModelChangeEvent event(&view_, QAccessibleTableModelChangeEvent::DataChanged);
    event.setFirstRow(first);
    event.setLastRow(last);
    event.setFirstColumn(0);
    event.setLastColumn(told_.columns - 1);
    QAccessible::updateAccessibility(&event);
}

// ---- The caret

void HexAnnouncer::tellCaret() {
    const ShownCells cells(view_);
    const std::optional<CellPlace> place = cells.cellOf(view_.caret());
    if (!view_.hasFocus() || !place) {
        toldCaret_.reset();
        return;
    }
    const Caret now{view_.caret(), *place, view_.activePane(), cells.name(*place)};
    const std::optional<Caret> before = std::exchange(toldCaret_, now);
    const int index = cells.indexOf(*place).value_or(0);
    // Who remembers what the place was called is told first: the bytes have come, or others have
    // been scrolled there.
    if (before && before->place == now.place && before->name != now.name) {
        QAccessibleEvent event(&view_, QAccessible::NameChanged);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
    const bool isElsewhere = !before || before->offset != now.offset ||
                             before->place != now.place || before->pane != now.pane;
    if (std::exchange(caretDue_, false) || isElsewhere) {
        QAccessibleEvent event(&view_, QAccessible::Focus);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
}

}  // namespace octavo::ui
