#include "core/save/journal_record.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace octavo::core {

namespace {

constexpr std::array<char, 8> kMagic{'O', 'c', 't', 'a', 'v', 'o', 'J', '1'};

template <typename T>
void put(Bytes& out, T value) {
    std::array<Byte, sizeof(T)> bytes{};
    std::memcpy(bytes.data(), &value, sizeof(T));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

template <typename T>
void take(ByteSpan& from, T& value) {
    std::memcpy(&value, from.data(), sizeof(T));
    from = from.subspan(sizeof(T));
}

}  // namespace

Bytes JournalHeader::encoded() const {
    Bytes out(kMagic.begin(), kMagic.end());
    put(out, std::uint32_t{isIdle});
    put(out, file.device);
    put(out, file.inode);
    put(out, sizeBefore);
    put(out, sizeAfter);
    put(out, pathLength);
    put(out, runs);
    put(out, bodyLength);
    put(out, bodyHash);
    put(out, hash64(out));
    return out;
}

std::optional<JournalHeader> JournalHeader::decoded(ByteSpan bytes) {
    if (bytes.size() < kSize || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return std::nullopt;
    ByteSpan hash = bytes.subspan(kSize - sizeof(std::uint64_t));
    std::uint64_t told = 0;
    take(hash, told);
    if (told != hash64(bytes.first(kSize - sizeof(std::uint64_t))))
        return std::nullopt;
    bytes = bytes.subspan(kMagic.size());
    JournalHeader header;
    std::uint32_t idle = 0;
    take(bytes, idle);
    header.isIdle = idle != 0;
    take(bytes, header.file.device);
    take(bytes, header.file.inode);
    take(bytes, header.sizeBefore);
    take(bytes, header.sizeAfter);
    take(bytes, header.pathLength);
    take(bytes, header.runs);
    take(bytes, header.bodyLength);
    take(bytes, header.bodyHash);
    return header;
}

std::vector<FileExtent> JournalRun::parts(FileExtent run) {
    std::vector<FileExtent> parts;
    for (FileOffset at = run.offset; at < run.end();) {
        const Offset inSector = kSector - at.value % kSector;
        parts.push_back({at, std::min(inSector, run.end() - at)});
        at = parts.back().end();
    }
    return parts;
}

void JournalRun::encode(FileOffset at, ByteSpan before, ByteSpan after, Bytes& out) {
    put(out, at.value);
    put(out, static_cast<std::uint32_t>(before.size()));
    out.insert(out.end(), before.begin(), before.end());
    for (const FileExtent& part : parts({at, static_cast<Offset>(before.size())}))
        put(out, hash64(after.subspan(static_cast<std::size_t>(part.offset - at),
                                      static_cast<std::size_t>(part.length))));
}

}  // namespace octavo::core
