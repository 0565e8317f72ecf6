// A copy in memory: for files that are made while they are read, whose content is there once.
// Thread rule: immutable.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/file/content_reader.h"
#include "core/file/file_system.h"

namespace octavo::core {

class LoadedReader final : public ContentReader {
public:
    /// Such a file has no size, so there must be a limit.
    static constexpr Offset kMostBytes = Offset{64} << 20;

    explicit LoadedReader(Bytes content) : content_(std::move(content)) {}

    /// Reads `file` from its beginning to its end. TooLarge beyond kMostBytes; Cancelled where
    /// `progress` says so, which is asked between reads.
    static Result<Bytes> load(const File& file, Progress* progress);

    Offset length() const { return static_cast<Offset>(content_.size()); }
    void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;

private:
    Bytes content_;
};

}  // namespace octavo::core
