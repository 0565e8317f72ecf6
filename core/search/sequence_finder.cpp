#include "core/search/sequence_finder.h"

#include <algorithm>
#include <cstring>

namespace octavo::core {

namespace {

// A longer anchor rules out no more.
constexpr std::size_t kMostAnchored = 64;

using Element = SequenceFinder::Element;

std::size_t shortestOf(const Element& element) {
    return std::ranges::min(element, {}, &Bytes::size).size();
}

std::size_t longestOf(const Element& element) {
    return std::ranges::max(element, {}, &Bytes::size).size();
}

void appendCovers(const Element& element, std::vector<Cover>& covers) {
    for (std::size_t i = 0; i < element.front().size(); ++i) {
        ByteSet set;
        for (const Bytes& each : element) {
            set.set(each[i]);
        }
        covers.push_back(coverOf(set));
    }
}

// The longest run of elements whose strings are all of one length: its bytes stand at known places
// among themselves.
Anchor anchorOf(const std::vector<Element>& elements) {
    std::vector<Cover> best;
    std::size_t nearest = 0;
    std::size_t farthest = 0;
    std::vector<Cover> run;
    std::size_t least = 0;
    std::size_t most = 0;
    std::size_t leastHere = 0;
    std::size_t mostHere = 0;
    for (const Element& element : elements) {
        const std::size_t shortest = shortestOf(element);
        const std::size_t longest = longestOf(element);
        if (shortest != longest) {
            run.clear();
        } else if (run.size() < kMostAnchored) {
            if (run.empty()) {
                leastHere = least;
                mostHere = most;
            }
            appendCovers(element, run);
            if (run.size() > best.size()) {
                best = run;
                nearest = leastHere;
                farthest = mostHere;
            }
        }
        least += shortest;
        most += longest;
    }
    if (best.empty()) {
        // Every element has several lengths: what their first bytes have in common is left.
        ByteSet set;
        for (const Bytes& each : elements.front()) {
            set.set(each.front());
        }
        best.push_back(coverOf(set));
    }
    return {Pattern::fromMasked(best), nearest, farthest};
}

}  // namespace

SequenceFinder::SequenceFinder(std::vector<Element> elements, Simd simd)
    : AnchoredFinder(anchorOf(elements), simd)
    , elements_(std::make_shared<const std::vector<Element>>(std::move(elements))) {
    for (const Element& element : *elements_) {
        longest_ += static_cast<Offset>(longestOf(element));
        shortest_ += static_cast<Offset>(shortestOf(element));
        matchesZeros_ = matchesZeros_ && std::ranges::any_of(element, [](const Bytes& each) {
                            return std::ranges::all_of(each, [](Byte b) { return b == 0; });
                        });
    }
}

std::unique_ptr<Finder> SequenceFinder::clone() const {
    auto copy = std::make_unique<SequenceFinder>(*this);
    copy->resetWork();
    return copy;
}

std::optional<FinderMatch> SequenceFinder::matchAt(const FinderWindow& window, std::size_t place) {
    ends_.assign(1, place);
    for (const Element& element : *elements_) {
        nexts_.clear();
        for (const std::size_t at : ends_) {
            for (const Bytes& each : element) {
                const std::size_t end = at + each.size();
                if (end <= window.end &&
                    std::memcmp(window.bytes.data() + at, each.data(), each.size()) == 0 &&
                    std::ranges::find(nexts_, end) == nexts_.end()) {
                    nexts_.push_back(end);
                }
            }
        }
        if (nexts_.empty()) {
            addWork(ends_.front() - place + 1);
            return std::nullopt;
        }
        ends_.swap(nexts_);
    }
    const std::size_t end = std::ranges::max(ends_);
    addWork(end - place);
    return FinderMatch{place, end - place};
}

}  // namespace octavo::core
