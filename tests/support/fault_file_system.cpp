#include "tests/support/fault_file_system.h"

#include <cerrno>

#include <sys/mman.h>
#include <unistd.h>

namespace octavo::test {

using namespace octavo::core;

class FaultFile final : public PassingFile {
public:
    FaultFile(FaultFileSystem& owner, std::shared_ptr<File> real)
        : PassingFile(std::move(real)), owner_(owner) {}

    Result<FileInfo> info() const override {
        Result<FileInfo> info = real().info();
        if (info && owner_.frozen_)
            info->modifiedNs = info->changedNs = 1;
        return info;
    }

    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
        if (const int code = owner_.fail(path()))
            return Error::fromSystem("read", path(), code);
        const Offset end = at.value + static_cast<Offset>(out.size());
        if (!owner_.bad_.isEmpty() && at < owner_.bad_.end() && end > owner_.bad_.offset.value) {
            const Offset good = owner_.bad_.offset.value - at.value;
            if (good <= 0)
                return Error::fromSystem("read", path(), EIO);
            return real().readAt(at, out.first(static_cast<std::size_t>(good)));
        }
        return real().readAt(at, out);
    }

    Status writeAt(FileOffset at, ByteSpan bytes) override {
        if (owner_.minds(path())) {
            if (owner_.beforeWrite_)
                owner_.beforeWrite_();
            const std::lock_guard lock(owner_.mutex_);
            owner_.writes_.push_back({at, static_cast<Offset>(bytes.size())});
        }
        if (const int code = owner_.fail(path())) {
            // A full disk takes what still fits: half of it.
            (void)real().writeAt(at, bytes.first(bytes.size() / 2));
            return Error::fromSystem("write", path(), code);
        }
        return real().writeAt(at, bytes);
    }

    Status copyRange(const File& from, FileExtent extent, FileOffset to) override {
        if (const int code = owner_.fail(path())) {
            (void)PassingFile::copyRange(from, {extent.offset, extent.length / 2}, to);
            return Error::fromSystem("copy a range to", path(), code);
        }
        return PassingFile::copyRange(from, extent, to);
    }

    Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const override {
        const bool isBad = !owner_.bad_.isEmpty();
        if (length > owner_.mapLimit_ || (isBad && !owner_.mapsBad_))
            return Error::fromSystem("map", path(), ENOMEM);
        Result<std::shared_ptr<const MappedRegion>> region = real().map(at, length);
        if (region && isBad)
            mapNothing((*region)->data() + (owner_.bad_.offset - at));
        return region;
    }

    Status resize(Offset length) override {
        return unless("resize", [&] { return real().resize(length); });
    }
    Status sync() override {
        return unless("sync", [&] { return real().sync(); });
    }
    Status syncAll() override {
        return unless("sync", [&] { return real().syncAll(); });
    }
    Result<bool> lock() override {
        return unless("lock", [&] { return real().lock(); });
    }
    Result<std::vector<ForeignLock>> foreignLocks() const override {
        return real().foreignLocks();  // never needed: what fails here stops nobody
    }
    Status cloneRange(const File& from, FileExtent extent, FileOffset to) override {
        return unless("share blocks with",
                      [&] { return real().cloneRange(realOf(from), extent, to); });
    }
    Status insertRange(FileExtent extent) override {
        return unless("insert a range into", [&] { return real().insertRange(extent); });
    }
    Status collapseRange(FileExtent extent) override {
        return unless("collapse a range of", [&] { return real().collapseRange(extent); });
    }
    Status punchHole(FileExtent extent) override {
        return unless("punch a hole into", [&] { return real().punchHole(extent); });
    }
    Status preallocate(FileExtent extent, Preallocation size) override {
        return unless("take room for", [&] { return real().preallocate(extent, size); });
    }
    Result<std::vector<PlacedExtent>> layout(FileExtent extent) const override {
        return unless("ask for the layout of", [&] { return real().layout(extent); });
    }
    Status setPermissions(std::uint32_t permissions) override {
        return unless("set the permissions of", [&] { return real().setPermissions(permissions); });
    }
    Status setOwner(FileOwner owner) override {
        return unless("set the owner of", [&] { return real().setOwner(owner); });
    }
    Status setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) override {
        return unless("set the times of", [&] { return real().setTimes(accessedNs, modifiedNs); });
    }
    Result<std::vector<std::string>> copyAttributesFrom(const File& from) override {
        return unless("set the attributes of",
                      [&] { return real().copyAttributesFrom(realOf(from)); });
    }

private:
    /// What `call` returns, unless it is the turn of this call to fail.
    template <typename Call>
    auto unless(const char* operation, const Call& call) const -> decltype(call()) {
        if (const int code = owner_.fail(path()))
            return Error::fromSystem(operation, path(), code);
        return call();
    }

    /// Puts pages under the bad extent that have no bytes behind them: touching one is SIGBUS.
    void mapNothing(const Byte* address) const {
        const int empty = ::memfd_create("nothing", MFD_CLOEXEC);
        ::mmap(const_cast<Byte*>(address), static_cast<std::size_t>(owner_.bad_.length), PROT_READ,
               MAP_SHARED | MAP_FIXED, empty, 0);
        ::close(empty);
    }

    FaultFileSystem& owner_;
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

void FaultFileSystem::setFocus(const std::string& path) {
    const std::lock_guard lock(mutex_);
    focus_ = path;
}

bool FaultFileSystem::minds(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    return focus_.empty() || focus_ == path;
}

int FaultFileSystem::fail(const std::string& path) {
    if (!minds(path))
        return 0;
    const std::lock_guard lock(mutex_);
    if (!plan_.ofEveryThread && std::this_thread::get_id() != planner_)
        return 0;
    const int call = ++calls_;
    const bool fails =
        plan_.failAt > 0 && call >= plan_.failAt && call < plan_.failAt + plan_.failCount;
    return fails ? plan_.systemError : 0;
}

std::shared_ptr<File> FaultFileSystem::wrap(std::shared_ptr<File> file) {
    return std::make_shared<FaultFile>(*this, std::move(file));
}

template <typename Call>
auto FaultFileSystem::unless(const char* operation, const std::string& path, const Call& call)
    -> decltype(call()) {
    if (const int code = fail(path))
        return Error::fromSystem(operation, path, code);
    return call();
}

Result<std::shared_ptr<File>> FaultFileSystem::open(const std::string& path, OpenMode mode) {
    return unless("open", path, [&] { return PassingFileSystem::open(path, mode); });
}

Result<std::shared_ptr<File>> FaultFileSystem::openUnnamed(const std::string& folder) {
    return unless("create a temporary file in", folder,
                  [&] { return PassingFileSystem::openUnnamed(folder); });
}

Result<std::shared_ptr<File>> FaultFileSystem::openUnnamedToLink(const std::string& folder) {
    return unless("create a file without a name in", folder,
                  [&] { return PassingFileSystem::openUnnamedToLink(folder); });
}

Status FaultFileSystem::link(const File& file, const std::string& path) {
    return unless("link to", path, [&] { return PassingFileSystem::link(file, path); });
}

Status FaultFileSystem::rename(const std::string& from, const std::string& to) {
    return unless("rename to", to, [&] { return real().rename(from, to); });
}

Status FaultFileSystem::syncFolder(const std::string& folder) {
    return unless("sync", folder, [&] { return real().syncFolder(folder); });
}

Status FaultFileSystem::makeFolder(const std::string& path, std::uint32_t permissions) {
    return unless("make the folder", path, [&] { return real().makeFolder(path, permissions); });
}

Result<std::vector<std::string>> FaultFileSystem::list(const std::string& folder) {
    return unless("list", folder, [&] { return real().list(folder); });
}

Result<StorageSpace> FaultFileSystem::space(const std::string& path) {
    return unless("ask for the room at", path, [&] { return real().space(path); });
}

Result<StorageAbilities> FaultFileSystem::abilities(const std::string& folder) {
    return unless("ask about the file system of", folder, [&] { return real().abilities(folder); });
}

Result<FileAttributes> FaultFileSystem::attributes(const std::string& path) {
    return unless("ask for the attributes of", path, [&] { return real().attributes(path); });
}

Result<bool> FaultFileSystem::mayWrite(const std::string& path) {
    return unless("ask for the permissions of", path, [&] { return real().mayWrite(path); });
}

Result<bool> FaultFileSystem::mayReplace(const std::string& path) {
    return unless("ask for the permissions of", path, [&] { return real().mayReplace(path); });
}

}  // namespace octavo::test
