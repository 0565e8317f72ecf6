// An append-only list of splices and of marks ("kept") on changes, packed into some tens of bytes
// each (splice_packing.h), that can be walked both ways. What is cold can be moved to a file and
// fetched again.
//
// Positions are byte positions in the log and only grow, past clear() too; entries never change.
// Bytes lie in chunks: an entry lies within one, so a chunk is as long as its entries, and an entry
// that is longer than a chunk has one of its own. Bytes never move while they are in memory.
//
// Invariants: each chunk begins where the one before it ends; the last one, where entries are
// added, is in memory; what is not in memory is in the file.
//
// Thread rule: one thread, the document's; HistoryTransfer::run() on a worker. Walking never
// touches a file: see isLoaded().
// Cost: append() is O(size of the entry), without a copy and, but for one time in a chunk, without
// an allocation.
#pragma once

#include "core/base/types.h"
#include "core/document/splice.h"
#include "core/document/splice_log_entry.h"
#include "core/file/file_system.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::core {

class HistoryTransfer;

/// Where a chunk of the log stands in the file, and what it must be when it comes back.
struct StoredChunk {
    FileOffset at;
    std::uint64_t checksum = 0;
};

class SpliceLog {
public:
    using Position = std::uint64_t;

    static constexpr std::size_t kChunkSize = std::size_t{64} << 10U;

    /// Tests choose small chunks.
    explicit SpliceLog(std::size_t chunkSize = kChunkSize) : chunkSize_(chunkSize) {}
    SpliceLog(const SpliceLog&) = delete;
    SpliceLog& operator=(const SpliceLog&) = delete;

    Position end() const { return end_; }
    void append(const SpliceView& splice);
    void appendKept(ChangeId change, bool kept);
    /// Every entry goes; end() stays.
    void clear();

    /// True where everything in [begin, end) is in memory, so that it can be walked.
    bool isLoaded(Position begin, Position end) const;

    /// Walks the entries of [begin, end), two positions between entries, forwards or backwards.
    /// Only where isLoaded(). The entry is good until the next call. The log may be appended to
    /// meanwhile, and nothing else.
    class Walk {
    public:
        static Walk forwards(const SpliceLog& log, Position begin, Position end);
        static Walk backwards(const SpliceLog& log, Position begin, Position end);
        /// Nothing when all have been seen.
        const SpliceLogEntry* next();
        /// The border between the entries that were seen and those that were not.
        Position position() const { return at_; }

    private:
        Walk(const SpliceLog& log, Position at, Position stop, bool backwards);
        const SpliceLogEntry* nextForwards();
        const SpliceLogEntry* nextBackwards();

        const SpliceLog* log_;
        Position at_;
        Position stop_;
        bool backwards_;
        std::size_t chunk_ = 0;
        SpliceLogEntry entry_;
    };

    std::size_t bytesInMemory() const { return bytes_ + chunks_.capacity() * sizeof(Chunk); }
    /// True where every entry is in memory.
    bool isWhole() const { return unloaded_ == 0; }

    /// The number of the chunk that holds the byte at `position`, which lies before end().
    std::size_t chunkAt(Position position) const;

    /// What of the log is to stay in memory or come back to it.
    struct Needs {
        std::vector<std::size_t> chunks;  ///< by number, ascending
        Position present = 0;             ///< what lies far from here goes first
        std::size_t budget = 0;           ///< for bytesInMemory()
        /// Chunks from the one to before the other are read again though they could not be read.
        std::size_t retryFrom = 0;
        std::size_t retryBehind = 0;
    };
    /// Drops at once what is cold and stands in the file already. What must be written or read is
    /// for the transfer that is returned; nothing where there is nothing of that, or where one is
    /// under way. `folder` is where the file is made.
    std::shared_ptr<HistoryTransfer> prepareTransfer(const Needs& needs, FileSystem& fileSystem,
                                                     const std::string& folder);
    /// Takes what was read and drops what was written, but for what is needed by now. A transfer
    /// from before clear() is passed over.
    void finishTransfer(const HistoryTransfer& transfer,
                        const std::vector<std::size_t>& neededChunks);
    /// Lets chunks be stored again after a disk refused them.
    void retryStoring() { storingFailed_ = false; }

private:
    struct Chunk {
        Position begin = 0;
        std::size_t size = 0;      // of its entries; of the last chunk as far as they go
        std::size_t capacity = 0;  // of bytes
        std::shared_ptr<Byte[]> bytes;
        std::optional<StoredChunk> stored;
        bool unreadable = false;  // the file did not give it back
    };

    Byte* room(std::size_t bound);
    void addChunk(std::size_t size);
    void added(const Byte* end);
    void drop(Chunk& chunk);
    std::vector<std::size_t> coldChunks(const Needs& needs) const;
    static bool contains(const std::vector<std::size_t>& chunks, std::size_t chunk);

    const std::size_t chunkSize_;
    std::vector<Chunk> chunks_;
    Position end_ = 0;
    Byte* free_ = nullptr;      // where the next entry goes, in the last chunk
    std::size_t freeSize_ = 0;  // from there to the end of the last chunk
    std::size_t bytes_ = 0;     // of all chunks in memory
    std::size_t unloaded_ = 0;  // chunks that are not
    std::shared_ptr<File> file_;
    FileOffset fileEnd_;
    std::weak_ptr<HistoryTransfer> underWay_;
    bool storingFailed_ = false;
};

}  // namespace octavo::core
