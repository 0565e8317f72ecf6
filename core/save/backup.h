// Keeps the content that a save is about to replace, as NAME~ beside the file.
//
// The blocks are shared with the file where its file system can. An older NAME~ is replaced, by a
// rename, once the new one is complete and on the disk; owner, permissions, access lists, extended
// attributes and time are the file's, rights (set-user-id, capabilities) are not carried over.
//
// Thread rule: a worker; for whoever holds the turn to save and the lock on `file`. Errors:
// Cancelled, Unreadable, System (NAME~ may be a folder); nothing is left beside the file then.
#pragma once

#include "core/base/progress.h"
#include "core/content/file_version.h"
#include "core/file/file_system.h"

#include <memory>
#include <string>

namespace octavo::core {

std::string backupName(const std::string& path);

/// `file` is open, stands at `target` (symbolic links followed) and holds `version`.
Status keepBackup(FileSystem& fileSystem, const File& file, const std::string& target,
                  const std::shared_ptr<const FileVersion>& version, Progress& progress);

}  // namespace octavo::core
