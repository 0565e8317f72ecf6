// What this user may do with a file, and what belongs to the file besides its content.
#include "core/file/path.h"
#include "core/file/posix/posix_file_system.h"
#include "core/file/posix/posix_info.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace octavo::core {

namespace {

/// The number behind `label` in the status of this process, read with `format`; `otherwise` where
/// it does not stand there.
unsigned long long ownStatus(const char* format, unsigned long long otherwise) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        unsigned long long value = 0;
        if (std::sscanf(line.c_str(), format, &value) == 1)
            return value;
    }
    return otherwise;
}

/// Whether this process has a right that only root has by itself.
bool hasRight(unsigned capability) {
    const unsigned long long all = ::geteuid() == 0 ? ~0ULL : 0;
    return (ownStatus("CapEff: %llx", all) >> capability & 1U) != 0;
}

bool isSticky(const FileAttributes& folder) {
    return (folder.permissions & S_ISVTX) != 0;
}

bool mayAccess(const std::string& path, int mode) {
    return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0;
}

}  // namespace

Result<FileAttributes> PosixFileSystem::attributes(const std::string& path) {
    struct statx told {};
    if (::statx(AT_FDCWD, path.c_str(), 0, STATX_BASIC_STATS, &told) != 0)
        return Error::fromSystem("ask for the attributes of", path, errno);
    const auto has = [&told](std::uint64_t flag) {
        return (told.stx_attributes_mask & told.stx_attributes & flag) != 0;
    };
    FileAttributes attributes;
    attributes.owner = {told.stx_uid, told.stx_gid};
    attributes.permissions = told.stx_mode & 07777U;
    attributes.links = told.stx_nlink;
    attributes.accessedNs = told.stx_atime.tv_sec * 1'000'000'000 + told.stx_atime.tv_nsec;
    attributes.modifiedNs = told.stx_mtime.tv_sec * 1'000'000'000 + told.stx_mtime.tv_nsec;
    attributes.immutable = has(STATX_ATTR_IMMUTABLE);
    attributes.appendOnly = has(STATX_ATTR_APPEND);
    attributes.mountPoint = has(STATX_ATTR_MOUNT_ROOT);
    attributes.hasCapabilities = ::getxattr(path.c_str(), "security.capability", nullptr, 0) > 0;
    return attributes;
}

Result<bool> PosixFileSystem::mayWrite(const std::string& path) {
    const Result<FileAttributes> about = attributes(path);
    if (!about)
        return about.error();
    const Result<FileInfo> status = info(path);
    if (!status)
        return status.error();
    if (status->kind == FileKind::Directory)
        return mayAccess(path, W_OK | X_OK);
    return !about->appendOnly && mayAccess(path, W_OK);
}

Result<bool> PosixFileSystem::mayReplace(const std::string& path) {
    const Result<std::string> real = resolve(path);
    if (!real)
        return real.error();
    const std::string folder = folderOf(*real);
    const Result<bool> makesNames = mayWrite(folder);
    const Result<FileAttributes> about = attributes(folder);
    if (!makesNames || !about)
        return makesNames ? about.error() : makesNames.error();
    const Result<FileAttributes> file = attributes(*real);
    if (!file && file.error().isMissing())
        return *makesNames;
    if (!file)
        return file.error();
    const bool isOurs = file->owner.user == ::geteuid() || about->owner.user == ::geteuid();
    return *makesNames && !about->appendOnly && !file->immutable && !file->appendOnly &&
           !file->mountPoint && (!isSticky(*about) || isOurs || hasRight(CAP_FOWNER));
}

bool PosixFileSystem::mayGiveTo(FileOwner owner) {
    if (hasRight(CAP_CHOWN))
        return true;
    if (owner.user != ::geteuid())
        return false;
    if (owner.group == ::getegid())
        return true;
    const int count = ::getgroups(0, nullptr);
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(count, 0)));
    const int got = ::getgroups(count, groups.data());
    groups.resize(static_cast<std::size_t>(std::max(got, 0)));
    return std::ranges::find(groups, owner.group) != groups.end();
}

std::uint32_t PosixFileSystem::user() const {
    return ::geteuid();
}

std::uint32_t PosixFileSystem::newFilePermissions() {
    // umask() can only be asked by setting it, which other threads would see.
    const unsigned long long mask = ownStatus("Umask: %llo", 0066);
    return 0666U & ~static_cast<std::uint32_t>(mask);
}

}  // namespace octavo::core
