#include "core/document/edit_log_folder.h"

#include "core/document/edit_log_file.h"
#include "core/file/state_folder.h"

#include <optional>

namespace octavo::core {

namespace {

/// What a log begins with; nothing where it is none, or damaged.
std::optional<EditLogEntry::Base> baseOf(const std::shared_ptr<File>& file) {
    Result<EditLogRecords> records = EditLogRecords::open(file);
    Bytes payload;
    if (!records)
        return std::nullopt;
    const Result<bool> found = records->next(payload);
    EditLogEntry::Any entry;
    if (!found || !*found || !EditLogEntryReader(payload).next(entry))
        return std::nullopt;
    const auto* base = std::get_if<EditLogEntry::Base>(&entry);
    return base == nullptr ? std::nullopt : std::optional(*base);
}

}  // namespace

Result<std::string> recoveryFolder() {
    return stateFolder("edits");
}

Result<std::vector<FoundLog>> findEditLogs(FileSystem& fileSystem, const std::string& folder) {
    const Result<std::vector<std::string>> names = fileSystem.list(folder);
    std::vector<FoundLog> found;
    if (!names && names.error().isMissing())
        return found;
    if (!names)
        return names.error();
    for (const std::string& name : *names) {
        const bool isAside = name.ends_with(".log.new");
        if (!isAside && !name.ends_with(".log"))
            continue;
        std::string path = folder;
        path += '/';
        path += name;
        Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::ReadWrite);
        if (!file)
            continue;
        const Result<bool> claimed = (*file)->lock();
        const bool isMine = claimed && *claimed;
        // It may have been renamed or removed by its owner a moment ago.
        const Result<FileInfo> opened = (*file)->info();
        const Result<FileInfo> named = fileSystem.info(path);
        if (!opened || !named || opened->identity != named->identity)
            continue;
        if (isAside) {
            if (isMine)
                (void)fileSystem.remove(path);
        } else if (std::optional<EditLogEntry::Base> base = baseOf(*file)) {
            found.push_back({path, *std::move(base), isMine ? *std::move(file) : nullptr});
        }
    }
    return found;
}

}  // namespace octavo::core
