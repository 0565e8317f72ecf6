#include "core/file/cached_reader.h"

#include <algorithm>

namespace octavo::core {

CachedReader::CachedReader(std::shared_ptr<const File> file)
    : file_(std::move(file)), direct_(file_) {}

void CachedReader::read(FileOffset at, MutableByteSpan out, Offset reportedAt,
                        Unreadable& unreadable) const {
    const Result<FileInfo> info = file_->info();
    // Large reads are scans: they come by once, and would throw out what is looked at.
    if (!info || static_cast<Offset>(out.size()) > kPage) {
        direct_.read(at, out, reportedAt, unreadable);
        return;
    }
    while (!out.empty()) {
        const Offset index = at.value / kPage;
        const Offset from = at.value % kPage;
        const auto count =
            static_cast<std::size_t>(std::min(static_cast<Offset>(out.size()), kPage - from));
        if (!readCached(index, from, out.first(count), *info))
            direct_.read(at, out.first(count), reportedAt, unreadable);
        at = at + static_cast<Offset>(count);
        reportedAt += static_cast<Offset>(count);
        out = out.subspan(count);
    }
}

void CachedReader::forget() const {
    const std::lock_guard lock(mutex_);
    pages_.clear();
    ++forgotten_;
}

/// False where the page cannot be read whole up to the end of `out`: the exact way must tell.
bool CachedReader::readCached(Offset index, Offset from, MutableByteSpan out,
                              const FileInfo& info) const {
    const auto copyFrom = [&](const Page& page) {
        if (static_cast<Offset>(page.bytes.size()) - from < static_cast<Offset>(out.size()))
            return false;
        std::copy_n(page.bytes.begin() + from, out.size(), out.begin());
        return true;
    };
    const Clock::time_point now = Clock::now();
    std::uint64_t forgotten = 0;
    {
        const std::lock_guard lock(mutex_);
        forgotten = forgotten_;
        std::erase_if(pages_, [&](const Page& page) {
            return now - page.read > kLifetime || !page.info.looksLike(info);
        });
        const auto found = std::ranges::find(pages_, index, &Page::index);
        if (found != pages_.end())
            return copyFrom(*found);
    }
    Page page{index, now, info, Bytes(static_cast<std::size_t>(kPage))};
    const Result<std::size_t> got = file_->readAt({index * kPage}, page.bytes);
    if (!got)
        return false;
    page.bytes.resize(*got);
    // A read that meets a truncation can see zeros that were never in the file.
    const Result<FileInfo> after = file_->info();
    if (!after || !after->looksLike(info))
        return false;
    const bool enough = copyFrom(page);
    const std::lock_guard lock(mutex_);
    if (forgotten_ != forgotten)
        return false;
    if (pages_.size() == kMostPages)
        pages_.erase(pages_.begin());
    pages_.push_back(std::move(page));
    return enough;
}

}  // namespace octavo::core
