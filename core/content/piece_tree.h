// The order of a document's pieces: a reference-counted copy-on-write B+tree.
//
// A copy of the tree is O(1) and shares every node; a change copies only the path it touches, and
// not even that where no copy is held. Leaves hold pieces, inner nodes their children and where
// each of them ends in both coordinates: bytes of the document and bytes of the file.
//
// Invariants (checked by checkInvariants()):
//   1. no two neighbours could be one piece (Piece::isFollowedBy);
//   2. all leaves have the same depth; a node other than the root is at least a quarter full;
//   3. every node knows both sums of the lengths below it; the root's are at most kMaxLength;
//   4. a piece that shows the file stands at its own place: start is its file coordinate, and both
//      its lengths are equal.
//
// Places are borders (both coordinates). A mark (a piece empty in both) shares its border with its
// neighbours: a range never takes marks that stand at one of its ends, and what is put into an
// empty range stands behind the marks there.
//
// Thread rule: a tree is a value: each copy may be read and changed by one thread at a time, and
// different copies by different threads.
// Cost: replace() and locating are O(log n) plus the pieces given or taken.
// Source of the idea: xi's rope and zed's sum_tree (shared immutable nodes), VS Code's piece tree.
#pragma once

#include "core/base/types.h"
#include "core/content/border.h"
#include "core/content/piece.h"
#include "core/content/piece_tree_node.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace octavo::core {

class PieceTree {
public:
    PieceTree() = default;
    explicit PieceTree(const Piece& piece);

    Offset length() const { return root_ ? root_->length : 0; }
    Offset fileLength() const { return root_ ? root_->fileLength : 0; }
    Border end() const { return {length(), fileLength()}; }
    /// O(n): walks the tree.
    std::size_t pieceCount() const;
    /// The memory of its nodes in bytes, those included that copies share. O(n).
    std::size_t memorySize() const;

    /// Puts `pieces` in place of what lies between the borders. A border may fall into a piece,
    /// which is then cut there in both coordinates (a piece that shows the file only where both
    /// cuts are the same place). Pieces that are empty in both and no marks are skipped; the sums
    /// must stay within kMaxLength (the caller has checked).
    void replace(const Border& from, const Border& to, std::span<const Piece> pieces);
    /// Puts `pieces` in place of the mark of change `id` that stands at `at`. False, and no change,
    /// where there is none.
    bool replaceMark(const Border& at, ChangeId id, std::span<const Piece> pieces);

    /// The pieces between the borders, the first and last cut to them; marks at the ends are left
    /// out.
    std::vector<Piece> pieces(const Border& from, const Border& to) const;

    /// Walks the pieces of a tree, which must outlive it and not change meanwhile.
    class Cursor {
    public:
        /// Stands on the piece that holds the byte at `offset`; behind the last piece for an offset
        /// of length(). Deletions and marks at `offset` lie before it: see previous().
        Cursor(const PieceTree& tree, Offset offset);
        /// Stands on the first piece that ends behind `border`.
        Cursor(const PieceTree& tree, const Border& border);
        /// Stands on the piece that stands for the file's byte at `fileOffset`; behind the last
        /// piece for fileLength(). Insertions at `fileOffset` lie before it: see previous().
        static Cursor atFile(const PieceTree& tree, FileOffset fileOffset);

        bool atEnd() const { return leaf_ == nullptr || index_ == leaf_->count; }
        /// Where the piece begins; both ends of the tree where atEnd().
        Offset offset() const { return at_.offset; }
        Offset fileOffset() const { return at_.fileOffset; }
        const Border& border() const { return at_; }
        /// Where the piece ends.
        Border end() const {
            return {at_.offset + piece().length, at_.fileOffset + piece().fileLength};
        }
        const Piece& piece() const {
            assert(!atEnd());
            return leaf_->pieces[index_];
        }
        void next() {
            at_ = end();
            if (++index_ == leaf_->count)
                nextLeaf();
        }
        /// False, and no move, where the piece is the first; from the end it goes to the last.
        bool previous();

    private:
        friend class PieceTree;
        struct Step {
            const PieceTreeInner* node;
            std::size_t index;

            const PieceTreeNode* child() const { return node->children[index].pointer(); }
        };

        Cursor() = default;
        /// Goes to the first piece that ends behind the place, in the coordinate that `By` looks
        /// at, or to the end.
        template <typename By>
        void seek(const PieceTree& tree, Offset offset, Offset fileOffset);
        /// Nothing where there is no such leaf.
        const Piece* lastOfPreviousLeaf() const;
        const Piece* firstOfNextLeaf() const;
        bool nextLeaf();
        bool previousLeaf();

        std::array<Step, PieceTreeNode::kMostHeight>
            path_;  // from the root on; depth_ of them count
        std::size_t depth_ = 0;
        const PieceTreeLeaf* leaf_ = nullptr;
        std::size_t index_ = 0;  // in the leaf; the last leaf's count at the end of the tree
        Border at_;
    };

    /// Empty where all invariants hold, else what is wrong. For tests and debug builds.
    std::string checkInvariants() const;

private:
    bool replaceInLeaf(const Cursor& first, const Border& from, const Border& to,
                       std::span<const Piece> pieces);
    void splice(Cursor first, Cursor behind, std::vector<Piece> pieces);
    bool writeLeaf(const Cursor& cursor, std::size_t first, std::size_t last,
                   std::span<const Piece> pieces);

    PieceTreeNodeRef root_;
};

}  // namespace octavo::core
