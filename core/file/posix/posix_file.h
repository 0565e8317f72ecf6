// An open file on POSIX: one descriptor, positional calls only.
//
// The calls are spread by subject: posix_file.cpp (content and size), posix_ranges.cpp (ranges and
// where they lie), posix_file_attributes.cpp, posix_locks.cpp.
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

    int descriptor() const { return descriptor_; }
    /// The descriptor of a file of this class; -1 of any other.
    static int descriptorOf(const File& file);

    const std::string& path() const override { return path_; }
    Result<FileInfo> info() const override;
    Result<FileNature> nature() const override;
    Result<std::vector<FileExtent>> regions() const override;
    Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override;
    Status writeAt(FileOffset at, ByteSpan bytes) override;
    Status resize(Offset length) override;
    Status sync() override;
    Status syncAll() override;
    Result<std::shared_ptr<const MappedRegion>> map(FileOffset at, Offset length) const override;
    Result<FileExtent> nextData(FileOffset from) const override;

    Status cloneRange(const File& from, FileExtent extent, FileOffset to) override;
    Status copyRange(const File& from, FileExtent extent, FileOffset to) override;
    Status insertRange(FileExtent extent) override;
    Status collapseRange(FileExtent extent) override;
    Status punchHole(FileExtent extent) override;
    Status preallocate(FileExtent extent, Preallocation size) override;
    Result<std::vector<PlacedExtent>> layout(FileExtent extent) const override;

    Status setPermissions(std::uint32_t permissions) override;
    Status setOwner(FileOwner owner) override;
    Status setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) override;
    Result<std::vector<std::string>> copyAttributesFrom(const File& from) override;

    Result<bool> lock() override;
    Result<std::vector<ForeignLock>> foreignLocks() const override;

private:
    Error failure(const char* operation) const;

    int descriptor_;
    std::string path_;
};

}  // namespace octavo::core
