#include "core/content/snapshot.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

/// Collects changes from the pieces between two that are the file at its own place.
class ChangeCollector {
public:
    explicit ChangeCollector(SourceId base, FileOffset fileAt, Offset at)
        : base_(base), fileAt_(fileAt), changeAt_(at), at_(at) {}

    void add(const Piece& piece) {
        if (piece.source == base_)
            close(FileOffset{piece.start});
        at_ += piece.length;
        if (piece.source == base_) {
            fileAt_ = FileOffset{piece.start + piece.length};
            changeAt_ = at_;
        }
    }

    /// The next piece of the file begins at `fileAt`: what lies between is a change.
    void close(FileOffset fileAt) {
        const Change change{{fileAt_, fileAt - fileAt_}, {changeAt_, at_ - changeAt_}};
        if (!change.before.isEmpty() || !change.now.isEmpty())
            changes_.push_back(change);
    }

    Offset at() const { return at_; }
    std::vector<Change> take() { return std::move(changes_); }

private:
    SourceId base_;
    FileOffset fileAt_;  // end of the last piece of the file
    Offset changeAt_;    // where that piece ends in the document
    Offset at_;
    std::vector<Change> changes_;
};

bool touches(const Change& change, const Extent& within) {
    if (change.now.isEmpty())
        return change.now.offset >= within.offset && change.now.offset <= within.end();
    return change.now.offset < within.end() && change.now.end() > within.offset;
}

}  // namespace

Snapshot::Snapshot() : sources_(std::make_shared<SourceTable>()) {}

Snapshot::Snapshot(PieceTree tree, std::shared_ptr<const SourceTable> sources, SourceId base,
                   Offset baseLength, std::uint64_t revision)
    : tree_(std::move(tree))
    , sources_(std::move(sources))
    , base_(base)
    , baseLength_(baseLength)
    , revision_(revision) {}

Unreadable Snapshot::read(Offset at, MutableByteSpan out) const {
    Unreadable unreadable;
    const Offset end = at + static_cast<Offset>(out.size());
    assert(at >= 0 && end <= length());
    for (PieceTree::Cursor cursor(tree_, at); at < end; cursor.next()) {
        const Piece& piece = cursor.piece();
        const Offset inPiece = at - cursor.offset();
        const Offset count = std::min(piece.length - inPiece, end - at);
        const auto size = static_cast<std::size_t>(count);
        sources_->source(piece.source).read(piece.start + inPiece, out.first(size), at, unreadable);
        out = out.subspan(size);
        at += count;
    }
    return unreadable;
}

Offset Snapshot::knownRun(Offset at, Offset (Source::*ask)(Offset, Offset) const) const {
    Offset run = 0;
    for (PieceTree::Cursor cursor(tree_, at); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const Offset inPiece = at + run - cursor.offset();
        const Offset rest = piece.length - inPiece;
        const Offset known = (sources_->source(piece.source).*ask)(piece.start + inPiece, rest);
        run += known;
        if (known < rest)
            break;
    }
    return run;
}

Offset Snapshot::zerosAt(Offset at) const {
    return knownRun(at, &Source::zerosAt);
}

Offset Snapshot::gapAt(Offset at) const {
    return knownRun(at, &Source::gapAt);
}

std::vector<Change> Snapshot::changes(Extent within) const {
    within.offset = std::min(within.offset, length());
    within.length = std::min(within.length, length() - within.offset);
    // Begin at the last piece of the file that ends before the extent, or at the document's start.
    PieceTree::Cursor cursor(tree_, within.offset);
    FileOffset fileAt;
    while (cursor.previous()) {
        if (cursor.piece().source == base_) {
            fileAt = FileOffset{cursor.piece().start};
            break;
        }
    }
    ChangeCollector collector(base_, fileAt, cursor.offset());
    for (;; cursor.next()) {
        if (cursor.atEnd()) {
            collector.close(FileOffset{baseLength_});
            break;
        }
        const bool past = collector.at() > within.end();
        collector.add(cursor.piece());
        if (past && cursor.piece().source == base_)
            break;
    }
    std::vector<Change> changes = collector.take();
    std::erase_if(changes, [&](const Change& change) { return !touches(change, within); });
    return changes;
}

std::vector<Change> Snapshot::changes() const {
    return changes({0, length()});
}

}  // namespace octavo::core
