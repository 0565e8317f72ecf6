#include "core/file/guarded_memory.h"

#include "core/file/file_system.h"

#include <atomic>
#include <cstring>

namespace octavo::core {

namespace {

/// Faults the page of `byte` in for writing, and changes nothing. An exchange with itself and not
/// an "or" with 0: compilers may make a plain load of the latter.
void touchForStore(Byte& byte) {
    const std::atomic_ref<Byte> cell(byte);
    Byte value = cell.load(std::memory_order_relaxed);
    while (!cell.compare_exchange_weak(value, value, std::memory_order_relaxed)) {
    }
}

void touchForLoad(const Byte& byte) {
    (void)*static_cast<const volatile Byte*>(&byte);
}

/// Calls `touch` for one byte of each page of [data, data + length).
template <typename BytePointer, typename Touch>
void touchPages(BytePointer data, Offset length, Touch touch) {
    const Offset page = FileSystem::pageSize();
    for (Offset at = 0; at < length;) {
        touch(data[at]);
        at += page - static_cast<Offset>(reinterpret_cast<std::uintptr_t>(data + at) %
                                         static_cast<std::uintptr_t>(page));
    }
}

Extent extentOf(Offset first, Offset step, std::size_t count) {
    const Offset last = first + static_cast<Offset>(count - 1) * step;
    const Offset from = std::min(first, last);
    return {from, std::max(first, last) - from + 1};
}

Error refusal(const std::string& path, const char* reason) {
    return {ErrorCode::UnsupportedFile, "map", path, 0, reason};
}

Status checkKind(const FileInfo& info, const std::string& path) {
    switch (info.kind) {
    case FileKind::Regular:
    case FileKind::BlockDevice:
    case FileKind::CharacterDevice:
        return {};
    case FileKind::Directory:
        return refusal(path, "is a directory");
    case FileKind::Fifo:
        return refusal(path, "is a FIFO");
    case FileKind::Socket:
        return refusal(path, "is a socket");
    default:
        return refusal(path, "is no file that can be mapped");
    }
}

}  // namespace

// ---- Making and resizing

GuardedMemory::GuardedMemory(int descriptor, const std::string& path, const MapKind& kind,
                             FileOffset offset)
    : file_(std::make_shared<PosixFile>(descriptor, path))
    , descriptor_(descriptor)
    , kind_(kind)
    , offset_(offset) {}

Result<GuardedMemory> GuardedMemory::map(int descriptor, const std::string& path,
                                         const MapKind& kind, FileOffset offset, Offset length) {
    GuardedMemory memory(descriptor, path, kind, offset);
    const Result<FileInfo> info = memory.fileInfo();
    if (!info)
        return info.error();
    if (const Status good = checkKind(*info, path); !good)
        return good.error();
    if (const Status good = memory.checkLength(*info, length); !good)
        return good.error();
    memory.length_ = length != 0 ? length : info->size - offset.value;
    Result<std::shared_ptr<GuardedMapping>> mapping = memory.mapping(memory.length_);
    if (!mapping)
        return mapping.error();
    memory.mapping_ = *mapping;
    const Offset end = offset.value + memory.length_;
    if (info->kind == FileKind::Regular && end > info->size) {
        if (const Status good = memory.file_->resize(end); !good)
            return good.error();
    }
    return memory;
}

Status GuardedMemory::checkLength(const FileInfo& info, Offset length) const {
    if (!checkedSum(offset_.value, length))
        return Error::invalid("map", "offset and length are negative or too large");
    if (info.kind == FileKind::CharacterDevice) {
        // What is behind it has no length that could be asked for.
        if (length == 0)
            return Error::invalid("map", "a character device needs a length");
        return {};
    }
    if (offset_.value > info.size)
        return Error::invalid("map", "the offset lies beyond the end of the file");
    if (length <= info.size - offset_.value)
        return {};
    if (kind_.access != MapAccess::WriteThrough)
        return Error::invalid("map", "the length is greater than the file");
    if (info.kind != FileKind::Regular)
        return Error::invalid("map", "the length is greater than the device");
    return {};
}

Result<std::shared_ptr<GuardedMapping>> GuardedMemory::mapping(Offset length) const {
    if (length == 0)
        return std::shared_ptr<GuardedMapping>();
    Result<std::shared_ptr<GuardedMapping>> made =
        GuardedMapping::map(descriptor_, offset_, length, kind_);
    if (made)
        return made;
    Error error = made.error();
    error.path = file_->path();
    return error;
}

Status GuardedMemory::resize(Offset length) {
    const std::optional<Offset> end = checkedSum(offset_.value, length);
    if (!end)
        return Error::invalid("resize", "the length is negative or too large");
    // The new mapping first: it can be given up again, a file that was cut cannot.
    Result<std::shared_ptr<GuardedMapping>> fresh = mapping(length);
    if (!fresh)
        return fresh.error();
    if (const Status good = file_->resize(*end); !good)
        return good;
    mapping_ = *fresh;
    length_ = length;
    return {};
}

// ---- Before and after an access

Error GuardedMemory::unreadable(Extent extent) const {
    return {ErrorCode::Unreadable, "map", file_->path(), 0,
            "bytes " + std::to_string(extent.offset) + " to " + std::to_string(extent.end()) +
                " cannot be reached: the file was cut, the disk is full or has failed"};
}

Status GuardedMemory::prepare(Extent extent) const {
    if (!mapping_ || extent.isEmpty())
        return {};
    if (!mapping_->isInherited())
        return Error::invalid("map", "the map was not to be inherited by this process");
    if (!kind_.shared || !mapping_->isPatched(extent))
        return {};
    Result<std::shared_ptr<GuardedMapping>> fresh = mapping(length_);
    if (!fresh)
        return fresh.error();
    mapping_ = *fresh;
    return {};
}

Status GuardedMemory::checkFileEnd(Extent extent) const {
    const Result<FileInfo> info = fileInfo();
    if (!info)
        return info.error();
    const bool hasEnd = info->kind != FileKind::CharacterDevice;
    if (hasEnd && offset_.value + extent.end() > info->size)
        return unreadable(extent);
    return {};
}

Status GuardedMemory::verify(Extent extent) const {
    if (!mapping_ || extent.isEmpty())
        return {};
    if (mapping_->isPatched(extent))
        return unreadable(extent);
    return checkFileEnd(extent);
}

Result<ByteSpan> GuardedMemory::span() const {
    if (const Status good = prepare({0, length_}); !good)
        return good.error();
    if (!mapping_)
        return ByteSpan();
    return ByteSpan(mapping_->data(), static_cast<std::size_t>(length_));
}

// ---- Loads

Status GuardedMemory::load(Offset at, MutableByteSpan out) const {
    return gather(at, 1, out);
}

Status GuardedMemory::gather(Offset first, Offset step, MutableByteSpan out) const {
    if (out.empty())
        return {};
    const Extent extent = extentOf(first, step, out.size());
    if (const Status good = prepare(extent); !good)
        return good;
    const Byte* data = mapping_->data();
    if (step == 1) {
        std::memmove(out.data(), data + first, out.size());
    } else {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = data[first + static_cast<Offset>(i) * step];
    }
    const Status good = verify(extent);
    if (good || !kind_.shared)
        return good;
    return readAround(first, step, out);
}

Status GuardedMemory::readAround(Offset first, Offset step, MutableByteSpan out) const {
    const std::size_t run = step == 1 ? out.size() : 1;
    for (std::size_t done = 0; done < out.size(); done += run) {
        const Offset at = first + static_cast<Offset>(done) * step;
        const MutableByteSpan part = out.subspan(done, run);
        const Result<std::size_t> got = file_->readAt(offset_ + at, part);
        if (!got || *got < part.size())
            return unreadable({at, static_cast<Offset>(run)});
    }
    return {};
}

// ---- Stores

Status GuardedMemory::prepareStore(Extent extent, Offset first, Offset step, Offset count) {
    if (const Status good = prepare(extent); !good)
        return good;
    // What is stored behind the end of the file in its last page would be lost in silence.
    if (const Status good = checkFileEnd(extent); !good)
        return good;
    Byte* data = mapping_->data();
    if (step == 1) {
        touchPages(data + extent.offset, extent.length, touchForStore);
    } else {
        for (Offset i = 0; i < count; ++i)
            touchForStore(data[first + i * step]);
    }
    if (mapping_->isPatched(extent))
        return unreadable(extent);
    return {};
}

Status GuardedMemory::store(Offset at, ByteSpan bytes) {
    return scatter(at, 1, bytes);
}

Status GuardedMemory::scatter(Offset first, Offset step, ByteSpan bytes) {
    if (bytes.empty())
        return {};
    const Pin old = pin();  // the bytes may come from this very map
    const Extent extent = extentOf(first, step, bytes.size());
    const auto count = static_cast<Offset>(bytes.size());
    if (const Status good = prepareStore(extent, first, step, count); !good)
        return good;
    Byte* data = mapping_->data();
    if (step == 1) {
        std::memmove(data + first, bytes.data(), bytes.size());
    } else {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            data[first + static_cast<Offset>(i) * step] = bytes[i];
    }
    return verify(extent);
}

Status GuardedMemory::move(Offset to, Offset from, Offset count) {
    if (count == 0)
        return {};
    const Extent source{from, count};
    const Extent target{to, count};
    if (const Status good = prepare(source); !good)
        return good;
    if (const Status good = prepareStore(target, to, 1, count); !good)
        return good;
    touchPages(static_cast<const Byte*>(mapping_->data()) + from, count, touchForLoad);
    if (const Status good = verify(source); !good)
        return good;
    std::memmove(mapping_->data() + to, mapping_->data() + from, static_cast<std::size_t>(count));
    if (const Status good = verify(source); !good)
        return good;
    return verify(target);
}

// ---- The system's other calls

Status GuardedMemory::sync(Extent extent) const {
    if (const Status good = prepare(extent); !good)
        return good;
    if (!mapping_ || extent.isEmpty())
        return {};
    return mapping_->sync(extent);
}

Status GuardedMemory::checkAdvice(MemoryAdvice advice, Extent extent) const {
    // The system advises whole pages. That costs a neighbour nothing with a hint, but bytes with
    // the rest; there the extent must be made of whole pages, or end where nothing else begins.
    const AdviceEffect effect = adviceEffect(advice);
    if (effect == AdviceEffect::None)
        return {};
    const Offset page = FileSystem::pageSize();
    bool begins = (offset_.value + extent.offset) % page == 0;
    bool ends = (offset_.value + extent.end()) % page == 0;
    if (effect == AdviceEffect::Memory) {
        begins = begins || extent.offset == 0;
        ends = ends || extent.end() == length_;
    } else if (!ends) {
        const Result<FileInfo> info = fileInfo();
        if (!info)
            return info.error();
        ends = offset_.value + extent.end() >= info->size;
    }
    if (!begins || !ends)
        return Error::invalid("advise", "the advice would take bytes outside the range with it");
    return {};
}

Status GuardedMemory::advise(MemoryAdvice advice, Extent extent) {
    if (const Status good = checkAdvice(advice, extent); !good)
        return good;
    if (const Status good = prepare(extent); !good)
        return good;
    if (!mapping_ || extent.isEmpty()) {
        if (!systemAdvice(advice))
            return Error::invalid("advise", "the system knows no such advice");
        return {};
    }
    return mapping_->advise(advice, extent);
}

}  // namespace octavo::core
