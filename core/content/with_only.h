// A document's pieces with some of its changes and without the others.
// Thread rule: plain functions.
#pragma once

#include "core/content/change_id.h"
#include "core/content/piece_tree.h"

#include <span>

namespace octavo::core {

/// Stands on the first piece, be it a mark.
PieceTree::Cursor firstPiece(const PieceTree& tree);

/// `tree` with these changes only, every other one (and every one that is off) given up: the file
/// as a save of them leaves it, in terms of the file `base` before.
PieceTree withOnly(const PieceTree& tree, std::span<const ChangeId> changes, SourceId base);

}  // namespace octavo::core
