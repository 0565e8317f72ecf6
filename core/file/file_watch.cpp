#include "core/file/file_watch.h"

namespace octavo::core {

FileWatch::FileWatch(std::shared_ptr<const MappedFile> file)
    : file_(std::move(file)), last_(file_->openedInfo()) {}

bool FileWatch::poll() {
    const Result<FileInfo> now = file_->currentInfo();
    if (!now) {
        const bool first = last_.has_value();
        last_.reset();
        return first;
    }
    const bool changed = !last_ || !now->looksLike(*last_);
    last_ = *now;
    return changed;
}

}  // namespace octavo::core
