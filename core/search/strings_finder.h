// Finds strings: runs of printable characters, as long as they go, of a minimal length.
//
// A string begins where a printable character stands and none ends. One of more than kLongest bytes
// is told as far as that and marked as cut.
#pragma once

#include "core/search/finder.h"
#include "core/search/printable_mask.h"

namespace octavo::core {

class StringsFinder final : public Finder {
public:
    static constexpr std::size_t kLongest = std::size_t{1} << 16;
    /// More characters than these are not asked for.
    static constexpr std::size_t kMostAsked = 4096;

    /// `least` characters, 1 to kMostAsked.
    StringsFinder(StringEncoding encoding, std::size_t least, Simd simd = bestSimd());

    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    Offset longest() const override { return static_cast<Offset>(kLongest); }
    Offset shortest() const override { return static_cast<Offset>(least_ * unit_); }
    bool matchesZeros() const override { return false; }
    bool looksAround() const override { return true; }
    void prepare(ByteSpan /*bytes*/) override {}
    std::unique_ptr<Finder> clone() const override;
    std::uint64_t work() const override { return work_; }

private:
    std::uint64_t candidates(const FinderWindow& window, std::size_t from, std::size_t count) const;
    std::size_t characterAt(const FinderWindow& window, std::size_t at, std::size_t end) const;
    /// Printable characters in a row.
    struct Run {
        std::size_t end = 0;
        std::size_t count = 0;
    };
    Run runFrom(const FinderWindow& window, std::size_t at, std::size_t end) const;
    bool isBegin(const FinderWindow& window, std::size_t place) const;
    std::optional<FinderMatch> matchAt(const FinderWindow& window, std::size_t place,
                                       std::size_t& runEnd);

    StringEncoding encoding_;
    std::size_t least_;
    Simd simd_;
    std::size_t unit_;
    std::uint64_t work_ = 0;
};

}  // namespace octavo::core
