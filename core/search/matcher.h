// Finds a pattern in bytes that are in memory: the inner loop of every search.
//
// A filter (probe_filter.h) compares the two bytes of the pattern that are rarest in a sample of
// the data, 64 places a step, each under its mask, so that literals and wildcards are the same
// code; what passes is compared whole. Where too much passes (periodic data, a needle that
// resembles it) a literal goes over to memmem, which does not slow down there; a masked pattern
// stays with the filter, whose worst case is the length of the data times an eighth of the
// pattern's. Source of the idea: Rust's memchr crate and ripgrep (rare bytes), glibc (two-way as
// the way out).
//
// Thread rule: one thread at a time; copies are independent.
// Units: positions in the span that is given.
#pragma once

#include "core/base/types.h"
#include "core/search/pattern.h"
#include "core/search/probe_filter.h"
#include "core/search/simd.h"

#include <cstddef>
#include <optional>

namespace octavo::core {

class Matcher {
public:
    explicit Matcher(Pattern pattern, Simd simd = bestSimd());

    const Pattern& pattern() const { return pattern_; }

    /// Chooses the bytes the filter looks for by what is rare in `data`, where that is long enough
    /// to be worth the microseconds. Changes speed only.
    void tune(ByteSpan data);

    /// Where the pattern stands first in `data`, whole.
    std::optional<std::size_t> first(ByteSpan data) const;
    /// Where the pattern stands last in `data`, whole.
    std::optional<std::size_t> last(ByteSpan data) const;

    /// Bytes that all calls so far compared in vain or in success, besides those that they passed.
    std::uint64_t verified() const { return verified_; }
    void resetVerified() { verified_ = 0; }

private:
    enum class Direction { Forwards, Backwards };

    struct Outcome {
        std::optional<std::size_t> match;
        std::size_t left = 0;  ///< places not looked at, because too much passed the filter
    };

    template <Direction Way>
    Outcome filter(ByteSpan data, std::size_t places) const;
    std::size_t costOfMiss(const Byte* data) const;
    std::optional<std::size_t> literalFirst(ByteSpan data) const;
    std::optional<std::size_t> literalLast(ByteSpan data) const;

    Pattern pattern_;
    bool literal_;
    Simd simd_;
    ProbePair probes_;
    mutable std::uint64_t verified_ = 0;
};

}  // namespace octavo::core
