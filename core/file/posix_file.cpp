#include "core/file/posix_file.h"

#include <algorithm>
#include <cerrno>

#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octavo::core {

namespace {

FileKind kindOf(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFREG:
        return FileKind::Regular;
    case S_IFBLK:
        return FileKind::BlockDevice;
    case S_IFCHR:
        return FileKind::CharacterDevice;
    case S_IFDIR:
        return FileKind::Directory;
    case S_IFIFO:
        return FileKind::Fifo;
    case S_IFSOCK:
        return FileKind::Socket;
    default:
        return FileKind::Unknown;
    }
}

std::int64_t nanoseconds(const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// One call moves at most this much: the kernel stops a little below 2 GiB anyway.
constexpr std::size_t kMostPerCall = std::size_t{1} << 30;

}  // namespace

PosixFile::PosixFile(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

PosixFile::~PosixFile() {
    ::close(descriptor_);
}

Error PosixFile::failure(const char* operation) const {
    return Error::fromSystem(operation, path_, errno);
}

Result<FileInfo> PosixFile::info() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0)
        return failure("ask about");
    FileInfo info;
    info.identity = {status.st_dev, status.st_ino};
    info.kind = kindOf(status.st_mode);
    info.size = status.st_size;
    info.modifiedNs = nanoseconds(status.st_mtim);
    info.changedNs = nanoseconds(status.st_ctim);
    info.permissions = status.st_mode & 07777;
    if (info.kind == FileKind::BlockDevice) {
        std::uint64_t size = 0;
        if (::ioctl(descriptor_, BLKGETSIZE64, &size) != 0)
            return failure("ask the size of");
        info.size = static_cast<Offset>(size);
    }
    return info;
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
        if (put < 0)
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

Status PosixFile::setPermissions(std::uint32_t permissions) {
    if (::fchmod(descriptor_, permissions) != 0)
        return failure("set the permissions of");
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

Result<std::shared_ptr<const MappedRegion>> PosixFile::map(FileOffset at, Offset length) const {
    void* data = ::mmap(nullptr, static_cast<std::size_t>(length), PROT_READ, MAP_SHARED,
                        descriptor_, at.value);
    if (data == MAP_FAILED)
        return failure("map");
    return std::shared_ptr<const MappedRegion>(
        std::make_shared<MappedRegion>(static_cast<const Byte*>(data), length, at, descriptor_));
}

Result<FileExtent> PosixFile::nextData(FileOffset from) const {
    const Offset data = ::lseek(descriptor_, from.value, SEEK_DATA);
    if (data >= 0) {
        const Offset hole = ::lseek(descriptor_, data, SEEK_HOLE);
        if (hole >= data)
            return FileExtent{{data}, hole - data};
    }
    const bool onlyHole = data < 0 && errno == ENXIO;
    const Result<FileInfo> now = info();
    if (!now)
        return now.error();
    if (onlyHole)
        return FileExtent{{std::max(now->size, from.value)}, 0};
    return FileExtent{from, std::max<Offset>(now->size - from.value, 0)};
}

}  // namespace octavo::core
