// Notices what other programs do to an open file: write, append, truncate, put another file in its
// place, delete it.
//
// It asks for the size, the times and the identity, of the open file and of what stands under its
// name. What the system does not tell stays unseen until the user reloads: stores through another
// program's mapping before they are written back, block devices, /proc.
// Thread rule: one thread at a time; never the GUI thread, as the question may wait for the disk.
#pragma once

#include "core/file/mapped_file.h"

#include <memory>
#include <optional>

namespace octavo::core {

enum class FileEvent {
    None,
    Written,    ///< same size, other time
    Appended,   ///< longer than it was
    Truncated,  ///< shorter than it was
    Replaced,   ///< another file has its name; the open one is still there
    Deleted,    ///< no file has its name; the open one is still there
    Gone,       ///< the open file cannot be asked any more: its device or process is gone
};

class FileWatch {
public:
    explicit FileWatch(std::shared_ptr<const MappedFile> file);

    /// What has happened since this was asked last (the first time: since the file was opened);
    /// the gravest where it is more than one thing. Each thing is told once.
    FileEvent poll();

private:
    FileEvent pollContent();
    FileEvent pollName();

    std::shared_ptr<const MappedFile> file_;
    FileInfo last_;
    FileEvent name_ = FileEvent::None;  // None, Replaced or Deleted, as told last
    FileIdentity named_;
    bool gone_ = false;
};

}  // namespace octavo::core
