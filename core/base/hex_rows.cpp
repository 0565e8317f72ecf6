#include "core/base/hex_rows.h"

#include <algorithm>
#include <array>
#include <bit>

namespace octavo::core {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kFewestDigits = 8;

// "00000000: 0011 2233 4455 6677 8899 aabb ccdd eeff  ................\n", with sixteen digits.
constexpr std::size_t kCells = 2;
constexpr std::size_t kText = kCells + kRowBytes * 2 + kRowBytes / 2 + 1;
constexpr std::size_t kLongestRow = 16 + kText + kRowBytes + 1;

constexpr std::array<std::array<char, 2>, 256> kHex = [] {
    std::array<std::array<char, 2>, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = {kDigits[i >> 4U], kDigits[i & 0xFU]};
    }
    return table;
}();

char shown(Byte byte) {
    return byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
}

// Writes the row and returns where it ends.
char* putRow(char* at, Offset offset, ByteSpan bytes) {
    const auto number = static_cast<std::uint64_t>(offset);
    const auto digits =
        std::max(kFewestDigits, static_cast<std::size_t>(std::bit_width(number) + 3) / 4);
    for (std::size_t i = 0; i < digits; ++i) {
        at[i] = kDigits[number >> (4 * (digits - 1 - i)) & 0xFU];
    }
    at += digits;
    std::fill_n(at, kText, ' ');
    at[0] = ':';
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::copy_n(kHex[bytes[i]].begin(), 2, at + kCells + i * 2 + i / 2);
        at[kText + i] = shown(bytes[i]);
    }
    at += kText + bytes.size();
    *at = '\n';
    return at + 1;
}

// Puts ?? over the bytes of the row that ends at `end` and could not be read; false where that is
// all of them.
bool markUnreadable(char* end, Offset offset, std::size_t count, const Unreadable& unreadable) {
    char* text = end - 1 - count;
    bool anyReadable = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (!unreadable.contains(offset + static_cast<Offset>(i))) {
            anyReadable = true;
            continue;
        }
        std::fill_n(text - kText + kCells + i * 2 + i / 2, 2, '?');
        text[i] = ' ';
    }
    return anyReadable;
}

}  // namespace

void appendHexRows(std::string& text, Offset offset, ByteSpan bytes, const Unreadable& unreadable) {
    const std::size_t rows = (bytes.size() + kRowBytes - 1) / kRowBytes;
    const std::size_t before = text.size();
    text.resize(before + rows * kLongestRow);
    char* at = text.data() + before;
    while (!bytes.empty()) {
        const ByteSpan row = bytes.first(std::min(bytes.size(), kRowBytes));
        char* end = putRow(at, offset, row);
        if (unreadable.isEmpty() || markUnreadable(end, offset, row.size(), unreadable)) {
            at = end;
        }
        bytes = bytes.subspan(row.size());
        offset += static_cast<Offset>(row.size());
    }
    text.resize(static_cast<std::size_t>(at - text.data()));
}

}  // namespace octavo::core
