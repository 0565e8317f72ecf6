#include "core/content/kept_bytes.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

Status KeptBytes::add(FileOffset at, ByteSpan bytes, FileSystem& fileSystem,
                      const std::string& folder) {
    if (bytes.empty())
        return {};
    assert(runs_.empty() || at >= runs_.back().extent.end());
    const auto length = static_cast<Offset>(bytes.size());
    const Offset position = total_;
    if (file_ == nullptr && length <= memoryBudget_ - total_) {
        memory_.insert(memory_.end(), bytes.begin(), bytes.end());
    } else {
        if (file_ == nullptr) {
            Result<std::shared_ptr<File>> file = fileSystem.openUnnamed(folder);
            if (!file)
                file = fileSystem.openUnnamed("/var/tmp");  // a folder that is not ours
            if (!file)
                return file.error();
            file_ = *std::move(file);
        }
        const Offset inFile = position - static_cast<Offset>(memory_.size());
        if (const Status written = file_->writeAt({inFile}, bytes); !written)
            return written.error();
    }
    total_ += length;
    // A large extent arrives in blocks; together they are one run.
    const bool goesOn = !runs_.empty() && runs_.back().extent.end() == at &&
                        (position != static_cast<Offset>(memory_.size()) || file_ == nullptr);
    if (goesOn)
        runs_.back().extent.length += length;
    else
        runs_.push_back({{at, length}, position});
    return {};
}

FileExtent KeptBytes::next(FileOffset from) const {
    const auto run = std::ranges::upper_bound(runs_, from, {},
                                              [](const Run& each) { return each.extent.end(); });
    return run == runs_.end() ? FileExtent{{kMaxLength}, 0} : run->extent;
}

void KeptBytes::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                     Unreadable& unreadable) const {
    const auto run =
        std::ranges::upper_bound(runs_, at, {}, [](const Run& each) { return each.extent.end(); });
    assert(run != runs_.end() && run->extent.offset <= at);
    const Offset position = run->position + (at - run->extent.offset);
    if (position < static_cast<Offset>(memory_.size())) {
        std::copy_n(memory_.begin() + position, out.size(), out.begin());
        return;
    }
    const Result<std::size_t> got =
        file_->readAt({position - static_cast<Offset>(memory_.size())}, out);
    const std::size_t count = got ? *got : 0;
    if (count < out.size()) {
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), Byte{0});
        unreadable.add(
            {reportedAt + static_cast<Offset>(count), static_cast<Offset>(out.size() - count)});
    }
}

}  // namespace octavo::core
