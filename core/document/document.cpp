#include "core/document/document.h"

#include "core/content/open_files.h"
#include "core/document/document_step.h"
#include "core/document/edit_log_feed.h"
#include "core/document/splice_edits.h"
#include "core/save/temporary_name.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>

namespace octavo::core {

Document::Document()
    : added_(std::make_shared<AddBuffer>())
    , outsideWrites_(std::make_shared<std::atomic<std::uint64_t>>(0)) {
    addedId_ = sources_.idOf(added_);
}

Document::~Document() = default;

Result<std::unique_ptr<Document>> Document::open(FileSystem& fileSystem, const std::string& path,
                                                 AccessMode mode, Progress* progress) {
    MappedFile::Options options;
    options.progress = progress;
    SaveRecovery recovery;
    Result<std::shared_ptr<MappedFile>> file = openRecovered(fileSystem, path, options, &recovery);
    if (!file)
        return std::move(file).error();
    std::unique_ptr<Document> document(new Document);
    document->recovery_ = std::move(recovery);
    document->fileSystem_ = &fileSystem;
    document->adopt(OpenFiles::share(fileSystem, *file), path);
    document->edited_.reset();
    if (const Status allowed = document->setAccessMode(mode); !allowed)
        return allowed.error();
    if ((*file)->isWritableInPlace())
        removeLeftovers(fileSystem, path);
    return document;
}

std::unique_ptr<Document> Document::untitled() {
    std::unique_ptr<Document> document(new Document);
    document->fileSystem_ = &systemFileSystem();
    return document;
}

std::unique_ptr<Document> Document::original() const {
    std::unique_ptr<Document> document = untitled();
    if (base_) {
        document->fileSystem_ = fileSystem_;
        document->adopt(base_, path_);
        document->edited_.reset();
    }
    document->mode_ = AccessMode::ReadOnly;
    return document;
}

std::shared_ptr<const MappedFile> Document::file() const {
    return base_ ? base_->file() : nullptr;
}

Snapshot Document::snapshot() const {
    return {edited_.tree(), sources_.table(), revision_, outsideWrites_};
}

Error Document::error(ErrorCode code, const char* operation, const char* reason) const {
    return {code, operation, path_, 0, reason};
}

Status Document::setAccessMode(AccessMode mode) {
    if (isWalking_)
        return error(ErrorCode::InvalidArgument, "change the access mode", kIsWalking);
    const bool needsNothingPending = mode != AccessMode::Preview && mode != mode_;
    // What is undone while it is written is pending when the flush ends.
    if (needsNothingPending && (hasChanges() || isFlushing()))
        return error(ErrorCode::InvalidArgument, "change the access mode",
                     hasChanges() ? "there are pending changes: flush or revert them first"
                                  : "a save is running: wait for its end");
    if (mode == AccessMode::WriteThrough && (isUntitled() || !file()->isWritableInPlace()))
        return error(ErrorCode::UnsupportedFile, "write through",
                     "there is no file whose bytes could be written in their place");
    mode_ = mode;
    typing_.reset();
    return {};
}

// ---- Edits ---------------------------------------------------------------------------------

Status Document::checkEdit(const char* operation, Extent extent, Offset newLength) const {
    if (mode_ == AccessMode::ReadOnly)
        return error(ErrorCode::ReadOnly, operation, "the document is open read-only");
    if (isWalking_)
        return error(ErrorCode::InvalidArgument, operation, kIsWalking);
    if (!extent.isValid() || extent.end() > length())
        return error(ErrorCode::InvalidArgument, operation,
                     "the range passes the end of the document");
    if (newLength > kMaxLength - (length() - extent.length))
        return error(ErrorCode::TooLarge, operation,
                     "the document would be longer than 2^63 - 1 bytes");
    if (mode_ == AccessMode::WriteThrough && newLength != extent.length)
        return error(ErrorCode::LengthChanged, operation,
                     "in write-through mode every edit goes to the file at once and keeps its "
                     "length; switch to preview to insert or delete");
    return {};
}

Status Document::overwrite(Offset at, ByteSpan bytes, EditOptions options) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("overwrite", {at, count}, count); !allowed)
        return allowed;
    const Piece piece{added_->append(bytes), count, 0, addedId_, {}};
    return edit("overwrite", {at, count}, {&piece, 1}, EditKind::Overwrite, options);
}

Status Document::insert(Offset at, ByteSpan bytes, EditOptions options) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("insert", {at, 0}, count); !allowed)
        return allowed;
    const Piece piece{added_->append(bytes), count, 0, addedId_, {}};
    return edit("insert", {at, 0}, {&piece, 1}, EditKind::Insert, options);
}

Status Document::erase(Extent extent, EditOptions options) {
    if (const Status allowed = checkEdit("delete", extent, 0); !allowed)
        return allowed;
    return edit("delete", extent, {}, EditKind::Delete, options);
}

Status Document::replace(Extent extent, ByteSpan bytes, EditOptions options) {
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status allowed = checkEdit("replace", extent, count); !allowed)
        return allowed;
    const Piece piece{added_->append(bytes), count, 0, addedId_, {}};
    return edit("replace", extent, {&piece, 1}, EditKind::Replace, options);
}

Status Document::replace(Extent extent, const Content& content, EditOptions options) {
    if (const Status allowed = checkEdit("paste", extent, content.length()); !allowed)
        return allowed;
    return edit("paste", extent, piecesOf(content), EditKind::Paste, options);
}

Status Document::fill(Extent extent, ByteSpan pattern, EditOptions options) {
    if (const Status allowed = checkEdit("fill", extent, extent.length); !allowed)
        return allowed;
    if (pattern.empty())
        return Error::invalid("fill", "the pattern is empty");
    const Piece piece{0, extent.length, 0, sources_.pattern(pattern), {}};
    return edit("fill", extent, {&piece, 1}, EditKind::Fill, options);
}

Status Document::setLength(Offset newLength, EditOptions options) {
    if (newLength < 0)
        return Error::invalid("set the length", "a length is not negative");
    if (newLength <= length()) {
        const Extent end{newLength, length() - newLength};
        if (const Status allowed = checkEdit("set the length", end, 0); !allowed)
            return allowed;
        return edit("set the length", end, {}, EditKind::SetLength, options);
    }
    const Offset more = newLength - length();
    if (const Status allowed = checkEdit("set the length", {length(), 0}, more); !allowed)
        return allowed;
    static constexpr Byte kZero = 0;
    const Piece piece{0, more, 0, sources_.pattern({&kZero, 1}), {}};
    return edit("set the length", {length(), 0}, {&piece, 1}, EditKind::SetLength, options);
}

std::vector<Piece> Document::piecesOf(const Content& content) {
    std::vector<Piece> pieces;
    for (const Content::Run& run : content.runs())
        pieces.push_back({run.start, run.length, 0, sources_.idOf(run.source), {}});
    return pieces;
}

Status Document::edit(const char* operation, Extent extent, std::span<const Piece> content,
                      EditKind kind, EditOptions options) {
    Offset newLength = 0;
    for (const Piece& piece : content)
        newLength += piece.length;
    if (extent.isEmpty() && newLength == 0)
        return {};
    if (const Status allowed = checkSwitchedOff(operation, extent, options); !allowed)
        return allowed;

    const bool isTyping = options.style == EditStyle::Typing && !isInTransaction();
    const bool joins = isTyping && joinsTyping(extent, newLength, kind);
    // Those who hear of the edit may end the typing.
    const Extent before = joins ? typing_->place : Extent{};
    if (isTyping && kind != EditKind::Delete)
        kind = EditKind::Typing;
    const Step step(*this, kind, joins);
    answerSwitchedOff(extent, options.switchedOff);
    splice(extent, content);
    if (isTyping) {
        const Extent typed{extent.offset, newLength};
        const bool keepsLength = extent.length == newLength;
        const Offset first = joins ? std::min(before.offset, typed.offset) : typed.offset;
        const Offset end = joins && keepsLength ? std::max(before.end(), typed.end()) : typed.end();
        typing_ = Typing{history_.current(), kind, {first, end - first}};
    }
    return {};
}

Status Document::checkSwitchedOff(const char* operation, Extent extent,
                                  const EditOptions& options) const {
    const std::vector<ChangeId> ids = switchedOffIn(extent);
    if (ids.empty() || options.switchedOff == IfSwitchedOff::Drop)
        return {};
    if (options.switchedOff == IfSwitchedOff::SwitchOn) {
        // Only where every byte stays in its place does the edit still mean what it meant.
        const auto keepsPlaces = [this](ChangeId id) {
            const std::optional<Change> change = this->change(id);
            return !change || !change->isOff || change->before.length == switchedOffLength(id);
        };
        if (std::ranges::all_of(edited_.changes().withNeeded(ids), keepsPlaces))
            return {};
        return error(ErrorCode::SwitchedOff, operation,
                     "the change that is switched off has another length than the bytes it "
                     "replaces, so that the place is another one when it is on; switch it on, then "
                     "edit");
    }
    return error(ErrorCode::SwitchedOff, operation,
                 "the place belongs to a change that is switched off: drop that change or switch "
                 "it on first");
}

/// Gives up or switches on what an edit of `extent` falls into; neither moves a byte.
void Document::answerSwitchedOff(Extent extent, IfSwitchedOff answer) {
    if (answer == IfSwitchedOff::Ask)
        return;
    const std::vector<ChangeId> ids = switchedOffIn(extent);
    const bool isDrop = answer == IfSwitchedOff::Drop;
    const ChangeSet& changes = edited_.changes();
    for (const ChangeId id : isDrop ? changes.withDependents(ids) : changes.withNeeded(ids)) {
        const std::optional<EditedTree::Found> found = edited_.find(id);
        if (!found || !found->isOff())
            continue;
        if (isDrop)
            removeChange(*found);
        else
            switchChange(*found, true);
    }
}

/// True where an edit goes on where the typing before it stopped, or types its last byte again.
bool Document::joinsTyping(Extent extent, Offset newLength, EditKind kind) const {
    if (!typing_ || typing_->step != history_.current() || history_.current() != history_.last())
        return false;
    const Extent& place = typing_->place;
    if ((kind == EditKind::Delete) != (typing_->kind == EditKind::Delete))
        return false;
    if (kind == EditKind::Delete)
        return extent.end() == place.offset || extent.offset == place.end();
    // The digits of a number may be typed from its last byte to its first, and those of the next
    // one begin at the other end of it.
    constexpr Offset kNumber = 8;
    const bool typesOver = extent.length == newLength && newLength > 0 &&
                           extent.offset - place.end() < kNumber &&
                           place.offset - extent.end() < kNumber;
    return extent.offset == place.end() || typesOver ||
           (newLength > 0 && extent.offset >= place.offset && extent.end() == place.end());
}

void Document::splice(Extent extent, std::span<const Piece> content) {
    EditedTree::Range range;
    EditedTree::Neighbours neighbours;
    if (edited_.changes().totals().off == 0) {
        const EditedTree::Place place = edited_.lookAt(extent, removed_);
        range = place.range;
        neighbours = place.neighbours;
    } else {
        range = edited_.range(extent);
        neighbours = edited_.look(range, removed_);
    }
    const bool isSomething =
        std::ranges::any_of(content, [](const Piece& piece) { return piece.length > 0; });
    ChangeTag tag;
    if (isSomething || range.from.fileOffset < range.to.fileOffset) {
        tag = chooseTag(range, neighbours);
        const bool mayWiden = neighbours.leftTag() == tag || neighbours.rightTag() == tag;
        if (mayWiden && edited_.widen(range, tag))
            neighbours = edited_.look(range, removed_);
    }
    inserted_.clear();
    edited_.lay(content, {range.from.fileOffset}, range.to.fileOffset - range.from.fileOffset, tag,
                inserted_);
    commit({range.from, removed_, inserted_}, neighbours);
}

/// The change that what comes in place of removed_ belongs to: the one it lies in, or one of this
/// transaction beside it, or a new one.
ChangeTag Document::chooseTag(const EditedTree::Range& range,
                              const EditedTree::Neighbours& neighbours) {
    ChangeSet& changes = edited_.changes();
    const ChangeTag left = neighbours.leftTag();
    const ChangeTag right = neighbours.rightTag();
    if (removed_.empty()) {
        if (!left.isNone() && !left.isOff() && left == right)
            return left;
    } else if (removed_.front().isChanged() &&
               std::ranges::all_of(removed_, [this](const Piece& piece) {
                   return piece.tag == removed_.front().tag;
               })) {
        return removed_.front().tag;
    }
    if (neighbours.left && changes.belongsTo(*neighbours.left, transaction_))
        return left;
    if (neighbours.right && changes.belongsTo(*neighbours.right, transaction_))
        return right;
    for (const Piece& piece : removed_) {
        if (changes.belongsTo(piece, transaction_))
            return piece.tag;
    }
    const ChangeId id = newChange({range.from.fileOffset});
    for (const Piece* piece : {removed_.empty() ? nullptr : &removed_.front(),
                               removed_.empty() ? nullptr : &removed_.back()}) {
        // Of a change that is only cut the rest stays, and is what this one was typed over.
        if (piece != nullptr && piece->isChanged() && (piece->tag == left || piece->tag == right))
            changes.addNeed(id, piece->tag.id());
    }
    return ChangeTag::on(id);
}

ChangeId Document::newChange(FileOffset hint) {
    return edited_.changes().addChange(transaction_, hint);
}

Status Document::replaceMany(std::span<const Extent> extents, const Content& content,
                             EditOptions options) {
    const std::vector<Piece> pieces = piecesOf(content);
    return replaceEach(
        extents.size(), [&](std::size_t i) { return extents[i]; },
        [&](std::size_t) { return content.length(); },
        [&](std::size_t) { return std::span<const Piece>(pieces); }, options);
}

Status Document::replaceMany(std::span<const Replacement> replacements, EditOptions options) {
    Piece piece;
    return replaceEach(
        replacements.size(), [&](std::size_t i) { return replacements[i].extent; },
        [&](std::size_t i) { return static_cast<Offset>(replacements[i].bytes.size()); },
        [&](std::size_t i) {
            const ByteSpan bytes = replacements[i].bytes;
            piece = {added_->append(bytes), static_cast<Offset>(bytes.size()), 0, addedId_, {}};
            return std::span<const Piece>(&piece, 1);
        },
        options);
}

template <typename ExtentOf, typename LengthOf, typename PiecesOf>
Status Document::replaceEach(std::size_t count, ExtentOf extentOf, LengthOf lengthOf,
                             PiecesOf piecesOf, EditOptions options) {
    static constexpr const char* kOperation = "replace";
    Offset at = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Extent extent = extentOf(i);
        if (const Status allowed = checkEdit(kOperation, extent, lengthOf(i)); !allowed)
            return allowed;
        if (extent.offset < at)
            return Error::invalid(kOperation, "the ranges overlap or do not ascend");
        if (const Status allowed = checkSwitchedOff(kOperation, extent, options); !allowed)
            return allowed;
        at = extent.end();
    }
    // On the way too, which goes from the end to the beginning.
    Offset now = length();
    for (std::size_t i = count; i-- > 0;) {
        now -= extentOf(i).length;
        if (lengthOf(i) > kMaxLength - now)
            return error(ErrorCode::TooLarge, kOperation,
                         "the document would be longer than 2^63 - 1 bytes");
        now += lengthOf(i);
    }
    const Step step(*this, EditKind::ReplaceMany);
    const Quiet quiet(*this);
    // So that the offsets in front keep their meaning.
    for (std::size_t i = count; i-- > 0;) {
        const Extent extent = extentOf(i);
        if (extent.isEmpty() && lengthOf(i) == 0)
            continue;
        answerSwitchedOff(extent, options.switchedOff);
        splice(extent, piecesOf(i));
    }
    return {};
}

void Document::beginTransaction(std::string_view name) {
    assert(!isWalking_);
    if (!isInTransaction()) {
        typing_.reset();
        openStep(EditKind::Group, name);
    }
    ++transactionDepth_;
}

void Document::endTransaction() {
    assert(isInTransaction());
    if (--transactionDepth_ == 0)
        history_.end();
}

void Document::openStep(EditKind kind, std::string_view name) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t timeNs = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    transaction_ = edited_.changes().addTransaction(kind, name, timeNs);
    history_.begin(kind, name, timeNs, edited_.base(), transaction_);
    if (log_ != nullptr)
        log_->transaction(transaction_, {kind, timeNs, std::string(name)});
}

// ---- The one way to change the content -------------------------------------------------------

void Document::commit(const SpliceView& splice, const EditedTree::Neighbours& neighbours) {
    const Extent replaced{splice.from.offset, splice.removedEnd().offset - splice.from.offset};
    const Border end = splice.insertedEnd();
    const Offset newLength = end.offset - splice.from.offset;
    keepDropped(splice);
    const bool isCut = edited_.put(splice, neighbours);
    if (splice.inserted.empty() && neighbours.right && neighbours.right->isMark())
        recordAnchored(splice, *neighbours.right);
    else
        record(splice);
    if (isCut && !playing_)
        separate(splice.from, end);
    if (playing_) {
        playing_->isCut = playing_->isCut || isCut;
        gather(playing_->place, replaced, newLength);
    }
    if (std::ranges::any_of(splice.inserted, &Piece::isFile) &&
        std::ranges::any_of(splice.removed, &Piece::isFile))
        moved(editsIn(splice));
    else if (replaced.length != newLength)
        moved(std::array{TrackedPositions::Edit{replaced, newLength}});
    note(replaced, newLength);
}

void Document::moved(std::span<const TrackedPositions::Edit> edits) {
    positions_.spliced(edits);
    std::erase_if(maps_, [&](const std::weak_ptr<EditMap>& each) {
        const std::shared_ptr<EditMap> map = each.lock();
        if (map)
            map->add(edits);
        return map == nullptr;
    });
}

std::shared_ptr<const EditMap> Document::mapEdits() {
    std::erase_if(maps_, [](const std::weak_ptr<EditMap>& each) { return each.expired(); });
    auto map = std::make_shared<EditMap>();
    maps_.push_back(map);
    return map;
}

/// A splice has cut changes in two, or put a part of one where it does not touch the rest: what
/// stands between the borders, or begins there, and stands elsewhere too becomes a change of its
/// own. Recorded like any other splice, so that the numbers come back with redo.
void Document::separate(const Border& from, const Border& to) {
    ChangeSet& changes = edited_.changes();
    const std::vector<EditedTree::Found> runs = edited_.runs(from, to);
    const auto isTwice = [&](const EditedTree::Found& run) {
        return changes.runs(run.pieces.front().tag.id()) > 1;
    };
    // From the right, so that the left half keeps its number.
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (!run->isOff() && isTwice(*run))
            rename(*run, ChangeTag::on(
                             changes.half(run->pieces.front().tag.id(), {run->from.fileOffset})));
    }
    for (const EditedTree::Found& run : runs) {
        // Of a change that is off nothing is seen: a second place of it is just the file.
        if (run.isOff() && !run.pieces.front().isMark() && isTwice(run))
            rename(run, {});
    }
    for (const EditedTree::Found& run : edited_.runs(from, to)) {
        if (!isTwice(run))
            changes.record(run.pieces.front().tag.id()).hint = {run.from.fileOffset};
    }
}

void Document::rename(const EditedTree::Found& run, ChangeTag tag) {
    std::vector<Piece> renamed = run.pieces;
    for (Piece& piece : renamed)
        piece.tag = tag;
    const SpliceView splice{run.from, run.pieces, renamed};
    std::vector<Piece> removed;
    const EditedTree::Neighbours neighbours = edited_.look({run.from, run.end()}, removed);
    edited_.put(splice, neighbours);
    record(splice);
}

void Document::recordAnchored(const SpliceView& splice, const Piece& mark) {
    std::vector<Piece> removed(splice.removed.begin(), splice.removed.end());
    removed.push_back(mark);
    record({splice.from, removed, {&mark, 1}});
}

void Document::record(const SpliceView& splice) {
    if (history_.isOpen())
        history_.append(splice);
    if (saving_)
        saving_->since.append(splice);
    if (log_ != nullptr)
        log_->spliced(splice);
}

/// Makes `whole` cover one more replacement.
void Document::gather(std::optional<DocumentEvent>& whole, Extent replaced, Offset newLength) {
    if (!whole) {
        whole = {replaced, newLength};
        return;
    }
    const Extent old = whole->replaced;
    const Offset end = old.offset + whole->newLength;
    const Offset begin = std::min(old.offset, replaced.offset);
    const Offset oldEnd = old.end() + std::max<Offset>(0, replaced.end() - end);
    const Offset newEnd = std::max(end, replaced.end()) - replaced.length + newLength;
    whole = {{begin, oldEnd - begin}, newEnd - begin};
}

/// Gathers events into one that covers them all, or tells at once.
void Document::note(Extent replaced, Offset newLength) {
    ++revision_;
    gather(event_, replaced, newLength);
    if (quiet_ == 0)
        notify();
}

void Document::notify() {
    if (!event_)
        return;
    const DocumentEvent event = *event_;
    event_.reset();
    if (listener_)
        listener_(event);
}

}  // namespace octavo::core
