#include "core/save/shift_recovery.h"

#include <algorithm>

namespace octavo::core {

namespace {

using Phase = ShiftProgress::Phase;

Error unknown(const File& file) {
    return {ErrorCode::Unreadable, "recover", file.path(), 0,
            "it is not what any moment of the save would have left"};
}

Result<std::optional<ShiftLayout>> layoutOf(const File& file, const FileInfo& info, Offset block) {
    const Result<std::vector<PlacedExtent>> told = file.layout({{0}, info.size});
    if (!told)
        return std::optional<ShiftLayout>();  // the sizes have to do
    return ShiftLayout::of(info.size, *told, block);
}

/// How many operations are done in a file in which they were begun, with the last one either whole
/// or not begun: what was stopped in the midst is made whole first.
class Position {
public:
    Position(File& file, const ShiftRecord& record) : file_(file), record_(record) {}

    Result<std::size_t> find(std::size_t told) {
        const Result<FileInfo> info = file_.info();
        if (!info)
            return info.error();
        const Result<std::optional<ShiftLayout>> now = layoutOf(file_, *info, record_.blockSize);
        if (!now)
            return now.error();
        if (record_.layout && *now)
            return byLayout(**now);
        return bySize(told, info->size);
    }

private:
    Result<std::size_t> byLayout(const ShiftLayout& now) {
        if (now == *record_.layout)
            return std::size_t{0};
        for (std::size_t k = 0; k < record_.operations.size(); ++k) {
            const ShiftStage stage =
                stageOf(record_.operations[k], *record_.layoutAfter(k), now, record_.blockSize);
            if (stage.kind != ShiftStage::Kind::Unknown)
                return settled(k, stage);
        }
        return unknown(file_);
    }

    Result<std::size_t> bySize(std::size_t told, Offset size) {
        if (told == record_.operations.size())
            return size == record_.lengthAfter(told) ? Result<std::size_t>(told) : unknown(file_);
        const ShiftOperation& operation = record_.operations[told];
        return settled(told, stageOf(operation, record_.lengthAfter(told), size));
    }

    Result<std::size_t> settled(std::size_t k, const ShiftStage& stage) {
        const ShiftOperation& operation = record_.operations[k];
        // A collapse of the hole makes it the file before an insertion, or after a collapse.
        const std::size_t whole = operation.isInsert() ? k : k + 1;
        switch (stage.kind) {
        case ShiftStage::Kind::NotBegun:
            return k;
        case ShiftStage::Kind::Done:
            return k + 1;
        case ShiftStage::Kind::Hole:
            if (const Status done = file_.collapseRange(stage.hole); !done)
                return done.error();
            return whole;
        case ShiftStage::Kind::Size:
            if (const Status done = file_.resize(stage.size); !done)
                return done.error();
            return stage.size == record_.lengthAfter(k) ? k : k + 1;
        case ShiftStage::Kind::Unknown:
            break;
        }
        return unknown(file_);
    }

    File& file_;
    const ShiftRecord& record_;
};

/// Operations are done whole or not at all here, so the sizes tell.
Result<std::size_t> leftToUndo(const File& file, const ShiftRecord& record, std::size_t told) {
    const Result<FileInfo> info = file.info();
    if (!info)
        return info.error();
    if (info->size == record.lengthAfter(told))
        return told;
    if (told > 0 && info->size == record.lengthAfter(told - 1))
        return told - 1;
    return unknown(file);
}

Status putBack(File& file, const std::vector<ShiftRecord::Run>& runs) {
    Bytes there;
    for (const ShiftRecord::Run& run : runs) {
        there.resize(run.bytes.size());
        const Result<std::size_t> got = file.readAt(run.at, there);
        if (got && *got == there.size() && there == run.bytes)
            continue;  // on a full disk a hole must stay one
        if (const Status put = file.writeAt(run.at, run.bytes); !put)
            return put;
    }
    return {};
}

Result<bool> isComplete(const File& file, const ShiftRecord& record) {
    const Result<FileInfo> info = file.info();
    if (!info)
        return info.error();
    if (info->size != record.sizeAfter)
        return false;
    Bytes there;
    for (const ShiftRecord::Run& run : record.patches) {
        there.resize(run.bytes.size());
        const Result<std::size_t> got = file.readAt(run.at, there);
        if (!got)
            return got.error();
        if (*got < there.size() || there != run.bytes)
            return false;
    }
    return true;
}

/// Writes at the end may have made it longer or shorter than the operations did.
bool isPatchedLength(const ShiftRecord& record, Offset size) {
    const Offset shifted = record.lengthAfter(record.operations.size());
    return size >= std::min(shifted, record.sizeAfter) &&
           size <= std::max(shifted, record.sizeAfter);
}

}  // namespace

Status carryOut(File& file, const ShiftOperation& operation) {
    return operation.isInsert() ? file.insertRange(operation.extent)
                                : file.collapseRange(operation.extent);
}

Status undoShift(File& file, const ShiftRecord& record, ShiftJournal& journal,
                 ShiftProgress progress) {
    Result<std::size_t> left = record.operations.size();
    if (progress.phase == Phase::Shifting)
        left = Position(file, record).find(progress.done);
    else if (progress.phase == Phase::Undoing)
        left = leftToUndo(file, record, progress.done);
    else if (const Status resized = file.resize(record.lengthAfter(*left)); !resized)
        return resized;
    if (!left)
        return left.error();
    for (std::size_t k = *left;; --k) {
        if (const Status marked = journal.mark({Phase::Undoing, k}); !marked)
            return marked;
        if (k == 0)
            break;
        if (const Status undone = carryOut(file, record.operations[k - 1].inverse()); !undone)
            return undone;
    }
    if (const Status put = putBack(file, record.lost); !put)
        return put;
    return file.sync();
}

Result<SaveOutcome> recoverShift(File& file, ShiftJournal::Found& found) {
    const ShiftRecord& record = found.record;
    const Result<FileInfo> info = file.info();
    if (!info)
        return info.error();
    if (info->identity.inode != record.file.inode)
        return SaveOutcome::Foreign;
    if (found.progress.phase == Phase::Patching) {
        if (!isPatchedLength(record, info->size))
            return SaveOutcome::Foreign;
        const Result<bool> complete = isComplete(file, record);
        if (!complete)
            return complete.error();
        if (*complete) {
            const Status synced = file.sync();
            return synced ? Result<SaveOutcome>(SaveOutcome::NewContent) : synced.error();
        }
    }
    const Status undone = undoShift(file, record, *found.journal, found.progress);
    if (!undone && undone.error().code == ErrorCode::Unreadable)
        return SaveOutcome::Foreign;
    return undone ? Result<SaveOutcome>(SaveOutcome::OldContent) : undone.error();
}

}  // namespace octavo::core
