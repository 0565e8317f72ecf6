// Where the grid asks for what it is to highlight: the results of a search.
//
// Thread rule: GUI thread; an answer waits for nothing. Offsets are those of the document as it is.
#pragma once

#include "core/base/types.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace octavo::ui {

class MatchSource {
public:
    /// The matches that meet `extent`, in order, the first `most` of them.
    virtual std::vector<core::Extent> matchesIn(core::Extent extent, std::size_t most) const = 0;
    /// Where the first match stands that begins at `offset` or behind it.
    virtual std::optional<core::Offset> nextMatch(core::Offset offset) const = 0;

protected:
    ~MatchSource() = default;
};

}  // namespace octavo::ui
