// The nodes of a piece tree and the counted reference that shares them.
//
// A node that more than one reference holds is never changed. Leaves and inner nodes are two
// allocations of different size behind one header.
// Thread rule: the count is atomic, so references may be copied and dropped in any thread; only
// who holds the sole reference may change the node.
#pragma once

#include "core/base/types.h"
#include "core/content/piece.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <utility>

namespace octavo::core {

struct PieceTreeLeaf;
struct PieceTreeInner;

struct PieceTreeNode {
    static constexpr std::size_t kLeafRoom = 32;
    static constexpr std::size_t kInnerRoom = 16;
    /// No path from a root to a leaf holds more inner nodes.
    static constexpr std::size_t kMostHeight = 48;

    /// How many entries a node may hold. Smaller only in tests, which want many levels from few
    /// pieces; set before the first tree of the process grows; at least 2 pieces and 3 children.
    static inline std::size_t mostPieces = kLeafRoom;
    static inline std::size_t mostChildren = kInnerRoom;

    std::atomic<std::uint32_t> references = 1;
    std::uint16_t height = 0;  ///< 0 for a leaf
    std::uint16_t count = 0;   ///< pieces or children
    Offset length = 0;         ///< bytes of the document below
    Offset fileLength = 0;     ///< bytes of the file that they stand for

    PieceTreeNode() = default;
    /// A copy that one reference holds.
    PieceTreeNode(const PieceTreeNode& other)
        : height(other.height)
        , count(other.count)
        , length(other.length)
        , fileLength(other.fileLength) {}
    PieceTreeNode& operator=(const PieceTreeNode&) = delete;

    bool isLeaf() const { return height == 0; }
    std::size_t most() const { return isLeaf() ? mostPieces : mostChildren; }
    /// A node other than the root holds at least this many: a quarter, and never a lone child.
    std::size_t least() const { return std::max<std::size_t>(most() / 4, isLeaf() ? 1 : 2); }
    inline PieceTreeLeaf* leaf();
    inline const PieceTreeLeaf* leaf() const;
    inline PieceTreeInner* inner();
    inline const PieceTreeInner* inner() const;
};

/// A counted reference; empty for a tree without pieces.
class PieceTreeNodeRef {
public:
    PieceTreeNodeRef() = default;
    PieceTreeNodeRef(const PieceTreeNodeRef& other) : node_(other.node_) {
        if (node_ != nullptr)
            node_->references.fetch_add(1, std::memory_order_relaxed);
    }
    PieceTreeNodeRef(PieceTreeNodeRef&& other) noexcept
        : node_(std::exchange(other.node_, nullptr)) {}
    PieceTreeNodeRef& operator=(PieceTreeNodeRef other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~PieceTreeNodeRef() {
        if (node_ != nullptr && node_->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            destroy(node_);
    }

    static PieceTreeNodeRef makeLeaf();
    static PieceTreeNodeRef makeInner(std::uint16_t height);
    /// Makes this the sole reference to the node, or to a copy of it, which shares what is below.
    void makeSole();

    explicit operator bool() const { return node_ != nullptr; }
    PieceTreeNode* operator->() const { return node_; }
    PieceTreeNode* pointer() const { return node_; }
    /// True where no other reference holds the node, so that it may be changed.
    bool isSole() const { return node_->references.load(std::memory_order_acquire) == 1; }

private:
    explicit PieceTreeNodeRef(PieceTreeNode* node) : node_(node) {}
    static void destroy(PieceTreeNode* node);

    PieceTreeNode* node_ = nullptr;
};

struct PieceTreeLeaf : PieceTreeNode {
    std::array<Piece, kLeafRoom> pieces;

    static void* operator new(std::size_t size);
    static void operator delete(void* leaf) noexcept;

    void append(const Piece& piece) {
        pieces[count++] = piece;
        length += piece.length;
        fileLength += piece.fileLength;
    }
};

struct PieceTreeInner : PieceTreeNode {
    /// Where each child ends, measured from where the node begins: kept here so that a search
    /// touches one node a level, and as sums so that it compares without waiting for additions.
    /// Behind the last child they say the same as for it.
    std::array<Offset, kInnerRoom> ends;
    std::array<Offset, kInnerRoom> fileEnds;
    std::array<PieceTreeNodeRef, kInnerRoom> children;

    static void* operator new(std::size_t size);
    static void operator delete(void* inner) noexcept;

    /// Forgets the children, which have been moved out.
    void clear() {
        count = 0;
        length = 0;
        fileLength = 0;
    }
    void append(PieceTreeNodeRef child) {
        length += child->length;
        fileLength += child->fileLength;
        std::fill(ends.begin() + count, ends.end(), length);
        std::fill(fileEnds.begin() + count, fileEnds.end(), fileLength);
        children[count++] = std::move(child);
    }
    /// The child `index` has grown, or shrunk where the numbers are negative.
    void grow(std::size_t index, Offset by, Offset byFile) {
        length += by;
        fileLength += byFile;
        // All are written: that takes less time than a branch that is guessed wrong.
        const Offset* mask = kFrom.data() + kInnerRoom - index;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < kInnerRoom; ++i) {
            ends[i] += by & mask[i];
            fileEnds[i] += byFile & mask[i];
        }
    }

private:
    /// No bits and then all of them: masks for the entries from any one on.
    static constexpr auto kFrom = [] {
        std::array<Offset, 2 * kInnerRoom> mask{};
        std::fill(mask.begin() + kInnerRoom, mask.end(), Offset{-1});
        return mask;
    }();
};

PieceTreeLeaf* PieceTreeNode::leaf() {
    return static_cast<PieceTreeLeaf*>(this);
}

const PieceTreeLeaf* PieceTreeNode::leaf() const {
    return static_cast<const PieceTreeLeaf*>(this);
}

PieceTreeInner* PieceTreeNode::inner() {
    return static_cast<PieceTreeInner*>(this);
}

const PieceTreeInner* PieceTreeNode::inner() const {
    return static_cast<const PieceTreeInner*>(this);
}

}  // namespace octavo::core
