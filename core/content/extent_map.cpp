#include "core/content/extent_map.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

ExtentMap ExtentMap::identity() {
    ExtentMap map;
    map.add({{0}, kMaxLength}, {0});
    return map;
}

void ExtentMap::add(FileExtent from, FileOffset to) {
    if (from.isEmpty())
        return;
    if (!runs_.empty()) {
        Run& last = runs_.back();
        assert(from.offset >= last.from.end());
        if (from.offset == last.from.end() && to == last.to + last.from.length) {
            last.from.length += from.length;
            return;
        }
    }
    runs_.push_back({from, to});
}

ExtentMap::Place ExtentMap::find(FileOffset at, Offset length) const {
    assert(length > 0);
    const auto run =
        std::ranges::upper_bound(runs_, at, {}, [](const Run& each) { return each.from.end(); });
    if (run == runs_.end())
        return {length, std::nullopt};
    if (run->from.offset > at)
        return {std::min(length, run->from.offset - at), std::nullopt};
    return {std::min(length, run->from.end() - at), run->to + (at - run->from.offset)};
}

}  // namespace octavo::core
