#include "core/save/recover_save.h"

#include "core/base/hash.h"
#include "core/save/journal_place.h"
#include "core/save/journal_reader.h"
#include "core/save/shift_recovery.h"
#include "core/save/temporary_name.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

namespace octavo::core {

namespace {

constexpr int kLockTries = 100;
constexpr std::chrono::milliseconds kLockPause{50};

Error cannot(const std::string& path, const Error& cause) {
    return {cause.code, "recover", path, cause.systemError,
            "a save of it was interrupted, and it cannot be made whole again: " + cause.reason};
}

/// One journal and the file it speaks of.
class Recovery {
public:
    Recovery(File& file, JournalReader reader, Progress& progress)
        : file_(file), reader_(std::move(reader)), progress_(progress) {}

    Result<SaveOutcome> run() {
        const Result<FileInfo> info = file_.info();
        if (!info)
            return info.error();
        const JournalHeader& header = reader_.header();
        if (info->identity.inode != header.file.inode || info->size != header.sizeBefore)
            return SaveOutcome::Foreign;
        const Result<Found> found = look();
        if (!found)
            return found.error();
        if (found->isForeign)
            return SaveOutcome::Foreign;
        if (found->hasOld) {
            if (const Status put = putBack(); !put)
                return put.error();
        }
        // What the kernel holds may not be on the disk yet, and the journal goes now.
        if (const Status synced = file_.sync(); !synced)
            return synced.error();
        return found->hasOld ? SaveOutcome::OldContent : SaveOutcome::NewContent;
    }

    /// Runs that are as they were already are not written: on a full disk a hole must stay one.
    /// After a failure the rest is put back all the same.
    Status putBack() {
        Status first;
        const Status read = forEachRun([&](const JournalRun& run, const Bytes& there) {
            if (there != run.before) {
                if (const Status put = file_.writeAt(run.at, run.before); !put && first)
                    first = put;
            }
            return Status();
        });
        return first ? read : first;
    }

private:
    struct Found {
        bool hasOld = false;  // some part is not the new content
        bool isForeign = false;
    };

    /// Compares every part; the first that is neither old nor new ends it.
    Result<Found> look() {
        Found found;
        const Status status = forEachRun([&](const JournalRun& run, const Bytes& there) -> Status {
            const FileExtent extent{run.at, static_cast<Offset>(there.size())};
            const std::vector<FileExtent> parts = JournalRun::parts(extent);
            for (std::size_t i = 0; i < parts.size() && !found.isForeign; ++i) {
                const auto at = static_cast<std::size_t>(parts[i].offset - run.at);
                const auto count = static_cast<std::size_t>(parts[i].length);
                const ByteSpan now = ByteSpan(there).subspan(at, count);
                if (hash64(now) == run.after[i])
                    continue;
                found.hasOld = true;
                found.isForeign = !std::ranges::equal(now, ByteSpan(run.before).subspan(at, count));
            }
            return {};
        });
        return status ? Result<Found>(found) : status.error();
    }

    template <typename Work>
    Status forEachRun(Work work) {
        reader_.rewind();
        JournalRun run;
        Bytes there;
        for (;;) {
            if (progress_.isCancelled())
                return Error{ErrorCode::Cancelled, "recover", file_.path(), 0, "cancelled"};
            const Result<bool> more = reader_.next(run);
            if (!more)
                return more.error();
            if (!*more)
                return {};
            there.resize(run.before.size());
            const Result<std::size_t> got = file_.readAt(run.at, there);
            if (!got)
                return got.error();
            there.resize(*got);
            there.resize(run.before.size());  // a file that was cut is foreign by its size
            if (const Status done = work(run, there); !done)
                return done;
        }
    }

    File& file_;
    JournalReader reader_;
    Progress& progress_;
};

/// Whoever may write a file there may be somebody else: only from those who could write the file
/// anyway, or from ourselves, is a journal believed.
Result<bool> isTrusted(FileSystem& fileSystem, const std::string& journal,
                       const std::string& target) {
    const Result<FileAttributes> of = fileSystem.attributes(journal);
    if (!of)
        return of.error();
    const Result<FileAttributes> file = fileSystem.attributes(target);
    if (!file)
        return file.error();
    const std::uint32_t owner = of->owner.user;
    return owner == 0 || owner == file->owner.user || owner == fileSystem.user();
}

/// In the state folder an inode's number may be another file's on another device.
bool isOfAnother(const FileIdentity& file, const std::string& path, const std::string& journal,
                 const std::string& target, const FileInfo& info) {
    return journal != journalBeside(target) && file != info.identity && path != target;
}

/// Moves a journal that does not fit out of the way; where that cannot be, it stays.
std::string keepAside(FileSystem& fileSystem, const std::string& journal) {
    const std::string name = keptName(journal);
    return fileSystem.rename(journal, name) ? name : journal;
}

/// A journal of either kind; nothing in it where it is neither, torn, or idle.
struct Journals {
    std::optional<JournalReader> patch;
    std::optional<ShiftJournal::Found> shift;

    bool isNeeded() const { return patch || shift; }

    static Result<Journals> open(FileSystem& fileSystem, const std::string& path, OpenMode mode,
                                 Progress& progress) {
        Journals found;
        Result<std::optional<JournalReader>> patch =
            JournalReader::open(fileSystem, path, progress);
        if (!patch)
            return patch.error();
        if (*patch && !(*patch)->header().isIdle)
            found.patch = *std::move(patch);
        if (*patch)
            return found;
        Result<std::optional<ShiftJournal::Found>> shift =
            ShiftJournal::open(fileSystem, path, mode);
        if (!shift)
            return shift.error();
        found.shift = *std::move(shift);
        return found;
    }
};

/// True where a journal is to be acted on, and not only to be removed.
Result<bool> isNeeded(FileSystem& fileSystem, const std::vector<std::string>& journals,
                      Progress& progress) {
    for (const std::string& path : journals) {
        const Result<Journals> found = Journals::open(fileSystem, path, OpenMode::Read, progress);
        if (!found && !found.error().isMissing())
            return found.error();
        if (found && found->isNeeded())
            return true;
    }
    return false;
}

/// What one journal makes of the file; nothing where it is another file's.
Result<std::optional<SaveOutcome>> settle(FileSystem& fileSystem, const std::string& target,
                                          File& file, const FileInfo& info, const std::string& path,
                                          Journals found, Progress& progress) {
    const bool isOthers =
        found.patch
            ? isOfAnother(found.patch->header().file, found.patch->target(), path, target, info)
            : isOfAnother(found.shift->record.file, found.shift->record.target, path, target, info);
    if (isOthers)
        return std::optional<SaveOutcome>();
    const Result<bool> trusted = isTrusted(fileSystem, path, target);
    if (!trusted)
        return trusted.error();
    if (!*trusted)
        return std::optional(SaveOutcome::Foreign);
    if (found.patch) {
        const Result<SaveOutcome> outcome = Recovery(file, *std::move(found.patch), progress).run();
        return outcome ? Result<std::optional<SaveOutcome>>(*outcome) : outcome.error();
    }
    const Result<SaveOutcome> outcome = recoverShift(file, *found.shift);
    if (!outcome)
        return outcome.error();
    if (*outcome != SaveOutcome::Foreign)
        found.shift->journal->remove();
    return std::optional(*outcome);
}

/// False where somebody else holds the lock, for seconds.
Result<bool> lockPatiently(File& file, int tries, Progress& progress) {
    for (int i = 0; i < tries; ++i) {
        if (i > 0)
            std::this_thread::sleep_for(kLockPause);
        const Result<bool> locked = file.lock();
        if (!locked)
            return saysNoLocks(locked.error()) ? Result<bool>(true) : locked.error();
        if (*locked)
            return true;
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, "recover", file.path(), 0, "cancelled"};
    }
    return false;
}

}  // namespace

Result<SaveRecovery> recoverLocked(FileSystem& fileSystem, const std::string& target, File& file,
                                   std::span<const std::string> journals, Progress& progress) {
    const Result<FileInfo> info = file.info();
    if (!info)
        return info.error();
    SaveRecovery recovery;
    for (const std::string& path : journals) {
        Result<Journals> found = Journals::open(fileSystem, path, OpenMode::ReadWrite, progress);
        if (!found && found.error().isMissing())
            continue;
        if (!found)
            return cannot(target, found.error());
        if (found->isNeeded()) {
            const Result<std::optional<SaveOutcome>> outcome =
                settle(fileSystem, target, file, *info, path, *std::move(found), progress);
            if (!outcome)
                return cannot(target, outcome.error());
            if (!*outcome)
                continue;
            recovery.outcome = std::max(recovery.outcome, **outcome);
            if (**outcome == SaveOutcome::Foreign) {
                recovery.keptAs = keepAside(fileSystem, path);
                continue;
            }
        }
        (void)fileSystem.remove(path);  // needs no sync: the content says that it is settled
    }
    return recovery;
}

Result<SaveRecovery> recoverSave(FileSystem& fileSystem, const std::string& path,
                                 Progress& progress) {
    const Result<std::string> target = fileSystem.resolve(path);
    if (!target)
        return SaveRecovery();  // whoever opens the file tells why
    const Result<FileInfo> info = fileSystem.info(*target);
    if (!info || (info->kind != FileKind::Regular && info->kind != FileKind::BlockDevice))
        return SaveRecovery();
    const std::vector<std::string> journals = journalsOf(fileSystem, *target, *info);
    if (journals.empty())
        return SaveRecovery();
    const Result<bool> needed = isNeeded(fileSystem, journals, progress);
    if (!needed)
        return cannot(path, needed.error());
    const Result<std::shared_ptr<File>> file = fileSystem.open(*target, OpenMode::ReadWrite);
    if (!file)
        return *needed ? Result<SaveRecovery>(cannot(path, file.error())) : SaveRecovery();
    const Result<bool> locked = lockPatiently(**file, *needed ? kLockTries : 1, progress);
    if (!*needed && !(locked && *locked))
        return SaveRecovery();  // the journal may be just about to be used
    if (!locked)
        return cannot(path, locked.error());
    if (!*locked)
        return cannot(path, {ErrorCode::Locked,
                             {},
                             {},
                             0,
                             "another program holds a lock on it, perhaps because it saves it now; "
                             "try again later"});
    // Somebody else may have settled it while we waited for the lock.
    return recoverLocked(fileSystem, *target, **file, journalsOf(fileSystem, *target, *info),
                         progress);
}

Status putBack(FileSystem& fileSystem, const std::string& journal, File& file) {
    Progress all;  // what is not put back whole is worse than to wait
    Result<std::optional<JournalReader>> reader = JournalReader::open(fileSystem, journal, all);
    if (!reader)
        return reader.error();
    if (!*reader)
        return Error{ErrorCode::Unreadable, "recover", journal, 0, "the journal is damaged"};
    const Status put = Recovery(file, **std::move(reader), all).putBack();
    const Status synced = file.sync();
    return put ? synced : put;
}

Result<std::shared_ptr<MappedFile>> openRecovered(FileSystem& fileSystem, const std::string& path,
                                                  const MappedFile::Options& options,
                                                  SaveRecovery* recovery) {
    Progress unobserved;
    Result<SaveRecovery> settled =
        recoverSave(fileSystem, path, options.progress == nullptr ? unobserved : *options.progress);
    if (!settled)
        return settled.error();
    if (recovery != nullptr)
        *recovery = *std::move(settled);
    return MappedFile::open(fileSystem, path, options);
}

}  // namespace octavo::core
