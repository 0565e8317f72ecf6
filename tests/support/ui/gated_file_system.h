// A file system whose reads can be made to hang, like those of a disk that has stopped.
//
// Everything is the real file system's, but files cannot be mapped (so that every read passes
// here), and while the gate is closed a read waits for it. The gate may be opened again, or be
// left closed for ever: nobody may wait for the thread that hangs.
// Thread rule: any thread. The gate lives as long as somebody waits at it.
#pragma once

#include "core/file/file_system.h"

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

class GatedFileSystem final : public core::FileSystem {
public:
    explicit GatedFileSystem(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

    core::Result<std::shared_ptr<core::File>> open(const std::string& path,
                                                   core::OpenMode mode) override;
    core::Result<core::FileInfo> info(const std::string& path) override;
    core::Result<std::shared_ptr<core::File>> openUnnamed(const std::string& folder) override;
    core::Status rename(const std::string& from, const std::string& to) override;
    core::Status remove(const std::string& path) override;
    core::Status syncFolder(const std::string& folder) override;
    core::Status makeFolder(const std::string& path, std::uint32_t permissions) override;
    core::Result<std::vector<std::string>> list(const std::string& folder) override;
    core::Result<std::string> resolve(const std::string& path) override;

private:
    std::shared_ptr<Gate> gate_;
};

}  // namespace octavo::test
