// Writes a snapshot whole to a file of its own: a new file beside the target, synced, renamed
// over it. An existing target is not touched before the new content is complete.
//
// Runs of zeros that are known without reading (holes, fills) stay holes.
//
// Thread rule: run() on a worker. Errors: InvalidArgument where the target is the very file the
// snapshot reads (`forbidden`), Unreadable where content cannot be read, Cancelled, System; the
// half-written file is removed.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/file/file_system.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::core {

class CopySave {
public:
    CopySave(FileSystem& fileSystem, std::string target, Snapshot snapshot,
             std::optional<FileIdentity> forbidden);
    /// Files that changes of the snapshot refer to must be what they were when they were referred
    /// to: SourceChanged otherwise. `base` is the file under the document, nothing where there is
    /// none.
    void checkSources(std::shared_ptr<const FileVersion> base);

    Status run(Progress& progress);

    const Snapshot& snapshot() const { return snapshot_; }
    /// Where the content went: the target with symbolic links followed.
    const std::string& target() const { return target_; }
    /// The changes whose content is not what it was, where that stopped it.
    const std::vector<ChangeId>& sourceChanged() const { return sourceChanged_; }

private:
    Status checkSources();
    Status checkTarget(std::optional<FileInfo>& existing);

    FileSystem& fileSystem_;
    std::string target_;
    Snapshot snapshot_;
    std::optional<FileIdentity> forbidden_;
    bool checksSources_ = false;
    std::shared_ptr<const FileVersion> base_;
    std::vector<ChangeId> sourceChanged_;
};

}  // namespace octavo::core
