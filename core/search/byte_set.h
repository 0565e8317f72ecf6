// Some of the 256 bytes: what may stand at one position of a pattern.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

#include <bitset>

namespace octavo::core {

using ByteSet = std::bitset<256>;

/// The bits that all bytes of a set share: the narrowest mask that lets all of them through.
struct Cover {
    Byte value = 0;  ///< bits that do not count are 0
    Byte mask = 0;
};

/// Of a set that is not empty.
inline Cover coverOf(const ByteSet& set) {
    unsigned all = 0xFF;
    unsigned any = 0;
    for (std::size_t byte = 0; byte < set.size(); ++byte) {
        if (set[byte]) {
            all &= static_cast<unsigned>(byte);
            any |= static_cast<unsigned>(byte);
        }
    }
    const unsigned mask = ~(all ^ any) & 0xFFU;
    return {static_cast<Byte>(all & mask), static_cast<Byte>(mask)};
}

/// How many bytes pass a mask.
inline std::size_t sizeOf(const Cover& cover) {
    std::size_t size = 1;
    for (unsigned open = static_cast<Byte>(~cover.mask); open != 0; open &= open - 1) {
        size *= 2;
    }
    return size;
}

}  // namespace octavo::core
