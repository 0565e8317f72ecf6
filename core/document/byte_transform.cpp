#include "core/document/byte_transform.h"

#include <algorithm>
#include <random>

namespace octavo::core {

namespace {

constexpr Offset kBits = 8;

template <typename Combine>
void combine(MutableByteSpan bytes, ByteSpan operand, Combine with) {
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<Byte>(with(bytes[i], operand[i % operand.size()]));
}

/// By less than a byte; what falls out in front comes in at the end where it is a rotation.
void shiftBitsLeft(MutableByteSpan bytes, unsigned bits, bool rotates) {
    if (bits == 0 || bytes.empty())
        return;
    const unsigned carry = rotates ? bytes.front() : 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const unsigned next = i + 1 < bytes.size() ? bytes[i + 1] : carry;
        bytes[i] = static_cast<Byte>((unsigned{bytes[i]} << bits) | (next >> (8U - bits)));
    }
}

void shiftBitsRight(MutableByteSpan bytes, unsigned bits) {
    if (bits == 0)
        return;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        const unsigned before = i > 0 ? bytes[i - 1] : 0;
        bytes[i] = static_cast<Byte>((unsigned{bytes[i]} >> bits) | (before << (8U - bits)));
    }
}

void rotateLeft(MutableByteSpan bytes, Offset bits) {
    std::rotate(bytes.begin(), bytes.begin() + bits / kBits, bytes.end());
    shiftBitsLeft(bytes, static_cast<unsigned>(bits % kBits), true);
}

}  // namespace

Status ByteTransform::check(Offset length) const {
    switch (kind) {
    case Kind::Xor:
    case Kind::And:
    case Kind::Or:
        if (operand.empty())
            return Error::invalid("change", "the bytes to change them with are missing");
        break;
    case Kind::ShiftLeft:
    case Kind::ShiftRight:
    case Kind::RotateLeft:
    case Kind::RotateRight:
        if (amount < 1)
            return Error::invalid("change", "the number of bits must be 1 at least");
        break;
    case Kind::Swap:
        if (amount < 2)
            return Error::invalid("change", "a unit has 2 bytes at least");
        if (length % amount != 0)
            return Error::invalid("change",
                                  "what is selected is no whole number of units of so many bytes");
        break;
    case Kind::Random:
    case Kind::Not:
    case Kind::Reverse:
        break;
    }
    return {};
}

void ByteTransform::apply(MutableByteSpan bytes) const {
    if (bytes.empty())
        return;
    const Offset all = static_cast<Offset>(bytes.size()) * kBits;
    const Offset shifted = std::min(amount, all);
    switch (kind) {
    case Kind::Random: {
        std::mt19937_64 engine(std::random_device{}());
        std::ranges::generate(bytes, [&] { return static_cast<Byte>(engine()); });
        break;
    }
    case Kind::Xor:
        return combine(bytes, operand, [](unsigned a, unsigned b) { return a ^ b; });
    case Kind::And:
        return combine(bytes, operand, [](unsigned a, unsigned b) { return a & b; });
    case Kind::Or:
        return combine(bytes, operand, [](unsigned a, unsigned b) { return a | b; });
    case Kind::Not:
        for (Byte& byte : bytes)
            byte = static_cast<Byte>(~byte);
        break;
    case Kind::ShiftLeft:
        std::shift_left(bytes.begin(), bytes.end(), shifted / kBits);
        std::fill(bytes.end() - shifted / kBits, bytes.end(), Byte{0});
        shiftBitsLeft(bytes, static_cast<unsigned>(shifted % kBits), false);
        break;
    case Kind::ShiftRight:
        std::shift_right(bytes.begin(), bytes.end(), shifted / kBits);
        std::fill(bytes.begin(), bytes.begin() + shifted / kBits, Byte{0});
        shiftBitsRight(bytes, static_cast<unsigned>(shifted % kBits));
        break;
    case Kind::RotateLeft:
        return rotateLeft(bytes, amount % all);
    case Kind::RotateRight:
        return rotateLeft(bytes, (all - amount % all) % all);
    case Kind::Swap:
        for (std::size_t at = 0; at < bytes.size(); at += static_cast<std::size_t>(amount))
            std::ranges::reverse(bytes.subspan(at, static_cast<std::size_t>(amount)));
        break;
    case Kind::Reverse:
        std::ranges::reverse(bytes);
        break;
    }
}

}  // namespace octavo::core
