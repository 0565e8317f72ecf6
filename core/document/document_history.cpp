// Document: undo, redo and the way through the tree of steps.
#include "core/document/document.h"
#include "core/document/document_step.h"
#include "core/document/history_walk.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

bool speaksOf(std::span<const Piece> pieces, ChangeId id) {
    return std::ranges::any_of(pieces, [id](const Piece& piece) {
        return (piece.isChanged() || piece.isOff()) && piece.tag.id() == id;
    });
}

}  // namespace

Result<std::optional<Extent>> Document::undo() {
    if (mode_ == AccessMode::ReadOnly)
        return error(ErrorCode::ReadOnly, "undo", "the document is open read-only");
    if (!canUndo())
        return std::optional<Extent>();
    return goTo(history_.step(history_.current()).parent);
}

Result<std::optional<Extent>> Document::redo() {
    if (mode_ == AccessMode::ReadOnly)
        return error(ErrorCode::ReadOnly, "redo", "the document is open read-only");
    if (!canRedo())
        return std::optional<Extent>();
    return goTo(history_.redoChild(history_.current()));
}

Result<std::optional<Extent>> Document::goTo(StepId target) {
    const Result<std::unique_ptr<HistoryWalk>> walk = beginGoTo(target);
    if (!walk)
        return walk.error();
    return (*walk)->end();
}

Result<std::unique_ptr<HistoryWalk>> Document::beginGoTo(StepId target) {
    if (const Status allowed = checkGoTo(target); !allowed)
        return allowed.error();
    return std::unique_ptr<HistoryWalk>(new HistoryWalk(*this, target));
}

/// All of the way or nothing: a step that is on the disk is told before the first is undone.
Status Document::checkGoTo(StepId target) const {
    if (mode_ == AccessMode::ReadOnly)
        return error(ErrorCode::ReadOnly, "undo", "the document is open read-only");
    if (saving_ && saving_->givesUpUndo)
        return error(ErrorCode::InvalidArgument, "undo", "a save that gives up undo is running");
    if (isInTransaction() || target > history_.last())
        return Error::invalid("undo", "there is no such step, or one is being made");
    StepId at = history_.current();
    Offset length = this->length();
    for (const StepId next : history_.way(target)) {
        const StepId played = history_.playedBetween(at, next);
        if (!history_.isLoaded(played))
            return error(ErrorCode::NotLoaded, "undo", "the steps are being fetched from the disk");
        if (mode_ == AccessMode::WriteThrough && !keepsLength(played))
            return error(ErrorCode::LengthChanged, "undo",
                         "in write-through mode the file keeps its length; switch to preview to "
                         "undo what inserted or deleted");
        if (wasExtended_ && !fitsIn(played, played == at, length))
            return error(ErrorCode::TooLarge, "undo",
                         "with what was added to the file, the document would be longer than "
                         "2^63 - 1 bytes");
        at = next;
    }
    return {};
}

bool Document::keepsLength(StepId id) const {
    SpliceLog::Walk walk = history_.forwards(id);
    while (const SpliceLogEntry* entry = walk.next()) {
        if (entry->kind == SpliceLogEntry::Kind::Splice &&
            entry->view().removedEnd().offset != entry->view().insertedEnd().offset)
            return false;
    }
    return true;
}

/// Adds to `length` what playing the step makes the document longer; false where that would be too
/// long on the way.
bool Document::fitsIn(StepId id, bool backwards, Offset& length) const {
    SpliceLog::Walk walk = backwards ? history_.backwards(id) : history_.forwards(id);
    while (const SpliceLogEntry* entry = walk.next()) {
        if (entry->kind != SpliceLogEntry::Kind::Splice)
            continue;
        const SpliceView splice = backwards ? entry->view().inverse() : entry->view();
        const Offset more = splice.insertedEnd().offset - splice.removedEnd().offset;
        if (more > kMaxLength - length)
            return false;
        length += more;
    }
    return true;
}

void Document::setStepName(StepId step, std::string_view name) {
    history_.setName(step, name);
    edited_.changes().setTransactionName(history_.step(step).transaction, name);
}

void Document::play(const SpliceLogEntry& entry, bool backwards, SourceId base) {
    if (entry.kind != SpliceLogEntry::Kind::Kept)
        return apply(backwards ? entry.view().inverse() : entry.view(), base);
    setKept(entry.change, entry.kept != backwards);
    // Nothing else is another, but it is there that something has happened.
    if (const std::optional<Change> place = change(entry.change))
        note(place->now, place->now.length);
}

void Document::separateAfterPlaying() {
    const Playing played = *playing_;
    playing_.reset();
    if (!played.isCut)
        return;
    // Everything that stands in the place, deletions and marks at its ends included.
    const Extent place{played.place->replaced.offset, played.place->newLength};
    const Offset length = edited_.length();
    PieceTree::Cursor first(edited_.tree(), std::min(place.offset, length));
    while (first.previous() && first.end().offset >= place.offset) {
    }
    PieceTree::Cursor last(edited_.tree(), std::min(place.end(), length));
    separate(first.border(), last.atEnd() ? last.border() : last.end());
}

/// Carries out a splice of an older state, recorded while `base` was the document's base.
void Document::apply(const SpliceView& splice, SourceId base) {
    const SpliceView real = splice.withoutAnchor();
    if (!applyExactly(real, base))
        applyByOffset(real);
    keepSwitchedOff(splice);
    bringDroppedBack(splice);
}

/// The state is the one that the splice was recorded in, or differs in nothing that matters.
bool Document::applyExactly(const SpliceView& splice, SourceId base) {
    if (base != edited_.base())
        return false;
    const EditedTree::Range range{splice.from, splice.removedEnd()};
    ChangeId mark = kNoChange;
    if (splice.removesMark()) {
        mark = splice.removed.front().tag.id();
        if (!edited_.hasMark(splice.from, mark))
            return false;
    } else if (range.to.offset > length() || !edited_.admits(range.from) ||
               !edited_.admits(range.to)) {
        return false;
    }
    const EditedTree::Neighbours neighbours = edited_.look(range, removed_, mark);
    commit({splice.from, removed_, splice.inserted}, neighbours);
    return true;
}

/// A flush has come between: the offsets in the document hold, what is in place is sought anew.
void Document::applyByOffset(const SpliceView& splice) {
    const EditedTree::Neighbours neighbours = translate(splice);
    commit({translated_.from, removed_, translated_.pieces}, neighbours);
}

/// What `splice` has switched off comes back as it was then, though a part of it may have been the
/// file's own by now.
void Document::keepSwitchedOff(const SpliceView& splice) {
    for (const Piece& off : splice.inserted) {
        if (!off.isOff())
            continue;
        std::vector<Piece> content;
        for (const Piece& piece : splice.removed) {
            if (piece.isChanged() && piece.tag.id() == off.tag.id())
                rebasePiece(piece, -1, content);
        }
        if (!content.empty())
            edited_.changes().setSwitchedOff(off.tag.id(), std::move(content));
    }
}

void Document::keepDropped(const SpliceView& splice) {
    for (const Piece& off : splice.removed) {
        if (!off.isOff() || speaksOf(splice.inserted, off.tag.id()))
            continue;
        const StepId step = playing_ ? playing_->step : history_.current();
        if (const std::vector<Piece>* const content = edited_.changes().switchedOff(off.tag.id()))
            dropped_[{step, off.tag.id()}] = *content;
    }
}

/// The undoing of a step that gave up changes which were off.
void Document::bringDroppedBack(const SpliceView& splice) {
    for (const Piece& off : splice.inserted) {
        if (!off.isOff() || speaksOf(splice.removed, off.tag.id()))
            continue;
        const auto dropped = dropped_.find({playing_->step, off.tag.id()});
        if (dropped == dropped_.end())
            continue;
        std::vector<Piece> content;
        for (const Piece& piece : dropped->second)
            rebasePiece(piece, -1, content);
        edited_.changes().setSwitchedOff(off.tag.id(), std::move(content));
    }
}

/// Leaves in translated_ and removed_ what `splice` means in the tree as it is.
EditedTree::Neighbours Document::translate(const SpliceView& splice) {
    const Extent extent{splice.from.offset, splice.removedEnd().offset - splice.from.offset};
    assert(extent.end() <= length());
    // What is switched off is found by its number: a mark has no extent.
    for (const Piece& piece : splice.removed) {
        if (!piece.isOff())
            continue;
        const std::optional<EditedTree::Found> found = edited_.find(piece.tag.id());
        if (found && found->isOff())
            removeChange(*found);
    }
    const auto isSwitchedOff = [&splice](ChangeId id) {
        return std::ranges::any_of(splice.inserted, [id](const Piece& piece) {
            return piece.isOff() && piece.tag.id() == id;
        });
    };
    EditedTree::Range range = edited_.range(extent);
    ChangeTag fallback;
    for (const std::span<const Piece> pieces : {splice.inserted, splice.removed}) {
        for (const Piece& piece : pieces) {
            if (!piece.isChanged())
                continue;
            edited_.widen(range, piece.tag);
            // Bytes of the file that an insertion has become are deleted by another change where
            // the insertion is switched off: a change is on or off, and not both.
            if (fallback.isNone() && !isSwitchedOff(piece.tag.id()))
                fallback = piece.tag;
        }
    }
    if (fallback.isNone())
        fallback = ChangeTag::on(newChange({range.from.fileOffset}));
    const EditedTree::Neighbours neighbours = edited_.look(range, removed_);
    translated_ = {range.from,
                   edited_.place(splice.inserted, range, removed_, fallback, normaliser())};
    return neighbours;
}

EditedTree::Normalise Document::normaliser() const {
    return [this](const Piece& piece, std::vector<Piece>& out) {
        sources_.normalise(piece, base_, edited_.base(), out);
    };
}

/// Where everything was flushed the content is that of the file, however its pieces came back.
void Document::settleAtSavedStep() {
    if (savedStep_ != history_.current() || !isModified() || edited_.changes().totals().off > 0 ||
        length() != edited_.baseLength())
        return;
    edited_.reset();
    resetLog();
    note({0, length()}, length());
}

std::shared_ptr<HistoryTransfer> Document::prepareHistoryTransfer(const std::string& folder,
                                                                  std::optional<StepId> target) {
    if (isInTransaction())
        return nullptr;
    if (!target || *target > history_.last())
        return history_.prepareTransfer(history_.current(), *fileSystem_, folder);
    std::vector<StepId> played;
    StepId at = history_.current();
    for (const StepId next : history_.way(*target)) {
        played.push_back(history_.playedBetween(at, next));
        at = next;
    }
    return history_.prepareTransfer(played, *fileSystem_, folder);
}

void Document::finishHistoryTransfer(const HistoryTransfer& transfer) {
    history_.finishTransfer(transfer);
}

}  // namespace octavo::core
