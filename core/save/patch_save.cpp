#include "core/save/patch_save.h"

#include "core/file/path.h"
#include "core/save/preserve.h"
#include "core/save/source_check.h"

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

Error notPutBack(const Error& cause, const char* what, int systemError) {
    return {ErrorCode::System, cause.operation, cause.path, systemError,
            cause.reason + what + ", so the file may hold a part of the changes"};
}

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
    , options_(options) {
    assert(std::ranges::all_of(
        changes_, [](const Change& change) { return change.kind() == ChangeKind::Overwritten; }));
    for (const Change& change : changes_) {
        if (!writes_.empty() && writes_.back().before.end() == change.before.offset &&
            writes_.back().now.end() == change.now.offset) {
            writes_.back().before.length += change.before.length;
            writes_.back().now.length += change.now.length;
        } else {
            writes_.push_back(change);
        }
    }
}

Status PatchSave::run(Progress& progress) {
    const Status status = changes_.empty() ? Status() : save(progress);
    succeeded_ = status.ok();
    // Closed here and not by whoever lets go of the save last: closing may wait for the disk.
    file_.reset();
    return status;
}

Status PatchSave::save(Progress& progress) {
    const VersionChain::Turn turn = before_->takeTurn();
    if (!turn)
        return Error{ErrorCode::ChangedOutside, "flush", path_, 0,
                     "another document has saved this very file, or is saving it now"};
    if (const Status opened = open(); !opened)
        return opened;
    if (const Status same = compare(); !same)
        return same;
    if (const Status same = checkSources(); !same)
        return same;
    if (const Status kept = preserve(progress); !kept)
        return kept;
    // Keeping can take its time; what came in between is not to be written over unseen.
    if (const Status same = compare(); !same)
        return same;
    // From here on every reader of the old content takes what is preserved; the writes may begin.
    version_ = before_->succeed(preserved_, before_->file());
    Status status = writeChanges(progress);
    if (status && !options_.withoutSync)
        status = file_->sync();
    if (!status) {
        bytesWritten_ = 0;
        status = putBack(status.error());
    }
    before_->file()->forget();
    if (const Result<FileInfo> now = file_->info())
        info_ = *now;
    version_->settle(info_);
    return status;
}

Status PatchSave::open() {
    Result<std::shared_ptr<File>> file = fileSystem_.open(path_, OpenMode::ReadWrite);
    if (!file)
        return file.error();
    file_ = *std::move(file);
    return {};
}

/// Content that is referred to and not copied must still be what the user saw.
Status PatchSave::checkSources() {
    if (options_.evenIfSourceChanged)
        return {};
    Progress quick;  // it reads nothing but sizes and times
    const Result<std::vector<ChangeId>> found = changedSources(snapshot_, before_.get(), quick);
    if (!found)
        return found.error();
    for (const Change& change : changes_) {
        if (std::ranges::binary_search(*found, change.id))
            sourceChanged_.push_back(change.id);
    }
    if (sourceChanged_.empty())
        return {};
    return Error{ErrorCode::SourceChanged, "flush", path_, 0,
                 "a file from which content was inserted is not what it was; leave those changes "
                 "out, or write what that file holds now"};
}

Status PatchSave::compare() const {
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

Status PatchSave::preserve(Progress& progress) {
    std::vector<FileExtent> overwritten;  // ascending
    overwritten.reserve(writes_.size());
    for (const Change& change : writes_)
        overwritten.push_back(change.before);
    std::vector<FileExtent> toKeep = overwritten;
    if (options_.giveUpUndo) {
        toKeep = intersection(overwritten, bytesShown(*before_, snapshot_, snapshot_.changes()));
        ExtentMap& standing = preserved_.standing = ExtentMap();
        FileOffset at{0};
        for (const FileExtent& lost : overwritten) {
            standing.add({at, lost.offset - at}, at);
            at = lost.end();
        }
        standing.add({at, kMaxLength - at.value}, at);
    }
    progress.setTotal(checkedSum(lengthOf(overwritten), lengthOf(toKeep)).value_or(kMaxLength));
    // Beside the file: what is too large for memory should fill the file's own disk, whose room
    // the user knows, and not a small /tmp. A device's folder is no place for files.
    const std::string folder = info_.kind == FileKind::BlockDevice ? "/var/tmp" : folderOf(path_);
    const auto kept = std::make_shared<KeptBytes>();
    preserved_.kept = kept;
    return keepBytes(*file_, toKeep, *kept, fileSystem_, folder, progress);
}

Status PatchSave::writeChanges(Progress& progress) {
    Bytes block;
    for (const Change& change : writes_) {
        for (Offset done = 0; done < change.now.length;) {
            if (progress.isCancelled() && !options_.giveUpUndo)
                return Error{ErrorCode::Cancelled, "flush", path_, 0, "cancelled"};
            const Offset count = std::min(kBlock, change.now.length - done);
            block.resize(static_cast<std::size_t>(count));
            if (!snapshot_.read(change.now.offset + done, block).isEmpty())
                return Error{ErrorCode::Unreadable, "flush", path_, 0,
                             "a part of the new content could not be read"};
            writtenTo_ = change.before.offset + done + count;  // begun, whatever comes of it
            if (const Status put = file_->writeAt(change.before.offset + done, block); !put)
                return put;
            done += count;
            bytesWritten_ += count;
            progress.addDone(count);
        }
    }
    return {};
}

/// Makes the file what it was as far as writes were begun, and syncs; `cause` is why. Blocks that
/// are as they were already are not written: on a full disk a hole must stay one.
Error PatchSave::putBack(const Error& cause) {
    if (options_.giveUpUndo)
        return notPutBack(cause,
                          "; and as undo was given up, the old content could not be put back",
                          cause.systemError);
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
            const Result<std::size_t> got = file_->readAt(run.offset + done, there);
            const bool isThere = got && *got == there.size() && there == block;
            if (!unreadable.isEmpty())
                restored = Error{ErrorCode::Unreadable, "flush", path_, 0, "kept bytes are lost"};
            else if (const Status put =
                         isThere ? Status() : file_->writeAt(run.offset + done, block);
                     !put)
                restored = put;  // the rest is put back all the same
            done += count;
        }
    }
    if (const Status synced = file_->sync(); !synced && restored)
        restored = synced;
    if (!restored)
        return notPutBack(cause, "; and the old content could not be put back",
                          restored.error().systemError);
    before_->markRestored();
    isPutBack_ = true;
    Error told = cause;
    if (cause.code == ErrorCode::Cancelled)
        told.reason += "; the file has its old content";
    return told;
}

}  // namespace octavo::core
