// What one cell of the hex pane shows: a byte in some base, or several bytes as one number.
//
// A cell whose digits stand for bits of their own (hexadecimal, octal, binary) is typed digit by
// digit; any other is typed as a whole value.
//
// Thread rule: pure functions. Units: bytes, and characters of a cell's text.
#pragma once

#include "core/base/byte_order.h"
#include "core/base/types.h"

#include <array>
#include <optional>
#include <string_view>

namespace octavo::ui {

enum class CellKind {
    Hex8,
    Unsigned8,
    Signed8,
    Octal8,
    Binary8,
    Hex16,
    Unsigned16,
    Signed16,
    Hex32,
    Unsigned32,
    Signed32,
    Hex64,
    Unsigned64,
    Signed64,
    Float32,
    Float64,
};
inline constexpr int kCellKinds = 16;

struct CellKindFacts {
    CellKind kind;
    const char* name;  ///< for settings; never shown
    int bytes;
    int digits;        ///< characters of the longest text
    int bitsPerDigit;  ///< 0 where the value is typed as a whole
};
const CellKindFacts& factsOf(CellKind kind);
std::optional<CellKind> cellKindNamed(std::string_view name);

inline constexpr int kMostCellBytes = 8;
inline constexpr int kMostCellDigits = 24;

/// The text of a cell, ranged right: the last `factsOf(kind).digits` characters, spaces before it.
/// `bytes` are those of one whole cell. Floats as the shortest text that reads back the same.
struct CellText {
    std::array<char, kMostCellDigits> characters;
    int digits = 0;
    std::string_view view() const { return {characters.data(), static_cast<std::size_t>(digits)}; }
};
CellText cellText(CellKind kind, core::ByteOrder order, core::ByteSpan bytes);

/// What was typed as the bytes of one cell: decimal, hexadecimal with 0x, floats also inf and nan.
/// Nothing where it is no number or does not fit.
std::optional<core::Bytes> parseCell(CellKind kind, core::ByteOrder order, std::string_view text);

/// The bits that a digit of a cell stands for. Only for kinds that are typed by digits.
struct DigitPlace {
    int byte = 0;   ///< within the cell, as it lies in the document
    int shift = 0;  ///< bits below it in that byte
    int mask = 0;   ///< the largest value of the digit
    friend bool operator==(const DigitPlace&, const DigitPlace&) = default;
};
/// `digit` is counted from the left.
DigitPlace digitPlace(CellKind kind, core::ByteOrder order, int digit);

}  // namespace octavo::ui
