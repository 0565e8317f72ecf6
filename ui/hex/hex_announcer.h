// Tells assistive programs what happens to a grid: another caret, another selection, other bytes on
// the screen. All that happens in one turn of the event loop is told together, after it: by then
// the view has scrolled to its caret, and a burst of edits costs one message.
//
// Nothing is told, and next to nothing done, while no such program listens.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/shown_cells.h"

#include <QAccessible>
#include <QObject>
#include <QTimer>

#include <optional>

namespace octavo::ui {

class HexAccessible;

class HexAnnouncer final : public QObject {
    Q_OBJECT

public:
    /// Belongs to `grid`, which is the interface of `view`.
    HexAnnouncer(HexView& view, HexAccessible& grid);

    /// The caret stands elsewhere, or the view has got the focus.
    void noteCaret();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// What decides which byte stands in which place, and how it is read.
    struct Screen {
        core::Offset topRow = 0;
        int rows = 0;
        int columns = 0;
        HexPane pane = HexPane::Hex;
        HexFormat format;
        bool hasSameShape(const Screen& other) const {
            return rows == other.rows && columns == other.columns;
        }
        friend bool operator==(const Screen&, const Screen&) = default;
    };
    struct Caret {
        core::Offset offset = 0;
        CellPlace place;
        HexPane pane = HexPane::Hex;
        QString name;
    };

    void noteBytes(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);
    void tellSoon();
    void tell();
    void tellScreen();
    void tellCaret();
    Screen screen() const;
    void tellRows(int first, int last) const;

    HexView& view_;
    HexAccessible& grid_;
    QTimer soon_;
    Screen told_;
    std::optional<Caret> toldCaret_;
    /// Rows of the document with other bytes.
    core::Offset firstChanged_ = 0;
    core::Offset lastChanged_ = -1;
    bool caretDue_ = false;
    bool selectionDue_ = false;
};

}  // namespace octavo::ui
