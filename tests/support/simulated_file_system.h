// A file system in memory, for everything that must survive a kill, a full disk, a bad disk and a
// power cut.
//
// Calls that change something (changing calls) are counted and listed; those that ask or read
// (asking calls) are counted too. The n-th of either can be made to fail with an errno of choice,
// or to be the one at which the process is killed: from there on every call fails, whatever it is.
// The disk can be copied at any time, so that one run of a save can be crashed after each call:
//
//     SimulatedFileSystem files;
//     files.put("/file", old);
//     std::vector<SimulatedDisk> moments;
//     files.setAfterChange([&] { moments.push_back(files.disk()); });
//     ... save ...
//     for (const SimulatedDisk& moment : moments) {
//         for (const PowerCut& cut : powerCuts(moment.afterKill(), {.seed = seed})) {
//             SimulatedFileSystem after(cut.disk);
//             ... recover, compare after.content("/file"); on a failure print cut.how ...
//
// Files cannot be mapped, so that all readers use plain reads. Paths are absolute.
// Thread rule: any thread, as the seam itself; what a test sets and asks, between calls. Must
// outlive its files.
#pragma once

#include "core/file/file_system.h"
#include "tests/support/simulated_disk.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace octavo::test {

/// What was called, in the words of the seam: "writeAt", "rename", ...
struct SimulatedCall {
    std::string name;
    std::string path;
    core::FileExtent extent;  ///< where the call has one
};

struct SimulatedPlan {
    enum class Kind {
        Fail,  ///< the call fails, and `count` - 1 after it
        Kill,  ///< the process ends within the call
    };
    enum class Part {
        None,  ///< the call does nothing
        Half,  ///< a write does its first half, up to a whole sector; a shift half of its steps
        All,   ///< it does all there is to do, and only then fails
    };

    int at = 0;  ///< 1 for the next call; 0 for never
    Kind kind = Kind::Fail;
    int systemError = 28;  ///< ENOSPC; of Kind::Fail
    int count = 1;         ///< of Kind::Fail; a great number for "from there on"
    Part part = Part::Half;
    bool ofAsking = false;  ///< counts asking calls instead of changing ones
};

class SimulatedFileSystem final : public core::FileSystem {
public:
    explicit SimulatedFileSystem(const SimulatedOptions& options = {}) : disk_(options) {}
    /// The disk as somebody else left it.
    explicit SimulatedFileSystem(SimulatedDisk disk) : disk_(std::move(disk)) {}

    // For the test itself: never counted, never failing.

    /// Makes a file with this content, or gives one new content; folders as needed. Lasting.
    void put(const std::string& path, core::ByteSpan content, std::uint32_t permissions = 0644);
    void putDevice(const std::string& path, core::ByteSpan content);
    void putSymbolicLink(const std::string& path, const std::string& target);
    void setAttributes(const std::string& path, const SimulatedAttributes& attributes);
    SimulatedAttributes attributesOf(const std::string& path) const;
    /// Locks that somebody else holds.
    void setForeignLocks(const std::string& path, std::vector<core::ForeignLock> locks);
    bool exists(const std::string& path) const;
    core::Bytes content(const std::string& path) const;
    std::vector<std::string> names(const std::string& folder) const;

    void setPlan(const SimulatedPlan& plan);
    bool isKilled() const;
    /// Changing calls since the plan was set, and asking ones.
    int changes() const;
    int askings() const;
    /// All changing calls.
    std::vector<SimulatedCall> calls() const;
    /// Called after each changing call that was not killed, without a lock held.
    void setAfterChange(std::function<void()> hook) { afterChange_ = std::move(hook); }

    SimulatedDisk disk() const;
    /// Changes what the disk can do or how much it holds.
    void setOptions(const SimulatedOptions& options);

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
    std::uint32_t user() const override { return disk().options().user.user; }
    std::uint32_t newFilePermissions() override { return 0644; }

private:
    friend class SimulatedFile;

    /// How far a call may go, and the errno it has to fail with after that, or 0.
    struct Verdict {
        SimulatedPlan::Part part = SimulatedPlan::Part::All;
        int systemError = 0;
    };

    /// All with the lock held.
    Verdict judge(bool asks);
    core::Error killed(const char* operation, const std::string& path) const;
    /// Counts an asking call; an Error where it must fail.
    std::optional<core::Error> ask(const char* operation, const std::string& path);
    /// Without the lock held: one changing call. `work` is given the part of it that is to be done
    /// and returns an errno or 0.
    template <typename Work>
    core::Status change(const SimulatedCall& call, const char* operation, const Work& work);

    std::string followed(const std::string& path) const;
    /// The path of a name that need not exist: its folder followed, and its last part.
    std::string nameOf(const std::string& path) const;
    std::optional<InodeNumber> found(const std::string& path) const;
    /// An errno, or 0.
    int mayMakeNames(const std::string& folder) const;
    int mayTakeName(const std::string& path) const;
    bool mayWriteTo(const SimulatedInode& inode) const;
    core::FileInfo infoOf(InodeNumber number) const;
    void makeFolders(const std::string& path, std::uint32_t permissions);
    void fill(const std::string& path, InodeNumber number, core::ByteSpan content);
    InodeNumber placed(const std::string& path, core::FileKind kind, std::uint32_t permissions);
    std::shared_ptr<core::File> opened(InodeNumber number, const std::string& path, bool writable,
                                       bool linkable);
    core::Result<std::shared_ptr<core::File>> create(const std::string& path);
    core::Result<std::shared_ptr<core::File>> createUnnamed(const char* name,
                                                            const std::string& folder, bool can);

    mutable std::mutex mutex_;  // guards all below but the hook
    SimulatedDisk disk_;
    SimulatedPlan plan_;
    int changes_ = 0;
    int askings_ = 0;
    bool killed_ = false;
    std::vector<SimulatedCall> calls_;
    std::map<InodeNumber, const core::File*> lockHolders_;
    std::map<InodeNumber, std::vector<core::ForeignLock>> foreignLocks_;
    std::function<void()> afterChange_;
};

// ---- implementation

template <typename Work>
core::Status SimulatedFileSystem::change(const SimulatedCall& call, const char* operation,
                                         const Work& work) {
    int code = 0;
    {
        const std::lock_guard lock(mutex_);
        if (killed_)
            return killed(operation, call.path);
        calls_.push_back(call);
        const Verdict verdict = judge(false);
        code = work(verdict.part);
        if (killed_)
            return killed(operation, call.path);
        if (verdict.systemError != 0)
            code = verdict.systemError;
    }
    if (afterChange_)
        afterChange_();
    if (code != 0)
        return core::Error::fromSystem(operation, call.path, code);
    return {};
}

}  // namespace octavo::test
