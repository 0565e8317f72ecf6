// Finds bytes under masks.
#pragma once

#include "core/search/finder.h"
#include "core/search/matcher.h"

namespace octavo::core {

class MaskedFinder final : public Finder {
public:
    explicit MaskedFinder(Pattern pattern, Simd simd = bestSimd());

    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    Offset longest() const override { return matcher_.pattern().length(); }
    Offset shortest() const override { return matcher_.pattern().length(); }
    bool matchesZeros() const override { return matcher_.pattern().matchesZeros(); }
    void prepare(ByteSpan bytes) override { matcher_.tune(bytes); }
    std::unique_ptr<Finder> clone() const override;
    std::uint64_t work() const override { return passed_ + matcher_.verified(); }

private:
    std::size_t size() const { return matcher_.pattern().bytes().size(); }
    ByteSpan reach(const FinderWindow& window) const;

    Matcher matcher_;
    std::uint64_t passed_ = 0;
};

}  // namespace octavo::core
