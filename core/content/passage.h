// The fate of a version's bytes over several saves, worked out once: what asking one save after
// the other would say.
//
// The kept bytes it points at belong to the versions in between, which whoever holds a passage
// must hold too.
// Thread rule: immutable.
// Cost: 40 bytes a run; fate() is O(log runs).
#pragma once

#include "core/content/preserved.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace octavo::core {

class Passage {
public:
    /// Asked for the bytes from an offset on, at most so many.
    using Step = std::function<Fate(FileOffset, Offset)>;

    /// Over no save: every byte stands at its own place.
    Passage();

    /// This passage and after it a step; nothing where that takes more than `mostRuns` runs.
    std::optional<Passage> then(const Step& step, std::size_t mostRuns) const;

    Fate fate(FileOffset at, Offset length) const;

private:
    struct Run {
        FileExtent from;
        FileOffset at;  // in the last version, or in the kept bytes
        const KeptBytes* kept;
    };

    explicit Passage(std::vector<Run> runs) : runs_(std::move(runs)) {}

    std::vector<Run> runs_;  // ascending; what lies between them is lost
};

}  // namespace octavo::core
