// A run of one source: the unit a document is made of.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"
#include "core/content/source.h"

namespace octavo::core {

struct Piece {
    Offset start = 0;   ///< in the source
    Offset length = 0;  ///< never 0 inside a tree
    SourceId source = 0;

    /// True where `next` goes on where this piece stops.
    bool isFollowedBy(const Piece& next) const {
        return source == next.source && start + length == next.start;
    }
    /// The part from `from`, of `count` bytes.
    Piece part(Offset from, Offset count) const { return {start + from, count, source}; }
    friend bool operator==(const Piece&, const Piece&) = default;
};

}  // namespace octavo::core
