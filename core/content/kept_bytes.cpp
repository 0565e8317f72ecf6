#include "core/content/kept_bytes.h"

#include <algorithm>
#include <cassert>

namespace octavo::core {

bool KeptBytes::Budget::take(Offset count) {
    Offset used = used_.load(std::memory_order_relaxed);
    while (count <= most_ - used) {
        if (used_.compare_exchange_weak(used, used + count, std::memory_order_relaxed))
            return true;
    }
    return false;
}

KeptBytes::Budget& KeptBytes::Budget::ofProcess() {
    // Needs no destructor, so it is there for whatever goes last at the end of the program.
    static constinit Budget budget(Offset{64} << 20);
    return budget;
}

KeptBytes::~KeptBytes() {
    budget_.giveBack(static_cast<Offset>(memory_.size()));
}

Status KeptBytes::add(FileOffset at, ByteSpan bytes, FileSystem& fileSystem,
                      const std::string& folder) {
    if (bytes.empty())
        return {};
    assert(runs_.empty() || at >= runs_.back().extent.end());
    const auto length = static_cast<Offset>(bytes.size());
    const Offset position = total_;
    if (file_ == nullptr && budget_.take(length)) {
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
    auto run =
        std::ranges::upper_bound(runs_, at, {}, [](const Run& each) { return each.extent.end(); });
    for (; !out.empty(); ++run) {
        assert(run != runs_.end() && run->extent.offset <= at);
        const Offset inRun = at - run->extent.offset;
        const Offset count = std::min(static_cast<Offset>(out.size()), run->extent.length - inRun);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(count));
        readRun(run->position + inRun, part, reportedAt, unreadable);
        at = at + count;
        reportedAt += count;
        out = out.subspan(part.size());
    }
}

void KeptBytes::readRun(Offset position, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
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
