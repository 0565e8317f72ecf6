// A place between two pieces, in both of a document's coordinates.
//
// Insertions are empty in the file and deletions in the document, so one coordinate alone can name
// several places.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

#include <compare>

namespace octavo::core {

struct Border {
    Offset offset = 0;      ///< in the document
    Offset fileOffset = 0;  ///< in the file

    /// Both coordinates grow, or stay, from piece to piece.
    friend constexpr auto operator<=>(const Border&, const Border&) = default;
};

}  // namespace octavo::core
