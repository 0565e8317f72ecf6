#include "app/left_behind.h"

#include <algorithm>
#include <mutex>

namespace octavo::app {

std::size_t LeftBehind::count(core::Fit fit) const {
    return static_cast<std::size_t>(std::ranges::count(fits, fit, &core::ChangeFit::fit));
}

std::vector<core::ChangeId> LeftBehind::ids(bool withDoubtful) const {
    std::vector<core::ChangeId> ids;
    for (const core::ChangeFit& each : fits)
        if (each.fit == core::Fit::Fits || (withDoubtful && each.fit == core::Fit::CannotTell))
            ids.push_back(each.id);
    return ids;
}

std::vector<core::FoundLog>
findLeftBehind(core::FileSystem& fileSystem, const std::string& folder,
               const std::function<bool(const core::FoundLog&)>& isWanted) {
    static std::mutex oneLook;
    const std::lock_guard lock(oneLook);
    core::Result<std::vector<core::FoundLog>> found = core::findEditLogs(fileSystem, folder);
    if (!found)
        return {};
    std::erase_if(*found,
                  [&](const core::FoundLog& log) { return !log.isLeftBehind() || !isWanted(log); });
    return *std::move(found);
}

std::optional<LeftBehind> readLeftBehind(core::FileSystem& fileSystem, const core::FoundLog& log,
                                         const core::FileVersion* version) {
    LeftBehind left{log, nullptr, std::nullopt, {}};
    core::Result<core::RecoveredEdits> edits = core::readEditLog(fileSystem, log.path);
    if (!edits) {
        left.error = edits.error();
        return left;
    }
    core::FileInfo info;
    if (version != nullptr) {
        const core::Result<core::FileInfo> now = version->file()->currentInfo();
        if (now)
            info = *now;
        else
            version = nullptr;
    }
    if (version != nullptr && edits->openFlush() != nullptr)
        edits->settleFlush(decideByContent(*edits, *version, version->file()->length()));
    if (edits->isEmpty() && edits->bytesLost() > 0) {
        left.error = core::Error{core::ErrorCode::Unreadable, "read", log.path, 0, "it is damaged"};
        return left;
    }
    if (edits->isEmpty()) {
        (void)fileSystem.remove(log.path);
        return std::nullopt;
    }
    left.fits = fit(*edits, version, info);
    left.edits = std::make_shared<core::RecoveredEdits>(*std::move(edits));
    return left;
}

std::vector<LeftBehind> leftBehindOf(core::FileSystem& fileSystem, const std::string& folder,
                                     const core::FileVersion& version) {
    const core::MappedFile& file = *version.file();
    const core::Result<std::string> name = fileSystem.resolve(file.path());
    const auto isOfThis = [&](const core::FoundLog& log) {
        const core::LoggedFile& logged = log.base.file;
        return !log.base.isUntitled() && (logged.info.identity == file.openedInfo().identity ||
                                          (name && logged.path == *name));
    };
    std::vector<LeftBehind> left;
    for (const core::FoundLog& log : findLeftBehind(fileSystem, folder, isOfThis))
        if (std::optional<LeftBehind> read = readLeftBehind(fileSystem, log, &version))
            left.push_back(*std::move(read));
    return left;
}

}  // namespace octavo::app
