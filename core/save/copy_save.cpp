#include "core/save/copy_save.h"

#include "core/file/path.h"

#include <algorithm>
#include <random>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;
// Shorter runs of zeros are written: a hole for each would cost more than it saves.
constexpr Offset kShortestHole = Offset{1} << 16;

std::string temporaryName(const std::string& folder) {
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device random;
    std::string name = folder + "/.octavo-";
    for (int i = 0; i < 12; ++i)
        name += letters[random() % (sizeof letters - 1)];
    return name + ".tmp";
}

}  // namespace

CopySave::CopySave(FileSystem& fileSystem, std::string target, Snapshot snapshot,
                   std::optional<FileIdentity> forbidden)
    : fileSystem_(fileSystem)
    , target_(std::move(target))
    , snapshot_(std::move(snapshot))
    , forbidden_(forbidden) {}

Status CopySave::run(Progress& progress) {
    std::optional<FileInfo> existing;
    if (const Status good = checkTarget(existing); !good)
        return good;
    const std::string folder = folderOf(target_);
    const std::string temporary = temporaryName(folder);
    Result<std::shared_ptr<File>> file = fileSystem_.open(temporary, OpenMode::CreateNew);
    if (!file)
        return Error{file.error().code, "save", target_, file.error().systemError,
                     file.error().reason};

    Status status = writeContent(**file, progress);
    // While it is written it is for nobody else. Set-user-id bits do not go over to new content.
    if (status)
        status = (*file)->setPermissions(existing ? existing->permissions & 0777
                                                  : fileSystem_.newFilePermissions());
    if (status)
        status = (*file)->sync();
    if (status)
        status = fileSystem_.rename(temporary, target_);
    if (!status) {
        const Status removed = fileSystem_.remove(temporary);
        const std::string rest = removed ? "" : "; a part of it is left in " + printable(temporary);
        return Error{status.error().code, "save", target_, status.error().systemError,
                     status.error().reason + rest};
    }
    return fileSystem_.syncFolder(folder);
}

Status CopySave::checkTarget(std::optional<FileInfo>& existing) {
    Result<std::string> resolved = fileSystem_.resolve(target_);
    if (!resolved)
        return resolved.error();
    target_ = *std::move(resolved);
    const Result<FileInfo> info = fileSystem_.info(target_);
    if (!info && info.error().isMissing())
        return {};
    if (!info)
        return info.error();
    if (forbidden_ && info->identity == *forbidden_)
        return Error{ErrorCode::InvalidArgument, "save", target_, 0,
                     "it is the file that is open; choose another name"};
    if (info->kind == FileKind::Directory)
        return Error{ErrorCode::UnsupportedFile, "save", target_, 0, "it is a folder, not a file"};
    if (info->kind != FileKind::Regular)
        return Error{ErrorCode::UnsupportedFile, "save", target_, 0,
                     "only a regular file can be replaced by a new one"};
    existing = *info;
    return {};
}

Status CopySave::writeContent(File& file, Progress& progress) {
    const Offset length = snapshot_.length();
    progress.setTotal(length);
    Bytes block;
    for (Offset at = 0; at < length; progress.setDone(at)) {
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, "save", target_, 0, "cancelled"};
        const Offset zeros = snapshot_.zerosAt(at);
        if (zeros >= kShortestHole || at + zeros == length) {
            at += zeros;
            continue;
        }
        const Offset count = std::min(kBlock, length - at);
        block.resize(static_cast<std::size_t>(count));
        if (!snapshot_.read(at, block).isEmpty())
            return Error{ErrorCode::Unreadable, "save", target_, 0,
                         "a part of the content could not be read"};
        if (const Status put = file.writeAt({at}, block); !put)
            return put;
        at += count;
    }
    return file.resize(length);
}

}  // namespace octavo::core
