#include "core/content/snapshot.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

using Cursor = PieceTree::Cursor;

bool isOneRun(const Piece& piece, const Piece& next) {
    return !piece.isInPlace() && piece.tag == next.tag;
}

/// Goes back to the beginning of the run that the cursor stands in.
void toRunStart(Cursor& cursor) {
    if (cursor.atEnd())
        return;
    for (Cursor before = cursor; before.previous() && isOneRun(before.piece(), cursor.piece());)
        cursor.previous();
}

/// Goes back over what is empty in the document and stands at `at`, and to the beginning of the
/// run found there.
void toFirstAt(Cursor& cursor, Offset at) {
    while (cursor.previous()) {
        if (cursor.piece().length > 0 || cursor.offset() != at) {
            cursor.next();
            break;
        }
    }
    toRunStart(cursor);
}

/// The run that begins where the cursor stands, which goes behind it.
Change takeRun(Cursor& cursor) {
    const Piece first = cursor.piece();
    const Border from = cursor.border();
    do {
        cursor.next();
    } while (!cursor.atEnd() && isOneRun(first, cursor.piece()));
    const Border& to = cursor.border();
    return {first.tag.id(),
            first.isOff(),
            {{from.fileOffset}, to.fileOffset - from.fileOffset},
            {from.offset, to.offset - from.offset}};
}

bool touches(const Change& change, const Extent& within) {
    if (change.now.isEmpty())
        return change.now.offset >= within.offset && change.now.offset <= within.end();
    return change.now.offset < within.end() && change.now.end() > within.offset;
}

std::vector<Change> collect(const PieceTree& tree, Extent within, bool withOff) {
    within.offset = std::min(within.offset, tree.length());
    within.length = std::min(within.length, tree.length() - within.offset);
    std::vector<Change> changes;
    Cursor cursor(tree, within.offset);
    toFirstAt(cursor, within.offset);
    while (!cursor.atEnd() && cursor.offset() <= within.end()) {
        if (cursor.piece().isInPlace()) {
            cursor.next();
            continue;
        }
        const Change change = takeRun(cursor);
        if (touches(change, within) && (withOff || !change.isOff))
            changes.push_back(change);
    }
    return changes;
}

}  // namespace

Snapshot::Snapshot() : sources_(std::make_shared<SourceTable>()) {}

Snapshot::Snapshot(PieceTree tree, std::shared_ptr<const SourceTable> sources,
                   std::uint64_t revision, OutsideWrites outsideWrites)
    : tree_(std::move(tree))
    , sources_(std::move(sources))
    , revision_(revision)
    , outsideWrites_(std::move(outsideWrites))
    , outsideWritesThen_(outsideWrites_ ? outsideWrites_->load() : 0) {}

bool Snapshot::isChangedOutside() const {
    return outsideWrites_ && outsideWrites_->load() != outsideWritesThen_;
}

Unreadable Snapshot::read(Offset at, MutableByteSpan out) const {
    Unreadable unreadable;
    const Offset end = at + static_cast<Offset>(out.size());
    assert(at >= 0 && end <= length());
    SourceId id = kNoSource;
    const Source* source = nullptr;  // `id`: many small pieces of one source are common
    for (PieceTree::Cursor cursor(tree_, at); at < end; cursor.next()) {
        const Piece& piece = cursor.piece();
        const Offset inPiece = at - cursor.offset();
        const Offset count = std::min(piece.length - inPiece, end - at);
        if (count == 0)
            continue;  // a deletion or a mark: it has no source
        if (piece.source != id) {
            id = piece.source;
            source = &sources_->source(id);
        }
        const auto size = static_cast<std::size_t>(count);
        source->read(piece.start + inPiece, out.first(size), at, unreadable);
        out = out.subspan(size);
        at += count;
    }
    return unreadable;
}

std::unique_ptr<SourceView> Snapshot::view(Extent extent) const {
    assert(extent.offset >= 0 && extent.end() <= length());
    const PieceTree::Cursor cursor(tree_, extent.offset);
    if (cursor.atEnd() || cursor.end().offset < extent.end() || extent.isEmpty())
        return nullptr;
    const Piece& piece = cursor.piece();
    const Offset inPiece = extent.offset - cursor.offset();
    return sources_->source(piece.source).view(piece.start + inPiece, extent.length);
}

Offset Snapshot::knownRun(Offset at, Offset (Source::*ask)(Offset, Offset) const) const {
    Offset run = 0;
    for (PieceTree::Cursor cursor(tree_, at); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const Offset inPiece = at + run - cursor.offset();
        const Offset rest = piece.length - inPiece;
        if (rest == 0)
            continue;  // a deletion or a mark: it has no source
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

std::vector<Change> Snapshot::changes() const {
    return changes({0, length()});
}

std::vector<Change> Snapshot::changes(Extent within) const {
    return collect(tree_, within, false);
}

std::vector<Change> Snapshot::changeSet() const {
    return changeSet({0, length()});
}

std::vector<Change> Snapshot::changeSet(Extent within) const {
    return collect(tree_, within, true);
}

void Snapshot::changesFrom(const Border& from,
                           const std::function<bool(const Change&)>& each) const {
    Cursor cursor(tree_, from);
    while (cursor.previous()) {
        if (!cursor.piece().isMark() || cursor.border() != from) {
            cursor.next();
            break;
        }
    }
    toRunStart(cursor);
    while (!cursor.atEnd()) {
        if (cursor.piece().isInPlace())
            cursor.next();
        else if (!each(takeRun(cursor)))
            return;
    }
}

std::optional<Change> Snapshot::changeFrom(Offset offset) const {
    std::optional<Change> first;
    Cursor cursor(tree_, std::clamp<Offset>(offset, 0, length()));
    // Bytes that are taken away there stand in front.
    while (cursor.previous() && cursor.end().offset >= offset) {
    }
    changesFrom(cursor.border(), [&](const Change& change) {
        const Extent& now = change.now;
        const bool isInFront = now.isEmpty() ? now.offset < offset : now.end() <= offset;
        if (!change.isOff && !isInFront)
            first = change;
        return !first;
    });
    return first;
}

std::optional<Change> Snapshot::change(ChangeId id, FileOffset hint) const {
    hint.value = std::min(hint.value, tree_.fileLength());
    const Cursor start = Cursor::atFile(tree_, hint);
    for (Cursor right = start; !right.atEnd() && !right.piece().isInPlace(); right.next()) {
        if (right.piece().tag.id() == id) {
            toRunStart(right);
            return takeRun(right);
        }
    }
    if (start.fileOffset() < hint.value && start.piece().isInPlace())
        return std::nullopt;  // what lies to the left is not at the hint
    for (Cursor left = start; left.previous() && !left.piece().isInPlace();) {
        if (left.piece().tag.id() == id) {
            toRunStart(left);
            return takeRun(left);
        }
    }
    return std::nullopt;
}

}  // namespace octavo::core
