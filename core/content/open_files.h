// Which files are open in this process, so that two documents on one file share its versions: then
// a save by the one keeps what the other still shows.
//
// Thread rule: any thread; touches no file.
#pragma once

#include "core/content/file_version.h"
#include "core/file/file_system.h"

#include <memory>

namespace octavo::core {

class OpenFiles {
public:
    /// The newest version of the very file that `file` has opened, where one lives; else the first
    /// version of `file`, which whoever comes later shares. Note that a shared version has a
    /// MappedFile of its own, which another name may have led to.
    ///
    /// Shared only where the file looks as our own last save left it, or such a save still runs.
    /// Where another program has written since, the versions speak of bytes that are not there any
    /// more, and of another length perhaps; the newcomer sees the file as it is, in a chain of its
    /// own, which takes the place of the old one here. Files that are made while they are read are
    /// never shared: nothing is saved into them.
    static std::shared_ptr<const FileVersion> share(FileSystem& fileSystem,
                                                    std::shared_ptr<const MappedFile> file);
};

}  // namespace octavo::core
