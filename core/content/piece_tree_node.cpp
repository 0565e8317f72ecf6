#include "core/content/piece_tree_node.h"

namespace octavo::core {

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
