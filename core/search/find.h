// Finds what a finder finds in a snapshot, forwards or backwards, over any number of pieces.
//
// A whole match lies in the range that is searched; what stands beside the range is looked at where
// the finder does (^, \b). Holes and other runs known to be zeros are passed over without reading
// where there cannot be a match inside zeros alone. Unreadable bytes match nothing and are
// reported. The hits are the same whatever the chunks, the threads and the pieces are.
//
// Thread rule: any thread that may wait for a disk; `progress` is shared with the one that waits.
// Units: document offsets; progress counts bytes of the range that are done.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/unreadable.h"
#include "core/content/snapshot.h"
#include "core/search/find_options.h"
#include "core/search/finder.h"
#include "core/search/hit.h"

#include <functional>
#include <optional>

namespace octavo::core {

struct FindOutcome {
    std::optional<Hit> match;
    /// What could not be read of the bytes before the match (behind it, backwards); of the whole
    /// range where there is none.
    Unreadable notSearched;
};

/// The first match in `range` (cut to the snapshot), or backwards the one with the greatest start.
/// Cancelled where progress says so; InvalidArgument where the range or the alignment is none.
Result<FindOutcome> findFirst(const Snapshot& snapshot, const Finder& finder, Extent range,
                              Progress& progress, const FindOptions& options = {});

struct FindAllOutcome {
    Unreadable notSearched;
    /// Matches from there on are missing: to find the ones before has cost so much more than to
    /// read the bytes that it was given up.
    std::optional<Offset> stoppedAt;
};

/// All matches in `range` that do not overlap, or all, from the left (backwards: from the right, so
/// not always the same ones). Each is given to `onHit` at once, in order, by one thread at a time;
/// the search stops when that answers false.
Result<FindAllOutcome> findAll(const Snapshot& snapshot, const Finder& finder, Extent range,
                               Progress& progress, const std::function<bool(const Hit&)>& onHit,
                               const FindOptions& options = {});

}  // namespace octavo::core
