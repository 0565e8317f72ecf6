// Where edit logs are, and which of them were left behind.
//
// A log that was left behind is settled by its changes being taken over, by the log of the document
// that took them (EditLogWriter::takeOver()), or by being removed.
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

struct FoundLog {
    std::string path;
    EditLogEntry::Base base;  ///< which file it belongs to
    /// Nothing where a living run owns the log. Else the log's run is gone, and as long as this
    /// lives, nobody else finds it.
    std::shared_ptr<File> claim;

    bool isLeftBehind() const { return claim != nullptr; }
};

/// The logs in `folder`, those that nobody owns claimed for the caller; none where there is no such
/// folder. Those whose beginning cannot be read are left alone. What a run left behind while it
/// made a log is removed: it says nothing that another log does not.
Result<std::vector<FoundLog>> findEditLogs(FileSystem& fileSystem, const std::string& folder);

}  // namespace octavo::core
