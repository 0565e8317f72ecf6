// Keeps the hits of a search in order, small enough for a hundred million of them, while others
// already look at them.
//
// The newest hits lie unpacked; kBlock of them at a time are packed into a block: a run, where they
// are equally far apart and alike (however many blocks that goes on for, it is one run), else the
// distances as varints, with length and the rest beside each where they are not all alike. Each
// block tells the number and the place of its first hit, so that any hit is found by its number or
// its offset in O(log n) and the unpacking of one block.
//
// Thread rule: add() on one thread at a time (the calls synchronised, as those of findAll() are);
// everything else on any thread at any time, of which none waits for longer than a block is packed.
// Cost: some bytes over one for a hit that follows within 127 bytes, over two within 16 KiB; a run
// costs nothing.
#pragma once

#include "core/base/types.h"
#include "core/search/hit.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace octavo::core {

class HitStore {
public:
    static constexpr std::size_t kBudget = std::size_t{256} << 20U;
    static constexpr std::size_t kBlock = 256;

    /// `budget` in bytes.
    explicit HitStore(std::size_t budget = kBudget) : budget_(budget) {}
    HitStore(const HitStore&) = delete;
    HitStore& operator=(const HitStore&) = delete;

    /// `hit` does not begin before the one before it. False, and nothing is added, where the budget
    /// is used up or the store was closed.
    bool add(const Hit& hit);
    /// No hit is taken any more, but for one that add() is taking already.
    void close() { isClosed_.store(true, std::memory_order_relaxed); }

    std::uint64_t size() const;
    bool isFull() const { return isFull_.load(std::memory_order_relaxed); }
    /// In bytes.
    std::size_t memory() const;

    /// The hits of the numbers from `first` on, at most `most` of them.
    std::vector<Hit> from(std::uint64_t first, std::size_t most) const;
    std::optional<Hit> at(std::uint64_t number) const;
    /// The number of the first hit that begins at `offset` or behind it; size() where there is
    /// none.
    std::uint64_t firstFrom(Offset offset) const;
    /// The first hits that have a byte in `extent`, or are empty and stand in it, at most `most`.
    /// Of hits longer than kReach that begin far in front of it only the last is looked for.
    std::vector<Hit> meeting(Extent extent, std::size_t most) const;
    static constexpr Offset kReach = 4096;

private:
    using Chunk = std::vector<Byte>;

    struct Block {
        std::uint64_t first = 0;  // number of the first hit
        Hit hit;                  // the first hit
        Offset stride = 0;        // of a run
        std::uint64_t count = 0;
        std::uint32_t chunk = 0;
        std::uint32_t position = 0;  // in the chunk
        bool isRun = false;
        bool isAlike = false;  // packed without length and the rest
    };

    void pack();
    bool continuesRun() const;
    Block describe() const;
    void write(Block& block);
    const Block* blockOf(std::uint64_t number) const;
    /// Calls `use(hit)` for each hit of the block from the one in it of number `index` on, until
    /// that answers false.
    template <typename Use>
    void unpack(const Block& block, std::uint64_t index, Use use) const;
    template <typename Use>
    void forEachFrom(std::uint64_t number, Use use) const;
    std::uint64_t firstFromLocked(Offset offset) const;
    std::uint64_t sizeLocked() const;

    const std::size_t budget_;
    std::atomic<bool> isClosed_ = false;
    std::atomic<bool> isFull_ = false;
    // Written by add() without the mutex: a slot beyond tailSize_ is seen by nobody else.
    std::array<Hit, kBlock> tail_ = {};
    std::atomic<std::size_t> tailSize_ = 0;

    mutable std::mutex mutex_;
    // Under the mutex, as is setting tailSize_ back.
    std::deque<Block> blocks_;
    std::deque<Chunk> chunks_;
    std::uint64_t packed_ = 0;
    Offset longest_ = 0;
};

}  // namespace octavo::core
