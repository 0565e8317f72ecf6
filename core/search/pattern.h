// What is sought: bytes, and for each the bits that count.
//
// Thread rule: plain value.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <string_view>

namespace octavo::core {

class Pattern {
public:
    /// Hexadecimal bytes with or without blanks between them: "DE AD ?? 4? ?F", "dead??". A byte
    /// is two characters, each a digit or '?'. Nothing at all, half a byte or another character
    /// is an error that names the part at fault.
    static Result<Pattern> fromHex(std::string_view text);
    /// The bytes of `text` as they are (UTF-8 where the caller has UTF-8). Empty is an error.
    static Result<Pattern> fromText(std::string_view text);

    Offset length() const { return static_cast<Offset>(bytes_.size()); }
    /// Value of each byte; bits that do not count are 0.
    ByteSpan bytes() const { return bytes_; }
    /// The bits that count of each byte: FF, F0, 0F or 00.
    ByteSpan mask() const { return mask_; }
    /// True where every bit of every byte counts.
    bool isLiteral() const;
    /// True where a run of zeros as long as the pattern matches it.
    bool matchesZeros() const;
    /// True where the pattern stands at the beginning of `data`, which is long enough.
    bool matchesAt(const Byte* data) const;

private:
    Pattern(Bytes bytes, Bytes mask);

    Bytes bytes_;
    Bytes mask_;
};

}  // namespace octavo::core
