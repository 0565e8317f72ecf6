#include "core/save/shift_save.h"

#include "core/file/path.h"
#include "core/save/shift_recovery.h"

#include <algorithm>
#include <utility>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;

using Phase = ShiftProgress::Phase;

}  // namespace

ShiftPlan ShiftSave::plan(const SaveRequest& request, Offset blockSize) {
    const Snapshot content = request.content();
    const std::vector<ShiftRun> runs = shiftRuns(content, request.base);
    ShiftLimits limits;
    limits.bytesToWrite = std::min(content.length(), kMostToWrite);
    return planShift(runs, request.version->file()->length(), content.length(), blockSize, limits);
}

const char* ShiftSave::misfit(Offset size) const {
    return size != info_.size ? "another program has changed its length since it was opened"
                              : nullptr;
}

Status ShiftSave::perform(Progress& progress) {
    if (const Status ready = prepare(progress); !ready)
        return ready;
    journal().drop();  // of patches; its name is needed
    Result<std::unique_ptr<ShiftJournal>> steps =
        ShiftJournal::create(fileSystem(), target_.path, info_, record_);
    if (!steps)
        return steps.error();
    steps_ = *std::move(steps);
    // All that can take its time; what came in between is not to be moved about unseen.
    if (const Status same = compare(); !same) {
        steps_->remove();
        return same;
    }
    before()->beginMove();
    Status status = shift(progress);
    if (status)
        status = patch(progress);
    if (status)
        status = takePlace();
    if (status) {
        steps_->remove();
        return status;
    }
    const Error told = putBack(status.error());
    before()->cancelMove();
    if (const Result<FileInfo> now = file().info())
        info_ = *now;
    before()->settle(info_);
    return told;
}

Status ShiftSave::prepare(Progress& progress) {
    Result<SaveTarget> target = lookAt(fileSystem(), path());
    if (!target)
        return target.error();
    target_ = *std::move(target);
    if (!target_.can.insertsRanges || !target_.can.collapsesRanges || target_.space.blockSize <= 0)
        return error(ErrorCode::CannotReplace, "its file system cannot move blocks within a file");
    const ShiftPlan plan = ShiftSave::plan(request(), target_.space.blockSize);
    if (plan.obstacle)
        return error(ErrorCode::CannotReplace, "it cannot be saved by moving blocks: " +
                                                   std::string(describe(*plan.obstacle)));
    const Snapshot content = request().content();
    PreservePlan preserving = planPreserve(*before(), content);
    if (options().giveUpUndo)
        preserving.toKeep.clear();
    progress.setTotal(preserving.bytesToKeep() + plan.bytesToJournal() + 2 * plan.bytesToWrite());
    if (const Status kept = preserve(std::move(preserving), progress); !kept)
        return kept;
    return fill(plan, content, progress);
}

Status ShiftSave::preserve(PreservePlan plan, Progress& progress) {
    preserved_.standing = std::move(plan.standing);
    const auto kept = std::make_shared<KeptBytes>();
    preserved_.kept = kept;
    return keepBytes(file(), plan.toKeep, *kept, fileSystem(), folderOf(path()), progress);
}

/// Notes old bytes from the file and new ones from the document: while blocks move neither can be
/// read.
Status ShiftSave::fill(const ShiftPlan& plan, const Snapshot& content, Progress& progress) {
    record_.file = info_.identity;
    record_.target = target_.path;
    record_.sizeBefore = plan.oldLength;
    record_.sizeAfter = plan.newLength;
    record_.blockSize = target_.space.blockSize;
    record_.operations = plan.operations;
    for (const FileExtent& lost : plan.lost) {
        Bytes bytes(static_cast<std::size_t>(lost.length));
        const Result<std::size_t> got = file().readAt(lost.offset, bytes);
        if (!got || *got < bytes.size())
            return error(ErrorCode::Unreadable, "a part of the old content could not be read");
        record_.lost.push_back({lost.offset, std::move(bytes)});
        progress.addDone(lost.length);
        if (progress.isCancelled())
            return error(ErrorCode::Cancelled, "cancelled");
    }
    for (const Extent& patch : plan.patches) {
        for (Offset done = 0; done < patch.length;) {
            const Offset count = std::min(kBlock, patch.length - done);
            Bytes bytes(static_cast<std::size_t>(count));
            if (!content.read(patch.offset + done, bytes).isEmpty())
                return error(ErrorCode::Unreadable, "a part of the new content could not be read");
            record_.patches.push_back({{patch.offset + done}, std::move(bytes)});
            done += count;
            progress.addDone(count);
            if (progress.isCancelled())
                return error(ErrorCode::Cancelled, "cancelled");
        }
    }
    if (const Result<std::vector<PlacedExtent>> told = file().layout({{0}, plan.oldLength}))
        record_.layout = ShiftLayout::of(plan.oldLength, *told, record_.blockSize);
    return {};
}

Status ShiftSave::shift(Progress& progress) {
    for (const ShiftOperation& operation : record_.operations) {
        if (progress.isCancelled())
            return error(ErrorCode::Cancelled, "cancelled");
        if (const Status moved = carryOut(file(), operation); !moved)
            return moved;
        ++reached_.done;
        if (const Status marked = steps_->mark(reached_); !marked)
            return marked;
    }
    if (const Status synced = file().sync(); !synced)
        return synced;
    const ShiftProgress next{Phase::Patching, reached_.done};
    if (const Status marked = steps_->mark(next); !marked)
        return marked;
    reached_ = next;
    return steps_->sync();
}

Status ShiftSave::patch(Progress& progress) {
    for (const ShiftRecord::Run& run : record_.patches) {
        if (progress.isCancelled())
            return error(ErrorCode::Cancelled, "cancelled");
        if (const Status put = file().writeAt(run.at, run.bytes); !put)
            return put;
        bytesWritten_ += static_cast<Offset>(run.bytes.size());
        progress.addDone(static_cast<Offset>(run.bytes.size()));
    }
    const Result<FileInfo> now = file().info();
    if (!now)
        return now.error();
    if (now->size != record_.sizeAfter) {
        if (const Status resized = file().resize(record_.sizeAfter); !resized)
            return resized;
    }
    return file().sync();
}

/// The same inode, mapped anew, is the next version.
Status ShiftSave::takePlace() {
    Result<std::shared_ptr<MappedFile>> opened = MappedFile::open(fileSystem(), path());
    if (!opened)
        return opened.error();
    info_ = (*opened)->openedInfo();
    version_ = before()->succeed(preserved_, *std::move(opened));
    version_->settle(info_);
    return {};
}

Error ShiftSave::putBack(const Error& cause) {
    bytesWritten_ = 0;
    Error told = cause;
    if (const Status undone = undoShift(file(), record_, *steps_, reached_); !undone) {
        told.code = ErrorCode::System;
        told.reason += "; and the old content could not be put back: the next save, or opening the "
                       "file again, tries to";
        return told;
    }
    steps_->remove();
    isPutBack_ = true;
    if (cause.code == ErrorCode::Cancelled)
        told.reason += "; the file has its old content";
    return told;
}

}  // namespace octavo::core
