#include "ui/hex/hex_glyphs.h"

#include <algorithm>
#include <string_view>

namespace octavo::ui {

using core::Byte;
using core::ByteSpan;

namespace {

bool anyHasFlag(const HexRow& cells, int first, int last, int flags) {
    for (int column = first; column <= last; ++column) {
        if (cells.hasFlag(column, flags)) {
            return true;
        }
    }
    return false;
}

ByteSpan bytesOf(const HexRow& cells, int first, int count) {
    return {cells.bytes + first, static_cast<std::size_t>(count)};
}

}  // namespace

void HexGlyphs::begin(const HexFrame& frame) {
    digitLeft_.clear();
    characterLeft_.clear();
    for (int column = 0; column < frame.layout.bytesPerRow(); ++column) {
        digitLeft_.push_back(frame.layout.glyphLeft(HexPane::Hex, column, 0));
        characterLeft_.push_back(frame.layout.glyphLeft(HexPane::Text, column, 0));
    }
}

void HexGlyphs::add(const HexFrame& frame, const HexRow& cells, int top, ColumnRun hex,
                    ColumnRun text) {
    const Row row{frame, cells, top, top + frame.font.baseline()};
    if (frame.layout.format().kind == CellKind::Hex8) {
        addBytes(row, hex);
    } else {
        addValues(row, hex);
    }
    addText(row, text);
}

void HexGlyphs::draw(QPainter& painter, const HexFrame& frame) {
    for (int ink = 0; ink < InkCount; ++ink) {
        inks_[static_cast<std::size_t>(ink)].draw(painter, frame.font.regular(),
                                                  colorOf(frame.theme, static_cast<Ink>(ink)));
    }
    drawForeign(painter, frame);
}

QColor HexGlyphs::colorOf(const Theme& theme, Ink ink) {
    return ink == Plain ? theme.text
           : ink == Dim ? theme.dimText
                        : byteColor(theme, static_cast<ByteClass>(ink));
}

HexGlyphs::Ink HexGlyphs::inkFor(const Row& row, int first, int last, ByteClass kind) const {
    const core::Extent extent{row.cells.offset + first, last - first + 1};
    if (!intersection(row.frame.selection.extent(), extent).isEmpty()) {
        // A zero's grey is made for the base and would be lost on the selection.
        return kind == ByteClass::Zero ? Dim : static_cast<Ink>(kind);
    }
    const bool tinted =
        anyHasFlag(row.cells, first, last, CellChanged | CellInserted | CellMatched);
    if (tinted) {
        return Plain;
    }
    return row.frame.onlyDifferences ? static_cast<Ink>(ByteClass::Zero) : static_cast<Ink>(kind);
}

// ---- The hex pane

void HexGlyphs::addBytes(const Row& row, ColumnRun columns) {
    const int digitWidth = row.frame.layout.metrics().digitWidth;
    const GridFont& font = row.frame.font;
    const int end = std::min(columns.end, row.cells.count);
    for (int column = columns.first; column < end; ++column) {
        if (row.cells.hasFlag(column, CellLoading | CellUnreadable)) {
            continue;
        }
        const Byte byte = row.cells.bytes[column];
        const Ink ink = inkFor(row, column, column, byteClass(byte));
        GlyphRuns& runs = inks_[static_cast<std::size_t>(ink)];
        const int left = digitLeft_[static_cast<std::size_t>(column)];
        runs.add(font.digit(byte >> 4), left, row.baseline);
        runs.add(font.digit(byte & 0x0F), left + digitWidth, row.baseline);
    }
}

void HexGlyphs::addValues(const Row& row, ColumnRun columns) {
    const HexFormat& format = row.frame.layout.format();
    const int size = format.cellBytes();
    const int end = std::min(columns.end, row.cells.count);
    for (int column = columns.first; column < end; column += size) {
        const int count = std::min(size, row.cells.count - column);
        const int last = column + count - 1;
        if (anyHasFlag(row.cells, column, last, CellLoading | CellUnreadable)) {
            continue;
        }
        if (count < size) {
            addPart(row, column, count);
            continue;
        }
        const ByteSpan bytes = bytesOf(row.cells, column, size);
        const bool isZero = std::ranges::all_of(bytes, [](Byte byte) { return byte == 0; });
        const ByteClass kind = size == 1 ? byteClass(bytes[0])
                               : isZero  ? ByteClass::Zero
                                         : ByteClass::Printable;
        addDigits(row, inkFor(row, column, last, kind),
                  cellText(format.kind, format.order, bytes).view(), column, 0);
    }
}

/// The document ends within a cell: the bytes that are there, as bytes.
void HexGlyphs::addPart(const Row& row, int column, int count) {
    const int digits = row.frame.layout.cellDigits();
    for (int i = 0; i < count && 2 * count <= digits; ++i) {
        const ByteSpan byte = bytesOf(row.cells, column + i, 1);
        addDigits(row, Dim, cellText(CellKind::Hex8, core::ByteOrder::Little, byte).view(), column,
                  digits - 2 * (count - i));
    }
}

void HexGlyphs::addDigits(const Row& row, Ink ink, std::string_view text, int column,
                          int firstDigit) {
    GlyphRuns& runs = inks_[static_cast<std::size_t>(ink)];
    const int digitWidth = row.frame.layout.metrics().digitWidth;
    int left = digitLeft_[static_cast<std::size_t>(column)] + firstDigit * digitWidth;
    for (const char character : text) {
        if (character != ' ') {
            runs.add(row.frame.font.glyph(static_cast<char32_t>(character)), left, row.baseline);
        }
        left += digitWidth;
    }
}

// ---- The text pane

void HexGlyphs::addText(const Row& row, ColumnRun columns) {
    if (columns.isEmpty()) {
        return;
    }
    const HexRow& cells = row.cells;
    const GridFont& font = row.frame.font;
    text_.resize(static_cast<std::size_t>(cells.count));
    row.frame.codec.decode(textRow(cells), text_);
    // A character of several cells may begin before the first of them.
    const int first = std::max(columns.first - HexRow::kContext, 0);
    const int end = std::min(columns.end, cells.count);
    for (int column = first; column < end; ++column) {
        const TextCell& cell = text_[static_cast<std::size_t>(column)];
        // Where nothing is stored, nothing stands in the text.
        if (cell.cells == 0 || cells.hasFlag(column, CellLoading | CellUnreadable | CellHole)) {
            continue;
        }
        const Ink ink = inkFor(row, column, column, byteClass(cells.bytes[column]));
        const quint32 glyph = cell.character == 0 ? font.dot() : font.glyph(cell.character);
        if (glyph == 0) {
            addForeign(row, cell.character, column, cell.cells, ink);
            continue;
        }
        inks_[static_cast<std::size_t>(ink)].add(
            glyph, characterLeft_[static_cast<std::size_t>(column)], row.baseline);
    }
}

/// One that fits goes with others of its font and colour; the rest are kept within their cells.
void HexGlyphs::addForeign(const Row& row, char32_t character, int column, int cells, Ink ink) {
    const HexLayout& layout = row.frame.layout;
    const int last = std::min(column + cells, layout.bytesPerRow()) - 1;
    const PixelSpan span = layout.cells(HexPane::Text, column, last);
    const GridFont::Foreign& known = row.frame.font.foreign(character);
    const int left = characterLeft_[static_cast<std::size_t>(column)];
    if (known.width > span.width || known.isTall || !known.isOneGlyph()) {
        cut_.push_back({character, span, left, row.top, ink});
        return;
    }
    const std::size_t needed = row.frame.font.foreignFonts().size() * InkCount;
    if (foreign_.size() < needed) {
        foreign_.resize(needed);
    }
    foreign_[known.font * InkCount + ink].add(known.run.glyphIndexes().first(), left + known.left,
                                              row.baseline);
}

void HexGlyphs::drawForeign(QPainter& painter, const HexFrame& frame) {
    for (std::size_t i = 0; i < foreign_.size(); ++i) {
        const Ink ink = static_cast<Ink>(i % InkCount);
        if (!foreign_[i].isEmpty()) {
            foreign_[i].draw(painter, frame.font.foreignFonts()[i / InkCount],
                             colorOf(frame.theme, ink));
        }
    }
    for (const Cut& cut : cut_) {
        painter.save();
        painter.setClipRect(
            QRect(cut.span.left, cut.top, cut.span.width, frame.layout.metrics().rowHeight),
            Qt::IntersectClip);
        painter.setPen(colorOf(frame.theme, cut.ink));
        painter.drawGlyphRun(QPointF(cut.left, cut.top + frame.font.baseline()),
                             frame.font.foreign(cut.character).run);
        painter.restore();
    }
    cut_.clear();
}

}  // namespace octavo::ui
