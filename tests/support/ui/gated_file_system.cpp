#include "tests/support/ui/gated_file_system.h"

#include <cerrno>
#include <utility>

namespace octavo::test {

using namespace core;

void Gate::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
}

void Gate::open() {
    const std::lock_guard lock(mutex_);
    closed_ = false;
    opened_.notify_all();
}

void Gate::pass() {
    std::unique_lock lock(mutex_);
    ++visits_;
    ++waiting_;
    opened_.wait(lock, [this] { return !closed_; });
    --waiting_;
}

int Gate::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

int Gate::visits() const {
    const std::lock_guard lock(mutex_);
    return visits_;
}

namespace {

class GatedFile final : public PassingFile {
public:
    GatedFile(std::shared_ptr<File> file, std::shared_ptr<Gate> gate)
        : PassingFile(std::move(file)), gate_(std::move(gate)) {}

    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
        gate_->pass();
        return real().readAt(at, out);
    }
    Result<std::shared_ptr<const MappedRegion>> map(FileOffset, Offset) const override {
        return Error::fromSystem("map", path(), ENODEV);
    }

private:
    std::shared_ptr<Gate> gate_;
};

}  // namespace

std::shared_ptr<File> GatedFileSystem::wrap(std::shared_ptr<File> file) {
    return std::make_shared<GatedFile>(std::move(file), gate_);
}

}  // namespace octavo::test
