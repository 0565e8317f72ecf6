// Standard output in large blocks, and the one line that an error is.
//
// Thread rule: write() on one thread; a FlushTimer may run beside it.
#pragma once

#include "core/base/result.h"

#include <string_view>
#include <thread>

namespace octavo::cli {

/// Exit statuses, as grep has them.
inline constexpr int kDone = 0;
inline constexpr int kNothingFound = 1;
inline constexpr int kFailed = 2;

class Output {
public:
    Output();

    /// False once something could not be written: what follows is in vain.
    bool write(std::string_view text);
    void flush();
    bool hasFailed() const { return systemError_ != 0; }
    /// Writes what is left and closes standard output. The last call.
    core::Status finish();

    /// Writes a line to standard error, behind what was put out before. For what is no error.
    void warn(std::string_view text);
    /// The same with an error. Returns kFailed.
    int fail(const core::Error& error);

private:
    void noteFailure();

    int systemError_ = 0;
};

/// Flushes standard output several times a second as long as it lives, so that a result that is
/// followed by a long search is seen at once, and dense ones still go out in blocks.
class FlushTimer {
public:
    FlushTimer();

private:
    std::jthread thread_;
};

}  // namespace octavo::cli
