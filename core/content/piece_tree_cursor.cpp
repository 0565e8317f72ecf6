#include "core/content/piece_tree.h"

namespace octavo::core {

namespace {

/// Both coordinates grow along the pieces, so their sum tells which of two borders comes first.
/// Unsigned: twice kMaxLength fits.
std::uint64_t bothOf(Offset length, Offset fileLength) {
    return static_cast<std::uint64_t>(length) + static_cast<std::uint64_t>(fileLength);
}

std::uint64_t first(Offset length, Offset /*fileLength*/) {
    return static_cast<std::uint64_t>(length);
}

std::uint64_t second(Offset /*length*/, Offset fileLength) {
    return static_cast<std::uint64_t>(fileLength);
}

}  // namespace

template <typename Measure>
void PieceTree::Cursor::seek(const PieceTree& tree, std::uint64_t sought, Measure measure) {
    const PieceTreeNode* node = tree.root_.pointer();
    if (node == nullptr)
        return;
    for (; !node->isLeaf(); node = path_[depth_ - 1].child()) {
        const auto* inner = node->inner();
        std::size_t child = 0;
        for (; child + 1 < inner->count; ++child) {
            const std::uint64_t size = measure(inner->lengths[child], inner->fileLengths[child]);
            if (size > sought)
                break;
            sought -= size;
            at_.offset += inner->lengths[child];
            at_.fileOffset += inner->fileLengths[child];
        }
        path_[depth_++] = {inner, child};
    }
    leaf_ = node->leaf();
    for (; index_ < leaf_->count; ++index_) {
        const Piece& piece = leaf_->pieces[index_];
        const std::uint64_t size = measure(piece.length, piece.fileLength);
        if (size > sought)
            break;
        sought -= size;
        at_.offset += piece.length;
        at_.fileOffset += piece.fileLength;
    }
}

PieceTree::Cursor::Cursor(const PieceTree& tree, Offset offset) {
    assert(offset >= 0 && offset <= tree.length());
    seek(tree, first(offset, 0), first);
}

PieceTree::Cursor::Cursor(const PieceTree& tree, const Border& border) {
    seek(tree, bothOf(border.offset, border.fileOffset), bothOf);
    assert(border.offset >= at_.offset && border.fileOffset >= at_.fileOffset);
    assert(atEnd() ? border == at_
                   : border.offset <= end().offset && border.fileOffset <= end().fileOffset);
}

PieceTree::Cursor PieceTree::Cursor::atFile(const PieceTree& tree, FileOffset fileOffset) {
    assert(fileOffset.value >= 0 && fileOffset.value <= tree.fileLength());
    Cursor cursor;
    cursor.seek(tree, second(0, fileOffset.value), second);
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
    leaf_ = path_[depth_ - 1].child()->leaf();
    index_ = 0;
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

bool PieceTree::Cursor::previous() {
    if (leaf_ == nullptr || (index_ == 0 && !previousLeaf()))
        return false;
    --index_;
    at_.offset -= piece().length;
    at_.fileOffset -= piece().fileLength;
    return true;
}

}  // namespace octavo::core
