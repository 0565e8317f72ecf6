// Which vector instructions the searches use: the best of the machine, or one that a test forces.
//
// Thread rule: plain functions.
#pragma once

#include <cstdint>
#include <span>

namespace octavo::core {

enum class Simd : std::uint8_t {
    Scalar,   ///< a byte at a time: any machine
    Lanes16,  ///< 16 bytes: SSE2 on amd64, NEON on arm64
    Avx2,     ///< 32 bytes
};

/// Those that this machine has, the best one last.
std::span<const Simd> availableSimd();
inline Simd bestSimd() {
    return availableSimd().back();
}

}  // namespace octavo::core
