#include "core/save/copy_save.h"

#include "core/file/path.h"
#include "core/save/content_writer.h"
#include "core/save/new_file.h"
#include "core/save/source_check.h"

#include <utility>

namespace octavo::core {

CopySave::CopySave(FileSystem& fileSystem, std::string target, Snapshot snapshot,
                   std::optional<FileIdentity> forbidden)
    : fileSystem_(fileSystem)
    , target_(std::move(target))
    , snapshot_(std::move(snapshot))
    , forbidden_(forbidden) {}

Status CopySave::run(Progress& progress) {
    if (const Status same = checkSources(); !same)
        return same;
    std::optional<FileInfo> existing;
    if (const Status good = checkTarget(existing); !good)
        return good;
    const auto told = [this](const Error& cause) {
        return Error{cause.code, "save", target_, cause.systemError, cause.reason};
    };
    Result<std::unique_ptr<NewFile>> made = NewFile::create(fileSystem_, target_);
    if (!made)
        return told(made.error());
    File& file = (*made)->file();
    Status status = ContentWriter(snapshot_, "save", target_).write(file, progress);
    // While it is written it is for nobody else. Set-user-id bits do not go over to new content.
    if (status)
        status = file.setPermissions(existing ? existing->permissions & 0777
                                              : fileSystem_.newFilePermissions());
    if (status)
        status = file.sync();
    if (status)
        status = (*made)->takePlace();
    if (!status)
        return (*made)->giveUp(told(status.error()));
    return fileSystem_.syncFolder(folderOf(target_));
}

void CopySave::checkSources(std::shared_ptr<const FileVersion> base) {
    checksSources_ = true;
    base_ = std::move(base);
}

Status CopySave::checkSources() {
    if (!checksSources_)
        return {};
    Progress quick;  // it reads nothing but sizes and times
    Result<std::vector<ChangeId>> found = changedSources(snapshot_, base_.get(), quick);
    if (!found)
        return found.error();
    sourceChanged_ = *std::move(found);
    if (sourceChanged_.empty())
        return {};
    return Error{ErrorCode::SourceChanged, "save", target_, 0,
                 "a file from which content was inserted is not what it was; leave those changes "
                 "out, or write what that file holds now"};
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

}  // namespace octavo::core
