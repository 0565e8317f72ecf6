#include "core/document/edit_log_entry.h"

#include "core/document/splice_packing.h"

#include <array>
#include <utility>

namespace octavo::core {

namespace {

// The numbers stand in files: they stay what they are.
enum class Kind : unsigned {
    Base = 1,
    Ids = 2,
    Transaction = 3,
    Change = 4,
    Name = 5,
    Kept = 6,
    Fingerprint = 7,
    Need = 8,
    SwitchedOff = 9,
    Splice = 10,
    Pattern = 11,
    Reference = 12,
    Content = 13,
    FlushBegin = 14,
    FlushEnd = 15,
};

void put(EditLogEncoder& encoder, Kind kind) {
    encoder.byte(static_cast<unsigned>(kind));
}

void put(EditLogEncoder& encoder, const FileInfo& info) {
    encoder.varint(info.identity.device);
    encoder.varint(info.identity.inode);
    encoder.offset(info.size);
    encoder.zigzag(info.modifiedNs);
    encoder.zigzag(info.changedNs);
}

void put(EditLogEncoder& encoder, const LoggedFile& file) {
    encoder.text(file.path);
    put(encoder, file.info);
    encoder.offset(file.length);
    encoder.fixed64(file.samples);
}

}  // namespace

void EditLogEntryWriter::base(const EditLogEntry::Base& base) {
    put(encoder_, Kind::Base);
    put(encoder_, base.file);
    encoder_.fixed32(base.source);
}

void EditLogEntryWriter::ids(const EditLogEntry::Ids& ids) {
    put(encoder_, Kind::Ids);
    encoder_.varint(ids.change);
    encoder_.varint(ids.transaction);
}

void EditLogEntryWriter::transaction(TransactionId id, const TransactionRecord& record) {
    put(encoder_, Kind::Transaction);
    encoder_.varint(id);
    encoder_.byte(static_cast<unsigned>(record.kind));
    encoder_.zigzag(record.timeNs);
    encoder_.text(record.name);
}

void EditLogEntryWriter::change(ChangeId id, TransactionId transaction) {
    put(encoder_, Kind::Change);
    encoder_.varint(id);
    encoder_.varint(transaction);
}

void EditLogEntryWriter::name(ChangeId id, std::string_view name) {
    put(encoder_, Kind::Name);
    encoder_.varint(id);
    encoder_.text(name);
}

void EditLogEntryWriter::kept(ChangeId id, bool kept) {
    put(encoder_, Kind::Kept);
    encoder_.varint(id);
    encoder_.byte(kept ? 1 : 0);
}

void EditLogEntryWriter::fingerprint(ChangeId id, const Fingerprint& fingerprint) {
    put(encoder_, Kind::Fingerprint);
    encoder_.varint(id);
    encoder_.offset(fingerprint.extent.offset.value);
    encoder_.offset(fingerprint.extent.length);
    encoder_.fixed64(fingerprint.hash);
    encoder_.offset(fingerprint.marginBefore);
    encoder_.offset(fingerprint.marginAfter);
    encoder_.byte(fingerprint.isWhole ? 1 : 0);
}

void EditLogEntryWriter::need(ChangeId later, ChangeId earlier) {
    put(encoder_, Kind::Need);
    encoder_.varint(later);
    encoder_.varint(earlier);
}

void EditLogEntryWriter::packed(const SpliceView& splice) {
    // Most fit the stack, and need no zeros first.
    std::array<Byte, 512> small;
    const std::size_t bound = packedBound(splice);
    if (bound <= small.size()) {
        const Byte* begin = small.data();
        out_.insert(out_.end(), begin, static_cast<const Byte*>(pack(splice, small.data())));
        return;
    }
    const std::size_t begin = out_.size();
    out_.resize(begin + bound);
    const Byte* end = pack(splice, out_.data() + begin);
    out_.resize(static_cast<std::size_t>(end - out_.data()));
}

void EditLogEntryWriter::switchedOff(ChangeId id, std::span<const Piece> pieces) {
    put(encoder_, Kind::SwitchedOff);
    encoder_.varint(id);
    packed({{}, {}, pieces});
}

void EditLogEntryWriter::splice(const SpliceView& splice) {
    put(encoder_, Kind::Splice);
    packed(splice);
}

void EditLogEntryWriter::pattern(SourceId source, ByteSpan bytes) {
    put(encoder_, Kind::Pattern);
    encoder_.varint(source);
    encoder_.bytes(bytes);
}

void EditLogEntryWriter::reference(SourceId source, const LoggedFile& file) {
    put(encoder_, Kind::Reference);
    encoder_.varint(source);
    put(encoder_, file);
}

void EditLogEntryWriter::content(SourceId source, Offset start, ByteSpan bytes) {
    put(encoder_, Kind::Content);
    encoder_.varint(source);
    encoder_.offset(start);
    encoder_.bytes(bytes);
}

void EditLogEntryWriter::flushBegin(const EditLogEntry::FlushBegin& flush) {
    put(encoder_, Kind::FlushBegin);
    encoder_.fixed64(flush.id);
    encoder_.fixed64(flush.planChecksum);
    encoder_.offset(flush.newLength);
    encoder_.fixed64(flush.newSamples);
    encoder_.varint(flush.changes.size());
    ChangeId last = kNoChange;
    for (const ChangeId id : flush.changes) {
        encoder_.varint(id - last);
        last = id;
    }
    encoder_.varint(flush.before.size());
    for (const std::uint64_t hash : flush.before)
        encoder_.fixed64(hash);
}

void EditLogEntryWriter::flushEnd(const EditLogEntry::FlushEnd& flush) {
    put(encoder_, Kind::FlushEnd);
    encoder_.fixed64(flush.id);
    encoder_.byte(flush.succeeded ? 1 : 0);
    put(encoder_, flush.after);
}

// ---- Reading -------------------------------------------------------------------------------

namespace {

void take(EditLogDecoder& decoder, FileInfo& info) {
    info.identity.device = decoder.varint();
    info.identity.inode = decoder.varint();
    info.size = decoder.offset();
    info.modifiedNs = decoder.zigzag();
    info.changedNs = decoder.zigzag();
}

void take(EditLogDecoder& decoder, LoggedFile& file) {
    file.path = decoder.text();
    take(decoder, file.info);
    file.length = decoder.offset();
    file.samples = decoder.fixed64();
}

void take(EditLogDecoder& decoder, SpliceLogEntry& entry) {
    const ByteSpan packed = decoder.rest();
    if (packed.empty()) {
        decoder.skip(1);  // nothing to skip: it is not good any more
        return;
    }
    const Byte* end = unpack(packed.data(), entry);
    decoder.skip(static_cast<std::size_t>(end - packed.data()));
}

void take(EditLogDecoder& decoder, EditLogEntry::Base& base) {
    take(decoder, base.file);
    base.source = decoder.fixed32();
}

void take(EditLogDecoder& decoder, EditLogEntry::Ids& ids) {
    ids.change = decoder.varint32();
    ids.transaction = decoder.varint32();
}

void take(EditLogDecoder& decoder, EditLogEntry::Transaction& transaction) {
    transaction.id = decoder.varint32();
    transaction.record.kind = static_cast<EditKind>(decoder.byte());
    transaction.record.timeNs = decoder.zigzag();
    transaction.record.name = decoder.text();
}

void take(EditLogDecoder& decoder, EditLogEntry::Change& change) {
    change.id = decoder.varint32();
    change.transaction = decoder.varint32();
}

void take(EditLogDecoder& decoder, EditLogEntry::Name& name) {
    name.id = decoder.varint32();
    name.name = decoder.text();
}

void take(EditLogDecoder& decoder, EditLogEntry::Kept& kept) {
    kept.id = decoder.varint32();
    kept.kept = decoder.byte() != 0;
}

void take(EditLogDecoder& decoder, EditLogEntry::Print& print) {
    print.id = decoder.varint32();
    Fingerprint& fingerprint = print.fingerprint;
    fingerprint.extent.offset = {decoder.offset()};
    fingerprint.extent.length = decoder.offset();
    fingerprint.hash = decoder.fixed64();
    fingerprint.marginBefore = decoder.offset();
    fingerprint.marginAfter = decoder.offset();
    fingerprint.isWhole = decoder.byte() != 0;
}

void take(EditLogDecoder& decoder, EditLogEntry::Need& need) {
    need.later = decoder.varint32();
    need.earlier = decoder.varint32();
}

void take(EditLogDecoder& decoder, EditLogEntry::SwitchedOff& switchedOff) {
    switchedOff.id = decoder.varint32();
    SpliceLogEntry entry;
    take(decoder, entry);
    switchedOff.pieces = std::move(entry.inserted);
}

void take(EditLogDecoder& decoder, EditLogEntry::Splice& splice) {
    take(decoder, splice.splice);
}

void take(EditLogDecoder& decoder, EditLogEntry::Pattern& pattern) {
    pattern.source = decoder.varint32();
    pattern.bytes = decoder.bytes();
}

void take(EditLogDecoder& decoder, EditLogEntry::Reference& reference) {
    reference.source = decoder.varint32();
    take(decoder, reference.file);
}

void take(EditLogDecoder& decoder, EditLogEntry::Content& content) {
    content.source = decoder.varint32();
    content.start = decoder.offset();
    content.bytes = decoder.bytes();
}

void take(EditLogDecoder& decoder, EditLogEntry::FlushBegin& flush) {
    flush.id = decoder.fixed64();
    flush.planChecksum = decoder.fixed64();
    flush.newLength = decoder.offset();
    flush.newSamples = decoder.fixed64();
    ChangeId last = kNoChange;
    for (std::uint64_t count = decoder.varint(); count > 0 && decoder.isGood(); --count) {
        last += decoder.varint32();
        flush.changes.push_back(last);
    }
    for (std::uint64_t count = decoder.varint(); count > 0 && decoder.isGood(); --count)
        flush.before.push_back(decoder.fixed64());
}

void take(EditLogDecoder& decoder, EditLogEntry::FlushEnd& flush) {
    flush.id = decoder.fixed64();
    flush.succeeded = decoder.byte() != 0;
    take(decoder, flush.after);
}

template <typename Entry>
bool taken(EditLogDecoder& decoder, EditLogEntry::Any& any) {
    take(decoder, any.emplace<Entry>());
    return decoder.isGood();
}

bool taken(EditLogDecoder& decoder, Kind kind, EditLogEntry::Any& any) {
    switch (kind) {
    case Kind::Base:
        return taken<EditLogEntry::Base>(decoder, any);
    case Kind::Ids:
        return taken<EditLogEntry::Ids>(decoder, any);
    case Kind::Transaction:
        return taken<EditLogEntry::Transaction>(decoder, any);
    case Kind::Change:
        return taken<EditLogEntry::Change>(decoder, any);
    case Kind::Name:
        return taken<EditLogEntry::Name>(decoder, any);
    case Kind::Kept:
        return taken<EditLogEntry::Kept>(decoder, any);
    case Kind::Fingerprint:
        return taken<EditLogEntry::Print>(decoder, any);
    case Kind::Need:
        return taken<EditLogEntry::Need>(decoder, any);
    case Kind::SwitchedOff:
        return taken<EditLogEntry::SwitchedOff>(decoder, any);
    case Kind::Splice:
        return taken<EditLogEntry::Splice>(decoder, any);
    case Kind::Pattern:
        return taken<EditLogEntry::Pattern>(decoder, any);
    case Kind::Reference:
        return taken<EditLogEntry::Reference>(decoder, any);
    case Kind::Content:
        return taken<EditLogEntry::Content>(decoder, any);
    case Kind::FlushBegin:
        return taken<EditLogEntry::FlushBegin>(decoder, any);
    case Kind::FlushEnd:
        return taken<EditLogEntry::FlushEnd>(decoder, any);
    }
    return false;
}

}  // namespace

bool EditLogEntryReader::next(EditLogEntry::Any& entry) {
    if (!good_ || decoder_.atEnd())
        return false;
    good_ = taken(decoder_, static_cast<Kind>(decoder_.byte()), entry);
    return good_;
}

}  // namespace octavo::core
