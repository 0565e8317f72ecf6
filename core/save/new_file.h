// A file that is written aside and then takes the place of another, or of none, in one step.
//
// Where the file system can (O_TMPFILE) it has no name until it is complete, so that nothing is
// left of it by a kill; else, and for the moment between its name and its place, it has one that
// the next open of the target removes when nobody holds it (temporary_name.h). For its owner alone
// until told otherwise.
//
// Thread rule: one thread, which waits for the disk.
#pragma once

#include "core/base/result.h"
#include "core/file/file_system.h"

#include <memory>
#include <string>

namespace octavo::core {

class NewFile {
public:
    /// To stand at `target`, symbolic links followed. It is held as long as this lives.
    static Result<std::unique_ptr<NewFile>> create(FileSystem& fileSystem, std::string target);
    /// What has not taken its place goes.
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    File& file() { return *file_; }
    /// Call when it is complete and on the disk; the folder is still to be synced.
    Status takePlace();
    /// `error`, after whose cause nothing more is done, with a word about what could not be
    /// removed.
    Error giveUp(Error error);

private:
    NewFile(FileSystem& fileSystem, std::string target);
    Status remove();

    FileSystem& fileSystem_;
    const std::string target_;
    const std::string temporary_;
    std::shared_ptr<File> file_;
    bool isNamed_ = false;  // by temporary_
};

}  // namespace octavo::core
