// An open file on POSIX: one descriptor, positional calls only.
// Thread rule: any thread.
#pragma once

#include "core/file/file_system.h"

namespace octavo::core {

class PosixFile final : public File {
public:
    /// Takes over `descriptor`.
    PosixFile(int descriptor, std::string path);
    ~PosixFile() override;
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    const std::string& path() const override { return path_; }
    Result<FileInfo> info() const override;
    Result<FileNature> nature() const override;
    Result<std::vector<FileExtent>> regions() const override;
    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override;
    Status writeAt(FileOffset at, ByteSpan bytes) override;
    Status resize(Offset length) override;
    Status setPermissions(std::uint32_t permissions) override;
    Status sync() override;
    Result<bool> lock() override;
    Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const override;
    Result<FileExtent> nextData(FileOffset from) const override;

private:
    Error failure(const char* operation) const;

    int descriptor_;
    std::string path_;
};

}  // namespace octavo::core
