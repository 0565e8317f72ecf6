// The side of HexPainter that draws bookmarks: a flag in the gutter of their row, and a corner at
// the very byte.
#include "ui/hex/hex_painter.h"

#include <QPolygon>

#include <algorithm>

namespace octavo::ui {

void HexPainter::paintBookmarks(QPainter& painter, const HexFrame& frame, const Row& row) {
    const core::Offset first = row.number * frame.layout.bytesPerRow();
    const auto begin = std::ranges::lower_bound(frame.bookmarks, first, {}, &ShownBookmark::offset);
    const int height = frame.layout.metrics().rowHeight;
    const int step = frame.layout.metrics().step;
    for (auto mark = begin; mark != frame.bookmarks.end(); ++mark) {
        const core::Offset column = mark->offset - first;
        if (column >= frame.layout.bytesPerRow()) {
            break;
        }
        const QColor color = bookmarkColor(frame.theme, mark->color);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        // Several in a row stand behind each other; the first one is seen.
        if (mark == begin) {
            const QRect flag(step / 2, row.top + height / 5, 2 * step, height * 3 / 5);
            painter.drawPolygon(QPolygon({flag.topLeft(),
                                          {flag.right(), flag.top()},
                                          {flag.right() - step * 3 / 4, flag.center().y()},
                                          {flag.right(), flag.bottom()},
                                          flag.bottomLeft()}));
        }
        for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
            const int left = frame.layout.cell(pane, static_cast<int>(column)).left;
            const int side = step * 3 / 2;
            painter.drawPolygon(
                QPolygon({{left, row.top}, {left + side, row.top}, {left, row.top + side}}));
        }
        painter.restore();
    }
}

}  // namespace octavo::ui
