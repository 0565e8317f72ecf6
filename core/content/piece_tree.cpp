#include "core/content/piece_tree.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

using Node = PieceTreeNode;
using NodeRef = PieceTreeNodeRef;
using Nodes = std::vector<NodeRef>;

/// Appends a piece, joining it to the last one where it goes on there. What is empty in both and
/// says nothing of a change is left out.
template <typename Pieces>
void appendPiece(Pieces& pieces, const Piece& piece) {
    if (piece.isMark() && !piece.isOff())
        return;
    if (!pieces.empty() && pieces.back().isFollowedBy(piece))
        pieces.back() = pieces.back().joined(piece);
    else
        pieces.push_back(piece);
}

/// The part of a piece that begins at `at` behind `from`, and in front of it.
Piece tailFrom(const Piece& piece, const Border& at, const Border& from) {
    return piece.tail(from.offset - at.offset, from.fileOffset - at.fileOffset);
}

Piece headTo(const Piece& piece, const Border& at, const Border& to) {
    return piece.head(to.offset - at.offset, to.fileOffset - at.fileOffset);
}

/// A few pieces without an allocation: what a common edit puts into a leaf.
class FewPieces {
public:
    static constexpr std::size_t kRoom = 6;

    bool empty() const { return count_ == 0; }
    Piece& front() { return pieces_.front(); }
    Piece& back() { return pieces_[count_ - 1]; }
    void push_back(const Piece& piece) { pieces_[count_++] = piece; }
    std::span<const Piece> span() const { return {pieces_.data(), count_}; }

private:
    std::array<Piece, kRoom> pieces_;
    std::size_t count_ = 0;
};

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

/// Calls `each` for a node and all below it.
template <typename Each>
void visit(const Node* node, const Each& each) {
    each(node);
    for (std::size_t i = 0; !node->isLeaf() && i < node->count; ++i)
        visit(node->inner()->children[i].pointer(), each);
}

/// Where to cut `total` entries in two nodes of at most `most`, when those before `last` and from
/// `first` on are new. In the middle; but what grows at one end goes on growing there, and leaves
/// full nodes behind.
std::size_t cutAt(std::size_t total, std::size_t first, std::size_t last, const Node* node) {
    std::size_t cut = total / 2;
    if (last + 1 >= total)
        cut = total - node->least();
    else if (first <= 1)
        cut = node->least();
    return std::clamp(cut, total - node->most(), node->most());
}

/// Puts `added` behind the child `index`, whose length has changed by what is in `added`, if
/// anything. Returns the node to put behind this one where it had no room.
NodeRef addChild(PieceTreeInner* inner, std::size_t index, NodeRef added) {
    const std::size_t total = inner->count + std::size_t{1};
    std::array<NodeRef, Node::kInnerRoom + 1> all;
    const auto children = inner->children.begin();
    const auto behind = children + static_cast<std::ptrdiff_t>(index) + 1;
    auto out = std::move(children, behind, all.begin());
    *out++ = std::move(added);
    std::move(behind, children + inner->count, out);

    const std::size_t cut =
        total <= inner->most() ? total : cutAt(total, index + 1, index + 2, inner);
    inner->clear();
    for (std::size_t i = 0; i < cut; ++i)
        inner->append(std::move(all[i]));
    if (cut == total)
        return {};
    NodeRef right = NodeRef::makeInner(inner->height);
    for (std::size_t i = cut; i < total; ++i)
        right->inner()->append(std::move(all[i]));
    return right;
}

/// Puts `pieces` in place of those from `first` on and before `last`. Returns the leaf to put
/// behind this one where it had no room.
NodeRef writePieces(PieceTreeLeaf* leaf, std::size_t first, std::size_t last,
                    std::span<const Piece> pieces) {
    const std::size_t count = leaf->count - (last - first) + pieces.size();
    const auto at = [leaf](std::size_t i) {
        return leaf->pieces.begin() + static_cast<std::ptrdiff_t>(i);
    };
    if (count <= leaf->most()) {
        for (std::size_t i = first; i < last; ++i) {
            leaf->length -= leaf->pieces[i].length;
            leaf->fileLength -= leaf->pieces[i].fileLength;
        }
        for (const Piece& piece : pieces) {
            leaf->length += piece.length;
            leaf->fileLength += piece.fileLength;
        }
        if (first + pieces.size() > last)
            std::move_backward(at(last), at(leaf->count), at(count));
        else
            std::move(at(last), at(leaf->count), at(first + pieces.size()));
        std::copy(pieces.begin(), pieces.end(), at(first));
        leaf->count = static_cast<std::uint16_t>(count);
        return {};
    }
    std::array<Piece, Node::kLeafRoom + FewPieces::kRoom> all;
    auto out = std::copy(at(0), at(first), all.begin());
    out = std::copy(pieces.begin(), pieces.end(), out);
    std::copy(at(last), at(leaf->count), out);

    const std::size_t cut = cutAt(count, first, first + pieces.size(), leaf);
    leaf->count = 0;
    leaf->length = 0;
    leaf->fileLength = 0;
    for (std::size_t i = 0; i < cut; ++i)
        leaf->append(all[i]);
    NodeRef right = NodeRef::makeLeaf();
    for (std::size_t i = cut; i < count; ++i)
        right->leaf()->append(all[i]);
    return right;
}

/// A place between two pieces: the entry of each node on the way from the root, and for the leaf
/// how many of its pieces lie in front.
using Gap = std::array<std::size_t, Node::kMostHeight + 1>;

/// Puts `pieces` in place of what lies between two gaps (none: from the beginning, to the end of
/// the node) and appends the nodes of the same height that take its place: none where nothing is
/// left.
void replaceIn(NodeRef node, std::size_t depth, const Gap* from, const Gap* to,
               std::span<const Piece> pieces, Nodes& out) {
    const std::size_t first = from != nullptr ? (*from)[depth] : 0;
    if (node->isLeaf()) {
        const auto* leaf = node->leaf();
        const std::size_t last = to != nullptr ? (*to)[depth] : leaf->count;
        const std::span<const Piece> old(leaf->pieces.data(), leaf->count);
        std::vector<Piece> all(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(first));
        all.insert(all.end(), pieces.begin(), pieces.end());
        all.insert(all.end(), old.begin() + static_cast<std::ptrdiff_t>(last), old.end());
        buildLeaves(all, out);
        return;
    }
    const std::size_t last = to != nullptr ? (*to)[depth] : node->count - std::size_t{1};
    Nodes old = takeChildren(node);
    Nodes children;
    for (std::size_t i = 0; i < first; ++i)
        children.push_back(std::move(old[i]));
    if (first == last) {
        replaceIn(std::move(old[first]), depth + 1, from, to, pieces, children);
    } else {
        replaceIn(std::move(old[first]), depth + 1, from, nullptr, pieces, children);
        replaceIn(std::move(old[last]), depth + 1, nullptr, to, {}, children);
    }
    for (std::size_t i = last + 1; i < old.size(); ++i)
        children.push_back(std::move(old[i]));
    refill(children);
    buildInner(std::move(children), out);
}

}  // namespace

PieceTree::PieceTree(const Piece& piece) {
    replace({}, {}, {&piece, 1});
}

std::size_t PieceTree::pieceCount() const {
    std::size_t count = 0;
    if (root_)
        visit(root_.pointer(),
              [&](const Node* node) { count += node->isLeaf() ? node->count : 0U; });
    return count;
}

std::size_t PieceTree::memorySize() const {
    std::size_t size = 0;
    if (root_) {
        visit(root_.pointer(), [&](const Node* node) {
            size += node->isLeaf() ? sizeof(PieceTreeLeaf) : sizeof(PieceTreeInner);
        });
    }
    return size;
}

void PieceTree::replace(const Border& from, const Border& to, std::span<const Piece> pieces) {
    assert(from <= to && from.fileOffset <= to.fileOffset);
    const Cursor first(*this, from);
    if (replaceInLeaf(first, from, to, pieces))
        return;
    std::vector<Piece> middle;
    if (first.border() < from)
        appendPiece(middle, headTo(first.piece(), first.border(), from));
    for (const Piece& piece : pieces)
        appendPiece(middle, piece);
    Cursor behind = first;
    for (; behind.border() < to; behind.next()) {
        if (to < behind.end())
            appendPiece(middle, tailFrom(behind.piece(), behind.border(), to));
    }
    splice(first, behind, std::move(middle));
}

bool PieceTree::replaceMark(const Border& at, ChangeId id, std::span<const Piece> pieces) {
    Cursor mark(*this, at);
    do {
        if (!mark.previous() || !mark.piece().isMark() || mark.border() != at)
            return false;
    } while (mark.piece().tag.id() != id);
    std::vector<Piece> middle;
    for (const Piece& piece : pieces)
        appendPiece(middle, piece);
    Cursor behind = mark;
    behind.next();
    splice(mark, behind, std::move(middle));
    return true;
}

/// The general case: puts `pieces`, which do not join among themselves, in place of those from
/// `first` on and before `behind`, joins them to the neighbours and makes the nodes anew.
void PieceTree::splice(Cursor first, Cursor behind, std::vector<Piece> pieces) {
    Cursor left = first;
    const bool hasRight = !behind.atEnd();
    if (left.previous()) {
        if (!pieces.empty() && left.piece().isFollowedBy(pieces.front())) {
            pieces.front() = left.piece().joined(pieces.front());
            first = left;
        } else if (pieces.empty() && hasRight && left.piece().isFollowedBy(behind.piece())) {
            pieces.push_back(left.piece());
            first = left;
        }
    }
    if (!pieces.empty() && hasRight && pieces.back().isFollowedBy(behind.piece())) {
        pieces.back() = pieces.back().joined(behind.piece());
        behind.next();
    }

    Nodes nodes;
    if (root_) {
        const auto gapAt = [](const Cursor& cursor) {
            Gap gap;
            for (std::size_t i = 0; i < cursor.depth_; ++i)
                gap[i] = cursor.path_[i].index;
            gap[cursor.depth_] = cursor.index_;
            return gap;
        };
        const Gap from = gapAt(first);
        Gap to = from;
        if (first.leaf_ != behind.leaf_ || first.index_ != behind.index_) {
            behind.previous();
            to = gapAt(behind);
            ++to[behind.depth_];
        }
        replaceIn(std::move(root_), 0, &from, &to, pieces, nodes);
    } else {
        buildLeaves(pieces, nodes);
    }
    while (nodes.size() > 1) {
        Nodes above;
        buildInner(std::move(nodes), above);
        nodes = std::move(above);
    }
    root_ = nodes.empty() ? NodeRef() : std::move(nodes.front());
    while (root_ && !root_->isLeaf() && root_->count == 1)
        root_ = NodeRef(root_->inner()->children[0]);
}

/// The common case: a few pieces come and go within one leaf. False, and no change, where it is
/// not that.
bool PieceTree::replaceInLeaf(const Cursor& first, const Border& from, const Border& to,
                              std::span<const Piece> pieces) {
    if (!root_ || pieces.size() + 2 > FewPieces::kRoom)
        return false;
    const auto* leaf = first.leaf_;
    FewPieces middle;
    if (first.border() < from)
        appendPiece(middle, headTo(first.piece(), first.border(), from));
    for (const Piece& piece : pieces)
        appendPiece(middle, piece);

    std::size_t begin = first.index_;
    std::size_t end = begin;
    for (Border at = first.border(); at < to; ++end) {
        if (end == leaf->count)
            return false;
        const Piece& piece = leaf->pieces[end];
        const Border next{at.offset + piece.length, at.fileOffset + piece.fileLength};
        if (to < next)
            appendPiece(middle, tailFrom(piece, at, to));
        at = next;
    }

    // The neighbours may stand in the leaves beside, which are looked at but not changed here.
    const Piece* left = begin > 0 ? &leaf->pieces[begin - 1] : first.lastOfPreviousLeaf();
    const Piece* right = end < leaf->count ? &leaf->pieces[end] : first.firstOfNextLeaf();

    if (!middle.empty() && left != nullptr && left->isFollowedBy(middle.front())) {
        if (begin == 0)
            return false;
        --begin;
        middle.front() = left->joined(middle.front());
    } else if (middle.empty() && left != nullptr && right != nullptr &&
               left->isFollowedBy(*right)) {
        if (begin == 0)
            return false;
        --begin;
        middle.push_back(*left);
    }
    if (!middle.empty() && right != nullptr && middle.back().isFollowedBy(*right)) {
        if (end == leaf->count)
            return false;
        ++end;
        middle.back() = middle.back().joined(*right);
    }
    return writeLeaf(first, begin, end, middle.span());
}

bool PieceTree::writeLeaf(const Cursor& cursor, std::size_t first, std::size_t last,
                          std::span<const Piece> pieces) {
    const std::size_t count = cursor.leaf_->count - (last - first) + pieces.size();
    const std::size_t least = cursor.depth_ == 0 ? 1 : cursor.leaf_->least();
    if (count < least || count > 2 * cursor.leaf_->most())
        return false;

    std::array<PieceTreeInner*, Node::kMostHeight> path;
    NodeRef* node = &root_;
    for (std::size_t i = 0; i < cursor.depth_; ++i) {
        node->makeSole();
        path[i] = (*node)->inner();
        node = &path[i]->children[cursor.path_[i].index];
    }
    node->makeSole();

    auto* leaf = (*node)->leaf();
    const Border before{leaf->length, leaf->fileLength};
    NodeRef added = writePieces(leaf, first, last, pieces);
    Border difference{leaf->length - before.offset, leaf->fileLength - before.fileOffset};
    if (added) {
        difference.offset += added->length;
        difference.fileOffset += added->fileLength;
    }
    for (std::size_t i = cursor.depth_; i-- > 0;) {
        const std::size_t index = cursor.path_[i].index;
        if (added) {
            added = addChild(path[i], index, std::move(added));
            continue;
        }
        path[i]->grow(index, difference.offset, difference.fileOffset);
    }
    if (added) {
        NodeRef above = NodeRef::makeInner(static_cast<std::uint16_t>(root_->height + 1));
        above->inner()->append(std::move(root_));
        above->inner()->append(std::move(added));
        root_ = std::move(above);
    }
    return true;
}

std::vector<Piece> PieceTree::pieces(const Border& from, const Border& to) const {
    std::vector<Piece> found;
    if (from == to)
        return found;
    for (Cursor cursor(*this, from); cursor.border() < to; cursor.next()) {
        Piece piece = cursor.piece();
        if (to < cursor.end())
            piece = headTo(piece, cursor.border(), to);
        if (cursor.border() < from)
            piece = tailFrom(piece, cursor.border(), from);
        appendPiece(found, piece);
    }
    return found;
}

namespace {

std::string checkPiece(const Piece& piece, const Border& at) {
    if (piece.length < 0 || piece.fileLength < 0)
        return "a piece has a negative length";
    if (piece.isMark())
        return piece.isOff() ? "" : "a piece is empty and no mark";
    if (piece.isFile() && (piece.length != piece.fileLength || piece.start != at.fileOffset))
        return "a piece that shows the file does not stand at its own place";
    return {};
}

std::string checkNode(const Node* node, bool isRoot, const Piece*& last, Border& at) {
    if (node->count == 0 || node->count > node->most())
        return "a node holds " + std::to_string(node->count) + " entries";
    if (!isRoot && node->count < node->least())
        return "a node is less than a quarter full";
    const Border begin = at;
    if (node->isLeaf()) {
        for (std::size_t i = 0; i < node->count; ++i) {
            const Piece& piece = node->leaf()->pieces[i];
            if (std::string wrong = checkPiece(piece, at); !wrong.empty())
                return wrong;
            if (last != nullptr && last->isFollowedBy(piece))
                return "two pieces that go on one from the other are not one";
            last = &piece;
            if (!checkedSum(at.offset, piece.length) ||
                !checkedSum(at.fileOffset, piece.fileLength))
                return "the lengths pass the largest offset";
            at.offset += piece.length;
            at.fileOffset += piece.fileLength;
        }
    } else {
        for (std::size_t i = 0; i < node->count; ++i) {
            const Node* child = node->inner()->children[i].pointer();
            if (child->height + 1 != node->height)
                return "the leaves differ in depth";
            if (std::string wrong = checkNode(child, false, last, at); !wrong.empty())
                return wrong;
            if (at.offset - begin.offset != node->inner()->ends[i] ||
                at.fileOffset - begin.fileOffset != node->inner()->fileEnds[i])
                return "a node has a wrong end for a child";
        }
    }
    const bool isRight = at.offset - begin.offset == node->length &&
                         at.fileOffset - begin.fileOffset == node->fileLength;
    return isRight ? std::string() : "a node has a wrong length";
}

}  // namespace

std::string PieceTree::checkInvariants() const {
    const Piece* last = nullptr;
    Border at;
    return root_ ? checkNode(root_.pointer(), true, last, at) : std::string();
}

}  // namespace octavo::core
