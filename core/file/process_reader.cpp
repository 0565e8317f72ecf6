#include "core/file/process_reader.h"

#include <algorithm>

namespace octavo::core {

ProcessReader::ProcessReader(std::shared_ptr<const File> file)
    : file_(std::move(file)), direct_(file_) {}

FileExtent ProcessReader::nextRegion(FileOffset at) const {
    constexpr std::chrono::milliseconds kLifetime{250};
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - asked_ > kLifetime) {
        Result<std::vector<FileExtent>> regions = file_->regions();
        regions_ = regions ? *std::move(regions) : std::vector<FileExtent>();
        asked_ = now;
    }
    const auto found = std::ranges::upper_bound(regions_, at, {}, &FileExtent::end);
    return found == regions_.end() ? FileExtent{{kMaxLength}, 0} : *found;
}

void ProcessReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                         Unreadable& unreadable) const {
    while (!out.empty()) {
        const FileExtent region = nextRegion(at);
        const auto rest = static_cast<Offset>(out.size());
        const bool inside = region.offset <= at;
        const Offset count = std::min(rest, inside ? region.end() - at : region.offset - at);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(count));
        if (inside) {
            direct_.read(at, part, reportedAt, unreadable);
        } else {
            std::ranges::fill(part, Byte{0});
            unreadable.add({reportedAt, count});
        }
        at = at + count;
        reportedAt += count;
        out = out.subspan(part.size());
    }
}

}  // namespace octavo::core
