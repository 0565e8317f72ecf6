// The memory of a process: readable in its regions, unreadable between them and when it is gone.
//
// The regions are asked for again when they are older than a quarter of a second; what changes in
// between shows as unreadable bytes.
// Thread rule: any thread.
#pragma once

#include "core/file/direct_reader.h"

#include <chrono>
#include <mutex>
#include <vector>

namespace octavo::core {

class ProcessReader final : public ContentReader {
public:
    explicit ProcessReader(std::shared_ptr<const File> file);

    void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    /// The first readable run that ends after `at`; empty, at kMaxLength, where there is none.
    FileExtent nextRegion(FileOffset at) const;

private:
    std::shared_ptr<const File> file_;
    DirectReader direct_;
    mutable std::mutex mutex_;
    mutable std::vector<FileExtent> regions_;                // guarded by mutex_
    mutable std::chrono::steady_clock::time_point asked_{};  // guarded by mutex_
};

}  // namespace octavo::core
