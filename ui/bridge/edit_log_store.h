// The edit log of one document, for all who write it: what is to be written waits here in order,
// and one worker after the other writes it.
//
// The document's thread adds and never waits. When the log cannot be written the first failure is
// kept as news; what was added stays in line and is tried again with the next call.
//
// Thread rule: any thread. What says so waits for the disk, and for whoever is writing: workers
// only. Errors: those of core::EditLogWriter.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/document/edit_log_folder.h"
#include "core/document/edit_log_writer.h"
#include "core/save/save.h"

#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace octavo::ui {

class EditLogStore {
public:
    /// The file system must outlive it.
    EditLogStore(core::FileSystem& fileSystem, std::string folder);

    /// What the document's feed gave, in that order.
    void add(core::EditLogBatch batch);
    /// What is added from now on says what `log`, which was left behind, has said: it goes as soon
    /// as that is written.
    void takeOver(core::FoundLog log);

    /// Writes what was added. Waits.
    void write();
    /// Runs `save`, told of in the log before its first write and after its sync. A log that
    /// cannot be written is removed first, as it could not say what the file holds afterwards: see
    /// takeLost(). Returns what the save does. Waits.
    core::Status run(core::Save& save, core::Progress& progress);
    /// Copies what the log only refers to into it. Waits.
    void copyReferenced();
    /// Removes the log; nothing is written any more. Waits.
    void discard();

    /// Why the log could not be written, once, until it could be again.
    std::optional<core::Error> takeNews();
    /// True where the log lacks something that was added and written.
    bool isBehind() const { return writer_.isBehind(); }
    /// Once after run() has removed the log: the feed must begin anew.
    bool takeLost();
    /// Bytes of pending changes that are not in the log but referred to.
    core::Offset bytesReferenced() const { return writer_.bytesReferenced(); }

private:
    using Entry = std::variant<core::EditLogBatch, core::FoundLog>;

    std::vector<Entry> takeAdded();
    void writeAdded();
    void take(core::EditLogBatch batch);
    void take(core::FoundLog log);
    void note(const core::Status& status);
    std::optional<std::uint64_t> begin(const core::Save& save);

    core::FileSystem& fileSystem_;

    std::mutex addedMutex_;
    std::vector<Entry> added_;  // guarded by addedMutex_, as all up to the next mutex
    std::optional<core::Error> news_;
    bool lost_ = false;

    std::mutex writing_;
    core::EditLogWriter writer_;       // guarded by writing_, as all that follows
    std::vector<core::FoundLog> old_;  // taken over, and to be removed when the log says the same
    std::uint64_t flushes_ = 0;
    bool hasTold_ = false;
    bool discarded_ = false;
};

}  // namespace octavo::ui
