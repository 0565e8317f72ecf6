// A mapped run of a file with the meaning of Python's mmap object: bytes like a bytearray's, read
// and written like a file. core/README.md has the table from Python's names to these.
//
// Positions count from the map's first byte. Where a negative one is allowed, it counts from the
// end. The object has a position of its own, as a file has; only read, write and their kin and
// seek() move it.
//
// Nothing ever throws or crashes, whatever the arguments and whatever happens to the file: every
// misuse is an Error and changes nothing. After close() everything but close() and isClosed() is
// an error. A file that is cut, a failing device and a full disk are errors of the access that
// meets them (ErrorCode::Unreadable); the map goes on, and its bytes come back when the file
// does. guarded_memory.h tells how. A CopyOnWrite map keeps its mapping instead, where its changes
// are, and a page that once could not be read stays unreadable there. (A truncation takes the
// changes on the pages that it cuts with it: so the system has it.)
//
// Thread rule: one thread at a time; memory from span() may be read by any thread meanwhile. Every
// call may wait for the disk: never on the GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/guarded_memory.h"
#include "core/file/memory_advice.h"
#include "core/file/memory_map_bytes.h"
#include "core/file/memory_map_options.h"
#include "core/file/memory_map_slice.h"

#include <compare>
#include <optional>
#include <string>

namespace octavo::core {

class MemoryMap {
public:
    enum class SeekFrom { Start, Current, End };
    enum class Flushed {
        Written,  ///< the disk has the bytes
        Nothing,  ///< ReadOnly and CopyOnWrite: there is nothing to write, ever
    };

    // ---- Making

    /// Maps the file open as `descriptor`, which stays the caller's and may be closed at once.
    static Result<MemoryMap> fromDescriptor(int descriptor, const MemoryMapOptions& options = {});
    /// Maps an existing file. Opened for writing for WriteThrough only.
    static Result<MemoryMap> fromPath(const std::string& path,
                                      const MemoryMapOptions& options = {});
    /// Zeros that belong to no file: options.length of them, options.offset is 0. Shared with
    /// forked children unless CopyOnWrite or private.
    static Result<MemoryMap> anonymous(const MemoryMapOptions& options);

    MemoryMap(MemoryMap&& other) noexcept;
    MemoryMap& operator=(MemoryMap&& other) noexcept;
    MemoryMap(const MemoryMap&) = delete;
    MemoryMap& operator=(const MemoryMap&) = delete;
    ~MemoryMap() = default;

    /// Gives the mapping and the file back. Any number of times.
    void close();
    bool isClosed() const { return !memory_.has_value(); }

    // ---- What it is

    /// The number of bytes of the map, and that of the file now.
    Result<Offset> length() const;
    Result<Offset> fileSize() const;
    /// Never Default.
    Result<MapAccess> access() const;

    // ---- Like a bytearray

    Result<Byte> at(Offset position) const;
    Status setAt(Offset position, Byte value);
    Result<Bytes> slice(const MapSlice& slice) const;
    /// As many bytes as the slice has, or an error.
    Status setSlice(const MapSlice& slice, ByteSpan bytes);
    /// Copies out.size() bytes from `position` on without taking memory.
    Status copy(Offset position, MutableByteSpan out) const;
    Result<bool> contains(ByteSpan bytes) const;
    /// Byte by byte, then the shorter one first.
    Result<std::strong_ordering> compare(ByteSpan bytes) const;
    Result<bool> equals(ByteSpan bytes) const;
    /// For `for (const Byte byte : map.bytes())`; the map must stay where it is meanwhile.
    MemoryMapBytes bytes() const;
    /// The memory itself, for searching and the like. Good until close(), resize() and the map's
    /// end, and as long as isDamaged() is false; the map may be moved. The protocol: read, then
    /// ask verify() for what was read; where it fails, what was seen may be zeros that are not
    /// in the file.
    Result<ByteSpan> span() const;
    Status verify(Extent extent) const;
    bool isDamaged() const { return memory_ && memory_->isDamaged(); }

    // ---- Like a file

    /// Up to `count` bytes from the position on; without count (or with a negative one) all.
    Result<Bytes> read(std::optional<Offset> count = std::nullopt);
    /// An error at the end.
    Result<Byte> readByte();
    /// Up to and with the next line feed, or up to the end.
    Result<Bytes> readLine();
    /// Writes all of it and tells how much that was; past the end, nothing is written.
    Result<Offset> write(ByteSpan bytes);
    Status writeByte(Byte value);
    /// Returns the new position; one outside [0, length] is an error and leaves the old one.
    Result<Offset> seek(Offset distance, SeekFrom from = SeekFrom::Start);
    /// May lie behind the end after resize(); there is nothing to read there then.
    Result<Offset> tell() const;

    // ---- Searching; the first or last place, nothing where there is none

    /// Within [start, end); without them from the position on, to the end.
    Result<std::optional<Offset>> find(ByteSpan needle, std::optional<Offset> start = std::nullopt,
                                       std::optional<Offset> end = std::nullopt) const;
    Result<std::optional<Offset>> rfind(ByteSpan needle, std::optional<Offset> start = std::nullopt,
                                        std::optional<Offset> end = std::nullopt) const;

    // ---- Memory and file

    /// Copies `count` bytes within the map; both runs may overlap.
    Status move(Offset destination, Offset source, Offset count);
    /// Returns once the disk has the bytes of the extent (of all).
    Result<Flushed> flush();
    Result<Flushed> flush(Extent extent);
    /// Advice about the extent (about all), which lasts until resize(). Advice that loses bytes
    /// needs an extent of whole pages of the file; the first and the last of the map may be
    /// parts where no other byte is lost.
    Status advise(MemoryAdvice advice);
    Status advise(MemoryAdvice advice, Extent extent);
    /// Map and file grow (by zeros) or shrink together: the file ends where the map ends, also
    /// where it went on behind it. WriteThrough only.
    Status resize(Offset length);

private:
    explicit MemoryMap(GuardedMemory memory) : memory_(std::move(memory)) {}

    static Result<MemoryMap> make(Result<int> descriptor, const std::string& path,
                                  const MapKind& kind, const MemoryMapOptions& options);
    Status checkOpen(const char* operation) const;
    Status checkWritable(const char* operation) const;
    Status checkExtent(const char* operation, Extent extent) const;
    Result<Offset> index(const char* operation, Offset position) const;
    Result<Bytes> take(Offset count);
    Offset remaining() const;
    Extent searchRange(std::optional<Offset> start, std::optional<Offset> end) const;

    std::optional<GuardedMemory> memory_;  // none once closed
    Offset position_ = 0;
};

}  // namespace octavo::core
