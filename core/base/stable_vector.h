// An append-only array whose elements never move, so that readers need no lock.
//
// Chunk k holds FirstChunk * 2^k elements. The writer fills elements and then hands their
// positions to readers by some synchronised way (a snapshot); a reader never asks for a position
// it was not given.
//
// Thread rule: one writer; any number of readers of positions that were handed to them.
#pragma once

#include "core/base/types.h"

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

namespace octavo::core {

template <typename T, std::size_t FirstChunk>
class StableVector {
    static_assert(std::has_single_bit(FirstChunk));

public:
    StableVector() = default;
    ~StableVector() {
        for (auto& chunk : chunks_)
            delete[] chunk.load(std::memory_order_relaxed);
    }
    StableVector(const StableVector&) = delete;
    StableVector& operator=(const StableVector&) = delete;

    /// The writer's count of elements.
    std::size_t size() const { return size_; }

    /// Adds the elements and returns the position of the first.
    std::size_t append(std::span<const T> elements) {
        const std::size_t position = size_;
        while (!elements.empty()) {
            const Place place = locate(size_);
            T* chunk = ensureChunk(place.chunk);
            const std::size_t count = std::min(elements.size(), place.room);
            std::copy_n(elements.begin(), count, chunk + place.index);
            elements = elements.subspan(count);
            size_ += count;
        }
        return position;
    }

    const T& operator[](std::size_t position) const {
        const Place place = locate(position);
        return chunks_[place.chunk].load(std::memory_order_acquire)[place.index];
    }

    /// Copies out.size() elements from `position` on.
    void copy(std::size_t position, std::span<T> out) const {
        while (!out.empty()) {
            const Place place = locate(position);
            const T* chunk = chunks_[place.chunk].load(std::memory_order_acquire);
            const std::size_t count = std::min(out.size(), place.room);
            if constexpr (sizeof(T) == 1)
                copyShort(chunk + place.index, count, out.data());
            else
                std::copy_n(chunk + place.index, count, out.begin());
            out = out.subspan(count);
            position += count;
        }
    }

private:
    struct Place {
        std::size_t chunk;
        std::size_t index;
        std::size_t room;  // elements from index to the end of the chunk
    };

    /// A few bytes are what a document of many small edits is read by: a call for each of them
    /// would take longer than to copy them.
    static void copyShort(const T* from, std::size_t count, T* to) {
        constexpr std::size_t kStep = 16;
        constexpr std::size_t kAhead = 1024;
        if (count < kStep || count > 4 * kStep) {
            std::memcpy(to, from, count);
            return;
        }
        // Small pieces that follow one another were as a rule appended so too.
        __builtin_prefetch(from + kAhead);
        std::memcpy(to, from, kStep);
        if (count > 2 * kStep) {
            std::memcpy(to + kStep, from + kStep, kStep);
            std::memcpy(to + count - 2 * kStep, from + count - 2 * kStep, kStep);
        }
        std::memcpy(to + count - kStep, from + count - kStep, kStep);
    }

    static Place locate(std::size_t position) {
        const std::size_t scaled = position / FirstChunk + 1;
        const auto chunk = static_cast<std::size_t>(std::bit_width(scaled) - 1);
        const std::size_t begin = ((std::size_t{1} << chunk) - 1) * FirstChunk;
        const std::size_t length = FirstChunk << chunk;
        return {chunk, position - begin, length - (position - begin)};
    }

    T* ensureChunk(std::size_t chunk) {
        T* elements = chunks_[chunk].load(std::memory_order_relaxed);
        if (elements == nullptr) {
            elements = new T[FirstChunk << chunk];
            chunks_[chunk].store(elements, std::memory_order_release);
        }
        return elements;
    }

    std::array<std::atomic<T*>, 48> chunks_{};
    std::size_t size_ = 0;
};

}  // namespace octavo::core
