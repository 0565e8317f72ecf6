#include "tests/support/fault_file_system.h"

#include <cerrno>

#include <sys/mman.h>
#include <unistd.h>

namespace octavo::test {

using namespace octavo::core;

class FaultFile final : public File {
public:
    FaultFile(FaultFileSystem& owner, std::shared_ptr<File> real)
        : owner_(owner), real_(std::move(real)) {}

    const std::string& path() const override { return real_->path(); }
    Result<FileInfo> info() const override {
        Result<FileInfo> info = real_->info();
        if (info && owner_.frozen_)
            info->modifiedNs = info->changedNs = 1;
        return info;
    }
    Result<FileNature> nature() const override { return real_->nature(); }
    Result<std::vector<FileExtent>> regions() const override { return real_->regions(); }

    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
        if (const int code = owner_.fail())
            return Error::fromSystem("read", path(), code);
        const Offset end = at.value + static_cast<Offset>(out.size());
        if (!owner_.bad_.isEmpty() && at < owner_.bad_.end() && end > owner_.bad_.offset.value) {
            const Offset good = owner_.bad_.offset.value - at.value;
            if (good <= 0)
                return Error::fromSystem("read", path(), EIO);
            return real_->readAt(at, out.first(static_cast<std::size_t>(good)));
        }
        return real_->readAt(at, out);
    }

    Status writeAt(FileOffset at, ByteSpan bytes) override {
        if (owner_.beforeWrite_)
            owner_.beforeWrite_();
        {
            const std::lock_guard lock(owner_.mutex_);
            owner_.writes_.push_back({at, static_cast<Offset>(bytes.size())});
        }
        if (const int code = owner_.fail()) {
            // A full disk takes what still fits: half of it.
            (void)real_->writeAt(at, bytes.first(bytes.size() / 2));
            return Error::fromSystem("write", path(), code);
        }
        return real_->writeAt(at, bytes);
    }

    Status resize(Offset length) override {
        if (const int code = owner_.fail())
            return Error::fromSystem("resize", path(), code);
        return real_->resize(length);
    }

    Status setPermissions(std::uint32_t permissions) override {
        if (const int code = owner_.fail())
            return Error::fromSystem("set the permissions of", path(), code);
        return real_->setPermissions(permissions);
    }

    Status sync() override {
        if (const int code = owner_.fail())
            return Error::fromSystem("sync", path(), code);
        return real_->sync();
    }

    Result<bool> lock() override {
        if (const int code = owner_.fail())
            return Error::fromSystem("lock", path(), code);
        return real_->lock();
    }

    Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const override {
        const bool isBad = !owner_.bad_.isEmpty();
        if (length > owner_.mapLimit_ || (isBad && !owner_.mapsBad_))
            return Error::fromSystem("map", path(), ENOMEM);
        Result<std::shared_ptr<const MappedRegion>> region = real_->map(at, length);
        if (region && isBad)
            mapNothing((*region)->data() + (owner_.bad_.offset - at));
        return region;
    }

    Result<FileExtent> nextData(FileOffset from) const override { return real_->nextData(from); }

private:
    /// Puts pages under the bad extent that have no bytes behind them: touching one is SIGBUS.
    void mapNothing(const Byte* address) const {
        const int empty = ::memfd_create("nothing", MFD_CLOEXEC);
        ::mmap(const_cast<Byte*>(address), static_cast<std::size_t>(owner_.bad_.length), PROT_READ,
               MAP_SHARED | MAP_FIXED, empty, 0);
        ::close(empty);
    }

    FaultFileSystem& owner_;
    std::shared_ptr<File> real_;
};

void FaultFileSystem::setPlan(const Plan& plan) {
    const std::lock_guard lock(mutex_);
    plan_ = plan;
    planner_ = std::this_thread::get_id();
    calls_ = 0;
}

std::vector<FileExtent> FaultFileSystem::writes() const {
    const std::lock_guard lock(mutex_);
    return writes_;
}

int FaultFileSystem::fail() {
    const std::lock_guard lock(mutex_);
    if (!plan_.ofEveryThread && std::this_thread::get_id() != planner_)
        return 0;
    const int call = ++calls_;
    const bool fails =
        plan_.failAt > 0 && call >= plan_.failAt && call < plan_.failAt + plan_.failCount;
    return fails ? plan_.systemError : 0;
}

Result<std::shared_ptr<File>> FaultFileSystem::open(const std::string& path, OpenMode mode) {
    if (const int code = fail())
        return Error::fromSystem("open", path, code);
    Result<std::shared_ptr<File>> real = systemFileSystem().open(path, mode);
    if (!real)
        return real;
    return std::shared_ptr<File>(std::make_shared<FaultFile>(*this, *std::move(real)));
}

Result<FileInfo> FaultFileSystem::info(const std::string& path) {
    return systemFileSystem().info(path);
}

Result<std::shared_ptr<File>> FaultFileSystem::openUnnamed(const std::string& folder) {
    if (const int code = fail())
        return Error::fromSystem("create a temporary file in", folder, code);
    Result<std::shared_ptr<File>> real = systemFileSystem().openUnnamed(folder);
    if (!real)
        return real;
    return std::shared_ptr<File>(std::make_shared<FaultFile>(*this, *std::move(real)));
}

Status FaultFileSystem::rename(const std::string& from, const std::string& to) {
    if (const int code = fail())
        return Error::fromSystem("rename to", to, code);
    return systemFileSystem().rename(from, to);
}

Status FaultFileSystem::remove(const std::string& path) {
    return systemFileSystem().remove(path);
}

Status FaultFileSystem::syncFolder(const std::string& folder) {
    if (const int code = fail())
        return Error::fromSystem("sync", folder, code);
    return systemFileSystem().syncFolder(folder);
}

Status FaultFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    if (const int code = fail())
        return Error::fromSystem("make the folder", path, code);
    return systemFileSystem().makeFolder(path, permissions);
}

Result<std::vector<std::string>> FaultFileSystem::list(const std::string& folder) {
    if (const int code = fail())
        return Error::fromSystem("list", folder, code);
    return systemFileSystem().list(folder);
}

Result<std::string> FaultFileSystem::resolve(const std::string& path) {
    return systemFileSystem().resolve(path);
}

std::uint32_t FaultFileSystem::newFilePermissions() {
    return systemFileSystem().newFilePermissions();
}

}  // namespace octavo::test
