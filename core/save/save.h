// A save of changes into the file they belong to, whatever the strategy.
//
// Before anything is written the file is compared with what was opened (which file, size, time),
// locks of other programs are looked for, and the files that changes refer to are compared too.
// A save that fails or is cancelled leaves the old content, and says so, or says what it could not
// put back.
//
// Thread rule: made on the document's thread, run() on a worker, then read by the document's
// thread. Errors: ChangedOutside (by another program, or another document has saved the file or
// does so now), Locked, SourceChanged, NoRoomToKeep and Unreadable (an old byte could not be kept),
// Cancelled, System; before anything was written, but for the last two.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/save/save_request.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

class Save {
public:
    virtual ~Save();
    Save(const Save&) = delete;
    Save& operator=(const Save&) = delete;

    virtual SaveStrategy strategy() const = 0;
    /// Once.
    Status run(Progress& progress);

    /// The document when the save was prepared.
    const Snapshot& snapshot() const { return request_.snapshot; }
    /// What is written, of the snapshot.
    const std::vector<Change>& changes() const { return request_.changes; }
    const SaveOptions& options() const { return request_.options; }
    const std::string& path() const { return request_.path; }

    // After run().

    /// The file has the new content. run() may have returned an error all the same, where the disk
    /// did not confirm that.
    bool succeeded() const { return succeeded_; }
    /// The save failed after its first write, and the old content stands in the file again.
    bool isPutBack() const { return isPutBack_; }
    /// The changes whose content is not what it was, where that stopped the save.
    const std::vector<ChangeId>& sourceChanged() const { return sourceChanged_; }
    /// Who holds the locks that stopped the save.
    const std::vector<ForeignLock>& locks() const { return locks_; }
    /// The version of the file after the save; the one before where nothing was written.
    const std::shared_ptr<const FileVersion>& version() const { return version_; }
    /// The file as it is after the save.
    const FileInfo& info() const { return info_; }
    /// Into the file, without its journal.
    Offset bytesWritten() const { return bytesWritten_; }
    /// Room on the disk that the old file takes, without a name, as long as undo and older
    /// snapshots need it.
    Offset bytesHeld() const { return bytesHeld_; }

protected:
    explicit Save(SaveRequest request);

    /// The strategy's own part: the turn to save is held, the file is open, locked and compared.
    virtual Status perform(Progress& progress) = 0;
    /// Why a file of this size cannot take the changes; nothing where it can.
    virtual const char* misfit(Offset size) const = 0;

    const SaveRequest& request() const { return request_; }
    Journal& journal() const { return *request_.journal; }
    FileSystem& fileSystem() const { return *request_.fileSystem; }
    File& file() const { return *file_; }
    /// The version of the file before the save.
    const std::shared_ptr<const FileVersion>& before() const { return request_.version; }
    /// The file is what was opened. What takes its time asks again before the first write.
    Status compare() const;
    Error error(ErrorCode code, std::string reason) const;

    std::shared_ptr<const FileVersion> version_;
    FileInfo info_;
    Offset bytesWritten_ = 0;
    Offset bytesHeld_ = 0;
    bool isPutBack_ = false;
    /// The new content stands in the file, though the disk may not have confirmed it: an error of
    /// run() does not change that.
    bool isInPlace_ = false;

private:
    Status save(Progress& progress);
    Status open();
    Status lock();
    Status settleJournals(Progress& progress);
    Status checkSources();
    Status backUp(Progress& progress);

    const SaveRequest request_;
    std::shared_ptr<File> file_;
    std::vector<ChangeId> sourceChanged_;
    std::vector<ForeignLock> locks_;
    bool succeeded_ = false;
};

}  // namespace octavo::core
