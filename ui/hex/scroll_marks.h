// Works out what a scroll bar is to mark: for each of its slots, whether a match, a bookmark or a
// change stands in the part of the document that it is for.
//
// Costs a look at the next match, bookmark or change for each slot that has one, however many there
// are. Thread rule: GUI thread; waits for nothing.
#pragma once

#include "core/content/snapshot.h"
#include "ui/hex/bookmark_source.h"
#include "ui/hex/match_source.h"

#include <cstdint>
#include <vector>

namespace octavo::ui {

/// As MarkedScrollBar::setMarks() takes them. `matches` and `bookmarks` may be nothing.
std::vector<std::uint8_t> scrollMarks(const core::Snapshot& snapshot, bool hasChanges,
                                      const MatchSource* matches, const BookmarkSource* bookmarks,
                                      int slotCount);

}  // namespace octavo::ui
