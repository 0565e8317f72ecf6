// Finds a pattern in a snapshot, forwards or backwards, over any number of pieces.
//
// The whole match lies in the range that is searched. Holes and other runs known to be zeros are
// passed over without reading where the pattern cannot match inside zeros alone. Unreadable bytes
// match nothing and are reported.
//
// Thread rule: any thread that may wait for a disk; `progress` is shared with the one that waits.
// Units: document offsets; progress counts bytes of the range that are done.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/unreadable.h"
#include "core/content/snapshot.h"
#include "core/search/pattern.h"

#include <functional>
#include <optional>

namespace octavo::core {

struct FindOutcome {
    std::optional<Offset> match;
    /// What could not be read of the bytes before the match (behind it, with `backward`); of the
    /// whole range where there is none.
    Unreadable notSearched;
};

struct FindOptions {
    /// Bytes read at a time, besides the few that a match at the last of them needs; more for a
    /// long pattern. Tests set it small so that every match straddles something.
    Offset chunkLength = Offset{1} << 20;
};

/// The first match in `range` (cut to the snapshot), or with `backward` the last. Cancelled where
/// progress says so, which is asked before each chunk; InvalidArgument where the range is none.
Result<FindOutcome> findFirst(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                              bool backward, Progress& progress, const FindOptions& options = {});

/// All matches in `range` that do not overlap, from the left (`backward`: from the right, so not
/// always the same ones), each given to `onMatch` at once; stops when that answers false.
/// Returns what could not be searched.
Result<Unreadable> findAll(const Snapshot& snapshot, const Pattern& pattern, Extent range,
                           bool backward, Progress& progress,
                           const std::function<bool(Offset)>& onMatch,
                           const FindOptions& options = {});

}  // namespace octavo::core
