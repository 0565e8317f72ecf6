// What keys mean in the grid, and where they move the caret.
// Thread rule: pure functions.
#pragma once

#include "core/base/types.h"

#include <Qt>

#include <optional>

namespace octavo::ui {

enum class HexMove {
    Left,
    Right,
    GroupLeft,
    GroupRight,
    Up,
    Down,
    RowStart,
    RowEnd,
    PageUp,
    PageDown,
    DocumentStart,
    DocumentEnd,
};

struct HexKey {
    enum class Kind {
        Move,
        SwitchPane,
        ToggleInsert,
        Backspace,
        BackDigit,
        Delete,
        EditValue,
        ClearSelection,
    };
    Kind kind = Kind::Move;
    HexMove move = HexMove::Left;
    bool extend = false;
    friend bool operator==(const HexKey&, const HexKey&) = default;
};

/// Nothing where the key is not one of the grid's: typing, or somebody else's.
std::optional<HexKey> hexKeyFor(int key, Qt::KeyboardModifiers modifiers);

/// The value of a hex digit, or -1.
int hexDigitValue(char16_t character);

/// What a caret moves over.
struct CaretSpace {
    core::Offset length = 0;
    int bytesPerRow = 16;
    int pageRows = 1;
    int cellBytes = 1;  ///< of the pane the caret is in
};

/// Where `move` takes the caret from `offset`. `extend` matters for the end of a row: a selection
/// goes on to behind the last cell, a caret alone stands on it.
core::Offset movedCaret(HexMove move, core::Offset offset, const CaretSpace& space, bool extend);

}  // namespace octavo::ui
