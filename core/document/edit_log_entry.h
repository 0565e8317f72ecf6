// What stands in an edit log, entry by entry.
//
// The entries of a log say in their order how the document came to be what it is, beginning with
// the file as it is. A piece is known by the number of its source in the document; where the bytes
// of a source come from is said by entries too: Content holds them, Pattern repeats some,
// Reference names a file.
//
// Changes to what an entry holds, or to splice_packing.h, need a new number in kEditLogVersion.
//
// Thread rule: plain values; encoders and decoders are plain functions.
#pragma once

#include "core/base/types.h"
#include "core/content/piece.h"
#include "core/document/change_record.h"
#include "core/document/edit_log_bytes.h"
#include "core/document/fingerprint.h"
#include "core/document/splice_log_entry.h"
#include "core/file/file_info.h"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace octavo::core {

inline constexpr std::uint32_t kEditLogVersion = 1;

/// A file as it was when it was looked at. Identity, size and times are logged of `info`.
struct LoggedFile {
    std::string path;  ///< with symbolic links followed; empty where there is no file
    FileInfo info;
    Offset length = 0;          ///< of its content; a device's or a generated file's size says less
    std::uint64_t samples = 0;  ///< sampledHash() of its content; 0 where it could not be read
};

struct EditLogEntry {
    /// The file under the document, and which source it is. The first entry of a log.
    struct Base {
        LoggedFile file;
        SourceId source = kNoSource;

        bool isUntitled() const { return file.path.empty(); }
    };
    /// The highest numbers that were given.
    struct Ids {
        ChangeId change = kNoChange;
        TransactionId transaction = 0;
    };
    struct Transaction {
        TransactionId id = 0;
        TransactionRecord record;
    };
    struct Change {
        ChangeId id = kNoChange;
        TransactionId transaction = 0;
    };
    struct Name {
        ChangeId id = kNoChange;
        std::string name;  ///< empty: none any more
    };
    struct Kept {
        ChangeId id = kNoChange;
        bool kept = false;
    };
    struct Print {
        ChangeId id = kNoChange;
        Fingerprint fingerprint;
    };
    /// `later` was typed over a part of `earlier`.
    struct Need {
        ChangeId later = kNoChange;
        ChangeId earlier = kNoChange;
    };
    /// What comes back when a change is switched on.
    struct SwitchedOff {
        ChangeId id = kNoChange;
        std::vector<Piece> pieces;
    };
    struct Splice {
        SpliceLogEntry splice;
    };
    struct Pattern {
        SourceId source = 0;
        ByteSpan bytes;  ///< good as long as what was decoded
    };
    struct Reference {
        SourceId source = 0;
        LoggedFile file;
    };
    /// `bytes` stand in `source` from `start` on.
    struct Content {
        SourceId source = 0;
        Offset start = 0;
        ByteSpan bytes;  ///< good as long as what was decoded
    };
    /// A flush of `changes` is about to write.
    struct FlushBegin {
        std::uint64_t id = 0;
        std::uint64_t planChecksum = 0;  ///< FlushChecksum of its runs
        Offset newLength = 0;            ///< of the file when it is done
        std::uint64_t newSamples = 0;    ///< sampledHash() of the file when it is done, or 0
        std::vector<ChangeId> changes;   ///< ascending
        /// Of each run of these changes, in the document's order, the sampledHash() of the bytes
        /// it replaces; 0 where they could not be read.
        std::vector<std::uint64_t> before;
    };
    /// It has succeeded, and the disk has it; or it has failed, and the file has its old content.
    struct FlushEnd {
        std::uint64_t id = 0;
        bool succeeded = false;
        FileInfo after;
    };

    using Any = std::variant<Base, Ids, Transaction, Change, Name, Kept, Print, Need, SwitchedOff,
                             Splice, Pattern, Reference, Content, FlushBegin, FlushEnd>;
};

/// Adds entries to the end of a run of bytes, which must outlive it.
class EditLogEntryWriter {
public:
    explicit EditLogEntryWriter(Bytes& out) : out_(out), encoder_(out) {}

    void base(const EditLogEntry::Base& base);
    void ids(const EditLogEntry::Ids& ids);
    void transaction(TransactionId id, const TransactionRecord& record);
    void change(ChangeId id, TransactionId transaction);
    void name(ChangeId id, std::string_view name);
    void kept(ChangeId id, bool kept);
    void fingerprint(ChangeId id, const Fingerprint& fingerprint);
    void need(ChangeId later, ChangeId earlier);
    void switchedOff(ChangeId id, std::span<const Piece> pieces);
    void splice(const SpliceView& splice);
    void pattern(SourceId source, ByteSpan bytes);
    void reference(SourceId source, const LoggedFile& file);
    void content(SourceId source, Offset start, ByteSpan bytes);
    void flushBegin(const EditLogEntry::FlushBegin& flush);
    void flushEnd(const EditLogEntry::FlushEnd& flush);

private:
    void packed(const SpliceView& splice);

    Bytes& out_;
    EditLogEncoder encoder_;
};

/// Walks the entries of one payload, whose checksum was compared.
class EditLogEntryReader {
public:
    explicit EditLogEntryReader(ByteSpan payload) : decoder_(payload) {}

    /// False at the end, and where what follows is no entry.
    bool next(EditLogEntry::Any& entry);
    /// False where the walk ended before the end.
    bool isGood() const { return good_; }

private:
    EditLogDecoder decoder_;
    bool good_ = true;
};

}  // namespace octavo::core
