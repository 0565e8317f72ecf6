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

class GatedFile final : public File {
public:
    GatedFile(std::shared_ptr<File> file, std::shared_ptr<Gate> gate)
        : file_(std::move(file)), gate_(std::move(gate)) {}

    const std::string& path() const override { return file_->path(); }
    Result<FileInfo> info() const override { return file_->info(); }
    Result<FileNature> nature() const override { return file_->nature(); }
    Result<std::vector<FileExtent>> regions() const override { return file_->regions(); }
    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
        gate_->pass();
        return file_->readAt(at, out);
    }
    Status writeAt(FileOffset at, ByteSpan bytes) override { return file_->writeAt(at, bytes); }
    Status resize(Offset length) override { return file_->resize(length); }
    Status setPermissions(std::uint32_t permissions) override {
        return file_->setPermissions(permissions);
    }
    Status sync() override { return file_->sync(); }
    Result<bool> lock() override { return file_->lock(); }
    Result<std::shared_ptr<const MappedRegion>> map(FileOffset, Offset) const override {
        return Error::fromSystem("map", file_->path(), ENODEV);
    }
    Result<FileExtent> nextData(FileOffset from) const override { return file_->nextData(from); }

private:
    std::shared_ptr<File> file_;
    std::shared_ptr<Gate> gate_;
};

}  // namespace

Result<std::shared_ptr<File>> GatedFileSystem::open(const std::string& path, OpenMode mode) {
    Result<std::shared_ptr<File>> file = systemFileSystem().open(path, mode);
    if (!file) {
        return file.error();
    }
    return std::shared_ptr<File>(std::make_shared<GatedFile>(std::move(*file), gate_));
}

Result<FileInfo> GatedFileSystem::info(const std::string& path) {
    return systemFileSystem().info(path);
}

Result<std::shared_ptr<File>> GatedFileSystem::openUnnamed(const std::string& folder) {
    return systemFileSystem().openUnnamed(folder);
}

Status GatedFileSystem::rename(const std::string& from, const std::string& to) {
    return systemFileSystem().rename(from, to);
}

Status GatedFileSystem::remove(const std::string& path) {
    return systemFileSystem().remove(path);
}

Status GatedFileSystem::syncFolder(const std::string& folder) {
    return systemFileSystem().syncFolder(folder);
}

Status GatedFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    return systemFileSystem().makeFolder(path, permissions);
}

Result<std::vector<std::string>> GatedFileSystem::list(const std::string& folder) {
    return systemFileSystem().list(folder);
}

Result<std::string> GatedFileSystem::resolve(const std::string& path) {
    return systemFileSystem().resolve(path);
}

}  // namespace octavo::test
