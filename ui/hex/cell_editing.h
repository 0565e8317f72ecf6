// Changing the value of a cell that is typed as a whole, from the key that begins it to the bytes
// that are written: a field over the cell, which goes along with it.
//
// A value is written when the field is left, or when its cell scrolls out of sight or the caret
// goes elsewhere; then one that is none is dropped, but not by the keys that leave the field: there
// the reason is said. What was not touched is no edit.
//
// At most one field is open. Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "core/document/document.h"
#include "ui/hex/cell_editor.h"
#include "ui/hex/hex_cursor.h"
#include "ui/hex/hex_typing.h"

#include <QObject>
#include <QPointer>
#include <QString>

namespace octavo::ui {

class HexView;

class CellEditing final : public QObject {
    Q_OBJECT

public:
    /// `view` has the parts and the field; all must outlive it.
    CellEditing(HexView& view, HexCursor& cursor, HexTyping& typing);

    /// True where the active pane shows values that are typed as a whole.
    bool isWanted() const;
    /// True for what a value can begin with.
    static bool isBegunBy(const QString& text);
    /// Opens the field over the caret's cell. `text` is what was typed first; none: the value that
    /// stands there, to be changed. Refused, and said, where the document is read-only.
    void open(const QString& text);
    /// nullptr where none is open.
    CellEditor* field() const { return field_; }

    /// Puts the field over its cell, wherever that has gone.
    void place();
    /// An edit of somebody else moves the cell, or makes another one of it: then the field closes.
    void follow(const core::DocumentEvent& event);
    /// The caret has been moved by something else than an edit.
    void noteCaretMoved();
    /// Writes the value, if one is being typed.
    void finish();
    /// The same without.
    void close();

private:
    bool write(bool movesCaret);
    void leave(CellEditor::Leave leave);
    QString shownValue(core::Offset start) const;

    HexView& view_;
    HexCursor& cursor_;
    HexTyping& typing_;
    QPointer<CellEditor> field_;
    core::Offset start_ = 0;  ///< of the cell
    QString shown_;           ///< what stood there
    bool replaces_ = false;   ///< in insert mode too: what stood there is what is changed
};

}  // namespace octavo::ui
