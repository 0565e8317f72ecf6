// Makes a file whole again that a save in place has left in the midst: called before anybody reads
// the file, and by a save before it writes.
//
// Where every part of the file that the journal speaks of holds the new bytes, the save had done
// all; where parts hold the old ones, the others get them back. Where a part is neither, or the
// file is another one or of another size, somebody else has written since: the journal is kept
// under another name, nothing is done to the file, and the caller tells.
//
// Thread rule: plain functions that wait for the disk. Safe to be interrupted at any moment and
// done again.
#pragma once

#include "core/base/progress.h"
#include "core/file/file_system.h"
#include "core/file/mapped_file.h"

#include <memory>
#include <span>
#include <string>

namespace octavo::core {

enum class SaveOutcome {
    None,        ///< no save was interrupted
    OldContent,  ///< the file holds what it held before the save
    NewContent,  ///< the file holds what was saved
    Foreign,     ///< the file is not what the journal knows; see SaveRecovery::keptAs
};

struct SaveRecovery {
    SaveOutcome outcome = SaveOutcome::None;
    /// The journal, where it does not fit the file.
    std::string keptAs;
};

/// Of the file at `path`, symbolic links followed. Errors: Locked (another program is saving it at
/// the moment, and goes on doing so for seconds), Cancelled, and those of the system: the file must
/// not be believed then. None where there is no such file.
Result<SaveRecovery> recoverSave(FileSystem& fileSystem, const std::string& path,
                                 Progress& progress);

/// The same for whoever holds the lock on `file`, which is open for writing and stands at `target`;
/// `journals` are those of journalsOf(), or some of them.
Result<SaveRecovery> recoverLocked(FileSystem& fileSystem, const std::string& target, File& file,
                                   std::span<const std::string> journals, Progress& progress);

/// Gives the file the old bytes of the save that `journal` speaks of, whatever it holds, and waits
/// for the disk. For the save itself.
Status putBack(FileSystem& fileSystem, const std::string& journal, File& file);

/// MappedFile::open() after recoverSave(), whose outcome is told in `recovery` where one is given.
Result<std::shared_ptr<MappedFile>> openRecovered(FileSystem& fileSystem, const std::string& path,
                                                  const MappedFile::Options& options = {},
                                                  SaveRecovery* recovery = nullptr);

}  // namespace octavo::core
