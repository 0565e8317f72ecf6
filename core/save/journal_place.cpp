#include "core/save/journal_place.h"

#include "core/file/path.h"
#include "core/file/state_folder.h"
#include "core/save/temporary_name.h"

namespace octavo::core {

namespace {

constexpr const char* kFolder = "journals";
constexpr const char* kEnd = ".journal";

std::string inFolder(const std::string& folder, const std::string& name) {
    return folder.ends_with('/') ? folder + name : folder + '/' + name;
}

/// The inode first: a device can have another number after a restart.
std::string prefixFor(const FileInfo& info) {
    return std::to_string(info.identity.inode) + '-';
}

}  // namespace

std::string journalBeside(const std::string& target) {
    return besideName(target, "octavo-journal");
}

Result<JournalPlace> journalPlace(FileSystem& fileSystem, const std::string& target,
                                  const FileInfo& info) {
    const std::string folder = folderOf(target);
    if (info.kind == FileKind::Regular) {
        const Result<bool> may = fileSystem.mayWrite(folder);
        if (may && *may)
            return JournalPlace{journalBeside(target), folder, true};
    }
    const Result<std::string> state = stateFolder(kFolder);
    if (!state)
        return state.error();
    const std::string name = prefixFor(info) + std::to_string(info.identity.device) + kEnd;
    return JournalPlace{inFolder(*state, name), *state, false};
}

std::vector<std::string> journalsOf(FileSystem& fileSystem, const std::string& target,
                                    const FileInfo& info) {
    std::vector<std::string> found;
    if (const std::string beside = journalBeside(target); fileSystem.info(beside))
        found.push_back(beside);
    const Result<std::string> state = stateFolder(kFolder);
    if (!state)
        return found;
    const Result<std::vector<std::string>> names = fileSystem.list(*state);
    if (!names)
        return found;
    for (const std::string& name : *names) {
        if (name.starts_with(prefixFor(info)) && name.ends_with(kEnd))
            found.push_back(inFolder(*state, name));
    }
    return found;
}

}  // namespace octavo::core
