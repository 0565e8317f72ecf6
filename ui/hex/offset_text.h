// The numbers in the grid's headers: what the gutter says of a row, and the header of a column.
// For those who draw them and for those who tell them in words.
//
// Thread rule: pure functions; nothing is allocated.
#pragma once

#include "ui/hex/hex_layout.h"

#include <array>
#include <string_view>

namespace octavo::ui {

struct OffsetText {
    std::array<char, 20> characters{};  ///< a sign and nineteen digits at most
    int size = 0;
    std::string_view view() const { return {characters.data(), static_cast<std::size_t>(size)}; }
};

/// The offset that a row begins with, in layout.offsetDigits() digits of the format's base. Where
/// offsets are relative, a sign and the distance from `caret`.
OffsetText rowText(const HexLayout& layout, core::Offset row, core::Offset caret);

/// The number of a column, in as many digits as the last one of the row needs; two at least.
OffsetText columnText(const HexLayout& layout, int column);

}  // namespace octavo::ui
