#include "core/file/large_memory.h"

#include <cstdint>

#include <sys/mman.h>

namespace octavo::core {

void* mapLargePage(bool isLarge) {
    // Twice the room holds an aligned region somewhere; what lies around it is given back.
    void* const mapped = ::mmap(nullptr, 2 * kLargePage, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        return nullptr;
    auto* const begin = static_cast<std::byte*>(mapped);
    const std::size_t skipped =
        (kLargePage - reinterpret_cast<std::uintptr_t>(mapped) % kLargePage) % kLargePage;
    if (skipped > 0)
        ::munmap(begin, skipped);
    std::byte* const region = begin + skipped;
    ::munmap(region + kLargePage, kLargePage - skipped);
    if (isLarge)
        ::madvise(region, kLargePage, MADV_HUGEPAGE);  // advice: without it all works as well
    return region;
}

void unmapLargePage(void* region) {
    ::munmap(region, kLargePage);
}

}  // namespace octavo::core
