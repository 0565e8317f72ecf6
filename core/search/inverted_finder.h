// Finds places where a pattern does not stand: the first byte that is not padding.
#pragma once

#include "core/search/finder.h"
#include "core/search/pattern.h"

namespace octavo::core {

class InvertedFinder final : public Finder {
public:
    explicit InvertedFinder(Pattern pattern) : pattern_(std::move(pattern)) {}

    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    Offset longest() const override { return pattern_.length(); }
    Offset shortest() const override { return pattern_.length(); }
    bool matchesZeros() const override { return !pattern_.matchesZeros(); }
    void prepare(ByteSpan /*bytes*/) override {}
    std::unique_ptr<Finder> clone() const override {
        return std::make_unique<InvertedFinder>(pattern_);
    }
    std::uint64_t work() const override { return work_; }

private:
    std::size_t lastPlace(const FinderWindow& window) const;
    std::size_t standing(const FinderWindow& window, std::size_t from, std::size_t to) const;

    Pattern pattern_;
    std::uint64_t work_ = 0;
};

}  // namespace octavo::core
