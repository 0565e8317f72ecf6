// Searching, and what is near it: comparison and "in".
#include "core/file/memory_map.h"

#include <cstring>

namespace octavo::core {

namespace {

/// A position as find() takes it: counted from the end where negative, moved into the map.
Offset bound(Offset position, Offset length) {
    if (position < 0)
        position += length;
    return std::clamp<Offset>(position, 0, length);
}

/// What was looked at to come to the answer `found`, within the range that was searched: pages
/// behind it may be gone.
Extent lookedAt(Extent range, std::optional<Offset> found, std::size_t length, bool forwards) {
    if (!found)
        return range;
    if (forwards)
        return {range.offset, *found + static_cast<Offset>(length)};
    return {range.offset + *found, range.length - *found};
}

std::optional<Offset> firstOf(ByteSpan hay, ByteSpan needle) {
    if (needle.size() > hay.size())
        return std::nullopt;
    if (needle.empty())
        return 0;
    const void* found = ::memmem(hay.data(), hay.size(), needle.data(), needle.size());
    if (found == nullptr)
        return std::nullopt;
    return static_cast<const Byte*>(found) - hay.data();
}

std::optional<Offset> lastOf(ByteSpan hay, ByteSpan needle) {
    if (needle.size() > hay.size())
        return std::nullopt;
    if (needle.empty())
        return static_cast<Offset>(hay.size());
    std::size_t starts = hay.size() - needle.size() + 1;
    while (starts > 0) {
        const void* found = ::memrchr(hay.data(), needle.front(), starts);
        if (found == nullptr)
            return std::nullopt;
        const auto* at = static_cast<const Byte*>(found);
        if (std::memcmp(at, needle.data(), needle.size()) == 0)
            return at - hay.data();
        starts = static_cast<std::size_t>(at - hay.data());
    }
    return std::nullopt;
}

Result<std::optional<Offset>> searchIn(const GuardedMemory& memory, Extent range, ByteSpan needle,
                                       bool forwards) {
    const GuardedMemory::Pin old = memory.pin();  // the needle may be of this very map
    const Result<ByteSpan> all = memory.span();
    if (!all)
        return all.error();
    const ByteSpan hay = all->subspan(static_cast<std::size_t>(range.offset),
                                      static_cast<std::size_t>(range.length));
    const std::optional<Offset> found = forwards ? firstOf(hay, needle) : lastOf(hay, needle);
    const Extent used = lookedAt(range, found, needle.size(), forwards);
    if (const Status good = memory.verify(used); !good)
        return good.error();
    if (!found)
        return std::optional<Offset>();
    return std::optional(range.offset + *found);
}

}  // namespace

Extent MemoryMap::searchRange(std::optional<Offset> start, std::optional<Offset> end) const {
    const Offset length = memory_->length();
    const Offset from = start ? bound(*start, length) : std::min(position_, length);
    const Offset to = end ? bound(*end, length) : length;
    return {from, to - from};
}

Result<std::optional<Offset>> MemoryMap::find(ByteSpan needle, std::optional<Offset> start,
                                              std::optional<Offset> end) const {
    if (const Status open = checkOpen("find"); !open)
        return open.error();
    const Extent range = searchRange(start, end);
    if (range.length < 0)  // not even the empty needle is there
        return std::optional<Offset>();
    return searchIn(*memory_, range, needle, true);
}

Result<std::optional<Offset>> MemoryMap::rfind(ByteSpan needle, std::optional<Offset> start,
                                               std::optional<Offset> end) const {
    if (const Status open = checkOpen("find"); !open)
        return open.error();
    const Extent range = searchRange(start, end);
    if (range.length < 0)
        return std::optional<Offset>();
    return searchIn(*memory_, range, needle, false);
}

Result<bool> MemoryMap::contains(ByteSpan bytes) const {
    const Result<std::optional<Offset>> found = find(bytes, 0);
    if (!found)
        return found.error();
    return found->has_value();
}

Result<std::strong_ordering> MemoryMap::compare(ByteSpan bytes) const {
    if (const Status open = checkOpen("compare"); !open)
        return open.error();
    const GuardedMemory::Pin old = memory_->pin();  // the bytes may be of this very map
    const Result<ByteSpan> all = memory_->span();
    if (!all)
        return all.error();
    const std::size_t common = std::min(all->size(), bytes.size());
    const int order = common == 0 ? 0 : std::memcmp(all->data(), bytes.data(), common);
    if (const Status good = memory_->verify({0, static_cast<Offset>(common)}); !good)
        return good.error();
    if (order != 0)
        return order <=> 0;
    return all->size() <=> bytes.size();
}

Result<bool> MemoryMap::equals(ByteSpan bytes) const {
    const Result<std::strong_ordering> order = compare(bytes);
    if (!order)
        return order.error();
    return *order == std::strong_ordering::equal;
}

}  // namespace octavo::core
