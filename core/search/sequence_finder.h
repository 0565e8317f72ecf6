// Finds a sequence of elements, each of which is one of several strings of bytes: text whose case
// does not matter, in any encoding.
//
// The strings of an element may differ in length (k and the Kelvin sign in UTF-8). Where more than
// one length fits, the match is the longest.
#pragma once

#include "core/search/anchored_finder.h"

#include <vector>

namespace octavo::core {

class SequenceFinder final : public AnchoredFinder {
public:
    using Element = std::vector<Bytes>;

    /// At least one element, each of at least one string, none of them empty.
    explicit SequenceFinder(std::vector<Element> elements, Simd simd = bestSimd());

    Offset longest() const override { return longest_; }
    Offset shortest() const override { return shortest_; }
    bool matchesZeros() const override { return matchesZeros_; }
    std::unique_ptr<Finder> clone() const override;

protected:
    std::optional<FinderMatch> matchAt(const FinderWindow& window, std::size_t place) override;

private:
    std::shared_ptr<const std::vector<Element>> elements_;
    Offset longest_ = 0;
    Offset shortest_ = 0;
    bool matchesZeros_ = true;
    std::vector<std::size_t> ends_;  // of the elements so far; kept to save allocations
    std::vector<std::size_t> nexts_;
};

}  // namespace octavo::core
