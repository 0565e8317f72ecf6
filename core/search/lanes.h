// Sixteen bytes at a time in the compiler's own words, which GCC and Clang make SSE2 of on amd64
// and NEON on arm64, and bits for the bytes that passed a comparison.
#pragma once

#include "core/base/types.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace octavo::core {

using Lane16 [[gnu::vector_size(16)]] = Byte;

static_assert(std::endian::native == std::endian::little,
              "byteBits() counts bytes from the low end");

/// Bit i is set where byte i is FF; the others are 00. The product moves the low bit of byte i to
/// bit 56 + i, and nothing else comes there.
inline std::uint64_t byteBits(std::uint64_t word) {
    constexpr std::uint64_t kLowBits = 0x0101010101010101;
    return ((word & kLowBits) * 0x0102040810204080) >> 56U;
}

/// The same for the 16 bytes of a lane.
inline std::uint64_t laneBits(const Lane16& lane) {
    std::uint64_t words[2];
    std::memcpy(words, &lane, sizeof(words));
    return byteBits(words[0]) | byteBits(words[1]) << 8U;
}

}  // namespace octavo::core
