#include "core/document/edited_tree.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

/// The part of a piece, which begins at `at`, between two borders that lie in it or beyond it.
Piece cut(const Piece& piece, const Border& at, const Border& from, const Border& to) {
    Piece part = piece;
    if (at < from)
        part = part.tail(from.offset - at.offset, from.fileOffset - at.fileOffset);
    const Border begin = std::max(at, from);
    if (begin.offset + part.length > to.offset ||
        begin.fileOffset + part.fileLength > to.fileOffset)
        part = part.head(to.offset - begin.offset, to.fileOffset - begin.fileOffset);
    return part;
}

/// The border `count` bytes into the piece under the cursor.
Border borderIn(const PieceTree::Cursor& cursor, Offset count) {
    const Piece& piece = cursor.piece();
    const Offset fileCount = piece.isFile() ? count : piece.fileCut(count);
    return {cursor.offset() + count, cursor.fileOffset() + fileCount};
}

}  // namespace

void EditedTree::reset() {
    tree_ = baseLength_ > 0 ? PieceTree(Piece::inPlace(0, baseLength_, base_)) : PieceTree();
    changes_.resetTotals();
}

bool EditedTree::assign(std::span<const Piece> pieces) {
    tree_ = PieceTree();
    tree_.replace({}, {}, pieces);
    changes_.resetTotals();
    changes_.count({}, {}, pieces, {});
    return noteHints({{}, {}, pieces}, {});
}

EditedTree::Range EditedTree::range(Extent extent) const {
    PieceTree::Cursor cursor(tree_, extent.offset);
    Range range;
    if (!cursor.atEnd() && cursor.offset() < extent.offset) {
        range.from = borderIn(cursor, extent.offset - cursor.offset());
        if (extent.isEmpty())
            return {range.from, range.from};
    } else {
        range.from = cursor.border();
        if (extent.isEmpty()) {
            // Back over deletions and marks, to the end of what is to the left.
            while (cursor.previous() && cursor.piece().length == 0)
                range.from = cursor.border();
            return {range.from, range.from};
        }
    }
    // An edit is short as a rule; a long one finds its end from the root.
    const auto endIn = [&](const PieceTree::Cursor& last) {
        return last.end().offset == extent.end() ? last.end()
                                                 : borderIn(last, extent.end() - last.offset());
    };
    for (int steps = 0; steps < 8; ++steps, cursor.next()) {
        if (cursor.end().offset >= extent.end())
            return {range.from, endIn(cursor)};
    }
    return {range.from, endIn(PieceTree::Cursor(tree_, extent.end() - 1))};
}

bool EditedTree::admits(const Border& border) const {
    if (border.offset > tree_.length() || border.fileOffset > tree_.fileLength())
        return false;
    PieceTree::Cursor cursor(tree_, border.offset);
    // Back over what is empty in the document, and at most one piece more: the border may stand
    // anywhere between the ends of what meets at this offset.
    while (border.fileOffset < cursor.fileOffset()) {
        if (!cursor.previous() || cursor.end().offset < border.offset)
            return false;
    }
    const Border at = cursor.border();
    if (cursor.atEnd() || at == border)
        return at == border;
    const Border end = cursor.end();
    const Offset in = border.offset - at.offset;
    const Offset inFile = border.fileOffset - at.fileOffset;
    return border == end ||
           (in >= 0 && inFile >= 0 && border.offset <= end.offset &&
            border.fileOffset <= end.fileOffset && (cursor.piece().isChanged() || in == inFile));
}

bool EditedTree::hasMark(const Border& border, ChangeId id) const {
    if (!admits(border))
        return false;
    PieceTree::Cursor cursor(tree_, border);
    while (cursor.previous() && cursor.piece().isMark()) {
        if (cursor.border() == border && cursor.piece().tag.id() == id)
            return true;
    }
    return false;
}

bool EditedTree::widen(Range& range, ChangeTag tag) const {
    const Range before = range;
    const auto isOurs = [tag](const Piece& piece) {
        return piece.isDeletion() && piece.tag == tag;
    };
    for (PieceTree::Cursor left(tree_, range.from);
         left.border() == range.from && left.previous() && isOurs(left.piece());)
        range.from = left.border();
    for (PieceTree::Cursor right(tree_, range.to);
         !right.atEnd() && right.border() == range.to && isOurs(right.piece()); right.next())
        range.to = right.end();
    return range.from != before.from || range.to != before.to;
}

std::optional<EditedTree::Found> EditedTree::find(ChangeId id) const {
    if (!changes_.knows(id))
        return {};
    const auto isOf = [id](const Piece& piece) {
        return !piece.isInPlace() && piece.tag.id() == id;
    };
    // The hint is a place in the run of changed pieces that holds the change: look to the right,
    // then to the left, as far as that run goes.
    const FileOffset hint{std::min(changes_.record(id).hint.value, tree_.fileLength())};
    const PieceTree::Cursor start = PieceTree::Cursor::atFile(tree_, hint);
    std::optional<PieceTree::Cursor> at(start);
    while (!at->atEnd() && !at->piece().isInPlace() && !isOf(at->piece()))
        at->next();
    if (at->atEnd() || !isOf(at->piece())) {
        at.emplace(start);
        do {
            if (!at->previous())
                return {};
        } while (!at->piece().isInPlace() && !isOf(at->piece()));
        if (!isOf(at->piece()))
            return {};
    }
    PieceTree::Cursor& cursor = *at;
    while (cursor.previous()) {
        if (!isOf(cursor.piece())) {
            cursor.next();
            break;
        }
    }
    Found found{cursor.border(), {}};
    for (; !cursor.atEnd() && isOf(cursor.piece()); cursor.next())
        found.pieces.push_back(cursor.piece());
    return found;
}

std::vector<ChangeId> EditedTree::switchedOff(const Range& range) const {
    std::vector<ChangeId> found;
    if (changes_.totals().off == 0)
        return found;
    const auto look = [&](const Piece& piece) {
        if (piece.isOff() && (found.empty() || found.back() != piece.tag.id()))
            found.push_back(piece.tag.id());
    };
    PieceTree::Cursor cursor(tree_, range.from);
    if (range.from < range.to) {
        for (; !cursor.atEnd() && cursor.border() < range.to; cursor.next())
            look(cursor.piece());
        return found;
    }
    if (!cursor.atEnd() && cursor.border() < range.from) {
        look(cursor.piece());
        return found;
    }
    // Marks in an empty range stand before the cursor.
    while (cursor.previous() && cursor.piece().isMark())
        look(cursor.piece());
    // And those behind deletions that stand at the same offset.
    for (PieceTree::Cursor behind(tree_, range.from); !behind.atEnd() && behind.piece().length == 0;
         behind.next())
        look(behind.piece());
    return found;
}

EditedTree::Neighbours EditedTree::look(const Range& range, std::vector<Piece>& removed,
                                        ChangeId takesMark) const {
    removed.clear();
    Neighbours neighbours;
    PieceTree::Cursor cursor(tree_, range.from);
    if (takesMark != kNoChange) {
        // Marks stand before the cursor; the sought one is the only piece that goes.
        while (cursor.previous() && cursor.piece().tag != ChangeTag::off(takesMark)) {
        }
        assert(!cursor.atEnd() && cursor.piece().isMark());
        removed.push_back(cursor.piece());
        PieceTree::Cursor left = cursor;
        if (left.previous())
            neighbours.left = left.piece();
        cursor.next();
        if (!cursor.atEnd())
            neighbours.right = cursor.piece();
        return neighbours;
    }
    if (!cursor.atEnd() && cursor.border() < range.from) {
        neighbours.left = cursor.piece().head(range.from.offset - cursor.offset(),
                                              range.from.fileOffset - cursor.fileOffset());
    } else {
        PieceTree::Cursor left = cursor;
        if (left.previous())
            neighbours.left = left.piece();
    }
    while (!cursor.atEnd() && cursor.border() < range.to) {
        const Piece part = cut(cursor.piece(), cursor.border(), range.from, range.to);
        if (!part.isMark() || cursor.piece().isMark())
            removed.push_back(part);
        if (cursor.end() > range.to) {
            neighbours.right = cursor.piece().tail(range.to.offset - cursor.offset(),
                                                   range.to.fileOffset - cursor.fileOffset());
            return neighbours;
        }
        cursor.next();
    }
    if (!cursor.atEnd())
        neighbours.right = cursor.piece();
    return neighbours;
}

EditedTree::Place EditedTree::lookAt(Extent extent, std::vector<Piece>& removed) const {
    removed.clear();
    Place place;
    auto& [range, neighbours] = place;
    PieceTree::Cursor cursor(tree_, extent.offset);
    if (!cursor.atEnd() && cursor.offset() < extent.offset) {
        range.from = borderIn(cursor, extent.offset - cursor.offset());
        const Offset in = range.from.offset - cursor.offset();
        const Offset inFile = range.from.fileOffset - cursor.fileOffset();
        neighbours.left = cursor.piece().head(in, inFile);
        if (extent.isEmpty()) {
            neighbours.right = cursor.piece().tail(in, inFile);
            range.to = range.from;
            return place;
        }
    } else {
        range.from = cursor.border();
        if (extent.isEmpty()) {
            if (!cursor.atEnd())
                neighbours.right = cursor.piece();
            while (cursor.previous()) {
                if (cursor.piece().length > 0) {
                    neighbours.left = cursor.piece();
                    break;
                }
                neighbours.right = cursor.piece();
                range.from = cursor.border();
            }
            range.to = range.from;
            return place;
        }
        if (cursor.previous()) {
            neighbours.left = cursor.piece();
            cursor.next();
        }
    }
    for (;; cursor.next()) {
        const Border at = cursor.border();
        const Border end = cursor.end();
        range.to = end.offset > extent.end() ? borderIn(cursor, extent.end() - at.offset) : end;
        removed.push_back(cut(cursor.piece(), at, range.from, range.to));
        if (end.offset > extent.end()) {
            neighbours.right = cursor.piece().tail(range.to.offset - at.offset,
                                                   range.to.fileOffset - at.fileOffset);
            return place;
        }
        if (end.offset == extent.end())
            break;
    }
    cursor.next();
    if (!cursor.atEnd())
        neighbours.right = cursor.piece();
    return place;
}

bool EditedTree::put(const SpliceView& splice, const Neighbours& neighbours) {
    changes_.count(neighbours.leftTag(), splice.removed, splice.inserted, neighbours.rightTag());
    for (const Piece& piece : splice.inserted) {
        // What goes off takes the content along that comes back when it is switched on.
        if (!piece.isOff())
            continue;
        std::vector<Piece> content;
        for (const Piece& removed : splice.removed) {
            if (removed.isChanged() && removed.tag.id() == piece.tag.id())
                content.push_back(removed);
        }
        if (!content.empty())
            changes_.setSwitchedOff(piece.tag.id(), std::move(content));
    }
    if (splice.removesMark()) {
        [[maybe_unused]] const bool wasThere =
            tree_.replaceMark(splice.from, splice.removed.front().tag.id(), splice.inserted);
        assert(wasThere);
    } else {
        tree_.replace(splice.from, splice.removedEnd(), splice.inserted);
    }
    return noteHints(splice, neighbours);
}

/// Where each change begins that the splice brings or cuts, for find(). One that stands in several
/// places keeps the hint it has.
bool EditedTree::noteHints(const SpliceView& splice, const Neighbours& neighbours) {
    bool isCut = false;
    const auto begins = [&](ChangeTag tag, Offset fileOffset) {
        ChangeRecord& record = changes_.record(tag.id());
        if (record.runs > 1)
            isCut = true;
        else
            record.hint = {fileOffset};
        changes_.noteUnreviewed(tag.id());
    };
    Offset at = splice.from.fileOffset;
    ChangeTag last = neighbours.leftTag();
    if (!last.isNone())
        changes_.noteUnreviewed(last.id());
    for (const Piece& piece : splice.inserted) {
        if (piece.tag != last && !piece.isInPlace())
            begins(piece.tag, at);
        last = piece.tag;
        at += piece.fileLength;
    }
    if (const ChangeTag right = neighbours.rightTag(); !right.isNone() && right != last)
        begins(right, at);
    return isCut;
}

void EditedTree::lay(std::span<const Piece> content, FileOffset fileOffset, Offset fileLength,
                     ChangeTag tag, std::vector<Piece>& out) const {
    Offset rest = fileLength;
    Offset at = fileOffset.value;
    for (const Piece& piece : content) {
        if (piece.length == 0)
            continue;
        const Offset count = std::min(piece.length, rest);
        if (count > 0) {
            const bool isFile = fileOffset.value >= 0 && isOwnPlace(piece, at);
            out.push_back({piece.start, count, count, piece.source, isFile ? ChangeTag() : tag});
        }
        if (count < piece.length)
            out.push_back({piece.start + count, piece.length - count, 0, piece.source, tag});
        rest -= count;
        at += count;
    }
    if (rest > 0)
        out.push_back({0, 0, rest, base_, tag});
}

std::vector<Piece> EditedTree::place(std::span<const Piece> content, const Range& range,
                                     std::span<const Piece> removed, ChangeTag fallback,
                                     const Normalise& normalise) const {
    std::vector<Piece> out;
    std::vector<Piece> pending;  // changed pieces whose bytes of the file are not known yet
    Offset fileAt = range.from.fileOffset;
    const Offset fileEnd = range.to.fileOffset;
    const auto flush = [&](Offset to) {
        // Runs of one tag; the bytes of the file go to them in order.
        Offset rest = to - fileAt;
        for (std::size_t i = 0; i < pending.size();) {
            std::size_t end = i;
            Offset length = 0;
            for (; end < pending.size() && pending[end].tag == pending[i].tag; ++end)
                length += pending[end].length;
            const Offset count = end == pending.size() ? rest : std::min(rest, length);
            lay(std::span(pending).subspan(i, end - i), {fileAt}, count, pending[i].tag, out);
            fileAt += count;
            rest -= count;
            i = end;
        }
        if (rest > 0)
            lay({}, {fileAt}, rest, fallback, out);
        fileAt = to;
        pending.clear();
    };

    // True where the change would be switched off here and stand elsewhere too.
    const auto standsElsewhere = [&](ChangeId id) {
        std::uint32_t here = 0;
        ChangeTag last;
        for (const Piece& piece : removed) {
            here += piece.tag != last && piece.tag.id() == id ? 1 : 0;
            last = piece.tag;
        }
        return changes_.runs(id) > here;
    };

    std::vector<Piece> parts;
    for (const Piece& piece : content) {
        if (piece.isMark() && !standsElsewhere(piece.tag.id())) {
            flush(fileAt);
            out.push_back(piece);
        }
        if (piece.length == 0)
            continue;
        parts.clear();
        normalise(piece, parts);
        for (Piece part : parts) {
            const bool fits =
                part.source == base_ && part.start >= fileAt && part.start + part.length <= fileEnd;
            if (piece.isFile() && fits) {
                flush(part.start);
                const bool staysOff = piece.isOff() && part.length == piece.length &&
                                      !standsElsewhere(piece.tag.id());
                out.push_back({part.start, part.length, part.length, base_,
                               staysOff ? piece.tag : ChangeTag()});
                fileAt += part.length;
            } else {
                part.tag = piece.isChanged() ? piece.tag : fallback;
                pending.push_back(part);
            }
        }
    }
    flush(fileEnd);
    return out;
}

std::optional<EditedTree::Range> EditedTree::locate(FileOffset at, const Piece& part) const {
    if (at.value >= tree_.fileLength())
        return {};
    const PieceTree::Cursor cursor = PieceTree::Cursor::atFile(tree_, at);
    const Piece& piece = cursor.piece();
    const Offset in = at.value - cursor.fileOffset();
    if (piece.tag != part.tag || !piece.isChanged() || piece.source != part.source ||
        piece.length != piece.fileLength || piece.start + in != part.start ||
        in + part.length > piece.length)
        return {};
    // In a long run single bytes are equal by chance, and to end the change there would shred it.
    const bool isInside = in > 0 && in + part.length < piece.length;
    if (isInside && piece.length > kLongRun && part.length < kShortestEqual)
        return {};
    const Border from{cursor.offset() + in, at.value};
    return Range{from, {from.offset + part.length, from.fileOffset + part.length}};
}

std::vector<EditedTree::Found> EditedTree::runs(const Border& from, const Border& to) const {
    std::vector<Found> runs;
    PieceTree::Cursor cursor(tree_, from);
    // To the beginning of the run that ends at `from` or holds it, and before marks there.
    while (cursor.previous()) {
        if (cursor.end() < from) {
            cursor.next();
            break;
        }
    }
    if (!cursor.atEnd() && !cursor.piece().isInPlace()) {
        const ChangeTag tag = cursor.piece().tag;
        while (cursor.previous()) {
            if (cursor.piece().tag != tag) {
                cursor.next();
                break;
            }
        }
    }
    ChangeTag last;
    for (; !cursor.atEnd(); cursor.next()) {
        const ChangeTag tag = cursor.piece().tag;
        if (cursor.border() > to && tag != last)
            break;
        if (!tag.isNone()) {
            if (tag != last)
                runs.push_back({cursor.border(), {}});
            runs.back().pieces.push_back(cursor.piece());
        }
        last = tag;
    }
    return runs;
}

}  // namespace octavo::core
