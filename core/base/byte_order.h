// Integers as they lie in memory, in either order of their bytes.
//
// Thread rule: pure functions. Units: bytes; one to eight of them make an integer.
#pragma once

#include "core/base/types.h"

#include <cstddef>
#include <cstdint>

namespace octavo::core {

enum class ByteOrder : std::uint8_t { Little, Big };

/// The place within a number of `width` bytes at which its byte of rank `rank` stands; rank 0 is
/// the lowest.
constexpr std::size_t placeOfRank(std::size_t rank, std::size_t width, ByteOrder order) {
    return order == ByteOrder::Little ? rank : width - 1 - rank;
}

/// At most eight bytes.
constexpr std::uint64_t loadInteger(ByteSpan bytes, ByteOrder order) {
    std::uint64_t value = 0;
    for (std::size_t rank = bytes.size(); rank-- > 0;) {
        value = value << 8 | bytes[placeOfRank(rank, bytes.size(), order)];
    }
    return value;
}

/// The lowest bytes of `value`, as many as `out` has room for.
constexpr void storeInteger(std::uint64_t value, ByteOrder order, MutableByteSpan out) {
    for (std::size_t rank = 0; rank < out.size(); ++rank) {
        out[placeOfRank(rank, out.size(), order)] = static_cast<Byte>(value >> (8 * rank));
    }
}

/// The two's complement of the lowest `width` bytes, 1 to 8.
constexpr std::int64_t signExtended(std::uint64_t value, std::size_t width) {
    const std::size_t unused = 8 * (8 - width);
    return static_cast<std::int64_t>(value << unused) >> unused;
}

}  // namespace octavo::core
