// Changes bytes in their place: by an operand, as bits, in their order. The length stays.
//
// Shifts and rotations take all the bytes as one string of bits, the highest bit of the first byte
// first; zeros come in. An operand is repeated from the first byte on.
//
// Thread rule: plain value. Cost: one pass over the bytes.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <cstdint>

namespace octavo::core {

struct ByteTransform {
    enum class Kind : std::uint8_t {
        Random,
        Xor,
        And,
        Or,
        Not,
        ShiftLeft,
        ShiftRight,
        RotateLeft,
        RotateRight,
        Swap,  ///< the bytes of each unit in the other order
        Reverse
    };

    Kind kind = Kind::Not;
    Bytes operand = {};  ///< of Xor, And, Or
    Offset amount = 0;   ///< bits of shifts and rotations; bytes of a unit of Swap

    /// An error that says what is missing, or does not fit so many bytes.
    Status check(Offset length) const;
    /// `bytes` have passed check().
    void apply(MutableByteSpan bytes) const;
};

}  // namespace octavo::core
