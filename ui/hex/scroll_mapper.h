// Between a 64-bit top row and a scroll bar of 31 bits.
//
// Up to 2^30 positions the bar counts rows; beyond, it is a scale of 2^30 steps on which only the
// two ends are exact. The view keeps the row and asks the bar only when the user drags it, so a
// coarse scale never loses a row that was reached by keys, wheel or arrows.
//
// Invariants: value 0 is row 0 and no other, value range() is the last top row and no other
// (where there is more than one); both directions never decrease; topFor(valueFor(top)) == top
// wherever the bar counts rows.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

namespace octavo::ui {

class ScrollMapper {
public:
    static constexpr int kLargestRange = 1 << 30;

    ScrollMapper() = default;
    /// `rowCount` rows of which `fullRows` are seen at a time; both at least 1.
    ScrollMapper(core::Offset rowCount, int fullRows);

    /// The largest row that can be at the top.
    core::Offset lastTop() const { return lastTop_; }
    /// The maximum of the bar; its minimum is 0.
    int range() const;
    /// The bar's page step, which gives its handle the right size.
    int pageStep() const;

    int valueFor(core::Offset top) const;
    core::Offset topFor(int value) const;
    /// `top` moved by `rows`, kept between 0 and lastTop().
    core::Offset moved(core::Offset top, core::Offset rows) const;

private:
    core::Offset lastTop_ = 0;
    int fullRows_ = 1;
};

}  // namespace octavo::ui
