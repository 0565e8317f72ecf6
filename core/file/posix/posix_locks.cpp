// Locks of files: ours on the open file, and what can be seen of others'.
#include "core/file/posix/posix_file.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace octavo::core {

namespace {

/// The first lock that the system meets within `extent` which ours could not stand beside.
Result<std::optional<ForeignLock>> lockWithin(int descriptor, FileExtent extent) {
    struct flock asked {};
    asked.l_type = F_WRLCK;
    asked.l_whence = SEEK_SET;
    asked.l_start = extent.offset.value;
    asked.l_len = extent.end().value == kMaxLength ? 0 : extent.length;
    while (::fcntl(descriptor, F_OFD_GETLK, &asked) != 0) {
        if (errno != EINTR)
            return Error::fromSystem("ask for the locks of", {}, errno);
    }
    if (asked.l_type == F_UNLCK)
        return std::optional<ForeignLock>();
    ForeignLock lock;
    lock.exclusive = asked.l_type == F_WRLCK;
    lock.extent = {{asked.l_start},
                   asked.l_len == 0 ? kMaxLength - asked.l_start : Offset{asked.l_len}};
    // A lock of an open file, as ours, has no process; one of another machine a negative number.
    lock.process = asked.l_pid > 0 ? asked.l_pid : 0;
    return std::optional<ForeignLock>(lock);
}

/// The system tells one lock of a range; what lies on either side of it is asked for again.
Status collectRangeLocks(int descriptor, FileExtent extent, std::vector<ForeignLock>& found) {
    const Result<std::optional<ForeignLock>> answer = lockWithin(descriptor, extent);
    if (!answer)
        return answer.error();
    if (!*answer)
        return {};
    const ForeignLock& lock = **answer;
    if (lock.extent.offset > extent.offset) {
        const FileExtent before{extent.offset, lock.extent.offset - extent.offset};
        if (Status status = collectRangeLocks(descriptor, before, found); !status)
            return status;
    }
    found.push_back(lock);
    if (lock.extent.end() < extent.end()) {
        const FileExtent behind{lock.extent.end(), extent.end() - lock.extent.end()};
        return collectRangeLocks(descriptor, behind, found);
    }
    return {};
}

/// Whether a lock of the whole file is refused to us because somebody else has one.
bool isRefused(int descriptor, int kind) {
    int result = 0;
    do {
        result = ::flock(descriptor, kind | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    if (result == 0)
        ::flock(descriptor, LOCK_UN);
    return result != 0 && errno == EWOULDBLOCK;
}

/// The holder's number from the kernel's list; 0 where it does not stand there.
std::int64_t holderOfWhole(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0)
        return 0;
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        long long process = 0;
        unsigned deviceMajor = 0;
        unsigned deviceMinor = 0;
        unsigned long long inode = 0;
        // "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF"; who waits has an arrow before FLOCK.
        if (std::sscanf(line.c_str(), "%*d: FLOCK %*s %*s %lld %x:%x:%llu", &process, &deviceMajor,
                        &deviceMinor, &inode) != 4)
            continue;
        if (inode == status.st_ino && ::makedev(deviceMajor, deviceMinor) == status.st_dev)
            return process > 0 ? process : 0;
    }
    return 0;
}

}  // namespace

Result<bool> PosixFile::lock() {
    // Of the open file and not of the process: closing another descriptor of the same file does not
    // give it back, and two documents of one program exclude each other too.
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    while (::fcntl(descriptor_, F_OFD_SETLK, &whole) != 0) {
        if (errno == EAGAIN || errno == EACCES)
            return false;
        if (errno != EINTR)
            return failure("lock");
    }
    return true;
}

Result<std::vector<ForeignLock>> PosixFile::foreignLocks() const {
    std::vector<ForeignLock> found;
    if (Status status = collectRangeLocks(descriptor_, {{0}, kMaxLength}, found); !status) {
        Error error = status.error();
        error.path = path_;
        return error;
    }
    // The two kinds of lock do not see each other. Where the whole file cannot be locked for a
    // reason of its own (some network file systems), there is nothing to tell.
    if (isRefused(descriptor_, LOCK_EX)) {
        ForeignLock whole;
        whole.kind = ForeignLock::Kind::Whole;
        whole.exclusive = isRefused(descriptor_, LOCK_SH);
        whole.extent = {{0}, kMaxLength};
        whole.process = holderOfWhole(descriptor_);
        found.push_back(whole);
    }
    return found;
}

}  // namespace octavo::core
