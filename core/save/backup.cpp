#include "core/save/backup.h"

#include "core/content/snapshot.h"
#include "core/content/source_table.h"
#include "core/file/path.h"
#include "core/save/content_writer.h"
#include "core/save/new_file.h"

namespace octavo::core {

namespace {

Status write(FileSystem& fileSystem, const File& file, const std::string& target,
             const std::shared_ptr<const FileVersion>& version, File& backup, Progress& progress) {
    const Result<FileAttributes> attributes = fileSystem.attributes(target);
    if (!attributes)
        return attributes.error();
    const auto sources = std::make_shared<SourceTable>();
    const SourceId id = sources->add(version);
    const Snapshot content(PieceTree(Piece::inPlace(0, version->file()->length(), id)), sources, 0);
    ContentWriter writer(content, "back up", target);
    if (const Result<StorageSpace> space = fileSystem.space(target); space && space->blockSize > 0)
        writer.shareWith({file, id, space->blockSize});
    if (const Status written = writer.write(backup, progress); !written)
        return written;
    if (const Result<std::vector<std::string>> copied = backup.copyAttributesFrom(file); !copied)
        return copied.error();
    // That of another owner stays ours, and then for us alone what it may not be for others.
    const bool isOwned = backup.setOwner(attributes->owner).ok();
    const std::uint32_t permissions = attributes->permissions & (isOwned ? 01777U : 0700U);
    if (const Status given = backup.setPermissions(permissions); !given)
        return given;
    if (const Status timed = backup.setTimes(attributes->accessedNs, attributes->modifiedNs);
        !timed)
        return timed;
    return backup.syncAll();
}

}  // namespace

std::string backupName(const std::string& path) {
    return path + '~';
}

Status keepBackup(FileSystem& fileSystem, const File& file, const std::string& target,
                  const std::shared_ptr<const FileVersion>& version, Progress& progress) {
    const auto told = [&](const Error& cause) {
        return Error{cause.code, "back up", target, cause.systemError,
                     "no backup could be kept, so nothing was written: " + cause.reason};
    };
    Result<std::unique_ptr<NewFile>> made = NewFile::create(fileSystem, backupName(target));
    if (!made)
        return told(made.error());
    Status status = write(fileSystem, file, target, version, (*made)->file(), progress);
    if (status)
        status = (*made)->takePlace();
    if (!status)
        return (*made)->giveUp(told(status.error()));
    return fileSystem.syncFolder(folderOf(target));
}

}  // namespace octavo::core
