// An entry of the splice log as it is walked.
// Thread rule: plain value.
#pragma once

#include "core/document/splice.h"

#include <cstdint>
#include <vector>

namespace octavo::core {

/// A splice, or a mark ("kept") set on or taken from a change.
struct SpliceLogEntry {
    enum class Kind : std::uint8_t { Splice, Kept };

    Kind kind = Kind::Splice;
    Border from;                  ///< of a splice
    std::vector<Piece> removed;   ///< of a splice
    std::vector<Piece> inserted;  ///< of a splice
    ChangeId change = kNoChange;  ///< of a mark
    bool kept = false;            ///< of a mark: as it was set; it was the opposite before

    SpliceView view() const { return {from, removed, inserted}; }
};

}  // namespace octavo::core
