// Places of a document with pending edits and of its file as it is without them, one from the
// other, and the changes as the file's side sees them.
//
// Thread rule: pure functions; they touch no file. Cost: O(log n) in the pieces, for
// changesOfOriginal() plus those it looks at.
#pragma once

#include "core/base/types.h"
#include "core/content/change.h"
#include "core/content/snapshot.h"

#include <vector>

namespace octavo::core {

/// Where the byte at `offset` of the document stands in the file, or the one that it stands in
/// place of; of what was inserted, where it was. The end of one is the end of the other.
Offset originalOffset(const Snapshot& edited, Offset offset);
/// The other way round; of what was deleted, where it was.
Offset editedOffset(const Snapshot& edited, Offset originalOffset);

/// The changes that touch `within`, an extent of the file, seen from there: `now` is what stands in
/// the file and `before` how much the document has in its place. What looks inserted is what will
/// be deleted.
std::vector<Change> changesOfOriginal(const Snapshot& edited, Extent within);

}  // namespace octavo::core
