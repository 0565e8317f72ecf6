#include "ui/hex/hex_typing.h"

#include <algorithm>
#include <utility>

namespace octavo::ui {

using core::Byte;
using core::Bytes;
using core::EditStyle;
using core::Extent;
using core::IfSwitchedOff;
using core::Offset;

HexTyping::HexTyping(HexModel& model, HexCursor& cursor, QObject* parent)
    : QObject(parent), model_(model), cursor_(cursor) {
    connect(&cursor, &HexCursor::selectionChanged, this, &HexTyping::noteCaretMoved);
    connect(&cursor, &HexCursor::paneChanged, this, &HexTyping::noteCaretMoved);
}

void HexTyping::setDocument(EditorDocument* document) {
    document_ = document;
    waitingDigit_ = -1;
    byteIsNew_ = false;
}

void HexTyping::noteCaretMoved() {
    if (moving_) {
        return;
    }
    waitingDigit_ = -1;
    byteIsNew_ = false;
    if (document_ != nullptr) {
        document_->document().endTyping();
    }
}

void HexTyping::moveCaret(Offset offset, int nibble) {
    moving_ = true;
    cursor_.moveTo(offset, false, nibble);
    moving_ = false;
}

bool HexTyping::mayEdit() {
    return document_ != nullptr && document_->mayEdit();
}

bool HexTyping::isToBeAsked(const core::Status& status) {
    if (!status && status.error().code == core::ErrorCode::SwitchedOff) {
        return true;
    }
    if (!status) {
        document_->refuse(status.error());
    }
    return false;
}

void HexTyping::put(Extent replaced, core::ByteSpan bytes, EditStyle style,
                    std::function<void()> then, IfSwitchedOff answer) {
    // An edit moves the caret only where it must, and that is not the user's doing.
    moving_ = true;
    const core::Status status = document_->document().replace(replaced, bytes, {style, answer});
    moving_ = false;
    if (status) {
        // What was switched on may have moved the place.
        if (answer != IfSwitchedOff::SwitchOn) {
            model_.setKnown(replaced.offset, bytes);
        }
        then();
    } else if (isToBeAsked(status)) {
        document_->askSwitchedOff(
            [=, this, kept = Bytes(bytes.begin(), bytes.end())](IfSwitchedOff given) {
                put(replaced, kept, style, then, given);
            });
    }
}

void HexTyping::erase(Extent extent, IfSwitchedOff answer) {
    moving_ = true;
    const core::Status status = document_->document().erase(extent, answer);
    moving_ = false;
    if (status) {
        moveCaret(extent.offset);
    } else if (isToBeAsked(status)) {
        document_->askSwitchedOff([=, this](IfSwitchedOff given) { erase(extent, given); });
    }
}

/// What makes room for `bytes` new ones at the caret or the selection.
Extent HexTyping::replacedBy(Offset bytes) const {
    const Extent selected = cursor_.selection().extent();
    if (cursor_.insertMode()) {
        return selected;
    }
    return {selected.offset, std::min(bytes, cursor_.length() - selected.offset)};
}

// ---- Typing

void HexTyping::typeDigit(int digit) {
    if (!mayEdit()) {
        return;
    }
    const HexSelection& selection = cursor_.selection();
    const bool second = selection.isEmpty() && selection.nibble == 1 &&
                        (waitingDigit_ >= 0 || cursor_.caret() < cursor_.length());
    if (second) {
        typeLowDigit(digit);
    } else {
        typeHighDigit(digit);
    }
}

void HexTyping::typeHighDigit(int digit) {
    const Extent replaced = replacedBy(1);
    const bool inserts = replaced.isEmpty() || cursor_.insertMode();
    const int old = inserts ? 0 : model_.knownByte(replaced.offset);
    if (old < 0) {
        moveCaret(replaced.offset, 1);
        waitingDigit_ = digit;
        return;
    }
    const Bytes bytes{static_cast<Byte>(digit << 4 | (old & 0x0F))};
    put(replaced, bytes, EditStyle::Typing, [this, at = replaced.offset, inserts] {
        moveCaret(at, 1);
        byteIsNew_ = inserts;
    });
}

void HexTyping::typeLowDigit(int digit) {
    const Offset at = cursor_.caret();
    const int old = model_.knownByte(at);
    if (old < 0 && waitingDigit_ < 0) {
        document_->refuse(tr("The first digit of this byte is not known. Type both."));
        return;
    }
    const int high = waitingDigit_ >= 0 ? waitingDigit_ : old >> 4;
    const Bytes bytes{static_cast<Byte>(high << 4 | digit)};
    put({at, 1}, bytes, EditStyle::Typing, [this, at] {
        waitingDigit_ = -1;
        byteIsNew_ = false;
        moveCaret(at + 1);
    });
}

void HexTyping::typeText(const QString& text) {
    Bytes bytes;
    for (const QChar character : text) {
        if (!character.isPrint()) {
            continue;
        }
        if (character.unicode() > 0xFF) {
            if (mayEdit()) {
                document_->refuse(tr("“%1” is not in Latin-1, which this pane shows.").arg(text));
            }
            return;
        }
        bytes.push_back(static_cast<Byte>(character.unicode()));
    }
    if (bytes.empty() || !mayEdit()) {
        return;
    }
    const auto count = static_cast<Offset>(bytes.size());
    const Extent replaced = replacedBy(count);
    put(replaced, bytes, EditStyle::Typing,
        [this, end = replaced.offset + count] { moveCaret(end); });
}

// ---- Erasing and pasting

void HexTyping::backspace() {
    const HexSelection& selection = cursor_.selection();
    const Offset caret = selection.caret;
    if (cursor_.insertMode()) {
        if (!selection.isEmpty()) {
            eraseSelection();
        } else if (byteIsNew_) {
            eraseForward();
        } else if (caret > 0 && mayEdit()) {
            erase({caret - 1, 1});
        }
    } else if (!selection.isEmpty()) {
        cursor_.moveTo(selection.extent().offset);
    } else if (selection.nibble == 1) {
        cursor_.moveTo(caret);
    } else if (caret > 0) {
        cursor_.moveTo(caret - 1);
    }
}

void HexTyping::eraseForward() {
    if (!cursor_.selection().isEmpty()) {
        eraseSelection();
        return;
    }
    if (!mayEdit() || cursor_.caret() == cursor_.length()) {
        return;
    }
    if (!cursor_.insertMode()) {
        document_->refuse(tr("Overwriting keeps the length. Press Insert to insert and delete, or "
                             "select the bytes to delete."));
        return;
    }
    const Offset caret = cursor_.caret();
    byteIsNew_ = false;
    erase({caret, 1});
}

void HexTyping::eraseSelection() {
    const Extent selected = cursor_.selection().extent();
    if (!selected.isEmpty() && mayEdit()) {
        erase(selected);
    }
}

void HexTyping::paste(core::ByteSpan bytes) {
    if (bytes.empty() || !mayEdit()) {
        return;
    }
    const auto count = static_cast<Offset>(bytes.size());
    const Extent replaced = replacedBy(count);
    put(replaced, bytes, EditStyle::Step,
        [this, end = replaced.offset + count] { cursor_.moveTo(end); });
}

}  // namespace octavo::ui
