#include "core/file/posix/posix_info.h"

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

}  // namespace

FileInfo fileInfo(const struct stat& status) {
    FileInfo info;
    info.identity = {status.st_dev, status.st_ino};
    info.kind = kindOf(status.st_mode);
    info.size = status.st_size;
    info.allocated = Offset{status.st_blocks} * 512;
    info.modifiedNs = nanoseconds(status.st_mtim);
    info.changedNs = nanoseconds(status.st_ctim);
    info.permissions = status.st_mode & 07777;
    info.links = status.st_nlink;
    return info;
}

}  // namespace octavo::core
