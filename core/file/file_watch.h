// Notices that another program changed a file: its size, its times, or which file it is.
//
// What the system does not tell stays unseen: stores through another program's mapping before
// they are written back, block devices, /proc.
// Thread rule: one thread at a time; never the GUI thread, as the question may wait for the disk.
#pragma once

#include "core/file/mapped_file.h"

#include <memory>
#include <optional>

namespace octavo::core {

class FileWatch {
public:
    explicit FileWatch(std::shared_ptr<const MappedFile> file);

    /// True where the file looks different from the last time this was asked (the first time:
    /// from when it was opened). A file that cannot be asked any more counts as changed once.
    bool poll();

private:
    std::shared_ptr<const MappedFile> file_;
    std::optional<FileInfo> last_;
};

}  // namespace octavo::core
