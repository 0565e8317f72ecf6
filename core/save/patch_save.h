// Saves changes of equal length into the file they belong to: keep the old bytes, write exactly
// the changed ones in ascending order, sync.
//
// Before the first write the file is compared with what was opened (which file, size, time), and
// every byte that will be overwritten is kept for undo and older snapshots. When a write or the
// sync fails, or the user cancels, the old bytes are put back.
//
// Thread rule: made on the document's thread, run() on a worker, then read by the document's
// thread. Errors: ChangedOutside (by another program, or another document has saved the file or
// does so now), NoRoomToKeep and Unreadable (an old byte could not be kept), Cancelled, System.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

class PatchSave {
public:
    struct Options {
        /// Write though another program changed the file since it was opened; bytes outside the
        /// changes are not touched. A file that is shorter than the changes is refused all the
        /// same.
        bool evenIfChangedOutside = false;
        /// Keep only what the new content itself is made of: older versions lose the rest of what
        /// is overwritten. A write that fails cannot be put back then, so the file may hold a part
        /// of the changes, and once writing has begun it cannot be cancelled.
        bool giveUpUndo = false;
        /// Write changes too whose content is referred to in a file that is not what it was.
        bool evenIfSourceChanged = false;
        /// Return without waiting for the disk: what every mapping sees at once, a power cut may
        /// still undo. For writing through.
        bool withoutSync = false;
    };

    /// `changes` are those of `snapshot`, all of equal length before and now.
    PatchSave(FileSystem& fileSystem, std::string path, FileInfo expected, Snapshot snapshot,
              std::shared_ptr<const FileVersion> version, std::vector<Change> changes,
              Options options);

    Status run(Progress& progress);

    const Snapshot& snapshot() const { return snapshot_; }
    /// What is written, of the snapshot.
    const std::vector<Change>& changes() const { return changes_; }
    const Options& options() const { return options_; }
    /// The changes whose content is not what it was, where that stopped the save.
    const std::vector<ChangeId>& sourceChanged() const { return sourceChanged_; }
    /// The save failed after its first write, and the old content stands in the file again.
    bool isPutBack() const { return isPutBack_; }
    bool succeeded() const { return succeeded_; }
    /// The version of the file after the save; the one before where nothing was written.
    const std::shared_ptr<const FileVersion>& version() const { return version_; }
    /// The file as it is after the save.
    const FileInfo& info() const { return info_; }
    Offset bytesWritten() const { return bytesWritten_; }

private:
    Status save(Progress& progress);
    Status open();
    Status checkSources();
    Status compare() const;
    Status preserve(Progress& progress);
    Status writeChanges(Progress& progress);
    Error putBack(const Error& cause);

    FileSystem& fileSystem_;
    std::string path_;
    FileInfo info_;
    Snapshot snapshot_;
    std::shared_ptr<const FileVersion> version_;
    std::shared_ptr<const FileVersion> before_;
    std::vector<Change> changes_;
    std::vector<Change> writes_;  // neighbouring changes together
    std::vector<ChangeId> sourceChanged_;
    Options options_;
    std::shared_ptr<File> file_;
    Preserved preserved_;
    FileOffset writtenTo_;  // the end of the last write that was begun
    Offset bytesWritten_ = 0;
    bool succeeded_ = false;
    bool isPutBack_ = false;
};

}  // namespace octavo::core
