// How the grid shows a document: what the user chooses in the View menu.
// Thread rule: plain value.
#pragma once

namespace octavo::ui {

enum class OffsetBase { Hex, Decimal };

struct HexFormat {
    /// The sizes that a group of cells can have; 1 leaves no gaps.
    static constexpr int kGroups[] = {1, 2, 4, 8};

    int group = 8;  ///< bytes, one of kGroups
    OffsetBase offsets = OffsetBase::Hex;
    int base() const { return offsets == OffsetBase::Hex ? 16 : 10; }
    friend bool operator==(const HexFormat&, const HexFormat&) = default;
};

}  // namespace octavo::ui
