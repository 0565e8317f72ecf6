// A file for reading, of any size and kind: mapped lazily where it can be mapped, read in other
// ways where not. One read() above all of them.
//
//   Whole      a single mapping of the file
//   Windows    sliding mappings, where the address space or a limit does not grant a whole one
//   Direct     plain reads, where mapping is refused (some FUSE files), dangerous (tmpfs, where
//              touching a hole takes memory) or has failed too often
//   Memory     a copy, for files that are made while they are read (/proc, /sys)
//   Process    /proc/PID/mem, in the regions that the process has
//
// Nothing is read at opening (but for Memory), so a file of any size opens at once. The length is
// that of the opening and grows by extend() alone; bytes that another program cut off since are
// reported as unreadable and come back when the file grows again.
//
// Thread rule: any thread; never the GUI thread, as every call may wait for the disk.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/content_reader.h"
#include "core/file/file_system.h"

#include <atomic>
#include <memory>
#include <string>

namespace octavo::core {

class MappedReader;
class ProcessReader;

class MappedFile {
public:
    enum class Mode { Whole, Windows, Direct, Memory, Process };

    struct Options {
        /// Largest single mapping to ask for; a multiple of the page size. Tests set one page.
        Offset largestMapping = kMaxLength;
        Offset windowLength = Offset{1} << 30;
        /// Cancels the reading of a file that has to be read to be opened.
        Progress* progress = nullptr;
    };

    static Result<std::shared_ptr<MappedFile>> open(FileSystem& fileSystem, const std::string& path,
                                                    const Options& options);
    static Result<std::shared_ptr<MappedFile>> open(FileSystem& fileSystem,
                                                    const std::string& path);
    ~MappedFile();

    const std::string& path() const { return file_->path(); }
    /// The file as it was when it was opened.
    const FileInfo& openedInfo() const { return openedInfo_; }
    Offset length() const { return length_.load(std::memory_order_acquire); }
    /// Asks how long the file is by now and takes over what was appended: length() grows, never
    /// shrinks, and is returned. A copy and the memory of a process stay as they are.
    Result<Offset> extend() const;
    /// The file as it is now.
    Result<FileInfo> currentInfo() const { return file_->info(); }
    /// What stands under the file's name now: another file where it was replaced.
    Result<FileInfo> infoByName() const { return fileSystem_.info(path()); }
    /// The bytes that the disk holds for this object alone: those of a file that has no name any
    /// more, because it was removed or another took its place. Otherwise, and where the system does
    /// not tell, 0.
    Offset heldOnDisk() const;
    Mode mode() const;

    /// Fills `out` with the bytes from `at`, which lie within length(). What cannot be read is
    /// zeroed and added to `unreadable`, in the caller's coordinates: out[0] is `reportedAt`.
    void read(FileOffset at, MutableByteSpan out, Offset reportedAt, Unreadable& unreadable) const;

    /// The bytes from `at`, which lie within length(), where they stand; nothing where they must be
    /// read. Not longer than the file lives.
    std::unique_ptr<SourceView> view(FileOffset at, Offset length) const {
        return reader_->view(at, length);
    }

    /// To be called after Octavo itself has written to the file, before anybody is told.
    void forget() const { reader_->forget(); }

    /// True where the file's bytes can be written in their place: not where they are made while
    /// they are read, and not in another process.
    bool isWritableInPlace() const { return mode_ != Mode::Memory && mode_ != Mode::Process; }

    /// The number of bytes from `at` on that are known to be zeros without reading them: a hole.
    Offset holeLength(FileOffset at) const;
    /// The number of bytes from `at` on that are known not to be readable: between the regions of
    /// a process, beyond the end of a file that was cut.
    Offset gapLength(FileOffset at) const;
    /// The first run of data at or after `at`, cut at length(); empty where there is none.
    Result<FileExtent> nextData(FileOffset at) const;

private:
    MappedFile(FileSystem& fileSystem, std::shared_ptr<File> file, const FileInfo& info);
    Status chooseReader(FileNature nature, const Options& options);

    FileSystem& fileSystem_;
    std::shared_ptr<File> file_;
    FileInfo openedInfo_;
    mutable std::atomic<Offset> length_;
    Mode mode_ = Mode::Direct;  // where mapped_ does not know better
    std::unique_ptr<ContentReader> reader_;
    const MappedReader* mapped_ = nullptr;    // reader_, or nothing
    const ProcessReader* process_ = nullptr;  // reader_, or nothing
};

}  // namespace octavo::core
