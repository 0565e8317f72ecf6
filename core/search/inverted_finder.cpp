#include "core/search/inverted_finder.h"

#include <algorithm>
#include <cstring>

namespace octavo::core {

// One behind the last place at which there is room.
std::size_t InvertedFinder::lastPlace(const FinderWindow& window) const {
    const std::size_t size = pattern_.bytes().size();
    return window.end < size ? 0 : std::min(window.to, window.end - size + 1);
}

// From `from` on, how many places the pattern surely stands at, eight at a time. Padding is of one
// byte as a rule, and long.
std::size_t InvertedFinder::standing(const FinderWindow& window, std::size_t from,
                                     std::size_t to) const {
    if (pattern_.bytes().size() != 1 || !pattern_.sets().empty()) {
        return 0;
    }
    constexpr std::uint64_t kEach = 0x0101010101010101;
    const std::uint64_t value = kEach * pattern_.bytes().front();
    const std::uint64_t mask = kEach * pattern_.mask().front();
    std::size_t at = from;
    for (std::uint64_t word = 0; to - at >= sizeof(word); at += sizeof(word)) {
        std::memcpy(&word, window.bytes.data() + at, sizeof(word));
        if (((word ^ value) & mask) != 0) {
            break;
        }
    }
    return at - from;
}

std::optional<FinderMatch> InvertedFinder::first(const FinderWindow& window) {
    const std::size_t to = lastPlace(window);
    for (std::size_t place = window.from; place < to; ++place) {
        place += standing(window, place, to);
        if (place < to && !pattern_.matchesAt(window.bytes.data() + place)) {
            work_ += place - window.from + 1;
            return FinderMatch{place, pattern_.bytes().size()};
        }
    }
    work_ += window.to - window.from;
    return std::nullopt;
}

std::optional<FinderMatch> InvertedFinder::last(const FinderWindow& window) {
    for (std::size_t place = lastPlace(window); place > window.from; --place) {
        if (!pattern_.matchesAt(window.bytes.data() + place - 1)) {
            work_ += window.to - place + 1;
            return FinderMatch{place - 1, pattern_.bytes().size()};
        }
    }
    work_ += window.to - window.from;
    return std::nullopt;
}

}  // namespace octavo::core
