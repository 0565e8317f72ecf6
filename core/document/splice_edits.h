// What a splice does to the bytes of a document, for positions that follow them.
//
// A splice may take out more than it changes: giving up all changes replaces everything. What it
// takes out and puts back as the file's own bytes, at their own place, has not moved, so it stands
// between edits.
//
// Thread rule: a plain function.
#pragma once

#include "core/document/splice.h"
#include "core/document/tracked_positions.h"

#include <vector>

namespace octavo::core {

/// Ascending and disjoint, in the document before. Neither side is empty for all of them. Time
/// follows the pieces.
std::vector<TrackedPositions::Edit> editsIn(const SpliceView& splice);

}  // namespace octavo::core
