// One background thread with a queue, which can be left behind.
//
// A thread that waits in the kernel for a stopped disk cannot be interrupted, so nobody may ever
// wait for one without limit: the destructor tells the thread to stop after the task at hand and
// detaches it. Whatever a task touches must therefore be owned by the task (shared pointers,
// values), never borrowed from the object that posted it.
//
// Thread rule: post() from any thread; tasks run one after the other, in order, on the worker.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace octavo::core {

class Worker {
public:
    using Task = std::function<void()>;

    /// Starts the thread. `name` is shown by the system's tools and cut to 15 characters.
    explicit Worker(const char* name);
    /// Drops what is queued and leaves a running task behind.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Task task);
    /// Drops the tasks that have not begun.
    void clear();
    /// Waits until nothing is queued or running; false when `limit` passed first.
    bool waitIdle(std::chrono::milliseconds limit) const;

private:
    struct State;
    static void run(const std::shared_ptr<State>& state);
    std::shared_ptr<State> state_;
};

}  // namespace octavo::core
