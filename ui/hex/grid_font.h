// A fixed-pitch font in device pixels with its glyphs looked up once: sixteen digits and the
// pictures of 256 bytes, so that painting a cell costs two array reads.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"
#include "ui/hex/hex_layout.h"

#include <QFont>
#include <QRawFont>

#include <array>

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
    /// The Latin-1 character of a byte, or a dot.
    quint32 character(core::Byte byte) const { return characters_[byte]; }

private:
    QRawFont regular_;
    QRawFont bold_;
    QFont words_;
    HexMetrics metrics_;
    int baseline_ = 0;
    int capHeight_ = 0;
    std::array<quint32, 16> digits_{};
    std::array<quint32, 16> boldDigits_{};
    std::array<quint32, 256> characters_{};
};

}  // namespace octavo::ui
