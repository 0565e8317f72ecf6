// Keeps readers of a file out while a save moves its bytes about.
//
// The reader's protocol, for each block: enter() (waits while the gate is closed), read, then ask
// isSame() and, where it is false, read again. A reader that was inside when the gate was closed
// may have seen bytes in the middle of their way; it finds another epoch.
//
// Thread rule: enter() and isSame() from any thread but the GUI's; close() and open() by whoever
// has the file's turn to save, and that thread must not enter() in between.
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>

namespace octavo::core {

class MoveGate {
public:
    /// Odd while the gate is closed.
    using Epoch = std::uint32_t;

    Epoch enter() const {
        Epoch epoch = epoch_.load(std::memory_order_acquire);
        while (isClosed(epoch)) {
            epoch_.wait(epoch, std::memory_order_acquire);
            epoch = epoch_.load(std::memory_order_acquire);
        }
        return epoch;
    }
    bool isSame(Epoch epoch) const {
        // What was read before this must have been read before this.
        std::atomic_thread_fence(std::memory_order_acquire);
        return epoch_.load(std::memory_order_acquire) == epoch;
    }

    bool isClosed() const { return isClosed(epoch_.load(std::memory_order_acquire)); }
    void close() {
        assert(!isClosed());
        epoch_.fetch_add(1, std::memory_order_acq_rel);
        // No byte may be moved under a reader that still sees the old epoch.
        std::atomic_thread_fence(std::memory_order_seq_cst);
    }
    void open() {
        assert(isClosed());
        epoch_.fetch_add(1, std::memory_order_acq_rel);
        epoch_.notify_all();
    }

private:
    static bool isClosed(Epoch epoch) { return epoch % 2 == 1; }

    std::atomic<Epoch> epoch_ = 0;
};

}  // namespace octavo::core
