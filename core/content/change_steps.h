// From one change of a document to the next: for keys that step through them.
//
// Thread rule: pure functions; they touch no file.
#pragma once

#include "core/base/types.h"
#include "core/content/change.h"
#include "core/content/snapshot.h"

#include <optional>

namespace octavo::core {

/// The first change that is on and begins behind `offset`. O(log n).
std::optional<Change> changeBehind(const Snapshot& snapshot, Offset offset);
/// The last change that is on and begins before `offset`. Time follows the pieces of the stretch
/// that has none.
std::optional<Change> changeBefore(const Snapshot& snapshot, Offset offset);

}  // namespace octavo::core
