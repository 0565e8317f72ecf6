// What typing, erasing and pasting do to the document at the caret.
//
// Overwriting is the default and keeps the length; at the end of the document typing appends in
// both modes. The first digit of a byte shows at once, with the byte's old low digit where that is
// known, else with the second digit; both are one undo step. Nothing here reads the document: old
// bytes come from the model's window.
//
// Read-only documents and impossible edits are refused in words by EditorDocument::refuse(); an
// edit that falls into a change which is switched off asks first.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/hex_cursor.h"
#include "ui/hex/hex_model.h"

#include <QObject>

#include <functional>

namespace octavo::ui {

class HexTyping final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    HexTyping(HexModel& model, HexCursor& cursor, QObject* parent = nullptr);

    void setDocument(EditorDocument* document);

    /// A digit, 0 to 15, typed in the hex pane.
    void typeDigit(int digit);
    /// Characters typed in the text pane, as Latin-1.
    void typeText(const QString& text);
    /// Insert mode: erases the selection or the byte before the caret. Overwrite mode: steps back.
    void backspace();
    /// Erases the selection or, in insert mode, the byte at the caret.
    void eraseForward();
    void eraseSelection();
    void paste(core::ByteSpan bytes);

private:
    bool mayEdit();
    void typeHighDigit(int digit);
    void typeLowDigit(int digit);
    /// Where the edit was made, now or after an answer, `then` follows.
    void put(core::Extent replaced, core::ByteSpan bytes, core::EditStyle style,
             std::function<void()> then, core::IfSwitchedOff answer = core::IfSwitchedOff::Ask);
    void erase(core::Extent extent, core::IfSwitchedOff answer = core::IfSwitchedOff::Ask);
    /// True where an edit is in question; what cannot be is refused.
    bool isToBeAsked(const core::Status& status);
    core::Extent replacedBy(core::Offset bytes) const;
    void moveCaret(core::Offset offset, int nibble = 0);
    void noteCaretMoved();

    HexModel& model_;
    HexCursor& cursor_;
    EditorDocument* document_ = nullptr;
    /// A first digit that waits for the second because the old byte is not known; or -1.
    int waitingDigit_ = -1;
    /// The byte whose first digit was just typed was put in by it.
    bool byteIsNew_ = false;
    bool moving_ = false;
};

}  // namespace octavo::ui
