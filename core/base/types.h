// The words every layer shares: bytes, offsets and half-open extents.
//
// Units: bytes. Every offset and length is a signed 64-bit number between 0 and kMaxLength
// (2^63 - 1); signed so that a difference of two offsets is an offset again.
// Thread rule: plain values.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace octavo::core {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteSpan = std::span<const Byte>;
using MutableByteSpan = std::span<Byte>;

/// A position in a document, or a number of bytes.
using Offset = std::int64_t;

inline constexpr Offset kMaxLength = std::numeric_limits<Offset>::max();

/// The sum of two offsets, or nothing where it would pass kMaxLength or either is negative.
constexpr std::optional<Offset> checkedSum(Offset a, Offset b) {
    if (a < 0 || b < 0 || a > kMaxLength - b)
        return std::nullopt;
    return a + b;
}

/// A half-open run of bytes in a document: [offset, offset + length).
struct Extent {
    Offset offset = 0;
    Offset length = 0;

    constexpr Offset end() const { return offset + length; }
    constexpr bool isEmpty() const { return length == 0; }
    constexpr bool contains(Offset position) const {
        return position >= offset && position - offset < length;
    }
    /// True where the numbers make an extent at all: not negative, end within kMaxLength.
    constexpr bool isValid() const { return checkedSum(offset, length).has_value(); }
    friend constexpr bool operator==(const Extent&, const Extent&) = default;
};

/// The bytes that both extents hold; empty (at the later start) where they do not meet.
constexpr Extent intersection(const Extent& a, const Extent& b) {
    const Offset from = std::max(a.offset, b.offset);
    const Offset to = std::min(a.end(), b.end());
    return {from, to > from ? to - from : 0};
}

/// A position in a file. A type of its own, so that it is never taken for a document offset.
struct FileOffset {
    Offset value = 0;

    friend constexpr auto operator<=>(const FileOffset&, const FileOffset&) = default;
    friend constexpr FileOffset operator+(FileOffset at, Offset by) { return {at.value + by}; }
    friend constexpr Offset operator-(FileOffset a, FileOffset b) { return a.value - b.value; }
};

/// A half-open run of bytes in a file.
struct FileExtent {
    FileOffset offset;
    Offset length = 0;

    constexpr FileOffset end() const { return offset + length; }
    constexpr bool isEmpty() const { return length == 0; }
    friend constexpr bool operator==(const FileExtent&, const FileExtent&) = default;
};

}  // namespace octavo::core
