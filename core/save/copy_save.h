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
#include "core/content/snapshot.h"
#include "core/file/file_system.h"

#include <optional>
#include <string>

namespace octavo::core {

class CopySave {
public:
    CopySave(FileSystem& fileSystem, std::string target, Snapshot snapshot,
             std::optional<FileIdentity> forbidden);

    Status run(Progress& progress);

    const Snapshot& snapshot() const { return snapshot_; }
    /// Where the content went: the target with symbolic links followed.
    const std::string& target() const { return target_; }

private:
    Status checkTarget(std::optional<FileInfo>& existing);
    Status writeContent(File& file, Progress& progress);

    FileSystem& fileSystem_;
    std::string target_;
    Snapshot snapshot_;
    std::optional<FileIdentity> forbidden_;
};

}  // namespace octavo::core
