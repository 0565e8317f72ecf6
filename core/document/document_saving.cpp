// Document: flushes, copies, and bringing everything over to the file as it is after them.
#include "core/content/open_files.h"
#include "core/content/with_only.h"
#include "core/document/document.h"
#include "core/document/document_step.h"
#include "core/document/edit_log_feed.h"
#include "core/save/make_save.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

Result<std::shared_ptr<Save>> Document::prepareFlush(SaveOptions options) {
    return prepareFlush(changes(), true, options);
}

Result<std::shared_ptr<Save>> Document::prepareFlush(std::span<const ChangeId> only,
                                                     SaveOptions options) {
    return prepareFlush(seenWithNeeded(only), false, options);
}

/// In the order of the document.
std::vector<Change> Document::seenWithNeeded(std::span<const ChangeId> ids) const {
    std::vector<Change> changes;
    for (const ChangeId id : edited_.changes().withNeeded(ids)) {
        if (const std::optional<Change> change = this->change(id); change && !change->isOff)
            changes.push_back(*change);
    }
    std::ranges::sort(changes, {}, [](const Change& each) { return each.now.offset; });
    return changes;
}

Result<std::shared_ptr<Save>> Document::prepareFlush(std::vector<Change> changes, bool isEverything,
                                                     SaveOptions options) {
    if (isUntitled())
        return Error::invalid("flush", "the document has no file yet");
    if (isFlushing())
        return error(ErrorCode::InvalidArgument, "flush", "a flush is running already");
    if (isInTransaction())
        return error(ErrorCode::InvalidArgument, "flush", "an edit is not finished yet");
    if (options.giveUpUndo && edited_.changes().totals().off > 0)
        return error(ErrorCode::InvalidArgument, "flush",
                     "undo cannot be given up while changes are switched off: they may need old "
                     "bytes; switch them on or revert them first");
    if (!file()->isWritableInPlace())
        return error(ErrorCode::UnsupportedFile, "flush",
                     "its content is made while it is read and cannot be written in its place; "
                     "save it as a new file");
    SaveRequest request = saveRequest(options);
    request.changes = changes;
    Result<std::shared_ptr<Save>> save = makeSave(std::move(request));
    if (!save)
        return save;
    beginSaving(isEverything);
    saving_->givesUpUndo = options.giveUpUndo;
    for (const Change& change : changes)
        saving_->only.insert(change.id);
    return save;
}

SaveRequest Document::saveRequest(SaveOptions options) const {
    return {fileSystem_,      path_,     baseInfo_, snapshot(), edited_.base(), base_,
            journals_.back(), changes(), options};
}

SaveRequest Document::saveRequest(std::span<const ChangeId> only, SaveOptions options) const {
    SaveRequest request = saveRequest(options);
    request.changes = seenWithNeeded(only);
    return request;
}

void Document::beginSaving(bool isEverything) {
    saving_ = std::make_unique<Saving>();
    saving_->snapshot = snapshot();
    saving_->step = history_.current();
    saving_->isEverything = isEverything;
    saving_->hasSwitchedOff = edited_.changes().totals().off > 0;
    typing_.reset();
}

void Document::finishFlush(const Save& save) {
    assert(isFlushing());
    const std::unique_ptr<Saving> saving = std::move(saving_);
    const bool succeeded = save.succeeded();
    const bool isTorn = !succeeded && save.version() != base_ && !save.isPutBack();
    if (save.version() != base_) {
        adopt(save.version(), path_);
        rebase(*saving, succeeded);
    }
    // A failed flush has put the old bytes back, which is a new time of change too.
    baseInfo_ = save.info();
    if (succeeded && save.bytesWritten() > 0)
        noteFlushed(*saving);
    if (succeeded && save.options().giveUpUndo && !isInTransaction()) {
        history_.clear();
        const bool isAllSaved = saving->isEverything && saving->since.end() == 0;
        savedStep_ = isAllSaved ? std::optional(kFirstStep) : std::nullopt;
    }
    if (isTorn)
        savedStep_.reset();  // the file holds a part of the changes
    for (const Change& change : save.changes())
        edited_.changes().record(change.id).sourceChanged =
            std::ranges::binary_search(save.sourceChanged(), change.id);
    typing_.reset();
    if (saving->extended)
        noteExtended(*saving->extended);
    if (!succeeded && mode_ == AccessMode::WriteThrough && isModified()) {
        std::vector<ChangeId> ids;
        for (const Change& change : changes())
            ids.push_back(change.id);
        (void)giveUp("write through", ids, EditKind::WriteFailed);
    }
    note({0, length()}, length());
}

/// What another program wrote before a flush of everything is answered by it; of a part of the
/// changes it says nothing about the others, and a file that was cut or replaced stays so.
void Document::noteFlushed(const Saving& saving) {
    if (outsideEvent_ == FileEvent::None)
        return;
    if (!saving.isEverything) {
        for (const Change& change : snapshot().changeSet())
            edited_.changes().record(change.id).outside = OutsideState::CannotTell;
        return;
    }
    if (outsideEvent_ < FileEvent::Truncated)
        outsideEvent_ = FileEvent::None;
}

Result<Snapshot> Document::beginCopy() {
    if (isFlushing())
        return error(ErrorCode::InvalidArgument, "save", "a flush is running already");
    if (isInTransaction())
        return error(ErrorCode::InvalidArgument, "save", "an edit is not finished yet");
    beginSaving(true);
    return saving_->snapshot;
}

void Document::finishCopy(std::shared_ptr<const MappedFile> file) {
    assert(isFlushing());
    const std::unique_ptr<Saving> saving = std::move(saving_);
    outsideEvent_ = FileEvent::None;
    const std::string path = file->path();
    adopt(OpenFiles::share(*fileSystem_, std::move(file)), path);
    rebase(*saving, true);
    typing_.reset();
    note({0, length()}, length());
}

void Document::cancelCopy() {
    const std::optional<FileInfo> extended = saving_ ? saving_->extended : std::nullopt;
    saving_.reset();
    if (extended)
        noteExtended(*extended);
}

void Document::adopt(std::shared_ptr<const FileVersion> version, const std::string& path) {
    base_ = std::move(version);
    if (journals_.empty() || path_ != path)
        journals_.push_back(std::make_shared<Journal>(*fileSystem_, path));
    path_ = path;
    // Another document's saves may have come since the file was opened.
    baseInfo_ = base_->info().value_or(base_->file()->openedInfo());
    edited_.setBase(sources_.idOf(base_), base_->file()->length());
}

/// Makes the tree speak of the base that was just adopted: what the save brought into the file is
/// the file now, and the rest keeps its content, its changes and their numbers.
void Document::rebase(const Saving& saving, bool succeeded) {
    const Snapshot& saved = saving.snapshot;
    const bool wasEdited = saving.since.end() > 0;
    const bool isWhole = succeeded && saving.isEverything;
    if (isWhole && !wasEdited && !saving.hasSwitchedOff && saved.length() == edited_.baseLength()) {
        edited_.reset();
    } else {
        bool isCut = edited_.assign(rebased(saved.tree(), saving, succeeded));
        isCut = replay(saving.since) || isCut;
        if (isCut)
            separate({}, edited_.tree().end());
    }
    ChangeSet& changes = edited_.changes();
    changes.forgetFingerprints();
    for (auto& [id, pieces] : changes.allSwitchedOff()) {
        std::vector<Piece> now;
        for (const Piece& piece : pieces)
            rebasePiece(piece, -1, now);
        pieces = std::move(now);
    }
    if (isWhole)
        savedStep_ = saving.step;
    else if (succeeded)
        savedStep_.reset();  // the file holds what no step of the history does
    resetLog();
}

std::vector<Piece> Document::rebased(const PieceTree& tree, const Saving& saving,
                                     bool succeeded) const {
    std::vector<Piece> out;
    Offset at = 0;  // in the file as it is now
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const bool isSaved = succeeded && piece.isChanged() && saving.takes(piece.tag.id());
        if (piece.isFile() || isSaved) {
            if (piece.length > 0 || piece.isOff())
                out.push_back({at, piece.length, piece.length, edited_.base(),
                               piece.isOff() ? piece.tag : ChangeTag()});
            at += piece.length;
        } else {
            rebasePiece(piece, at, out);
            at += piece.fileLength;
        }
    }
    const Offset end = edited_.baseLength();
    if (at < end)  // another program has added to it already
        out.push_back(Piece::inPlace(at, end - at, edited_.base()));
    return out;
}

/// A changed piece in terms of the new base, standing for as many bytes of it as it did. With a
/// negative `fileOffset` it stands nowhere yet, so that no part of it is in place.
void Document::rebasePiece(const Piece& piece, Offset fileOffset, std::vector<Piece>& out) const {
    std::vector<Piece> parts;
    if (piece.length > 0)
        sources_.normalise(piece, base_, edited_.base(), parts);
    edited_.lay(parts, {fileOffset}, piece.fileLength, piece.tag, out);
}

/// Does again what was edited while the save ran. True where a change stands in more than one place
/// now.
bool Document::replay(const SpliceLog& splices) {
    bool isCut = false;
    SpliceLog::Walk walk = SpliceLog::Walk::forwards(splices, 0, splices.end());
    while (const SpliceLogEntry* entry = walk.next()) {
        const SpliceView splice = entry->view().withoutAnchor();
        const EditedTree::Neighbours neighbours = translate(splice);
        isCut = edited_.put({translated_.from, removed_, translated_.pieces}, neighbours) || isCut;
        keepSwitchedOff(splice);
    }
    return isCut;
}

void Document::setEditLog(EditLogFeed* feed) {
    log_ = feed;
    resetLog();
}

/// The pieces have come into another order by other means than splices.
void Document::resetLog() {
    if (log_ == nullptr)
        return;
    EditLogEntry::Base base;
    base.source = edited_.base();
    if (base_)
        base.file = {path_, baseInfo_, edited_.baseLength(), 0};
    log_->reset(base, edited_.tree(), edited_.changes());
}

void Document::noteOutsideEvent(FileEvent event) {
    outsideEvent_ = std::max(outsideEvent_, event);
    if (event == FileEvent::None)
        return;
    outsideWrites_->fetch_add(1, std::memory_order_relaxed);
    if (base_ && base_->newest() != base_ && !isFlushing())
        takeNewest();
}

/// Another document has saved into this very file: as after another program's write, what is not
/// changed here shows what the file holds now.
void Document::takeNewest() {
    beginSaving(false);
    const std::unique_ptr<Saving> saving = std::move(saving_);
    const std::vector<std::pair<ChangeId, Fingerprint>> prints = edited_.changes().fingerprints();
    adopt(base_->newest(), path_);
    rebase(*saving, false);
    savedStep_.reset();
    for (const auto& [id, print] : prints)
        edited_.changes().setFingerprint(id, print);
    note({0, length()}, length());
}

void Document::noteExtended(const FileInfo& info) {
    const Offset before = edited_.baseLength();
    const Offset now = file()->length();
    if (isFlushing()) {
        // A copy that runs may become the document's file; a flush brings the new length by itself.
        saving_->extended = info;
        return;
    }
    baseInfo_ = info;
    base_->settle(info);
    if (now <= before || now - before > kMaxLength - length())
        return;
    wasExtended_ = true;
    const Offset end = length();
    const Border from = edited_.tree().end();
    edited_.setBase(edited_.base(), now);
    const EditedTree::Neighbours neighbours = edited_.look({from, from}, removed_);
    const Piece added = Piece::inPlace(before, now - before, edited_.base());
    edited_.put({from, {}, {&added, 1}}, neighbours);
    resetLog();
    note({end, 0}, now - before);
}

}  // namespace octavo::core
