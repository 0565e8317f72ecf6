// Turns an unreadable page of a mapping into a mark instead of the end of the program.
//
// A load from a mapped page that has no byte behind it any more (the file was truncated) or that
// the device cannot deliver raises SIGBUS in the thread that loads. The handler looks the address
// up in a table of our mappings, sets the mapping's damage mark and *then* puts zero pages under
// the load: beyond the end of the file from the fault to the end of the mapping in one call, for
// an I/O error that one page. The thread goes on; whoever reads checks the mark after each block.
// Faults that are not ours go to the handler that was there before.
//
// A store faults in the same way where the file was cut, or where the disk has no room for a page
// that was a hole. It goes into the zero page then and reaches no file; the mark tells.
//
// Why not sigsetjmp around each block: GCC removes the arming store, and TSan dies. Why not
// process_vm_readv: half the speed.
//
// Thread rule: any thread; the handler is async-signal-safe and takes no lock.
#pragma once

#include "core/base/types.h"

#include <atomic>
#include <cstdint>

namespace octavo::core {

class FaultGuard {
public:
    /// One guarded mapping. A slot is free while `end` is 0.
    struct Slot {
        std::atomic<std::uintptr_t> begin = 0;
        std::atomic<std::uintptr_t> end = 0;
        std::atomic<Offset> fileOffset = 0;
        std::atomic<int> descriptor = -1;
        std::atomic<std::uint32_t> damage = 0;
        /// The addresses that may be patched lie within [patchedBegin, patchedEnd); written before
        /// the patch as the mark is. Empty while nothing is damaged.
        std::atomic<std::uintptr_t> patchedBegin = UINTPTR_MAX;
        std::atomic<std::uintptr_t> patchedEnd = 0;
        std::atomic<bool> writable = false;  ///< what the patch must be, so that a store goes on
        std::atomic<bool> taken = false;
    };

    /// Guards [begin, begin + length) and installs the handler on first use. Never fails: the
    /// table grows, and its memory is never given back. `writable` tells whether the mapping
    /// takes stores.
    static Slot* watch(const void* begin, Offset length, FileOffset fileOffset, int descriptor,
                       bool writable = false);
    /// Ends the guard; no thread may be reading the mapping any more.
    static void release(Slot* slot);
};

}  // namespace octavo::core
