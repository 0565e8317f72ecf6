#include "ui/bridge/running_work.h"

#include <condition_variable>
#include <mutex>

namespace octavo::ui {

namespace {

/// Never destroyed: work may outlive main().
struct Count {
    std::mutex mutex;
    std::condition_variable none;
    int count = 0;

    static Count& instance() {
        static auto* const count = new Count;
        return *count;
    }
};

}  // namespace

RunningWork::RunningWork() {
    Count& running = Count::instance();
    const std::lock_guard lock(running.mutex);
    ++running.count;
}

RunningWork::~RunningWork() {
    Count& running = Count::instance();
    const std::lock_guard lock(running.mutex);
    if (--running.count == 0)
        running.none.notify_all();
}

bool RunningWork::waitForAll(std::chrono::milliseconds limit) {
    Count& running = Count::instance();
    std::unique_lock lock(running.mutex);
    return running.none.wait_for(lock, limit, [&] { return running.count == 0; });
}

}  // namespace octavo::ui
