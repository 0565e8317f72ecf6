// A header of the grid for a screen reader: the offset of a row, or the place of a column in it.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/hex_part_accessible.h"

namespace octavo::ui {

class HexHeaderAccessible final : public HexPartAccessible {
public:
    using HexPartAccessible::HexPartAccessible;

    QAccessible::Role role() const override {
        return place().column == CellPlace::kHeader ? QAccessible::RowHeader
                                                    : QAccessible::ColumnHeader;
    }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.offscreen = cells().rect(place()).isEmpty();
        state.invisible = state.offscreen;
        return state;
    }
};

}  // namespace octavo::ui
