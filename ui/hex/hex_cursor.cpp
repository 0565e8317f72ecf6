#include "ui/hex/hex_cursor.h"

namespace octavo::ui {

void HexCursor::setLength(core::Offset length) {
    length_ = length;
    setSelection(selection_);
}

void HexCursor::follow(core::Offset length, const HexSelection& selection) {
    length_ = length;
    isFollowing_ = true;
    setSelection(selection);
    isFollowing_ = false;
}

void HexCursor::setSelection(HexSelection selection) {
    selection.clamp(length_);
    if (selection == selection_) {
        return;
    }
    const HexSelection before = selection_;
    selection_ = selection;
    emit selectionChanged(before);
}

void HexCursor::moveTo(core::Offset offset, bool extend, int digit) {
    HexSelection next = selection_;
    next.moveTo(offset, extend);
    next.digit = digit;
    setSelection(next);
}

void HexCursor::setPane(HexPane pane) {
    if (pane != pane_) {
        pane_ = pane;
        emit paneChanged();
    }
}

void HexCursor::setInsertMode(bool insert) {
    if (insert != insertMode_) {
        insertMode_ = insert;
        emit insertModeChanged();
    }
}

}  // namespace octavo::ui
