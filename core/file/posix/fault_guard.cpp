#include "core/file/fault_guard.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace octavo::core {

namespace {

/// A part of the table. Parts are added and never removed, so the handler walks them unlocked.
struct SlotBlock {
    std::array<FaultGuard::Slot, 256> slots;
    std::atomic<SlotBlock*> next = nullptr;
};

SlotBlock firstBlock;
struct sigaction earlierAction;
std::uintptr_t pageMask = 0;

FaultGuard::Slot* findSlot(std::uintptr_t address) {
    for (SlotBlock* block = &firstBlock; block != nullptr;
         block = block->next.load(std::memory_order_acquire)) {
        for (FaultGuard::Slot& slot : block->slots) {
            // `end` is written last and cleared first. The reader that faulted holds its mapping,
            // so its own slot stands still; a slot that changes under us belongs to another one.
            const std::uintptr_t end = slot.end.load(std::memory_order_acquire);
            const std::uintptr_t begin = slot.begin.load(std::memory_order_acquire);
            const bool isOneLife = slot.end.load(std::memory_order_acquire) == end;
            if (address < end && address >= begin && isOneLife)
                return &slot;
        }
    }
    return nullptr;
}

/// Says which addresses are about to be patched. Several threads may widen it at once.
void announce(FaultGuard::Slot& slot, std::uintptr_t from, std::uintptr_t to) {
    std::uintptr_t begin = slot.patchedBegin.load(std::memory_order_relaxed);
    while (from < begin && !slot.patchedBegin.compare_exchange_weak(begin, from)) {
    }
    std::uintptr_t end = slot.patchedEnd.load(std::memory_order_relaxed);
    while (to > end && !slot.patchedEnd.compare_exchange_weak(end, to)) {
    }
}

bool putZeros(FaultGuard::Slot& slot, std::uintptr_t from, std::uintptr_t to) {
    announce(slot, from, to);
    const int protection =
        slot.writable.load(std::memory_order_relaxed) ? PROT_READ | PROT_WRITE : PROT_READ;
    return ::mmap(reinterpret_cast<void*>(from), to - from, protection,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

bool repair(FaultGuard::Slot& slot, std::uintptr_t address) {
    const std::uintptr_t begin = slot.begin.load(std::memory_order_relaxed);
    const std::uintptr_t end = slot.end.load(std::memory_order_relaxed);
    const std::uintptr_t page = address & pageMask;

    // Before the patch: whoever sees a zero page must be able to see the mark.
    slot.damage.fetch_add(1, std::memory_order_seq_cst);

    struct stat status {};
    const bool known = ::fstat(slot.descriptor.load(std::memory_order_relaxed), &status) == 0;
    const Offset fault =
        slot.fileOffset.load(std::memory_order_relaxed) + static_cast<Offset>(page - begin);
    // The size of anything but a regular file (a block device) does not stand in its status.
    const bool beyondEnd = !known || (S_ISREG(status.st_mode) && fault >= status.st_size);
    const std::uintptr_t to = beyondEnd ? end : std::min(end, page + ~pageMask + 1);
    // A process may hold only so many mappings, and one page in the middle makes three of one.
    // The whole mapping at once makes none more.
    return putZeros(slot, page, to) || putZeros(slot, begin, end);
}

void passOn(int signal, siginfo_t* info, void* context) {
    if ((earlierAction.sa_flags & SA_SIGINFO) != 0 && earlierAction.sa_sigaction != nullptr) {
        earlierAction.sa_sigaction(signal, info, context);
    } else if (earlierAction.sa_handler != SIG_DFL && earlierAction.sa_handler != SIG_IGN) {
        earlierAction.sa_handler(signal);
    } else if (earlierAction.sa_handler == SIG_DFL || info->si_code > 0) {
        // Not ours and nobody else's: the load happens again and ends the program as it should.
        // A signal that was sent does not come again by itself.
        struct sigaction plain {};
        plain.sa_handler = SIG_DFL;
        ::sigaction(signal, &plain, nullptr);
        if (info->si_code <= 0)
            ::raise(signal);
    }
}

void onBusError(int signal, siginfo_t* info, void* context) {
    const int savedErrno = errno;
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    FaultGuard::Slot* slot = info->si_code > 0 ? findSlot(address) : nullptr;
    if (slot == nullptr || !repair(*slot, address))
        passOn(signal, info, context);
    errno = savedErrno;
}

void install() {
    static std::once_flag once;
    std::call_once(once, [] {
        pageMask = ~(static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE)) - 1);
        struct sigaction action {};
        action.sa_sigaction = onBusError;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        ::sigemptyset(&action.sa_mask);
        ::sigaction(SIGBUS, &action, &earlierAction);
    });
}

FaultGuard::Slot* takeSlot() {
    for (SlotBlock* block = &firstBlock;;) {
        for (FaultGuard::Slot& slot : block->slots) {
            bool expected = false;
            if (slot.taken.compare_exchange_strong(expected, true))
                return &slot;
        }
        SlotBlock* next = block->next.load(std::memory_order_acquire);
        if (next == nullptr) {
            auto* fresh = new SlotBlock;
            if (block->next.compare_exchange_strong(next, fresh))
                next = fresh;
            else
                delete fresh;
        }
        block = next;
    }
}

}  // namespace

FaultGuard::Slot* FaultGuard::watch(const void* begin, Offset length, FileOffset fileOffset,
                                    int descriptor, bool writable) {
    install();
    Slot* slot = takeSlot();
    const auto address = reinterpret_cast<std::uintptr_t>(begin);
    slot->damage.store(0, std::memory_order_relaxed);
    slot->patchedBegin.store(UINTPTR_MAX, std::memory_order_relaxed);
    slot->patchedEnd.store(0, std::memory_order_relaxed);
    slot->writable.store(writable, std::memory_order_relaxed);
    slot->descriptor.store(descriptor, std::memory_order_relaxed);
    slot->fileOffset.store(fileOffset.value, std::memory_order_relaxed);
    slot->begin.store(address, std::memory_order_relaxed);
    slot->end.store(address + static_cast<std::uintptr_t>(length), std::memory_order_release);
    return slot;
}

void FaultGuard::release(Slot* slot) {
    slot->end.store(0, std::memory_order_release);
    slot->begin.store(0, std::memory_order_release);
    slot->taken.store(false, std::memory_order_release);
}

}  // namespace octavo::core
