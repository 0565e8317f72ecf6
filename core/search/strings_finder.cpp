#include "core/search/strings_finder.h"

#include "core/search/utf8.h"

#include <algorithm>
#include <bit>

namespace octavo::core {

namespace {

// Places whose masks are computed at a time.
constexpr std::size_t kStep = 64;
// So many characters in a row are asked of the masks, which hold twice kStep places.
constexpr std::size_t kMostFolded = 32;

}  // namespace

StringsFinder::StringsFinder(StringEncoding encoding, std::size_t least, Simd simd)
    : encoding_(encoding)
    , least_(std::clamp<std::size_t>(least, 1, kMostAsked))
    , simd_(simd)
    , unit_(unitSize(encoding)) {}

std::unique_ptr<Finder> StringsFinder::clone() const {
    return std::make_unique<StringsFinder>(encoding_, least_, simd_);
}

// A bit for each of the places from which on enough characters in a row may begin.
std::uint64_t StringsFinder::candidates(const FinderWindow& window, std::size_t from,
                                        std::size_t count) const {
    const auto mask = [&](std::size_t at) {
        const std::size_t last = window.end - std::min(window.end, unit_ - 1);
        return at < last ? printableMask(encoding_, window.bytes.data() + at,
                                         std::min(kStep, last - at), simd_)
                         : 0;
    };
    std::uint64_t low = mask(from);
    if (low == 0) {
        return 0;
    }
    std::uint64_t high = mask(from + kStep);
    const std::size_t wanted = std::min(least_, kMostFolded / unit_);
    for (std::size_t have = 1; have < wanted;) {
        const std::size_t step = std::min(have, wanted - have);
        const std::size_t shift = step * unit_;
        low &= low >> shift | high << (kStep - shift);
        high &= high >> shift;
        have += step;
    }
    return count < kStep ? low & ((std::uint64_t{1} << count) - 1) : low;
}

// The length of the printable character that begins at `at`; 0 where none does.
std::size_t StringsFinder::characterAt(const FinderWindow& window, std::size_t at,
                                       std::size_t end) const {
    if (end - at < unit_) {
        return 0;
    }
    const Byte* const data = window.bytes.data();
    switch (encoding_) {
    case StringEncoding::Ascii:
        return isPrintableByte(data[at], false) ? 1 : 0;
    case StringEncoding::Latin1:
        return isPrintableByte(data[at], true) ? 1 : 0;
    case StringEncoding::Utf16Le:
        return isPrintableUnit(data[at] | static_cast<unsigned>(data[at + 1]) << 8U) ? 2 : 0;
    case StringEncoding::Utf16Be:
        return isPrintableUnit(data[at + 1] | static_cast<unsigned>(data[at]) << 8U) ? 2 : 0;
    case StringEncoding::Utf8:
        break;
    }
    if (data[at] < 0x80) {
        return isPrintableByte(data[at], false) ? 1 : 0;
    }
    const Utf8Character character = utf8Character({data + at, end - at});
    return isPrintableCharacter(character.point) ? character.size : 0;
}

// No printable character ends here.
bool StringsFinder::isBegin(const FinderWindow& window, std::size_t place) const {
    const std::size_t most = encoding_ == StringEncoding::Utf8 ? 4 : unit_;
    for (std::size_t size = unit_; size <= std::min(most, place); ++size) {
        if (characterAt(window, place - size, place) == size) {
            return false;
        }
    }
    return true;
}

StringsFinder::Run StringsFinder::runFrom(const FinderWindow& window, std::size_t at,
                                          std::size_t end) const {
    Run run{at, 0};
    if (encoding_ == StringEncoding::Ascii || encoding_ == StringEncoding::Latin1) {
        // Here the masks are exact.
        std::size_t here = kStep;
        while (run.end < end && here == kStep) {
            const std::size_t most = std::min(kStep, end - run.end);
            here = static_cast<std::size_t>(std::countr_one(
                printableMask(encoding_, window.bytes.data() + run.end, most, simd_)));
            run.end += here;
        }
        run.count = run.end - at;
        return run;
    }
    while (const std::size_t size = run.end < end ? characterAt(window, run.end, end) : 0) {
        run.end += size;
        ++run.count;
    }
    return run;
}

// Also tells where the run of characters at the place ends, long enough or not.
std::optional<FinderMatch> StringsFinder::matchAt(const FinderWindow& window, std::size_t place,
                                                  std::size_t& runEnd) {
    runEnd = place;
    if (!isBegin(window, place)) {
        return std::nullopt;
    }
    const Run run = runFrom(window, place, std::min(window.end, place + kLongest));
    const std::size_t length = run.end - place;
    runEnd = run.end;
    work_ += length;
    if (run.count < least_) {
        return std::nullopt;
    }
    // A character that did not fit has at most so many bytes.
    const std::size_t most = encoding_ == StringEncoding::Utf8 ? 4 : unit_;
    return FinderMatch{place, length, 0, length + most > kLongest};
}

std::optional<FinderMatch> StringsFinder::first(const FinderWindow& window) {
    for (std::size_t at = window.from; at < window.to; at += kStep) {
        std::uint64_t bits = candidates(window, at, std::min(kStep, window.to - at));
        while (bits != 0) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(bits));
            std::size_t runEnd = 0;
            if (const auto match = matchAt(window, place, runEnd)) {
                work_ += place - window.from;
                return match;
            }
            bits &= bits - 1;
            if (unit_ == 1 && runEnd > place) {
                // Nothing begins within the run.
                const std::size_t passed = runEnd - at;
                bits = passed < kStep ? bits & ~((std::uint64_t{1} << passed) - 1) : 0;
            }
        }
    }
    work_ += window.to - window.from;
    return std::nullopt;
}

std::optional<FinderMatch> StringsFinder::last(const FinderWindow& window) {
    for (std::size_t to = window.to; to > window.from;) {
        const std::size_t count = std::min(kStep, to - window.from);
        to -= count;
        std::uint64_t bits = candidates(window, to, count);
        while (bits != 0) {
            const auto bit = 63 - static_cast<std::size_t>(std::countl_zero(bits));
            std::size_t runEnd = 0;
            if (const auto match = matchAt(window, to + bit, runEnd)) {
                work_ += window.to - to;
                return match;
            }
            bits &= ~(std::uint64_t{1} << bit);
        }
    }
    work_ += window.to - window.from;
    return std::nullopt;
}

}  // namespace octavo::core
