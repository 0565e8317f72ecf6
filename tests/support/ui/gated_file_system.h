// A file system whose reads can be made to hang, like those of a disk that has stopped.
//
// Everything is the real file system's, but files cannot be mapped (so that every read passes
// here), and while the gate is closed a read waits for it. The gate may be opened again, or be
// left closed for ever: nobody may wait for the thread that hangs.
// Thread rule: any thread. The gate lives as long as somebody waits at it.
#pragma once

#include "tests/support/passing_file_system.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace octavo::test {

class Gate {
public:
    void close();
    void open();
    /// Waits while the gate is closed.
    void pass();
    /// How many threads wait at the gate.
    int waiting() const;
    /// How many have passed or come to wait.
    int visits() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable opened_;
    bool closed_ = false;
    int waiting_ = 0;
    int visits_ = 0;
};

class GatedFileSystem final : public PassingFileSystem {
public:
    explicit GatedFileSystem(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

protected:
    std::shared_ptr<core::File> wrap(std::shared_ptr<core::File> file) override;

private:
    std::shared_ptr<Gate> gate_;
};

}  // namespace octavo::test
