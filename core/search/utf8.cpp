#include "core/search/utf8.h"

#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace octavo::core {

Utf8Character utf8Character(ByteSpan bytes) {
    std::size_t at = 0;
    UChar32 point = -1;
#pragma GCC diagnostic push
// The macro narrows in its own lines.
#pragma GCC diagnostic ignored "-Wconversion"
    if (!bytes.empty()) {
        U8_NEXT(bytes.data(), at, bytes.size(), point);
    }
#pragma GCC diagnostic pop
    return point < 0 ? Utf8Character{} : Utf8Character{static_cast<char32_t>(point), at};
}

void appendUtf8(std::string& text, char32_t point) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::size_t size = 0;
#pragma GCC diagnostic push
// As above.
#pragma GCC diagnostic ignored "-Wconversion"
    U8_APPEND_UNSAFE(bytes.data(), size, point);
#pragma GCC diagnostic pop
    text.append(bytes.begin(), bytes.begin() + size);
}

bool isPrintableCharacter(char32_t point) {
    return point >= 0xA0 && u_isprint(static_cast<UChar32>(point)) != 0;
}

}  // namespace octavo::core
