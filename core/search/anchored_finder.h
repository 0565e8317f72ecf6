// Finds what has bytes under masks at a known distance from its beginning: the search for those
// bytes, the anchor, rules out most places, and whoever derives from this looks at the rest.
#pragma once

#include "core/search/finder.h"
#include "core/search/matcher.h"

#include <vector>

namespace octavo::core {

/// Bytes that stand in every match, at least `nearest` and at most `farthest` behind its first.
struct Anchor {
    Pattern pattern;
    std::size_t nearest = 0;
    std::size_t farthest = 0;
};

class AnchoredFinder : public Finder {
public:
    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    void prepare(ByteSpan bytes) override { matcher_.tune(bytes); }
    std::uint64_t work() const override { return work_ + matcher_.verified(); }

protected:
    explicit AnchoredFinder(Anchor anchor, Simd simd);
    AnchoredFinder(const AnchoredFinder& other);

    /// The match at `place`, which has an anchor behind it and lies in the window's places.
    virtual std::optional<FinderMatch> matchAt(const FinderWindow& window, std::size_t place) = 0;
    /// Asked before each look at a place, with those that were in vain and the bytes passed since
    /// the last call from outside: true ends the search, as if there were no more.
    virtual bool giveUp(std::size_t /*inVain*/, std::size_t /*passed*/) { return false; }

    void addWork(std::uint64_t bytes) { work_ += bytes; }
    void resetWork();

private:
    std::optional<std::size_t> anchorIn(const FinderWindow& window, std::size_t from,
                                        std::size_t to, bool last);

    Matcher matcher_;
    std::size_t nearest_;
    std::size_t farthest_;
    std::uint64_t work_ = 0;
};

}  // namespace octavo::core
