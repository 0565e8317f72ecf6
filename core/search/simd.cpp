#include "core/search/simd.h"

#include <array>

namespace octavo::core {

std::span<const Simd> availableSimd() {
    static constexpr std::array kAll{Simd::Scalar, Simd::Lanes16, Simd::Avx2};
#ifdef __x86_64__
    static const bool hasAvx2 = __builtin_cpu_supports("avx2") != 0;
#else
    static constexpr bool hasAvx2 = false;
#endif
    return std::span(kAll).first(hasAvx2 ? 3 : 2);
}

}  // namespace octavo::core
