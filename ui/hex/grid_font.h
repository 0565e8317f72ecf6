// A fixed-pitch font in device pixels with its glyphs looked up once, so that painting a digit or
// a common character costs an array read.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/hex_layout.h"

#include <QFont>
#include <QGlyphRun>
#include <QRawFont>

#include <array>
#include <unordered_map>
#include <vector>

namespace octavo::ui {

class GridFont {
public:
    GridFont() = default;
    /// `scale` is device pixels per logical pixel.
    GridFont(const QFont& font, double scale);

    const QRawFont& regular() const { return regular_; }
    const QRawFont& bold() const { return bold_; }
    /// The same font for words, to be drawn in device pixels.
    const QFont& words() const { return words_; }
    /// What a layout needs of this font.
    const HexMetrics& metrics() const { return metrics_; }
    /// The base line of a row below its top: digits stand in its middle.
    int baseline() const { return baseline_; }
    int capHeight() const { return capHeight_; }

    quint32 digit(int value) const { return digits_[static_cast<std::size_t>(value)]; }
    quint32 boldDigit(int value) const { return boldDigits_[static_cast<std::size_t>(value)]; }
    /// What stands for a byte that shows nothing by itself.
    quint32 dot() const { return dot_; }
    /// 0 where the font does not have the character.
    quint32 glyph(char32_t character) const {
        const quint32 known = character < kCommon ? common_[character] : kUnknown;
        return known != kUnknown ? known : lookUp(character);
    }

    /// A character that the font does not have, in another one.
    struct Foreign {
        std::size_t font = 0;  ///< among foreignFonts(), where it is one glyph
        QGlyphRun run = {};    ///< from the base line's left end on
        int width = 0;         ///< from there to the end of its ink, or of its room
        int left = 0;          ///< where the one glyph stands, so that no ink is left of 0
        bool isTall = false;   ///< its ink reaches out of the row
        bool isOneGlyph() const { return run.glyphIndexes().size() == 1; }
    };
    const Foreign& foreign(char32_t character) const;
    /// Those that have been met so far.
    const std::vector<QRawFont>& foreignFonts() const { return foreignFonts_; }

private:
    /// Of other fonts' characters so many are remembered.
    static constexpr std::size_t kMostForeign = 8192;
    /// Latin, Greek, Cyrillic, Hebrew and Arabic.
    static constexpr std::size_t kCommon = 0x700;
    static constexpr quint32 kUnknown = 0xFFFFFFFF;

    quint32 lookUp(char32_t character) const;

    QRawFont regular_;
    QRawFont bold_;
    QFont words_;
    HexMetrics metrics_;
    int baseline_ = 0;
    int capHeight_ = 0;
    std::array<quint32, 16> digits_{};
    std::array<quint32, 16> boldDigits_{};
    quint32 dot_ = 0;
    mutable std::array<quint32, kCommon> common_{};
    mutable std::unordered_map<char32_t, quint32> rare_;
    mutable std::unordered_map<char32_t, Foreign> foreign_;
    mutable std::vector<QRawFont> foreignFonts_;
};

}  // namespace octavo::ui
