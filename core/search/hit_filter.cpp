#include "core/search/hit_filter.h"

#include "core/search/hit_text.h"

#include <algorithm>
#include <cstdio>

namespace octavo::core {

namespace {

char small(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string inSmallLetters(std::string text) {
    std::ranges::transform(text, text.begin(), small);
    return text;
}

bool isDigit(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

/// Hexadecimal digits, perhaps with 0x in front and spaces between; else nothing.
std::string digitsOf(const std::string& text) {
    std::string digits;
    for (const char letter : text.starts_with("0x") ? text.substr(2) : text) {
        if (isDigit(letter))
            digits += letter;
        else if (letter != ' ')
            return {};
    }
    return digits;
}

/// Whether the digits stand in the bytes, from the first digit of one of them on.
bool holds(ByteSpan bytes, const std::string& digits) {
    static constexpr const char* kDigits = "0123456789abcdef";
    std::string all;
    for (const Byte byte : bytes) {
        all += kDigits[byte >> 4U];
        all += kDigits[byte & 0x0FU];
    }
    for (std::size_t at = all.find(digits); at != std::string::npos;
         at = all.find(digits, at + 1)) {
        if (at % 2 == 0)
            return true;
    }
    return false;
}

std::string offsetDigits(Offset offset) {
    char digits[20];
    std::snprintf(digits, sizeof digits, "%llx", static_cast<unsigned long long>(offset));
    return digits;
}

}  // namespace

HitFilter::HitFilter(SearchQuery query, std::string_view text)
    : query_(std::move(query))
    , text_(inSmallLetters(std::string(text)))
    , digits_(digitsOf(text_)) {}

bool HitFilter::admits(const Snapshot& snapshot, const Hit& hit) const {
    if (text_.empty())
        return true;
    const HitContext context = readContext(snapshot, hit, kBeside);
    Bytes bytes = context.before;
    bytes.insert(bytes.end(), context.bytes.begin(), context.bytes.end());
    // Of a long hit the rest lies between.
    if (!context.hasMore)
        bytes.insert(bytes.end(), context.after.begin(), context.after.end());
    const auto stands = [this](ByteSpan part) {
        return (!digits_.empty() && holds(part, digits_)) ||
               inSmallLetters(plainText(part)).find(text_) != std::string::npos;
    };
    if (stands(bytes) || (context.hasMore && stands(context.after)))
        return true;
    if (!digits_.empty() && offsetDigits(hit.offset).ends_with(digits_))
        return true;
    return inSmallLetters(hitText(query_, context.bytes)).find(text_) != std::string::npos;
}

}  // namespace octavo::core
