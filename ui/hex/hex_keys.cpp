#include "ui/hex/hex_keys.h"

#include "ui/hex/hex_layout.h"

#include <algorithm>

namespace octavo::ui {

using core::Offset;

namespace {

std::optional<HexMove> moveFor(int key, bool control) {
    switch (key) {
    case Qt::Key_Left:
        return control ? HexMove::GroupLeft : HexMove::Left;
    case Qt::Key_Right:
        return control ? HexMove::GroupRight : HexMove::Right;
    case Qt::Key_Home:
        return control ? HexMove::DocumentStart : HexMove::RowStart;
    case Qt::Key_End:
        return control ? HexMove::DocumentEnd : HexMove::RowEnd;
    default:
        break;
    }
    if (control) {
        return std::nullopt;
    }
    switch (key) {
    case Qt::Key_Up:
        return HexMove::Up;
    case Qt::Key_Down:
        return HexMove::Down;
    case Qt::Key_PageUp:
        return HexMove::PageUp;
    case Qt::Key_PageDown:
        return HexMove::PageDown;
    default:
        return std::nullopt;
    }
}

std::optional<HexKey::Kind> kindFor(int key) {
    switch (key) {
    case Qt::Key_Tab:
        return HexKey::Kind::SwitchPane;
    case Qt::Key_Insert:
        return HexKey::Kind::ToggleInsert;
    case Qt::Key_Backspace:
        return HexKey::Kind::Backspace;
    case Qt::Key_Delete:
        return HexKey::Kind::Delete;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return HexKey::Kind::EditValue;
    case Qt::Key_Escape:
        return HexKey::Kind::ClearSelection;
    default:
        return std::nullopt;
    }
}

/// `offset` moved back or on by whole rows; stays where there is no such row.
Offset movedByRows(Offset offset, Offset rows, const CaretSpace& space) {
    const Offset row = offset / space.bytesPerRow;
    const Offset lastRow = space.length / space.bytesPerRow;
    const Offset by = std::clamp(rows, -row, lastRow - row) * space.bytesPerRow;
    // Compared before it is added; the last row need not be whole.
    return by > space.length - offset ? space.length : offset + by;
}

}  // namespace

std::optional<HexKey> hexKeyFor(int key, Qt::KeyboardModifiers modifiers) {
    const bool shift = modifiers.testFlag(Qt::ShiftModifier);
    const bool control = modifiers.testFlag(Qt::ControlModifier);
    if ((modifiers & (Qt::AltModifier | Qt::MetaModifier)) != 0) {
        return std::nullopt;
    }
    if (const std::optional<HexMove> move = moveFor(key, control)) {
        return HexKey{HexKey::Kind::Move, *move, shift};
    }
    if (key == Qt::Key_Backspace && control && !shift) {
        return HexKey{HexKey::Kind::BackDigit};
    }
    // Shift+Insert, Shift+Delete and Ctrl+Insert are the old names of paste, cut and copy.
    const std::optional<HexKey::Kind> kind = kindFor(key);
    if (!kind || control || (shift && key != Qt::Key_Backspace)) {
        return std::nullopt;
    }
    return HexKey{*kind};
}

int hexDigitValue(char16_t character) {
    if (character >= u'0' && character <= u'9') {
        return character - u'0';
    }
    const int lower = character | 0x20;
    return lower >= 'a' && lower <= 'f' && character < 0x80 ? lower - 'a' + 10 : -1;
}

Offset movedCaret(HexMove move, Offset offset, const CaretSpace& space, bool extend) {
    const Offset length = space.length;
    const Offset column = offset % space.bytesPerRow;
    const Offset inGroup = column % HexLayout::kGroup;
    const Offset inCell = offset % space.cellBytes;
    const Offset rowStart = offset - column;
    switch (move) {
    case HexMove::Left:
        return offset - (inCell == 0 ? std::min<Offset>(space.cellBytes, offset) : inCell);
    case HexMove::Right:
        return offset + std::min<Offset>(space.cellBytes - inCell, length - offset);
    case HexMove::GroupLeft:
        return std::max<Offset>(0, offset - (inGroup == 0 ? HexLayout::kGroup : inGroup));
    case HexMove::GroupRight:
        return offset + std::min<Offset>(HexLayout::kGroup - inGroup, length - offset);
    case HexMove::Up:
        return movedByRows(offset, -1, space);
    case HexMove::Down:
        return movedByRows(offset, 1, space);
    case HexMove::RowStart:
        return rowStart;
    case HexMove::RowEnd:
        return rowStart + std::min<Offset>(space.bytesPerRow - (extend ? 0 : space.cellBytes),
                                           length - rowStart);
    case HexMove::PageUp:
        return movedByRows(offset, -space.pageRows, space);
    case HexMove::PageDown:
        return movedByRows(offset, space.pageRows, space);
    case HexMove::DocumentStart:
        return 0;
    case HexMove::DocumentEnd:
        return length;
    }
    return offset;
}

}  // namespace octavo::ui
