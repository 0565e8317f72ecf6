// A file system that passes every call on to another one: the base of those that do something to
// some of the calls.
//
// Files that stand for others are unwrapped before they go down, so a call with two files works
// between files of the same kind of wrapper.
// Thread rule: as the seam itself: any thread.
#pragma once

#include "core/file/file_system.h"

namespace octavo::test {

class PassingFile : public core::File {
public:
    explicit PassingFile(std::shared_ptr<core::File> real) : real_(std::move(real)) {}

    const std::string& path() const override { return real_->path(); }
    core::Result<core::FileInfo> info() const override;
    core::Result<core::FileNature> nature() const override;
    core::Result<std::vector<core::FileExtent>> regions() const override;
    core::Result<std::size_t> readAt(core::FileOffset at, core::MutableByteSpan out) const override;
    core::Status writeAt(core::FileOffset at, core::ByteSpan bytes) override;
    core::Status resize(core::Offset length) override;
    core::Status setPermissions(std::uint32_t permissions) override;
    core::Status sync() override;
    core::Status syncAll() override;
    core::Result<bool> lock() override;
    core::Result<std::vector<core::ForeignLock>> foreignLocks() const override;
    core::Result<std::shared_ptr<const core::MappedRegion>> map(core::FileOffset at,
                                                                core::Offset length) const override;
    core::Result<core::FileExtent> nextData(core::FileOffset from) const override;
    core::Status cloneRange(const core::File& from, core::FileExtent extent,
                            core::FileOffset to) override;
    core::Status copyRange(const core::File& from, core::FileExtent extent,
                           core::FileOffset to) override;
    core::Status insertRange(core::FileExtent extent) override;
    core::Status collapseRange(core::FileExtent extent) override;
    core::Status punchHole(core::FileExtent extent) override;
    core::Status preallocate(core::FileExtent extent, core::Preallocation size) override;
    core::Result<std::vector<core::PlacedExtent>> layout(core::FileExtent extent) const override;
    core::Status setOwner(core::FileOwner owner) override;
    core::Status setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) override;
    core::Result<std::vector<std::string>> copyAttributesFrom(const core::File& from) override;

    core::File& real() const { return *real_; }
    /// The file that `file` stands for; itself where it stands for none.
    static const core::File& realOf(const core::File& file);

private:
    std::shared_ptr<core::File> real_;
};

class PassingFileSystem : public core::FileSystem {
public:
    explicit PassingFileSystem(core::FileSystem& real = core::systemFileSystem()) : real_(real) {}

    core::Result<std::shared_ptr<core::File>> open(const std::string& path,
                                                   core::OpenMode mode) override;
    core::Result<core::FileInfo> info(const std::string& path) override;
    core::Result<std::shared_ptr<core::File>> openUnnamed(const std::string& folder) override;
    core::Result<std::shared_ptr<core::File>> openUnnamedToLink(const std::string& folder) override;
    core::Status link(const core::File& file, const std::string& path) override;
    core::Status rename(const std::string& from, const std::string& to) override;
    core::Status remove(const std::string& path) override;
    core::Status syncFolder(const std::string& folder) override;
    core::Status makeFolder(const std::string& path, std::uint32_t permissions) override;
    core::Result<std::vector<std::string>> list(const std::string& folder) override;
    core::Result<std::string> resolve(const std::string& path) override;
    core::Result<core::StorageSpace> space(const std::string& path) override;
    core::Result<core::StorageAbilities> abilities(const std::string& folder) override;
    core::Result<core::FileAttributes> attributes(const std::string& path) override;
    core::Result<bool> mayWrite(const std::string& path) override;
    core::Result<bool> mayReplace(const std::string& path) override;
    bool mayGiveTo(core::FileOwner owner) override;
    std::uint32_t user() const override;
    std::uint32_t newFilePermissions() override;

protected:
    core::FileSystem& real() const { return real_; }
    /// What stands for `file`, which was just opened; by default the file itself.
    virtual std::shared_ptr<core::File> wrap(std::shared_ptr<core::File> file) { return file; }

private:
    core::Result<std::shared_ptr<core::File>>
    wrapped(core::Result<std::shared_ptr<core::File>> opened);

    core::FileSystem& real_;
};

}  // namespace octavo::test
