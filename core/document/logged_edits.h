// What an edit log says when its entries are carried out one after the other: the pieces of the
// document, what is known of its changes, and where the bytes come from. No file but the log is
// looked at.
//
// Thread rule: plain values; reading waits for the disk, so a worker.
#pragma once

#include "core/base/result.h"
#include "core/content/piece_tree.h"
#include "core/document/change_record.h"
#include "core/document/edit_log_entry.h"
#include "core/document/fingerprint.h"
#include "core/document/logged_source.h"
#include "core/file/file_system.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace octavo::core {

/// What is known of changes beside their pieces, as in ChangeSet; also of those that are gone, as
/// undo could have brought them back.
struct LoggedFacts {
    std::unordered_map<ChangeId, ChangeRecord> changes;
    std::unordered_map<TransactionId, TransactionRecord> transactions;
    std::unordered_map<ChangeId, std::string> names;
    std::unordered_map<ChangeId, Fingerprint> fingerprints;
    /// Of a change those that it was typed over.
    std::unordered_map<ChangeId, std::vector<ChangeId>> needs;
    /// The pieces that come back when a change is switched on.
    std::unordered_map<ChangeId, std::vector<Piece>> switchedOff;
    ChangeId lastChange = kNoChange;
    TransactionId lastTransaction = 0;
};

/// A flush that the log tells of.
struct LoggedFlush {
    EditLogEntry::FlushBegin begin;
    std::optional<EditLogEntry::FlushEnd> end;
    PieceTree tree;  ///< the document when it began
};

struct LoggedEdits {
    /// Content that is kept in memory; more is read from the log when it is asked for.
    static constexpr Offset kMemoryBudget = Offset{64} << 20U;

    EditLogEntry::Base base;
    PieceTree tree;
    LoggedFacts facts;
    std::map<SourceId, std::shared_ptr<LoggedSource>> contents;
    std::map<SourceId, Bytes> patterns;
    std::map<SourceId, LoggedFile> references;
    /// The flush that the log has not left behind it: it has no end, or has succeeded. All splices
    /// of a log speak of the file as it was at its beginning.
    std::optional<LoggedFlush> flush;
    Offset bytesLost = 0;  ///< at the end of the log: damaged, or not written whole

    /// Reads a log as far as it is whole. Errors: UnsupportedFile where it is no edit log,
    /// Unreadable where not even its beginning is whole, System.
    static Result<LoggedEdits> read(std::shared_ptr<const File> file,
                                    Offset memoryBudget = kMemoryBudget);

    /// Adds entries that lead from the file to the same pieces and facts: what the log can begin
    /// anew with. Not while there is a flush.
    void writeTo(EditLogEntryWriter& writer) const;
};

/// True where the tree is the file and nothing else.
bool isUnchanged(const PieceTree& tree);

/// Adds the splices, one for each run of neighbouring changes, that lead from `base` as it is to
/// `tree`.
void writeTree(const PieceTree& tree, SourceId base, EditLogEntryWriter& writer);

}  // namespace octavo::core
