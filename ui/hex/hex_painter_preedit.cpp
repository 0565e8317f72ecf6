// The side of HexPainter that draws what an input method composes: over the cells from the caret
// on, underlined, until it is committed or taken back.
#include "ui/hex/hex_painter.h"

#include <QFontMetrics>

#include <algorithm>

namespace octavo::ui {

void HexPainter::paintPreedit(QPainter& painter, const HexFrame& frame, const Row& row) {
    const Preedit& preedit = frame.preedit;
    if (preedit.isEmpty()) {
        return;
    }
    const HexLayout& layout = frame.layout;
    const int height = layout.metrics().rowHeight;
    const int hairline = layout.metrics().hairline;
    const int room = layout.metrics().step / 2;
    painter.save();
    painter.setFont(frame.font.words());
    const QFontMetrics words = painter.fontMetrics();
    const auto widthOf = [&](int start, int length) {
        return words.horizontalAdvance(preedit.text.mid(start, length));
    };
    const int width = widthOf(0, -1);
    const int cursor = preedit.cursor < 0 ? 0 : widthOf(0, preedit.cursor);

    // At the caret, or as far to the left of it as it takes to be seen: all of it where there is
    // room for that, else its cursor.
    const int gridLeft = std::max(frame.left, layout.pane(HexPane::Hex).left);
    const int gridRight = frame.left + frame.width;
    int left =
        layout.glyphLeft(frame.pane, layout.columnOf(frame.selection.caret), frame.selection.digit);
    left = std::max(std::min(left, gridRight - width - room), gridLeft + room);
    left = std::min(left, gridRight - cursor - room);
    painter.setClipRect(QRect(gridLeft, row.top, gridRight - gridLeft, height), Qt::IntersectClip);
    painter.fillRect(QRect(left - room, row.top, width + 2 * room, height), frame.theme.base);
    const int underline = row.top + height - 2 * hairline;
    painter.fillRect(QRect(left, underline, width, hairline), frame.theme.text);
    if (preedit.clauseLength > 0) {
        const QRect clause(left + widthOf(0, preedit.clauseStart), row.top,
                           widthOf(preedit.clauseStart, preedit.clauseLength), height);
        painter.fillRect(clause, frame.theme.selection);
        painter.fillRect(QRect(clause.left(), underline, clause.width(), 2 * hairline),
                         frame.theme.text);
    }
    painter.setPen(frame.theme.text);
    painter.drawText(left, row.top + frame.font.baseline(), preedit.text);
    if (preedit.cursor >= 0) {
        painter.fillRect(QRect(left + cursor, row.top, 2 * hairline, height), frame.theme.accent);
    }
    painter.restore();
}

}  // namespace octavo::ui
