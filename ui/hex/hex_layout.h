// Where everything of the grid stands, in whole device pixels.
//
//   | gutter: offset digits | hex pane: cells in groups | text pane: cells |
//
// A cell of the hex pane is the digits of one or several bytes with half a digit of room on either
// side, so that cells of a group touch and a fill over several has no gaps. A column is always that
// of a byte: the columns of the bytes of a cell have the same place in the hex pane. All widths are
// multiples of whole device pixels: at 125 % each digit still falls on the same place in its
// pixels.
//
// Units: device pixels from the left edge of the content, rows and columns of the grid, offsets
// of the document. Rows are never multiplied into pixels here: a row's top is relative to the
// first row shown, of which a part may be scrolled away, so nothing overflows at 2^59 rows.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"
#include "ui/hex/hex_format.h"
#include "ui/hex/hex_selection.h"

#include <optional>

namespace octavo::ui {

/// What the font and the screen give.
struct HexMetrics {
    int digitWidth = 8;  ///< advance of a hex digit
    int rowHeight = 20;  ///< 1.5 x the font's size
    int step = 4;        ///< four logical pixels: the unit of all room around things
    int hairline = 1;    ///< one logical pixel
    friend bool operator==(const HexMetrics&, const HexMetrics&) = default;
};

/// A run of device pixels from left to right.
struct PixelSpan {
    int left = 0;
    int width = 0;
    int right() const { return left + width; }
    friend bool operator==(const PixelSpan&, const PixelSpan&) = default;
};

/// The columns of a row from `first` to before `end`.
struct ColumnRun {
    int first = 0;
    int end = 0;
    int count() const { return end - first; }
    bool isEmpty() const { return first >= end; }
    friend bool operator==(const ColumnRun&, const ColumnRun&) = default;
};

/// What stands at a point. `row` counts from the first row shown.
struct HexHit {
    enum class Area { Gutter, Cell };
    Area area = Area::Cell;
    HexPane pane = HexPane::Hex;
    core::Offset row = 0;
    int column = 0;
    int digit = 0;
    friend bool operator==(const HexHit&, const HexHit&) = default;
};

class HexLayout {
public:
    /// How far Ctrl with an arrow key goes.
    static constexpr int kGroup = 8;

    HexLayout() = default;
    /// `bytesPerRow` is a multiple of the bytes of a cell.
    HexLayout(const HexMetrics& metrics, core::Offset documentLength, int bytesPerRow = 16,
              const HexFormat& format = {});
    /// The most bytes of a row with which the content is no wider than `width`, in whole groups;
    /// one group where even that is wider.
    static int bytesThatFit(const HexMetrics& metrics, core::Offset documentLength,
                            const HexFormat& format, int width);

    const HexMetrics& metrics() const { return metrics_; }
    const HexFormat& format() const { return format_; }
    int bytesPerRow() const { return bytesPerRow_; }
    /// Bytes of a cell in a pane.
    int cellBytes(HexPane pane) const { return pane == HexPane::Hex ? cellBytes_ : 1; }
    /// Digits of a cell in the hex pane.
    int cellDigits() const { return cellDigits_; }
    /// The first column of the cell that `column` belongs to.
    int cellColumn(HexPane pane, int column) const { return column - column % cellBytes(pane); }

    /// Rows of the grid: the last one holds the place where appending goes on.
    core::Offset rowCount() const { return documentLength_ / bytesPerRow_ + 1; }
    core::Offset rowOf(core::Offset offset) const { return offset / bytesPerRow_; }
    int columnOf(core::Offset offset) const { return static_cast<int>(offset % bytesPerRow_); }
    /// The bytes of a row that the document has; at most bytesPerRow().
    core::Extent rowExtent(core::Offset row) const;

    int headerHeight() const { return metrics_.rowHeight + metrics_.step + metrics_.hairline; }
    /// How much of the first row shown lies hidden below the header: less than a row.
    int cut() const { return cut_; }
    void setCut(int pixels) { cut_ = pixels; }
    /// The top of the `row`-th row shown; above the end of the header where the first one is cut.
    int rowTop(int row) const { return headerHeight() + row * metrics_.rowHeight - cut_; }
    /// Rows that fit below the header into `height` where the first one is not cut; at least one.
    int fullRows(int height) const;
    /// Rows of which something is to be seen.
    int touchedRows(int height) const;
    /// The shown row at `y`, which is negative in the header and above and may lie past what fits.
    core::Offset rowAt(int y) const;

    /// 8, 12 or 16, in decimal 10, 15 or 19: what the largest offset needs.
    int offsetDigits() const { return offsetDigits_; }
    /// Where the sign of a relative offset stands.
    int offsetSignLeft() const { return margin(); }
    /// The left edge of digit `index` of an offset, counted from the left.
    int offsetDigitLeft(int index) const;
    PixelSpan offsetSpan() const;

    PixelSpan pane(HexPane pane) const;
    /// The cell that a column belongs to, with its room.
    PixelSpan cell(HexPane pane, int column) const;
    /// From the cell of one column to that of another, with the gaps of groups between them.
    PixelSpan cells(HexPane pane, int first, int last) const;
    /// The columns of the cells that a span touches; none where it lies beside the pane.
    ColumnRun columnsIn(HexPane pane, const PixelSpan& span) const;
    /// Where the glyph of a digit begins, or that of a character (0).
    int glyphLeft(HexPane pane, int column, int digit) const;
    int contentWidth() const;

    /// The pane and cell nearest to a point, or the gutter.
    HexHit hit(int x, int y) const;
    /// The same for a pane that is known already: a drag stays in the pane it began in.
    HexHit hitInPane(HexPane pane, int x, int y) const;

private:
    int groupGap() const;
    int margin() const { return metrics_.step * 7 / 2; }
    int textCellWidth() const { return metrics_.digitWidth + metrics_.hairline; }
    int columnAt(HexPane pane, int x) const;

    HexMetrics metrics_;
    core::Offset documentLength_ = 0;
    int bytesPerRow_ = 16;
    HexFormat format_;
    // What is asked for at every cell.
    int cellBytes_ = 1;
    int cellDigits_ = 2;
    int offsetDigits_ = 8;
    int cut_ = 0;
};

}  // namespace octavo::ui
