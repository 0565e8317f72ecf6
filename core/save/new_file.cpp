#include "core/save/new_file.h"

#include "core/file/path.h"
#include "core/save/temporary_name.h"

#include <utility>

namespace octavo::core {

NewFile::NewFile(FileSystem& fileSystem, std::string target)
    : fileSystem_(fileSystem), target_(std::move(target)), temporary_(temporaryName(target_)) {}

NewFile::~NewFile() {
    (void)remove();
}

Result<std::unique_ptr<NewFile>> NewFile::create(FileSystem& fileSystem, std::string target) {
    std::unique_ptr<NewFile> made(new NewFile(fileSystem, std::move(target)));
    const std::string folder = folderOf(made->target_);
    const Result<StorageAbilities> can = fileSystem.abilities(folder);
    const bool needsName = !can || !can->linksUnnamed;
    Result<std::shared_ptr<File>> opened =
        needsName ? fileSystem.open(made->temporary_, OpenMode::CreateNew)
                  : fileSystem.openUnnamedToLink(folder);
    if (!opened)
        return opened.error();
    made->file_ = *std::move(opened);
    made->isNamed_ = needsName;
    if (const Status held = holdTemporary(*made->file_); !held)
        return held.error();
    return made;
}

Status NewFile::takePlace() {
    if (!isNamed_) {
        if (const Status named = fileSystem_.link(*file_, temporary_); !named)
            return named;
        isNamed_ = true;
    }
    const Status renamed = fileSystem_.rename(temporary_, target_);
    isNamed_ = !renamed.ok();
    return renamed;
}

Error NewFile::giveUp(Error error) {
    if (const Status removed = remove(); !removed)
        error.reason += "; a part of the new file is left in " + printable(temporary_);
    return error;
}

Status NewFile::remove() {
    return std::exchange(isNamed_, false) ? fileSystem_.remove(temporary_) : Status();
}

}  // namespace octavo::core
