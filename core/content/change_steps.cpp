#include "core/content/change_steps.h"

#include <algorithm>

namespace octavo::core {

std::optional<Change> changeBehind(const Snapshot& snapshot, Extent here) {
    std::optional<Change> change = snapshot.changeFrom(here.offset);
    // The one that begins here, or reaches over this place, has been seen.
    while (change && change->now.offset <= here.offset) {
        const Offset behind = std::max(change->now.end(), here.offset + 1);
        if (behind > snapshot.length())
            return std::nullopt;
        const std::optional<Change> next = snapshot.changeFrom(behind);
        if (next == change)
            return std::nullopt;
        change = next;
    }
    return change;
}

std::optional<Change> changeBefore(const Snapshot& snapshot, Offset offset) {
    Offset reach = 4096;
    for (;;) {
        const Offset from = std::max<Offset>(0, offset - reach);
        const std::vector<Change> changes = snapshot.changes({from, offset - from});
        const auto last = std::find_if(changes.rbegin(), changes.rend(), [&](const Change& each) {
            return each.now.offset < offset;
        });
        if (last != changes.rend())
            return *last;
        if (from == 0)
            return std::nullopt;
        reach = reach > kMaxLength / 4 ? kMaxLength : reach * 4;
    }
}

}  // namespace octavo::core
