// The habits of a file: a position, and reading and writing there.
#include "core/base/allocate.h"
#include "core/file/memory_map.h"

#include <cstring>

namespace octavo::core {

Offset MemoryMap::remaining() const {
    return std::max<Offset>(memory_->length() - position_, 0);
}

Result<Bytes> MemoryMap::take(Offset count) {
    Result<Bytes> bytes = allocate("read", count);
    if (!bytes)
        return bytes;
    if (const Status good = memory_->load(position_, *bytes); !good)
        return good.error();
    position_ += count;
    return bytes;
}

Result<Bytes> MemoryMap::read(std::optional<Offset> count) {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    const Offset most = count && *count >= 0 ? *count : kMaxLength;
    return take(std::min(most, remaining()));
}

Result<Byte> MemoryMap::readByte() {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    if (remaining() == 0)
        return Error::invalid("read", "the position is at the end of the map");
    Byte value = 0;
    if (const Status good = memory_->load(position_, {&value, 1}); !good)
        return good.error();
    ++position_;
    return value;
}

Result<Bytes> MemoryMap::readLine() {
    if (const Status open = checkOpen("read"); !open)
        return open.error();
    if (remaining() == 0)
        return Bytes();
    const Result<ByteSpan> all = memory_->span();
    if (!all)
        return all.error();
    const ByteSpan rest = all->subspan(static_cast<std::size_t>(position_));
    const void* found = std::memchr(rest.data(), '\n', rest.size());
    Offset count = remaining();
    if (found != nullptr)
        count = static_cast<const Byte*>(found) - rest.data() + 1;
    // Zeros in place of a page that is gone hold no line feed: the line seems longer, and what it
    // seems to be cannot be read.
    return take(count);
}

Result<Offset> MemoryMap::write(ByteSpan bytes) {
    if (const Status good = checkWritable("write"); !good)
        return good.error();
    const auto count = static_cast<Offset>(bytes.size());
    if (position_ > memory_->length() || count > remaining())
        return Error::invalid("write", "the bytes would pass the end of the map");
    if (const Status good = memory_->store(position_, bytes); !good)
        return good.error();
    position_ += count;
    return count;
}

Status MemoryMap::writeByte(Byte value) {
    const Result<Offset> written = write({&value, 1});
    if (!written)
        return written.error();
    return {};
}

Result<Offset> MemoryMap::seek(Offset distance, SeekFrom from) {
    if (const Status open = checkOpen("seek"); !open)
        return open.error();
    Offset base = 0;
    switch (from) {
    case SeekFrom::Start:
        break;
    case SeekFrom::Current:
        base = position_;
        break;
    case SeekFrom::End:
        base = memory_->length();
        break;
    default:
        return Error::invalid("seek", "no such place to count from");
    }
    // Both bounds are differences of lengths, so neither can overflow as the sum might.
    if (distance < -base || distance > memory_->length() - base)
        return Error::invalid("seek", "the position would lie outside the map");
    position_ = base + distance;
    return position_;
}

Result<Offset> MemoryMap::tell() const {
    if (const Status open = checkOpen("ask the position"); !open)
        return open.error();
    return position_;
}

}  // namespace octavo::core
