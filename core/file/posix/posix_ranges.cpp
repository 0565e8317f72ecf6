// Ranges of a file: shared, copied, shifted, freed, taken, and where they lie.
#include "core/file/posix/posix_file.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace octavo::core {

namespace {

// One call copies at most this much, so that a signal that ends the program is heard.
constexpr Offset kMostPerCopy = Offset{1} << 30;

/// An errno, or 0. A shift that a signal stopped may have moved a part, so it is never repeated.
int allocate(int descriptor, int mode, FileExtent extent) {
    return ::fallocate(descriptor, mode, extent.offset.value, extent.length) == 0 ? 0 : errno;
}

int allocateAgain(int descriptor, int mode, FileExtent extent) {
    int code = 0;
    do {
        code = allocate(descriptor, mode, extent);
    } while (code == EINTR);
    return code;
}

PlacedExtent placedExtent(const fiemap_extent& told) {
    // Compressed and packed content stands somewhere, but not byte for byte.
    const std::uint32_t elsewhere = FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC |
                                    FIEMAP_EXTENT_ENCODED | FIEMAP_EXTENT_NOT_ALIGNED |
                                    FIEMAP_EXTENT_DATA_INLINE | FIEMAP_EXTENT_DATA_TAIL;
    PlacedExtent placed;
    placed.extent = {{static_cast<Offset>(told.fe_logical)}, static_cast<Offset>(told.fe_length)};
    placed.hasPlace = (told.fe_flags & elsewhere) == 0;
    placed.physical = placed.hasPlace ? static_cast<Offset>(told.fe_physical) : 0;
    placed.unwritten = (told.fe_flags & FIEMAP_EXTENT_UNWRITTEN) != 0;
    placed.shared = (told.fe_flags & FIEMAP_EXTENT_SHARED) != 0;
    return placed;
}

/// Room for one answer about many extents: a head with an array behind it.
class ExtentQuestion {
public:
    /// Returns false with errno set where the system refuses.
    bool ask(int descriptor, FileExtent extent) {
        fiemap head{};
        head.fm_start = static_cast<std::uint64_t>(extent.offset.value);
        head.fm_length = static_cast<std::uint64_t>(extent.length);
        head.fm_flags = FIEMAP_FLAG_SYNC;
        head.fm_extent_count = kExtents;
        std::memcpy(room_.data(), &head, sizeof head);
        return ::ioctl(descriptor, FS_IOC_FIEMAP, room_.data()) == 0;
    }
    std::size_t count() const {
        fiemap head{};
        std::memcpy(&head, room_.data(), sizeof head);
        return std::min<std::size_t>(head.fm_mapped_extents, kExtents);
    }
    fiemap_extent extent(std::size_t index) const {
        fiemap_extent told{};
        std::memcpy(&told, room_.data() + sizeof(fiemap) + index * sizeof told, sizeof told);
        return told;
    }

private:
    static constexpr std::uint32_t kExtents = 512;
    std::vector<std::byte> room_{sizeof(fiemap) + kExtents * sizeof(fiemap_extent)};
};

}  // namespace

Status PosixFile::cloneRange(const File& from, FileExtent extent, FileOffset to) {
    if (extent.isEmpty())
        return {};  // the system takes a length of 0 for everything
    file_clone_range range{};
    range.src_fd = descriptorOf(from);
    range.src_offset = static_cast<std::uint64_t>(extent.offset.value);
    range.src_length = static_cast<std::uint64_t>(extent.length);
    range.dest_offset = static_cast<std::uint64_t>(to.value);
    while (::ioctl(descriptor_, FICLONERANGE, &range) != 0) {
        // What the system says of a file system without shared blocks depends on which it is.
        if (errno == ENOTTY)
            errno = EOPNOTSUPP;
        if (errno != EINTR)
            return failure("share blocks with");
    }
    return {};
}

Status PosixFile::copyRange(const File& from, FileExtent extent, FileOffset to) {
    while (!extent.isEmpty()) {
        off64_t source = extent.offset.value;
        off64_t target = to.value;
        const auto most = static_cast<std::size_t>(std::min(extent.length, kMostPerCopy));
        const ssize_t got =
            ::copy_file_range(descriptorOf(from), &source, descriptor_, &target, most, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure("copy a range to");
        if (got == 0)
            return Error{ErrorCode::Unreadable, "copy a range of", from.path(), 0,
                         "the file ends before it"};
        extent = {extent.offset + got, extent.length - got};
        to = to + got;
    }
    return {};
}

Status PosixFile::insertRange(FileExtent extent) {
    if (const int code = allocate(descriptor_, FALLOC_FL_INSERT_RANGE, extent))
        return Error::fromSystem("insert a range into", path_, code);
    return {};
}

Status PosixFile::collapseRange(FileExtent extent) {
    if (const int code = allocate(descriptor_, FALLOC_FL_COLLAPSE_RANGE, extent))
        return Error::fromSystem("collapse a range of", path_, code);
    return {};
}

Status PosixFile::punchHole(FileExtent extent) {
    if (extent.isEmpty())
        return {};
    const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    if (const int code = allocateAgain(descriptor_, mode, extent))
        return Error::fromSystem("punch a hole into", path_, code);
    return {};
}

Status PosixFile::preallocate(FileExtent extent, Preallocation size) {
    if (extent.isEmpty())
        return {};
    const int mode = size == Preallocation::KeepSize ? FALLOC_FL_KEEP_SIZE : 0;
    if (const int code = allocateAgain(descriptor_, mode, extent))
        return Error::fromSystem("take room for", path_, code);
    return {};
}

Result<std::vector<PlacedExtent>> PosixFile::layout(FileExtent extent) const {
    std::vector<PlacedExtent> extents;
    ExtentQuestion question;
    while (!extent.isEmpty()) {
        if (!question.ask(descriptor_, extent)) {
            if (errno == EINTR)
                continue;
            if (errno == ENOTTY)
                errno = EOPNOTSUPP;
            return failure("ask for the layout of");
        }
        const std::size_t count = question.count();
        if (count == 0)
            break;
        const FileOffset asked = extent.offset;
        bool isLast = false;
        for (std::size_t index = 0; index < count; ++index) {
            const fiemap_extent told = question.extent(index);
            extents.push_back(placedExtent(told));
            isLast = (told.fe_flags & FIEMAP_EXTENT_LAST) != 0;
        }
        const FileOffset next = extents.back().extent.end();
        if (isLast || next >= extent.end() || next <= asked)
            break;
        extent = {next, extent.end() - next};
    }
    return extents;
}

}  // namespace octavo::core
