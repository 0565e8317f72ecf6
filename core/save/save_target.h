// What a plan has to know of the file that is saved into, and of the disk it is on.
//
// Thread rule: plain values; lookAt() asks the system, so for a worker.
#pragma once

#include "core/base/result.h"
#include "core/file/file_system.h"

#include <string>

namespace octavo::core {

struct SaveTarget {
    std::string path;    ///< with symbolic links followed
    std::string folder;  ///< that it is in
    FileInfo info;
    FileAttributes attributes;
    StorageSpace space;
    StorageAbilities can;  ///< all false where nothing can be tried in the folder
    bool mayWrite = false;
    bool mayReplace = false;    ///< by a rename
    bool mayMakeNames = false;  ///< in the folder
    bool mayKeepOwner = false;  ///< a new file can belong to whom the old one belongs to

    bool isDevice() const { return info.kind == FileKind::BlockDevice; }
};

/// Errors: where the file is not there or cannot be asked. What else cannot be found out is taken
/// for impossible.
Result<SaveTarget> lookAt(FileSystem& fileSystem, const std::string& path);

}  // namespace octavo::core
