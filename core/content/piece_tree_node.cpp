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
    PieceTreeNodeRef copy;
    if (node_->isLeaf()) {
        copy = makeLeaf();
        for (std::size_t i = 0; i < node_->count; ++i)
            copy->leaf()->append(node_->leaf()->pieces[i]);
    } else {
        copy = makeInner(node_->height);
        for (std::size_t i = 0; i < node_->count; ++i)
            copy->inner()->append(node_->inner()->children[i]);
    }
    *this = std::move(copy);
}

void PieceTreeNodeRef::destroy(PieceTreeNode* node) {
    if (node->isLeaf())
        delete node->leaf();
    else
        delete node->inner();
}

}  // namespace octavo::core
