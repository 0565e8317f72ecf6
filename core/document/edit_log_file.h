// The file of an edit log: records that are there whole or not at all.
//
//   file     "OctEdits", version (u32), 0 (u32), number of the log (u64); then records
//   record   length of the payload (u64), payload, checksum (u64)
//
// Numbers are little-endian. The checksum is XXH3 over the number of the log, where the record
// begins, the length and the payload, so that neither a part of a record nor one that was meant for
// another place is taken for a record. Reading stops at the first that does not agree.
//
// Thread rule: one thread at a time; they wait for the disk, so a worker.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/file_system.h"

#include <cstdint>
#include <memory>
#include <string>

namespace octavo::core {

class EditLogFile {
public:
    /// Makes `path`, which must not exist, for its owner alone, and claims it (File::lock()).
    static Result<std::unique_ptr<EditLogFile>> create(FileSystem& fileSystem,
                                                       const std::string& path);

    const std::shared_ptr<File>& file() const { return file_; }
    Offset length() const { return end_; }

    /// Writes a record behind the last one. sync() makes all that were added lasting; where a call
    /// fails, none of them count, and the file is cut before the next is added.
    Status add(ByteSpan payload);
    Status sync();

private:
    EditLogFile(std::shared_ptr<File> file, std::uint64_t number)
        : file_(std::move(file)), number_(number) {}
    Status write(ByteSpan bytes);
    Status failed(Error error);

    std::shared_ptr<File> file_;
    std::uint64_t number_;
    Offset end_ = 0;
    Offset synced_ = 0;     // end_ at the last sync
    bool mustCut_ = false;  // behind end_ is what must not be there
};

/// Reads the records of a log from the first on.
class EditLogRecords {
public:
    /// UnsupportedFile where it is no edit log, or one of another version.
    static Result<EditLogRecords> open(std::shared_ptr<const File> file);

    /// The next record's payload; false where there is none, or it is damaged. An error where the
    /// disk gives one.
    Result<bool> next(Bytes& payload);
    /// Where the payload that was read last begins in the file.
    FileOffset payloadAt() const { return payloadAt_; }
    /// Bytes behind the last good record.
    Offset left() const { return length_ - end_; }
    const std::shared_ptr<const File>& file() const { return file_; }

private:
    EditLogRecords(std::shared_ptr<const File> file, Offset length, std::uint64_t number,
                   Offset end)
        : file_(std::move(file)), length_(length), number_(number), end_(end) {}

    std::shared_ptr<const File> file_;
    Offset length_;
    std::uint64_t number_;
    Offset end_;  // of the last good record
    FileOffset payloadAt_;
};

}  // namespace octavo::core
