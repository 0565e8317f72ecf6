#include "core/content/piece_tree_node.h"

#include "core/content/node_pool.h"

#include <cassert>

namespace octavo::core {

namespace {

/// One for all leaves of the process and one for all inner nodes. Never destroyed: a tree may be
/// taken down on a thread that outlives main().
template <typename Node>
NodePool& pool() {
    static auto* const pool = new NodePool(sizeof(Node));
    return *pool;
}

}  // namespace

void* PieceTreeLeaf::operator new([[maybe_unused]] std::size_t size) {
    assert(size == sizeof(PieceTreeLeaf));
    return pool<PieceTreeLeaf>().take();
}

void PieceTreeLeaf::operator delete(void* leaf) noexcept {
    pool<PieceTreeLeaf>().give(leaf);
}

void* PieceTreeInner::operator new([[maybe_unused]] std::size_t size) {
    assert(size == sizeof(PieceTreeInner));
    return pool<PieceTreeInner>().take();
}

void PieceTreeInner::operator delete(void* inner) noexcept {
    pool<PieceTreeInner>().give(inner);
}

PieceTreeNodeRef PieceTreeNodeRef::makeLeaf() {
    return PieceTreeNodeRef(new PieceTreeLeaf);
}

PieceTreeNodeRef PieceTreeNodeRef::makeInner(std::uint16_t height) {
    auto* node = new PieceTreeInner;
    node->height = height;
    return PieceTreeNodeRef(node);
}

void PieceTreeNodeRef::makeSole() {
    if (isSole())
        return;
    if (node_->isLeaf()) {
        *this = PieceTreeNodeRef(new PieceTreeLeaf(*node_->leaf()));
        return;
    }
    // The counts of the children stand in as many places; asked for at once they come together.
    for (const PieceTreeNodeRef& child : node_->inner()->children)
        __builtin_prefetch(child.pointer(), 1);
    *this = PieceTreeNodeRef(new PieceTreeInner(*node_->inner()));
}

void PieceTreeNodeRef::destroy(PieceTreeNode* node) {
    if (node->isLeaf())
        delete node->leaf();
    else
        delete node->inner();
}

}  // namespace octavo::core
