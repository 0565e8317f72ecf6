// How numbers, texts and bytes are written in an edit log.
//
// Fixed numbers are little-endian. Varints carry 7 bits a byte, low bits first; what has a sign is
// zigzag (the sign in the lowest bit). Texts and bytes stand behind their length, a varint.
//
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace octavo::core {

class EditLogEncoder {
public:
    /// Adds to the end of `out`, which must outlive it.
    explicit EditLogEncoder(Bytes& out) : out_(out) {}

    void byte(unsigned value) { out_.push_back(static_cast<Byte>(value)); }
    void fixed32(std::uint32_t value) { fixed(value, sizeof value); }
    void fixed64(std::uint64_t value) { fixed(value, sizeof value); }
    void varint(std::uint64_t value) {
        std::array<Byte, 10> bytes;
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7U)
            bytes[size++] = static_cast<Byte>(value | 0x80U);
        bytes[size++] = static_cast<Byte>(value);
        out_.insert(out_.end(), bytes.data(), bytes.data() + size);
    }
    void zigzag(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        varint((bits << 1U) ^ (0 - (bits >> 63U)));
    }
    /// An offset or a length: not negative.
    void offset(Offset value) { varint(static_cast<std::uint64_t>(value)); }
    void bytes(ByteSpan value) {
        varint(value.size());
        out_.insert(out_.end(), value.begin(), value.end());
    }
    void text(std::string_view value) {
        varint(value.size());
        out_.insert(out_.end(), value.begin(), value.end());
    }

private:
    void fixed(std::uint64_t value, std::size_t size) {
        std::array<Byte, sizeof value> bytes;
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<Byte>(value >> (8 * i));
        out_.insert(out_.end(), bytes.data(), bytes.data() + size);
    }

    Bytes& out_;
};

/// Reads what an encoder wrote. Past the end everything is 0 and empty, and isGood() says so.
class EditLogDecoder {
public:
    explicit EditLogDecoder(ByteSpan in) : in_(in) {}

    bool isGood() const { return good_; }
    bool atEnd() const { return in_.empty(); }
    /// What has not been read.
    ByteSpan rest() const { return in_; }
    void skip(std::size_t count) { (void)take(count); }

    unsigned byte() {
        const ByteSpan one = take(1);
        return one.empty() ? 0 : one[0];
    }
    std::uint32_t fixed32() { return static_cast<std::uint32_t>(fixed(sizeof(std::uint32_t))); }
    std::uint64_t fixed64() { return fixed(sizeof(std::uint64_t)); }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const unsigned next = byte();
            value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
            if (next < 0x80)
                return value;
        }
        good_ = false;
        return 0;
    }
    std::uint32_t varint32() { return static_cast<std::uint32_t>(varint()); }
    std::int64_t zigzag() {
        const std::uint64_t value = varint();
        return static_cast<std::int64_t>((value >> 1U) ^ (0 - (value & 1U)));
    }
    Offset offset() {
        const std::uint64_t value = varint();
        if (value > static_cast<std::uint64_t>(kMaxLength))
            good_ = false;
        return good_ ? static_cast<Offset>(value) : 0;
    }
    /// Good as long as what is read from.
    ByteSpan bytes() {
        const std::uint64_t size = varint();
        if (size > in_.size())
            good_ = false;
        return good_ ? take(static_cast<std::size_t>(size)) : ByteSpan();
    }
    std::string text() {
        const ByteSpan value = bytes();
        return {value.begin(), value.end()};
    }

private:
    ByteSpan take(std::size_t count) {
        if (count > in_.size() || !good_) {
            good_ = false;
            in_ = {};
            return {};
        }
        const ByteSpan taken = in_.first(count);
        in_ = in_.subspan(count);
        return taken;
    }
    std::uint64_t fixed(std::size_t size) {
        const ByteSpan taken = take(size);
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < taken.size(); ++i)
            value |= static_cast<std::uint64_t>(taken[i]) << (8 * i);
        return value;
    }

    ByteSpan in_;
    bool good_ = true;
};

}  // namespace octavo::core
