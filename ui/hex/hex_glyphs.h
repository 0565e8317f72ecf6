// Draws the digits of the hex pane and the characters of the text pane.
//
// The glyphs of all rows of a frame are drawn in one run for each colour. A character that the
// grid's font does not have is drawn as a text of another font, kept within its cells.
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
    /// To be called before the rows of a frame are added.
    void begin(const HexFrame& frame);
    /// Adds what stands in some columns of a row, whose top is at `top`; `hex` are whole cells.
    void add(const HexFrame& frame, const HexRow& cells, int top, ColumnRun hex, ColumnRun text);
    /// Draws what was added and forgets it.
    void draw(QPainter& painter, const HexFrame& frame);

private:
    // The text colours of a row: those of the byte classes come first.
    enum Ink { Plain = kByteClasses, Dim, InkCount };
    struct Row {
        const HexFrame& frame;
        const HexRow& cells;
        int top;
        int baseline;
    };
    /// A character of another font that is larger than its cells.
    struct Cut {
        char32_t character;
        PixelSpan span;
        int left;
        int top;  ///< of its row
        Ink ink;
    };

    void addBytes(const Row& row, ColumnRun columns);
    void addValues(const Row& row, ColumnRun columns);
    void addText(const Row& row, ColumnRun columns);
    void addPart(const Row& row, int column, int count);
    void addDigits(const Row& row, Ink ink, std::string_view text, int column, int firstDigit);
    void addForeign(const Row& row, char32_t character, int column, int cells, Ink ink);
    void drawForeign(QPainter& painter, const HexFrame& frame);
    Ink inkFor(const Row& row, int first, int last, ByteClass kind) const;
    static QColor colorOf(const Theme& theme, Ink ink);

    std::array<GlyphRuns, InkCount> inks_;
    // Where the first digit and the character of each column stand: asked for at every cell.
    std::vector<int> digitLeft_;
    std::vector<int> characterLeft_;
    // Kept from frame to frame, so that nothing is allocated.
    std::vector<TextCell> text_;
    std::vector<GlyphRuns> foreign_;  // by font and ink
    std::vector<Cut> cut_;
};

}  // namespace octavo::ui
