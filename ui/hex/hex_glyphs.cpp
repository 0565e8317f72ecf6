#include "ui/hex/hex_glyphs.h"

#include <algorithm>
#include <string_view>

namespace octavo::ui {

using core::Byte;
using core::ByteSpan;

namespace {

bool hasFlag(const HexRow& cells, int column, int flags) {
    return (cells.flags[column] & flags) != 0;
}

bool anyHasFlag(const HexRow& cells, int first, int last, int flags) {
    for (int column = first; column <= last; ++column) {
        if (hasFlag(cells, column, flags)) {
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

void HexGlyphs::add(const HexFrame& frame, const HexRow& cells, int top) {
    const Row row{frame, cells, top, top + frame.font.baseline()};
    if (frame.layout.format().kind == CellKind::Hex8) {
        addBytes(row);
    } else {
        addValues(row);
    }
    addText(row);
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

void HexGlyphs::addBytes(const Row& row) {
    const int digitWidth = row.frame.layout.metrics().digitWidth;
    const GridFont& font = row.frame.font;
    for (int column = 0; column < row.cells.count; ++column) {
        if (hasFlag(row.cells, column, CellLoading | CellUnreadable)) {
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

void HexGlyphs::addValues(const Row& row) {
    const HexFormat& format = row.frame.layout.format();
    const int size = format.cellBytes();
    for (int column = 0; column < row.cells.count; column += size) {
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

void HexGlyphs::addText(const Row& row) {
    const HexRow& cells = row.cells;
    const GridFont& font = row.frame.font;
    text_.resize(static_cast<std::size_t>(cells.count));
    row.frame.codec.decode(textRow(cells), text_);
    for (int column = 0; column < cells.count; ++column) {
        const TextCell& cell = text_[static_cast<std::size_t>(column)];
        // Where nothing is stored, nothing stands in the text.
        if (cell.cells == 0 || hasFlag(cells, column, CellLoading | CellUnreadable | CellHole)) {
            continue;
        }
        const Ink ink = inkFor(row, column, column, byteClass(cells.bytes[column]));
        const quint32 glyph = cell.character == 0 ? font.dot() : font.glyph(cell.character);
        if (glyph == 0) {
            foreign_.push_back({cell.character, column, cell.cells, row.top, ink});
            continue;
        }
        inks_[static_cast<std::size_t>(ink)].add(
            glyph, characterLeft_[static_cast<std::size_t>(column)], row.baseline);
    }
}

void HexGlyphs::drawForeign(QPainter& painter, const HexFrame& frame) {
    const HexLayout& layout = frame.layout;
    for (const Foreign& foreign : foreign_) {
        const int last = std::min(foreign.column + foreign.cells, layout.bytesPerRow()) - 1;
        const PixelSpan span = layout.cells(HexPane::Text, foreign.column, last);
        painter.save();
        painter.setFont(frame.font.words());
        painter.setPen(colorOf(frame.theme, foreign.ink));
        painter.setClipRect(QRect(span.left, foreign.top, span.width, layout.metrics().rowHeight),
                            Qt::IntersectClip);
        painter.drawText(layout.glyphLeft(HexPane::Text, foreign.column, 0),
                         foreign.top + frame.font.baseline(),
                         QString::fromUcs4(&foreign.character, 1));
        painter.restore();
    }
    foreign_.clear();
}

}  // namespace octavo::ui
