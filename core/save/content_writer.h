// Writes a snapshot whole into a new, empty file: what the file system can share with the old file
// is shared, known zeros stay holes, the rest is read and written block by block.
//
// Thread rule: a worker. Errors, in the words of `operation` and `path`: Unreadable where content
// cannot be read, Cancelled, System. What was written by then stays.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/content/snapshot.h"
#include "core/file/file_system.h"

#include <optional>
#include <string>

namespace octavo::core {

class ContentWriter {
public:
    /// A file whose bytes are those of a source, offset for offset, as long as this is used.
    struct Sharing {
        const File& file;
        SourceId source;
        Offset blockSize;  ///< what its file system shares
    };

    ContentWriter(const Snapshot& content, const char* operation, std::string path)
        : content_(content), operation_(operation), path_(std::move(path)) {}

    /// Blocks are shared with this file where the file system can.
    void shareWith(const Sharing& sharing) { sharing_.emplace(sharing); }
    Status write(File& file, Progress& progress);

    /// Bytes that were written, and bytes that were shared instead.
    Offset bytesWritten() const { return written_; }
    Offset bytesShared() const { return shared_; }

private:
    Result<bool> share(File& file, Offset at, FileExtent extent);
    Status writeBlocks(File& file, Extent extent, Progress& progress);
    Error error(ErrorCode code, const char* reason) const;

    const Snapshot& content_;
    const char* operation_;
    std::string path_;
    std::optional<Sharing> sharing_;
    Offset written_ = 0;
    Offset shared_ = 0;
    Bytes block_;
};

}  // namespace octavo::core
