// Which bytes that the pieces of an edit log refer to stand in the log, and how the rest is to be
// found again.
//
//   typed, or in memory     in the log, always
//   a pattern               in the log, once
//   of a log before this    in the log, always: they are nowhere else
//   all else                in the log up to a budget: other places of the file itself, other
//                           files, other documents, what a flush has kept for undo
//   beyond the budget       a reference to the file, to be recovered if it is what it was; what is
//                           in no file is left out
//
// Bytes are logged once each. The file's own bytes at their own place are not logged, but for those
// that a flush is writing over.
//
// Thread rule: one thread at a time; write() reads sources, so a worker.
#pragma once

#include "core/base/result.h"
#include "core/content/piece_tree.h"
#include "core/content/source_table.h"
#include "core/document/edit_log_file.h"
#include "core/document/extent_set.h"
#include "core/file/file_system.h"

#include <map>

namespace octavo::core {

class EditLogContents {
public:
    /// Copies at most `mostCopied` bytes of "all else".
    EditLogContents(FileSystem& fileSystem, Offset mostCopied)
        : fileSystem_(&fileSystem), mostCopied_(mostCopied) {}

    /// Notes what the pieces in `entries` refer to. `overwritten` are places in the file `base`.
    void need(ByteSpan entries, const ExtentSet& overwritten);
    /// Writes to `log` what is needed and not there yet; the last of it to the end of `payload`.
    Status write(EditLogFile& log, const SourceTable& sources, SourceId base, Bytes& payload);
    /// What was written is lasting; or it is not, and is needed no more.
    void commit();
    void rollBack();

    /// From now on there is no budget, and what was left outside is needed.
    void copyEverything();
    /// How many bytes that the changes in `tree` show are not in the log.
    Offset outside(const PieceTree& tree) const;

private:
    struct Held {
        ExtentSet copied;
        ExtentSet outside;
        bool isSaid = false;  // the pattern, or the reference
    };
    struct Target {
        EditLogFile& log;
        const Source& source;
        SourceId id;
        Bytes& payload;
    };
    Status write(const Target& target, const ExtentSet& needed, bool isBase);
    Status copy(const Target& target, Extent extent);
    void refer(const Target& target);

    FileSystem* fileSystem_;
    Offset mostCopied_;
    Offset copied_ = 0;  // of "all else"
    std::map<SourceId, ExtentSet> needed_;
    std::map<SourceId, Held> held_;
    // Written and not lasting yet.
    Offset newlyCopied_ = 0;
    std::map<SourceId, Held> newlyHeld_;
};

}  // namespace octavo::core
