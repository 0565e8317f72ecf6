#include "core/file/mapped_reader.h"

#include <algorithm>
#include <cstring>

namespace octavo::core {

namespace {

std::atomic<Offset> wholeMaps = 0;  // bytes of all whole maps of the process

bool hasHoles(const FileInfo& info) {
    return info.allocated < info.size;
}

}  // namespace

MappedReader::MappedReader(std::shared_ptr<const File> file, const FileInfo& info,
                           Offset largestMapping, Offset windowLength)
    : file_(std::move(file))
    , direct_(file_)
    , length_(info.size)
    , windowLength_(std::max<Offset>(info.size, 1))
    , mode_(Mode::Whole)
    , knownSize_(info.size)
    , knownTime_(info.changedNs)
    , hasHoles_(hasHoles(info)) {
    if (length_ == 0)
        return;
    if (length_ <= largestMapping && reserveWhole()) {
        if (pin(0))
            return;
        wholeMaps -= std::exchange(reserved_, 0);
    }
    windowLength_ = std::min(windowLength, largestMapping);
    mode_ = Mode::Windows;
    if (windowLength_ == 0 || !pin(0))
        mode_ = Mode::Direct;
}

MappedReader::~MappedReader() {
    wholeMaps -= reserved_;
}

bool MappedReader::reserveWhole() {
    Offset used = wholeMaps.load();
    while (length_ <= kMostMapped - used) {
        if (wholeMaps.compare_exchange_weak(used, used + length_)) {
            reserved_ = length_;
            return true;
        }
    }
    return false;
}

std::shared_ptr<const MappedRegion> MappedReader::pin(Offset index) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(windows_, index, &Window::index);
    if (found != windows_.end()) {
        std::rotate(found, found + 1, windows_.end());
        return windows_.back().region;
    }
    const FileOffset at{index * windowLength_};
    auto region = file_->map(at, std::min(windowLength_, length_ - at.value));
    if (!region)
        return nullptr;
    if (windows_.size() == kMostWindows)
        windows_.erase(windows_.begin());
    windows_.push_back({index, *region});
    return *region;
}

void MappedReader::drop(const std::shared_ptr<const MappedRegion>& damaged) const {
    const std::lock_guard lock(mutex_);
    const auto isDamaged = [&](const Window& window) { return window.region == damaged; };
    if (std::erase_if(windows_, isDamaged) == 0)
        return;  // another reader was first
    if (damage_ += damaged->damage(); damage_ >= kMostDamage) {
        mode_ = Mode::Direct;
        windows_.clear();
    }
}

void MappedReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
    if (out.size() > kLargestCopy) {
        direct_.read(at, out, reportedAt, unreadable);
        return;
    }
    while (!out.empty()) {
        const Offset toWindowEnd = windowLength_ - at.value % windowLength_;
        const auto count =
            static_cast<std::size_t>(std::min(static_cast<Offset>(out.size()), toWindowEnd));
        if (hasHoles_.load(std::memory_order_relaxed))
            readAroundHoles(at, out.first(count), reportedAt, unreadable);
        else
            readBlock(at, out.first(count), reportedAt, unreadable);
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

void MappedReader::readBlock(FileOffset at, MutableByteSpan out, Offset reportedAt,
                             Unreadable& unreadable) const {
    if (mode() != Mode::Direct && copyMapped(at, out))
        return;
    // A file that has grown back is mapped again from the next read on.
    if (const Result<FileInfo> now = file_->info())
        learn(*now);
    direct_.read(at, out, reportedAt, unreadable);
}

void MappedReader::learn(const FileInfo& info) const {
    knownSize_.store(info.size, std::memory_order_relaxed);
    knownTime_.store(info.changedNs, std::memory_order_relaxed);
    hasHoles_.store(hasHoles(info), std::memory_order_relaxed);
}

bool MappedReader::copyMapped(FileOffset at, MutableByteSpan out) const {
    const FileOffset end = at + static_cast<Offset>(out.size());
    // Both from before the copy: another thread may learn better while this one copies.
    const Offset size = knownSize_.load(std::memory_order_acquire);
    const std::int64_t time = knownTime_.load(std::memory_order_acquire);
    // A file known to be shorter is not touched beyond its end: each touch would be a signal.
    if (size < end.value)
        return false;
    const std::shared_ptr<const MappedRegion> region = pin(at.value / windowLength_);
    if (!region)
        return false;
    std::memcpy(out.data(), region->data() + (at - region->fileOffset()), out.size());
    if (region->isDamaged()) {
        drop(region);
        return false;
    }
    const Result<FileInfo> now = file_->info();
    if (!now)
        return false;
    hasHoles_.store(hasHoles(*now), std::memory_order_relaxed);
    return now->size == size && now->changedNs == time;
}

/// Zeros for what is a hole, and the map for the rest.
void MappedReader::readAroundHoles(FileOffset at, MutableByteSpan out, Offset reportedAt,
                                   Unreadable& unreadable) const {
    while (!out.empty()) {
        const Result<FileExtent> data = file_->nextData(at);
        const auto rest = static_cast<Offset>(out.size());
        if (!data) {
            direct_.read(at, out, reportedAt, unreadable);
            return;
        }
        const Offset hole = std::min(data->offset - at, rest);
        const Offset count = hole > 0 ? hole : std::min(rest, data->length);
        const MutableByteSpan part = out.first(static_cast<std::size_t>(count > 0 ? count : rest));
        if (hole > 0)
            std::ranges::fill(part, Byte{0});
        else if (count > 0)
            readBlock(at, part, reportedAt, unreadable);
        else
            direct_.read(at, part, reportedAt, unreadable);  // beyond the end of the file
        at = at + static_cast<Offset>(part.size());
        reportedAt += static_cast<Offset>(part.size());
        out = out.subspan(part.size());
    }
}

}  // namespace octavo::core
