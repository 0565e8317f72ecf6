// What is sought: bytes, for each the bits that count, and at some positions a set of bytes that
// no mask can tell.
//
// Thread rule: plain value.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/search/byte_set.h"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace octavo::core {

class Pattern {
public:
    /// Hexadecimal bytes with or without blanks between them. For each position one of
    ///
    ///   DE  4?  ?F  ??      two characters, each a digit or '?'
    ///   AA&F0               the bits of AA that are set in F0
    ///   [00 FF 30-39]       any of these: bytes, masks and ranges
    ///
    /// Nothing at all, half a byte or another character is an error that names the part at fault.
    static Result<Pattern> fromHex(std::string_view text);
    /// The bytes of `text` as they are (UTF-8 where the caller has UTF-8). Empty is an error.
    static Result<Pattern> fromText(std::string_view text);
    /// Exactly these, at least one.
    static Pattern fromBytes(Bytes bytes);
    /// Any byte of the set at each position: at least one position, and no set empty.
    static Pattern fromSets(std::span<const ByteSet> sets);
    /// These bits of these bytes: at least one, and as many masks.
    static Pattern fromMasked(std::span<const Cover> bytes);

    Offset length() const { return static_cast<Offset>(bytes_.size()); }
    /// Value of each byte; bits that do not count are 0.
    ByteSpan bytes() const { return bytes_; }
    /// The bits that count of each byte.
    ByteSpan mask() const { return mask_; }
    /// Of positions where not every byte that passes the mask matches: which do.
    std::span<const std::pair<std::size_t, ByteSet>> sets() const { return sets_; }
    /// True where every bit of every byte counts.
    bool isLiteral() const;
    /// True where a run of zeros as long as the pattern matches it.
    bool matchesZeros() const;
    /// True where the pattern stands at the beginning of `data`, which is long enough.
    bool matchesAt(const Byte* data) const;

private:
    Pattern() = default;
    void add(const Cover& cover);
    void add(const ByteSet& set);

    Bytes bytes_;
    Bytes mask_;
    std::vector<std::pair<std::size_t, ByteSet>> sets_;
};

}  // namespace octavo::core
