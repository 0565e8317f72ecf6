// The grid as a Qt model: a window of at most mostRows() rows over a document of up to 2^63 - 1
// bytes. It holds bytes and flags and fetches nothing: a HexFeed fills it.
//
// Row 0 of the model is row firstRow() of the document; columns are the bytes of a row. The last
// row of the document holds the cell behind its end, where appending goes on; cells beyond that
// are neither enabled nor selectable. A near move of the window removes rows at one end and
// inserts as many at the other, so that persistent indexes of rows that stay go on meaning the
// same bytes; a far move is a reset.
//
// Roles: Qt::DisplayRole two hex digits (empty while loading or unreadable); ByteRole the value
// as int (invalid where it is not known); StateRole CellFlag bits as int; OffsetRole the
// document offset as qlonglong; Qt::AccessibleTextRole and Qt::AccessibleDescriptionRole words;
// Qt::ToolTipRole offset, value in several bases and state.
// Headers: the column in two hex digits, the row's offset in hex.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/content/change.h"
#include "ui/hex/hex_cell.h"

#include <QAbstractTableModel>

#include <algorithm>
#include <span>
#include <vector>

namespace octavo::ui {

class HexModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr core::Offset kMostRows = 4096;
    /// What the window holds where rows are long.
    static constexpr core::Offset kMostCells = core::Offset{1} << 17;

    enum Role { ByteRole = Qt::UserRole, StateRole, OffsetRole };

    explicit HexModel(QObject* parent = nullptr, int bytesPerRow = 16);

    // ---- The document

    /// Another document, or none: `length` bytes of which nothing is known; the window is at its
    /// start.
    /// Of an original, what is marked as inserted is what its document does not have any more.
    void setDocument(core::Offset length, bool isOriginal = false);
    bool isOriginal() const { return isOriginal_; }
    core::Offset length() const { return length_; }
    int bytesPerRow() const { return bytesPerRow_; }
    /// What is known of the bytes that are still in the window stays known.
    void setBytesPerRow(int bytes);
    core::Offset mostRows() const {
        return std::min(kMostRows, std::max<core::Offset>(64, kMostCells / bytesPerRow_));
    }
    /// Rows of the document, with the one that holds its end.
    core::Offset documentRows() const { return length_ / bytesPerRow_ + 1; }

    /// An edit took place: `replaced` bytes are `newLength` others now. Cells behind move along.
    void splice(core::Extent replaced, core::Offset newLength);
    /// The bytes that stand at `offset` now are these: after an edit whose bytes are at hand.
    void setKnown(core::Offset offset, core::ByteSpan bytes);
    /// Sets the change flags of the whole window; `changes` in order, as Snapshot::changes gives
    /// them for windowExtent().
    void setChanges(const std::vector<core::Change>& changes);
    /// All bytes may be others now; they are shown until they have been fetched again.
    void setStale();
    /// What was fetched for `extent`; parts outside the window are left out. `holes` in order.
    void fill(core::Extent extent, core::ByteSpan bytes, const core::Unreadable& unreadable,
              const std::vector<core::Extent>& holes = {});
    /// Marks what is matched within `extent`, and nothing else there. Told as a change of StateRole
    /// alone.
    void setMatches(core::Extent extent, const std::vector<core::Extent>& matches);

    // ---- The window

    /// Moves the window, where it must, so that it holds `rows` rows from `firstRow` on and some
    /// around them. True where it moved.
    bool showRows(core::Offset firstRow, core::Offset rows);
    core::Offset firstRow() const { return firstRow_; }
    bool hasRow(core::Offset row) const { return row >= firstRow_ && row - firstRow_ < rows_; }
    /// The bytes of the document in the window.
    core::Extent windowExtent() const;
    /// The parts of `within` (and of the window) that are loading or stale, in order.
    std::vector<core::Extent> missing(core::Extent within) const;
    /// The cells of a row in the window.
    HexRow row(core::Offset row) const;
    /// The byte at `offset`, or -1 where it is not known for certain.
    int knownByte(core::Offset offset) const;
    QModelIndex indexOf(core::Offset offset) const;
    /// In words: the state of `bytes` cells from `first` on in its row, whose offset is told as
    /// `offset`.
    QString description(const QModelIndex& first, int bytes, const QString& offset) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    core::Offset windowStart() const { return firstRow_ * bytesPerRow_; }
    std::size_t cellAt(core::Offset offset) const;
    core::Offset offsetAt(const QModelIndex& index) const;
    core::Offset mostRowsFrom(core::Offset row) const;
    void forget();
    void moveCells(core::Extent before, core::Extent replaced, core::Offset difference);
    void slideDown(core::Offset by);
    void slideUp(core::Offset by);
    void resizeTo(core::Offset rows);
    void tellRows(core::Offset firstRow, core::Offset lastRow, const QList<int>& roles = {});
    void tellExtent(core::Extent extent);
    int flagsOf(const QModelIndex& first, int bytes) const;
    QString stateText(const QModelIndex& first, int bytes = 1) const;
    QString toolTip(const QModelIndex& index) const;

    int bytesPerRow_;
    core::Offset length_ = 0;
    core::Offset firstRow_ = 0;
    core::Offset rows_ = 1;
    bool isOriginal_ = false;
    // One entry for each cell of the window, those behind the document's end too.
    core::Bytes bytes_;
    std::vector<CellFlags> flags_;
};

}  // namespace octavo::ui
