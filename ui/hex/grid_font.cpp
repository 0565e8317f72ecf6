#include "ui/hex/grid_font.h"

#include <QFontInfo>
#include <QString>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace octavo::ui {

namespace {

quint32 glyphOf(const QRawFont& font, char32_t character) {
    const QList<quint32> glyphs = font.glyphIndexesForString(QString::fromUcs4(&character, 1));
    return glyphs.isEmpty() ? 0 : glyphs.first();
}

std::array<quint32, 16> digitsOf(const QRawFont& font) {
    std::array<quint32, 16> digits{};
    for (std::size_t value = 0; value < digits.size(); ++value) {
        digits[value] = glyphOf(font, static_cast<char32_t>("0123456789ABCDEF"[value]));
    }
    return digits;
}

int rounded(double value) {
    return static_cast<int>(std::lround(value));
}

/// What is drawn of a run.
QRectF inkOf(const QGlyphRun& run) {
    QRectF ink;
    for (qsizetype i = 0; i < run.glyphIndexes().size(); ++i) {
        ink |= run.rawFont().boundingRect(run.glyphIndexes()[i]).translated(run.positions()[i]);
    }
    return ink;
}

}  // namespace

GridFont::GridFont(const QFont& font, double scale) : words_(font) {
    const int logicalSize = std::max(1, QFontInfo(font).pixelSize());
    words_.setPixelSize(std::max(1, rounded(logicalSize * scale)));
    QFont bold = words_;
    bold.setBold(true);
    regular_ = QRawFont::fromFont(words_);
    bold_ = QRawFont::fromFont(bold);
    digits_ = digitsOf(regular_);
    boldDigits_ = digitsOf(bold_);
    common_.fill(kUnknown);
    const quint32 middle = glyph(0x00B7);
    dot_ = middle != 0 ? middle : glyph(U'.');

    const QList<QPointF> advances = regular_.advancesForGlyphIndexes({digits_[0]});
    metrics_.digitWidth = std::max(1, rounded(advances.value(0).x()));
    metrics_.rowHeight = rounded(1.5 * logicalSize * scale);
    metrics_.step = std::max(1, rounded(4 * scale));
    metrics_.hairline = std::max(1, static_cast<int>(scale));
    capHeight_ = rounded(regular_.capHeight());
    baseline_ = (metrics_.rowHeight + capHeight_ + 1) / 2;
}

const GridFont::Foreign& GridFont::foreign(char32_t character) const {
    if (const auto known = foreign_.find(character); known != foreign_.end()) {
        return known->second;
    }
    if (foreign_.size() >= kMostForeign) {
        foreign_.clear();
    }
    QTextLayout layout(QString::fromUcs4(&character, 1), words_);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    Foreign& made = foreign_[character];
    made.width = static_cast<int>(std::ceil(line.naturalTextWidth()));
    const QList<QGlyphRun> runs = layout.glyphRuns();
    if (!runs.isEmpty()) {
        made.run = runs.first();
        QList<QPointF> positions = made.run.positions();
        const QRectF ink = inkOf(made.run);
        // Marks and symbols may reach back over what stands before them.
        made.left = std::max(0, static_cast<int>(std::ceil(-ink.left())));
        made.width = std::max(made.width, static_cast<int>(std::ceil(ink.right())) + made.left);
        const double above = line.ascent() - ink.top();
        made.isTall = std::ceil(above) > baseline_ ||
                      std::ceil(ink.bottom() - line.ascent()) > metrics_.rowHeight - baseline_;
        for (QPointF& position : positions) {
            position += QPointF(made.left, -line.ascent());
        }
        made.run.setPositions(positions);
        const auto place = std::ranges::find(foreignFonts_, made.run.rawFont());
        made.font = static_cast<std::size_t>(place - foreignFonts_.begin());
        if (place == foreignFonts_.end()) {
            foreignFonts_.push_back(made.run.rawFont());
        }
    }
    return made;
}

quint32 GridFont::lookUp(char32_t character) const {
    if (character < kCommon) {
        return common_[character] = glyphOf(regular_, character);
    }
    const auto [place, isNew] = rare_.try_emplace(character);
    if (isNew) {
        place->second = glyphOf(regular_, character);
    }
    return place->second;
}

}  // namespace octavo::ui
