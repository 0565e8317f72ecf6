// Where edit logs are, and which of them were left behind.
// Thread rule: plain functions; those that look at the disk are for a worker.
#pragma once

#include "core/base/result.h"
#include "core/document/edit_log_entry.h"
#include "core/file/file_system.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

/// The user's folder for edit logs: octavo/edits in $XDG_STATE_HOME or ~/.local/state. An error
/// where there is no home.
Result<std::string> recoveryFolder();

/// A log whose run is gone.
struct FoundLog {
    std::string path;
    EditLogEntry::Base base;  ///< which file it belongs to
    /// As long as it lives, nobody else finds the log.
    std::shared_ptr<File> claim;
};

/// The logs in `folder` that nobody owns, each claimed for the caller; none where there is no such
/// folder. Whose beginning cannot be read is left alone. What a run left behind while it made a log
/// is removed: it says nothing that another log does not.
Result<std::vector<FoundLog>> findEditLogs(FileSystem& fileSystem, const std::string& folder);

}  // namespace octavo::core
