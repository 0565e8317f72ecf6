// How a long operation and whoever waits for it talk: two numbers and a flag.
//
// Thread rule: any thread may call anything at any time. The worker writes done and total and
// looks at isCancelled() between bounded steps; the window polls. Nothing blocks.
// Units: whatever the operation counts, as a rule bytes. Source of the idea: Hex Fiend's
// HFProgressTracker.
#pragma once

#include "core/base/types.h"

#include <atomic>

namespace octavo::core {

class Progress {
public:
    Offset done() const { return done_.load(std::memory_order_relaxed); }
    /// 0 while it is not known.
    Offset total() const { return total_.load(std::memory_order_relaxed); }
    bool isCancelled() const { return cancelled_.load(std::memory_order_relaxed); }

    void setDone(Offset done) { done_.store(done, std::memory_order_relaxed); }
    void addDone(Offset more) { done_.fetch_add(more, std::memory_order_relaxed); }
    void setTotal(Offset total) { total_.store(total, std::memory_order_relaxed); }
    void cancel() { cancelled_.store(true, std::memory_order_relaxed); }

private:
    std::atomic<Offset> done_ = 0;
    std::atomic<Offset> total_ = 0;
    std::atomic<bool> cancelled_ = false;
};

}  // namespace octavo::core
