// A file system that passes every call on to the real one until told to fail.
//
// Calls that can fail are counted, but for removing, resolving and asking for infos; the n-th can
// be made to fail with an errno of choice, once or from there on. Writes are recorded, so that a
// test can say what reached the file and when.
// Thread rule: as the seam itself: any thread. The plan is for the thread that sets it: calls of
// others are neither counted nor failed, so that readers beside a save meet a good disk.
#pragma once

#include "tests/support/passing_file_system.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace octavo::test {

class FaultFileSystem final : public PassingFileSystem {
public:
    struct Plan {
        int failAt = 0;        ///< 1 for the first call; 0 for never
        int failCount = 1;     ///< how many calls fail from there on
        int systemError = 28;  ///< ENOSPC
        /// Also the calls of other threads; for those who save on a worker.
        bool ofEveryThread = false;
    };

    void setPlan(const Plan& plan);
    /// From now on only what is done to the file at this path is counted, failed and recorded.
    void setFocus(const std::string& path);
    int calls() const { return calls_; }
    /// Extents given to writeAt, in order, whether they failed or not.
    std::vector<core::FileExtent> writes() const;
    /// Called before every write, on the writing thread.
    void setBeforeWrite(std::function<void()> hook) { beforeWrite_ = std::move(hook); }
    /// Bytes of every file that a read cannot deliver (EIO); mappings are refused while it is set.
    void setBadExtent(core::FileExtent extent) { bad_ = extent; }
    /// Grants mappings in spite of a bad extent, whose whole pages then fault for real.
    void setMapsBadExtent(bool maps) { mapsBad_ = maps; }
    /// Both times of every file stand still, as on a file system whose clock ticks slowly.
    void setFrozenTimes(bool frozen) { frozen_ = frozen; }
    /// The largest mapping that is granted; more is ENOMEM.
    void setMapLimit(core::Offset limit) { mapLimit_ = limit; }

    core::Result<std::shared_ptr<core::File>> open(const std::string& path,
                                                   core::OpenMode mode) override;
    core::Result<std::shared_ptr<core::File>> openUnnamed(const std::string& folder) override;
    core::Result<std::shared_ptr<core::File>> openUnnamedToLink(const std::string& folder) override;
    core::Status link(const core::File& file, const std::string& path) override;
    core::Status rename(const std::string& from, const std::string& to) override;
    core::Status syncFolder(const std::string& folder) override;
    core::Status makeFolder(const std::string& path, std::uint32_t permissions) override;
    core::Result<std::vector<std::string>> list(const std::string& folder) override;
    core::Result<core::StorageSpace> space(const std::string& path) override;
    core::Result<core::StorageAbilities> abilities(const std::string& folder) override;
    core::Result<core::FileAttributes> attributes(const std::string& path) override;
    core::Result<bool> mayWrite(const std::string& path) override;
    core::Result<bool> mayReplace(const std::string& path) override;

protected:
    std::shared_ptr<core::File> wrap(std::shared_ptr<core::File> file) override;

private:
    friend class FaultFile;
    bool minds(const std::string& path) const;
    /// Counts a call; an errno where it must fail, else 0.
    int fail(const std::string& path);
    /// What `call` returns, unless it is the turn of this call to fail.
    template <typename Call>
    auto unless(const char* operation, const std::string& path, const Call& call)
        -> decltype(call());

    std::string focus_;                                     // guarded by mutex_
    Plan plan_;                                             // guarded by mutex_
    std::thread::id planner_ = std::this_thread::get_id();  // guarded by mutex_
    std::atomic<int> calls_ = 0;
    std::function<void()> beforeWrite_;
    core::FileExtent bad_;
    bool mapsBad_ = false;
    bool frozen_ = false;
    core::Offset mapLimit_ = core::kMaxLength;
    mutable std::mutex mutex_;
    std::vector<core::FileExtent> writes_;
};

}  // namespace octavo::test
