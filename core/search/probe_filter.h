// The inner loop of the search for bytes: two probes, each a byte under its mask at a position of
// the pattern, compared at 64 places a step. What passes both is a candidate.
//
// Thread rule: plain functions.
// Source of the idea: Rust's memchr crate (rare bytes), with masks for wildcards and letters.
#pragma once

#include "core/base/types.h"
#include "core/search/simd.h"

#include <cstddef>
#include <cstdint>

namespace octavo::core {

struct Probe {
    std::size_t position = 0;  ///< in the pattern
    Byte value = 0;            ///< bits that do not count are 0
    Byte mask = 0;
};

struct ProbePair {
    Probe a;
    Probe b;
};

/// Places looked at in one step.
inline constexpr std::size_t kProbeStep = 64;

struct Candidates {
    std::size_t at = 0;      ///< the first place of the step
    std::uint64_t bits = 0;  ///< bit i: place at + i passes; 0 where no place does
};

/// The first step from place `from` on that has candidates. Places are [0, places), and `data`
/// holds every byte that a probe of them looks at. Steps begin at `from` and are kProbeStep long
/// but for the last.
Candidates nextCandidates(const ProbePair& probes, const Byte* data, std::size_t from,
                          std::size_t places, Simd simd);
/// The same from the end: places are [0, places), steps end at `places`.
Candidates previousCandidates(const ProbePair& probes, const Byte* data, std::size_t places,
                              Simd simd);

}  // namespace octavo::core
