#include "core/file/file_watch.h"

#include <algorithm>
#include <utility>

namespace octavo::core {

FileWatch::FileWatch(std::shared_ptr<const MappedFile> file)
    : file_(std::move(file)), last_(file_->openedInfo()), named_(last_.identity) {}

FileEvent FileWatch::poll() {
    return std::max(pollContent(), pollName());
}

FileEvent FileWatch::pollContent() {
    const Result<FileInfo> now = file_->currentInfo();
    if (!now)
        return std::exchange(gone_, true) ? FileEvent::None : FileEvent::Gone;
    gone_ = false;
    const FileInfo before = std::exchange(last_, *now);
    if (now->looksLike(before))
        return FileEvent::None;
    // New permissions move the one time as well, and say nothing about the content.
    if (now->size == before.size && now->modifiedNs == before.modifiedNs &&
        now->permissions != before.permissions)
        return FileEvent::None;
    if (now->size > before.size)
        return FileEvent::Appended;
    return now->size < before.size ? FileEvent::Truncated : FileEvent::Written;
}

FileEvent FileWatch::pollName() {
    const Result<FileInfo> now = file_->infoByName();
    if (!now) {
        // A name that cannot be asked for another reason than being gone tells nothing.
        const bool deleted = now.error().isMissing();
        const bool isNews = deleted && name_ != FileEvent::Deleted;
        if (deleted)
            name_ = FileEvent::Deleted;
        return isNews ? FileEvent::Deleted : FileEvent::None;
    }
    const bool isOurs = now->identity == last_.identity;
    const bool isNews = !isOurs && now->identity != named_;
    name_ = isOurs ? FileEvent::None : FileEvent::Replaced;
    named_ = now->identity;
    return isNews ? FileEvent::Replaced : FileEvent::None;
}

}  // namespace octavo::core
