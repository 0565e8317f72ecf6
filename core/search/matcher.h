// Finds a pattern in bytes that are in memory: the inner loop of every search.
//
// A filter compares the two bytes of the pattern that are rarest in a sample of the data, 64
// places a step, each under its mask, so that literals and wildcards are the same code; what
// passes is compared whole. Where too much passes (periodic data, a needle that resembles it) a
// literal goes over to memmem, which does not slow down there; a masked pattern stays with the
// filter, whose worst case is the length of the data times an eighth of the pattern's.
// Source of the idea: Rust's memchr crate and ripgrep (rare bytes), glibc (two-way as the way out).
//
// Thread rule: one thread at a time; copies are independent.
// Units: positions in the span that is given.
#pragma once

#include "core/base/types.h"
#include "core/search/pattern.h"

#include <array>
#include <cstddef>
#include <optional>

namespace octavo::core {

class Matcher {
public:
    explicit Matcher(Pattern pattern);

    const Pattern& pattern() const { return pattern_; }

    /// Chooses the bytes the filter looks for by what is rare in `data`. Changes speed only, and
    /// is worth its microseconds once in some hundred kilobytes.
    void tune(ByteSpan data);

    /// Where the pattern stands first in `data`, whole.
    std::optional<std::size_t> first(ByteSpan data) const;
    /// Where the pattern stands last in `data`, whole.
    std::optional<std::size_t> last(ByteSpan data) const;

private:
    enum class Direction { Forwards, Backwards };

    /// A byte of the pattern that the filter looks for.
    struct Probe {
        std::size_t position = 0;
        Byte value = 0;
        Byte mask = 0;
    };

    struct Outcome {
        std::optional<std::size_t> match;
        std::size_t left = 0;  ///< places not looked at, because too much passed the filter
    };

    /// A bit for each of the `count` (at most 64) places from `data` on that passes the filter.
    std::uint64_t candidates(const Byte* data, std::size_t count) const;
    template <Direction Way>
    Outcome filter(ByteSpan data, std::size_t places) const;
    std::size_t costOfMiss(const Byte* data) const;
    std::optional<std::size_t> literalFirst(ByteSpan data) const;
    std::optional<std::size_t> literalLast(ByteSpan data) const;

    Pattern pattern_;
    bool literal_;
    std::array<Probe, 2> probes_;
};

}  // namespace octavo::core
