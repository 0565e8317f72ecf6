#include "core/document/extent_set.h"

#include <algorithm>
#include <iterator>

namespace octavo::core {

ExtentSet::Ends::const_iterator ExtentSet::firstBehind(Offset offset) const {
    auto at = ends_.upper_bound(offset);
    if (at != ends_.begin() && std::prev(at)->second > offset)
        --at;
    return at;
}

void ExtentSet::add(Extent extent) {
    if (extent.isEmpty())
        return;
    Offset begin = extent.offset;
    Offset end = extent.end();
    auto at = ends_.upper_bound(begin);
    if (at != ends_.begin() && std::prev(at)->second >= begin)
        --at;
    while (at != ends_.end() && at->first <= end) {
        begin = std::min(begin, at->first);
        end = std::max(end, at->second);
        at = ends_.erase(at);
    }
    ends_.emplace_hint(at, begin, end);
}

void ExtentSet::add(const ExtentSet& other) {
    for (const auto& [begin, end] : other.ends_)
        add({begin, end - begin});
}

void ExtentSet::remove(Extent extent) {
    for (const Extent& part : in(extent)) {
        const auto at = std::prev(ends_.upper_bound(part.offset));
        const Offset begin = at->first;
        const Offset end = at->second;
        ends_.erase(at);
        if (begin < part.offset)
            ends_.emplace(begin, part.offset);
        if (part.end() < end)
            ends_.emplace(part.end(), end);
    }
}

std::vector<Extent> ExtentSet::extents() const {
    std::vector<Extent> all;
    all.reserve(ends_.size());
    for (const auto& [begin, end] : ends_)
        all.push_back({begin, end - begin});
    return all;
}

std::vector<Extent> ExtentSet::in(Extent extent) const {
    std::vector<Extent> parts;
    if (extent.isEmpty())
        return parts;
    for (auto at = firstBehind(extent.offset); at != ends_.end() && at->first < extent.end(); ++at)
        parts.push_back(intersection({at->first, at->second - at->first}, extent));
    return parts;
}

std::vector<Extent> ExtentSet::missing(Extent extent) const {
    std::vector<Extent> gaps;
    Offset at = extent.offset;
    for (const Extent& part : in(extent)) {
        if (at < part.offset)
            gaps.push_back({at, part.offset - at});
        at = part.end();
    }
    if (at < extent.end())
        gaps.push_back({at, extent.end() - at});
    return gaps;
}

}  // namespace octavo::core
