#include "core/content/piece_tree.h"

#include <algorithm>

namespace octavo::core {

namespace {

// What a place is sought by; types, so that the search is compiled for each. Unsigned, since twice
// kMaxLength fits.

struct ByOffset {
    static std::uint64_t of(Offset length, Offset /*fileLength*/) {
        return static_cast<std::uint64_t>(length);
    }
};

struct ByFileOffset {
    static std::uint64_t of(Offset /*length*/, Offset fileLength) {
        return static_cast<std::uint64_t>(fileLength);
    }
};

/// Both coordinates grow along the pieces, so their sum tells which of two borders comes first.
struct ByBorder {
    static std::uint64_t of(Offset length, Offset fileLength) {
        return static_cast<std::uint64_t>(length) + static_cast<std::uint64_t>(fileLength);
    }
};

/// Asks for the first lines of a leaf ahead of time; the processor goes on by itself.
void fetch(const PieceTreeNode* leaf) {
    const auto* line = reinterpret_cast<const char*>(leaf);
    for (std::size_t i = 0; i < 8; ++i)
        __builtin_prefetch(line + i * 64);
}

}  // namespace

template <typename By>
void PieceTree::Cursor::seek(const PieceTree& tree, Offset offset, Offset fileOffset) {
    const PieceTreeNode* node = tree.root_.pointer();
    if (node == nullptr)
        return;
    std::uint64_t sought = By::of(offset, fileOffset);
    std::size_t depth = 0;
    Border at;
    for (; !node->isLeaf(); ++depth) {
        const auto* inner = node->inner();
        __builtin_prefetch(&inner->children[0]);
        __builtin_prefetch(&inner->children[PieceTreeNode::kInnerRoom / 2]);
        // All are compared: that takes less time than a branch that is guessed wrong.
        std::size_t child = 0;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < PieceTreeNode::kInnerRoom; ++i)
            child += By::of(inner->ends[i], inner->fileEnds[i]) <= sought ? 1 : 0;
        child = std::min(child, inner->count - std::size_t{1});
        if (child > 0) {
            const Border before{inner->ends[child - 1], inner->fileEnds[child - 1]};
            sought -= By::of(before.offset, before.fileOffset);
            at.offset += before.offset;
            at.fileOffset += before.fileOffset;
        }
        path_[depth] = {inner, child};
        node = inner->children[child].pointer();
    }
    const auto* leaf = node->leaf();
    std::size_t index = 0;
    for (; index < leaf->count; ++index) {
        const Piece& piece = leaf->pieces[index];
        const std::uint64_t size = By::of(piece.length, piece.fileLength);
        if (size > sought)
            break;
        sought -= size;
        at.offset += piece.length;
        at.fileOffset += piece.fileLength;
    }
    depth_ = depth;
    leaf_ = leaf;
    index_ = index;
    at_ = at;
}

PieceTree::Cursor::Cursor(const PieceTree& tree, Offset offset) {
    assert(offset >= 0 && offset <= tree.length());
    seek<ByOffset>(tree, offset, 0);
}

PieceTree::Cursor::Cursor(const PieceTree& tree, const Border& border) {
    seek<ByBorder>(tree, border.offset, border.fileOffset);
    assert(border.offset >= at_.offset && border.fileOffset >= at_.fileOffset);
    assert(atEnd() ? border == at_
                   : border.offset <= end().offset && border.fileOffset <= end().fileOffset);
}

PieceTree::Cursor PieceTree::Cursor::atFile(const PieceTree& tree, FileOffset fileOffset) {
    assert(fileOffset.value >= 0 && fileOffset.value <= tree.fileLength());
    Cursor cursor;
    cursor.seek<ByFileOffset>(tree, 0, fileOffset.value);
    return cursor;
}

bool PieceTree::Cursor::nextLeaf() {
    std::size_t above = depth_;
    while (above > 0 && path_[above - 1].index + 1 == path_[above - 1].node->count)
        --above;
    if (above == 0)
        return false;
    ++path_[above - 1].index;
    for (; above < depth_; ++above)
        path_[above] = {path_[above - 1].child()->inner(), 0};
    const Step& step = path_[depth_ - 1];
    leaf_ = step.child()->leaf();
    index_ = 0;
    if (step.index + 1 < step.node->count)
        fetch(step.node->children[step.index + 1].pointer());
    return true;
}

bool PieceTree::Cursor::previousLeaf() {
    std::size_t above = depth_;
    while (above > 0 && path_[above - 1].index == 0)
        --above;
    if (above == 0)
        return false;
    --path_[above - 1].index;
    for (; above < depth_; ++above) {
        const auto* inner = path_[above - 1].child()->inner();
        path_[above] = {inner, static_cast<std::size_t>(inner->count - 1)};
    }
    leaf_ = path_[depth_ - 1].child()->leaf();
    index_ = leaf_->count;
    return true;
}

const Piece* PieceTree::Cursor::lastOfPreviousLeaf() const {
    Cursor beside = *this;
    return beside.previousLeaf() ? &beside.leaf_->pieces[beside.index_ - 1] : nullptr;
}

const Piece* PieceTree::Cursor::firstOfNextLeaf() const {
    Cursor beside = *this;
    return beside.nextLeaf() ? &beside.leaf_->pieces[0] : nullptr;
}

bool PieceTree::Cursor::previous() {
    if (leaf_ == nullptr || (index_ == 0 && !previousLeaf()))
        return false;
    --index_;
    at_.offset -= piece().length;
    at_.fileOffset -= piece().fileLength;
    return true;
}

}  // namespace octavo::core
