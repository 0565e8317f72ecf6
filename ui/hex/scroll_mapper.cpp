#include "ui/hex/scroll_mapper.h"

#include <algorithm>

namespace octavo::ui {

namespace {

/// a * b / c, rounded down, with room for the product.
core::Offset scaled(core::Offset a, core::Offset b, core::Offset c) {
    __extension__ using Wide = __int128;
    return static_cast<core::Offset>(static_cast<Wide>(a) * b / c);
}

}  // namespace

ScrollMapper::ScrollMapper(core::Offset rowCount, int fullRows)
    : lastTop_(std::max<core::Offset>(0, rowCount - fullRows)), fullRows_(fullRows) {}

int ScrollMapper::range() const {
    return static_cast<int>(std::min<core::Offset>(lastTop_, kLargestRange));
}

int ScrollMapper::pageStep() const {
    if (lastTop_ <= kLargestRange) {
        return fullRows_;
    }
    return std::max(1, static_cast<int>(scaled(fullRows_, kLargestRange, lastTop_)));
}

int ScrollMapper::valueFor(core::Offset top) const {
    if (lastTop_ <= kLargestRange) {
        return static_cast<int>(std::clamp<core::Offset>(top, 0, lastTop_));
    }
    if (top <= 0 || top >= lastTop_) {
        return top <= 0 ? 0 : kLargestRange;
    }
    const auto value = static_cast<int>(scaled(top, kLargestRange, lastTop_));
    return std::clamp(value, 1, kLargestRange - 1);
}

core::Offset ScrollMapper::topFor(int value) const {
    if (lastTop_ <= kLargestRange) {
        return std::clamp<core::Offset>(value, 0, lastTop_);
    }
    if (value <= 0 || value >= kLargestRange) {
        return value <= 0 ? 0 : lastTop_;
    }
    return std::clamp<core::Offset>(scaled(value, lastTop_, kLargestRange), 1, lastTop_ - 1);
}

core::Offset ScrollMapper::moved(core::Offset top, core::Offset rows) const {
    // Compared before it is added: top + rows may pass the largest number.
    if (rows >= 0) {
        return rows >= lastTop_ - top ? lastTop_ : top + rows;
    }
    return -rows >= top ? 0 : top + rows;
}

}  // namespace octavo::ui
