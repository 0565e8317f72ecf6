// How the grid shows a document: what the user chooses in the View menu.
// Thread rule: plain value.
#pragma once

#include "ui/hex/cell_kind.h"

#include <algorithm>
#include <string>

namespace octavo::ui {

enum class OffsetBase { Hex, Decimal };

struct HexFormat {
    /// The sizes that a group of cells can have; 1 leaves no gaps.
    static constexpr int kGroups[] = {1, 2, 4, 8};
    /// As many bytes in a row as the width has room for.
    static constexpr int kFitWidth = 0;
    /// With one, the rows of the largest document could not be counted.
    static constexpr int kFewestBytesPerRow = 2;
    static constexpr int kMostBytesPerRow = 512;

    int group = 8;         ///< bytes, one of kGroups
    int bytesPerRow = 16;  ///< or kFitWidth
    CellKind kind = CellKind::Hex8;
    core::ByteOrder order = core::ByteOrder::Little;
    std::string encoding = "ISO-8859-1";  ///< of the text pane, for TextCodec::named()
    OffsetBase offsets = OffsetBase::Hex;
    /// Offsets are told as distances from the caret.
    bool relativeOffsets = false;

    int base() const { return offsets == OffsetBase::Hex ? 16 : 10; }
    int cellBytes() const { return factsOf(kind).bytes; }
    /// Bytes that stand together: a group, or a cell where that is larger.
    int together() const { return std::max(group, cellBytes()); }
    /// The fixed number of bytes of a row, brought up to whole cells.
    int fixedRow() const {
        const int wanted = std::clamp(bytesPerRow, kFewestBytesPerRow, kMostBytesPerRow);
        return (wanted + cellBytes() - 1) / cellBytes() * cellBytes();
    }
    friend bool operator==(const HexFormat&, const HexFormat&) = default;
};

}  // namespace octavo::ui
