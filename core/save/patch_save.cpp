#include "core/save/patch_save.h"

#include "core/file/path.h"
#include "core/save/preserve.h"
#include "core/save/recover_save.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;

Offset lengthOf(const std::vector<FileExtent>& extents) {
    Offset sum = 0;
    for (const FileExtent& extent : extents)
        sum += extent.length;
    return sum;
}

Error notPutBack(const Error& cause, bool hasJournal, int systemError) {
    return {ErrorCode::System, cause.operation, cause.path, systemError,
            cause.reason + "; and the old content could not be put back" +
                (hasJournal ? ": the next save, or opening the file again, tries to"
                            : ", so the file may hold a part of the changes")};
}

}  // namespace

PatchSave::PatchSave(SaveRequest given) : Save(std::move(given)) {
    assert(request().keepsPlaces());
    for (const Change& change : changes()) {
        if (!writes_.empty() && writes_.back().before.end() == change.before.offset &&
            writes_.back().now.end() == change.now.offset) {
            writes_.back().before.length += change.before.length;
            writes_.back().now.length += change.now.length;
        } else {
            writes_.push_back(change);
        }
    }
}

const char* PatchSave::misfit(Offset size) const {
    return size < changes().back().before.end().value
               ? "another program made the file shorter than the changes reach"
               : nullptr;
}

Status PatchSave::perform(Progress& progress) {
    if (const Status kept = preserve(progress); !kept)
        return kept;
    if (const Status noted = note(progress); !noted)
        return noted;
    // Keeping can take its time; what came in between is not to be written over unseen.
    if (const Status same = compare(); !same) {
        journal().finish();
        return same;
    }
    // From here on every reader of the old content takes what is preserved; the writes may begin.
    version_ = before()->succeed(preserved_, before()->file());
    Status status = writeChanges(progress);
    if (status && !options().withoutSync)
        status = file().sync();
    if (!status) {
        bytesWritten_ = 0;
        status = putBack(status.error());
    }
    if (isPutBack_ || status)
        journal().finish();
    before()->file()->forget();
    if (const Result<FileInfo> now = file().info())
        info_ = *now;
    version_->settle(info_);
    return status;
}

/// What makes the file whole again if this ends in the midst.
Status PatchSave::note(Progress& progress) {
    if (options().withoutSync)
        return journal().settle();
    return journal().begin(file(), writes_, snapshot(), progress);
}

Status PatchSave::preserve(Progress& progress) {
    std::vector<FileExtent> overwritten;  // ascending
    overwritten.reserve(writes_.size());
    for (const Change& change : writes_)
        overwritten.push_back(change.before);
    std::vector<FileExtent> toKeep = overwritten;
    if (options().giveUpUndo) {
        toKeep = intersection(overwritten, bytesShown(*before(), snapshot(), snapshot().changes()));
        ExtentMap& standing = preserved_.standing = ExtentMap();
        FileOffset at{0};
        for (const FileExtent& lost : overwritten) {
            standing.add({at, lost.offset - at}, at);
            at = lost.end();
        }
        standing.add({at, kMaxLength - at.value}, at);
    }
    // Kept, noted in the journal, written.
    const Offset all = lengthOf(overwritten);
    const Offset noted = options().withoutSync ? 0 : all;
    progress.setTotal(checkedSum(checkedSum(all, noted).value_or(kMaxLength), lengthOf(toKeep))
                          .value_or(kMaxLength));
    // Beside the file: what is too large for memory should fill the file's own disk, whose room
    // the user knows, and not a small /tmp. A device's folder is no place for files.
    const std::string folder = info_.kind == FileKind::BlockDevice ? "/var/tmp" : folderOf(path());
    const auto kept = std::make_shared<KeptBytes>();
    preserved_.kept = kept;
    return keepBytes(file(), toKeep, *kept, fileSystem(), folder, progress);
}

Status PatchSave::writeChanges(Progress& progress) {
    Bytes block;
    for (const Change& change : writes_) {
        for (Offset done = 0; done < change.now.length;) {
            if (progress.isCancelled())
                return error(ErrorCode::Cancelled, "cancelled");
            const Offset count = std::min(kBlock, change.now.length - done);
            block.resize(static_cast<std::size_t>(count));
            if (!snapshot().read(change.now.offset + done, block).isEmpty())
                return error(ErrorCode::Unreadable, "a part of the new content could not be read");
            writtenTo_ = change.before.offset + done + count;  // begun, whatever comes of it
            if (const Status put = file().writeAt(change.before.offset + done, block); !put)
                return put;
            done += count;
            bytesWritten_ += count;
            progress.addDone(count);
        }
    }
    return {};
}

/// Makes the file what it was as far as writes were begun, and syncs; `cause` is why.
Error PatchSave::putBack(const Error& cause) {
    const Status restored = journal().isActive()
                                ? core::putBack(fileSystem(), journal().path(), file())
                                : putBackKept();
    if (!restored)
        return notPutBack(cause, journal().isActive(), restored.error().systemError);
    before()->markRestored();
    isPutBack_ = true;
    Error told = cause;
    if (cause.code == ErrorCode::Cancelled)
        told.reason += "; the file has its old content";
    return told;
}

/// Without a journal. Blocks that are as they were already are not written: on a full disk a hole
/// must stay one.
Status PatchSave::putBackKept() {
    const KeptBytes& kept = *preserved_.kept;
    Status restored;
    Bytes block;
    Bytes there;
    for (FileExtent run = kept.next({0}); run.offset < writtenTo_; run = kept.next(run.end())) {
        const Offset length = std::min(run.length, writtenTo_ - run.offset);
        for (Offset done = 0; done < length;) {
            const Offset count = std::min(kBlock, length - done);
            block.resize(static_cast<std::size_t>(count));
            there.resize(block.size());
            Unreadable unreadable;
            kept.read(run.offset + done, block, 0, unreadable);
            const Result<std::size_t> got = file().readAt(run.offset + done, there);
            const bool isThere = got && *got == there.size() && there == block;
            if (!unreadable.isEmpty())
                restored = error(ErrorCode::Unreadable, "kept bytes are lost");
            else if (const Status put =
                         isThere ? Status() : file().writeAt(run.offset + done, block);
                     !put)
                restored = put;  // the rest is put back all the same
            done += count;
        }
    }
    const Status synced = file().sync();
    return restored ? synced : restored;
}

}  // namespace octavo::core
