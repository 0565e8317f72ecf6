// Making a map, its bytes, and the calls that concern memory and file. The habits of a file are in
// memory_map_position.cpp, searching in memory_map_find.cpp.
#include "core/file/memory_map.h"

#include "core/base/allocate.h"
#include "core/file/map_descriptor.h"

namespace octavo::core {

// ---- Making

Result<MemoryMap> MemoryMap::make(Result<int> descriptor, const std::string& path,
                                  const MapKind& kind, const MemoryMapOptions& options) {
    if (!descriptor)
        return descriptor.error();
    Result<GuardedMemory> memory =
        GuardedMemory::map(*descriptor, path, kind, options.offset, options.length);
    if (!memory)
        return memory.error();
    return MemoryMap(std::move(*memory));
}

Result<MemoryMap> MemoryMap::fromDescriptor(int descriptor, const MemoryMapOptions& options) {
    const Result<MapKind> kind = resolveKind(options);
    if (!kind)
        return kind.error();
    return make(duplicateForMap(descriptor), {}, *kind, options);
}

Result<MemoryMap> MemoryMap::fromPath(const std::string& path, const MemoryMapOptions& options) {
    const Result<MapKind> kind = resolveKind(options);
    if (!kind)
        return kind.error();
    const bool writable = kind->access == MapAccess::WriteThrough;
    return make(openForMap(path, writable), path, *kind, options);
}

Result<MemoryMap> MemoryMap::anonymous(const MemoryMapOptions& options) {
    const Result<MapKind> kind = resolveKind(options);
    if (!kind)
        return kind.error();
    if (options.offset.value != 0)
        return Error::invalid("map", "an anonymous map has no offset");
    if (options.length < 0)
        return Error::invalid("map", "the length is negative");
    return make(createForMap(options.length), {}, *kind, options);
}

MemoryMap::MemoryMap(MemoryMap&& other) noexcept
    : memory_(std::exchange(other.memory_, std::nullopt)), position_(other.position_) {}

MemoryMap& MemoryMap::operator=(MemoryMap&& other) noexcept {
    if (this != &other) {
        memory_ = std::exchange(other.memory_, std::nullopt);
        position_ = other.position_;
    }
    return *this;
}

void MemoryMap::close() {
    memory_.reset();
}

// ---- Checks

Status MemoryMap::checkOpen(const char* operation) const {
    if (!memory_)
        return Error::invalid(operation, "the map is closed");
    return {};
}

Status MemoryMap::checkWritable(const char* operation) const {
    if (const Status open = checkOpen(operation); !open)
        return open;
    if (!memory_->kind().isWritable())
        return Error{ErrorCode::ReadOnly, operation, {}, 0, "the map is read-only"};
    return {};
}

Status MemoryMap::checkExtent(const char* operation, Extent extent) const {
    if (extent.offset < 0 || extent.length < 0 || extent.offset > memory_->length() ||
        extent.length > memory_->length() - extent.offset)
        return Error::invalid(operation, "the range lies outside the map");
    return {};
}

Result<Offset> MemoryMap::index(const char* operation, Offset position) const {
    const Offset found = position < 0 ? position + memory_->length() : position;
    if (found < 0 || found >= memory_->length())
        return Error::invalid(operation, "the position lies outside the map");
    return found;
}

// ---- What it is

Result<Offset> MemoryMap::length() const {
    if (const Status open = checkOpen("ask the length"); !open)
        return open.error();
    return memory_->length();
}

Result<Offset> MemoryMap::fileSize() const {
    if (const Status open = checkOpen("ask the size"); !open)
        return open.error();
    const Result<FileInfo> info = memory_->fileInfo();
    if (!info)
        return info.error();
    return info->size;
}

Result<MapAccess> MemoryMap::access() const {
    if (const Status open = checkOpen("ask the access"); !open)
        return open.error();
    return memory_->kind().access;
}

// ---- Like a bytearray

Result<Byte> MemoryMap::at(Offset position) const {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    const Result<Offset> found = index("read", position);
    if (!found)
        return found.error();
    Byte value = 0;
    if (const Status good = memory_->load(*found, {&value, 1}); !good)
        return good.error();
    return value;
}

Status MemoryMap::setAt(Offset position, Byte value) {
    if (const Status good = checkWritable("write"); !good)
        return good;
    const Result<Offset> found = index("write", position);
    if (!found)
        return found.error();
    return memory_->store(*found, {&value, 1});
}

Result<Bytes> MemoryMap::slice(const MapSlice& slice) const {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    const Result<SlicePositions> positions = slice.positionsIn(memory_->length());
    if (!positions)
        return positions.error();
    Result<Bytes> bytes = allocate("read", positions->count);
    if (!bytes)
        return bytes;
    const Status good = memory_->gather(positions->first, positions->step, *bytes);
    if (!good)
        return good.error();
    return bytes;
}

Status MemoryMap::setSlice(const MapSlice& slice, ByteSpan bytes) {
    if (const Status good = checkWritable("write"); !good)
        return good;
    const Result<SlicePositions> positions = slice.positionsIn(memory_->length());
    if (!positions)
        return positions.error();
    if (static_cast<std::size_t>(positions->count) != bytes.size())
        return Error::invalid("write", "the slice has another length than the bytes");
    return memory_->scatter(positions->first, positions->step, bytes);
}

Status MemoryMap::copy(Offset position, MutableByteSpan out) const {
    if (const Status open = checkOpen("read"); !open)
        return open;
    const Extent extent{position, static_cast<Offset>(out.size())};
    if (const Status good = checkExtent("read", extent); !good)
        return good;
    return memory_->load(position, out);
}

MemoryMapBytes MemoryMap::bytes() const {
    return MemoryMapBytes(*this);
}

Result<ByteSpan> MemoryMap::span() const {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    return memory_->span();
}

Status MemoryMap::verify(Extent extent) const {
    if (const Status open = checkOpen("read"); !open)
        return open;
    if (const Status good = checkExtent("read", extent); !good)
        return good;
    return memory_->verify(extent);
}

// ---- Memory and file

Status MemoryMap::move(Offset destination, Offset source, Offset count) {
    if (const Status good = checkWritable("move"); !good)
        return good;
    if (const Status good = checkExtent("move", {destination, count}); !good)
        return good;
    if (const Status good = checkExtent("move", {source, count}); !good)
        return good;
    return memory_->move(destination, source, count);
}

Result<MemoryMap::Flushed> MemoryMap::flush() {
    return flush({0, memory_ ? memory_->length() : 0});
}

Result<MemoryMap::Flushed> MemoryMap::flush(Extent extent) {
    if (const Status open = checkOpen("flush"); !open)
        return open.error();
    if (const Status good = checkExtent("flush", extent); !good)
        return good.error();
    if (memory_->kind().access != MapAccess::WriteThrough)
        return Flushed::Nothing;
    if (const Status good = memory_->sync(extent); !good)
        return good.error();
    return Flushed::Written;
}

Status MemoryMap::advise(MemoryAdvice advice) {
    return advise(advice, {0, memory_ ? memory_->length() : 0});
}

Status MemoryMap::advise(MemoryAdvice advice, Extent extent) {
    if (const Status open = checkOpen("advise"); !open)
        return open;
    if (const Status good = checkExtent("advise", extent); !good)
        return good;
    return memory_->advise(advice, extent);
}

Status MemoryMap::resize(Offset length) {
    if (const Status good = checkWritable("resize"); !good)
        return good;
    if (memory_->kind().access != MapAccess::WriteThrough)
        return Error{ErrorCode::ReadOnly, "resize", {}, 0, "the file of the map is read-only"};
    return memory_->resize(length);
}

}  // namespace octavo::core
