// Names of the files that a save writes beside its target before they take its place.
//
// Whoever writes such a file holds a lock on it, so that one that nobody holds is left over from a
// save that was killed.
// Thread rule: plain functions; removeLeftovers() waits for the disk.
#pragma once

#include "core/file/file_system.h"

#include <string>
#include <string_view>

namespace octavo::core {

/// ".NAME.END" in the folder of `target`, NAME shortened where a file system would not take it.
std::string besideName(const std::string& target, std::string_view end);

/// A name that nobody has, in the folder of `target`: ".NAME.octavo-0123456789ab.tmp".
std::string temporaryName(const std::string& target);
/// A name that nobody has beside `path`, to keep what lies there aside: "PATH-0123456789ab.kept".
std::string keptName(const std::string& path);
/// True where `name`, in the folder of `target`, is such a name of it.
bool isTemporaryNameOf(const std::string& name, const std::string& target);

/// Takes the lock that tells the others that `file`, which has such a name, is being written.
Status holdTemporary(File& file);

/// Removes what killed saves of `target` have left beside it. Its symbolic links are followed; what
/// cannot be removed stays.
void removeLeftovers(FileSystem& fileSystem, const std::string& target);

}  // namespace octavo::core
