#include "core/save/save_target.h"

#include "core/file/path.h"

#include <utility>

namespace octavo::core {

namespace {

bool isYes(const Result<bool>& answer) {
    return answer && *answer;
}

}  // namespace

Result<SaveTarget> lookAt(FileSystem& fileSystem, const std::string& path) {
    SaveTarget target;
    Result<std::string> resolved = fileSystem.resolve(path);
    if (!resolved)
        return resolved.error();
    target.path = *std::move(resolved);
    target.folder = folderOf(target.path);
    const Result<FileInfo> info = fileSystem.info(target.path);
    if (!info)
        return info.error();
    target.info = *info;
    if (const Result<FileAttributes> attributes = fileSystem.attributes(target.path); attributes)
        target.attributes = *attributes;
    target.mayWrite = isYes(fileSystem.mayWrite(target.path));
    if (target.isDevice())
        return target;
    if (const Result<StorageSpace> space = fileSystem.space(target.path); space)
        target.space = *space;
    target.mayReplace = isYes(fileSystem.mayReplace(target.path));
    target.mayMakeNames = isYes(fileSystem.mayWrite(target.folder));
    target.mayKeepOwner = fileSystem.mayGiveTo(target.attributes.owner);
    if (target.mayMakeNames) {
        if (const Result<StorageAbilities> can = fileSystem.abilities(target.folder); can)
            target.can = *can;
    }
    return target;
}

}  // namespace octavo::core
