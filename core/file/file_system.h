// The seam to the operating system: everything Octavo asks of files goes through here, so that
// tests can put a faulty disk under the engine and another system can take POSIX's place.
//
// Thread rule: a File may be used from any thread at once (nothing depends on a file position).
// Every call can block for as long as the disk likes: never call one on the GUI thread.
// Errors: Error with operation, path and errno.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/file_info.h"
#include "core/file/mapped_region.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

enum class OpenMode {
    Read,
    ReadWrite,
    CreateNew,  ///< read and write, for its owner alone; fails where the name exists
};

class File {
public:
    virtual ~File() = default;

    virtual const std::string& path() const = 0;
    virtual Result<FileInfo> info() const = 0;
    virtual Result<FileNature> nature() const = 0;
    /// The readable regions of a process's memory as they are now, ascending; an error where the
    /// process is gone. Only for FileNature::ProcessMemory.
    virtual Result<std::vector<FileExtent>> regions() const = 0;

    /// Reads up to out.size() bytes; fewer only at the end of the file.
    virtual Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const = 0;
    /// Writes all of `bytes` or fails.
    virtual Status writeAt(FileOffset at, ByteSpan bytes) = 0;
    virtual Status resize(Offset length) = 0;
    virtual Status setPermissions(std::uint32_t permissions) = 0;
    /// Returns once the disk has confirmed what was written.
    virtual Status sync() = 0;
    /// Claims the file for this open file alone, among those that ask for the same. False where
    /// another one has it. Given back when the file is closed, or its process ends in any way. The
    /// file must be open for writing.
    virtual Result<bool> lock() = 0;

    /// Maps read-only and shared. `at` must be a multiple of pageSize(); the mapping may reach
    /// beyond the end of the file.
    virtual Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const = 0;
    /// The first run of data at or after `from`; empty, at the end of the file, where only a hole
    /// is left. A file system that does not know holes answers with everything up to the end.
    virtual Result<FileExtent> nextData(FileOffset from) const = 0;
};

class FileSystem {
public:
    virtual ~FileSystem() = default;

    /// Opens a regular file or a block device; refuses the rest in words, without waiting for a
    /// FIFO's other end.
    virtual Result<std::shared_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
    /// What stands at `path`, of whatever kind, with symbolic links followed.
    virtual Result<FileInfo> info(const std::string& path) = 0;
    /// A file for reading and writing that has no name and goes when it is closed; in `folder`.
    virtual Result<std::shared_ptr<File>> openUnnamed(const std::string& folder) = 0;
    virtual Status rename(const std::string& from, const std::string& to) = 0;
    virtual Status remove(const std::string& path) = 0;
    /// Makes a rename or a new name in `folder` lasting.
    virtual Status syncFolder(const std::string& folder) = 0;
    /// Makes a folder, and those above it, with these permissions; one that is there is left as it
    /// is.
    virtual Status makeFolder(const std::string& path, std::uint32_t permissions) = 0;
    /// The names of everything in `folder` but "." and "..", sorted.
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
    /// The path with all symbolic links followed; the last part need not exist.
    virtual Result<std::string> resolve(const std::string& path) = 0;

    /// The permissions that a new file gets when nobody says otherwise.
    virtual std::uint32_t newFilePermissions() { return 0600; }

    static Offset pageSize();
};

/// The real one. Lives as long as the program.
FileSystem& systemFileSystem();

}  // namespace octavo::core
