// A file for reading, mapped lazily: whole where the system grants it, in sliding windows where
// it does not, by plain reads where mapping fails. One read() above all three.
//
// Nothing is read at opening, so a file of any size opens at once. The length is that of the
// opening; bytes that another program cut off since are reported as unreadable and come back
// when the file grows again.
//
// Invariants
//   1. A byte that read() does not report as unreadable was in the file at that place at some
//      moment during the call.
//   2. A region that was damaged is never read again; its window gets a new one.
//   3. At most kMostWindows windows are mapped at a time.
//
// Thread rule: any thread; never the GUI thread, as every call may wait for the disk.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/file_system.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace octavo::core {

class MappedFile {
public:
    enum class Mode { Whole, Windows, Direct };

    struct Options {
        /// Largest single mapping to ask for; a multiple of the page size. Tests set one page.
        Offset largestMapping = kMaxLength;
        Offset windowLength = Offset{1} << 30;
    };

    static Result<std::shared_ptr<MappedFile>> open(FileSystem& fileSystem, const std::string& path,
                                                    const Options& options);
    static Result<std::shared_ptr<MappedFile>> open(FileSystem& fileSystem,
                                                    const std::string& path);

    const std::string& path() const { return file_->path(); }
    /// The file as it was when it was opened.
    const FileInfo& openedInfo() const { return openedInfo_; }
    Offset length() const { return openedInfo_.size; }
    /// The file as it is now.
    Result<FileInfo> currentInfo() const { return file_->info(); }
    Mode mode() const { return mode_.load(std::memory_order_relaxed); }

    /// Fills `out` with the bytes from `at`, which lie within length(). What cannot be read is
    /// zeroed and added to `unreadable`, in the caller's coordinates: out[0] is `reportedAt`.
    void read(FileOffset at, MutableByteSpan out, Offset reportedAt, Unreadable& unreadable) const;

    /// The number of bytes from `at` on that are known to be zeros without reading them: a hole.
    Offset holeLength(FileOffset at) const;
    /// The first run of data at or after `at`, cut at length(); empty where there is none.
    Result<FileExtent> nextData(FileOffset at) const;

private:
    struct Window {
        Offset index = -1;
        std::shared_ptr<const MappedRegion> region;
    };

    MappedFile(std::shared_ptr<File> file, const FileInfo& info, const Options& options);
    std::shared_ptr<const MappedRegion> pin(Offset index) const;
    void drop(const std::shared_ptr<const MappedRegion>& damaged) const;
    void readWindow(FileOffset at, MutableByteSpan out, Offset reportedAt,
                    Unreadable& unreadable) const;
    void readDirect(FileOffset at, MutableByteSpan out, Offset reportedAt,
                    Unreadable& unreadable) const;

    static constexpr std::size_t kMostWindows = 16;

    std::shared_ptr<File> file_;
    FileInfo openedInfo_;
    Offset windowLength_;
    mutable std::atomic<Mode> mode_;
    mutable std::atomic<Offset> knownSize_;
    mutable std::atomic<int> damageCount_ = 0;
    mutable std::mutex mutex_;
    mutable std::vector<Window> windows_;  // most recently used last; guarded by mutex_
};

}  // namespace octavo::core
