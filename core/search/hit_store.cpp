#include "core/search/hit_store.h"

#include <algorithm>
#include <cassert>
#include <span>

namespace octavo::core {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18U;
/// Of one hit, packed with everything.
constexpr std::size_t kMostBytes = 10 + 10 + 2;

void putVarint(Bytes& out, std::uint64_t value) {
    constexpr unsigned kBits = 7;
    constexpr std::uint64_t kMore = 1U << kBits;
    while (value >= kMore) {
        out.push_back(static_cast<Byte>(value | kMore));
        value >>= kBits;
    }
    out.push_back(static_cast<Byte>(value));
}

std::uint64_t readVarint(const Byte*& at) {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const Byte byte = *at++;
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80)
            return value;
    }
}

bool areAlike(const Hit& a, const Hit& b) {
    return a.length == b.length && a.alternative == b.alternative && a.cut == b.cut;
}

}  // namespace

bool HitStore::add(const Hit& hit) {
    if (isClosed_.load(std::memory_order_relaxed) || isFull())
        return false;
    std::size_t size = tailSize_.load(std::memory_order_relaxed);
    if (size == kBlock) {
        pack();
        if (isFull())
            return false;
        size = 0;
    }
    assert(size == 0 || hit.offset >= tail_[size - 1].offset);
    tail_[size] = hit;
    tailSize_.store(size + 1, std::memory_order_release);
    return true;
}

void HitStore::pack() {
    const std::lock_guard lock(mutex_);
    for (const Hit& hit : tail_)
        longest_ = std::max(longest_, hit.length);
    if (continuesRun()) {
        blocks_.back().count += kBlock;
    } else {
        const std::size_t used =
            blocks_.size() * sizeof(Block) + chunks_.size() * kChunk + sizeof(*this);
        if (used + sizeof(Block) + kChunk > budget_) {
            isFull_.store(true, std::memory_order_relaxed);
            return;
        }
        Block block = describe();
        if (!block.isRun)
            write(block);
        blocks_.push_back(block);
    }
    packed_ += kBlock;
    tailSize_.store(0, std::memory_order_relaxed);
}

bool HitStore::continuesRun() const {
    if (blocks_.empty() || !blocks_.back().isRun)
        return false;
    const Block& run = blocks_.back();
    Offset before = run.hit.offset + run.stride * static_cast<Offset>(run.count - 1);
    for (const Hit& hit : tail_) {
        if (hit.offset - before != run.stride || !areAlike(hit, run.hit))
            return false;
        before = hit.offset;
    }
    return true;
}

HitStore::Block HitStore::describe() const {
    Block block;
    block.first = packed_;
    block.hit = tail_.front();
    block.count = kBlock;
    block.stride = tail_[1].offset - tail_[0].offset;
    block.isRun = true;
    block.isAlike = true;
    for (std::size_t i = 1; i < kBlock; ++i) {
        block.isAlike = block.isAlike && areAlike(tail_[i], block.hit);
        block.isRun = block.isRun && tail_[i].offset - tail_[i - 1].offset == block.stride;
    }
    block.isRun = block.isRun && block.isAlike;
    return block;
}

void HitStore::write(Block& block) {
    if (chunks_.empty() || chunks_.back().size() + kBlock * kMostBytes > kChunk) {
        chunks_.emplace_back();
        chunks_.back().reserve(kChunk);
    }
    Chunk& chunk = chunks_.back();
    block.chunk = static_cast<std::uint32_t>(chunks_.size() - 1);
    block.position = static_cast<std::uint32_t>(chunk.size());
    Offset before = block.hit.offset;
    for (const Hit& hit : tail_) {
        putVarint(chunk, static_cast<std::uint64_t>(hit.offset - before));
        before = hit.offset;
        if (!block.isAlike) {
            putVarint(chunk, static_cast<std::uint64_t>(hit.length));
            chunk.push_back(hit.alternative);
            chunk.push_back(hit.cut ? 1 : 0);
        }
    }
}

template <typename Use>
void HitStore::unpack(const Block& block, std::uint64_t index, Use use) const {
    Hit hit = block.hit;
    if (block.isRun) {
        for (; index < block.count; ++index) {
            hit.offset = block.hit.offset + block.stride * static_cast<Offset>(index);
            if (!use(hit))
                return;
        }
        return;
    }
    const Byte* at = chunks_[block.chunk].data() + block.position;
    for (std::uint64_t i = 0; i < block.count; ++i) {
        hit.offset += static_cast<Offset>(readVarint(at));
        if (!block.isAlike) {
            hit.length = static_cast<Offset>(readVarint(at));
            hit.alternative = *at++;
            hit.cut = *at++ != 0;
        }
        if (i >= index && !use(hit))
            return;
    }
}

std::uint64_t HitStore::sizeLocked() const {
    return packed_ + tailSize_.load(std::memory_order_acquire);
}

std::uint64_t HitStore::size() const {
    const std::lock_guard lock(mutex_);
    return sizeLocked();
}

std::size_t HitStore::memory() const {
    const std::lock_guard lock(mutex_);
    return sizeof(*this) + blocks_.size() * sizeof(Block) + chunks_.size() * kChunk;
}

const HitStore::Block* HitStore::blockOf(std::uint64_t number) const {
    const auto behind = std::partition_point(
        blocks_.begin(), blocks_.end(), [&](const Block& block) { return block.first <= number; });
    return behind == blocks_.begin() ? nullptr : &*std::prev(behind);
}

template <typename Use>
void HitStore::forEachFrom(std::uint64_t number, Use use) const {
    bool goesOn = true;
    while (goesOn && number < packed_) {
        const Block& block = *blockOf(number);
        unpack(block, number - block.first, [&](const Hit& hit) {
            goesOn = use(hit, number);
            ++number;
            return goesOn;
        });
    }
    const std::size_t tail = tailSize_.load(std::memory_order_acquire);
    for (; goesOn && number - packed_ < tail; ++number)
        goesOn = use(tail_[static_cast<std::size_t>(number - packed_)], number);
}

std::vector<Hit> HitStore::from(std::uint64_t first, std::size_t most) const {
    std::vector<Hit> hits;
    if (most == 0)
        return hits;
    const std::lock_guard lock(mutex_);
    forEachFrom(first, [&](const Hit& hit, std::uint64_t) {
        hits.push_back(hit);
        return hits.size() < most;
    });
    return hits;
}

std::optional<Hit> HitStore::at(std::uint64_t number) const {
    const std::vector<Hit> hits = from(number, 1);
    return hits.empty() ? std::nullopt : std::optional(hits.front());
}

std::uint64_t HitStore::firstFrom(Offset offset) const {
    const std::lock_guard lock(mutex_);
    return firstFromLocked(offset);
}

std::uint64_t HitStore::firstFromLocked(Offset offset) const {
    // The last block that begins in front of it holds the first hit behind, or the next one does.
    const auto behind =
        std::partition_point(blocks_.begin(), blocks_.end(),
                             [&](const Block& block) { return block.hit.offset < offset; });
    std::uint64_t number = 0;
    if (behind != blocks_.begin()) {
        const Block& block = *std::prev(behind);
        number = block.first;
        if (block.isRun && block.stride > 0) {
            const Offset skipped = (offset - block.hit.offset - 1) / block.stride + 1;
            number += std::min(static_cast<std::uint64_t>(skipped), block.count);
        }
    }
    std::uint64_t found = sizeLocked();
    forEachFrom(number, [&](const Hit& hit, std::uint64_t at) {
        if (hit.offset < offset)
            return true;
        found = at;
        return false;
    });
    return found;
}

std::vector<Hit> HitStore::meeting(Extent extent, std::size_t most) const {
    std::vector<Hit> hits;
    if (most == 0)
        return hits;
    const std::lock_guard lock(mutex_);
    Offset longest = longest_;
    const std::size_t tail = tailSize_.load(std::memory_order_acquire);
    for (const Hit& hit : std::span(tail_).first(tail))
        longest = std::max(longest, hit.length);
    const Offset reach = std::min({longest, kReach, extent.offset});
    std::uint64_t number = firstFromLocked(extent.offset - reach);
    if (number > 0)
        --number;
    forEachFrom(number, [&](const Hit& hit, std::uint64_t) {
        if (hit.offset >= extent.end())
            return false;
        if (hit.end() > extent.offset || hit.offset >= extent.offset)
            hits.push_back(hit);
        return hits.size() < most;
    });
    return hits;
}

}  // namespace octavo::core
