// Draws the digits of the hex pane and the characters of the text pane of one row.
//
// The glyphs of a row are drawn in one run for each colour. A character that the grid's font does
// not have is drawn as a text of another font, kept within its cells.
//
// Thread rule: GUI thread. Units: device pixels.
#pragma once

#include "ui/hex/byte_class.h"
#include "ui/hex/glyph_runs.h"
#include "ui/hex/hex_frame.h"
#include "ui/hex/text_codec.h"

#include <QPainter>

#include <array>
#include <vector>

namespace octavo::ui {

class HexGlyphs {
public:
    /// `top` is that of the row.
    void paint(QPainter& painter, const HexFrame& frame, const HexRow& cells, int top);

private:
    // The text colours of a row: those of the byte classes come first.
    enum Ink { Plain = kByteClasses, Dim, InkCount };
    struct Row {
        const HexFrame& frame;
        const HexRow& cells;
        int top;
        int baseline;
    };
    /// A character that the font does not have.
    struct Foreign {
        char32_t character;
        int column;
        int cells;
        Ink ink;
    };

    void addBytes(const Row& row);
    void addValues(const Row& row);
    void addText(const Row& row);
    void addPart(const Row& row, int column, int count);
    void add(const Row& row, Ink ink, std::string_view text, int column, int firstDigit);
    void drawForeign(QPainter& painter, const Row& row);
    Ink inkFor(const Row& row, int first, int last, ByteClass kind) const;
    static QColor colorOf(const Theme& theme, Ink ink);

    std::array<GlyphRuns, InkCount> inks_;
    // Kept from row to row, so that nothing is allocated.
    std::vector<TextCell> text_;
    std::vector<Foreign> foreign_;
};

}  // namespace octavo::ui
