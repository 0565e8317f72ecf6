// What is known about one cell besides its byte.
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"

#include <cstdint>

namespace octavo::ui {

enum CellFlag : std::uint8_t {
    CellLoading = 1,         ///< the byte is not here yet
    CellUnreadable = 2,      ///< the byte could not be read
    CellChanged = 4,         ///< differs from the file at its place
    CellInserted = 8,        ///< not in the file
    CellDeletedBefore = 16,  ///< bytes of the file were taken out just before this cell
    /// The byte is the last one known, and may be another by now: it will be fetched again.
    CellStale = 32,
    CellHole = 64,      ///< a zero that is stored nowhere
    CellMatched = 128,  ///< belongs to something that was found
};
using CellFlags = std::uint8_t;

/// The flags that tell of the user's changes; the others tell of reading.
inline constexpr CellFlags kChangeFlags = CellChanged | CellInserted | CellDeletedBefore;

/// The cells of one row as they lie in memory, for the painter; valid until the model changes.
/// `count` bytes belong to the document; flags has one more where the row is not full.
struct HexRow {
    /// As many cells before and behind the row can be looked at, where there are as many.
    static constexpr int kContext = 3;
    core::Offset offset = 0;
    int count = 0;
    const core::Byte* bytes = nullptr;
    const CellFlags* flags = nullptr;
    int before = 0;  ///< cells that lie before the first one
    int after = 0;   ///< bytes of the document that lie behind the last one

    /// Any of them.
    bool hasFlag(int column, int wanted) const { return (flags[column] & wanted) != 0; }
};

}  // namespace octavo::ui
