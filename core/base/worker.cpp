#include "core/base/worker.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include <pthread.h>

namespace octavo::core {

struct Worker::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable idle;
    std::deque<Task> queue;
    bool running = false;
    bool stopping = false;
};

Worker::Worker(const char* name) : state_(std::make_shared<State>()) {
    std::thread thread([state = state_] { run(state); });
    ::pthread_setname_np(thread.native_handle(), std::string(name).substr(0, 15).c_str());
    thread.detach();
}

Worker::~Worker() {
    std::deque<Task> dropped;
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
        dropped.swap(state_->queue);
    }
    state_->wake.notify_all();
}

void Worker::post(Task task) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->queue.push_back(std::move(task));
    }
    state_->wake.notify_one();
}

void Worker::clear() {
    // Freed outside the lock: a task may own the last reference to something large.
    std::deque<Task> dropped;
    const std::lock_guard lock(state_->mutex);
    dropped.swap(state_->queue);
    if (!state_->running)
        state_->idle.notify_all();
}

bool Worker::waitIdle(std::chrono::milliseconds limit) const {
    std::unique_lock lock(state_->mutex);
    return state_->idle.wait_for(lock, limit,
                                 [&] { return state_->queue.empty() && !state_->running; });
}

void Worker::run(const std::shared_ptr<State>& state) {
    std::unique_lock lock(state->mutex);
    for (;;) {
        state->wake.wait(lock, [&] { return state->stopping || !state->queue.empty(); });
        if (state->stopping)
            return;
        Task task = std::move(state->queue.front());
        state->queue.pop_front();
        state->running = true;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        state->running = false;
        if (state->queue.empty())
            state->idle.notify_all();
    }
}

}  // namespace octavo::core
