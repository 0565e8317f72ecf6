#include "ui/hex/hex_typing.h"

#include <algorithm>
#include <utility>
#include <vector>

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
    cellIsNew_ = false;
}

void HexTyping::setFormat(const HexFormat& format, const TextCodec& codec) {
    format_ = format;
    codec_ = codec;
    waitingDigit_ = -1;
    cellIsNew_ = false;
}

Offset HexTyping::cellBytes() const {
    return cursor_.pane() == HexPane::Hex ? format_.cellBytes() : codec_.unitBytes();
}

Offset HexTyping::cellStart(Offset offset) const {
    return offset - offset % cellBytes();
}

Extent HexTyping::cellAt(Offset start) const {
    return {start, std::min(cellBytes(), cursor_.length() - start)};
}

void HexTyping::noteCaretMoved() {
    // Where the caret goes along with its bytes, somebody else is typing.
    if (moving_ || cursor_.isFollowing()) {
        return;
    }
    waitingDigit_ = -1;
    cellIsNew_ = false;
    if (document_ != nullptr) {
        document_->document().endTyping();
    }
}

void HexTyping::moveCaret(Offset offset, int digit) {
    moving_ = true;
    cursor_.moveTo(offset, false, digit);
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

/// The answer may come when this grid is gone, or shows another document.
void HexTyping::askSwitchedOff(std::function<void(IfSwitchedOff)> again) {
    document_->askSwitchedOff([self = QPointer<HexTyping>(this), asked = QPointer(document_),
                               again = std::move(again)](IfSwitchedOff given) {
        if (self && asked && self->document_ == asked) {
            again(given);
        }
    });
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
        askSwitchedOff([=, this, kept = Bytes(bytes.begin(), bytes.end())](IfSwitchedOff given) {
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
        askSwitchedOff([=, this](IfSwitchedOff given) { erase(extent, given); });
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
    if (format_.kind != CellKind::Hex8) {
        return typeDigitOfCell(digit);
    }
    const HexSelection& selection = cursor_.selection();
    const bool second = selection.isEmpty() && selection.digit == 1 &&
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
        cellIsNew_ = inserts;
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
        cellIsNew_ = false;
        moveCaret(at + 1);
    });
}

/// True where the first digit puts in a cell of its own.
bool HexTyping::isFirstOfNewCell(Offset start, int digit) const {
    return digit == 0 && (cursor_.insertMode() || start == cursor_.length());
}

void HexTyping::typeDigitOfCell(int value) {
    const HexSelection& selection = cursor_.selection();
    const Extent selected = selection.extent();
    const Offset start = cellStart(selected.offset);
    // A caret that comes from cells of another kind may stand at a digit that these do not have.
    const bool isDigit = selection.isEmpty() && selection.digit < factsOf(format_.kind).digits;
    const int digit = isDigit ? selection.digit : 0;
    const DigitPlace place = digitPlace(format_.kind, format_.order, digit);
    if (value > place.mask) {
        return document_->refuse(
            tr("The first octal digit of a byte is at most %L1.").arg(place.mask));
    }
    const bool isNew = isFirstOfNewCell(start, digit);
    if (isNew && !selected.isEmpty() && start != selected.offset) {
        return document_->refuse(tr("The selection begins within a cell. Select whole cells to "
                                    "type over them."));
    }
    Bytes cell(static_cast<std::size_t>(format_.cellBytes()));
    Extent replaced = isNew ? Extent{start, selected.length} : cellAt(start);
    for (Offset i = 0; !isNew && i < replaced.length; ++i) {
        const int old = model_.knownByte(start + i);
        if (old < 0) {
            return document_->refuse(tr("The bytes of this cell are not known yet."));
        }
        cell[static_cast<std::size_t>(i)] = static_cast<Byte>(old);
    }
    Byte& byte = cell[static_cast<std::size_t>(place.byte)];
    byte = static_cast<Byte>((byte & ~(place.mask << place.shift)) | value << place.shift);
    core::ByteSpan bytes = cell;
    if (!isNew && replaced.length == cellBytes()) {
        // Only what changes: the byte of the digit.
        replaced = {start + place.byte, 1};
        bytes = bytes.subspan(static_cast<std::size_t>(place.byte), 1);
    }
    const bool isLast = digit + 1 == factsOf(format_.kind).digits;
    put(replaced, bytes, EditStyle::Typing, [this, start, digit, isNew, isLast] {
        const bool stillNew = isNew || cellIsNew_;
        moveCaret(isLast ? start + cellBytes() : start, isLast ? 0 : digit + 1);
        cellIsNew_ = stillNew && !isLast;
    });
}

void HexTyping::putCell(Offset start, core::ByteSpan bytes, bool replaces, bool movesCaret) {
    if (!mayEdit()) {
        return;
    }
    const bool inserts = cursor_.insertMode() && !replaces;
    put(inserts ? Extent{start, 0} : cellAt(start), bytes, EditStyle::Step,
        [this, movesCaret, end = start + Offset(bytes.size())] {
            if (movesCaret) {
                cursor_.moveTo(end);
            }
        });
}

void HexTyping::typeText(const QString& text) {
    QString shown;
    for (const char32_t character : text.toStdU32String()) {
        if (QChar::isPrint(character)) {
            shown += QString::fromUcs4(&character, 1);
        }
    }
    if (shown.isEmpty() || !mayEdit()) {
        return;
    }
    const std::optional<Bytes> bytes = codec_.encode(shown);
    if (!bytes) {
        return document_->refuse(
            tr("“%1” is not in %2, which this pane shows.").arg(text, codec_.label()));
    }
    const auto count = static_cast<Offset>(bytes->size());
    Extent replaced = replacedBy(count);
    if (cursor_.selection().isEmpty()) {
        // A unit stands where the pane shows one.
        replaced.offset = cellStart(replaced.offset);
    }
    put(replaced, *bytes, EditStyle::Typing,
        [this, end = replaced.offset + count] { moveCaret(end); });
}

// ---- Erasing and pasting

/// Where the character of the text pane begins that has a part at `at`.
Offset HexTyping::characterStart(Offset at) const {
    if (cursor_.pane() == HexPane::Hex) {
        return at;
    }
    Bytes before;
    const Offset context = std::max<Offset>(0, at - TextCodec::kContext);
    const Offset first = context - context % codec_.unitBytes();
    for (Offset each = first; each < at + codec_.unitBytes(); ++each) {
        const int byte = model_.knownByte(each);
        if (byte < 0) {
            return at;
        }
        before.push_back(static_cast<Byte>(byte));
    }
    std::vector<TextCell> cells(before.size());
    codec_.decode({first, before.data(), 0, static_cast<int>(before.size()), 0}, cells);
    for (Offset each = at; each >= first; --each) {
        if (cells[static_cast<std::size_t>(each - first)].cells != 0) {
            return each;
        }
    }
    return at;
}

/// Bytes of the character of the text pane that begins at `at`; 1 where it is not known.
Offset HexTyping::characterBytes(Offset at) const {
    if (cursor_.pane() == HexPane::Hex) {
        return 1;
    }
    Bytes bytes;
    while (bytes.size() <= TextCodec::kContext) {
        const int byte = model_.knownByte(at + Offset(bytes.size()));
        if (byte < 0) {
            break;
        }
        bytes.push_back(static_cast<Byte>(byte));
    }
    if (bytes.empty()) {
        return 1;
    }
    std::vector<TextCell> cells(bytes.size());
    codec_.decode({at, bytes.data(), 0, static_cast<int>(bytes.size()), 0}, cells);
    return std::max<Offset>(1, cells.front().cells);
}

void HexTyping::backspace() {
    const HexSelection& selection = cursor_.selection();
    const Offset caret = selection.caret;
    if (cursor_.insertMode()) {
        if (!selection.isEmpty()) {
            eraseSelection();
        } else if (cellIsNew_) {
            eraseForward();
        } else if (caret > 0 && mayEdit()) {
            const Offset from = characterStart(cellStart(caret - 1));
            erase({from, caret - from});
        }
    } else if (!selection.isEmpty()) {
        cursor_.moveTo(selection.extent().offset);
    } else if (selection.digit > 0) {
        cursor_.moveTo(caret);
    } else if (caret > 0) {
        cursor_.moveTo(cellStart(caret - 1));
    }
}

void HexTyping::backDigit() {
    const HexSelection& selection = cursor_.selection();
    const CellKindFacts& facts = factsOf(format_.kind);
    const bool byDigit = cursor_.pane() == HexPane::Hex && facts.bitsPerDigit != 0;
    if (!byDigit || !selection.isEmpty() || (cellIsNew_ && selection.digit == 1)) {
        return backspace();
    }
    if (selection.digit > 0) {
        cursor_.moveTo(selection.caret, false, selection.digit - 1);
    } else if (selection.caret > 0) {
        cursor_.moveTo(cellStart(selection.caret - 1), false, facts.digits - 1);
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
    cellIsNew_ = false;
    const Offset start = cellStart(cursor_.caret());
    erase(
        {start, std::min(std::max(cellBytes(), characterBytes(start)), cursor_.length() - start)});
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

void HexTyping::paste(const core::Content& content, IfSwitchedOff answer) {
    if (content.length() == 0 || !mayEdit()) {
        return;
    }
    const Extent replaced = replacedBy(content.length());
    moving_ = true;
    const core::Status status =
        document_->document().replace(replaced, content, {EditStyle::Step, answer});
    moving_ = false;
    if (status) {
        cursor_.moveTo(replaced.offset + content.length());
    } else if (isToBeAsked(status)) {
        askSwitchedOff([=, this](IfSwitchedOff given) { paste(content, given); });
    }
}

}  // namespace octavo::ui
