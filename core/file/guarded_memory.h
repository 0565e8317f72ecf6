// Memory that is a run of a file, and whose every access answers with an error where the file
// has gone or the disk is full: what MemoryMap stands on.
//
// The protocol, kept by the functions here and by whoever uses span():
//   - A store into several pages first touches each of them for writing (without changing it), so
//     that the file system finds a block for every hole before the first byte changes. That costs
//     the fault that the store would have met anyway; reserving with fallocate would cost a
//     system call for each store, and cannot be had everywhere.
//   - After an access the mark of the fault guard is asked, and then the file's size, since what
//     lies behind the end of a cut file in its last page reads as zeros without any fault. That
//     is one fstat (0.2 us) for an access of any length.
//   - Where the mark is set, a load is answered by pread if it can be (a hole on a full tmpfs).
//   - A shared mapping with a patched page is replaced by a new one before the next access to
//     that page, so bytes come back when the file does. The pages of a private mapping hold
//     changes that are nowhere else: it keeps them, and what was patched stays unreadable.
//
// Thread rule: one thread at a time, const functions too. Memory from span() may be read by any
// thread meanwhile.
// Errors: Unreadable for bytes that are not there any more; System.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/guarded_mapping.h"
#include "core/file/posix/posix_file.h"

#include <memory>

namespace octavo::core {

class GuardedMemory {
public:
    /// Keeps the memory behind a span alive while it may be replaced by a new mapping.
    using Pin = std::shared_ptr<const GuardedMapping>;

    /// Takes over `descriptor`. Length 0 maps up to the end of the file, which may be nothing.
    static Result<GuardedMemory> map(int descriptor, const std::string& path, const MapKind& kind,
                                     FileOffset offset, Offset length);

    const MapKind& kind() const { return kind_; }
    Offset length() const { return length_; }
    FileOffset fileOffset() const { return offset_; }
    Result<FileInfo> fileInfo() const { return file_->info(); }

    /// All of the bytes. Good until resize() or the end; whoever has read from it calls verify().
    Result<ByteSpan> span() const;
    Pin pin() const { return mapping_; }
    /// An error where a byte of the extent, which was just read or stored, was not the file's.
    Status verify(Extent extent) const;
    /// True once a page was replaced by zeros since the mapping was made.
    bool isDamaged() const { return mapping_ && mapping_->isPatched(); }

    /// Each of these wants positions within length(), which the caller has checked. A store that
    /// fails has changed nothing, but for the one that is overtaken by another program's
    /// truncation while it copies.
    Status load(Offset at, MutableByteSpan out) const;
    Status store(Offset at, ByteSpan bytes);
    /// The bytes at first, first + step, ...
    Status gather(Offset first, Offset step, MutableByteSpan out) const;
    Status scatter(Offset first, Offset step, ByteSpan bytes);
    Status move(Offset to, Offset from, Offset count);

    /// Writes the pages of the extent back to the disk.
    Status sync(Extent extent) const;
    Status advise(MemoryAdvice advice, Extent extent);
    /// The file ends where the map ends, before and behind this. Nothing is changed by a failure.
    Status resize(Offset length);

private:
    GuardedMemory(int descriptor, const std::string& path, const MapKind& kind, FileOffset offset);

    Status checkLength(const FileInfo& info, Offset length) const;
    Result<std::shared_ptr<GuardedMapping>> mapping(Offset length) const;
    Status prepare(Extent extent) const;
    Status prepareStore(Extent extent, Offset first, Offset step, Offset count);
    Status checkFileEnd(Extent extent) const;
    Status readAround(Offset first, Offset step, MutableByteSpan out) const;
    Status checkAdvice(MemoryAdvice advice, Extent extent) const;
    Error unreadable(Extent extent) const;

    std::shared_ptr<PosixFile> file_;
    int descriptor_;
    MapKind kind_;
    FileOffset offset_;
    Offset length_ = 0;
    mutable std::shared_ptr<GuardedMapping> mapping_;  // none where the length is 0
};

}  // namespace octavo::core
