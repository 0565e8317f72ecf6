#include "ui/hex/hex_layout.h"

#include <algorithm>

namespace octavo::ui {

namespace {

int digitsFor(core::Offset largest, OffsetBase base) {
    const bool hex = base == OffsetBase::Hex;
    if ((largest >> 32) == 0) {
        return hex ? 8 : 10;
    }
    if ((largest >> 48) == 0) {
        return hex ? 12 : 15;
    }
    return hex ? 16 : 19;
}

int floorDivide(int value, int by) {
    const int quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

}  // namespace

HexLayout::HexLayout(const HexMetrics& metrics, core::Offset documentLength, int bytesPerRow,
                     const HexFormat& format)
    : metrics_(metrics)
    , documentLength_(documentLength)
    , bytesPerRow_(bytesPerRow)
    , format_(format)
    , cellBytes_(format.cellBytes())
    , cellDigits_(factsOf(format.kind).digits)
    , offsetDigits_(digitsFor(documentLength, format.offsets)) {}

int HexLayout::bytesThatFit(const HexMetrics& metrics, core::Offset documentLength,
                            const HexFormat& format, int width) {
    const int unit = format.together();
    const auto fits = [&](int bytes) {
        return HexLayout(metrics, documentLength, bytes, format).contentWidth() <= width;
    };
    // Eight and eight are easier to count than five groups of two.
    constexpr int kPreferred = 8;
    const int least = std::max(unit, HexFormat::kFewestBytesPerRow);
    const int step = fits(std::max(least, kPreferred)) ? std::max(least, kPreferred) : least;
    int bytes = step;
    while (bytes + step <= HexFormat::kMostBytesPerRow && fits(bytes + step)) {
        bytes += step;
    }
    return bytes;
}

int HexLayout::groupGap() const {
    // Small groups are many: they part with less. Single bytes are parted by their cells.
    switch (format_.together()) {
    case 1:
        return 0;
    case 2:
        return metrics_.step;
    case 4:
        return metrics_.step * 2;
    default:
        return metrics_.step * 5 / 2;
    }
}

core::Extent HexLayout::rowExtent(core::Offset row) const {
    const core::Offset from = row * bytesPerRow_;
    return {from, std::clamp<core::Offset>(documentLength_ - from, 0, bytesPerRow_)};
}

int HexLayout::fullRows(int height) const {
    return std::max(1, (height - headerHeight()) / metrics_.rowHeight);
}

int HexLayout::touchedRows(int height) const {
    const int room = std::max(0, height - headerHeight()) + cut_;
    return std::max(1, (room + metrics_.rowHeight - 1) / metrics_.rowHeight);
}

core::Offset HexLayout::rowAt(int y) const {
    const int below = y - headerHeight();
    return floorDivide(below < 0 ? below : below + cut_, metrics_.rowHeight);
}

int HexLayout::offsetDigitLeft(int index) const {
    // Counted from the right, eight hex digits or three decimal ones stand together.
    const int together = format_.offsets == OffsetBase::Hex ? 8 : 3;
    const int last = offsetDigits_ - 1;
    const int gaps = last / together - (last - index) / together;
    const int sign = format_.relativeOffsets ? metrics_.digitWidth : 0;
    return margin() + sign + index * metrics_.digitWidth + gaps * (metrics_.digitWidth / 2);
}

PixelSpan HexLayout::offsetSpan() const {
    const int right = offsetDigitLeft(offsetDigits_ - 1) + metrics_.digitWidth;
    return {margin(), right - margin()};
}

PixelSpan HexLayout::pane(HexPane pane) const {
    return cells(pane, 0, bytesPerRow_ - 1);
}

PixelSpan HexLayout::cell(HexPane pane, int column) const {
    if (pane == HexPane::Hex) {
        const int width = metrics_.digitWidth * cellDigits_ + metrics_.digitWidth / 2 * 2;
        const int left = offsetSpan().right() + margin();
        const int gaps = column / format_.together();
        return {left + column / cellBytes_ * width + gaps * groupGap(), width};
    }
    const int left = cell(HexPane::Hex, bytesPerRow_ - 1).right() + metrics_.step * 9 / 2;
    return {left + column * textCellWidth(), textCellWidth()};
}

PixelSpan HexLayout::cells(HexPane pane, int first, int last) const {
    const int left = cell(pane, first).left;
    return {left, cell(pane, last).right() - left};
}

ColumnRun HexLayout::columnsIn(HexPane pane, const PixelSpan& span) const {
    const PixelSpan whole = this->pane(pane);
    if (span.width <= 0 || span.right() <= whole.left || span.left >= whole.right()) {
        return {};
    }
    return {columnAt(pane, span.left), columnAt(pane, span.right() - 1) + cellBytes(pane)};
}

int HexLayout::glyphLeft(HexPane pane, int column, int digit) const {
    const int left = cell(pane, column).left;
    if (pane == HexPane::Text) {
        return left + (textCellWidth() - metrics_.digitWidth) / 2;
    }
    return left + metrics_.digitWidth / 2 + digit * metrics_.digitWidth;
}

int HexLayout::contentWidth() const {
    return pane(HexPane::Text).right() + margin();
}

int HexLayout::columnAt(HexPane pane, int x) const {
    // The gap between two groups belongs half to either.
    const int step = cellBytes(pane);
    int column = 0;
    while (column + step < bytesPerRow_) {
        const int edge = (cell(pane, column).right() + cell(pane, column + step).left) / 2;
        if (x < edge) {
            break;
        }
        column += step;
    }
    return column;
}

HexHit HexLayout::hitInPane(HexPane pane, int x, int y) const {
    HexHit hit{.pane = pane, .row = rowAt(y), .column = columnAt(pane, x)};
    if (pane == HexPane::Hex && factsOf(format_.kind).bitsPerDigit != 0) {
        const int across = x - glyphLeft(pane, hit.column, 0);
        hit.digit = std::clamp(across / metrics_.digitWidth, 0, cellDigits_ - 1);
    }
    return hit;
}

HexHit HexLayout::hit(int x, int y) const {
    const PixelSpan hex = pane(HexPane::Hex);
    if (x < hex.left - metrics_.step) {
        return {.area = HexHit::Area::Gutter, .row = rowAt(y)};
    }
    const bool inText = x >= (hex.right() + pane(HexPane::Text).left) / 2;
    return hitInPane(inText ? HexPane::Text : HexPane::Hex, x, y);
}

}  // namespace octavo::ui
