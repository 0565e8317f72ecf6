#include "core/search/pattern.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

namespace octavo::core {

namespace {

constexpr const char* kOperation = "read the pattern";

bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct Nibble {
    unsigned value = 0;
    unsigned mask = 0;
};

std::optional<Nibble> nibbleOf(char c) {
    if (c >= '0' && c <= '9') {
        return Nibble{static_cast<unsigned>(c - '0'), 0xF};
    }
    if (c >= 'a' && c <= 'f') {
        return Nibble{static_cast<unsigned>(c - 'a') + 10, 0xF};
    }
    if (c >= 'A' && c <= 'F') {
        return Nibble{static_cast<unsigned>(c - 'A') + 10, 0xF};
    }
    if (c == '?') {
        return Nibble{};
    }
    return std::nullopt;
}

Error fault(std::string_view what, std::string_view part) {
    // A pattern can be a pasted file; the part at fault need not be shown to its end.
    constexpr std::size_t kMostShown = 20;
    std::string reason(what);
    reason += ": ";
    reason += printable(part.substr(0, kMostShown));
    if (part.size() > kMostShown) {
        reason += "...";
    }
    return Error::invalid(kOperation, reason);
}

std::uint64_t loadWord(const Byte* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof(word));
    return word;
}

}  // namespace

Pattern::Pattern(Bytes bytes, Bytes mask) : bytes_(std::move(bytes)), mask_(std::move(mask)) {}

Result<Pattern> Pattern::fromHex(std::string_view text) {
    Bytes bytes;
    Bytes mask;
    for (std::size_t i = 0; i < text.size();) {
        if (isBlank(text[i])) {
            ++i;
            continue;
        }
        const std::optional<Nibble> high = nibbleOf(text[i]);
        if (!high) {
            return fault("not a hexadecimal digit or ?", text.substr(i));
        }
        if (i + 1 == text.size() || isBlank(text[i + 1])) {
            return fault("half a byte", text.substr(i, 1));
        }
        const std::optional<Nibble> low = nibbleOf(text[i + 1]);
        if (!low) {
            return fault("not a hexadecimal digit or ?", text.substr(i + 1));
        }
        bytes.push_back(static_cast<Byte>(high->value << 4U | low->value));
        mask.push_back(static_cast<Byte>(high->mask << 4U | low->mask));
        i += 2;
    }
    if (bytes.empty()) {
        return Error::invalid(kOperation, "it is empty");
    }
    return Pattern(std::move(bytes), std::move(mask));
}

Result<Pattern> Pattern::fromText(std::string_view text) {
    if (text.empty()) {
        return Error::invalid(kOperation, "it is empty");
    }
    return Pattern(Bytes(text.begin(), text.end()), Bytes(text.size(), Byte{0xFF}));
}

bool Pattern::isLiteral() const {
    return std::ranges::all_of(mask_, [](Byte mask) { return mask == 0xFF; });
}

bool Pattern::matchesZeros() const {
    return std::ranges::all_of(bytes_, [](Byte byte) { return byte == 0; });
}

bool Pattern::matchesAt(const Byte* data) const {
    const std::size_t size = bytes_.size();
    std::size_t i = 0;
    for (; i + sizeof(std::uint64_t) <= size; i += sizeof(std::uint64_t)) {
        if (((loadWord(data + i) ^ loadWord(&bytes_[i])) & loadWord(&mask_[i])) != 0) {
            return false;
        }
    }
    for (; i < size; ++i) {
        if (((data[i] ^ bytes_[i]) & mask_[i]) != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace octavo::core
