#include "core/document/edit_log_writer.h"

#include "core/content/with_only.h"
#include "core/document/logged_edits.h"
#include "core/document/sampled_hash.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <random>
#include <unordered_set>
#include <utility>

namespace octavo::core {

namespace {

/// Begun anew when it is so many times as long as it was when it was begun.
constexpr Offset kLong = 4;

/// From the file's device and inode, so that somebody who looks can tell, and by chance, so that no
/// two are the same.
std::string nameFor(const EditLogEntry::Base& base) {
    std::random_device device;
    std::array<char, 64> name{};
    const FileIdentity& identity = base.file.info.identity;
    std::snprintf(name.data(), name.size(), "%llx-%llx-%08x%08x.log",
                  static_cast<unsigned long long>(identity.device),
                  static_cast<unsigned long long>(identity.inode), device(), device());
    return name.data();
}

bool keepsLength(const Change& change) {
    return change.before.length == change.now.length;
}

}  // namespace

EditLogWriter::EditLogWriter(FileSystem& fileSystem, std::string folder)
    : EditLogWriter(fileSystem, std::move(folder), Options()) {}

EditLogWriter::EditLogWriter(FileSystem& fileSystem, std::string folder, const Options& options)
    : fileSystem_(fileSystem)
    , folder_(std::move(folder))
    , options_(options)
    , contents_(fileSystem, options.mostCopied) {}

EditLogWriter::~EditLogWriter() = default;

Status EditLogWriter::tell(const Status& status) {
    isBehind_.store(!status, std::memory_order_relaxed);
    const bool isNews = !status && !hasTold_;
    hasTold_ = !status;
    if (status)
        bytesReferenced_.store(log_ ? contents_.outside(snapshot_.tree()) : 0,
                               std::memory_order_relaxed);
    return isNews ? status : Status();
}

void EditLogWriter::takeOver(FoundLog log) {
    assert(!log_ && log.isLeftBehind());
    path_ = std::move(log.path);
    claim_ = std::move(log.claim);
}

Status EditLogWriter::write(EditLogBatch batch) {
    if (batch.base)
        backlog_.clear();  // what was to be said before is said by this
    backlog_.push_back(std::move(batch));
    Status status = writeBacklog();
    if (status)
        status = rewriteWhereLong();
    return tell(status);
}

Status EditLogWriter::writeBacklog() {
    const bool beginsAnew = !backlog_.empty() && backlog_.front().base;
    if (flush_ && flush_->unwrittenEnd && !beginsAnew) {
        if (Status ended = takeEnd(); !ended)
            return ended;
    }
    std::size_t taken = 0;
    Status status;
    while (status && taken < backlog_.size()) {
        status = take(backlog_[taken]);
        taken += status ? 1 : 0;
    }
    backlog_.erase(backlog_.begin(), backlog_.begin() + static_cast<std::ptrdiff_t>(taken));
    return status ? makeNameLasting() : status;
}

Status EditLogWriter::take(const EditLogBatch& batch) {
    snapshot_ = batch.snapshot;
    if (batch.nothingPending && (batch.base || !flush_)) {
        if (Status removed = remove(); !removed)
            return removed;
        if (batch.base)
            base_ = *batch.base;
        flush_.reset();
        return {};
    }
    if (batch.base || !log_) {
        if (Status begun = begin(batch.base ? *batch.base : base_, batch.entries); !begun)
            return begun;
        flush_.reset();
        return {};
    }
    return append(*log_, contents_, flush_ ? flush_->overwritten : ExtentSet(), batch.entries);
}

/// Writes entries and what they refer to: all of it or nothing.
Status EditLogWriter::append(EditLogFile& log, EditLogContents& contents,
                             const ExtentSet& overwritten, const Bytes& entries) const {
    contents.need(entries, overwritten);
    Bytes payload;
    Status status = contents.write(log, *snapshot_.sources(), base_.source, payload);
    if (status) {
        payload.insert(payload.end(), entries.begin(), entries.end());
        status = log.add(payload);
    }
    if (status)
        status = log.sync();
    if (status)
        contents.commit();
    else
        contents.rollBack();
    return status;
}

/// A new log of `base` and `entries` takes the place of the one there is.
Status EditLogWriter::begin(EditLogEntry::Base base, const Bytes& entries) {
    if (base.file.samples == 0 && base.source != kNoSource) {
        base.file.samples = sampledHash(snapshot_.source(base.source), {0, base.file.length});
        if (Result<std::string> path = fileSystem_.resolve(base.file.path))
            base.file.path = *std::move(path);
    }
    base_ = base;
    if (path_.empty())
        path_ = folder_ + '/' + nameFor(base);
    if (Status made = fileSystem_.makeFolder(folder_, 0700); !made)
        return made;
    const std::string aside = path_ + ".new";
    (void)fileSystem_.remove(aside);  // of a time when that failed
    Result<std::unique_ptr<EditLogFile>> log = EditLogFile::create(fileSystem_, aside);
    if (!log)
        return log.error();
    EditLogContents contents(fileSystem_, options_.mostCopied);
    Bytes head;
    EditLogEntryWriter(head).base(base);
    Status status = (*log)->add(head);
    if (status)
        status = append(**log, contents, {}, entries);
    if (status)
        status = fileSystem_.rename(aside, path_);
    if (!status) {
        (void)fileSystem_.remove(aside);
        return status;
    }
    log_ = *std::move(log);
    claim_.reset();
    contents_ = std::move(contents);
    lengthAtBegin_ = log_->length();
    isNameLasting_ = false;
    return {};
}

Status EditLogWriter::makeNameLasting() {
    if (isNameLasting_)
        return {};
    Status synced = fileSystem_.syncFolder(folder_);
    isNameLasting_ = synced.ok();
    return synced;
}

/// Reads what the log says and begins it anew with that. Not while a flush is told of: its
/// beginning must stay what it was.
Status EditLogWriter::rewriteWhereLong() {
    if (!log_ || flush_ ||
        log_->length() <= std::max(options_.leastRewritten, kLong * lengthAtBegin_))
        return {};
    Result<LoggedEdits> edits = LoggedEdits::read(log_->file(), 0);
    if (!edits)
        return edits.error();
    if (edits->bytesLost > 0)
        return Error{ErrorCode::Unreadable, "write", path_, 0,
                     "the edit log is damaged: the last edits are not in it"};
    edits->base.file.length = edits->tree.fileLength();
    Bytes entries;
    EditLogEntryWriter writer(entries);
    edits->writeTo(writer);
    if (const Status begun = begin(edits->base, entries); !begun) {
        lengthAtBegin_ = log_->length();  // no harm: tried again when it is longer still
        return {};
    }
    return makeNameLasting();
}

Status EditLogWriter::beginFlush(const FlushPlan& plan) {
    Status status = writeBacklog();
    (void)tell(status);
    if (!status || !log_ || plan.changes.empty())
        return status;
    if (flush_)
        return Error::invalid("flush", "the edit log was not begun anew after the last flush");

    EditLogEntry::FlushBegin begin{plan.id, 0, 0, 0, plan.changes, {}};
    std::ranges::sort(begin.changes);
    const std::unordered_set<ChangeId> taken(plan.changes.begin(), plan.changes.end());
    const Source& file = plan.snapshot.source(base_.source);
    Flush flush{plan.id, {}, std::nullopt};
    bool isInPlace = true;
    FlushChecksum checksum;
    for (const Change& change : plan.snapshot.changes()) {
        if (!taken.contains(change.id))
            continue;
        const Extent before{change.before.offset.value, change.before.length};
        begin.before.push_back(sampledHash(file, before));
        flush.overwritten.add(before);
        checksum.add(before, change.now.length);
        isInPlace = isInPlace && keepsLength(change);
    }
    const Snapshot after(withOnly(plan.snapshot.tree(), begin.changes, base_.source),
                         plan.snapshot.sources(), plan.snapshot.revision());
    begin.planChecksum = checksum.value();
    begin.newLength = after.length();
    // Where bytes move, the file after is known by its content; where none do, by each change.
    if (!isInPlace)
        begin.newSamples = sampledHash(after, {0, after.length()});
    Bytes entries;
    EditLogEntryWriter(entries).flushBegin(begin);
    status = log_->add(entries);
    if (status)
        status = log_->sync();
    if (status)
        flush_ = std::move(flush);
    return status;
}

Status EditLogWriter::endFlush(std::uint64_t id, bool succeeded, const FileInfo& after) {
    if (!flush_ || flush_->id != id)
        return {};
    flush_->unwrittenEnd = EditLogEntry::FlushEnd{id, succeeded, after};
    return tell(takeEnd());
}

Status EditLogWriter::takeEnd() {
    Bytes entries;
    EditLogEntryWriter(entries).flushEnd(*flush_->unwrittenEnd);
    Status status = log_->add(entries);
    if (status)
        status = log_->sync();
    if (!status)
        return status;
    if (flush_->unwrittenEnd->succeeded)
        flush_->unwrittenEnd.reset();
    else
        flush_.reset();
    return {};
}

Status EditLogWriter::copyReferenced() {
    options_.mostCopied = kMaxLength;
    Status status = writeBacklog();
    if (status && log_) {
        contents_.copyEverything();
        status = append(*log_, contents_, {}, {});
    }
    return tell(status);
}

Status EditLogWriter::remove() {
    if (!log_)
        return {};
    if (Status removed = fileSystem_.remove(path_); !removed && !removed.error().isMissing())
        return removed;
    log_.reset();
    contents_ = EditLogContents(fileSystem_, options_.mostCopied);
    isNameLasting_ = false;
    return {};
}

Status EditLogWriter::discard() {
    backlog_.clear();
    flush_.reset();
    Status status = remove();
    if (status && claim_) {
        status = fileSystem_.remove(path_);
        if (status)
            claim_.reset();
        isNameLasting_ = false;
    }
    if (status)
        status = makeNameLasting();
    return tell(status);
}

}  // namespace octavo::core
