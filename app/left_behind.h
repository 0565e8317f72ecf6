// What runs that ended without closing their documents have left behind: edit logs, read and
// compared with the files as they are.
//
// A look claims every log for a moment, so that nobody else finds it: within the program one look
// waits for the other.
//
// Thread rule: workers, as everything here waits for the disk. Values belong to one thread at a
// time.
#pragma once

#include "core/base/result.h"
#include "core/document/edit_log_folder.h"
#include "core/document/recovered_edits.h"
#include "core/document/recovery_fit.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::app {

/// The pending edits of one document.
struct LeftBehind {
    /// Claimed as long as a copy of this lives.
    core::FoundLog log;
    std::shared_ptr<core::RecoveredEdits> edits;  ///< nothing where the log could not be read
    std::optional<core::Error> error;             ///< why not; a damaged one says nothing at all
    std::vector<core::ChangeFit> fits;            ///< one for each change

    std::size_t count(core::Fit fit) const;
    /// Those that are restored: where `withDoubtful` also those that nobody can tell.
    std::vector<core::ChangeId> ids(bool withDoubtful) const;
};

/// The logs in `folder` whose runs are gone and that `isWanted` chooses. None where the folder
/// cannot be read.
std::vector<core::FoundLog>
findLeftBehind(core::FileSystem& fileSystem, const std::string& folder,
               const std::function<bool(const core::FoundLog&)>& isWanted);

/// Reads a log and settles a flush that was interrupted, by what the file holds. `version` is the
/// file as it was opened; nothing where it is not open. Nothing where there is nothing to recover:
/// the log is gone then.
std::optional<LeftBehind> readLeftBehind(core::FileSystem& fileSystem, const core::FoundLog& log,
                                         const core::FileVersion* version);

/// All that was left behind of the file under `version`, by its identity or its name.
std::vector<LeftBehind> leftBehindOf(core::FileSystem& fileSystem, const std::string& folder,
                                     const core::FileVersion& version);

}  // namespace octavo::app
