// Chooses among hits by what stands there: the bytes of a hit (the first kMostContext of a longer
// one) and kBeside beside it, as text (small and capital letters are the same) or as hexadecimal
// digits, or its offset.
//
// Thread rule: one thread at a time, one that may wait for a disk.
#pragma once

#include "core/content/snapshot.h"
#include "core/search/hit.h"
#include "core/search/search_query.h"

#include <string>

namespace octavo::core {

class HitFilter {
public:
    static constexpr Offset kBeside = 16;

    /// `text` in UTF-8. The one of nothing admits everything.
    HitFilter(SearchQuery query, std::string_view text);

    /// Where `hit` stands in the snapshot.
    bool admits(const Snapshot& snapshot, const Hit& hit) const;

private:
    SearchQuery query_;
    std::string text_;    // in small letters
    std::string digits_;  // of bytes, or of an offset; empty where it is neither
};

}  // namespace octavo::core
