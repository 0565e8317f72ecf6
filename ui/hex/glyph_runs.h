// Collects the glyphs of one colour and font and draws them with one call.
//
// The buffers are kept from row to row, so painting allocates nothing per cell.
// Thread rule: GUI thread.
#pragma once

#include <QColor>
#include <QGlyphRun>
#include <QPainter>
#include <QPointF>
#include <QRawFont>

#include <vector>

namespace octavo::ui {

class GlyphRuns {
public:
    /// In whole device pixels.
    void add(quint32 glyph, int x, int baseline) {
        glyphs_.push_back(glyph);
        positions_.emplace_back(x, baseline);
    }
    bool isEmpty() const { return glyphs_.empty(); }

    /// Draws what was added and forgets it.
    void draw(QPainter& painter, const QRawFont& font, const QColor& color) {
        if (isEmpty()) {
            return;
        }
        run_.setRawFont(font);
        run_.setRawData(glyphs_.data(), positions_.data(), static_cast<int>(glyphs_.size()));
        painter.setPen(color);
        painter.drawGlyphRun({}, run_);
        glyphs_.clear();
        positions_.clear();
    }

private:
    std::vector<quint32> glyphs_;
    std::vector<QPointF> positions_;
    QGlyphRun run_;
};

}  // namespace octavo::ui
