#include "core/search/probe_filter.h"

#include "core/search/lanes.h"

#include <algorithm>
#include <array>
#include <cstring>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace octavo::core {

namespace {

std::uint64_t someBits(const ProbePair& probes, const Byte* data, std::size_t count) {
    const auto& [a, b] = probes;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool passes = (data[i + a.position] & a.mask) == a.value &&
                            (data[i + b.position] & b.mask) == b.value;
        bits |= std::uint64_t{passes} << i;
    }
    return bits;
}

class ScalarStep {
public:
    explicit ScalarStep(const ProbePair& probes) : probes_(probes) {}
    std::uint64_t operator()(const Byte* data) const { return someBits(probes_, data, kProbeStep); }

private:
    const ProbePair& probes_;
};

using Lane = Lane16;
using LaneWords [[gnu::vector_size(16)]] = std::uint64_t;

Lane load(const Byte* from) {
    Lane lane;
    std::memcpy(&lane, from, sizeof(lane));
    return lane;
}

class LanesStep {
public:
    explicit LanesStep(const ProbePair& probes)
        : a_(probes.a.position)
        , b_(probes.b.position)
        , maskA_(Lane{} + probes.a.mask)
        , maskB_(Lane{} + probes.b.mask)
        , valueA_(Lane{} + probes.a.value)
        , valueB_(Lane{} + probes.b.value) {}

    std::uint64_t operator()(const Byte* data) const {
        std::array<Lane, kProbeStep / sizeof(Lane)> hits{};
        Lane any{};
        for (std::size_t i = 0; i < hits.size(); ++i) {
            const Byte* from = data + i * sizeof(Lane);
            const auto hitA = (load(from + a_) & maskA_) == valueA_;
            const auto hitB = (load(from + b_) & maskB_) == valueB_;
            hits[i] = reinterpret_cast<Lane>(hitA & hitB);
            any |= hits[i];
        }
        const auto words = reinterpret_cast<LaneWords>(any);
        if ((words[0] | words[1]) == 0) {
            return 0;
        }
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < hits.size(); ++i) {
            bits |= laneBits(hits[i]) << (i * sizeof(Lane));
        }
        return bits;
    }

private:
    std::size_t a_;
    std::size_t b_;
    Lane maskA_;
    Lane maskB_;
    Lane valueA_;
    Lane valueB_;
};

template <typename Step>
Candidates next(const ProbePair& probes, const Step& step, const Byte* data, std::size_t from,
                std::size_t places) {
    std::size_t at = from;
    for (; at + kProbeStep <= places; at += kProbeStep) {
        if (const std::uint64_t bits = step(data + at)) {
            return {at, bits};
        }
    }
    return {at, someBits(probes, data + at, places - at)};
}

template <typename Step>
Candidates previous(const ProbePair& probes, const Step& step, const Byte* data,
                    std::size_t places) {
    std::size_t left = places;
    for (; left >= kProbeStep; left -= kProbeStep) {
        if (const std::uint64_t bits = step(data + left - kProbeStep)) {
            return {left - kProbeStep, bits};
        }
    }
    return {0, someBits(probes, data, left)};
}

#ifdef __x86_64__

// The machine's own prefetching ends at each page.
constexpr std::size_t kPrefetch = 4096;

// Taken into the loops below, so that no wide value crosses a call.
class Avx2Step {
public:
    __attribute__((target("avx2"), always_inline)) explicit Avx2Step(const ProbePair& probes)
        : maskA_(_mm256_set1_epi8(static_cast<char>(probes.a.mask)))
        , maskB_(_mm256_set1_epi8(static_cast<char>(probes.b.mask)))
        , valueA_(_mm256_set1_epi8(static_cast<char>(probes.a.value)))
        , valueB_(_mm256_set1_epi8(static_cast<char>(probes.b.value))) {}

    __attribute__((target("avx2"), always_inline)) std::uint64_t operator()(const Byte* a,
                                                                            const Byte* b) const {
        __m256i low;
        __m256i high;
        compare(a, b, low);
        compare(a + sizeof(low), b + sizeof(low), high);
        const __m256i any = _mm256_or_si256(low, high);
        if (_mm256_testz_si256(any, any) != 0) {
            return 0;
        }
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
               std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32U;
    }

private:
    __attribute__((target("avx2"), always_inline)) void compare(const Byte* a, const Byte* b,
                                                                __m256i& hits) const {
        const __m256i dataA = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a));
        const __m256i dataB = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b));
        hits = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_and_si256(dataA, maskA_), valueA_),
                                _mm256_cmpeq_epi8(_mm256_and_si256(dataB, maskB_), valueB_));
    }

    __m256i maskA_;
    __m256i maskB_;
    __m256i valueA_;
    __m256i valueB_;
};

__attribute__((target("avx2"))) Candidates nextAvx2(const ProbePair& probes, const Byte* data,
                                                    std::size_t from, std::size_t places) {
    const Avx2Step step(probes);
    const Byte* const a = data + probes.a.position;
    const Byte* const b = data + probes.b.position;
    std::size_t at = from;
    for (; at + kProbeStep <= places; at += kProbeStep) {
        // Beyond the data too, where it does nothing.
        _mm_prefetch(reinterpret_cast<const char*>(a + at) + kPrefetch, _MM_HINT_T0);
        if (const std::uint64_t bits = step(a + at, b + at)) {
            return {at, bits};
        }
    }
    return {at, someBits(probes, data + at, places - at)};
}

__attribute__((target("avx2"))) Candidates previousAvx2(const ProbePair& probes, const Byte* data,
                                                        std::size_t places) {
    const Avx2Step step(probes);
    const Byte* const a = data + probes.a.position;
    const Byte* const b = data + probes.b.position;
    std::size_t left = places;
    for (; left >= kProbeStep; left -= kProbeStep) {
        const std::size_t at = left - kProbeStep;
        if (const std::uint64_t bits = step(a + at, b + at)) {
            return {at, bits};
        }
    }
    return {0, someBits(probes, data, left)};
}

#endif

}  // namespace

Candidates nextCandidates(const ProbePair& probes, const Byte* data, std::size_t from,
                          std::size_t places, Simd simd) {
#ifdef __x86_64__
    if (simd == Simd::Avx2) {
        return nextAvx2(probes, data, from, places);
    }
#endif
    if (simd == Simd::Scalar) {
        return next(probes, ScalarStep(probes), data, from, places);
    }
    return next(probes, LanesStep(probes), data, from, places);
}

Candidates previousCandidates(const ProbePair& probes, const Byte* data, std::size_t places,
                              Simd simd) {
#ifdef __x86_64__
    if (simd == Simd::Avx2) {
        return previousAvx2(probes, data, places);
    }
#endif
    if (simd == Simd::Scalar) {
        return previous(probes, ScalarStep(probes), data, places);
    }
    return previous(probes, LanesStep(probes), data, places);
}

}  // namespace octavo::core
