// The hex grid: offset gutter, hex pane and text pane of one document, with caret, selection and
// typing.
//
// The truth about the position is a 64-bit top row and how much of it is scrolled away, less than a
// row; pixels are only ever computed relative to it, so the last row of 2^63 bytes is reached as
// exactly as the first. What is shown comes from a
// HexModel window that a background thread fills: this class never reads a byte of a document.
//
// The selection is text-like: the caret stands before a cell, and the selection is the half-open
// extent between the anchor and the caret. The caret may stand at the end, where typing appends.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/bridge/editor_document.h"
#include "ui/hex/bookmark_source.h"
#include "ui/hex/cell_editing.h"
#include "ui/hex/grid_font.h"
#include "ui/hex/hex_cursor.h"
#include "ui/hex/hex_feed.h"
#include "ui/hex/hex_keys.h"
#include "ui/hex/hex_layout.h"
#include "ui/hex/hex_model.h"
#include "ui/hex/hex_mouse.h"
#include "ui/hex/hex_painter.h"
#include "ui/hex/hex_typing.h"
#include "ui/hex/jump_history.h"
#include "ui/hex/marked_scroll_bar.h"
#include "ui/hex/match_source.h"
#include "ui/hex/preedit.h"
#include "ui/hex/scroll_mapper.h"
#include "ui/hex/tracked_selection.h"
#include "ui/hex/wheel_rows.h"
#include "ui/style/theme.h"

#include <QAbstractItemView>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QFont>
#include <QTimer>

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
    /// What a new view begins with.
    static QFont defaultGridFont();
    /// A word at the right of the header that says what is shown.
    void setTag(const QString& tag);
    /// What is not changed recedes.
    void setOnlyDifferences(bool only);
    /// A fixed-pitch font.
    void setGridFont(const QFont& font);
    QFont gridFont() const;
    void setFormat(const HexFormat& format);
    const HexFormat& format() const { return format_; }
    int bytesPerRow() const { return layout_.bytesPerRow(); }
    /// Where everything stands.
    const HexLayout& layout() const { return layout_; }
    /// The encoding of the text pane.
    const TextCodec& codec() const { return codec_; }

    core::Offset caret() const;
    /// Moves the caret (kept within the document) and scrolls it into view. Ends the selection,
    /// or extends it from its anchor.
    void setCaret(core::Offset offset, bool extendSelection = false);
    /// Scrolls the caret into view.
    void showCaret();
    /// The digit of the caret's cell that is typed next, counted from the left.
    int caretDigit() const;
    /// Selects `extent` with the caret at its start and scrolls so that what stands around it is
    /// seen too: for a find result or a change.
    void jumpTo(core::Extent extent);
    /// The same where one only looks through places one after the other: no jump of its own.
    void showPlace(core::Extent extent);
    /// Back to where the caret stood before the last far jump, and forward again.
    void goBack();
    void goForward();
    const JumpHistory& jumps() const { return jumps_; }

    core::Extent selection() const;
    /// The bytes of the extent where all of them are on the screen or near it; else nothing.
    std::optional<core::Bytes> knownBytes(core::Extent extent) const;
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
    /// What is highlighted beside it, in the grid and the scroll bar; nothing where there is none.
    /// Must outlive the view, or be taken away before it goes.
    void setMatchSource(const MatchSource* source);
    /// What the source answers has changed.
    void updateMatches();

    /// What is marked in the gutter, at the bytes and in the scroll bar; nothing where there is
    /// none. Must outlive the view, or be taken away before it goes.
    void setBookmarkSource(const BookmarkSource* source);
    /// What the source answers has changed.
    void updateBookmarks();

    /// `bytes` over or, in insert mode, in place of the selection or at the caret: one undo step.
    /// What is refused is said through EditorDocument::editRefused().
    void pasteBytes(core::ByteSpan bytes);
    void pasteContent(const core::Content& content);
    /// Removes the selected bytes: one undo step.
    void eraseSelection();
    /// Removes what lies from the caret on: one undo step.
    void eraseToEnd();

    /// What an input method composes at the caret. It is dropped when the caret goes elsewhere,
    /// into the other pane too, or the focus to another widget.
    const Preedit& preedit() const { return preedit_; }
    /// The field in which a value is being typed over its cell; nullptr where there is none.
    QWidget* cellEditor() const { return cellEditing_.field(); }
    /// Writes the value that is being typed over a cell, if there is one.
    void finishTyping();

    /// False while a visible row waits for its bytes.
    bool isFullyLoaded() const;
    core::Offset topRow() const;
    /// Scrolls to a row, as near as the document's end allows.
    void setTopRow(core::Offset row);
    /// How much of the top row a touch pad or a fine wheel has scrolled away, in device pixels.
    int topCut() const { return layout_.cut(); }
    /// A byte of the top row: what stays at the top when rows become longer or shorter.
    core::Offset topOffset() const { return topOffset_; }
    /// Scrolls to the row that holds it.
    void setTopOffset(core::Offset offset);
    /// How many rows of the document are to be seen whole.
    int fullRows() const;

signals:
    void caretMoved(octavo::core::Offset offset);
    /// Also when it became empty.
    void selectionMoved(octavo::core::Extent extent);
    void insertModeChanged(bool insert);
    /// There are others to go back or forward to.
    void jumpsChanged();
    void activePaneChanged(octavo::ui::HexPane pane);
    /// Once after each setDocument(), as soon as no visible row is loading.
    void firstRowsShown();
    /// The user, or a command, has brought another row to the top.
    void scrolled();
    /// Ctrl and the wheel: larger by so many notches, smaller where negative.
    void zoomWanted(int notches);
    /// Right button or menu key; the caret already stands where the menu is wanted.
    void contextMenuWanted(const QPoint& globalPosition);

public:
    QRect visualRect(const QModelIndex& index) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint& point) const override;
    QSize sizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    /// Where the caret's cell stands in the active pane, in the viewport; empty where it is not
    /// to be seen.
    QRect caretRect() const;
    /// The same for the cell of any offset, with what of it lies outside of the viewport.
    QRect placeOf(core::Offset offset) const;

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex& index) const override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                     const QList<int>& roles) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void timerEvent(QTimerEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void connectParts();
    void forgetDocument();
    void noteContentChanged(const core::DocumentEvent& event);
    void noteCursorMoved(const HexSelection& before);
    void noteProgress();

    void updateFont();
    int wantedBytesPerRow() const;
    void updateLayout();
    void updateScrollBars();
    void moveTop(core::Offset row, int cut = 0);
    void mirrorCaret();
    void handleBarAction(int action);
    void tellOffsetAtBar();

    std::optional<HexKey> takenKey(const QKeyEvent& event) const;
    void handleKey(const HexKey& key);
    void handleMove(const HexKey& key);
    bool type(const QString& text);
    void setPreedit(const Preedit& preedit);
    void dropPreedit();
    void press(QMouseEvent* event, int clicks);
    void dragTo(const QPoint& position);
    void scrollByWheel(const QWheelEvent& event);
    void scrollByPixels(int pixels);
    void zoomByWheel(const QWheelEvent& event);

    int toDevice(int logical) const;
    HexHit hitAt(const QPoint& position, std::optional<Pane> pane = std::nullopt) const;
    QRect toLogical(const QRect& device) const;
    void repaintRows(core::Offset firstRow, core::Offset lastRow);
    void repaintHeader();
    void repaintGutter();
    HexFrame frame();
    QString hint() const;
    void gatherMatches(HexFrame& frame);
    void scheduleMarks();
    void updateMarks();

    EditorDocument* document_ = nullptr;
    HexModel model_;
    HexCursor cursor_;
    HexFeed feed_;
    HexTyping typing_;
    CellEditing cellEditing_;
    HexMouse mouse_;
    HexPainter painter_;
    Theme theme_;
    QFont font_;
    GridFont gridFont_;
    HexFormat format_;
    TextCodec codec_;
    QString tag_;
    bool onlyDifferences_ = false;
    HexLayout layout_;
    ScrollMapper mapper_;
    double scale_ = 1;
    core::Offset topRow_ = 0;
    core::Offset topOffset_ = 0;
    std::optional<core::Extent> match_;
    const MatchSource* matchSource_ = nullptr;
    const BookmarkSource* bookmarkSource_ = nullptr;
    MarkedScrollBar* bar_;
    QTimer marksSoon_;
    TrackedSelection tracked_;
    JumpHistory jumps_;
    bool firstRowsDue_ = false;
    bool hasSize_ = false;  ///< not before it is about to be shown
    bool settingRange_ = false;
    /// The top row is brought within what there is; nobody has scrolled.
    bool settling_ = false;
    /// The region of the paint event at work: rows in it need no repaint of their own.
    const QRegion* painting_ = nullptr;
    Preedit preedit_;

    QBasicTimer autoScroll_;
    QPoint dragPosition_;
    QElapsedTimer sinceDoubleClick_;
    QPoint doubleClickPosition_;
    WheelRows wheel_;
    double pixelRest_ = 0;  ///< of a touch pad, less than a device pixel
    WheelRows zoomWheel_;
};

}  // namespace octavo::ui
