#include "core/content/pattern_source.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace octavo::core {

PatternSource::PatternSource(ByteSpan pattern)
    : pattern_(pattern.begin(), pattern.end())
    , zeros_(std::ranges::all_of(pattern, [](Byte byte) { return byte == 0; })) {
    assert(!pattern.empty());
}

void PatternSource::read(Offset start, MutableByteSpan out, Offset /*reportedAt*/,
                         Unreadable& /*unreadable*/) const {
    const std::size_t size = pattern_.size();
    if (size == 1) {
        std::memset(out.data(), pattern_.front(), out.size());
        return;
    }
    auto phase = static_cast<std::size_t>(start % static_cast<Offset>(size));
    // One whole period from `phase`, then copies of what is there already, twice as much each time.
    std::size_t filled = std::min(size, out.size());
    for (std::size_t i = 0; i < filled; ++i) {
        out[i] = pattern_[phase];
        phase = phase + 1 == size ? 0 : phase + 1;
    }
    while (filled < out.size()) {
        const std::size_t count = std::min(filled, out.size() - filled);
        std::memcpy(out.data() + filled, out.data(), count);
        filled += count;
    }
}

Offset PatternSource::zerosAt(Offset /*start*/, Offset length) const {
    return zeros_ ? length : 0;
}

}  // namespace octavo::core
