// Reads a journal that another run has left.
//
// Thread rule: one thread, which waits for the disk.
#pragma once

#include "core/base/progress.h"
#include "core/file/file_system.h"
#include "core/save/journal_record.h"

#include <memory>
#include <optional>
#include <string>

namespace octavo::core {

class JournalReader {
public:
    /// What lies at `path`; nothing where it is no journal that was written to its end. Errors:
    /// where it cannot be read, Cancelled.
    static Result<std::optional<JournalReader>> open(FileSystem& fileSystem,
                                                     const std::string& path, Progress& progress);

    const JournalHeader& header() const { return header_; }
    /// The file's path when the journal was written.
    const std::string& target() const { return target_; }

    /// The next run into `run`; false at the end.
    Result<bool> next(JournalRun& run);
    /// To the first run again.
    void rewind();

private:
    JournalReader(std::shared_ptr<File> file, const JournalHeader& header);

    Result<bool> isWhole(Progress& progress) const;
    Status readPath();
    /// The next bytes of the body; an error where there are not as many.
    Status take(MutableByteSpan out);
    Error damaged() const;

    std::shared_ptr<File> file_;
    JournalHeader header_;
    std::string target_;
    FileOffset at_;
    std::uint64_t runsLeft_ = 0;
};

}  // namespace octavo::core
