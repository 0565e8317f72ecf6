// Finds a regular expression.
//
// At each place the match is what RE2 gives on the next `longest` bytes, whatever lies behind; one
// that is so long is marked as cut. Places that cannot begin a match are passed over by a search
// for the bytes that begin every match (regex_prefix.h), as long as those are rare.
//
// RE2 does not tell how much it has read, and can read as much for each match as a match may be
// long. So its work is counted in the time of the thread: what takes no longer than reading by its
// slowest engine counts for what it advances.
#pragma once

#include "core/search/anchored_finder.h"
#include "core/search/regex.h"
#include "core/search/regex_prefix.h"

namespace octavo::core {

class RegexFinder final : public AnchoredFinder {
public:
    static constexpr Offset kLongest = Offset{1} << 20;
    /// What may be asked for: such a match has to be held in memory.
    static constexpr Offset kMostLongest = Offset{1} << 28;

    struct Options {
        RegexOptions regex;
        Offset longest = kLongest;  ///< of a match; at least 1
        bool usesPrefix = true;     ///< tests look whether it changes anything
    };

    static Result<std::unique_ptr<RegexFinder>> compile(std::string_view pattern,
                                                        const Options& options);

    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    Offset longest() const override { return longest_; }
    Offset shortest() const override { return shortest_; }
    bool matchesZeros() const override;
    bool looksAround() const override { return true; }
    void prepare(ByteSpan bytes) override;
    std::unique_ptr<Finder> clone() const override;

    const Regex& regex() const { return regex_; }

protected:
    std::optional<FinderMatch> matchAt(const FinderWindow& window, std::size_t place) override;
    bool giveUp(std::size_t inVain, std::size_t passed) override;

private:
    RegexFinder(Regex regex, const RegexPrefix& prefix, const Options& options);

    std::optional<Extent> ask(ByteSpan bytes, std::size_t from, std::size_t end,
                              Regex::Place place);
    std::optional<FinderMatch> plainFirst(const FinderWindow& window);
    std::optional<FinderMatch> plainLast(const FinderWindow& window);

    Regex regex_;
    Offset limit_;    // what a match is cut at
    Offset longest_;  // what it can have; not more
    Offset shortest_;
    mutable std::optional<bool> matchesZeros_;  // where somebody has asked
    bool hasPrefix_;
    bool prefixIsRare_;
    std::uint64_t calls_ = 0;
};

}  // namespace octavo::core
