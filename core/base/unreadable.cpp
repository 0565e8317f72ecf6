#include "core/base/unreadable.h"

#include <cassert>

namespace octavo::core {

bool Unreadable::contains(Offset offset) const {
    const auto after =
        std::upper_bound(extents_.begin(), extents_.end(), offset,
                         [](Offset value, const Extent& extent) { return value < extent.offset; });
    return after != extents_.begin() && std::prev(after)->contains(offset);
}

Offset Unreadable::total() const {
    Offset total = 0;
    for (const Extent& extent : extents_)
        total += extent.length;
    return total;
}

void Unreadable::add(Extent extent) {
    if (extent.isEmpty())
        return;
    if (!extents_.empty()) {
        Extent& last = extents_.back();
        assert(extent.offset >= last.end());
        if (extent.offset == last.end()) {
            last.length += extent.length;
            return;
        }
    }
    extents_.push_back(extent);
}

}  // namespace octavo::core
