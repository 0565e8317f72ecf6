#include "core/save/patch_save.h"

#include "core/file/path.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;

}  // namespace

PatchSave::PatchSave(FileSystem& fileSystem, std::string path, FileInfo expected, Snapshot snapshot,
                     std::shared_ptr<const FileVersion> version, std::vector<Change> changes,
                     Options options)
    : fileSystem_(fileSystem)
    , path_(std::move(path))
    , info_(expected)
    , snapshot_(std::move(snapshot))
    , version_(version)
    , before_(std::move(version))
    , changes_(std::move(changes))
    , options_(options)
    , kept_(std::make_shared<KeptBytes>()) {
    assert(std::ranges::all_of(
        changes_, [](const Change& change) { return change.kind() == ChangeKind::Overwritten; }));
}

Status PatchSave::run(Progress& progress) {
    if (changes_.empty()) {
        succeeded_ = true;
        return {};
    }
    Offset total = 0;
    for (const Change& change : changes_)
        total += change.now.length;
    progress.setTotal(2 * total);  // each byte is kept, then written

    if (const Status opened = openAndCompare(); !opened)
        return opened;
    if (const Status kept = keepOldBytes(progress); !kept)
        return kept;
    // From here on every reader of the old content takes the kept bytes; the writes may begin.
    version_ = before_->succeed(kept_);
    if (const Status written = writeChanges(progress); !written)
        return putBack(written.error());
    if (const Status synced = file_->sync(); !synced)
        return putBack(synced.error());
    if (const Result<FileInfo> now = file_->info())
        info_ = *now;
    succeeded_ = true;
    return {};
}

Status PatchSave::openAndCompare() {
    Result<std::shared_ptr<File>> file = fileSystem_.open(path_, OpenMode::ReadWrite);
    if (!file)
        return file.error();
    file_ = *std::move(file);
    const Result<FileInfo> now = file_->info();
    if (!now)
        return now.error();
    const auto changedOutside = [&](const char* reason) {
        return Error{ErrorCode::ChangedOutside, "flush", path_, 0, reason};
    };
    if (now->identity != info_.identity)
        return changedOutside("another file has taken the place of the one that is open");
    if (now->size < changes_.back().before.end().value)
        return changedOutside("another program made the file shorter than the changes reach");
    if (!now->looksLike(info_) && !options_.evenIfChangedOutside)
        return changedOutside("another program has changed the file since it was opened");
    return {};
}

Status PatchSave::keepOldBytes(Progress& progress) {
    // Beside the file: what is too large for memory should fill the file's own disk, whose room
    // the user knows, and not a small /tmp.
    const std::string folder = folderOf(path_);
    Bytes block;
    for (const Change& change : changes_) {
        for (Offset done = 0; done < change.before.length;) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled, "flush", path_, 0,
                             "cancelled; nothing was written"};
            const Offset count = std::min(kBlock, change.before.length - done);
            const FileOffset at = change.before.offset + done;
            block.resize(static_cast<std::size_t>(count));
            const Result<std::size_t> got = file_->readAt(at, block);
            if (!got)
                return got.error();
            if (*got < block.size())
                return Error{ErrorCode::Unreadable, "flush", path_, 0,
                             "bytes that would be overwritten could not be read and kept"};
            if (const Status kept = kept_->add(at, block, fileSystem_, folder); !kept)
                return kept;
            done += count;
            progress.addDone(count);
        }
    }
    return {};
}

Status PatchSave::writeChanges(Progress& progress) {
    Bytes block;
    for (const Change& change : changes_) {
        for (Offset done = 0; done < change.now.length;) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled, "flush", path_, 0,
                             "cancelled; the file has its old content"};
            const Offset count = std::min(kBlock, change.now.length - done);
            block.resize(static_cast<std::size_t>(count));
            if (!snapshot_.read(change.now.offset + done, block).isEmpty())
                return Error{ErrorCode::Unreadable, "flush", path_, 0,
                             "a part of the new content could not be read"};
            if (const Status put = file_->writeAt(change.before.offset + done, block); !put)
                return put;
            done += count;
            bytesWritten_ += count;
            progress.addDone(count);
        }
    }
    return {};
}

/// Writes the kept bytes over what was written and syncs; `cause` is why.
Status PatchSave::putBack(const Error& cause) {
    Bytes block;
    for (FileExtent run = kept_->next({0}); !run.isEmpty(); run = kept_->next(run.end())) {
        for (Offset done = 0; done < run.length;) {
            const Offset count = std::min(kBlock, run.length - done);
            block.resize(static_cast<std::size_t>(count));
            Unreadable unreadable;
            kept_->read(run.offset + done, block, 0, unreadable);
            const Status put =
                unreadable.isEmpty() ? file_->writeAt(run.offset + done, block) : Status(cause);
            if (!put)
                return Error{cause.code, cause.operation, cause.path, cause.systemError,
                             cause.reason + "; and the old content could not be put back, so the "
                                            "file may hold a part of the changes"};
            done += count;
        }
    }
    if (const Status synced = file_->sync(); synced)
        before_->markRestored();
    if (const Result<FileInfo> now = file_->info())
        info_ = *now;
    bytesWritten_ = 0;
    return cause;
}

}  // namespace octavo::core
