#include "core/search/pattern.h"

#include "core/search/hex_pattern_parser.h"

#include <algorithm>
#include <cstring>

namespace octavo::core {

namespace {

std::uint64_t loadWord(const Byte* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof(word));
    return word;
}

}  // namespace

Result<Pattern> Pattern::fromHex(std::string_view text) {
    const Result<std::vector<HexPosition>> positions = parseHexPattern(text);
    if (!positions) {
        return positions.error();
    }
    Pattern pattern;
    for (const HexPosition& position : *positions) {
        std::visit([&](const auto& each) { pattern.add(each); }, position);
    }
    return pattern;
}

Result<Pattern> Pattern::fromText(std::string_view text) {
    if (text.empty()) {
        return Error::invalid("read the pattern", "it is empty");
    }
    return fromBytes(Bytes(text.begin(), text.end()));
}

Pattern Pattern::fromBytes(Bytes bytes) {
    Pattern pattern;
    pattern.mask_.assign(bytes.size(), Byte{0xFF});
    pattern.bytes_ = std::move(bytes);
    return pattern;
}

Pattern Pattern::fromSets(std::span<const ByteSet> sets) {
    Pattern pattern;
    for (const ByteSet& set : sets) {
        pattern.add(set);
    }
    return pattern;
}

Pattern Pattern::fromMasked(std::span<const Cover> bytes) {
    Pattern pattern;
    for (const Cover& each : bytes) {
        pattern.add(each);
    }
    return pattern;
}

void Pattern::add(const Cover& cover) {
    bytes_.push_back(cover.value);
    mask_.push_back(cover.mask);
}

void Pattern::add(const ByteSet& set) {
    const Cover cover = coverOf(set);
    if (sizeOf(cover) != set.count()) {
        sets_.emplace_back(bytes_.size(), set);
    }
    add(cover);
}

bool Pattern::isLiteral() const {
    return std::ranges::all_of(mask_, [](Byte mask) { return mask == 0xFF; });
}

bool Pattern::matchesZeros() const {
    return std::ranges::all_of(bytes_, [](Byte byte) { return byte == 0; }) &&
           std::ranges::all_of(sets_, [](const auto& each) { return each.second[0]; });
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
    return std::ranges::all_of(sets_,
                               [data](const auto& each) { return each.second[data[each.first]]; });
}

}  // namespace octavo::core
