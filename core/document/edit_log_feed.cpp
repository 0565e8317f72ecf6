#include "core/document/edit_log_feed.h"

#include "core/content/with_only.h"
#include "core/document/logged_edits.h"

#include <utility>

namespace octavo::core {

namespace {

/// True the first time it is asked for `number`.
bool isNew(std::vector<bool>& known, std::size_t number) {
    if (known.size() <= number)
        known.resize(number + number / 2 + 64);
    if (known[number])
        return false;
    known[number] = true;
    return true;
}

}  // namespace

void EditLogFeed::reset(const EditLogEntry::Base& base, const PieceTree& tree,
                        const ChangeSet& changes) {
    changes_ = &changes;
    base_ = base;
    entries_.clear();
    knownChanges_.clear();
    knownTransactions_.clear();
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next())
        describe({&cursor.piece(), 1});
    EditLogEntryWriter writer(entries_);
    writeTree(tree, base.source, writer);
}

void EditLogFeed::spliced(const SpliceView& splice) {
    const SpliceView real = splice.withoutAnchor();
    describe(real.inserted);
    EditLogEntryWriter(entries_).splice(real);
}

void EditLogFeed::describe(std::span<const Piece> pieces) {
    for (const Piece& piece : pieces) {
        if (!piece.tag.isNone() && isNew(knownChanges_, piece.tag.id()))
            describe(piece.tag.id());
    }
}

void EditLogFeed::describe(ChangeId id) {
    const ChangeRecord& record = changes_->record(id);
    describeTransaction(record.transaction);
    EditLogEntryWriter writer(entries_);
    writer.change(id, record.transaction);
    if (const std::string name = changes_->name(id); !name.empty())
        writer.name(id, name);
    if (record.kept)
        writer.kept(id, true);
    if (const Fingerprint* fingerprint = changes_->fingerprint(id))
        writer.fingerprint(id, *fingerprint);
    if (const std::vector<Piece>* pieces = changes_->switchedOff(id))
        writer.switchedOff(id, *pieces);
    for (const ChangeId earlier : changes_->needed(id))
        writer.need(id, earlier);
    for (const ChangeId later : changes_->dependents(id))
        writer.need(later, id);
}

void EditLogFeed::describeTransaction(TransactionId id) {
    if (id != 0 && isNew(knownTransactions_, id))
        EditLogEntryWriter(entries_).transaction(id, changes_->transaction(id));
}

void EditLogFeed::transaction(TransactionId id, const TransactionRecord& record) {
    isNew(knownTransactions_, id);
    EditLogEntryWriter(entries_).transaction(id, record);
}

void EditLogFeed::named(ChangeId id, std::string_view name) {
    EditLogEntryWriter(entries_).name(id, name);
}

void EditLogFeed::kept(ChangeId id, bool kept) {
    EditLogEntryWriter(entries_).kept(id, kept);
}

void EditLogFeed::fingerprint(ChangeId id, const Fingerprint& fingerprint) {
    EditLogEntryWriter(entries_).fingerprint(id, fingerprint);
}

std::optional<EditLogBatch> EditLogFeed::take(const Snapshot& snapshot) {
    if (entries_.empty() && !base_)
        return std::nullopt;
    EditLogEntryWriter(entries_).ids({changes_->lastChange(), changes_->lastTransaction()});
    EditLogBatch batch{std::move(entries_), std::exchange(base_, std::nullopt),
                       isUnchanged(snapshot.tree()), snapshot};
    entries_.clear();
    if (batch.nothingPending) {
        // The log goes, and with it all that it knows.
        knownChanges_.clear();
        knownTransactions_.clear();
    }
    return batch;
}

}  // namespace octavo::core
