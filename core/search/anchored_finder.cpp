#include "core/search/anchored_finder.h"

#include <algorithm>

namespace octavo::core {

AnchoredFinder::AnchoredFinder(Anchor anchor, Simd simd)
    : matcher_(std::move(anchor.pattern), simd)
    , nearest_(anchor.nearest)
    , farthest_(anchor.farthest) {}

AnchoredFinder::AnchoredFinder(const AnchoredFinder& other) = default;

void AnchoredFinder::resetWork() {
    work_ = 0;
    matcher_.resetVerified();
}

// The first or last anchor of a match that begins in [from, to).
std::optional<std::size_t> AnchoredFinder::anchorIn(const FinderWindow& window, std::size_t from,
                                                    std::size_t to, bool last) {
    const std::size_t size = matcher_.pattern().bytes().size();
    const std::size_t begin = from + nearest_;
    const std::size_t end = std::min(to - 1 + farthest_ + size, window.end);
    if (begin >= end) {
        return std::nullopt;
    }
    const ByteSpan bytes = window.bytes.subspan(begin, end - begin);
    const std::optional<std::size_t> found = last ? matcher_.last(bytes) : matcher_.first(bytes);
    const std::size_t passed = found ? (last ? bytes.size() - *found : *found + 1) : bytes.size();
    addWork(passed);
    return found ? std::optional(begin + *found) : std::nullopt;
}

std::optional<FinderMatch> AnchoredFinder::first(const FinderWindow& window) {
    std::size_t inVain = 0;
    std::size_t from = window.from;
    while (from < window.to) {
        const std::optional<std::size_t> anchor = anchorIn(window, from, window.to, false);
        if (!anchor) {
            return std::nullopt;
        }
        std::size_t place = std::max(from, *anchor - std::min(*anchor, farthest_));
        const std::size_t behind = std::min(*anchor - nearest_ + 1, window.to);
        for (; place < behind; ++place) {
            if (giveUp(inVain, place - window.from)) {
                return std::nullopt;
            }
            if (const auto match = matchAt(window, place)) {
                return match;
            }
            ++inVain;
        }
        from = behind;
    }
    return std::nullopt;
}

std::optional<FinderMatch> AnchoredFinder::last(const FinderWindow& window) {
    std::size_t inVain = 0;
    std::size_t to = window.to;
    while (window.from < to) {
        const std::optional<std::size_t> anchor = anchorIn(window, window.from, to, true);
        if (!anchor) {
            return std::nullopt;
        }
        const std::size_t first = std::max(window.from, *anchor - std::min(*anchor, farthest_));
        for (std::size_t place = std::min(*anchor - nearest_ + 1, to); place > first; --place) {
            if (giveUp(inVain, window.to - place)) {
                return std::nullopt;
            }
            if (const auto match = matchAt(window, place - 1)) {
                return match;
            }
            ++inVain;
        }
        to = std::min(first, to);
    }
    return std::nullopt;
}

}  // namespace octavo::core
