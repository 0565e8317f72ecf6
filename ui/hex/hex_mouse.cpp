#include "ui/hex/hex_mouse.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Offset;

Offset HexMouse::offsetOf(const HexLayout& layout, const HexHit& hit) const {
    // Above everything is the start, below everything the end.
    if (hit.row < 0) {
        return 0;
    }
    if (hit.row >= layout.rowCount()) {
        return cursor_.length();
    }
    const Extent row = layout.rowExtent(hit.row);
    return row.offset + std::min<Offset>(hit.column, row.length);
}

Extent HexMouse::unitAt(const HexLayout& layout, Offset offset) const {
    const Extent row = layout.rowExtent(layout.rowOf(offset));
    if (unit_ == Unit::Row) {
        return row;
    }
    if (unit_ == Unit::Cell) {
        const int cell = layout.cellBytes(cursor_.pane());
        const Offset start =
            row.offset + layout.cellColumn(cursor_.pane(), layout.columnOf(offset));
        return {start, std::min<Offset>(cell, cursor_.length() - start)};
    }
    const int size = layout.format().together();
    const int group = layout.columnOf(offset) / size * size;
    const Offset from = std::min(row.offset + group, row.end());
    return {from, std::min<Offset>(size, row.end() - from)};
}

void HexMouse::press(const HexLayout& layout, const HexHit& hit, bool extend, int clicks) {
    const bool gutter = hit.area == HexHit::Area::Gutter;
    unit_ = gutter || clicks >= 3 ? Unit::Row : clicks == 2 ? Unit::Group : Unit::Cell;
    if (!gutter) {
        cursor_.setPane(hit.pane);
    }
    const Offset offset = offsetOf(layout, hit);
    dragging_ = true;
    moved_ = false;
    if (extend) {
        origin_ = {cursor_.selection().anchor, 0};
        selectTo(unitAt(layout, offset));
        return;
    }
    origin_ = unitAt(layout, offset);
    if (unit_ == Unit::Cell) {
        cursor_.moveTo(offset, false, offset < cursor_.length() ? hit.digit : 0);
    } else {
        selectTo(origin_);
    }
}

void HexMouse::drag(const HexLayout& layout, const HexHit& hit) {
    const Extent unit = unitAt(layout, offsetOf(layout, hit));
    // A click that shakes within its cell selects nothing.
    moved_ = moved_ || unit != origin_;
    if (dragging_ && moved_) {
        selectTo(unit);
    }
}

void HexMouse::selectTo(Extent unit) {
    HexSelection selection;
    if (unit.offset >= origin_.offset) {
        selection.anchor = origin_.offset;
        selection.caret = std::max(unit.end(), origin_.end());
    } else {
        selection.anchor = origin_.end();
        selection.caret = unit.offset;
    }
    cursor_.setSelection(selection);
}

}  // namespace octavo::ui
