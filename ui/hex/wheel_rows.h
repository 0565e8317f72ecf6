// Turns what wheels and touch pads send into whole rows and keeps the fractions, so that many
// small moves scroll as far as one large one.
// Thread rule: plain value.
#pragma once

namespace octavo::ui {

class WheelRows {
public:
    /// Pixels of a touch pad; `rowPixels` to a row. Returns rows, down positive.
    int takePixels(int pixels, int rowPixels) { return take(pixels, rowPixels); }
    /// Eighths of a degree of a wheel; `rowsPerNotch` rows for a notch of 120.
    int takeAngle(int angle, int rowsPerNotch) { return take(angle * rowsPerNotch, 120); }

private:
    int take(int amount, int unit) {
        // What is left of another unit or of the other direction is worth nothing.
        if (unit != unit_ || (rest_ > 0) != (amount > 0)) {
            rest_ = 0;
        }
        unit_ = unit;
        rest_ += amount;
        const int units = rest_ / unit;
        rest_ -= units * unit;
        return -units;
    }

    int unit_ = 0;
    int rest_ = 0;
};

}  // namespace octavo::ui
