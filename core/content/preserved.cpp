#include "core/content/preserved.h"

#include <algorithm>

namespace octavo::core {

Fate Preserved::fate(FileOffset at, Offset length) const {
    if (kept) {
        const FileExtent next = kept->next(at);
        if (next.offset <= at)
            return {std::min(length, next.end() - at), at, kept.get()};
        length = std::min(length, next.offset - at);
    }
    const ExtentMap::Place place = standing.find(at, length);
    return {place.length, place.to, nullptr};
}

}  // namespace octavo::core
