// Document: the change set - off and on, revert, keep, and what workers find out about changes.
#include "core/document/document.h"
#include "core/document/document_step.h"
#include "core/document/edit_log_feed.h"

#include <algorithm>

namespace octavo::core {

namespace {

Offset lengthOf(std::span<const Piece> pieces) {
    Offset length = 0;
    for (const Piece& piece : pieces)
        length += piece.length;
    return length;
}

Offset fileLengthOf(std::span<const Piece> pieces) {
    Offset length = 0;
    for (const Piece& piece : pieces)
        length += piece.fileLength;
    return length;
}

constexpr const char* kTooLong = "the document would be longer than 2^63 - 1 bytes";

/// Adds to `length`; false where it would be too long.
bool grow(Offset& length, Offset more) {
    if (more > kMaxLength - length)
        return false;
    length += more;
    return true;
}

}  // namespace

Document::Pending Document::pending() const {
    const ChangeSet::Totals& totals = edited_.changes().totals();
    return {totals.on, totals.off,
            static_cast<Offset>(std::min(totals.bytes, static_cast<std::uint64_t>(kMaxLength))),
            length() - edited_.baseLength()};
}

std::optional<Change> Document::change(ChangeId id) const {
    const std::optional<EditedTree::Found> found = edited_.find(id);
    if (!found)
        return {};
    return Change{id,
                  found->isOff(),
                  {{found->from.fileOffset}, fileLengthOf(found->pieces)},
                  {found->from.offset, lengthOf(found->pieces)}};
}

Status Document::setChangeName(ChangeId id, std::string_view name) {
    if (!edited_.changes().knows(id))
        return Error::invalid("name a change", "there is no such change");
    edited_.changes().setName(id, name);
    if (log_ != nullptr)
        log_->named(id, std::string(name));
    return {};
}

Offset Document::switchedOffLength(ChangeId id) const {
    const std::vector<Piece>* const pieces = edited_.changes().switchedOff(id);
    return pieces != nullptr ? lengthOf(*pieces) : 0;
}

Content Document::switchedOffContent(ChangeId id, Offset most) const {
    Content content;
    const std::vector<Piece>* const pieces = edited_.changes().switchedOff(id);
    if (pieces == nullptr)
        return content;
    const SourceTable& sources = *sources_.table();
    for (const Piece& piece : *pieces) {
        const Offset length = std::min(piece.length, most - content.length());
        if (length > 0)
            content.append(Content::of(sources.shared(piece.source), piece.start, length));
    }
    return content;
}

std::vector<ChangeId> Document::switchedOffIn(Extent extent) const {
    if (edited_.changes().totals().off == 0)
        return {};
    return edited_.switchedOff(edited_.range(extent));
}

/// The file's bytes in place of the change, on or off.
void Document::removeChange(const EditedTree::Found& found) {
    const Offset fileLength = fileLengthOf(found.pieces);
    const Piece file = Piece::inPlace(found.from.fileOffset, fileLength, edited_.base());
    putInPlaceOf(found, {&file, fileLength > 0 ? 1U : 0U});
}

void Document::switchChange(const EditedTree::Found& found, bool on) {
    const ChangeId id = found.pieces.front().tag.id();
    if (on) {
        // A flush may have come between, so that its bytes are laid over the file's anew.
        const std::vector<Piece>& content = *edited_.changes().switchedOff(id);
        std::vector<Piece> pieces;
        const Offset fileLength = fileLengthOf(found.pieces);
        if (fileLengthOf(content) == fileLength)
            pieces = content;
        else
            edited_.lay(content, {found.from.fileOffset}, fileLength, ChangeTag::on(id), pieces);
        putInPlaceOf(found, pieces);
        return;
    }
    const Offset fileLength = fileLengthOf(found.pieces);
    const Piece off{found.from.fileOffset, fileLength, fileLength, edited_.base(),
                    ChangeTag::off(id)};
    putInPlaceOf(found, {&off, 1});
}

void Document::putInPlaceOf(const EditedTree::Found& found, std::span<const Piece> pieces) {
    const Piece& first = found.pieces.front();
    const Border to{found.from.offset + lengthOf(found.pieces),
                    found.from.fileOffset + fileLengthOf(found.pieces)};
    const EditedTree::Neighbours neighbours =
        edited_.look({found.from, to}, removed_, first.isMark() ? first.tag.id() : kNoChange);
    commit({found.from, removed_, pieces}, neighbours);
}

Result<std::vector<ChangeId>> Document::switchChanges(std::span<const ChangeId> ids, bool on) {
    const char* const operation = on ? "switch on" : "switch off";
    if (const Status allowed = checkChanges(operation, ids); !allowed)
        return allowed.error();
    const ChangeSet& changes = edited_.changes();
    std::vector<ChangeId> switched;
    Offset after = length();
    for (const ChangeId id : on ? changes.withNeeded(ids) : changes.withDependents(ids)) {
        const std::optional<EditedTree::Found> found = edited_.find(id);
        if (!found || found->isOff() != on)
            continue;
        switched.push_back(id);
        const Offset content =
            on ? lengthOf(*changes.switchedOff(id)) : fileLengthOf(found->pieces);
        if (!grow(after, content - lengthOf(found->pieces)))
            return error(ErrorCode::TooLarge, operation, kTooLong);
    }
    if (switched.empty())
        return switched;
    const Step step(*this, on ? EditKind::SwitchOn : EditKind::SwitchOff);
    const Quiet quiet(*this);
    for (const ChangeId id : switched)
        switchChange(*edited_.find(id), on);
    return switched;
}

Result<std::vector<ChangeId>> Document::revertChanges(std::span<const ChangeId> ids) {
    return giveUp("revert", ids, EditKind::Revert);
}

Result<std::vector<ChangeId>> Document::takeTheirs(std::span<const ChangeId> ids) {
    return giveUp("take theirs", ids, EditKind::TakeTheirs);
}

Result<std::vector<ChangeId>> Document::giveUp(const char* operation, std::span<const ChangeId> ids,
                                               EditKind kind) {
    if (const Status allowed = checkChanges(operation, ids); !allowed)
        return allowed.error();
    std::vector<ChangeId> gone;
    Offset after = length();
    for (const ChangeId id : edited_.changes().withDependents(ids)) {
        const std::optional<EditedTree::Found> found = edited_.find(id);
        if (!found)
            continue;
        gone.push_back(id);
        if (!grow(after, fileLengthOf(found->pieces) - lengthOf(found->pieces)))
            return error(ErrorCode::TooLarge, operation, kTooLong);
    }
    if (gone.empty())
        return gone;
    const Step step(*this, kind);
    const Quiet quiet(*this);
    for (const ChangeId id : gone)
        removeChange(*edited_.find(id));
    return gone;
}

Status Document::checkChanges(const char* operation, std::span<const ChangeId> ids) const {
    if (mode_ == AccessMode::ReadOnly)
        return error(ErrorCode::ReadOnly, operation, "the document is open read-only");
    if (isWalking_)
        return error(ErrorCode::InvalidArgument, operation, kIsWalking);
    for (const ChangeId id : ids) {
        if (!edited_.changes().knows(id))
            return Error::invalid(operation, "there is no such change");
    }
    return {};
}

Result<std::vector<ChangeId>> Document::keepChanges(std::span<const ChangeId> ids, bool kept) {
    if (const Status allowed = checkChanges("keep", ids); !allowed)
        return allowed.error();
    beginTransaction({});
    std::vector<ChangeId> off;
    for (const ChangeId id : ids) {
        if (const auto found = edited_.find(id); kept && found && found->isOff())
            off.push_back(id);
    }
    Result<std::vector<ChangeId>> switched = switchChanges(off, true);
    std::vector<ChangeId> done;
    for (const ChangeId id : ids) {
        if (!switched || edited_.changes().record(id).kept == kept || !edited_.find(id))
            continue;
        setKept(id, kept);
        history_.appendKept(id, kept);
        done.push_back(id);
    }
    endTransaction();
    if (!switched)
        return switched;
    if (!done.empty())
        note({0, 0}, 0);
    return done;
}

void Document::setKept(ChangeId id, bool kept) {
    edited_.changes().record(id).kept = kept;
    if (log_ != nullptr)
        log_->kept(id, kept);
}

Status Document::revert(Revert what) {
    if (const Status allowed = checkEdit("revert", {0, 0}, 0); !allowed)
        return allowed;
    if (!hasChanges())
        return {};
    if (what == Revert::Undecided) {
        std::vector<ChangeId> ids;
        for (const Change& change : snapshot().changeSet()) {
            if (!edited_.changes().record(change.id).kept)
                ids.push_back(change.id);
        }
        const Result<std::vector<ChangeId>> done = revertChanges(ids);
        return done ? Status() : Status(done.error());
    }
    const Step step(*this, EditKind::Revert);
    const Quiet quiet(*this);
    if (edited_.changes().totals().off > 0) {
        // A range takes no marks that stand at its ends.
        for (const Change& change : snapshot().changeSet()) {
            if (change.isOff)
                removeChange(*edited_.find(change.id));
        }
    }
    const EditedTree::Range all{{}, edited_.tree().end()};
    const EditedTree::Neighbours neighbours = edited_.look(all, removed_);
    const Piece file = Piece::inPlace(0, edited_.baseLength(), edited_.base());
    commit({{}, removed_, {&file, edited_.baseLength() > 0 ? 1U : 0U}}, neighbours);
    return {};
}

// ---- What workers find out -------------------------------------------------------------------

std::shared_ptr<ChangeReview> Document::prepareReview(std::size_t most) {
    if (!base_ || !edited_.changes().hasUnreviewed() || isInTransaction())
        return nullptr;
    return prepareReview(edited_.changes().takeUnreviewed(most), {});
}

std::shared_ptr<ChangeReview> Document::prepareReview(std::span<const ChangeId> ids,
                                                      ChangeReview::Options options) {
    if (!base_)
        return nullptr;
    const ChangeSet& changes = edited_.changes();
    std::vector<ChangeReview::Item> items;
    for (const ChangeId id : ids) {
        if (!changes.knows(id))
            continue;
        const Fingerprint* known = changes.fingerprint(id);
        items.push_back(
            {id, changes.record(id).hint, known == nullptr ? std::nullopt : std::optional(*known)});
    }
    return std::make_shared<ChangeReview>(snapshot(), base_, std::move(items), options);
}

void Document::finishReview(const ChangeReview& review) {
    if (review.file() != base_)
        return;  // a flush has come between: everything is looked at anew
    ChangeSet& changes = edited_.changes();
    for (const ChangeReview::Finding& finding : review.findings()) {
        // What has been touched stays so until the user has decided, and what stands there now is
        // not what the change was made for.
        OutsideState& outside = changes.record(finding.id).outside;
        if (review.options().checkOutside && outside == OutsideState::Untouched)
            outside = finding.outside;
        if (finding.fingerprint && outside == OutsideState::Untouched) {
            changes.setFingerprint(finding.id, *finding.fingerprint);
            if (log_ != nullptr)
                log_->fingerprint(finding.id, *finding.fingerprint);
        }
    }
    if (isWalking_) {
        // What stands there is on its way to something else: it is looked at again at the end.
        for (const ChangeReview::EqualRun& run : review.equalRuns())
            changes.noteUnreviewed(run.part.tag.id());
        return;
    }
    const Quiet quiet(*this);
    // From the right, as the left part of a change that is split keeps its number.
    for (auto each = review.equalRuns().rbegin(); each != review.equalRuns().rend(); ++each) {
        const ChangeReview::EqualRun& run = *each;
        const std::optional<EditedTree::Range> range = edited_.locate(run.at, run.part);
        if (!range)
            continue;
        const EditedTree::Neighbours neighbours = edited_.look(*range, removed_);
        const Piece file = Piece::inPlace(run.at.value, run.part.length, edited_.base());
        commit({range->from, removed_, {&file, 1}}, neighbours);
    }
    if (review.options().checkOutside)
        note({0, 0}, 0);
}

void Document::keepMine(std::span<const ChangeId> ids) {
    ChangeSet& changes = edited_.changes();
    for (const ChangeId id : ids) {
        if (!changes.knows(id))
            continue;
        changes.record(id).outside = OutsideState::Untouched;
        changes.forgetFingerprint(id);
        changes.noteUnreviewed(id);
    }
    note({0, 0}, 0);
}

}  // namespace octavo::core
