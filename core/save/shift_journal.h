// The journal file of a shift: written whole and synced before the first block moves, then told at
// each step how far it has come.
//
// A kill finds every step in it; a power cut perhaps an older one, but for the one that says that
// all blocks have moved, which is synced.
// Thread rule: one thread, which waits for the disk; for whoever has the lock on the file.
#pragma once

#include "core/file/file_system.h"
#include "core/save/shift_record.h"

#include <memory>
#include <optional>
#include <string>

namespace octavo::core {

class ShiftJournal {
public:
    /// Of the file at `target`, symbolic links followed. Errors: NoRoom, System; nothing is left.
    static Result<std::unique_ptr<ShiftJournal>> create(FileSystem& fileSystem,
                                                        const std::string& target,
                                                        const FileInfo& info,
                                                        const ShiftRecord& record);

    /// What lies at `path`; nothing where it is no such journal, or was not written to its end.
    struct Found;
    static Result<std::optional<Found>> open(FileSystem& fileSystem, const std::string& path,
                                             OpenMode mode);

    Status mark(const ShiftProgress& progress);
    Status sync();
    /// Waits until the disk knows that it is gone: found again beside a file that has been written
    /// to since, it would lead back to a content that nobody knows any more.
    void remove();

private:
    ShiftJournal(FileSystem& fileSystem, std::shared_ptr<File> file) noexcept
        : fileSystem_(fileSystem), file_(std::move(file)) {}

    FileSystem& fileSystem_;
    std::shared_ptr<File> file_;
    std::uint64_t bodyLength_ = 0;
    std::uint64_t bodyHash_ = 0;
};

struct ShiftJournal::Found {
    std::unique_ptr<ShiftJournal> journal;
    ShiftRecord record;
    ShiftProgress progress;
};

}  // namespace octavo::core
