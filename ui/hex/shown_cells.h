// The part of the grid that is on the screen, as a table: which cells it has, what they say and
// where they stand. For those who tell of the grid in words.
//
// The rows are those seen whole; the columns are the cells of a row in the active pane: numbers in
// the hex pane, characters in the text pane. What is asked for is what is shown at that moment.
//
// Thread rule: GUI thread. Units: rows from the top one of the screen, columns of cells; rectangles
// in the viewport.
#pragma once

#include "core/base/types.h"
#include "ui/hex/hex_view.h"

#include <compare>
#include <optional>

namespace octavo::ui {

/// A place on the screen; a header has kHeader for the row or the column.
struct CellPlace {
    static constexpr int kHeader = -1;
    int row = 0;
    int column = 0;
    friend auto operator<=>(const CellPlace&, const CellPlace&) = default;
};

class ShownCells {
public:
    /// `view` must outlive it.
    explicit ShownCells(const HexView& view) : view_(view) {}

    /// None without a document.
    int rows() const;
    int columns() const;
    /// True for headers as well.
    bool has(CellPlace place) const;
    /// Cells row by row, then row headers, then column headers.
    int count() const;
    std::optional<int> indexOf(CellPlace place) const;
    std::optional<CellPlace> placeAt(int index) const;

    /// The bytes of a cell; no byte where appending goes on; nothing behind that.
    std::optional<core::Extent> extent(CellPlace cell) const;
    /// The bytes of a row.
    core::Extent rowExtent(int row) const;
    std::optional<CellPlace> cellOf(core::Offset offset) const;
    std::optional<CellPlace> cellUnder(const QPoint& point) const;
    /// What is to be seen of it; empty where that is nothing.
    QRect rect(CellPlace place) const;

    /// The number or character that stands in a cell, or why there is none; of a header, what is
    /// drawn there: the offset of the row as the format tells it, or the byte's place within it.
    QString name(CellPlace place) const;
    /// Offset and state; nothing for headers.
    QString description(CellPlace place) const;

    bool isSelected(CellPlace cell) const;
    bool isRowSelected(int row) const;
    bool isColumnSelected(int column) const;

private:
    const HexModel& model() const;
    int cellBytes() const;
    QModelIndex indexAt(CellPlace cell) const;
    QString numberName(CellPlace cell, core::Extent extent) const;
    QString characterName(CellPlace cell) const;

    const HexView& view_;
};

}  // namespace octavo::ui
