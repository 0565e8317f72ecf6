#include "core/file/posix/posix_file.h"

#include "core/file/posix/posix_info.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>

#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace octavo::core {

namespace {

/// "/proc/PID" where the descriptor is the memory of that process, else empty.
std::string processOf(int descriptor) {
    std::array<char, 64> target{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    if (length <= 0)
        return {};
    const std::string path(target.data(), static_cast<std::size_t>(length));
    const std::string end = "/mem";
    if (!path.starts_with("/proc/") || !path.ends_with(end))
        return {};
    return path.substr(0, path.size() - end.size());
}

// One call moves at most this much: the kernel stops a little below 2 GiB anyway.
constexpr std::size_t kMostPerCall = std::size_t{1} << 30;

}  // namespace

PosixFile::PosixFile(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

PosixFile::~PosixFile() {
    ::close(descriptor_);
}

int PosixFile::descriptorOf(const File& file) {
    const auto* posix = dynamic_cast<const PosixFile*>(&file);
    return posix != nullptr ? posix->descriptor_ : -1;
}

Error PosixFile::failure(const char* operation) const {
    return Error::fromSystem(operation, path_, errno);
}

Result<FileInfo> PosixFile::info() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0)
        return failure("ask about");
    FileInfo info = fileInfo(status);
    if (info.kind == FileKind::BlockDevice) {
        std::uint64_t size = 0;
        if (::ioctl(descriptor_, BLKGETSIZE64, &size) != 0)
            return failure("ask the size of");
        info.size = info.allocated = static_cast<Offset>(size);
    }
    return info;
}

Result<FileNature> PosixFile::nature() const {
    struct statfs status {};
    if (::fstatfs(descriptor_, &status) != 0)
        return failure("ask about");
    struct stat file {};
    if (::fstat(descriptor_, &file) == 0 && S_ISBLK(file.st_mode))
        return FileNature::Ordinary;  // the node lies on tmpfs as a rule, its content does not
    switch (static_cast<std::uint32_t>(status.f_type)) {
    case TMPFS_MAGIC:
    case RAMFS_MAGIC:
    case HUGETLBFS_MAGIC:
        return FileNature::HolesInMemory;
    case PROC_SUPER_MAGIC:
        return processOf(descriptor_).empty() ? FileNature::Generated : FileNature::ProcessMemory;
    case SYSFS_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case SECURITYFS_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
        return FileNature::Generated;
    default:
        return FileNature::Ordinary;
    }
}

Result<std::vector<FileExtent>> PosixFile::regions() const {
    const std::string process = processOf(descriptor_);
    const std::string path = process + "/maps";
    std::ifstream maps;
    if (!process.empty())
        maps.open(path);
    if (process.empty())
        return Error{ErrorCode::Unreadable, "read", path_, 0, "the process is gone"};
    if (!maps)
        return Error::fromSystem("open", path, errno);
    std::vector<FileExtent> found;
    for (std::string line; std::getline(maps, line);) {
        unsigned long long from = 0;
        unsigned long long to = 0;
        char readable = '-';
        if (std::sscanf(line.c_str(), "%llx-%llx %c", &from, &to, &readable) != 3)
            continue;
        // The kernel's own page at the top of the address space lies beyond every offset.
        if (readable != 'r' || to > static_cast<unsigned long long>(kMaxLength))
            continue;
        const auto at = static_cast<Offset>(from);
        const auto length = static_cast<Offset>(to - from);
        if (!found.empty() && found.back().end().value == at)
            found.back().length += length;
        else
            found.push_back({{at}, length});
    }
    if (found.empty())
        return Error{ErrorCode::Unreadable, "read", path, 0, "the process is gone"};
    return found;
}

Result<std::size_t> PosixFile::readAt(FileOffset at, MutableByteSpan out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got =
            ::pread(descriptor_, out.data() + done, std::min(out.size() - done, kMostPerCall),
                    at.value + static_cast<Offset>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && done > 0)
            break;  // what came before the error is good; the next call meets it again
        if (got < 0)
            return failure("read");
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status PosixFile::writeAt(FileOffset at, ByteSpan bytes) {
    while (!bytes.empty()) {
        const ssize_t put =
            ::pwrite(descriptor_, bytes.data(), std::min(bytes.size(), kMostPerCall), at.value);
        if (put < 0 && errno == EINTR)
            continue;
        if (put == 0)
            errno = EIO;  // nothing taken and nothing said: it would go on for ever
        if (put <= 0)
            return failure("write");
        at = at + put;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Status PosixFile::resize(Offset length) {
    while (::ftruncate(descriptor_, length) != 0) {
        if (errno != EINTR)
            return failure("resize");
    }
    return {};
}

Status PosixFile::sync() {
    // fdatasync writes the length too, and leaves out the times, which nobody needs to survive.
    while (::fdatasync(descriptor_) != 0) {
        if (errno != EINTR)
            return failure("sync");
    }
    return {};
}

Status PosixFile::syncAll() {
    while (::fsync(descriptor_) != 0) {
        if (errno != EINTR)
            return failure("sync");
    }
    return {};
}

Result<std::shared_ptr<const MappedRegion>> PosixFile::map(FileOffset at, Offset length) const {
    void* data = ::mmap(nullptr, static_cast<std::size_t>(length), PROT_READ, MAP_SHARED,
                        descriptor_, at.value);
    if (data == MAP_FAILED)
        return failure("map");
    return std::shared_ptr<const MappedRegion>(
        std::make_shared<MappedRegion>(static_cast<const Byte*>(data), length, at, descriptor_));
}

Result<FileExtent> PosixFile::nextData(FileOffset from) const {
    const Result<FileInfo> before = info();
    if (!before)
        return before.error();
    const Offset data = ::lseek(descriptor_, from.value, SEEK_DATA);
    if (data >= 0) {
        const Offset hole = ::lseek(descriptor_, data, SEEK_HOLE);
        if (hole >= data)
            return FileExtent{{data}, hole - data};
    }
    const bool nothingMore = data < 0 && errno == ENXIO;
    const Result<FileInfo> now = info();
    if (!now)
        return now.error();
    // "Nothing more" is a hole up to the end, or beyond the end of a file that was cut, and may
    // have grown back since; only where it stood still around the question is it known which.
    if (nothingMore && now->looksLike(*before))
        return FileExtent{{std::max(now->size, from.value)}, 0};
    return FileExtent{from, std::max<Offset>(now->size - from.value, 0)};
}

}  // namespace octavo::core
