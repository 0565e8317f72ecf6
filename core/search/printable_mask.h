// The inner loop of the search for strings: at which of 64 places a printable character may begin.
//
// Thread rule: plain functions.
#pragma once

#include "core/base/types.h"
#include "core/search/simd.h"

#include <cstddef>
#include <cstdint>

namespace octavo::core {

enum class StringEncoding : std::uint8_t { Ascii, Latin1, Utf8, Utf16Le, Utf16Be };

/// Bytes that a character has at least, and places between two of them at least.
inline std::size_t unitSize(StringEncoding encoding) {
    return encoding == StringEncoding::Utf16Le || encoding == StringEncoding::Utf16Be ? 2 : 1;
}

/// Bit i is set where a printable character may begin at data[i], for `count` (at most 64) places;
/// clear where surely none does. There are unitSize() - 1 more bytes behind them.
std::uint64_t printableMask(StringEncoding encoding, const Byte* data, std::size_t count,
                            Simd simd);

/// Printable are the characters of ASCII from the blank to the tilde and the tab, and those of the
/// encoding beyond A0.
inline bool isPrintableByte(unsigned byte, bool beyondAscii) {
    return (byte >= 0x20 && byte <= 0x7E) || byte == 0x09 || (beyondAscii && byte >= 0xA0);
}

/// Of UTF-16: Latin, Greek, Cyrillic and Armenian, as most pairs of any bytes are some character.
inline bool isPrintableUnit(unsigned unit) {
    return unit < 0x100 ? isPrintableByte(unit, true) : unit < 0x590;
}

}  // namespace octavo::core
