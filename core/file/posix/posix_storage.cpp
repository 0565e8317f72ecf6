// What a file system is, how much room it has, and what its files can do.
#include "core/file/posix/posix_file_system.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

namespace octavo::core {

namespace {

// Newer than the headers of Debian 12: the number of a mount that no later one gets again.
constexpr unsigned kUniqueMountId = 0x4000;

StorageKind kindOf(std::uint32_t magic) {
    switch (magic) {
    case EXT4_SUPER_MAGIC:
        return StorageKind::Ext4;
    case XFS_SUPER_MAGIC:
        return StorageKind::Xfs;
    case BTRFS_SUPER_MAGIC:
        return StorageKind::Btrfs;
    case TMPFS_MAGIC:
        return StorageKind::Tmpfs;
    default:
        return StorageKind::Other;
    }
}

/// `blocks` of a size as a number of bytes, however many a network file system makes up.
Offset bytesOf(std::uint64_t blocks, std::uint64_t size) {
    const auto most = static_cast<std::uint64_t>(kMaxLength);
    return static_cast<Offset>(size != 0 && blocks > most / size ? most : blocks * size);
}

/// Tries each ability on `file`, which is empty and belongs to nobody else, and on `other`.
class AbilityTrial {
public:
    AbilityTrial(File& file, File& other, Offset block)
        : file_(file), other_(other), block_(block) {}

    Result<StorageAbilities> run() {
        const Bytes content(static_cast<std::size_t>(4 * block_), Byte{0xA5});
        if (Status status = file_.writeAt({0}, content); !status)
            return status.error();
        StorageAbilities can;
        can.preallocates =
            works(file_.preallocate({{4 * block_}, block_}, Preallocation::KeepSize));
        can.tellsLayout = works(file_.layout({{0}, 4 * block_}));
        can.clonesRanges = works(other_.cloneRange(file_, {{0}, block_}, {0}));
        can.insertsRanges = works(file_.insertRange({{block_}, block_}));
        can.collapsesRanges = works(file_.collapseRange({{block_}, block_}));
        can.punchesHoles = works(file_.punchHole({{0}, block_}));
        return can;
    }

    /// False where something failed for a reason that may pass, like a full disk.
    bool isSettled() const { return settled_; }

private:
    template <typename T>
    bool works(const Result<T>& result) {
        if (result.ok())
            return true;
        const int code = result.error().systemError;
        settled_ = settled_ && (code == EOPNOTSUPP || code == EINVAL || code == ENOSYS);
        return false;
    }

    File& file_;
    File& other_;
    Offset block_;
    bool settled_ = true;
};

}  // namespace

Result<StorageSpace> PosixFileSystem::space(const std::string& path) {
    struct statfs status {};
    if (::statfs(path.c_str(), &status) != 0)
        return Error::fromSystem("ask for the room at", path, errno);
    const auto block = static_cast<std::uint64_t>(status.f_bsize);
    const auto fragment = status.f_frsize > 0 ? static_cast<std::uint64_t>(status.f_frsize) : block;
    StorageSpace space;
    space.available = bytesOf(status.f_bavail, fragment);
    space.total = bytesOf(status.f_blocks, fragment);
    space.blockSize = static_cast<Offset>(block);
    space.kind = kindOf(static_cast<std::uint32_t>(status.f_type));
    space.readOnly = (status.f_flags & ST_RDONLY) != 0;
    return space;
}

Result<StorageAbilities> PosixFileSystem::abilities(const std::string& folder) {
    struct statx told {};
    if (::statx(AT_FDCWD, folder.c_str(), 0, STATX_BASIC_STATS | STATX_MNT_ID | kUniqueMountId,
                &told) != 0)
        return Error::fromSystem("ask about", folder, errno);
    const std::uint64_t device = std::uint64_t{told.stx_dev_major} << 32U | told.stx_dev_minor;
    const Mount mount{device, told.stx_mnt_id};
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = known_.find(mount); known != known_.end())
            return known->second;
    }

    const Result<StorageSpace> room = space(folder);
    if (!room)
        return room.error();
    Result<std::shared_ptr<File>> file = openUnnamedToLink(folder);
    const bool linksUnnamed = file.ok();
    if (!file)
        file = openUnnamed(folder);
    if (!file)
        return file.error();
    const Result<std::shared_ptr<File>> other = openUnnamed(folder);
    if (!other)
        return other.error();
    // Where the "block" is what travels over a network at once, a page does as well.
    const Offset block = room->blockSize > 1 << 20 ? pageSize() : room->blockSize;
    AbilityTrial trial(**file, **other, block);
    Result<StorageAbilities> found = trial.run();
    if (!found)
        return found;
    found->linksUnnamed = linksUnnamed;
    const std::lock_guard lock(mutex_);
    if (trial.isSettled())
        known_[mount] = *found;
    return found;
}

}  // namespace octavo::core
