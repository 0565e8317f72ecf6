// Where the caret stands and what is selected: two 64-bit positions and a digit of a cell.
//
// The caret stands *before* a cell, at the end of the document before none; the selection is the
// half-open extent between the anchor and the caret, in either direction.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

#include <algorithm>

namespace octavo::ui {

/// The two pictures of a row's bytes.
enum class HexPane { Hex, Text };

struct HexSelection {
    core::Offset anchor = 0;
    core::Offset caret = 0;
    /// Which digit of the caret's cell is typed next, counted from the left.
    int digit = 0;

    core::Extent extent() const {
        const core::Offset from = std::min(anchor, caret);
        return {from, std::max(anchor, caret) - from};
    }
    bool isEmpty() const { return anchor == caret; }

    /// Moves the caret; the anchor comes along unless the selection is extended.
    void moveTo(core::Offset offset, bool extend) {
        caret = offset;
        digit = 0;
        if (!extend) {
            anchor = offset;
        }
    }
    void select(core::Extent extent) {
        anchor = extent.offset;
        caret = extent.end();
        digit = 0;
    }
    void clear() { anchor = caret; }
    /// Keeps both ends within a document of `length` bytes.
    void clamp(core::Offset length) {
        anchor = std::clamp<core::Offset>(anchor, 0, length);
        if (caret > length || caret < 0) {
            caret = std::clamp<core::Offset>(caret, 0, length);
            digit = 0;
        }
    }
    friend bool operator==(const HexSelection&, const HexSelection&) = default;
};

}  // namespace octavo::ui
