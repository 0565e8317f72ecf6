// The real file system of POSIX and Linux.
//
// The calls are spread by subject: posix_file_system.cpp (names), posix_storage.cpp (what the file
// system is and can), posix_permissions.cpp (what this user may).
// Thread rule: any thread.
#pragma once

#include "core/file/file_system.h"

#include <map>
#include <mutex>
#include <utility>

namespace octavo::core {

class PosixFileSystem final : public FileSystem {
public:
    Result<std::shared_ptr<File>> open(const std::string& path, OpenMode mode) override;
    Result<FileInfo> info(const std::string& path) override;
    Result<std::shared_ptr<File>> openUnnamed(const std::string& folder) override;
    Result<std::shared_ptr<File>> openUnnamedToLink(const std::string& folder) override;
    Status link(const File& file, const std::string& path) override;
    Status rename(const std::string& from, const std::string& to) override;
    Status remove(const std::string& path) override;
    Status syncFolder(const std::string& folder) override;
    Status makeFolder(const std::string& path, std::uint32_t permissions) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<std::string> resolve(const std::string& path) override;

    Result<StorageSpace> space(const std::string& path) override;
    Result<StorageAbilities> abilities(const std::string& folder) override;

    Result<FileAttributes> attributes(const std::string& path) override;
    Result<bool> mayWrite(const std::string& path) override;
    Result<bool> mayReplace(const std::string& path) override;
    bool mayGiveTo(FileOwner owner) override;
    std::uint32_t user() const override;
    std::uint32_t newFilePermissions() override;

private:
    /// A mounted file system: its device and the number of the mount.
    using Mount = std::pair<std::uint64_t, std::uint64_t>;

    std::mutex mutex_;
    std::map<Mount, StorageAbilities> known_;  // guarded by mutex_
};

}  // namespace octavo::core
