#include "core/search/regex_finder.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace octavo::core {

namespace {

// Where more places than one in so many bytes pass the prefix in vain, RE2 alone is faster.
constexpr std::size_t kRare = 128;
constexpr std::size_t kRareAllowance = 256;

// RE2's slowest engine takes about so long for a byte, and a call that finds at once no longer
// than the latter.
constexpr std::uint64_t kNanosecondsAByte = 16;
constexpr std::uint64_t kNanosecondsACall = 2000;
// One call in so many is measured: the clock costs as much as a short call.
constexpr std::uint64_t kMeasured = 16;

std::uint64_t threadNanoseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(now.tv_nsec);
}

Anchor anchorOf(const RegexPrefix& prefix) {
    if (prefix.sets.empty()) {
        return {Pattern::fromMasked(std::array{Cover{}}), 0, 0};
    }
    return {Pattern::fromSets(prefix.sets), 0, 0};
}

}  // namespace

Result<std::unique_ptr<RegexFinder>> RegexFinder::compile(std::string_view pattern,
                                                          const Options& options) {
    if (options.longest < 1) {
        return Error::invalid("read the pattern", "a match must be allowed one byte at least");
    }
    Result<Regex> regex = Regex::compile(pattern, options.regex);
    if (!regex) {
        return regex.error();
    }
    const RegexPrefix prefix = regexPrefix(pattern, options.regex);
    return std::unique_ptr<RegexFinder>(new RegexFinder(*std::move(regex), prefix, options));
}

RegexFinder::RegexFinder(Regex regex, const RegexPrefix& prefix, const Options& options)
    : AnchoredFinder(anchorOf(prefix), bestSimd())
    , regex_(std::move(regex))
    , limit_(options.longest)
    , longest_(std::clamp<Offset>(prefix.longest.value_or(options.longest), 1, options.longest))
    , shortest_(std::min(static_cast<Offset>(prefix.sets.size()), longest_))
    , hasPrefix_(options.usesPrefix && !prefix.sets.empty())
    , prefixIsRare_(hasPrefix_) {}

bool RegexFinder::matchesZeros() const {
    if (!matchesZeros_) {
        const Bytes zeros(static_cast<std::size_t>(longest_ + 2 * kAround));
        matchesZeros_ = regex_.find(zeros, {kAround, longest_}, Regex::Place::Anywhere).has_value();
    }
    return *matchesZeros_;
}

std::unique_ptr<Finder> RegexFinder::clone() const {
    std::unique_ptr<RegexFinder> copy(new RegexFinder(*this));
    copy->regex_ = regex_.separate();
    copy->resetWork();
    return copy;
}

void RegexFinder::prepare(ByteSpan bytes) {
    prefixIsRare_ = hasPrefix_;
    AnchoredFinder::prepare(bytes);
}

bool RegexFinder::giveUp(std::size_t inVain, std::size_t passed) {
    prefixIsRare_ = inVain <= passed / kRare + kRareAllowance;
    return !prefixIsRare_;
}

std::optional<FinderMatch> RegexFinder::first(const FinderWindow& window) {
    if (prefixIsRare_) {
        const std::optional<FinderMatch> match = AnchoredFinder::first(window);
        if (match || prefixIsRare_) {
            return match;
        }
    }
    return plainFirst(window);
}

std::optional<FinderMatch> RegexFinder::last(const FinderWindow& window) {
    if (prefixIsRare_) {
        const std::optional<FinderMatch> match = AnchoredFinder::last(window);
        if (match || prefixIsRare_) {
            return match;
        }
    }
    return plainLast(window);
}

std::optional<Extent> RegexFinder::ask(ByteSpan bytes, std::size_t from, std::size_t end,
                                       Regex::Place place) {
    const Extent part{static_cast<Offset>(from), static_cast<Offset>(end - from)};
    if (calls_++ % kMeasured != 0) {
        return regex_.find(bytes, part, place);
    }
    const std::uint64_t before = threadNanoseconds();
    const std::optional<Extent> found = regex_.find(bytes, part, place);
    const std::uint64_t took = threadNanoseconds() - before;
    // One call over much that finds nothing is no sign of the others.
    const std::uint64_t times = found ? kMeasured : 1;
    addWork((took - std::min(took, kNanosecondsACall)) / kNanosecondsAByte * times);
    return found;
}

std::optional<FinderMatch> RegexFinder::matchAt(const FinderWindow& window, std::size_t place) {
    const auto longest = static_cast<std::size_t>(longest_);
    const std::size_t end = place + std::min(longest, window.end - place);
    const std::optional<Extent> found = ask(window.bytes, place, end, Regex::Place::AtStart);
    if (!found) {
        return std::nullopt;
    }
    return FinderMatch{place, static_cast<std::size_t>(found->length), 0, found->length == limit_};
}

// A match in more than the bytes that count is, where it is short enough, the one in those: what
// RE2 prefers does not depend on what lies behind it.
std::optional<FinderMatch> RegexFinder::plainFirst(const FinderWindow& window) {
    std::size_t from = window.from;
    while (from < window.to) {
        const auto found = ask(window.bytes, from, window.end, Regex::Place::Anywhere);
        const std::size_t place = found ? static_cast<std::size_t>(found->offset) : window.to;
        addWork(std::min(place, window.to) - from);
        if (place >= window.to) {
            return std::nullopt;
        }
        if (found->length < longest_) {
            return FinderMatch{place, static_cast<std::size_t>(found->length)};
        }
        if (const auto match = matchAt(window, place)) {
            return match;
        }
        from = place + 1;
    }
    return std::nullopt;
}

// RE2 knows no way back: the places are looked at forwards in growing parts, from the end.
std::optional<FinderMatch> RegexFinder::plainLast(const FinderWindow& window) {
    constexpr std::size_t kSmallest = 256;
    constexpr std::size_t kLargest = std::size_t{1} << 16;
    const std::optional<FinderMatch> leftmost = plainFirst(window);
    if (!leftmost) {
        return std::nullopt;
    }
    std::size_t size = kSmallest;
    std::size_t to = window.to;
    while (to > leftmost->position + 1) {
        FinderWindow part = window;
        part.to = to;
        part.from = to - std::min(size, to - leftmost->position);
        part.end = std::min(window.end, to - 1 + static_cast<std::size_t>(longest_));
        to = part.from;
        size = std::min(2 * size, kLargest);
        std::optional<FinderMatch> best;
        while (const auto match = plainFirst(part)) {
            best = match;
            part.from = match->position + 1;
        }
        if (best) {
            return best;
        }
    }
    return leftmost;
}

}  // namespace octavo::core
