// A slice as Python writes it, start:stop:step, and the positions it comes to in a map.
//
// Thread rule: plain values.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <optional>

namespace octavo::core {

/// The positions first, first + step, ...: `count` of them, all within the map.
struct SlicePositions {
    Offset first = 0;
    Offset step = 1;
    Offset count = 0;

    /// The smallest extent that holds them all.
    Extent extent() const;
};

/// What is left out is what Python takes: from the one end to the other in the step's direction.
/// Negative positions count from the end; those outside are moved to the nearest end.
struct MapSlice {
    std::optional<Offset> start = std::nullopt;
    std::optional<Offset> stop = std::nullopt;
    Offset step = 1;

    static MapSlice of(Extent extent) { return {extent.offset, extent.end()}; }

    /// An error where the step is 0.
    Result<SlicePositions> positionsIn(Offset length) const;
};

}  // namespace octavo::core
