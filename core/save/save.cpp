#include "core/save/save.h"

#include "core/save/backup.h"
#include "core/save/journal_place.h"
#include "core/save/recover_save.h"
#include "core/save/source_check.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace octavo::core {

Save::Save(SaveRequest request)
    : version_(request.version), info_(request.expected), request_(std::move(request)) {
    assert(request_.journal);
}

Save::~Save() = default;

Status Save::run(Progress& progress) {
    const Status status = request_.changes.empty() ? Status() : save(progress);
    succeeded_ = status.ok() || isInPlace_;
    // Closed here and not by whoever lets go of the save last: closing may wait for the disk.
    file_.reset();
    return status;
}

Status Save::save(Progress& progress) {
    const VersionChain::Turn turn = before()->takeTurn();
    if (!turn)
        return error(ErrorCode::ChangedOutside,
                     "another document has saved this very file, or is saving it now");
    if (const Status opened = open(); !opened)
        return opened;
    if (const Status locked = lock(); !locked)
        return locked;
    if (const Status settled = settleJournals(progress); !settled)
        return settled;
    if (const Status same = compare(); !same)
        return same;
    if (const Status same = checkSources(); !same)
        return same;
    if (options().keepBackup) {
        if (const Status kept = backUp(progress); !kept)
            return kept;
    }
    return perform(progress);
}

Status Save::open() {
    Result<std::shared_ptr<File>> file = fileSystem().open(path(), OpenMode::ReadWrite);
    if (!file)
        return file.error();
    file_ = *std::move(file);
    return {};
}

/// Locks bind nobody who does not ask: they are told, and ours keeps a second Octavo from saving
/// or recovering the file meanwhile. Where the file system knows no locks there are none to mind.
Status Save::lock() {
    if (Result<std::vector<ForeignLock>> found = file_->foreignLocks(); found)
        locks_ = *std::move(found);
    if (!locks_.empty() && !options().evenIfLocked)
        return error(ErrorCode::Locked, "another program holds a lock on it");
    const Result<bool> locked = file_->lock();
    if (!locked)
        return saysNoLocks(locked.error()) ? Status() : locked.error();
    if (!*locked && locks_.empty())
        return error(ErrorCode::Locked, "another program is saving or recovering it now");
    return {};
}

/// A save of somebody else's that was killed since the file was opened, or one of ours that failed
/// and could not be put back.
Status Save::settleJournals(Progress& progress) {
    const Result<std::string> target = fileSystem().resolve(path());
    const Result<FileInfo> now = file_->info();
    if (!target || !now)
        return target ? now.error() : target.error();
    std::vector<std::string> journals = journalsOf(fileSystem(), *target, *now);
    if (!journal().isActive() && journal().hasItsName())
        std::erase(journals, journal().path());
    const Result<SaveRecovery> settled =
        recoverLocked(fileSystem(), *target, *file_, journals, progress);
    if (!settled)
        return settled.error();
    if (journal().isActive())
        journal().drop();
    if (settled->outcome == SaveOutcome::None || !now->looksLike(info_))
        return {};
    before()->file()->forget();
    const Result<FileInfo> after = file_->info();
    if (after)
        info_ = *after;
    return after ? Status() : after.error();
}

Status Save::compare() const {
    const Result<FileInfo> now = file_->info();
    if (!now)
        return now.error();
    if (now->identity != info_.identity)
        return error(ErrorCode::ChangedOutside,
                     "another file has taken the place of the one that is open");
    if (const char* reason = misfit(now->size))
        return error(ErrorCode::ChangedOutside, reason);
    if (!now->looksLike(info_) && !options().evenIfChangedOutside)
        return error(ErrorCode::ChangedOutside,
                     "another program has changed the file since it was opened");
    return {};
}

Status Save::backUp(Progress& progress) {
    if (info_.kind != FileKind::Regular)
        return error(ErrorCode::UnsupportedFile, "only a file can be kept as a backup, no device");
    const Result<std::string> target = fileSystem().resolve(path());
    if (!target)
        return target.error();
    const Status kept = keepBackup(fileSystem(), file(), *target, before(), progress);
    progress.setDone(0);  // what follows counts anew
    return kept ? compare() : kept;
}

/// Content that is referred to and not copied must still be what the user saw.
Status Save::checkSources() {
    if (options().evenIfSourceChanged)
        return {};
    Progress quick;  // it reads nothing but sizes and times
    const Result<std::vector<ChangeId>> found = changedSources(snapshot(), before().get(), quick);
    if (!found)
        return found.error();
    for (const Change& change : changes()) {
        if (std::ranges::binary_search(*found, change.id))
            sourceChanged_.push_back(change.id);
    }
    if (sourceChanged_.empty())
        return {};
    return error(ErrorCode::SourceChanged,
                 "a file from which content was inserted is not what it was; leave those changes "
                 "out, or write what that file holds now");
}

Error Save::error(ErrorCode code, std::string reason) const {
    return {code, "flush", path(), 0, std::move(reason)};
}

}  // namespace octavo::core
