#include "core/search/printable_mask.h"

#include "core/search/lanes.h"

#include <cstring>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace octavo::core {

namespace {

// Where the low and the high byte of a character stand; for one byte there is no high one.
struct Shape {
    std::size_t low = 0;
    std::size_t high = 0;
    bool isWide = false;
    Byte beyond = 0;  ///< bytes from here on may be printable; 0: none
};

Shape shapeOf(StringEncoding encoding) {
    switch (encoding) {
    case StringEncoding::Ascii:
        return {};
    case StringEncoding::Latin1:
        return {0, 0, false, 0xA0};
    case StringEncoding::Utf8:
        return {0, 0, false, 0x80};
    case StringEncoding::Utf16Le:
        return {0, 1, true, 0xA0};
    case StringEncoding::Utf16Be:
        return {1, 0, true, 0xA0};
    }
    return {};
}

bool mayBegin(const Shape& shape, const Byte* data) {
    const Byte low = data[shape.low];
    const bool narrow = isPrintableByte(low, false) || (shape.beyond != 0 && low >= shape.beyond);
    if (!shape.isWide) {
        return narrow;
    }
    const Byte high = data[shape.high];
    return high == 0 ? narrow : high <= 5;
}

std::uint64_t scalarMask(const Shape& shape, const Byte* data, std::size_t count) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bits |= std::uint64_t{mayBegin(shape, data + i)} << i;
    }
    return bits;
}

using Lane32 [[gnu::vector_size(32)]] = Byte;

// A byte FF for each place where a character may begin. Taken into its callers, each of which is
// compiled for its own machine.
template <typename Lane>
[[gnu::always_inline]] inline void mayBeginLanes(const Shape& shape, const Byte* data, Lane& out) {
    Lane low;
    std::memcpy(&low, data + shape.low, sizeof(low));
    auto narrow = reinterpret_cast<Lane>(low - Byte{0x20} <= Byte{0x7E - 0x20}) |
                  reinterpret_cast<Lane>(low == Byte{0x09});
    if (shape.beyond != 0) {
        narrow |= reinterpret_cast<Lane>(low >= shape.beyond);
    }
    if (shape.isWide) {
        Lane high;
        std::memcpy(&high, data + shape.high, sizeof(high));
        narrow &= reinterpret_cast<Lane>(high == Byte{0});
        narrow |= reinterpret_cast<Lane>(high - Byte{1} <= Byte{4});
    }
    out = narrow;
}

std::uint64_t lanesMask(const Shape& shape, const Byte* data) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; i += sizeof(Lane16)) {
        Lane16 lane;
        mayBeginLanes(shape, data + i, lane);
        bits |= laneBits(lane) << i;
    }
    return bits;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) std::uint64_t avx2Mask(const Shape& shape, const Byte* data) {
    Lane32 low;
    Lane32 high;
    mayBeginLanes(shape, data, low);
    mayBeginLanes(shape, data + sizeof(low), high);
    const auto bitsOf = [](const Lane32& lane) __attribute__((target("avx2"), always_inline)) {
        return static_cast<std::uint32_t>(
            _mm256_movemask_epi8(reinterpret_cast<const __m256i&>(lane)));
    };
    return bitsOf(low) | std::uint64_t{bitsOf(high)} << 32U;
}
#endif

}  // namespace

std::uint64_t printableMask(StringEncoding encoding, const Byte* data, std::size_t count,
                            Simd simd) {
    const Shape shape = shapeOf(encoding);
    if (count < 64 || simd == Simd::Scalar) {
        return scalarMask(shape, data, count);
    }
#ifdef __x86_64__
    if (simd == Simd::Avx2) {
        return avx2Mask(shape, data);
    }
#endif
    return lanesMask(shape, data);
}

}  // namespace octavo::core
