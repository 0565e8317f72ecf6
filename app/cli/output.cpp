#include "app/cli/output.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>
#include <system_error>

namespace octavo::cli {

namespace {

constexpr std::size_t kBufferSize = std::size_t{256} << 10;
constexpr std::chrono::milliseconds kFlushInterval{100};

}  // namespace

Output::Output() {
    std::setvbuf(stdout, nullptr, _IOFBF, kBufferSize);
}

bool Output::write(std::string_view text) {
    if (!hasFailed() && std::fwrite(text.data(), 1, text.size(), stdout) < text.size()) {
        noteFailure();
    }
    return !hasFailed();
}

void Output::flush() {
    if (std::fflush(stdout) != 0) {
        noteFailure();
    }
}

void Output::noteFailure() {
    if (!hasFailed()) {
        systemError_ = errno != 0 ? errno : EIO;
    }
}

core::Status Output::finish() {
    // The timer may have met an error that no call here has seen.
    if (std::ferror(stdout) != 0) {
        errno = EIO;
        noteFailure();
    }
    if (std::fclose(stdout) != 0) {
        noteFailure();
    }
    if (hasFailed()) {
        return core::Error::fromSystem("write", "standard output", systemError_);
    }
    return {};
}

void Output::warn(std::string_view text) {
    // Behind what was put out, and whole even where others write to the same terminal.
    if (!hasFailed()) {
        std::fflush(stdout);
    }
    const std::string line = "octavo-cli: " + std::string(text) + '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

int Output::fail(const core::Error& error) {
    warn(error.message());
    return kFailed;
}

FlushTimer::FlushTimer() {
    const auto flushNowAndThen = [](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, stop, kFlushInterval, [&] { return stop.stop_requested(); })) {
            std::fflush(stdout);
        }
    };
    try {
        thread_ = std::jthread(flushNowAndThen);
    } catch (const std::system_error&) {
        // No thread to be had: the results come all the same, only in larger blocks.
    }
}

}  // namespace octavo::cli
