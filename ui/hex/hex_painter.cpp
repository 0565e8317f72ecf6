#include "ui/hex/hex_painter.h"

#include "ui/hex/hex_keys.h"
#include "ui/hex/offset_text.h"

#include <QCoreApplication>
#include <QImage>
#include <QRect>

#include <algorithm>
#include <string_view>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

constexpr HexPane kPanes[] = {HexPane::Hex, HexPane::Text};

/// Calls `use(first, last)` for each run of columns below `count` for which `isIn` holds.
template <typename IsIn, typename Use>
void forEachRun(int count, IsIn isIn, Use use) {
    for (int column = 0; column < count; ++column) {
        if (!isIn(column)) {
            continue;
        }
        const int first = column;
        while (column + 1 < count && isIn(column + 1)) {
            ++column;
        }
        use(first, column);
    }
}

/// The columns of a row that lie in `extent`, as a run; nothing where there is none.
template <typename Use>
void forColumnsIn(const HexRow& cells, const Extent& extent, Use use) {
    const Extent part = intersection(extent, {cells.offset, cells.count});
    if (!part.isEmpty()) {
        use(static_cast<int>(part.offset - cells.offset),
            static_cast<int>(part.end() - cells.offset) - 1);
    }
}

QRect across(const PixelSpan& span, int top, int height) {
    return {span.left, top, span.width, height};
}

/// The outline of `rect`, `width` thick, inside it.
void drawOutline(QPainter& painter, const QRect& rect, int width, const QColor& color) {
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), width), color);
    painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - width, rect.width(), width), color);
    const int inner = rect.height() - 2 * width;
    painter.fillRect(QRect(rect.left(), rect.top() + width, width, inner), color);
    painter.fillRect(QRect(rect.right() + 1 - width, rect.top() + width, width, inner), color);
}

void drawRing(QPainter& painter, const QRect& rect, int width, int radius, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, width));
    painter.setBrush(Qt::NoBrush);
    const double half = width / 2.0;
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius);
    painter.restore();
}

/// The glyph of a digit of an offset.
quint32 digitGlyph(const GridFont& font, char digit, bool isStrong) {
    const int value = hexDigitValue(static_cast<char16_t>(digit));
    return isStrong ? font.boldDigit(value) : font.digit(value);
}

}  // namespace

void HexPainter::paint(QPainter& painter, const HexFrame& frame, const QRegion& clip) {
    for (const QRect& rect : clip) {
        painter.fillRect(rect, frame.theme.base);
    }
    if (frame.hasDocument) {
        painter.save();
        painter.translate(-frame.left, 0);
        paintGrid(painter, frame, clip);
        painter.restore();
    }
    paintHint(painter, frame);
}

/// Layer by layer over all rows: the glyphs of one colour are one run for the whole frame.
void HexPainter::paintGrid(QPainter& painter, const HexFrame& frame, const QRegion& clip) {
    prepareHatch(frame);
    gatherRows(frame, clip);
    painter.save();
    if (frame.layout.cut() > 0) {
        const int top = frame.layout.headerHeight();
        painter.setClipRect(QRect(frame.left, top, frame.width, frame.height - top),
                            Qt::IntersectClip);
    }
    paintRows(painter, frame);
    painter.restore();
    const PixelSpan header = touchedPart(frame, clip, 0, frame.layout.headerHeight());
    if (header.width > 0) {
        addColumns(frame, header);
        drawHeaderGlyphs(painter, frame);
        paintHeader(painter, frame);
    }
}

void HexPainter::drawHeaderGlyphs(QPainter& painter, const HexFrame& frame) {
    plain_.draw(painter, frame.font.regular(), frame.theme.dimText);
    strong_.draw(painter, frame.font.bold(), frame.theme.text);
}

/// Where the first row is cut, the painter's clip keeps it out of the header.
void HexPainter::paintRows(QPainter& painter, const HexFrame& frame) {
    glyphs_.begin(frame);
    for (const Row& row : rows_) {
        addOffset(frame, row);
        paintFills(painter, frame, row);
        paintPlaceholders(painter, frame, row);
        paintLines(painter, frame, row);
        glyphs_.add(frame, row.cells, row.top, row.hexColumns, row.textColumns);
    }
    glyphs_.draw(painter, frame);
    drawHeaderGlyphs(painter, frame);
    for (const Row& row : rows_) {
        paintMatch(painter, frame, row);
        paintBookmarks(painter, frame, row);
        if (row.isCaretRow) {
            paintCaret(painter, frame, row);
            paintPreedit(painter, frame, row);
        }
    }
}

void HexPainter::gatherRows(const HexFrame& frame, const QRegion& clip) {
    rows_.clear();
    const int rows = frame.layout.touchedRows(frame.height);
    const Offset shown = std::min<Offset>(rows, frame.layout.rowCount() - frame.topRow);
    for (int index = 0; index < shown; ++index) {
        Row row;
        row.number = frame.topRow + index;
        row.top = frame.layout.rowTop(index);
        row.isCaretRow = frame.layout.rowOf(frame.selection.caret) == row.number;
        const int seenFrom = std::max(row.top, frame.layout.headerHeight());
        const int rowEnd = row.top + frame.layout.metrics().rowHeight;
        row.touched = touchedPart(frame, clip, seenFrom, rowEnd - seenFrom);
        if (row.touched.width == 0) {
            continue;
        }
        ++rowsPainted_;
        findColumns(frame, row);
        const bool hasCells = !row.hexColumns.isEmpty() || !row.textColumns.isEmpty();
        if (hasCells && frame.model.hasRow(row.number)) {
            row.cells = frame.model.row(row.number);
            row.matches = matchesOf(frame, row.cells);
            cellsPainted_ += row.hexColumns.count() / frame.layout.cellBytes(HexPane::Hex) +
                             row.textColumns.count();
        }
        rows_.push_back(row);
    }
}

/// From the first to the last pixel of a band that the clip touches, and a little room around it
/// for glyphs that reach out of their place. The room is no wider than that between the panes.
PixelSpan HexPainter::touchedPart(const HexFrame& frame, const QRegion& clip, int top, int height) {
    int left = frame.width;
    int right = 0;
    const QRect band(0, top, frame.width, height);
    // Not by regions: they would allocate for every row.
    for (const QRect& rect : clip) {
        const QRect part = rect.intersected(band);
        if (!part.isEmpty()) {
            left = std::min(left, part.left());
            right = std::max(right, part.right() + 1);
        }
    }
    const int room = frame.layout.metrics().step;
    return left < right ? PixelSpan{frame.left + left - room, right - left + 2 * room}
                        : PixelSpan{};
}

/// Most rows of a frame are touched alike.
void HexPainter::findColumns(const HexFrame& frame, Row& row) const {
    if (!rows_.empty() && rows_.back().touched == row.touched) {
        row.hexColumns = rows_.back().hexColumns;
        row.textColumns = rows_.back().textColumns;
        return;
    }
    row.hexColumns = frame.layout.columnsIn(HexPane::Hex, row.touched);
    // Marks and symbols may reach into the cell beside theirs.
    const int reach = frame.layout.metrics().digitWidth;
    row.textColumns = frame.layout.columnsIn(
        HexPane::Text, {row.touched.left - reach, row.touched.width + 2 * reach});
}

std::span<const Extent> HexPainter::matchesOf(const HexFrame& frame, const HexRow& cells) {
    // By their starts: what is long may begin some rows above.
    const std::vector<Extent>& all = frame.matches;
    const auto first = std::partition_point(all.begin(), all.end(), [&](const Extent& match) {
        return match.offset <= cells.offset - frame.longestMatch;
    });
    const auto last = std::partition_point(first, all.end(), [&](const Extent& match) {
        return match.offset < cells.offset + cells.count;
    });
    return {first, last};
}

void HexPainter::paintFills(QPainter& painter, const HexFrame& frame, const Row& row) {
    const int height = frame.layout.metrics().rowHeight;
    const Theme& theme = frame.theme;
    if (row.isCaretRow) {
        painter.fillRect(QRect(frame.left, row.top, frame.width, height), theme.caretRow);
    }
    const auto fill = [&](int first, int last, const QColor& color) {
        for (const HexPane pane : kPanes) {
            painter.fillRect(across(frame.layout.cells(pane, first, last), row.top, height), color);
        }
    };
    const auto tint = [&](CellFlag flag, const QColor& color) {
        forEachRun(
            row.cells.count, [&](int column) { return row.cells.hasFlag(column, flag); },
            [&](int first, int last) { fill(first, last, color); });
    };
    tint(CellChanged, theme.changed);
    tint(CellInserted, frame.model.isOriginal() ? theme.behindWarning : theme.inserted);
    tint(CellMatched, theme.match);
    forColumnsIn(row.cells, frame.selection.extent(),
                 [&](int first, int last) { fill(first, last, theme.selection); });
}

void HexPainter::paintLines(QPainter& painter, const HexFrame& frame, const Row& row) {
    const HexMetrics& metrics = frame.layout.metrics();
    const int thick = 2 * metrics.hairline;
    const int bottom = row.top + metrics.rowHeight - thick;
    const Theme& theme = frame.theme;
    const auto line = [&](int first, int last, int y, const QColor& color) {
        for (const HexPane pane : kPanes) {
            painter.fillRect(across(frame.layout.cells(pane, first, last), y, thick), color);
        }
    };
    forEachRun(
        row.cells.count, [&](int column) { return row.cells.hasFlag(column, CellChanged); },
        [&](int first, int last) { line(first, last, bottom, theme.changedLine); });
    forEachRun(
        row.cells.count, [&](int column) { return row.cells.hasFlag(column, CellInserted); },
        [&](int first, int last) {
            if (frame.model.isOriginal()) {
                // Struck out: the document does not have them any more.
                line(first, last, row.top + metrics.rowHeight / 2, theme.deleted);
                return;
            }
            line(first, last, row.top, theme.insertedLine);
            line(first, last, bottom, theme.insertedLine);
        });
    if (row.cells.flags == nullptr) {
        return;
    }
    // The cell behind the document's end can stand behind a deletion too.
    const int columns = std::min(row.cells.count + 1, frame.layout.bytesPerRow());
    for (int column = 0; column < columns; ++column) {
        if (row.cells.hasFlag(column, CellDeletedBefore)) {
            for (const HexPane pane : kPanes) {
                const int left = frame.layout.cell(pane, column).left - thick;
                painter.fillRect(QRect(left, row.top, thick, metrics.rowHeight), theme.deleted);
            }
        }
    }
}

void HexPainter::addOffset(const HexFrame& frame, const Row& row) {
    const HexLayout& layout = frame.layout;
    if (row.touched.left >= layout.offsetSpan().right()) {
        return;
    }
    const int baseline = row.top + frame.font.baseline();
    const OffsetText text = rowText(layout, row.number, frame.selection.caret);
    std::string_view digits = text.view();
    if (layout.format().relativeOffsets) {
        plain_.add(frame.font.glyph(static_cast<char32_t>(digits.front())), layout.offsetSignLeft(),
                   baseline);
        digits.remove_prefix(1);
    }
    GlyphRuns& runs = row.isCaretRow ? strong_ : plain_;
    for (int index = 0; index < layout.offsetDigits(); ++index) {
        runs.add(digitGlyph(frame.font, digits[static_cast<std::size_t>(index)], row.isCaretRow),
                 layout.offsetDigitLeft(index), baseline);
    }
}

void HexPainter::paintPlaceholders(QPainter& painter, const HexFrame& frame, const Row& row) {
    const HexLayout& layout = frame.layout;
    const HexMetrics& metrics = layout.metrics();
    forEachRun(
        row.cells.count, [&](int column) { return row.cells.hasFlag(column, CellUnreadable); },
        [&](int first, int last) {
            for (const HexPane pane : kPanes) {
                painter.fillRect(
                    across(layout.cells(pane, first, last), row.top, metrics.rowHeight), hatch_);
            }
        });
    const int height = frame.font.capHeight();
    const int top = row.top + frame.font.baseline() - height;
    for (int column = 0; column < row.cells.count; ++column) {
        if (row.cells.hasFlag(column, CellLoading)) {
            const int left = layout.glyphLeft(HexPane::Hex, column, 0);
            painter.fillRect(left, top, layout.cellDigits() * metrics.digitWidth, height,
                             frame.theme.line);
            painter.fillRect(layout.glyphLeft(HexPane::Text, column, 0), top,
                             metrics.digitWidth - metrics.hairline, height, frame.theme.line);
        }
    }
}

void HexPainter::paintMatch(QPainter& painter, const HexFrame& frame, const Row& row) {
    const auto outline = [&](int first, int last) {
        for (const HexPane pane : kPanes) {
            const QRect place = across(frame.layout.cells(pane, first, last), row.top,
                                       frame.layout.metrics().rowHeight);
            drawOutline(painter, place, frame.layout.metrics().hairline, frame.theme.matchLine);
        }
    };
    for (const Extent& match : row.matches) {
        forColumnsIn(row.cells, match, outline);
    }
}

void HexPainter::paintCaret(QPainter& painter, const HexFrame& frame, const Row& row) {
    const HexMetrics& metrics = frame.layout.metrics();
    const int column = frame.layout.columnOf(frame.selection.caret);
    const QColor color = frame.hasFocus ? frame.theme.accent : frame.theme.dimText;
    const int digit = frame.selection.digit;
    for (const HexPane pane : kPanes) {
        const bool active = pane == frame.pane;
        const int width = metrics.hairline * (active && frame.hasFocus ? 2 : 1);
        const QRect place = across(frame.layout.cell(pane, column), row.top, metrics.rowHeight);
        if (frame.insertMode) {
            const bool inside = pane == HexPane::Hex && digit > 0;
            const int at = inside ? frame.layout.glyphLeft(pane, column, digit) : place.left();
            painter.fillRect(QRect(at - width / 2, row.top, width, metrics.rowHeight), color);
            continue;
        }
        drawRing(painter, place, width, metrics.hairline * 3, color);
        if (pane == HexPane::Hex && active && digit > 0) {
            // The digit that is typed next.
            const int left = frame.layout.glyphLeft(pane, column, digit);
            const int top = row.top + frame.font.baseline() + metrics.hairline;
            painter.fillRect(left, top, metrics.digitWidth, 2 * metrics.hairline, color);
        }
    }
}

namespace {

int headerBaseline(const HexFrame& frame) {
    const HexLayout& layout = frame.layout;
    return (layout.headerHeight() - layout.metrics().rowHeight) / 2 + frame.font.baseline();
}

}  // namespace

void HexPainter::addColumns(const HexFrame& frame, const PixelSpan& touched) {
    const HexLayout& layout = frame.layout;
    const int baseline = headerBaseline(frame);
    const int caretCell = layout.cellColumn(HexPane::Hex, layout.columnOf(frame.selection.caret));
    const ColumnRun columns = layout.columnsIn(HexPane::Hex, touched);
    for (int column = columns.first; column < columns.end;
         column += layout.cellBytes(HexPane::Hex)) {
        const bool emphasised = column == caretCell;
        const OffsetText text = columnText(layout, column);
        // Where a cell has no room for three digits, the last two tell enough.
        const int digits = std::min(text.size, layout.cellDigits());
        for (int digit = 0; digit < digits; ++digit) {
            const char character =
                text.characters[static_cast<std::size_t>(text.size - digits + digit)];
            const int place = layout.cellDigits() - digits + digit;
            (emphasised ? strong_ : plain_)
                .add(digitGlyph(frame.font, character, emphasised),
                     layout.glyphLeft(HexPane::Hex, column, place), baseline);
        }
    }
}

void HexPainter::paintHeader(QPainter& painter, const HexFrame& frame) {
    const HexLayout& layout = frame.layout;
    const int baseline = headerBaseline(frame);
    painter.setFont(frame.font.words());
    painter.setPen(frame.theme.dimText);
    const QString offset = QCoreApplication::translate("octavo::ui::HexView", "Offset");
    const QString text = QCoreApplication::translate("octavo::ui::HexView", "Text");
    const int width = painter.fontMetrics().horizontalAdvance(offset);
    painter.drawText(std::max(0, layout.offsetSpan().right() - width), baseline, offset);
    painter.drawText(layout.glyphLeft(HexPane::Text, 0, 0), baseline, text);
    if (!frame.tag.isEmpty()) {
        painter.setPen(frame.theme.pendingBadge);
        const int room = painter.fontMetrics().horizontalAdvance(frame.tag);
        const int right = frame.left + frame.width - 2 * layout.metrics().step;
        painter.drawText(right - room, baseline, frame.tag);
    }
    painter.fillRect(QRect(frame.left, layout.headerHeight() - layout.metrics().hairline,
                           frame.width, layout.metrics().hairline),
                     frame.theme.line);
}

void HexPainter::paintHint(QPainter& painter, const HexFrame& frame) {
    if (frame.hint.isEmpty()) {
        return;
    }
    painter.setFont(frame.hintFont);
    painter.setPen(frame.theme.dimText);
    if (!frame.hasDocument) {
        painter.drawText(QRect(0, 0, frame.width, frame.height), Qt::AlignCenter, frame.hint);
        return;
    }
    const int left = frame.layout.glyphLeft(HexPane::Hex, 0, 0) - frame.left;
    painter.drawText(left, frame.layout.rowTop(1) + frame.font.baseline(), frame.hint);
}

void HexPainter::prepareHatch(const HexFrame& frame) {
    const int step = frame.layout.metrics().step;
    if (hatchStep_ == step && hatchColor_ == frame.theme.zeroByte) {
        return;
    }
    hatchStep_ = step;
    hatchColor_ = frame.theme.zeroByte;
    const int size = step * 3 / 2;
    QImage tile(size, size, QImage::Format_ARGB32_Premultiplied);
    tile.fill(Qt::transparent);
    for (int i = 0; i < size; ++i) {
        for (int thickness = 0; thickness < frame.layout.metrics().hairline; ++thickness) {
            tile.setPixelColor((i + thickness) % size, size - 1 - i, hatchColor_);
        }
    }
    hatch_ = QBrush(tile);
}

}  // namespace octavo::ui
