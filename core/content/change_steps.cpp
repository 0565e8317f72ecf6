#include "core/content/change_steps.h"

#include <algorithm>

namespace octavo::core {

std::optional<Change> changeBehind(const Snapshot& snapshot, Offset offset) {
    if (offset >= snapshot.length())
        return std::nullopt;
    std::optional<Change> change = snapshot.changeFrom(offset + 1);
    // One that begins here and reaches over the next byte.
    if (change && change->now.offset <= offset)
        change = snapshot.changeFrom(change->now.end());
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
