#include "core/content/piece_tree.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

using Node = PieceTreeNode;
using NodeRef = PieceTreeNodeRef;
using Nodes = std::vector<NodeRef>;

/// Appends a piece, joining it to the last one where it goes on there.
void appendPiece(std::vector<Piece>& pieces, const Piece& piece) {
    if (piece.length == 0)
        return;
    if (!pieces.empty() && pieces.back().isFollowedBy(piece))
        pieces.back().length += piece.length;
    else
        pieces.push_back(piece);
}

/// The size of part `index` when `total` entries are spread evenly over `parts`.
std::size_t evenShare(std::size_t total, std::size_t parts, std::size_t index) {
    return total / parts + (index < total % parts ? 1 : 0);
}

std::size_t partsFor(std::size_t total, std::size_t most) {
    return (total + most - 1) / most;
}

void buildLeaves(std::span<const Piece> pieces, Nodes& out) {
    const std::size_t parts = partsFor(pieces.size(), Node::mostPieces);
    for (std::size_t part = 0, at = 0; part < parts; ++part) {
        NodeRef leaf = NodeRef::makeLeaf();
        const std::size_t share = evenShare(pieces.size(), parts, part);
        for (std::size_t i = 0; i < share; ++i)
            leaf->leaf()->append(pieces[at++]);
        out.push_back(std::move(leaf));
    }
}

void buildInner(Nodes children, Nodes& out) {
    if (children.empty())
        return;
    const auto height = static_cast<std::uint16_t>(children.front()->height + 1);
    const std::size_t parts = partsFor(children.size(), Node::mostChildren);
    for (std::size_t part = 0, at = 0; part < parts; ++part) {
        NodeRef node = NodeRef::makeInner(height);
        const std::size_t share = evenShare(children.size(), parts, part);
        for (std::size_t i = 0; i < share; ++i)
            node->inner()->append(std::move(children[at++]));
        out.push_back(std::move(node));
    }
}

/// The children of a node: moved out where the node is ours alone, shared otherwise.
Nodes takeChildren(NodeRef& node) {
    Nodes children;
    auto* inner = node->inner();
    children.reserve(inner->count);
    const bool sole = node.isSole();
    for (std::size_t i = 0; i < inner->count; ++i)
        children.push_back(sole ? std::move(inner->children[i]) : inner->children[i]);
    return children;
}

void refill(Nodes& nodes);

/// Joins two neighbours of the same height into one node, or two that are equally full.
void joinNodes(NodeRef left, NodeRef right, Nodes& out) {
    if (left->isLeaf()) {
        std::vector<Piece> pieces;
        for (const NodeRef* node : {&left, &right}) {
            const auto* leaf = (*node)->leaf();
            pieces.insert(pieces.end(), leaf->pieces.begin(), leaf->pieces.begin() + leaf->count);
        }
        buildLeaves(pieces, out);
        return;
    }
    Nodes children = takeChildren(left);
    Nodes more = takeChildren(right);
    std::move(more.begin(), more.end(), std::back_inserter(children));
    refill(children);  // a lone child may have been thin for want of a neighbour
    buildInner(std::move(children), out);
}

/// Joins nodes that hold less than they should with a neighbour, as long as there is one.
void refill(Nodes& nodes) {
    for (std::size_t i = 0; i < nodes.size() && nodes.size() > 1;) {
        if (nodes[i]->count >= nodes[i]->least()) {
            ++i;
            continue;
        }
        const std::size_t left = i == 0 ? 0 : i - 1;
        Nodes joined;
        joinNodes(std::move(nodes[left]), std::move(nodes[left + 1]), joined);
        const auto at = nodes.begin() + static_cast<std::ptrdiff_t>(left);
        *at = std::move(joined.front());
        if (joined.size() == 2)
            *(at + 1) = std::move(joined.back());
        else
            nodes.erase(at + 1);
        i = left;
    }
}

/// The first entry whose end lies beyond `offset`, or with `inclusive` at it. Leaves in `before`
/// the length of those in front.
template <typename LengthOf>
std::size_t entryAt(std::size_t count, LengthOf lengthOf, Offset offset, bool inclusive,
                    Offset& before) {
    before = 0;
    std::size_t index = 0;
    while (index + 1 < count) {
        const Offset end = before + lengthOf(index);
        if (inclusive ? end >= offset : end > offset)
            break;
        before = end;
        ++index;
    }
    return index;
}

std::size_t childAt(const Node* node, Offset offset, bool inclusive, Offset& before) {
    const auto* inner = node->inner();
    return entryAt(
        inner->count, [inner](std::size_t i) { return inner->lengths[i]; }, offset, inclusive,
        before);
}

/// The number of pieces that end at or before `offset`, a border between two pieces.
std::size_t piecesBefore(const PieceTreeLeaf* leaf, Offset offset) {
    std::size_t index = 0;
    for (Offset at = 0; at < offset; ++index)
        at += leaf->pieces[index].length;
    return index;
}

void replaceInLeaf(const NodeRef& node, Offset from, Offset to, std::span<const Piece> pieces,
                   Nodes& out) {
    const auto* leaf = node->leaf();
    const std::size_t first = piecesBefore(leaf, from);
    const std::size_t last = piecesBefore(leaf, to);
    std::vector<Piece> all(leaf->pieces.begin(),
                           leaf->pieces.begin() + static_cast<std::ptrdiff_t>(first));
    all.insert(all.end(), pieces.begin(), pieces.end());
    all.insert(all.end(), leaf->pieces.begin() + static_cast<std::ptrdiff_t>(last),
               leaf->pieces.begin() + leaf->count);
    buildLeaves(all, out);
}

/// Puts `pieces` in place of [from, to) below `node`, both borders between two pieces, and appends
/// the nodes of the same height that take its place (none where nothing is left).
void replaceIn(NodeRef node, Offset from, Offset to, std::span<const Piece> pieces, Nodes& out) {
    if (node->isLeaf()) {
        replaceInLeaf(node, from, to, pieces, out);
        return;
    }
    Offset beforeFirst = 0;
    Offset beforeLast = 0;
    const std::size_t first = childAt(node.pointer(), from, from == to, beforeFirst);
    const std::size_t last = childAt(node.pointer(), to, true, beforeLast);
    const Offset firstLength = node->inner()->lengths[first];

    Nodes old = takeChildren(node);
    Nodes children;
    for (std::size_t i = 0; i < first; ++i)
        children.push_back(std::move(old[i]));
    if (first == last) {
        replaceIn(std::move(old[first]), from - beforeFirst, to - beforeFirst, pieces, children);
    } else {
        replaceIn(std::move(old[first]), from - beforeFirst, firstLength, pieces, children);
        replaceIn(std::move(old[last]), 0, to - beforeLast, {}, children);
    }
    for (std::size_t i = last + 1; i < old.size(); ++i)
        children.push_back(std::move(old[i]));
    refill(children);
    buildInner(std::move(children), out);
}

}  // namespace

PieceTree::PieceTree(const Piece& piece) {
    replace({0, 0}, {&piece, 1});
}

std::size_t PieceTree::pieceCount() const {
    std::size_t count = 0;
    for (Cursor cursor(*this, 0); !cursor.atEnd(); cursor.next())
        ++count;
    return count;
}

void PieceTree::replace(Extent extent, std::span<const Piece> pieces) {
    assert(extent.isValid() && extent.end() <= length());

    // Widen the extent to whole pieces, so that below only whole pieces come and go, and so that
    // what goes on across its borders becomes one piece.
    std::vector<Piece> middle;
    Extent whole = extent;
    if (extent.offset > 0) {
        Cursor left(*this, extent.offset - 1);
        whole = {left.offset(), extent.end() - left.offset()};
        appendPiece(middle, left.piece().part(0, extent.offset - left.offset()));
    }
    for (const Piece& piece : pieces)
        appendPiece(middle, piece);
    if (extent.end() < length()) {
        const Cursor right(*this, extent.end());
        const Offset cut = extent.end() - right.offset();
        const Piece rest = right.piece().part(cut, right.piece().length - cut);
        // An untouched neighbour that does not join stays where it is: often in another leaf.
        if (cut > 0 || (!middle.empty() && middle.back().isFollowedBy(rest))) {
            appendPiece(middle, rest);
            whole.length += rest.length;
        }
    }

    if (replaceInPlace(whole, middle))
        return;
    Nodes nodes;
    if (root_)
        replaceIn(std::move(root_), whole.offset, whole.end(), middle, nodes);
    else
        buildLeaves(middle, nodes);
    while (nodes.size() > 1) {
        Nodes above;
        buildInner(std::move(nodes), above);
        nodes = std::move(above);
    }
    root_ = nodes.empty() ? NodeRef() : std::move(nodes.front());
    while (root_ && !root_->isLeaf() && root_->count == 1)
        root_ = NodeRef(root_->inner()->children[0]);
}

/// The common case: the pieces come and go within one leaf that has room and is ours alone.
bool PieceTree::replaceInPlace(Extent extent, std::span<const Piece> pieces) {
    if (!root_)
        return false;
    std::array<std::pair<PieceTreeInner*, std::size_t>, 48> path;
    std::size_t depth = 0;
    NodeRef* node = &root_;
    Offset from = extent.offset;
    Offset to = extent.end();
    for (;;) {
        if (!node->isSole())
            return false;
        if ((*node)->isLeaf())
            break;
        Offset before = 0;
        auto* inner = (*node)->inner();
        const std::size_t child = childAt(inner, from, from == to, before);
        if (to - before > inner->lengths[child])
            return false;
        path[depth++] = {inner, child};
        from -= before;
        to -= before;
        node = &inner->children[child];
    }
    auto* leaf = (*node)->leaf();
    const std::size_t first = piecesBefore(leaf, from);
    const std::size_t last = piecesBefore(leaf, to);
    const std::size_t count = leaf->count - (last - first) + pieces.size();
    if (count > leaf->most() || count < leaf->least())
        return false;

    const auto at = [leaf](std::size_t i) {
        return leaf->pieces.begin() + static_cast<std::ptrdiff_t>(i);
    };
    if (first + pieces.size() > last)
        std::move_backward(at(last), at(leaf->count), at(count));
    else
        std::move(at(last), at(leaf->count), at(first + pieces.size()));
    std::copy(pieces.begin(), pieces.end(), at(first));
    leaf->count = static_cast<std::uint16_t>(count);

    Offset difference = from - to;
    for (const Piece& piece : pieces)
        difference += piece.length;
    leaf->length += difference;
    while (depth-- > 0) {
        path[depth].first->length += difference;
        path[depth].first->lengths[path[depth].second] += difference;
    }
    return true;
}

std::vector<Piece> PieceTree::pieces(Extent extent) const {
    std::vector<Piece> found;
    for (Cursor cursor(*this, extent.offset); !cursor.atEnd() && cursor.offset() < extent.end();
         cursor.next()) {
        const Offset from = std::max(cursor.offset(), extent.offset);
        const Offset to = std::min(cursor.offset() + cursor.piece().length, extent.end());
        appendPiece(found, cursor.piece().part(from - cursor.offset(), to - from));
    }
    return found;
}

PieceTree::Cursor::Cursor(const PieceTree& tree, Offset offset) : tree_(tree), offset_(0) {
    assert(offset >= 0 && offset <= tree.length());
    if (offset == tree.length()) {
        offset_ = offset;
        return;
    }
    const Node* node = tree.root_.pointer();
    Offset before = 0;
    while (!node->isLeaf()) {
        const std::size_t child = childAt(node, offset - offset_, false, before);
        path_[depth_++] = {node, child};
        offset_ += before;
        node = node->inner()->children[child].pointer();
    }
    const auto* leaf = node->leaf();
    const std::size_t index = entryAt(
        leaf->count, [leaf](std::size_t i) { return leaf->pieces[i].length; }, offset - offset_,
        false, before);
    path_[depth_++] = {node, index};
    offset_ += before;
}

const Piece& PieceTree::Cursor::piece() const {
    assert(!atEnd());
    const Step& step = path_[depth_ - 1];
    return step.node->leaf()->pieces[step.index];
}

void PieceTree::Cursor::descendFirst(const Node* node) {
    for (; !node->isLeaf(); node = node->inner()->children[0].pointer())
        path_[depth_++] = {node, 0};
    path_[depth_++] = {node, 0};
}

void PieceTree::Cursor::descendLast(const Node* node) {
    for (; !node->isLeaf();
         node = path_[depth_ - 1].node->inner()->children[path_[depth_ - 1].index].pointer())
        path_[depth_++] = {node, static_cast<std::size_t>(node->count - 1)};
    path_[depth_++] = {node, static_cast<std::size_t>(node->count - 1)};
}

void PieceTree::Cursor::next() {
    offset_ += piece().length;
    while (depth_ > 0 && path_[depth_ - 1].index + 1 == path_[depth_ - 1].node->count)
        --depth_;
    if (depth_ == 0)
        return;
    Step& step = path_[depth_ - 1];
    ++step.index;
    if (!step.node->isLeaf())
        descendFirst(step.node->inner()->children[step.index].pointer());
}

bool PieceTree::Cursor::previous() {
    if (offset_ == 0)
        return false;
    if (atEnd()) {
        descendLast(tree_.root_.pointer());
    } else {
        while (path_[depth_ - 1].index == 0)
            --depth_;
        Step& step = path_[depth_ - 1];
        --step.index;
        if (!step.node->isLeaf())
            descendLast(step.node->inner()->children[step.index].pointer());
    }
    offset_ -= piece().length;
    return true;
}

namespace {

std::string checkNode(const Node* node, bool isRoot, const Piece*& last) {
    if (node->count == 0 || node->count > node->most())
        return "a node holds " + std::to_string(node->count) + " entries";
    if (!isRoot && node->count < node->least())
        return "a node is less than a quarter full";
    Offset sum = 0;
    if (node->isLeaf()) {
        for (std::size_t i = 0; i < node->count; ++i) {
            const Piece& piece = node->leaf()->pieces[i];
            if (piece.length <= 0)
                return "a piece is empty";
            if (last != nullptr && last->isFollowedBy(piece))
                return "two pieces that go on one from the other are not one";
            last = &piece;
            sum += piece.length;
        }
    } else {
        for (std::size_t i = 0; i < node->count; ++i) {
            const Node* child = node->inner()->children[i].pointer();
            if (child->height + 1 != node->height)
                return "the leaves differ in depth";
            if (child->length != node->inner()->lengths[i])
                return "a node has a wrong length for a child";
            if (std::string wrong = checkNode(child, false, last); !wrong.empty())
                return wrong;
            sum += child->length;
        }
    }
    return sum == node->length ? std::string() : "a node has a wrong length";
}

}  // namespace

std::string PieceTree::checkInvariants() const {
    const Piece* last = nullptr;
    return root_ ? checkNode(root_.pointer(), true, last) : std::string();
}

}  // namespace octavo::core
