#include "core/file/memory_map_slice.h"

namespace octavo::core {

namespace {

/// `position` counted from the end where it is negative, moved into [low, high].
Offset clampPosition(Offset position, Offset length, Offset low, Offset high) {
    if (position < 0)
        position += length;
    return std::clamp(position, low, high);
}

}  // namespace

Extent SlicePositions::extent() const {
    if (count == 0)
        return {};
    const Offset last = first + (count - 1) * step;
    return {std::min(first, last), std::max(first, last) - std::min(first, last) + 1};
}

Result<SlicePositions> MapSlice::positionsIn(Offset length) const {
    if (step == 0)
        return Error::invalid("slice", "the step is 0");
    const bool backwards = step < 0;
    // Going backwards, the place before the first byte is a stop, and the last byte a start.
    const Offset low = backwards ? -1 : 0;
    const Offset high = backwards ? length - 1 : length;
    SlicePositions found;
    // The smallest number has no opposite; one more is as good, as no map is that long.
    found.step = std::max(step, -kMaxLength);
    found.first = start ? clampPosition(*start, length, low, high) : (backwards ? high : low);
    const Offset end = stop ? clampPosition(*stop, length, low, high) : (backwards ? low : high);
    const Offset distance = backwards ? found.first - end : end - found.first;
    if (distance > 0)
        found.count = (distance - 1) / (backwards ? -found.step : found.step) + 1;
    return found;
}

}  // namespace octavo::core
