// One open file with its pending edits, or an untitled document that has no file yet.
//
// Edits never read or write the file: they change the piece tree, the change set, the history and
// the revision, and tell the listener. What has to read or write is an object that is prepared
// here, run on a worker and finished here, while the document may go on being edited: a flush, a
// review of the changes, a write of the edit log, a move of cold history to the disk.
//
// An edit costs O(log n) in the number of pieces, for each extent it replaces.
//
// Thread rule: one thread, the one that edits. open() may be called on a worker and its result
// handed over. Snapshots go to any thread.
// Errors: an edit that is out of range, refused by the access mode or too large is an Error and
// changes nothing.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/content/add_buffer.h"
#include "core/content/content.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/document/access_mode.h"
#include "core/document/change_review.h"
#include "core/document/edit_map.h"
#include "core/document/edit_options.h"
#include "core/document/edited_tree.h"
#include "core/document/history.h"
#include "core/document/history_transfer.h"
#include "core/document/source_registry.h"
#include "core/document/tracked_positions.h"
#include "core/file/file_watch.h"
#include "core/save/recover_save.h"
#include "core/save/save.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octavo::core {

class EditLogFeed;
class HistoryWalk;
class RecoveredEdits;
struct LoggedFacts;

/// What an edit, undo, revert or flush did to the content or to what is pending.
struct DocumentEvent {
    Extent replaced;       ///< in the document before
    Offset newLength = 0;  ///< of what stands there now
};

class Document {
public:
    using Listener = std::function<void(const DocumentEvent&)>;

    /// Opens `path`. Waits for the disk: not for the GUI thread. `progress` cancels where a file
    /// has to be read to be opened.
    static Result<std::unique_ptr<Document>> open(FileSystem& fileSystem, const std::string& path,
                                                  AccessMode mode = AccessMode::Preview,
                                                  Progress* progress = nullptr);
    static std::unique_ptr<Document> untitled();
    /// The file as it is without the pending edits: a document of its own, read-only, that shares
    /// the file and waits for nothing. It does not follow this one: after a flush it shows the file
    /// as it was.
    std::unique_ptr<Document> original() const;

    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    ~Document();

    /// Empty where the document is untitled.
    const std::string& path() const { return path_; }
    /// What was found when the file was opened.
    const SaveRecovery& recovery() const { return recovery_; }
    bool isUntitled() const { return path_.empty(); }
    /// The file under the document; nothing where it is untitled.
    std::shared_ptr<const MappedFile> file() const;
    /// The same as the source that pieces in place point at; nothing where it is untitled.
    const std::shared_ptr<const FileVersion>& version() const { return base_; }

    Offset length() const { return edited_.length(); }
    Snapshot snapshot() const;
    std::uint64_t revision() const { return revision_; }
    /// Called after each change, on the same thread.
    void setListener(Listener listener) { listener_ = std::move(listener); }
    /// Positions that follow every edit: the caret, bookmarks, results.
    TrackedPositions& positions() { return positions_; }
    /// Where every place of the document as it is now moves from now on, for as long as somebody
    /// holds it: for the results of a search over snapshot(), whatever their number.
    std::shared_ptr<const EditMap> mapEdits();

    AccessMode accessMode() const { return mode_; }
    /// Read-only and write-through are entered with nothing pending and no save running: flush,
    /// discard or cancel first. Write-through needs a file that can be written in its place.
    Status setAccessMode(AccessMode mode);

    // ---- Edits ----

    /// `bytes` in place of as many from `at` on; they must lie within the document.
    Status overwrite(Offset at, ByteSpan bytes, EditOptions options = {});
    Status insert(Offset at, ByteSpan bytes, EditOptions options = {});
    Status erase(Extent extent, EditOptions options = {});
    /// `pattern` repeated over the extent; the length stays.
    Status fill(Extent extent, ByteSpan pattern, EditOptions options = {});
    /// `bytes` in place of `extent`, whatever their lengths.
    Status replace(Extent extent, ByteSpan bytes, EditOptions options = {});
    /// The same with content that is referred to and not copied.
    Status replace(Extent extent, const Content& content, EditOptions options = {});
    /// `content` in place of each of the extents, which ascend and do not overlap: one step.
    Status replaceMany(std::span<const Extent> extents, const Content& content,
                       EditOptions options = {});
    struct Replacement {
        Extent extent;
        ByteSpan bytes;
    };
    Status replaceMany(std::span<const Replacement> replacements, EditOptions options = {});
    /// Cuts the end off, or adds zeros.
    Status setLength(Offset length, EditOptions options = {});
    /// The next typing begins a step of its own (the caret was moved, another pane entered).
    void endTyping() { typing_.reset(); }

    /// What happens until endTransaction() is one undo step and one group of changes. May be
    /// nested; the outermost counts.
    void beginTransaction(std::string_view name);
    void endTransaction();

    // ---- History ----

    const History& history() const { return history_; }
    bool canUndo() const { return history_.canUndo() && !isInTransaction(); }
    bool canRedo() const { return history_.canRedo() && !isInTransaction(); }
    /// Undoes one step and returns where; nothing where there is none to undo. NotLoaded where the
    /// step lies on the disk: see prepareHistoryTransfer().
    Result<std::optional<Extent>> undo();
    Result<std::optional<Extent>> redo();
    /// Walks to any step of the tree, kFirstStep being the document as it was opened.
    Result<std::optional<Extent>> goTo(StepId step);
    /// The same in parts: what is returned goes the way.
    Result<std::unique_ptr<HistoryWalk>> beginGoTo(StepId step);
    void setStepName(StepId step, std::string_view name);
    /// The step at which everything was flushed last; nothing where there is none any more.
    std::optional<StepId> savedStep() const { return savedStep_; }

    // ---- The change set ----

    /// True where a change is seen. O(1).
    bool isModified() const { return edited_.changes().totals().on > 0; }
    /// True where there is any change, switched off ones included. O(1).
    bool hasChanges() const { return isModified() || edited_.changes().totals().off > 0; }
    /// Number of changes that are on and of their bytes (the larger of before and now of each
    /// piece). O(1).
    struct Pending {
        std::size_t changes = 0;
        std::size_t switchedOff = 0;
        Offset bytes = 0;
        Offset lengthDifference = 0;  ///< length now less length of the file
    };
    Pending pending() const;
    /// Those that are on. Time follows the number of pieces; see also Snapshot::changesFrom().
    std::vector<Change> changes() const { return snapshot().changes(); }
    /// The change's extents now; nothing where there is no such change.
    std::optional<Change> change(ChangeId id) const;
    /// What is known of it: transaction, marks. `id` was given by this document.
    const ChangeRecord& changeRecord(ChangeId id) const { return edited_.changes().record(id); }
    TransactionRecord transaction(TransactionId id) const {
        return edited_.changes().transaction(id);
    }
    std::string changeName(ChangeId id) const { return edited_.changes().name(id); }
    /// How many bytes a change that is switched off would show.
    Offset switchedOffLength(ChangeId id) const;
    /// The first of these bytes, at most `most`. Time follows their pieces.
    Content switchedOffContent(ChangeId id, Offset most = kMaxLength) const;
    Status setChangeName(ChangeId id, std::string_view name);

    /// Switches changes off (the file's bytes are seen) or on again, as one step. Takes along the
    /// changes that were typed over a part of those that go off, or under those that come on;
    /// returns all that were switched, in ascending order.
    Result<std::vector<ChangeId>> switchChanges(std::span<const ChangeId> ids, bool on);
    /// Gives changes up, on or off, with those that were typed over a part of them.
    Result<std::vector<ChangeId>> revertChanges(std::span<const ChangeId> ids);
    /// Marks changes as decided for (switching them on where they were off), or takes the mark
    /// away: revert(Revert::Undecided) leaves them alone.
    Result<std::vector<ChangeId>> keepChanges(std::span<const ChangeId> ids, bool kept);
    /// The content of the changes that an edit of `extent` would fall into and that are off.
    std::vector<ChangeId> switchedOffIn(Extent extent) const;

    enum class Revert { Everything, Undecided };
    /// Back to the file's content, as one undo step. An untitled document becomes empty.
    Status revert(Revert what = Revert::Everything);

    // ---- Work beside the edits ----

    /// A look at changes that nobody has looked at yet, at most `most` of them; nothing where there
    /// is nothing to look at, or within a transaction.
    std::shared_ptr<ChangeReview> prepareReview(std::size_t most = 4096);
    /// A look at these changes: to drop what equals the file whatever its length, or to tell what
    /// another program's write has touched.
    std::shared_ptr<ChangeReview> prepareReview(std::span<const ChangeId> ids,
                                                ChangeReview::Options options);
    /// Changes that equal the file end; fingerprints and outside states are taken over.
    void finishReview(const ChangeReview& review);

    /// How many bytes the history may hold in memory before cold steps are to go to the disk.
    void setHistoryBudget(std::size_t bytes) { history_.setBudget(bytes); }
    /// Brings what the next undo needs, or what goTo(target) does, and moves what is cold to a file
    /// without a name in `folder`. Nothing where the history is where it should be, or within a
    /// transaction.
    std::shared_ptr<HistoryTransfer>
    prepareHistoryTransfer(const std::string& folder, std::optional<StepId> target = std::nullopt);
    void finishHistoryTransfer(const HistoryTransfer& transfer);

    /// From now on the log hears of every edit; nullptr ends it. The feed must outlive that.
    void setEditLog(EditLogFeed* feed);
    /// Takes over pending changes of an earlier run, as one step. Only while nothing is pending.
    /// `ids` are those that fit the file.
    Status recover(const RecoveredEdits& edits, std::span<const ChangeId> ids);

    // ---- Saving ----

    /// The save of everything pending that is on, or of `only` these changes, to be run on a
    /// worker. LengthChanged where the strategy cannot insert or delete, InvalidArgument where the
    /// document is untitled or a flush is running.
    Result<std::shared_ptr<Save>> prepareFlush(SaveOptions options = {});
    Result<std::shared_ptr<Save>> prepareFlush(std::span<const ChangeId> only,
                                               SaveOptions options = {});
    /// What prepareFlush() would save, to make a plan of. Not of an untitled document.
    SaveRequest saveRequest(SaveOptions options = {}) const;
    SaveRequest saveRequest(std::span<const ChangeId> only, SaveOptions options = {}) const;
    /// Takes over what `save` did, once run() has returned, whether it worked or not. In
    /// write-through mode a failed one takes the edits back.
    void finishFlush(const Save& save);
    /// True from prepareFlush() or beginCopy() until the matching finish.
    bool isFlushing() const { return saving_ != nullptr; }
    /// True in write-through mode where an edit waits for its write: prepareFlush() now. Not
    /// within a transaction, which is written as a whole.
    bool needsWriteThrough() const {
        return mode_ == AccessMode::WriteThrough && isModified() && !isFlushing() &&
               !isInTransaction();
    }

    /// The snapshot to be written whole to another file.
    Result<Snapshot> beginCopy();
    /// The copy was written: `file` is the file under the document from here on.
    void finishCopy(std::shared_ptr<const MappedFile> file);
    /// It was not, or the document stays with its own file.
    void cancelCopy();

    // ---- Other programs ----

    /// To be told what a FileWatch saw. The content is not touched; views read it again, and
    /// snapshots say that they may show something else than they did.
    void noteOutsideEvent(FileEvent event);
    /// The gravest thing that other programs did to the file since it was opened, or since the
    /// last flush of everything; that the file was cut, replaced or deleted stays. A flush compares
    /// for itself.
    FileEvent outsideEvent() const { return outsideEvent_; }
    /// Another program added to the file's end, and the file was extended (MappedFile::extend):
    /// the added bytes are part of the document. No step of the history.
    void noteExtended(const FileInfo& info);
    /// The user's answer to a change that another program has touched: it stands, and what the
    /// file holds now is what it replaces.
    void keepMine(std::span<const ChangeId> ids);
    /// Or it is given up for what the other program wrote.
    Result<std::vector<ChangeId>> takeTheirs(std::span<const ChangeId> ids);

private:
    friend class HistoryWalk;
    struct Saving;
    class Step;
    class Quiet;

    Document();
    bool isInTransaction() const { return transactionDepth_ > 0 || isWalking_; }

    Error error(ErrorCode code, const char* operation, const char* reason) const;
    Status checkEdit(const char* operation, Extent extent, Offset newLength) const;
    Status checkSwitchedOff(const char* operation, Extent extent, const EditOptions& options) const;
    Status edit(const char* operation, Extent extent, std::span<const Piece> content, EditKind kind,
                EditOptions options);
    void answerSwitchedOff(Extent extent, IfSwitchedOff answer);
    void splice(Extent extent, std::span<const Piece> content);
    ChangeTag chooseTag(const EditedTree::Range& range, const EditedTree::Neighbours& neighbours);
    ChangeId newChange(FileOffset hint);
    void openStep(EditKind kind, std::string_view name);
    template <typename ExtentOf, typename LengthOf, typename PiecesOf>
    Status replaceEach(std::size_t count, ExtentOf extentOf, LengthOf lengthOf, PiecesOf piecesOf,
                       EditOptions options);
    bool joinsTyping(Extent extent, Offset newLength, EditKind kind) const;
    std::vector<Piece> piecesOf(const Content& content);

    void commit(const SpliceView& splice, const EditedTree::Neighbours& neighbours);
    void record(const SpliceView& splice);
    void recordAnchored(const SpliceView& splice, const Piece& mark);
    void separateAfterPlaying();
    void separate(const Border& from, const Border& to);
    void rename(const EditedTree::Found& run, ChangeTag tag);
    void apply(const SpliceView& splice, SourceId base);
    bool applyExactly(const SpliceView& splice, SourceId base);
    void applyByOffset(const SpliceView& splice);
    void keepSwitchedOff(const SpliceView& splice);
    void keepDropped(const SpliceView& splice);
    void bringDroppedBack(const SpliceView& splice);
    EditedTree::Neighbours translate(const SpliceView& splice);
    Status checkGoTo(StepId target) const;
    void play(const SpliceLogEntry& entry, bool backwards, SourceId base);
    void settleAtSavedStep();

    bool keepsLength(StepId id) const;
    bool fitsIn(StepId id, bool backwards, Offset& length) const;
    EditedTree::Normalise normaliser() const;

    Status checkChanges(const char* operation, std::span<const ChangeId> ids) const;
    void putInPlaceOf(const EditedTree::Found& found, std::span<const Piece> pieces);
    void setKept(ChangeId id, bool kept);
    void removeChange(const EditedTree::Found& found);
    void switchChange(const EditedTree::Found& found, bool on);
    Result<std::vector<ChangeId>> giveUp(const char* operation, std::span<const ChangeId> ids,
                                         EditKind kind);

    static void gather(std::optional<DocumentEvent>& whole, Extent replaced, Offset newLength);
    void moved(std::span<const TrackedPositions::Edit> edits);
    void note(Extent replaced, Offset newLength);
    void notify();

    std::vector<Change> seenWithNeeded(std::span<const ChangeId> ids) const;
    Result<std::shared_ptr<Save>> prepareFlush(std::vector<Change> changes, bool isEverything,
                                               SaveOptions options);
    void beginSaving(bool isEverything);
    void noteFlushed(const Saving& saving);
    void takeNewest();
    void takeFacts(const LoggedFacts& facts, const std::function<Piece(const Piece&)>& mapped);
    void resetLog();
    void adopt(std::shared_ptr<const FileVersion> version, const std::string& path);
    void rebase(const Saving& saving, bool succeeded);
    std::vector<Piece> rebased(const PieceTree& tree, const Saving& saving, bool succeeded) const;
    void rebasePiece(const Piece& piece, Offset fileOffset, std::vector<Piece>& out) const;
    bool replay(const SpliceLog& splices);

    FileSystem* fileSystem_ = nullptr;
    std::string path_;
    SaveRecovery recovery_;
    AccessMode mode_ = AccessMode::Preview;
    SourceRegistry sources_;
    std::shared_ptr<AddBuffer> added_;
    SourceId addedId_ = 0;
    std::shared_ptr<const FileVersion> base_;  // nothing while untitled
    /// Of the file, last; before it those of files that the document was saved from under another
    /// name. They touch the disk when they go, so they go with the document.
    std::vector<std::shared_ptr<Journal>> journals_;
    FileInfo baseInfo_;
    bool wasExtended_ = false;  // by what other programs added to its end
    EditedTree edited_;
    std::uint64_t revision_ = 1;
    History history_;
    std::optional<StepId> savedStep_ = kFirstStep;
    TrackedPositions positions_;
    std::vector<std::weak_ptr<EditMap>> maps_;

    int transactionDepth_ = 0;
    bool isWalking_ = false;         // a HistoryWalk lives
    TransactionId transaction_ = 0;  // of the open step
    struct Typing {
        StepId step = 0;
        EditKind kind = EditKind::Typing;
        Extent place;  // what was typed, in the document
    };
    std::optional<Typing> typing_;

    std::unique_ptr<Saving> saving_;
    FileEvent outsideEvent_ = FileEvent::None;
    std::shared_ptr<std::atomic<std::uint64_t>> outsideWrites_;
    EditLogFeed* log_ = nullptr;
    Listener listener_;
    int quiet_ = 0;                       // events are gathered while it is not 0
    std::optional<DocumentEvent> event_;  // gathered
    /// Splices are being carried out again, one after the other: changes that are cut on the way
    /// may be whole again in the end.
    struct Playing {
        StepId step = kFirstStep;
        bool isCut = false;
        std::optional<DocumentEvent> place;
    };
    std::optional<Playing> playing_;
    /// What a change that is off would show, as it was when a step gave it up: the splices do not
    /// tell, and the same number may have got another content since.
    std::map<std::pair<StepId, ChangeId>, std::vector<Piece>> dropped_;
    // Reused from edit to edit, so that an edit allocates nothing.
    std::vector<Piece> removed_;
    std::vector<Piece> inserted_;
    struct Translated {
        Border from;
        std::vector<Piece> pieces;
    };
    Translated translated_;
};

}  // namespace octavo::core
