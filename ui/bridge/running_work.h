// How much work is running in the background or waiting to: jobs, and what is freed there. For the
// end of the program, where work that is left behind must not meet destructors.
//
// Thread rule: any thread.
#pragma once

#include <chrono>

namespace octavo::ui {

/// Counts as one for as long as it lives.
class RunningWork {
public:
    RunningWork();
    ~RunningWork();
    RunningWork(const RunningWork&) = delete;
    RunningWork& operator=(const RunningWork&) = delete;

    /// Waits until there is none; false when `limit` passed first.
    static bool waitForAll(std::chrono::milliseconds limit);
};

}  // namespace octavo::ui
