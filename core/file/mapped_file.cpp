#include "core/file/mapped_file.h"

#include <algorithm>
#include <cstring>

namespace octavo::core {

namespace {

// Bytes copied between two looks at the damage mark and the file's size.
constexpr std::size_t kBlock = std::size_t{1} << 20;
// Beyond this many damaged regions the file is no place for mappings.
constexpr int kMostDamage = 1000;

}  // namespace

Result<std::shared_ptr<MappedFile>> MappedFile::open(FileSystem& fileSystem,
                                                     const std::string& path) {
    return open(fileSystem, path, Options{});
}

Result<std::shared_ptr<MappedFile>>
MappedFile::open(FileSystem& fileSystem, const std::string& path, const Options& options) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::Read);
    if (!file)
        return std::move(file).error();
    const Result<FileInfo> info = (*file)->info();
    if (!info)
        return info.error();
    return std::shared_ptr<MappedFile>(new MappedFile(*std::move(file), *info, options));
}

MappedFile::MappedFile(std::shared_ptr<File> file, const FileInfo& info, const Options& options)
    : file_(std::move(file))
    , openedInfo_(info)
    , windowLength_(std::max<Offset>(info.size, 1))
    , mode_(Mode::Whole)
    , knownSize_(info.size) {
    if (info.size <= options.largestMapping) {
        if (info.size == 0 || pin(0))
            return;
    }
    windowLength_ = std::min(options.windowLength, options.largestMapping);
    mode_ = Mode::Windows;
    if (!pin(0))
        mode_ = Mode::Direct;
}

std::shared_ptr<const MappedRegion> MappedFile::pin(Offset index) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(windows_, index, &Window::index);
    if (found != windows_.end()) {
        std::rotate(found, found + 1, windows_.end());
        return windows_.back().region;
    }
    const FileOffset at{index * windowLength_};
    auto region = file_->map(at, std::min(windowLength_, length() - at.value));
    if (!region)
        return nullptr;
    if (windows_.size() == kMostWindows)
        windows_.erase(windows_.begin());
    windows_.push_back({index, *region});
    return *region;
}

void MappedFile::drop(const std::shared_ptr<const MappedRegion>& damaged) const {
    const std::lock_guard lock(mutex_);
    if (std::erase_if(windows_, [&](const Window& window) { return window.region == damaged; }) >
            0 &&
        damageCount_.fetch_add(1) + 1 >= kMostDamage)
        mode_ = Mode::Direct;
}

void MappedFile::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                      Unreadable& unreadable) const {
    while (!out.empty()) {
        std::size_t count = std::min(out.size(), kBlock);
        if (mode() == Mode::Direct) {
            readDirect(at, out.first(count), reportedAt, unreadable);
        } else {
            const Offset toWindowEnd = windowLength_ - at.value % windowLength_;
            count = static_cast<std::size_t>(std::min(static_cast<Offset>(count), toWindowEnd));
            readWindow(at, out.first(count), reportedAt, unreadable);
        }
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

void MappedFile::readWindow(FileOffset at, MutableByteSpan out, Offset reportedAt,
                            Unreadable& unreadable) const {
    const auto wanted = static_cast<Offset>(out.size());
    const std::shared_ptr<const MappedRegion> region = pin(at.value / windowLength_);
    // A file known to be shorter is not touched beyond its end: each touch would be a signal.
    if (!region || knownSize_.load(std::memory_order_relaxed) - at.value < wanted) {
        readDirect(at, out, reportedAt, unreadable);
        return;
    }
    std::memcpy(out.data(), region->data() + (at - region->fileOffset()), out.size());
    if (region->isDamaged()) {
        drop(region);
        readDirect(at, out, reportedAt, unreadable);
        return;
    }
    // The last page of a file that was cut reads as zeros beyond its end, without any signal.
    const Result<FileInfo> now = file_->info();
    const Offset size = now ? now->size : 0;
    knownSize_.store(size, std::memory_order_relaxed);
    if (size - at.value < wanted)
        readDirect(at, out, reportedAt, unreadable);
}

void MappedFile::readDirect(FileOffset at, MutableByteSpan out, Offset reportedAt,
                            Unreadable& unreadable) const {
    if (const Result<FileInfo> now = file_->info())
        knownSize_.store(now->size, std::memory_order_relaxed);
    while (!out.empty()) {
        const Result<std::size_t> got = file_->readAt(at, out);
        std::size_t count = got ? *got : 0;
        if (got && count < out.size()) {
            // The end of the file, or an error behind what came; a second call tells which.
            const Result<std::size_t> more =
                file_->readAt(at + static_cast<Offset>(count), out.subspan(count, 1));
            if (more && *more == 0) {
                std::fill(out.begin() + static_cast<std::ptrdiff_t>(count), out.end(), Byte{0});
                unreadable.add({reportedAt + static_cast<Offset>(count),
                                static_cast<Offset>(out.size() - count)});
                return;
            }
        }
        if (count == 0) {
            // The device cannot deliver this page; the next one may be good.
            const Offset page = FileSystem::pageSize();
            count = static_cast<std::size_t>(
                std::min(static_cast<Offset>(out.size()), page - at.value % page));
            std::fill_n(out.begin(), count, Byte{0});
            unreadable.add({reportedAt, static_cast<Offset>(count)});
        }
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

Offset MappedFile::holeLength(FileOffset at) const {
    const Result<FileExtent> data = file_->nextData(at);
    if (!data)
        return 0;
    return std::clamp<Offset>(std::min(data->offset.value, length()) - at.value, 0, length());
}

Result<FileExtent> MappedFile::nextData(FileOffset at) const {
    Result<FileExtent> data = file_->nextData(at);
    if (!data)
        return data;
    const FileOffset end{length()};
    if (data->offset >= end)
        return FileExtent{end, 0};
    data->length = std::min(data->length, end - data->offset);
    return data;
}

}  // namespace octavo::core
