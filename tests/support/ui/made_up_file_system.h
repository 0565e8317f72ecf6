// A file system with one kind of file: as long as is asked, its bytes worked out from where they
// stand. For documents of up to 2^63 - 1 bytes that need no disk.
// Thread rule: any thread.
#pragma once

#include "core/file/file_system.h"

namespace octavo::test {

/// What stands at `offset` in every such file.
core::Byte madeUpByte(core::Offset offset);

class MadeUpFileSystem final : public core::FileSystem {
public:
    explicit MadeUpFileSystem(core::Offset length) : length_(length) {}

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
    core::Offset length_;
};

}  // namespace octavo::test
