#include "core/search/masked_finder.h"

#include <algorithm>

namespace octavo::core {

MaskedFinder::MaskedFinder(Pattern pattern, Simd simd) : matcher_(std::move(pattern), simd) {}

std::unique_ptr<Finder> MaskedFinder::clone() const {
    auto copy = std::make_unique<MaskedFinder>(*this);
    copy->passed_ = 0;
    copy->matcher_.resetVerified();
    return copy;
}

// The bytes of the matches that begin at the places of the window, and no others.
ByteSpan MaskedFinder::reach(const FinderWindow& window) const {
    if (window.from >= window.to) {
        return {};
    }
    const std::size_t end = std::min(window.to + size() - 1, window.end);
    return window.bytes.subspan(window.from, end - std::min(window.from, end));
}

std::optional<FinderMatch> MaskedFinder::first(const FinderWindow& window) {
    const ByteSpan bytes = reach(window);
    const std::optional<std::size_t> match = matcher_.first(bytes);
    passed_ += match ? *match + 1 : bytes.size();
    return match ? std::optional(FinderMatch{window.from + *match, size()}) : std::nullopt;
}

std::optional<FinderMatch> MaskedFinder::last(const FinderWindow& window) {
    const ByteSpan bytes = reach(window);
    const std::optional<std::size_t> match = matcher_.last(bytes);
    passed_ += match ? bytes.size() - *match : bytes.size();
    return match ? std::optional(FinderMatch{window.from + *match, size()}) : std::nullopt;
}

}  // namespace octavo::core
