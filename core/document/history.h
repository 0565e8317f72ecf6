// What was done to a document, as a tree of steps that can be walked: undo goes to the parent,
// redo to the child that was visited last, and an edit after an undo begins a new branch beside
// the undone one.
//
// A step is one transaction: one or many splices. It holds pieces and no bytes: new bytes stay in
// the add buffer, and old bytes of the file stay readable past a flush through its versions. An
// edit costs less than 200 bytes. What lies far from the current step can be moved to a file by
// a worker when the budget is used up.
//
// Invariants: a parent has a smaller number than its children; the splices of a step begin in the
// log where those of the step before it, in the order of making, end.
//
// Thread rule: the document's thread; HistoryTransfer::run() on a worker.
// Cost: everything O(1) but where it says otherwise.
#pragma once

#include "core/content/source.h"
#include "core/document/edit_kind.h"
#include "core/document/history_transfer.h"
#include "core/document/splice_log.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace octavo::core {

using StepId = std::uint32_t;
/// The root: the document as it was opened.
inline constexpr StepId kFirstStep = 0;

class History {
public:
    struct Step {
        StepId parent = kFirstStep;
        EditKind kind = EditKind::Overwrite;
        std::string_view name;      ///< as a user or a caller gave it; may be empty
        std::int64_t timeNs = 0;    ///< nanoseconds since 1970 when it began
        SourceId base = kNoSource;  ///< the document's base when it was recorded
        std::uint32_t transaction = 0;
        std::size_t splices = 0;
        Offset offset = 0;  ///< where its first splice is, in the document
        SpliceLog::Position begin = 0;
        SpliceLog::Position end = 0;
    };

    static constexpr std::size_t kDefaultBudget = std::size_t{256} << 20U;

    /// Tests choose small chunks.
    explicit History(std::size_t chunkSize = SpliceLog::kChunkSize);

    StepId current() const { return current_; }
    /// Steps are numbered from 1 in the order they were made.
    StepId last() const { return last_; }
    /// Not for kFirstStep. The name is good until it is changed.
    Step step(StepId id) const;
    /// In the order they were made. O(children).
    std::vector<StepId> children(StepId id) const;
    /// The child that was visited last; kFirstStep where there is none.
    StepId redoChild(StepId id) const { return record(id).redoChild; }
    bool canUndo() const { return current() != kFirstStep; }
    bool canRedo() const { return redoChild(current()) != kFirstStep; }
    void setName(StepId id, std::string_view name);

    /// Begins a child of the current step, which becomes current. Ended by end().
    StepId begin(EditKind kind, std::string_view name, std::int64_t timeNs, SourceId base,
                 std::uint32_t transaction);
    /// Goes on with the current step, which must be last(), as typing does.
    void reopen();
    bool isOpen() const { return open_; }
    void append(const SpliceView& splice);
    void appendKept(ChangeId change, bool kept);
    /// Ends the step; where nothing was appended since begin(), it is as if it had not begun.
    void end();

    /// True where the step's splices are in memory; if not, prepareTransfer() brings them.
    /// O(chunks of the step), at once where nothing was moved.
    bool isLoaded(StepId id) const;
    SpliceLog::Walk forwards(StepId id) const;
    SpliceLog::Walk backwards(StepId id) const;
    /// From a position within the step to its end, or back to its beginning.
    SpliceLog::Walk forwards(StepId id, SpliceLog::Position from) const;
    SpliceLog::Walk backwards(StepId id, SpliceLog::Position from) const;
    /// The step that is played on the way from a step to its parent or its child: the child.
    StepId playedBetween(StepId from, StepId to) const {
        return from != kFirstStep && record(from).parent == to ? from : to;
    }
    /// Makes `id`, the parent or a child of the current step, the current one. No step is open.
    void moveTo(StepId id);
    /// The way from the current step to `id`: up to the common ancestor, then down. Each entry is
    /// the step to move to. O(length of the way).
    std::vector<StepId> way(StepId id) const;
    /// So many splices are played on it.
    std::uint64_t splicesTo(StepId id) const;

    /// The user gave up undo past this point: every step goes, and the present is the root. The
    /// next step is number 1 again. No step is open.
    void clear();

    /// All bytes that the history holds in memory.
    std::size_t memory() const;

    /// How many bytes memory() may be before cold parts of the log go to the file. The steps
    /// themselves stay in memory, and so does the log around the current step.
    std::size_t budget() const { return budget_; }
    /// Also lets parts be stored again after a disk has refused them.
    void setBudget(std::size_t bytes);
    /// What is to be moved between memory and the file: of the splices of the steps `wanted` what
    /// is not in memory, and so for the steps next to the current one, before somebody needs them;
    /// and what is cold once the budget is used up. Nothing where there is nothing to move, or
    /// where a transfer is under way (prepared, neither finished nor let go). Also after
    /// finishTransfer() it may be that more is to do. No walk is kept over it.
    ///
    /// When the file cannot be written, run() says so once, and everything stays in memory until
    /// setBudget(). What cannot be read is tried again only where it is part of `wanted`.
    ///
    /// O(1) while the budget lasts, else O(chunks) when something goes, and some microseconds to
    /// look at the steps nearby.
    std::shared_ptr<HistoryTransfer> prepareTransfer(std::span<const StepId> wanted,
                                                     FileSystem& fileSystem,
                                                     const std::string& folder);
    std::shared_ptr<HistoryTransfer> prepareTransfer(std::optional<StepId> wanted,
                                                     FileSystem& fileSystem,
                                                     const std::string& folder);
    /// Takes what a transfer brought and drops what it stored, after run() has returned, whether
    /// it worked or not. Once for each.
    void finishTransfer(const HistoryTransfer& transfer);

private:
    /// What the table holds of a step; the rest follows.
    struct Record {
        std::int64_t timeNs = 0;
        SpliceLog::Position begin = 0;
        Offset offset = 0;
        StepId parent = kFirstStep;
        StepId lastChild = kFirstStep;
        StepId olderSibling = kFirstStep;  // the child of `parent` made before this one
        StepId redoChild = kFirstStep;
        SourceId base = kNoSource;
        std::uint32_t transaction = 0;
        std::uint32_t splices = 0;
        EditKind kind = EditKind::Overwrite;
        bool hasName = false;
    };
    /// The table grows block by block, as copying a million steps would be a pause.
    static constexpr std::size_t kBlock = 1024;

    Record& record(StepId id) { return blocks_[id / kBlock][id % kBlock]; }
    const Record& record(StepId id) const { return blocks_[id / kBlock][id % kBlock]; }
    void addRecord(const Record& record);
    SpliceLog::Position endOf(StepId id) const {
        return id == last_ ? log_.end() : record(id + 1).begin;
    }
    SpliceLog::Needs needs(std::span<const StepId> wanted) const;
    std::pair<std::size_t, std::size_t> chunksOf(StepId id) const;
    void addNear(std::vector<std::size_t>& chunks, bool towardsRoot) const;

    SpliceLog log_;
    std::vector<std::unique_ptr<Record[]>> blocks_;  // the root's record is the first
    std::unordered_map<StepId, std::string> names_;
    std::size_t nameBytes_ = 0;
    StepId current_ = kFirstStep;
    StepId last_ = kFirstStep;
    bool open_ = false;
    StepId redoBefore_ = kFirstStep;  // of the parent, before the open step
    std::size_t budget_ = kDefaultBudget;
};

}  // namespace octavo::core
