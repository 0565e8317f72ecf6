// Finds whichever of several things comes first: text in several encodings, numbers in both byte
// orders. Where two begin at one place, the earlier one in the list counts.
#pragma once

#include "core/search/finder.h"

#include <vector>

namespace octavo::core {

class AnyFinder final : public Finder {
public:
    /// At least one, at most 256: a match's alternative is its number here.
    explicit AnyFinder(std::vector<std::unique_ptr<Finder>> finders);
    AnyFinder(const AnyFinder& other);

    std::optional<FinderMatch> first(const FinderWindow& window) override;
    std::optional<FinderMatch> last(const FinderWindow& window) override;
    Offset longest() const override;
    Offset shortest() const override;
    bool matchesZeros() const override;
    bool looksAround() const override;
    void prepare(ByteSpan bytes) override;
    std::unique_ptr<Finder> clone() const override;
    std::uint64_t work() const override;

private:
    // What one of them said: it need not be asked again for a part of those places.
    struct Answer {
        FinderWindow window;
        std::optional<FinderMatch> match;
        bool isLast = false;
    };
    struct Part {
        std::unique_ptr<Finder> finder;
        std::optional<Answer> answer;
    };

    static bool isKnown(const std::optional<Answer>& answer, const FinderWindow& window, bool last);
    const std::optional<FinderMatch>& ask(Part& part, const FinderWindow& window, bool last);
    std::optional<FinderMatch> best(const FinderWindow& window, bool last);

    std::vector<Part> parts_;
};

}  // namespace octavo::core
