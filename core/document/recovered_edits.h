// The pending edits of a run that ended without closing its document, as its edit log tells them.
//
// A flush that the log tells the beginning of and not the end has to be decided first: by the
// journal of the save, or by decideByContent(). Until then the changes are those from before it.
//
// Thread rule: a value for one thread at a time; snapshots of it for any. Reading and deciding wait
// for the disk: on a worker.
#pragma once

#include "core/base/result.h"
#include "core/content/file_version.h"
#include "core/content/snapshot.h"
#include "core/document/flush_bracket.h"
#include "core/document/logged_edits.h"
#include "core/file/file_system.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace octavo::core {

class RecoveredEdits {
public:
    /// The file that was edited, as it was when the log began or after a flush; its path is empty
    /// where the document had no file.
    const LoggedFile& file() const { return edits_.base.file; }
    bool isUntitled() const { return edits_.base.isUntitled(); }

    /// The document as it was last. Bytes of its file are read from what stands under its name
    /// now; those that are not to be had are unreadable.
    const Snapshot& snapshot() const { return snapshot_; }
    /// The source, in the snapshot, of the pieces that are the file in place.
    SourceId base() const { return edits_.base.source; }
    /// What is known of the changes beside that, and of some that are not there any more.
    const LoggedFacts& facts() const { return edits_.facts; }
    /// True where no change is left, on or off.
    bool isEmpty() const;
    /// Bytes at the end of the log that were damaged or not written whole: the last edits.
    Offset bytesLost() const { return edits_.bytesLost; }

    /// The flush that has begun and not ended, with the document as it was then.
    const LoggedFlush* openFlush() const;
    /// Brings everything over to the file as the flush left it. Not for Unknown, which leaves it
    /// open. `after` is how the file looks now, where that is known to be the flush's doing.
    void settleFlush(const FlushDecision& decision, const FileInfo* after = nullptr);

    /// What can be said of the bytes that a piece of a change shows; the worst is the last.
    enum class Content {
        Held,           ///< they are there
        OfFile,         ///< they are the edited file's own, from another place
        SourceChanged,  ///< they are another file's, which is not what it was, or not there
        Missing,        ///< they are not in the log
    };
    Content contentOf(const Piece& piece) const;

private:
    friend Result<RecoveredEdits> readEditLog(FileSystem& fileSystem, const std::string& path);
    explicit RecoveredEdits(LoggedEdits edits) : edits_(std::move(edits)) {}

    void open(FileSystem& fileSystem);
    void keepWhatIsHeld();
    std::shared_ptr<const Source> sourceOf(SourceId id) const;
    void settle(const std::vector<ChangeId>& written);
    void makeSnapshot();
    void noteHints();

    LoggedEdits edits_;
    std::shared_ptr<const FileVersion> version_;  // the file now; nothing where it is not there
    std::map<SourceId, std::shared_ptr<const FileVersion>> references_;  // those that hold
    SourceId lost_ = 0;  // shows the bytes of the file before that stand in the log
    Snapshot snapshot_;
};

/// Reads a log as far as it is whole, opens the file that was edited and those that are referred
/// to. A save that was interrupted in the edited file must have been settled (recover_save.h).
/// Errors: UnsupportedFile where it is no edit log, Unreadable where its beginning is damaged,
/// System.
Result<RecoveredEdits> readEditLog(FileSystem& fileSystem, const std::string& path);

/// What the edited file, as it is now, holds of the flush that has not ended: each change's bytes
/// are compared with those that were to be written and those that stood there. `file` is its
/// content, `length` its length.
FlushDecision decideByContent(const RecoveredEdits& edits, const Source& file, Offset length);

}  // namespace octavo::core
