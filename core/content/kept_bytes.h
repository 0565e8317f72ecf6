// Bytes of a file that a save is about to overwrite, kept for undo steps and older snapshots.
//
// In memory within a budget that all kept bytes of the process share, beyond that in an unnamed
// temporary file. Both go with the object, which the version of the file holds whose bytes they
// are.
// Thread rule: filled by one thread, then read-only and readable from any.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/base/unreadable.h"
#include "core/file/file_system.h"

#include <atomic>
#include <memory>
#include <vector>

namespace octavo::core {

class KeptBytes {
public:
    /// Memory that several KeptBytes share. Any thread; must outlive them.
    class Budget {
    public:
        explicit constexpr Budget(Offset most) : most_(most) {}

        Offset used() const { return used_.load(std::memory_order_relaxed); }
        /// False where there is not that much left.
        bool take(Offset count);
        void giveBack(Offset count) { used_.fetch_sub(count, std::memory_order_relaxed); }

        /// The one of the whole process: 64 MiB.
        static Budget& ofProcess();

    private:
        const Offset most_;
        std::atomic<Offset> used_ = 0;
    };

    explicit KeptBytes(Budget& budget = Budget::ofProcess()) : budget_(budget) {}
    ~KeptBytes();
    KeptBytes(const KeptBytes&) = delete;
    KeptBytes& operator=(const KeptBytes&) = delete;

    /// Keeps `bytes`, which stand at `at` in the file; ascending and without overlap from call to
    /// call. Uses `fileSystem` for a temporary file in `folder` once memory is used up. Errors:
    /// what the disk says; then nothing more can be added.
    Status add(FileOffset at, ByteSpan bytes, FileSystem& fileSystem, const std::string& folder);

    /// The first kept extent that ends after `from`; empty, at kMaxLength, where there is none.
    FileExtent next(FileOffset from) const;
    /// Reads bytes that are all kept.
    void read(FileOffset at, MutableByteSpan out, Offset reportedAt, Unreadable& unreadable) const;
    Offset total() const { return total_; }

private:
    struct Run {
        FileExtent extent;
        Offset position;  // in memory_ or, less memory_.size(), in file_
    };

    void readRun(Offset position, MutableByteSpan out, Offset reportedAt,
                 Unreadable& unreadable) const;

    Budget& budget_;
    Offset total_ = 0;
    std::vector<Run> runs_;
    Bytes memory_;
    std::shared_ptr<File> file_;
};

}  // namespace octavo::core
