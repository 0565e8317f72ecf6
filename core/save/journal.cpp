#include "core/save/journal.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <utility>

namespace octavo::core {

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

}  // namespace

Journal::Journal(FileSystem& fileSystem, std::string path)
    : fileSystem_(fileSystem), path_(std::move(path)) {}

Journal::~Journal() {
    if (!journal_ || isActive_)
        return;
    // With the file's lock, so that no other program is just about to use a journal of that name.
    const Result<std::shared_ptr<File>> file = fileSystem_.open(target_, OpenMode::ReadWrite);
    if (!file)
        return;
    const Result<bool> locked = (*file)->lock();
    if ((locked && *locked) || (!locked && saysNoLocks(locked.error())))
        drop();
}

bool Journal::hasItsName() const {
    if (!journal_)
        return false;
    const Result<FileInfo> named = fileSystem_.info(place_.path);
    const Result<FileInfo> held = journal_->info();
    return named && held && named->identity == held->identity;
}

void Journal::drop() {
    if (hasItsName())
        (void)fileSystem_.remove(place_.path);
    journal_.reset();
    isActive_ = false;
    isSettled_ = true;
}

Offset Journal::lengthFor(const std::string& target, std::span<const Change> writes) {
    constexpr Offset kHead = 12;  // of a run
    Offset sum = Offset{JournalHeader::kSize} + static_cast<Offset>(target.size());
    for (const Change& change : writes) {
        const Offset length = change.before.length;
        const Offset parts = length / JournalRun::kSector + 2;
        const Offset runs = length / JournalRun::kLongest + 1;
        const Offset hashes = parts * Offset{sizeof(std::uint64_t)};
        const std::optional<Offset> needed = checkedSum(length, hashes + runs * kHead);
        sum = checkedSum(sum, needed.value_or(kMaxLength)).value_or(kMaxLength);
    }
    return sum;
}

Status Journal::create(const FileInfo& info) {
    if (hasItsName())
        return {};
    journal_.reset();
    const Result<std::string> target = fileSystem_.resolve(path_);
    if (!target)
        return target.error();
    target_ = *target;
    const Result<JournalPlace> place = journalPlace(fileSystem_, target_, info);
    if (!place)
        return place.error();
    place_ = *place;
    if (!place_.isBeside) {
        if (const Status made = fileSystem_.makeFolder(place_.folder, 0700); !made)
            return made;
    }
    // Whatever bears the name is idle: the save has settled every other journal before.
    if (fileSystem_.info(place_.path)) {
        if (const Status removed = fileSystem_.remove(place_.path); !removed)
            return removed;
    }
    Result<std::shared_ptr<File>> made = fileSystem_.open(place_.path, OpenMode::CreateNew);
    if (!made)
        return made.error();
    journal_ = *std::move(made);
    isNamed_ = false;
    return {};
}

Status Journal::begin(const File& file, std::span<const Change> writes, const Snapshot& content,
                      Progress& progress) {
    assert(!isActive_);
    const Result<FileInfo> info = file.info();
    if (!info)
        return info.error();
    Status status = create(*info);
    if (!status)
        return status;
    header_ = {};
    header_.file = info->identity;
    header_.sizeBefore = info->size;
    header_.sizeAfter = info->size;
    status = write(file, writes, content, progress);
    if (status)
        status = journal_->sync();
    if (status && !isNamed_)
        status = fileSystem_.syncFolder(place_.folder);
    if (!status) {
        drop();
        const int code = status.error().systemError;
        if (code == ENOSPC || code == EDQUOT)
            return error(ErrorCode::NoRoom,
                         "there is no room for the journal that would make the file whole again "
                         "after a crash; make room, or save it as another file");
        return status;
    }
    isNamed_ = true;
    isActive_ = true;
    return {};
}

Status Journal::write(const File& file, std::span<const Change> writes, const Snapshot& content,
                      Progress& progress) {
    hasher_ = {};
    body_.clear();
    body_.insert(body_.end(), JournalHeader::kSize, Byte{0});
    body_.insert(body_.end(), target_.begin(), target_.end());
    header_.pathLength = static_cast<Offset>(target_.size());
    bodyAt_ = {0};
    for (const Change& change : writes) {
        for (Offset done = 0; done < change.before.length;) {
            if (progress.isCancelled())
                return error(ErrorCode::Cancelled, "cancelled");
            const Offset count = std::min(JournalRun::kLongest, change.before.length - done);
            if (const Status put = writeRun(file, {change.before.offset + done, count},
                                            change.now.offset + done, content);
                !put)
                return put;
            done += count;
            progress.addDone(count);
        }
    }
    const bool isWhole = bodyAt_.value == 0;
    hasher_.add(ByteSpan(body_).subspan(isWhole ? JournalHeader::kSize : 0));
    header_.bodyLength =
        bodyAt_.value + static_cast<Offset>(body_.size()) - Offset{JournalHeader::kSize};
    header_.bodyHash = hasher_.value();
    const Bytes header = header_.encoded();
    if (isWhole)
        std::ranges::copy(header, body_.begin());
    if (const Status put = journal_->writeAt(bodyAt_, body_); !put || isWhole)
        return put;
    return journal_->writeAt({0}, header);
}

Status Journal::writeRun(const File& file, FileExtent run, Offset from, const Snapshot& content) {
    Bytes before(static_cast<std::size_t>(run.length));
    Bytes after(before.size());
    const Result<std::size_t> got = file.readAt(run.offset, before);
    if (!got)
        return got.error();
    if (*got < before.size() || !content.read(from, after).isEmpty())
        return error(ErrorCode::Unreadable, "a part of the old or new content could not be read");
    JournalRun::encode(run.offset, before, after, body_);
    ++header_.runs;
    return body_.size() < kBuffer ? Status() : flushBody();
}

Status Journal::flushBody() {
    const std::size_t skipped = bodyAt_.value == 0 ? JournalHeader::kSize : 0;
    hasher_.add(ByteSpan(body_).subspan(skipped));
    if (const Status put = journal_->writeAt(bodyAt_, body_); !put)
        return put;
    bodyAt_ = bodyAt_ + static_cast<Offset>(body_.size());
    body_.clear();
    return {};
}

void Journal::finish() {
    if (!isActive_)
        return;
    isActive_ = false;
    header_.isIdle = true;
    // Whether it gets there or not: the content itself says that the save has ended.
    (void)journal_->writeAt({0}, header_.encoded());
    isSettled_ = false;
}

Status Journal::settle() {
    if (isSettled_ || !journal_)
        return {};
    const Status synced = journal_->sync();
    isSettled_ = synced.ok();
    return synced;
}

Error Journal::error(ErrorCode code, const char* reason) const {
    return {code, "flush", path_, 0, reason};
}

}  // namespace octavo::core
