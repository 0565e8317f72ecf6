#include "ui/hex/grid_font.h"

#include <QFontInfo>
#include <QString>

#include <algorithm>
#include <cmath>

namespace octavo::ui {

namespace {

quint32 glyphOf(const QRawFont& font, QChar character) {
    const QList<quint32> glyphs = font.glyphIndexesForString(QString(character));
    return glyphs.isEmpty() ? 0 : glyphs.first();
}

std::array<quint32, 16> digitsOf(const QRawFont& font) {
    std::array<quint32, 16> digits{};
    for (std::size_t value = 0; value < digits.size(); ++value) {
        digits[value] = glyphOf(font, QLatin1Char("0123456789ABCDEF"[value]));
    }
    return digits;
}

std::array<quint32, 256> charactersOf(const QRawFont& font) {
    quint32 dot = glyphOf(font, QChar(0x00B7));
    if (dot == 0) {
        dot = glyphOf(font, u'.');
    }
    std::array<quint32, 256> characters{};
    for (std::size_t byte = 0; byte < characters.size(); ++byte) {
        // A hard space and a soft hyphen show nothing, which only a plain space may.
        const QChar character(static_cast<char16_t>(byte));
        const bool shown = character.isPrint() && byte != 0xA0 && byte != 0xAD;
        const quint32 glyph = shown ? glyphOf(font, character) : 0;
        characters[byte] = glyph != 0 ? glyph : dot;
    }
    return characters;
}

int rounded(double value) {
    return static_cast<int>(std::lround(value));
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
    characters_ = charactersOf(regular_);

    const QList<QPointF> advances = regular_.advancesForGlyphIndexes({digits_[0]});
    metrics_.digitWidth = std::max(1, rounded(advances.value(0).x()));
    metrics_.rowHeight = rounded(1.5 * logicalSize * scale);
    metrics_.step = std::max(1, rounded(4 * scale));
    metrics_.hairline = std::max(1, static_cast<int>(scale));
    capHeight_ = rounded(regular_.capHeight());
    baseline_ = (metrics_.rowHeight + capHeight_ + 1) / 2;
}

}  // namespace octavo::ui
