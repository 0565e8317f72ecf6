#include "core/file/guarded_mapping.h"

#include "core/file/file_system.h"

#include <atomic>
#include <cerrno>

#include <sys/mman.h>
#include <unistd.h>

namespace octavo::core {

Result<std::shared_ptr<GuardedMapping>> GuardedMapping::map(int descriptor, FileOffset offset,
                                                            Offset length, const MapKind& kind) {
    const Offset lead = offset.value % FileSystem::pageSize();
    const std::optional<Offset> total = checkedSum(length, lead);
    if (!total)
        return Error::invalid("map", "the length is too large");
    int protection = PROT_READ;
    if (kind.isWritable())
        protection |= PROT_WRITE;
    if (kind.executable)
        protection |= PROT_EXEC;
    // A private map of a huge file takes memory as it is written, not all of it at once.
    const int flags = kind.shared ? MAP_SHARED : MAP_PRIVATE | MAP_NORESERVE;
    void* base = ::mmap(nullptr, static_cast<std::size_t>(*total), protection, flags, descriptor,
                        offset.value - lead);
    if (base == MAP_FAILED)
        return Error::fromSystem("map", {}, errno);
    FaultGuard::Slot* slot =
        FaultGuard::watch(base, *total, {offset.value - lead}, descriptor, kind.isWritable());
    return std::shared_ptr<GuardedMapping>(
        new GuardedMapping(static_cast<Byte*>(base), lead, length, slot));
}

GuardedMapping::GuardedMapping(Byte* base, Offset lead, Offset length, FaultGuard::Slot* slot)
    : base_(base), lead_(lead), length_(length), slot_(slot) {}

GuardedMapping::~GuardedMapping() {
    FaultGuard::release(slot_);
    if (isInherited())
        ::munmap(base_, static_cast<std::size_t>(lead_ + length_));
}

std::uintptr_t GuardedMapping::address(Offset offset) const {
    return reinterpret_cast<std::uintptr_t>(data()) + static_cast<std::uintptr_t>(offset);
}

bool GuardedMapping::isPatched() const {
    std::atomic_thread_fence(std::memory_order_acquire);
    return slot_->damage.load(std::memory_order_acquire) != 0;
}

bool GuardedMapping::isPatched(Extent extent) const {
    // A fault of this thread is handled before the next instruction, so only the compiler could
    // move the loads and stores that were made on the map below the questions here.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (slot_->damage.load(std::memory_order_acquire) == 0 || extent.isEmpty())
        return false;
    return address(extent.offset) < slot_->patchedEnd.load(std::memory_order_acquire) &&
           address(extent.end()) > slot_->patchedBegin.load(std::memory_order_acquire);
}

bool GuardedMapping::isInherited() const {
    return onlyProcess_ == 0 || onlyProcess_ == ::getpid();
}

Extent GuardedMapping::pagesOf(Extent extent) const {
    const Offset at = lead_ + extent.offset;
    const Offset lead = at % FileSystem::pageSize();
    return {at - lead, lead + extent.length};
}

Status GuardedMapping::sync(Extent extent) const {
    const Extent pages = pagesOf(extent);
    if (::msync(base_ + pages.offset, static_cast<std::size_t>(pages.length), MS_SYNC) != 0)
        return Error::fromSystem("flush", {}, errno);
    return {};
}

Status GuardedMapping::advise(MemoryAdvice advice, Extent extent) {
    const std::optional<int> value = systemAdvice(advice);
    if (!value)
        return Error::invalid("advise", "the system knows no such advice");
    const Extent pages = pagesOf(extent);
    const auto length = static_cast<std::size_t>(pages.length);
    if (::madvise(base_ + pages.offset, length, *value) != 0)
        return Error::fromSystem("advise", {}, errno);
    if (advice == MemoryAdvice::DontFork)
        onlyProcess_ = ::getpid();
    else if (advice == MemoryAdvice::DoFork && extent == Extent{0, length_})
        onlyProcess_ = 0;
    return {};
}

}  // namespace octavo::core
