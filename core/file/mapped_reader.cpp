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
    , largestMapping_(largestMapping)
    , slidingLength_(windowLength)
    , mode_(Mode::Whole)
    , knownSize_(info.size)
    , knownTime_(info.changedNs)
    , hasHoles_(hasHoles(info)) {
    const std::lock_guard lock(mutex_);
    layOut(info.size);
}

MappedReader::~MappedReader() {
    wholeMaps -= reserved_;
}

/// Chooses how to map a file of `length` bytes, and maps its beginning.
void MappedReader::layOut(Offset length) const {
    windows_.clear();
    length_ = length;
    if (length == 0)
        return;
    if (length <= largestMapping_ && reserveWhole(length)) {
        windowLength_ = length;
        if (window(0))
            return;
    }
    wholeMaps -= std::exchange(reserved_, 0);
    windowLength_ = std::min(slidingLength_, largestMapping_);
    mode_ = windowLength_ > 0 && window(0) ? Mode::Windows : Mode::Direct;
}

bool MappedReader::reserveWhole(Offset length) const {
    const Offset more = length - reserved_;
    Offset used = wholeMaps.load();
    while (more <= kMostMapped - used) {
        if (wholeMaps.compare_exchange_weak(used, used + more)) {
            reserved_ = length;
            return true;
        }
    }
    return false;
}

void MappedReader::extend(const FileInfo& now) const {
    const std::lock_guard lock(mutex_);
    if (now.size <= length_)
        return;
    if (mode() == Mode::Whole) {
        layOut(now.size);
    } else {
        length_ = now.size;
        std::erase_if(windows_,
                      [this](const Window& each) { return each.region->length() < windowLength_; });
    }
    learn(now);
}

/// The mapping that holds the byte at `at`; nothing where it cannot be mapped.
MappedReader::Region MappedReader::pin(FileOffset at) const {
    const std::lock_guard lock(mutex_);
    return at.value < length_ && mode() != Mode::Direct ? window(at.value / windowLength_)
                                                        : nullptr;
}

MappedReader::Region MappedReader::window(Offset index) const {
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

void MappedReader::drop(const Region& damaged) const {
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
    if (hasHoles_.load(std::memory_order_relaxed))
        readAroundHoles(at, out, reportedAt, unreadable);
    else
        readBlock(at, out, reportedAt, unreadable);
}

/// Keeps the region, and asks what the protocol asks.
class MappedReader::View final : public SourceView {
public:
    View(const MappedReader& reader, Region region, Extent part, Offset size, std::int64_t time)
        : reader_(reader), region_(std::move(region)), part_(part), size_(size), time_(time) {}
    ~View() override { region_->release(part_); }

    ByteSpan bytes() const override {
        return {region_->data() + part_.offset, static_cast<std::size_t>(part_.length)};
    }
    bool isGood() const override {
        if (region_->isDamaged()) {
            reader_.drop(region_);
            return false;
        }
        const Result<FileInfo> now = reader_.file_->info();
        return now && now->size == size_ && now->changedNs == time_;
    }

private:
    const MappedReader& reader_;
    Region region_;
    Extent part_;
    Offset size_;
    std::int64_t time_;
};

std::unique_ptr<SourceView> MappedReader::view(FileOffset at, Offset length) const {
    const Result<FileInfo> now = file_->info();
    if (!now || mode() == Mode::Direct || now->size < (at + length).value)
        return nullptr;
    if (hasHoles(*now)) {
        const Result<FileExtent> data = file_->nextData(at);
        if (!data || data->offset > at || data->end() < at + length)
            return nullptr;
    }
    const Region region = pin(at);
    if (!region || region->isDamaged())
        return nullptr;
    const Extent part{at - region->fileOffset(), length};
    if (part.end() > region->length() || !region->populate(part))
        return nullptr;
    return std::make_unique<View>(*this, region, part, now->size, now->changedNs);
}

void MappedReader::readBlock(FileOffset at, MutableByteSpan out, Offset reportedAt,
                             Unreadable& unreadable) const {
    while (!out.empty()) {
        const std::size_t count = mode() == Mode::Direct ? 0 : copyMapped(at, out);
        if (count == 0) {
            // A file that has grown back is mapped again from the next read on.
            if (const Result<FileInfo> now = file_->info())
                learn(*now);
            direct_.read(at, out, reportedAt, unreadable);
            return;
        }
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

void MappedReader::learn(const FileInfo& info) const {
    knownSize_.store(info.size, std::memory_order_relaxed);
    knownTime_.store(info.changedNs, std::memory_order_relaxed);
    hasHoles_.store(hasHoles(info), std::memory_order_relaxed);
}

/// Copies the part of `out` that lies in one mapping, and tells its length; 0 where what was copied
/// is not to be believed or nothing is mapped.
std::size_t MappedReader::copyMapped(FileOffset at, MutableByteSpan out) const {
    // Both from before the copy: another thread may learn better while this one copies.
    const Offset size = knownSize_.load(std::memory_order_acquire);
    const std::int64_t time = knownTime_.load(std::memory_order_acquire);
    const Region region = pin(at);
    if (!region)
        return 0;
    const Offset inRegion = at - region->fileOffset();
    const auto count = static_cast<std::size_t>(
        std::min(static_cast<Offset>(out.size()), region->length() - inRegion));
    // A file known to be shorter is not touched beyond its end: each touch would be a signal.
    if (size < (at + static_cast<Offset>(count)).value)
        return 0;
    std::memcpy(out.data(), region->data() + inRegion, count);
    if (region->isDamaged()) {
        drop(region);
        return 0;
    }
    const Result<FileInfo> now = file_->info();
    if (!now)
        return 0;
    hasHoles_.store(hasHoles(*now), std::memory_order_relaxed);
    return now->size == size && now->changedNs == time ? count : 0;
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
