#include "core/content/node_pool.h"

#include "core/file/large_memory.h"

#include <cstdint>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OCTAVO_WATCHED_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define OCTAVO_WATCHED_MEMORY 1
#endif
#endif

namespace octavo::core {

#ifdef OCTAVO_WATCHED_MEMORY

void* NodePool::take() {
    return ::operator new(slotSize_);
}

void NodePool::give(void* slot) noexcept {
    ::operator delete(slot);
}

#else

/// At the beginning of each region.
struct NodePool::Region {
    Region* previous = nullptr;
    Region* next = nullptr;
    Slot* free = nullptr;       // that were given back
    std::size_t used = 0;       // slots that are out
    std::size_t untouched = 0;  // offset of the first that never was
    bool isOpen = false;

    static constexpr std::size_t kHeader = 64;
    static Region* of(void* slot) {
        const auto address = reinterpret_cast<std::uintptr_t>(slot);
        return reinterpret_cast<Region*>(address - address % kLargePage);
    }
    bool isFull(std::size_t slotSize) const {
        return free == nullptr && untouched + slotSize > kLargePage;
    }
};

void* NodePool::take() {
    const std::lock_guard lock(mutex_);
    if (open_ == nullptr)
        open();
    Region* const region = open_;
    void* slot = region->free;
    if (slot != nullptr) {
        region->free = region->free->next;
    } else {
        slot = reinterpret_cast<std::byte*>(region) + region->untouched;
        region->untouched += slotSize_;
    }
    ++region->used;
    if (region->isFull(slotSize_))
        unlink(region);
    return slot;
}

void NodePool::give(void* slot) noexcept {
    const std::lock_guard lock(mutex_);
    Region* const region = Region::of(slot);
    region->free = new (slot) Slot{region->free};
    --region->used;
    if (!region->isOpen)
        link(region);
    // One empty region is kept, so that a tree at its edge does not map it again and again.
    if (region->used == 0 && (region->previous != nullptr || region->next != nullptr))
        close(region);
}

void NodePool::open() {
    void* const memory = mapLargePage(regions_ > 0);
    if (memory == nullptr)
        throw std::bad_alloc();
    auto* const region = new (memory) Region;
    region->untouched = Region::kHeader;
    ++regions_;
    link(region);
}

void NodePool::close(Region* region) noexcept {
    unlink(region);
    --regions_;
    unmapLargePage(region);
}

void NodePool::link(Region* region) noexcept {
    region->isOpen = true;
    region->previous = nullptr;
    region->next = open_;
    if (open_ != nullptr)
        open_->previous = region;
    open_ = region;
}

void NodePool::unlink(Region* region) noexcept {
    region->isOpen = false;
    if (region->previous != nullptr)
        region->previous->next = region->next;
    else
        open_ = region->next;
    if (region->next != nullptr)
        region->next->previous = region->previous;
    region->previous = region->next = nullptr;
}

#endif

}  // namespace octavo::core
