// What typing, erasing and pasting do to the document at the caret.
//
// Overwriting is the default and keeps the length; at the end of the document typing appends in
// both modes. The first digit of a byte shows at once, with the byte's old low digit where that is
// known, else with the second digit; both are one undo step. Cells of several bytes are typed in
// the order in which their digits stand on the screen, whatever the order of their bytes. Nothing
// here reads the document: old bytes come from the model's window.
//
// Read-only documents and impossible edits are refused in words by EditorDocument::refuse(); an
// edit that falls into a change which is switched off asks first.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/content/content.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/hex_cursor.h"
#include "ui/hex/hex_format.h"
#include "ui/hex/hex_model.h"
#include "ui/hex/text_codec.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace octavo::ui {

class HexTyping final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    HexTyping(HexModel& model, HexCursor& cursor, QObject* parent = nullptr);

    void setDocument(EditorDocument* document);

    /// What the panes show.
    void setFormat(const HexFormat& format, const TextCodec& codec);

    /// False, and said, where the document is read-only.
    bool mayEdit();
    /// A digit typed in the hex pane, below the base of its cells.
    void typeDigit(int digit);
    /// The bytes of a whole cell over the one at `start` or, in insert mode, before it, unless it
    /// is to be replaced in any case. `movesCaret`: behind it.
    void putCell(core::Offset start, core::ByteSpan bytes, bool replaces, bool movesCaret);
    /// Characters typed in the text pane.
    void typeText(const QString& text);
    /// Insert mode: erases the selection or the cell before the caret. Overwrite mode: steps back.
    void backspace();
    /// Steps back by a digit; one that has just been typed into a new cell is taken back.
    void backDigit();
    /// Erases the selection or, in insert mode, the cell at the caret.
    void eraseForward();
    void eraseSelection();
    void paste(core::ByteSpan bytes);
    /// The same with bytes that are referred to and not copied.
    void paste(const core::Content& content, core::IfSwitchedOff answer = core::IfSwitchedOff::Ask);

private:
    void typeDigitOfCell(int digit);
    bool isFirstOfNewCell(core::Offset start, int digit) const;
    /// Bytes of a cell or unit of the active pane, and the start of the one that holds `offset`.
    core::Offset cellBytes() const;
    core::Offset cellStart(core::Offset offset) const;
    core::Extent cellAt(core::Offset start) const;
    core::Offset characterStart(core::Offset at) const;
    core::Offset characterBytes(core::Offset at) const;
    void askSwitchedOff(std::function<void(core::IfSwitchedOff)> again);
    void typeHighDigit(int digit);
    void typeLowDigit(int digit);
    /// Where the edit was made, now or after an answer, `then` follows.
    void put(core::Extent replaced, core::ByteSpan bytes, core::EditStyle style,
             std::function<void()> then, core::IfSwitchedOff answer = core::IfSwitchedOff::Ask);
    void erase(core::Extent extent, core::IfSwitchedOff answer = core::IfSwitchedOff::Ask);
    /// True where an edit is in question; what cannot be is refused.
    bool isToBeAsked(const core::Status& status);
    core::Extent replacedBy(core::Offset bytes) const;
    void moveCaret(core::Offset offset, int digit = 0);
    void noteCaretMoved();

    HexModel& model_;
    HexCursor& cursor_;
    EditorDocument* document_ = nullptr;
    HexFormat format_;
    TextCodec codec_;
    /// A first digit that waits for the second because the old byte is not known; or -1.
    int waitingDigit_ = -1;
    /// The cell whose first digits were just typed was put in by them.
    bool cellIsNew_ = false;
    bool moving_ = false;
};

}  // namespace octavo::ui
