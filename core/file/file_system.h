// The seam to the operating system: everything Octavo asks of files goes through here, so that
// tests can put a faulty disk under the engine and another system can take POSIX's place.
//
// Thread rule: a File may be used from any thread at once (nothing depends on a file position).
// Every call can block for as long as the disk likes: never call one on the GUI thread.
// Errors: Error with operation, path and errno. What a file system does not offer is EOPNOTSUPP;
// what is not pure virtual says so unless an implementation knows better.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/file_attributes.h"
#include "core/file/file_info.h"
#include "core/file/foreign_lock.h"
#include "core/file/mapped_region.h"
#include "core/file/placed_extent.h"
#include "core/file/storage.h"

#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

enum class OpenMode {
    Read,
    ReadWrite,
    CreateNew,  ///< read and write, for its owner alone; fails where the name exists
};

/// What becomes of the size of a file when room is taken beyond its end.
enum class Preallocation {
    KeepSize,
    ExtendSize,
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
    /// Writes all of `bytes` or fails; what was written by then stays.
    virtual Status writeAt(FileOffset at, ByteSpan bytes) = 0;
    virtual Status resize(Offset length) = 0;
    virtual Status setPermissions(std::uint32_t permissions) = 0;
    /// Returns once the disk has confirmed what was written: content, size and where they lie, not
    /// times, permissions and other attributes (fdatasync).
    virtual Status sync() = 0;
    /// As sync(), and everything else of the file too, except for its name (fsync).
    virtual Status syncAll();
    /// Claims the file for this open file alone, among those that ask for the same. False where
    /// another one has it. Given back when the file is closed, or its process ends in any way. The
    /// file must be open for writing.
    virtual Result<bool> lock() = 0;
    /// Locks that others hold on the file, as far as the system tells; those of this open file are
    /// not among them. For a moment it takes the lock of the whole file, to see whether it can.
    /// On some network file systems that would give back a lock(): ask before it.
    virtual Result<std::vector<ForeignLock>> foreignLocks() const;

    /// Maps read-only and shared. `at` must be a multiple of pageSize(); the mapping may reach
    /// beyond the end of the file.
    virtual Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const = 0;
    /// The first run of data at or after `from`; empty, at the end of the file, where only a hole
    /// is left. A file system that does not know holes answers with everything up to the end.
    virtual Result<FileExtent> nextData(FileOffset from) const = 0;

    // Moving content without moving bytes. `from` must come from the same FileSystem and may be
    // this file. All of the range or an Error, after which a part may have been done.

    /// Puts `extent` of `from` at `to`, standing on the same blocks of the disk until either is
    /// written to (FICLONERANGE). Offsets and lengths are multiples of the block size; a length may
    /// end where the file does. EXDEV, EINVAL or EOPNOTSUPP where that cannot be.
    virtual Status cloneRange(const File& from, FileExtent extent, FileOffset to);
    /// As cloneRange, of any bytes: the system shares blocks where it can and copies them itself
    /// where it cannot, without a way through our memory (copy_file_range). Holes of `from` become
    /// zeros. `from` ending early is Unreadable. Runs of the same file must not overlap.
    virtual Status copyRange(const File& from, FileExtent extent, FileOffset to);
    /// Shifts everything from extent.offset on to make room for a hole at `extent`, which must lie
    /// before the end of the file and consist of whole blocks. Not atomic in a power cut.
    virtual Status insertRange(FileExtent extent);
    /// Removes `extent`, whole blocks before the end of the file, and shifts what is behind it to
    /// its place. Not atomic in a power cut.
    virtual Status collapseRange(FileExtent extent);
    /// Makes `extent` read as zeros, its whole blocks without any room on the disk; the size stays.
    virtual Status punchHole(FileExtent extent);
    /// Takes room on the disk for `extent`, so that writing there cannot meet a full disk. What was
    /// never written reads as zeros.
    virtual Status preallocate(FileExtent extent, Preallocation size);
    /// Where `extent` lies on the device, ascending; holes are left out. The first and the last may
    /// reach beyond `extent`. What waits to be written is written first, for only then it has a
    /// place.
    virtual Result<std::vector<PlacedExtent>> layout(FileExtent extent) const;

    /// Clears the setuid and setgid bits of a file that is not ours; set permissions after it.
    virtual Status setOwner(FileOwner owner);
    /// Nanoseconds since 1970.
    virtual Status setTimes(std::int64_t accessedNs, std::int64_t modifiedNs);
    /// Gives this file the access lists and extended attributes of `from`, and takes away an access
    /// list that only this one has. Returns what could not be carried over, a line each; what would
    /// give rights to changed content or vouch for it (security.capability, .ima, .evm) never is.
    virtual Result<std::vector<std::string>> copyAttributesFrom(const File& from);
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
    /// As openUnnamed, of a kind that link() can give a name in `folder`; EOPNOTSUPP where the file
    /// system has none. Its path() stays the folder.
    virtual Result<std::shared_ptr<File>> openUnnamedToLink(const std::string& folder);
    /// Gives an open file of this FileSystem a name more; EEXIST where the name is taken.
    virtual Status link(const File& file, const std::string& path);
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

    // What a plan asks before a save; symbolic links are followed.

    /// Of the file system that holds `path`, a file or a folder.
    virtual Result<StorageSpace> space(const std::string& path);
    /// What files in `folder` can do, found by trying on one without a name; asked once of each
    /// mounted file system. An Error where no file can be made there.
    virtual Result<StorageAbilities> abilities(const std::string& folder);
    virtual Result<FileAttributes> attributes(const std::string& path);
    /// Whether this user may write into the file `path`, or make names in the folder `path`.
    virtual Result<bool> mayWrite(const std::string& path);
    /// Whether a rename may put another file in the place of `path`: its folder may be written to,
    /// and neither a sticky bit, a flag nor a mount stands against it.
    virtual Result<bool> mayReplace(const std::string& path);
    /// Whether this user may make a file of his own belong to `owner`.
    virtual bool mayGiveTo(FileOwner owner);

    /// The number of the user as whom files are made and asked for; the default is nobody's.
    virtual std::uint32_t user() const { return ~std::uint32_t{0}; }
    /// The permissions that a new file gets when nobody says otherwise.
    virtual std::uint32_t newFilePermissions() { return 0600; }

    static Offset pageSize();
};

/// The real one. Lives as long as the program.
FileSystem& systemFileSystem();

}  // namespace octavo::core
