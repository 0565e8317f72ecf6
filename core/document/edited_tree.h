// A document's piece tree together with its change set: the one place where pieces come and go, so
// that totals and the records of changes always agree with the tree.
//
// Thread rule: the document's thread.
#pragma once

#include "core/content/change.h"
#include "core/content/file_version.h"
#include "core/content/piece_tree.h"
#include "core/document/change_set.h"
#include "core/document/splice.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace octavo::core {

class EditedTree {
public:
    const PieceTree& tree() const { return tree_; }
    Offset length() const { return tree_.length(); }
    ChangeSet& changes() { return changes_; }
    const ChangeSet& changes() const { return changes_; }

    /// The source whose pieces, where they stand at their own place, are no change.
    void setBase(SourceId base, Offset length) {
        base_ = base;
        baseLength_ = length;
    }
    SourceId base() const { return base_; }
    Offset baseLength() const { return baseLength_; }

    /// The file as it is and nothing else; changes that are off go too.
    void reset();
    /// Takes `pieces`, which stand for the whole file, in place of everything. True where a change
    /// stands in more than one place now.
    bool assign(std::span<const Piece> pieces);

    struct Range {
        Border from;
        Border to;
    };
    /// The borders of an edit of `extent`: deletions and marks at its ends are left alone. For an
    /// empty extent between two pieces, behind the left one.
    Range range(Extent extent) const;
    /// Takes deletions of change `tag` that stand at the ends of the range into it. True where
    /// there were any.
    bool widen(Range& range, ChangeTag tag) const;
    /// True where the tree can be cut at `border`.
    bool admits(const Border& border) const;
    /// True where the mark of change `id` stands at `border`.
    bool hasMark(const Border& border, ChangeId id) const;

    /// The change's run of pieces, on or off; nothing where there is none.
    struct Found {
        Border from;
        std::vector<Piece> pieces;
        bool isOff() const { return pieces.front().isOff(); }
        Border end() const { return SpliceView{from, {}, pieces}.insertedEnd(); }
    };
    std::optional<Found> find(ChangeId id) const;
    /// Changes that are switched off and lie in the range, or at an end of it where it is empty.
    std::vector<ChangeId> switchedOff(const Range& range) const;

    /// What stands beside a range: pieces that end or begin at its borders, cut or not.
    struct Neighbours {
        std::optional<Piece> left;
        std::optional<Piece> right;
        ChangeTag leftTag() const { return left ? left->tag : ChangeTag(); }
        ChangeTag rightTag() const { return right ? right->tag : ChangeTag(); }
    };
    /// Fills `removed` with the pieces of the range. Where `takesMark` is a change, its mark at the
    /// range's place counts as removed.
    Neighbours look(const Range& range, std::vector<Piece>& removed,
                    ChangeId takesMark = kNoChange) const;

    /// range() and look() of an edit in one go, where nothing is switched off.
    struct Place {
        Range range;
        Neighbours neighbours;
    };
    Place lookAt(Extent extent, std::vector<Piece>& removed) const;

    /// Carries out `splice`, whose neighbours are given. Marks every change it brings or cuts for
    /// review. True where a change stands in more than one place now.
    bool put(const SpliceView& splice, const Neighbours& neighbours);

    /// Content in place of `fileLength` bytes of the file from `fileOffset` on, as pieces of change
    /// `tag`: byte for byte as long as there are bytes on both sides, a deletion for the rest.
    /// Pieces that happen to be the file at its own place become no change.
    void lay(std::span<const Piece> content, FileOffset fileOffset, Offset fileLength,
             ChangeTag tag, std::vector<Piece>& out) const;

    /// `content`, whose pieces may have come from any older state of the document, in place of
    /// `removed`, the pieces of `range`: pieces that were the file, and still stand in it, are in
    /// place again as far as their order allows; the rest belongs to its own change, or to
    /// `fallback`. Changes that are off stay so where their bytes still stand in one run.
    /// `normalise` brings a piece of an older version of the file to the one that is the base.
    using Normalise = std::function<void(const Piece&, std::vector<Piece>&)>;
    std::vector<Piece> place(std::span<const Piece> content, const Range& range,
                             std::span<const Piece> removed, ChangeTag fallback,
                             const Normalise& normalise) const;

    /// Where the part of a piece is that a worker found equal to the file; nothing where the
    /// document has gone on and the piece is not there any more.
    std::optional<Range> locate(FileOffset at, const Piece& part) const;
    /// Inside a piece of more than kLongRun bytes fewer equal ones than kShortestEqual do not
    /// count.
    static constexpr Offset kLongRun = 256;
    static constexpr Offset kShortestEqual = 64;
    /// The runs of changes, on or off, that touch the range, whole, in order.
    std::vector<Found> runs(const Border& from, const Border& to) const;

private:
    bool noteHints(const SpliceView& splice, const Neighbours& neighbours);
    bool isOwnPlace(const Piece& piece, Offset fileOffset) const {
        return piece.source == base_ && piece.start == fileOffset;
    }

    PieceTree tree_;
    ChangeSet changes_;
    SourceId base_ = kNoSource;
    Offset baseLength_ = 0;
};

}  // namespace octavo::core
