// How a search over a document is to be carried out.
// Thread rule: plain values.
#pragma once

#include "core/base/types.h"

namespace octavo::core {

/// Matches begin only every `every` bytes from `from` on, to both sides.
struct Alignment {
    Offset every = 1;  ///< at least 1
    Offset from = 0;

    bool admits(Offset offset) const { return every <= 1 || (offset - from) % every == 0; }
};

struct FindOptions {
    /// Places looked at at a time; more for what has long matches. Tests set it small so that
    /// every match straddles something.
    Offset chunkLength = Offset{1} << 21;
    /// From the last match to the first.
    bool backward = false;
    /// Only matches that begin before this; they may end behind it.
    Offset beginsBefore = kMaxLength;
    /// Of all matches: those too that overlap the one before.
    bool overlapping = false;
    Alignment alignment = {};
    /// Of all matches, forwards: how many threads search. 0: as many as there are cores.
    unsigned threads = 1;
};

}  // namespace octavo::core
