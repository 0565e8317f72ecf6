// The order of a document's pieces: a reference-counted copy-on-write B+tree.
//
// A copy of the tree is O(1) and shares every node; a change copies only the path it touches, and
// not even that where no copy is held. Leaves hold up to kLeafPieces pieces, inner nodes up to
// kFanout children with the length below each.
//
// Invariants (checked by checkInvariants()):
//   1. no piece is empty; two neighbours that go on one from the other are one piece;
//   2. all leaves have the same depth; a node other than the root is at least a quarter full;
//   3. every node knows the sum of the lengths below it; the root's is at most kMaxLength.
//
// Thread rule: a tree is a value: each copy may be read and changed by one thread at a time, and
// different copies by different threads.
// Cost: replace() and locating are O(log n) plus the pieces given or taken.
// Source of the idea: xi's rope and zed's sum_tree (shared immutable nodes), VS Code's piece tree.
#pragma once

#include "core/base/types.h"
#include "core/content/piece.h"
#include "core/content/piece_tree_node.h"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace octavo::core {

class PieceTree {
public:
    PieceTree() = default;
    explicit PieceTree(const Piece& piece);

    Offset length() const { return root_ ? root_->length : 0; }
    /// O(n): walks the tree.
    std::size_t pieceCount() const;

    /// Puts `pieces` in place of `extent`, which lies within the tree. Empty pieces are skipped;
    /// the sum of lengths must stay within kMaxLength (the caller has checked).
    void replace(Extent extent, std::span<const Piece> pieces);

    /// The pieces that make up `extent`, the first and last cut to it.
    std::vector<Piece> pieces(Extent extent) const;

    /// Walks the pieces of a tree, which must outlive it and not change meanwhile.
    class Cursor {
    public:
        /// Stands on the piece that holds `offset`; at the end for an offset of length().
        Cursor(const PieceTree& tree, Offset offset);

        bool atEnd() const { return depth_ == 0; }
        /// Where the piece begins in the document.
        Offset offset() const { return offset_; }
        const Piece& piece() const;
        void next();
        /// False, and no move, where the piece is the first; from the end it goes to the last.
        bool previous();

    private:
        struct Step {
            const PieceTreeNode* node;
            std::size_t index;
        };
        void descendFirst(const PieceTreeNode* node);
        void descendLast(const PieceTreeNode* node);

        const PieceTree& tree_;
        std::array<Step, 48> path_;  // from the root to a leaf; depth_ of them count
        std::size_t depth_ = 0;
        Offset offset_ = 0;
    };

    /// Empty where all invariants hold, else what is wrong. For tests and debug builds.
    std::string checkInvariants() const;

private:
    bool replaceInPlace(Extent extent, std::span<const Piece> pieces);

    PieceTreeNodeRef root_;
};

}  // namespace octavo::core
