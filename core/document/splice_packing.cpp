#include "core/document/splice_packing.h"

#include <algorithm>
#include <cstdint>

namespace octavo::core {

namespace {

// The first byte of an entry: the kind in the two lowest bits and, of a splice, two counts.
enum class Head : unsigned { Splice = 0, KeptOff = 1, KeptOn = 2 };
constexpr unsigned kKindBits = 2;
constexpr unsigned kKindMask = 3;
constexpr unsigned kCountBits = 3;
constexpr std::size_t kCountFollows = 7;  // larger counts stand behind the byte

// The first byte of a piece.
enum class Start : unsigned { AtItsPlace = 0, BehindTheLast = 1, Follows = 2 };
enum class FileLength : unsigned { AsLength = 0, Zero = 1, Follows = 2 };
enum class Tag : unsigned { None = 0, AsTheLast = 1, On = 2, Off = 3 };
constexpr unsigned kFileLengthShift = 2;
constexpr unsigned kTagShift = 4;
constexpr unsigned kTwoBits = 3;
constexpr unsigned kSourceFollows = 1U << 6U;

constexpr std::size_t kVarint64 = 10;
constexpr std::size_t kVarint32 = 5;
constexpr std::size_t kPieceBound = 1 + 3 * kVarint64 + 2 * kVarint32;
constexpr std::size_t kSpliceBound = 1 + 4 * kVarint64 + kVarint64;  // the length is the last

constexpr std::uint64_t bits(Offset value) {
    return static_cast<std::uint64_t>(value);
}
constexpr Offset offset(std::uint64_t value) {
    return static_cast<Offset>(value);
}
/// Small numbers of either sign as small numbers.
constexpr std::uint64_t zigzag(std::uint64_t difference) {
    return (difference << 1U) ^ (0 - (difference >> 63U));
}
constexpr std::uint64_t unzigzag(std::uint64_t value) {
    return (value >> 1U) ^ (0 - (value & 1U));
}

class Writer {
public:
    explicit Writer(Byte* out) : at_(out) {}
    void byte(unsigned value) { *at_++ = static_cast<Byte>(value); }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U)
            *at_++ = static_cast<Byte>(value | 0x80U);
        *at_++ = static_cast<Byte>(value);
    }
    Byte* at() const { return at_; }

private:
    Byte* at_;
};

/// Takes what a Writer takes and only counts it.
class Counter {
public:
    void byte(unsigned) { ++count_; }
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U)
            ++count_;
        ++count_;
    }
    std::size_t count() const { return count_; }

private:
    std::size_t count_ = 0;
};

class Reader {
public:
    explicit Reader(const Byte* at) : at_(at) {}
    unsigned byte() { return *at_++; }
    std::uint64_t varint() {
        std::uint64_t value = *at_++;
        if (value < 0x80)
            return value;
        value &= 0x7FU;
        for (unsigned shift = 7;; shift += 7) {
            const std::uint64_t next = *at_++;
            value |= (next & 0x7FU) << shift;
            if (next < 0x80)
                return value;
        }
    }
    const Byte* at() const { return at_; }

private:
    const Byte* at_;
};

/// What both sides know of an entry before the next piece: so much need not be written. Sums are
/// taken without a sign, so that no number a piece can hold makes them overflow.
struct Known {
    std::uint64_t fileOffset = 0;  // where the next piece stands
    std::uint64_t behind = 0;      // where the last one stops in its source
    SourceId source = 0;
    ChangeTag tag;

    void pass(const Piece& piece) {
        fileOffset += bits(piece.fileLength);
        behind = bits(piece.start) + bits(piece.length);
        source = piece.source;
        tag = piece.tag;
    }
};

Start startOf(const Piece& piece, const Known& known) {
    if (bits(piece.start) == known.fileOffset)
        return Start::AtItsPlace;
    return bits(piece.start) == known.behind ? Start::BehindTheLast : Start::Follows;
}

FileLength fileLengthOf(const Piece& piece) {
    if (piece.fileLength == piece.length)
        return FileLength::AsLength;
    return piece.fileLength == 0 ? FileLength::Zero : FileLength::Follows;
}

Tag tagOf(const Piece& piece, const Known& known) {
    if (piece.tag.isNone())
        return Tag::None;
    if (piece.tag == known.tag)
        return Tag::AsTheLast;
    return piece.tag.isOff() ? Tag::Off : Tag::On;
}

template <typename Sink>
void packPiece(const Piece& piece, Known& known, Sink& sink) {
    const Start start = startOf(piece, known);
    const FileLength fileLength = fileLengthOf(piece);
    const Tag tag = tagOf(piece, known);
    const bool sourceFollows = piece.source != known.source;
    sink.byte(static_cast<unsigned>(start) |
              (static_cast<unsigned>(fileLength) << kFileLengthShift) |
              (static_cast<unsigned>(tag) << kTagShift) | (sourceFollows ? kSourceFollows : 0));
    if (start == Start::Follows)
        sink.varint(bits(piece.start));
    sink.varint(bits(piece.length));
    if (fileLength == FileLength::Follows)
        sink.varint(bits(piece.fileLength));
    if (sourceFollows)
        sink.varint(static_cast<std::uint32_t>(piece.source + 1));  // kNoSource is the smallest
    if (tag == Tag::On || tag == Tag::Off)
        sink.varint(piece.tag.id());
    known.pass(piece);
}

Piece unpackPiece(Known& known, Reader& reader) {
    const unsigned head = reader.byte();
    Piece piece;
    switch (static_cast<Start>(head & kTwoBits)) {
    case Start::AtItsPlace:
        piece.start = offset(known.fileOffset);
        break;
    case Start::BehindTheLast:
        piece.start = offset(known.behind);
        break;
    case Start::Follows:
        piece.start = offset(reader.varint());
        break;
    }
    piece.length = offset(reader.varint());
    switch (static_cast<FileLength>((head >> kFileLengthShift) & kTwoBits)) {
    case FileLength::AsLength:
        piece.fileLength = piece.length;
        break;
    case FileLength::Zero:
        break;
    case FileLength::Follows:
        piece.fileLength = offset(reader.varint());
        break;
    }
    piece.source = known.source;
    if ((head & kSourceFollows) != 0)
        piece.source = static_cast<SourceId>(reader.varint()) - 1;
    switch (static_cast<Tag>((head >> kTagShift) & kTwoBits)) {
    case Tag::None:
        break;
    case Tag::AsTheLast:
        piece.tag = known.tag;
        break;
    case Tag::On:
        piece.tag = ChangeTag::on(static_cast<ChangeId>(reader.varint()));
        break;
    case Tag::Off:
        piece.tag = ChangeTag::off(static_cast<ChangeId>(reader.varint()));
        break;
    }
    known.pass(piece);
    return piece;
}

template <typename Sink>
void packBody(const SpliceView& splice, Sink& sink) {
    const std::size_t removed = std::min(splice.removed.size(), kCountFollows);
    const std::size_t inserted = std::min(splice.inserted.size(), kCountFollows);
    sink.byte(static_cast<unsigned>(Head::Splice) | static_cast<unsigned>(removed << kKindBits) |
              static_cast<unsigned>(inserted << (kKindBits + kCountBits)));
    if (removed == kCountFollows)
        sink.varint(splice.removed.size());
    if (inserted == kCountFollows)
        sink.varint(splice.inserted.size());
    sink.varint(bits(splice.from.offset));
    sink.varint(zigzag(bits(splice.from.fileOffset) - bits(splice.from.offset)));
    Known known;
    known.fileOffset = bits(splice.from.fileOffset);
    for (const Piece& piece : splice.removed)
        packPiece(piece, known, sink);
    known.fileOffset = bits(splice.from.fileOffset);
    for (const Piece& piece : splice.inserted)
        packPiece(piece, known, sink);
}

void unpackBody(unsigned head, Reader& reader, SpliceLogEntry& entry) {
    std::size_t removed = (head >> kKindBits) & kCountFollows;
    std::size_t inserted = (head >> (kKindBits + kCountBits)) & kCountFollows;
    if (removed == kCountFollows)
        removed = static_cast<std::size_t>(reader.varint());
    if (inserted == kCountFollows)
        inserted = static_cast<std::size_t>(reader.varint());
    const std::uint64_t from = reader.varint();
    const std::uint64_t fileFrom = from + unzigzag(reader.varint());
    entry.from = {offset(from), offset(fileFrom)};
    Known known;
    known.fileOffset = fileFrom;
    entry.removed.resize(removed);
    for (Piece& piece : entry.removed)
        piece = unpackPiece(known, reader);
    known.fileOffset = fileFrom;
    entry.inserted.resize(inserted);
    for (Piece& piece : entry.inserted)
        piece = unpackPiece(known, reader);
}

/// The length of the body, behind it; the byte with the lowest bits is the last, and each byte but
/// the first says that there is one before it.
template <typename Sink>
void packLength(std::size_t length, Sink& sink) {
    unsigned shift = 0;
    while ((length >> shift) >= 0x80)
        shift += 7;
    sink.byte(static_cast<unsigned>(length >> shift));
    while (shift > 0) {
        shift -= 7;
        sink.byte(0x80U | static_cast<unsigned>((length >> shift) & 0x7FU));
    }
}

/// Reads it from behind `end`, which moves to its first byte: the end of the body.
std::size_t unpackLength(const Byte*& end) {
    std::size_t length = 0;
    for (unsigned shift = 0;; shift += 7) {
        const std::size_t next = *--end;
        length |= (next & 0x7FU) << shift;
        if (next < 0x80)
            return length;
    }
}

Byte* finish(Byte* begin, Writer writer) {
    packLength(static_cast<std::size_t>(writer.at() - begin), writer);
    return writer.at();
}

}  // namespace

std::size_t packedBound(const SpliceView& splice) {
    return kSpliceBound + (splice.removed.size() + splice.inserted.size()) * kPieceBound;
}

std::size_t packedSize(const SpliceView& splice) {
    Counter counter;
    packBody(splice, counter);
    packLength(counter.count(), counter);
    return counter.count();
}

Byte* pack(const SpliceView& splice, Byte* out) {
    Writer writer(out);
    packBody(splice, writer);
    return finish(out, writer);
}

Byte* packKept(ChangeId change, bool kept, Byte* out) {
    Writer writer(out);
    writer.byte(static_cast<unsigned>(kept ? Head::KeptOn : Head::KeptOff));
    writer.varint(change);
    return finish(out, writer);
}

const Byte* unpack(const Byte* at, SpliceLogEntry& entry) {
    Reader reader(at);
    const unsigned head = reader.byte();
    const Head kind = static_cast<Head>(head & kKindMask);
    if (kind == Head::Splice) {
        entry.kind = SpliceLogEntry::Kind::Splice;
        entry.change = kNoChange;
        unpackBody(head, reader, entry);
    } else {
        entry.kind = SpliceLogEntry::Kind::Kept;
        entry.from = {};
        entry.removed.clear();
        entry.inserted.clear();
        entry.change = static_cast<ChangeId>(reader.varint());
    }
    entry.kept = kind == Head::KeptOn;
    const Byte* end = reader.at();
    // The length behind the body is as long as a writer makes it.
    Counter counter;
    packLength(static_cast<std::size_t>(end - at), counter);
    return end + counter.count();
}

const Byte* packedBegin(const Byte* end) {
    const std::size_t length = unpackLength(end);
    return end - length;
}

}  // namespace octavo::core
