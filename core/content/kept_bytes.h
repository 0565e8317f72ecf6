// Bytes of a file that a flush is about to overwrite, kept for undo steps and older snapshots.
//
// In memory up to a budget, beyond that in an unnamed temporary file.
// Thread rule: filled by one thread, then read-only and readable from any.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/file_system.h"

#include <memory>
#include <vector>

namespace octavo::core {

class KeptBytes {
public:
    /// Bytes kept in memory before the rest goes to a temporary file.
    static constexpr Offset kMemoryBudget = Offset{64} << 20;

    explicit KeptBytes(Offset memoryBudget = kMemoryBudget) : memoryBudget_(memoryBudget) {}

    /// Keeps `bytes`, which stand at `at` in the file; ascending and without overlap from call to
    /// call. Uses `fileSystem` for a temporary file in `folder` once memory is used up.
    Status add(FileOffset at, ByteSpan bytes, FileSystem& fileSystem, const std::string& folder);

    /// The first kept extent that ends after `from`; empty, at kMaxLength, where there is none.
    FileExtent next(FileOffset from) const;
    /// Reads bytes that lie within one kept extent.
    void read(FileOffset at, MutableByteSpan out, Offset reportedAt, Unreadable& unreadable) const;
    Offset total() const { return total_; }

private:
    struct Run {
        FileExtent extent;
        Offset position;  // in memory_ or, less memory_.size(), in file_
    };

    Offset memoryBudget_;
    Offset total_ = 0;
    std::vector<Run> runs_;
    Bytes memory_;
    std::shared_ptr<File> file_;
};

}  // namespace octavo::core
