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

void PieceTreeNodeRef::destroy(PieceTreeNode* node) {
    if (node->isLeaf())
        delete node->leaf();
    else
        delete node->inner();
}

}  // namespace octavo::core
