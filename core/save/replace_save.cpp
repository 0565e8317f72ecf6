#include "core/save/replace_save.h"

#include "core/content/open_files.h"
#include "core/file/path.h"
#include "core/save/content_writer.h"
#include "core/save/new_file.h"
#include "core/save/save_plan.h"

#include <utility>

namespace octavo::core {

const char* ReplaceSave::misfit(Offset size) const {
    return size != info_.size ? "another program has changed its length since it was opened"
                              : nullptr;
}

Status ReplaceSave::perform(Progress& progress) {
    if (const Status good = checkPlace(); !good)
        return good;
    Result<std::unique_ptr<NewFile>> made = NewFile::create(fileSystem(), target_);
    if (!made)
        return Error{made.error().code, "flush", path(), made.error().systemError,
                     "no new file can be made beside it: " + made.error().reason};
    Status status = writeNew((*made)->file(), progress);
    // Writing can take its time; what came in between is not to be lost unseen.
    if (status)
        status = compare();
    if (status && progress.isCancelled())
        status = error(ErrorCode::Cancelled, "cancelled");
    if (status) {
        journal().drop();  // it speaks of the file that goes
        status = (*made)->takePlace();
    }
    if (!status) {
        bytesWritten_ = 0;
        return (*made)->giveUp(status.error());
    }
    return takePlace();
}

/// Nothing stands against another file in the place of this one.
Status ReplaceSave::checkPlace() {
    const Result<SaveTarget> target = lookAt(fileSystem(), path());
    if (!target)
        return target.error();
    target_ = target->path;
    folder_ = target->folder;
    attributes_ = target->attributes;
    const SavePlan plan = planReplace(*target, request());
    if (plan.obstacle)
        return error(*plan.obstacle == SaveObstacle::NoRoom ? ErrorCode::NoRoom
                                                            : ErrorCode::CannotReplace,
                     std::string(describe(*plan.obstacle)) + "; save it as another file");
    if (options().evenIfDetached)
        return {};
    for (const SaveLoss loss : plan.losses) {
        if (loss != SaveLoss::Rights)
            return error(ErrorCode::Detached,
                         "a new file has to take its place, and " + std::string(describe(loss)));
    }
    return {};
}

Status ReplaceSave::writeNew(File& file, Progress& progress) {
    const Snapshot content = request().content();
    ContentWriter writer(content, "flush", path());
    if (const Result<StorageSpace> space = fileSystem().space(folder_);
        space && space->blockSize > 0)
        writer.shareWith({this->file(), request().base, space->blockSize});
    if (const Status written = writer.write(file, progress); !written)
        return written;
    bytesWritten_ = writer.bytesWritten();
    if (const Status given = giveAttributes(file); !given)
        return given;
    return file.syncAll();
}

/// Bits that give rights are not carried over to content that has changed.
Status ReplaceSave::giveAttributes(File& file) {
    if (const Result<std::vector<std::string>> copied = file.copyAttributesFrom(this->file());
        !copied)
        return copied.error();
    const Status owned = file.setOwner(attributes_.owner);
    if (!owned && !options().evenIfDetached)
        return owned;
    return file.setPermissions(attributes_.permissions & 01777);
}

/// The new file has the old one's name.
Status ReplaceSave::takePlace() {
    const Status synced = fileSystem().syncFolder(folder_);
    Result<std::shared_ptr<MappedFile>> opened = MappedFile::open(fileSystem(), path());
    if (!opened)  // there is no way back: what may pass is tried again
        opened = MappedFile::open(fileSystem(), path());
    if (!opened)
        return notConfirmed("it could not be opened", opened.error());
    isInPlace_ = true;
    before()->chain()->markReplaced();
    bytesHeld_ = before()->file()->heldOnDisk();
    info_ = (*opened)->openedInfo();
    version_ = OpenFiles::share(fileSystem(), *std::move(opened));
    return synced ? Status() : notConfirmed("the disk has not confirmed it", synced.error());
}

Error ReplaceSave::notConfirmed(const char* what, const Error& cause) const {
    return {cause.code, "flush", path(), cause.systemError,
            "the new content is in the file, but " + std::string(what) + ": " + cause.reason};
}

}  // namespace octavo::core
