// The hex grid: offset gutter, hex pane and text pane of one document, with caret, selection and
// typing.
//
// The truth about the position is a 64-bit top row; pixels are only ever computed relative to it,
// so the last row of 2^63 bytes is reached as exactly as the first. What is shown comes from a
// HexModel window that a background thread fills: this class never reads a byte of a document.
//
// The selection is text-like: the caret stands before a cell, and the selection is the half-open
// extent between the anchor and the caret. The caret may stand at the end, where typing appends.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/hex_selection.h"
#include "ui/style/theme.h"

#include <QAbstractItemView>
#include <QFont>
#include <QPointer>

#include <memory>
#include <optional>

namespace octavo::ui {

class HexView final : public QAbstractItemView {
    Q_OBJECT

public:
    using Pane = HexPane;

    explicit HexView(QWidget* parent = nullptr);
    ~HexView() override;

    /// Shows `document` from its start; nullptr shows nothing. Not owned: may be deleted while it
    /// is shown.
    void setDocument(EditorDocument* document);
    EditorDocument* document() const { return document_; }

    void setTheme(const Theme& theme);
    /// A fixed-pitch font.
    void setGridFont(const QFont& font);
    QFont gridFont() const;

    core::Offset caret() const;
    /// Moves the caret (kept within the document) and scrolls it into view. Ends the selection,
    /// or extends it from its anchor.
    void setCaret(core::Offset offset, bool extendSelection = false);
    /// 0 for the high digit of the caret's byte, 1 for the low one.
    int caretNibble() const;
    /// Selects `extent` with the caret at its start and scrolls so that what stands around it is
    /// seen too: for a find result or a change.
    void jumpTo(core::Extent extent);

    core::Extent selection() const;
    /// Anchor at the start, caret at the end; does not scroll.
    void setSelection(core::Extent extent);
    void selectAll() override;
    void clearSelection();

    Pane activePane() const;
    void setActivePane(Pane pane);

    /// False, overwriting, at first. At the end of the document typing appends in both modes.
    bool insertMode() const;
    void setInsertMode(bool insert);

    void setHighlightedMatch(std::optional<core::Extent> match);

    /// `bytes` over or, in insert mode, in place of the selection or at the caret: one undo step.
    /// What is refused is said through EditorDocument::editRefused().
    void pasteBytes(core::ByteSpan bytes);
    /// Removes the selected bytes: one undo step.
    void eraseSelection();

    /// False while a visible row waits for its bytes.
    bool isFullyLoaded() const;
    core::Offset topRow() const;
    /// Scrolls to a row, as near as the document's end allows.
    void setTopRow(core::Offset row);
    /// How many rows of the document are to be seen whole.
    int fullRows() const;

signals:
    void caretMoved(octavo::core::Offset offset);
    /// Also when it became empty.
    void selectionMoved(octavo::core::Extent extent);
    void insertModeChanged(bool insert);
    void activePaneChanged(octavo::ui::HexPane pane);
    /// Once after each setDocument(), as soon as no visible row is loading.
    void firstRowsShown();
    /// Right button or menu key; the caret already stands where the menu is wanted.
    void contextMenuWanted(const QPoint& globalPosition);

public:
    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;

private:
    EditorDocument* document_ = nullptr;
};

}  // namespace octavo::ui
