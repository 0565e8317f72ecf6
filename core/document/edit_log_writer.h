// Keeps the edit log of one document on the disk: what EditLogFeed gathered, with the bytes that it
// refers to, whole batches or nothing.
//
// There is a log as long as something is pending. It is made aside and renamed, claimed as long as
// this object lives, and begun anew when the document says so or when it has become much longer
// than what it says. What fails is tried again with the next call; until then the log stays what it
// was, and is whole.
//
// Around a flush: write() what the feed has, beginFlush(), save, endFlush(); then, on the
// document's thread, EditLogFeed::reset() and again write().
//
// Thread rule: one worker at a time; made and destroyed anywhere. What says so can be asked from
// any thread. Errors: System, above all a full disk.
#pragma once

#include "core/base/result.h"
#include "core/document/edit_log_batch.h"
#include "core/document/edit_log_contents.h"
#include "core/document/edit_log_file.h"
#include "core/document/edit_log_folder.h"
#include "core/document/flush_bracket.h"
#include "core/file/file_system.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octavo::core {

class EditLogWriter {
public:
    struct Options {
        /// Bytes of other files and documents that are copied into the log; of more it holds a
        /// reference. Typed bytes are always copied.
        Offset mostCopied = Offset{64} << 20U;
        /// A log of less is never rewritten for its length alone.
        Offset leastRewritten = Offset{1} << 20U;
    };

    EditLogWriter(FileSystem& fileSystem, std::string folder);
    EditLogWriter(FileSystem& fileSystem, std::string folder, const Options& options);
    /// The log stays, and is free to be recovered.
    ~EditLogWriter();
    EditLogWriter(const EditLogWriter&) = delete;
    EditLogWriter& operator=(const EditLogWriter&) = delete;

    /// The document has taken over what `log`, which was left behind, says: the next log takes its
    /// place in one step. Before the first write that says so.
    void takeOver(FoundLog log);

    /// Writes what the feed has given, and what could not be written before. Of a row of failures
    /// only the first is an error; see isBehind().
    Status write(EditLogBatch batch);
    /// True where the log lacks something that was given. Any thread.
    bool isBehind() const { return isBehind_.load(std::memory_order_relaxed); }

    /// Says that a flush is about to write, and returns when the disk knows. An error where it
    /// cannot be said, or something before it: a crash in the flush would then be a riddle. Of a
    /// flush of nothing, and without a log, nothing is said.
    Status beginFlush(const FlushPlan& plan);
    /// Says how it ended, and how the file looks now. Of a flush that failed the file has its old
    /// content; where it has not, nothing is to be said. What cannot be written is written later.
    Status endFlush(std::uint64_t id, bool succeeded, const FileInfo& after);

    /// Bytes of pending changes that are not in the log but referred to. Any thread.
    Offset bytesReferenced() const { return bytesReferenced_.load(std::memory_order_relaxed); }
    /// Copies them into the log; from now on everything is copied.
    Status copyReferenced();

    /// The document is closed, or nothing of it is to be recovered: the log goes, and so does one
    /// that was taken over.
    Status discard();

    /// Where the log is, or will be.
    const std::string& path() const { return path_; }

private:
    Status writeBacklog();
    Status take(const EditLogBatch& batch);
    Status takeEnd();
    Status begin(EditLogEntry::Base base, const Bytes& entries);
    Status append(EditLogFile& log, EditLogContents& contents, const ExtentSet& overwritten,
                  const Bytes& entries) const;
    Status rewriteWhereLong();
    Status remove();
    Status makeNameLasting();
    Status tell(const Status& status);

    FileSystem& fileSystem_;
    std::string folder_;
    Options options_;
    std::string path_;
    std::shared_ptr<File> claim_;  // of a log that was taken over and stands there yet
    std::unique_ptr<EditLogFile> log_;
    EditLogContents contents_;
    Offset lengthAtBegin_ = 0;
    bool isNameLasting_ = true;

    EditLogEntry::Base base_;  // without samples until a log was begun with it
    Snapshot snapshot_;        // of the last batch
    std::vector<EditLogBatch> backlog_;

    struct Flush {
        std::uint64_t id;
        ExtentSet overwritten;  // in the file before
        std::optional<EditLogEntry::FlushEnd> unwrittenEnd;
    };
    std::optional<Flush> flush_;  // until the log is begun anew behind it
    bool hasTold_ = false;        // that writing fails
    std::atomic<bool> isBehind_ = false;
    std::atomic<Offset> bytesReferenced_ = 0;
};

}  // namespace octavo::core
