// A file system of which one part can be held or made to fail: writes into the files whose paths
// begin as told.
//
// Thread rule: any thread. While the gate is closed a write waits at it.
#pragma once

#include "tests/support/passing_file_system.h"
#include "tests/support/ui/gated_file_system.h"

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace octavo::test {

class HeldFileSystem final : public PassingFileSystem {
public:
    explicit HeldFileSystem(std::string prefix) : plan_(std::make_shared<Plan>()) {
        plan_->prefix = std::move(prefix);
    }
    ~HeldFileSystem() override { plan_->gate.open(); }

    Gate& gate() { return plan_->gate; }
    /// An errno for every write; 0 lets them pass.
    void fail(int systemError) { plan_->systemError = systemError; }
    /// How many writes have been asked for.
    int writes() const { return plan_->writes; }

protected:
    std::shared_ptr<core::File> wrap(std::shared_ptr<core::File> file) override {
        if (!file->path().starts_with(plan_->prefix)) {
            return file;
        }
        return std::make_shared<HeldFile>(std::move(file), plan_);
    }

private:
    struct Plan {
        std::string prefix;
        Gate gate;
        std::atomic<int> systemError = 0;
        std::atomic<int> writes = 0;
    };

    class HeldFile final : public PassingFile {
    public:
        HeldFile(std::shared_ptr<core::File> file, std::shared_ptr<Plan> plan)
            : PassingFile(std::move(file)), plan_(std::move(plan)) {}

        core::Status writeAt(core::FileOffset at, core::ByteSpan bytes) override {
            ++plan_->writes;
            plan_->gate.pass();
            if (const int error = plan_->systemError; error != 0) {
                return core::Error::fromSystem("write", path(), error);
            }
            return PassingFile::writeAt(at, bytes);
        }

    private:
        std::shared_ptr<Plan> plan_;
    };

    std::shared_ptr<Plan> plan_;
};

}  // namespace octavo::test
