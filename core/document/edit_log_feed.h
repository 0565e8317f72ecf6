// The document's side of its edit log: gathers in memory what is to be written.
//
// The document tells every splice at the moment it carries it out, and reset() wherever it brings
// its pieces into another order by other means: after a flush or a copy, when what is pending is
// given up as a whole, when the file has been extended. What is known of the changes that the
// splices speak of is looked up in the change set; of what changes later the feed is told.
//
// Thread rule: the document's thread. Touches no file.
// Cost: some 100 ns a splice, 20 to 60 bytes each until they are taken; reset() follows the number
// of pieces.
#pragma once

#include "core/document/change_set.h"
#include "core/document/edit_log_batch.h"
#include "core/document/edit_log_entry.h"
#include "core/document/splice.h"

#include <optional>
#include <string_view>
#include <vector>

namespace octavo::core {

class EditLogFeed {
public:
    /// Begins anew with `tree` over `base` (its samples are taken by the writer). Keeps `changes`,
    /// which must outlive its use.
    void reset(const EditLogEntry::Base& base, const PieceTree& tree, const ChangeSet& changes);

    // Between reset() and the end of the document.

    void spliced(const SpliceView& splice);
    /// A transaction was made or named.
    void transaction(TransactionId id, const TransactionRecord& record);
    void named(ChangeId id, std::string_view name);
    void kept(ChangeId id, bool kept);
    void fingerprint(ChangeId id, const Fingerprint& fingerprint);

    /// What has come together since it was taken last, for EditLogWriter::write(), which must be
    /// given all of it in order. `snapshot` is the document now. Nothing where there is nothing.
    std::optional<EditLogBatch> take(const Snapshot& snapshot);

private:
    /// What the log does not know yet of the changes that these pieces belong to.
    void describe(std::span<const Piece> pieces);
    void describe(ChangeId id);
    void describeTransaction(TransactionId id);

    const ChangeSet* changes_ = nullptr;
    Bytes entries_;
    std::optional<EditLogEntry::Base> base_;  // of a log to begin with what is taken next
    std::vector<bool> knownChanges_;          // to the log, by number
    std::vector<bool> knownTransactions_;
};

}  // namespace octavo::core
