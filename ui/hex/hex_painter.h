// Draws the grid: rows of cells with everything that can happen to them, header and offsets.
//
// Works in device pixels: all coordinates are whole, so a digit has the same pixels wherever it
// stands, at any scale.
//
// What meets in one cell, from back to front: the caret's row, tint of changed or inserted,
// match, selection (fills); lines of changed and inserted, the digits, outline of a match, bar of
// a deletion, bookmark, caret, what an input method composes. A tint or match below a selection
// keeps its lines, so that nothing is told by colour alone.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/glyph_runs.h"
#include "ui/hex/hex_frame.h"
#include "ui/hex/hex_glyphs.h"

#include <QBrush>
#include <QPainter>
#include <QRegion>

#include <span>
#include <vector>

namespace octavo::ui {

class HexPainter {
public:
    /// Everything that touches `clip`: rows, header and the room around them. `painter` draws in
    /// device pixels, with the left top of the view at its origin; its own clip cuts what reaches
    /// out of `clip`.
    void paint(QPainter& painter, const HexFrame& frame, const QRegion& clip);
    /// How many rows were drawn so far, for those who count repaints.
    qint64 rowsPainted() const { return rowsPainted_; }
    /// The same for cells, in either pane.
    qint64 cellsPainted() const { return cellsPainted_; }

private:
    // What one row needs, worked out once.
    struct Row {
        HexRow cells;                ///< none where only the offset is drawn
        PixelSpan touched = {};      ///< what is to be drawn, from the content's left edge
        ColumnRun hexColumns = {};   ///< those that lie in it
        ColumnRun textColumns = {};  ///< those that lie in it
        core::Offset number = 0;
        int top = 0;
        bool isCaretRow = false;
        std::span<const core::Extent> matches = {};  ///< those that may meet it
    };

    void paintGrid(QPainter& painter, const HexFrame& frame, const QRegion& clip);
    void paintRows(QPainter& painter, const HexFrame& frame);
    void drawHeaderGlyphs(QPainter& painter, const HexFrame& frame);
    void gatherRows(const HexFrame& frame, const QRegion& clip);
    static PixelSpan touchedPart(const HexFrame& frame, const QRegion& clip, int top, int height);
    void findColumns(const HexFrame& frame, Row& row) const;
    void addOffset(const HexFrame& frame, const Row& row);
    void addColumns(const HexFrame& frame, const PixelSpan& touched);
    void paintHeader(QPainter& painter, const HexFrame& frame);
    void paintFills(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintLines(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintPlaceholders(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintMatch(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintBookmarks(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintCaret(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintPreedit(QPainter& painter, const HexFrame& frame, const Row& row);
    void paintHint(QPainter& painter, const HexFrame& frame);
    void prepareHatch(const HexFrame& frame);
    static std::span<const core::Extent> matchesOf(const HexFrame& frame, const HexRow& cells);

    HexGlyphs glyphs_;
    std::vector<Row> rows_;  // of the frame that is drawn
    // Offsets and columns; those of the caret stand out.
    GlyphRuns plain_;
    GlyphRuns strong_;
    QBrush hatch_;
    QColor hatchColor_;
    int hatchStep_ = 0;
    qint64 rowsPainted_ = 0;
    qint64 cellsPainted_ = 0;
};

}  // namespace octavo::ui
