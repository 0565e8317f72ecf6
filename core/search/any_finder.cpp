#include "core/search/any_finder.h"

#include <algorithm>

namespace octavo::core {

AnyFinder::AnyFinder(std::vector<std::unique_ptr<Finder>> finders) {
    for (std::unique_ptr<Finder>& each : finders) {
        parts_.push_back({std::move(each), std::nullopt});
    }
}

AnyFinder::AnyFinder(const AnyFinder& other) : Finder(other) {
    for (const Part& part : other.parts_) {
        parts_.push_back({part.finder->clone(), std::nullopt});
    }
}

std::unique_ptr<Finder> AnyFinder::clone() const {
    return std::make_unique<AnyFinder>(*this);
}

Offset AnyFinder::longest() const {
    Offset longest = 0;
    for (const Part& part : parts_) {
        longest = std::max(longest, part.finder->longest());
    }
    return longest;
}

Offset AnyFinder::shortest() const {
    Offset shortest = kMaxLength;
    for (const Part& part : parts_) {
        shortest = std::min(shortest, part.finder->shortest());
    }
    return shortest;
}

bool AnyFinder::matchesZeros() const {
    return std::ranges::any_of(parts_, [](const Part& p) { return p.finder->matchesZeros(); });
}

bool AnyFinder::looksAround() const {
    return std::ranges::any_of(parts_, [](const Part& p) { return p.finder->looksAround(); });
}

std::uint64_t AnyFinder::work() const {
    std::uint64_t work = 0;
    for (const Part& part : parts_) {
        work += part.finder->work();
    }
    return work;
}

void AnyFinder::prepare(ByteSpan bytes) {
    for (Part& part : parts_) {
        part.answer.reset();
        part.finder->prepare(bytes);
    }
}

// The answer for some places is the answer for a part of them, where that part holds the match or
// there is none.
bool AnyFinder::isKnown(const std::optional<Answer>& answer, const FinderWindow& window,
                        bool last) {
    if (!answer || answer->isLast != last || answer->window.end != window.end ||
        answer->window.bytes.data() != window.bytes.data() || window.from < answer->window.from ||
        window.to > answer->window.to) {
        return false;
    }
    if (!answer->match) {
        return true;
    }
    const std::size_t place = answer->match->position;
    return last ? window.to > place : window.from <= place;
}

const std::optional<FinderMatch>& AnyFinder::ask(Part& part, const FinderWindow& window,
                                                 bool last) {
    if (!isKnown(part.answer, window, last)) {
        part.answer =
            Answer{window, last ? part.finder->last(window) : part.finder->first(window), last};
    }
    return part.answer->match;
}

std::optional<FinderMatch> AnyFinder::best(const FinderWindow& window, bool last) {
    std::optional<FinderMatch> best;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const std::optional<FinderMatch>& match = ask(parts_[i], window, last);
        if (!match || match->position < window.from || match->position >= window.to) {
            continue;
        }
        if (!best || (last ? match->position > best->position : match->position < best->position)) {
            best = match;
            best->alternative = static_cast<std::uint8_t>(i);
        }
    }
    return best;
}

std::optional<FinderMatch> AnyFinder::first(const FinderWindow& window) {
    return best(window, false);
}

std::optional<FinderMatch> AnyFinder::last(const FinderWindow& window) {
    return best(window, true);
}

}  // namespace octavo::core
