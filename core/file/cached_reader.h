// Plain reads with a few pages kept for a moment, for files that cannot be mapped: on a network or
// FUSE file system each read is a journey, and the grid asks for small neighbouring extents.
//
// A page is believed for a quarter of a second and while the file's size and time stand still, so
// that what another program writes shows as soon as it does through a map.
// Thread rule: any thread.
#pragma once

#include "core/file/direct_reader.h"

#include <chrono>
#include <mutex>
#include <vector>

namespace octavo::core {

class CachedReader final : public ContentReader {
public:
    explicit CachedReader(std::shared_ptr<const File> file);

    void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    void forget() const override;

private:
    using Clock = std::chrono::steady_clock;
    static constexpr Offset kPage = Offset{1} << 16;
    static constexpr std::size_t kMostPages = 32;
    static constexpr std::chrono::milliseconds kLifetime{250};

    struct Page {
        Offset index = -1;
        Clock::time_point read;
        FileInfo info;
        Bytes bytes;
    };

    bool readCached(Offset index, Offset from, MutableByteSpan out, const FileInfo& info) const;

    std::shared_ptr<const File> file_;
    DirectReader direct_;
    mutable std::mutex mutex_;
    mutable std::vector<Page> pages_;      // most recently read last; guarded by mutex_
    mutable std::uint64_t forgotten_ = 0;  // how often; guarded by mutex_
};

}  // namespace octavo::core
