#include "core/search/matcher.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace octavo::core {

namespace {

// Bytes compared in vain, for each byte advanced, at which a literal leaves the filter; the
// allowance keeps a few unlucky candidates at the start from deciding.
constexpr std::size_t kMostMissed = 4;
constexpr std::size_t kAllowance = 4096;

/// How often each byte, and each half of a byte, stands in a sample.
class Sample {
public:
    explicit Sample(ByteSpan data) {
        // Short runs all over the data: a byte here and there would wait for memory each time.
        constexpr std::size_t kRuns = 32;
        constexpr std::size_t kRunLength = 32;
        // An odd step, so that records of 64 or 512 bytes are not met at the same column always.
        const std::size_t step = std::max(data.size() / kRuns, kRunLength) | 1U;
        for (std::size_t at = 0; at < data.size(); at += step) {
            for (const Byte byte : data.subspan(at, std::min(kRunLength, data.size() - at))) {
                ++whole_[byte];
                ++high_[byte >> 4U];
                ++low_[byte & 0xFU];
                ++total_;
            }
        }
    }

    std::uint32_t count(Byte value, Byte mask) const {
        switch (mask) {
        case 0xFF:
            return whole_[value];
        case 0xF0:
            return high_[value >> 4U];
        case 0x0F:
            return low_[value];
        case 0x00:
            return total_;
        default:
            break;
        }
        std::uint32_t count = 0;
        for (unsigned byte = 0; byte < whole_.size(); ++byte) {
            if ((byte & mask) == value) {
                count += whole_[byte];
            }
        }
        return count;
    }

private:
    std::array<std::uint32_t, 256> whole_{};
    std::array<std::uint32_t, 16> high_{};
    std::array<std::uint32_t, 16> low_{};
    std::uint32_t total_ = 0;
};

}  // namespace

Matcher::Matcher(Pattern pattern, Simd simd)
    : pattern_(std::move(pattern)), literal_(pattern_.isLiteral()), simd_(simd) {
    tune({});
}

void Matcher::tune(ByteSpan data) {
    constexpr std::size_t kWorthIt = 4096;
    if (!data.empty() && data.size() < kWorthIt) {
        return;
    }
    const Sample sample(data);
    const ByteSpan bytes = pattern_.bytes();
    const ByteSpan mask = pattern_.mask();
    // Rarest first; among equals the one with more bits, and not the bytes that padding is made of.
    const auto rank = [&](std::size_t i) {
        const auto open = static_cast<std::uint32_t>(8 - std::popcount(mask[i]));
        const std::uint32_t padding = bytes[i] == 0 || bytes[i] == 0xFF ? 1 : 0;
        return sample.count(bytes[i], mask[i]) * 32 + open * 2 + padding;
    };
    std::size_t best = 0;
    std::size_t second = bytes.size() - 1;
    std::uint32_t bestRank = rank(best);
    std::uint32_t secondRank = rank(second);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint32_t thisRank = rank(i);
        if (thisRank < bestRank) {
            second = best;
            secondRank = bestRank;
            best = i;
            bestRank = thisRank;
        } else if (thisRank < secondRank && i != best) {
            second = i;
            secondRank = thisRank;
        }
    }
    probes_ = {Probe{best, bytes[best], mask[best]}, Probe{second, bytes[second], mask[second]}};
}

// Bytes of a literal compared before it turned out not to stand there, to the next eight.
std::size_t Matcher::costOfMiss(const Byte* data) const {
    const ByteSpan bytes = pattern_.bytes();
    const std::size_t head = std::min<std::size_t>(bytes.size(), sizeof(std::uint64_t));
    return std::memcmp(data, bytes.data(), head) == 0 ? bytes.size() : head;
}

template <Matcher::Direction Way>
Matcher::Outcome Matcher::filter(ByteSpan data, std::size_t places) const {
    std::size_t missed = 0;
    std::size_t left = places;
    while (left > 0) {
        const bool forwards = Way == Direction::Forwards;
        Candidates found = forwards
                               ? nextCandidates(probes_, data.data(), places - left, places, simd_)
                               : previousCandidates(probes_, data.data(), left, simd_);
        left = forwards ? places - std::min(found.at + kProbeStep, places) : found.at;
        while (found.bits != 0) {
            const auto bit = static_cast<std::size_t>(forwards ? std::countr_zero(found.bits)
                                                               : 63 - std::countl_zero(found.bits));
            const Byte* place = data.data() + found.at + bit;
            if (pattern_.matchesAt(place)) {
                verified_ += missed + pattern_.bytes().size();
                return {found.at + bit, 0};
            }
            missed += literal_ ? costOfMiss(place) : pattern_.bytes().size();
            found.bits &= ~(std::uint64_t{1} << bit);
        }
        if (literal_ && missed > kMostMissed * (places - left) + kAllowance) {
            verified_ += missed;
            return {std::nullopt, left};
        }
    }
    verified_ += missed;
    return {};
}

std::optional<std::size_t> Matcher::first(ByteSpan data) const {
    const auto size = static_cast<std::size_t>(pattern_.length());
    if (data.size() < size) {
        return std::nullopt;
    }
    const std::size_t places = data.size() - size + 1;
    const Outcome outcome = filter<Direction::Forwards>(data, places);
    if (outcome.left == 0) {
        return outcome.match;
    }
    const std::size_t from = places - outcome.left;
    const std::optional<std::size_t> match = literalFirst(data.subspan(from));
    return match ? std::optional(from + *match) : std::nullopt;
}

std::optional<std::size_t> Matcher::last(ByteSpan data) const {
    const auto size = static_cast<std::size_t>(pattern_.length());
    if (data.size() < size) {
        return std::nullopt;
    }
    const Outcome outcome = filter<Direction::Backwards>(data, data.size() - size + 1);
    if (outcome.left == 0) {
        return outcome.match;
    }
    return literalLast(data.first(outcome.left + size - 1));
}

std::optional<std::size_t> Matcher::literalFirst(ByteSpan data) const {
    const ByteSpan needle = pattern_.bytes();
    const void* found = ::memmem(data.data(), data.size(), needle.data(), needle.size());
    if (found == nullptr) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(static_cast<const Byte*>(found) - data.data());
}

// There is no memmem from the end: the data is turned round, in parts, so that a match near the
// end does not cost the turning of all.
std::optional<std::size_t> Matcher::literalLast(ByteSpan data) const {
    const std::size_t size = pattern_.bytes().size();
    const std::size_t part = std::max<std::size_t>(std::size_t{1} << 16, 4 * size);
    const Bytes needle(pattern_.bytes().rbegin(), pattern_.bytes().rend());
    Bytes turned;
    for (std::size_t left = data.size() - size + 1; left > 0;) {
        const std::size_t count = std::min(left, part);
        left -= count;
        const ByteSpan here = data.subspan(left, count + size - 1);
        turned.assign(here.rbegin(), here.rend());
        const void* found = ::memmem(turned.data(), turned.size(), needle.data(), size);
        if (found != nullptr) {
            const auto at =
                static_cast<std::size_t>(static_cast<const Byte*>(found) - turned.data());
            return left + here.size() - size - at;
        }
    }
    return std::nullopt;
}

}  // namespace octavo::core
