#include "core/document/sampled_hash.h"

#include "core/base/hash.h"

#include <algorithm>

namespace octavo::core {

namespace {

constexpr Offset kWhole = Offset{64} << 10U;
constexpr Offset kEnd = Offset{16} << 10U;
constexpr Offset kBlock = Offset{4} << 10U;
constexpr Offset kBlocks = 16;

/// `read` fills bytes from an offset on and tells what it could not.
template <typename Read>
std::uint64_t hashOf(Extent extent, Read read) {
    Hasher hasher;
    Bytes block;
    bool readable = true;
    const auto add = [&](Offset at, Offset length) {
        block.resize(static_cast<std::size_t>(length));
        readable = readable && read(at, MutableByteSpan(block)).isEmpty();
        hasher.add(block);
    };
    const auto length = static_cast<std::uint64_t>(extent.length);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        const auto byte = static_cast<Byte>(length >> shift);
        hasher.add({&byte, 1});
    }
    if (extent.length <= kWhole) {
        add(extent.offset, extent.length);
    } else {
        add(extent.offset, kEnd);
        // Between the ends, the blocks overlap where there is little room.
        const Offset step = (extent.length - 2 * kEnd - kBlock) / (kBlocks - 1);
        for (Offset i = 0; i < kBlocks && readable; ++i)
            add(extent.offset + kEnd + i * step, kBlock);
        add(extent.end() - kEnd, kEnd);
    }
    return readable ? std::max<std::uint64_t>(hasher.value(), 1) : 0;
}

}  // namespace

std::uint64_t sampledHash(const Source& source, Extent extent) {
    return hashOf(extent, [&](Offset at, MutableByteSpan out) {
        Unreadable unreadable;
        source.read(at, out, at, unreadable);
        return unreadable;
    });
}

std::uint64_t sampledHash(const Snapshot& snapshot, Extent extent) {
    return hashOf(extent, [&](Offset at, MutableByteSpan out) { return snapshot.read(at, out); });
}

}  // namespace octavo::core
