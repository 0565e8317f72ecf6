// Reads through read-only mappings: of the whole file where the system grants that, of sliding
// windows where it does not.
//
// The protocol for each block: hold the region, copy, ask for the damage mark, ask whether the
// file's size and time are still those from before the copy. The second question is for the last
// page of a cut file, which reads as zeros without any signal; the time is for a file that was cut
// and grew back within the copy. Whatever fails the questions is read again by plain reads, which
// tell exactly.
//
// Invariants
//   1. A byte that is not reported as unreadable was in the file at that place at some moment
//      during the call.
//   2. A region that was damaged is never read again; its window gets a new one, at a new address.
//   3. At most kMostWindows windows are mapped at a time, and all whole maps of the process
//      together stay below kMostMapped.
//   4. A hole is not touched through a map, in files that have less allocated than their size.
//   5. When the file has grown, no region is made longer: the whole one, or the last window, makes
//      place for a new one and is unmapped when its last reader lets go.
//
// Scans look at the mapping itself by view(), which populates their part of it and drops it behind
// them, so that the resident set stays small: 12.5 GB/s, warm, against 7.5 of plain reads. What
// they cannot have so, as every other read of more than kLargestCopy, goes to the file by a plain
// read, which leaves no page behind either.
//
// Thread rule: any thread.
#pragma once

#include "core/file/direct_reader.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace octavo::core {

class MappedReader final : public ContentReader {
public:
    enum class Mode { Whole, Windows, Direct };

    /// `largestMapping` and `windowLength` are multiples of the page size.
    MappedReader(std::shared_ptr<const File> file, const FileInfo& info, Offset largestMapping,
                 Offset windowLength);
    ~MappedReader() override;
    MappedReader(const MappedReader&) = delete;
    MappedReader& operator=(const MappedReader&) = delete;

    /// Direct where nothing could be mapped, or too much has been damaged since.
    Mode mode() const { return mode_.load(std::memory_order_relaxed); }

    void read(FileOffset at, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override;
    void extend(const FileInfo& now) const override;
    std::unique_ptr<SourceView> view(FileOffset at, Offset length) const override;

    static constexpr std::size_t kLargestCopy = std::size_t{64} << 10;

private:
    class View;
    struct Window {
        Offset index = -1;
        std::shared_ptr<const MappedRegion> region;
    };
    using Region = std::shared_ptr<const MappedRegion>;

    void layOut(Offset length) const;
    bool reserveWhole(Offset length) const;
    Region pin(FileOffset at) const;
    Region window(Offset index) const;
    void drop(const Region& damaged) const;
    void readBlock(FileOffset at, MutableByteSpan out, Offset reportedAt,
                   Unreadable& unreadable) const;
    std::size_t copyMapped(FileOffset at, MutableByteSpan out) const;
    void learn(const FileInfo& info) const;
    void readAroundHoles(FileOffset at, MutableByteSpan out, Offset reportedAt,
                         Unreadable& unreadable) const;

    static constexpr std::size_t kMostWindows = 16;
    static constexpr Offset kMostMapped = Offset{64} << 40;
    static constexpr std::uint32_t kMostDamage = 1000;  // patched pages

    std::shared_ptr<const File> file_;
    DirectReader direct_;
    const Offset largestMapping_;
    const Offset slidingLength_;
    mutable std::atomic<Mode> mode_;
    mutable std::atomic<Offset> knownSize_;
    mutable std::atomic<std::int64_t> knownTime_;
    mutable std::atomic<bool> hasHoles_;
    mutable std::atomic<std::uint32_t> damage_ = 0;
    mutable std::mutex mutex_;
    // Guarded by mutex_:
    mutable Offset length_ = 0;
    mutable Offset windowLength_ = 1;
    mutable Offset reserved_ = 0;          // of kMostMapped
    mutable std::vector<Window> windows_;  // most recently used last
};

}  // namespace octavo::core
