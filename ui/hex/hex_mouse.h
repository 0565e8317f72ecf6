// Selecting with the mouse: click, drag, Shift+click, double click for a group, triple click or
// the gutter for a row. A drag grows by whole units of what it began with.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/hex_cursor.h"
#include "ui/hex/hex_layout.h"

namespace octavo::ui {

class HexMouse {
public:
    /// The cursor must outlive it.
    explicit HexMouse(HexCursor& cursor) : cursor_(cursor) {}

    /// `hit` with its row counted from the document's start. `clicks` is 1, 2 or 3.
    void press(const HexLayout& layout, const HexHit& hit, bool extend, int clicks);
    void drag(const HexLayout& layout, const HexHit& hit);
    void release() { dragging_ = false; }
    bool isDragging() const { return dragging_; }
    /// The pane the drag began in.
    HexPane pane() const { return cursor_.pane(); }

private:
    enum class Unit { Cell, Group, Row };

    core::Offset offsetOf(const HexLayout& layout, const HexHit& hit) const;
    core::Extent unitAt(const HexLayout& layout, core::Offset offset) const;
    void selectTo(core::Extent unit);

    HexCursor& cursor_;
    Unit unit_ = Unit::Cell;
    core::Extent origin_;  ///< the unit the drag began with
    bool dragging_ = false;
    bool moved_ = false;
};

}  // namespace octavo::ui
