// Caret, selection, active pane and typing mode of one grid, kept within its document.
//
// Everybody who moves the caret does it here, and everybody who wants to know listens here.
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/hex_selection.h"

#include <QObject>

namespace octavo::ui {

class HexCursor final : public QObject {
    Q_OBJECT

public:
    explicit HexCursor(QObject* parent = nullptr) : QObject(parent) {}

    const HexSelection& selection() const { return selection_; }
    core::Offset caret() const { return selection_.caret; }
    HexPane pane() const { return pane_; }
    bool insertMode() const { return insertMode_; }
    core::Offset length() const { return length_; }

    /// The document has `length` bytes now: what lies behind comes to its end.
    void setLength(core::Offset length);
    /// The document has been edited: its length, and where caret and selection have gone with their
    /// bytes.
    void follow(core::Offset length, const HexSelection& selection);
    /// True while follow() tells that the caret has moved.
    bool isFollowing() const { return isFollowing_; }
    /// Brought within the document.
    void setSelection(HexSelection selection);
    void moveTo(core::Offset offset, bool extend = false, int digit = 0);
    void setPane(HexPane pane);
    void setInsertMode(bool insert);

signals:
    void selectionChanged(const octavo::ui::HexSelection& before);
    void paneChanged();
    void insertModeChanged();

private:
    HexSelection selection_;
    core::Offset length_ = 0;
    HexPane pane_ = HexPane::Hex;
    bool insertMode_ = false;
    bool isFollowing_ = false;
};

}  // namespace octavo::ui
