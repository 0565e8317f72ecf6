#include "core/file/mapped_region.h"

#include "core/file/file_system.h"

#include <cstdint>

#include <sys/mman.h>

namespace octavo::core {

MappedRegion::MappedRegion(const Byte* data, Offset length, FileOffset fileOffset, int descriptor)
    : data_(data)
    , length_(length)
    , fileOffset_(fileOffset)
    , slot_(FaultGuard::watch(data, length, fileOffset, descriptor)) {}

MappedRegion::~MappedRegion() {
    // The slot goes first: once the address is free, another mapping may take it at once.
    FaultGuard::release(slot_);
    ::munmap(const_cast<Byte*>(data_), static_cast<std::size_t>(length_));
}

bool MappedRegion::populate(Extent extent) const {
    // A fault maps the pages around it that the kernel has, 64 KiB at a time as a rule: cheaper
    // than MADV_POPULATE_READ, which goes through every page by itself.
    constexpr Offset kAround = Offset{64} << 10;
    const volatile Byte* const data = data_;
    const auto address = static_cast<Offset>(reinterpret_cast<std::intptr_t>(data_));
    for (Offset at = extent.offset; at < extent.end(); at += kAround - (address + at) % kAround) {
        (void)data[at];
        if (isDamaged())
            return false;
    }
    return true;
}

void MappedRegion::release(Extent extent) const {
    const Offset lead = extent.offset % FileSystem::pageSize();
    ::madvise(const_cast<Byte*>(data_) + extent.offset - lead,
              static_cast<std::size_t>(lead + extent.length), MADV_DONTNEED);
}

bool MappedRegion::isDamaged() const {
    // The copies before this must not sink below the load of the mark.
    std::atomic_thread_fence(std::memory_order_acquire);
    return damage() != 0;
}

std::uint32_t MappedRegion::damage() const {
    return slot_->damage.load(std::memory_order_acquire);
}

}  // namespace octavo::core
