// An open file of a simulated file system.
// Thread rule: any thread, as the seam itself.
#pragma once

#include "tests/support/simulated_file_system.h"

namespace octavo::test {

class SimulatedFile final : public core::File {
public:
    /// One opening more of the file, counted by the disk already.
    SimulatedFile(SimulatedFileSystem& owner, InodeNumber number, std::string path, bool writable,
                  bool linkable);
    ~SimulatedFile() override;
    SimulatedFile(const SimulatedFile&) = delete;
    SimulatedFile& operator=(const SimulatedFile&) = delete;

    InodeNumber number() const { return number_; }
    bool isLinkable() const { return linkable_; }

    const std::string& path() const override { return path_; }
    core::Result<core::FileInfo> info() const override;
    core::Result<core::FileNature> nature() const override { return core::FileNature::Ordinary; }
    core::Result<std::vector<core::FileExtent>> regions() const override;
    core::Result<std::size_t> readAt(core::FileOffset at, core::MutableByteSpan out) const override;
    core::Status writeAt(core::FileOffset at, core::ByteSpan bytes) override;
    core::Status resize(core::Offset length) override;
    core::Status sync() override { return sync(false); }
    core::Status syncAll() override { return sync(true); }
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

    core::Status setPermissions(std::uint32_t permissions) override;
    core::Status setOwner(core::FileOwner owner) override;
    core::Status setTimes(std::int64_t accessedNs, std::int64_t modifiedNs) override;
    core::Result<std::vector<std::string>> copyAttributesFrom(const core::File& from) override;

    core::Result<bool> lock() override;
    core::Result<std::vector<core::ForeignLock>> foreignLocks() const override;

private:
    core::Status sync(bool all);
    /// One changing call; `work` is given the part of it that is done and returns an errno or 0.
    template <typename Work>
    core::Status change(const char* name, core::FileExtent extent, const char* operation,
                        const Work& work);
    template <typename T, typename Work>
    core::Result<T> ask(const char* operation, const Work& work) const;
    /// An errno where this file cannot be changed in this way.
    int refusal(bool can) const;
    void dropRights();
    template <typename Change>
    int changeAttributes(const Change& change);

    SimulatedFileSystem& owner_;
    InodeNumber number_;
    std::string path_;
    bool writable_;
    bool linkable_;
};

}  // namespace octavo::test
