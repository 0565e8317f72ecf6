// What is known of a document's changes beside their bytes: numbers, transactions, names, marks,
// the content of those that are switched off, and how many there are.
//
// Where a change is and what it shows stands in the piece tree alone (each piece carries the
// number of its change); here is what the tree does not say. Records are never removed: undo can
// bring any change back.
//
// Thread rule: the document's thread.
#pragma once

#include "core/content/piece.h"
#include "core/document/change_record.h"
#include "core/document/fingerprint.h"

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace octavo::core {

class ChangeSet {
public:
    struct Totals {
        std::size_t on = 0;   ///< changes that are seen
        std::size_t off = 0;  ///< changes that are switched off
        /// Of those that are on: the larger of before and now of each piece.
        std::uint64_t bytes = 0;

        friend bool operator==(const Totals&, const Totals&) = default;
    };

    // ---- Transactions and changes ----

    TransactionId addTransaction(EditKind kind, std::string_view name, std::int64_t timeNs);
    TransactionId lastTransaction() const {
        return static_cast<TransactionId>(transactions_.size());
    }
    /// A copy, as names are kept apart. `id` is from addTransaction().
    TransactionRecord transaction(TransactionId id) const;
    void setTransactionName(TransactionId id, std::string_view name);

    ChangeId addChange(TransactionId transaction, FileOffset hint);
    ChangeId lastChange() const { return static_cast<ChangeId>(records_.size()); }
    bool knows(ChangeId id) const { return id != kNoChange && id <= records_.size(); }
    ChangeRecord& record(ChangeId id) { return records_[id - 1]; }
    const ChangeRecord& record(ChangeId id) const { return records_[id - 1]; }
    bool belongsTo(const Piece& piece, TransactionId transaction) const {
        return piece.isChanged() && record(piece.tag.id()).transaction == transaction;
    }
    /// A half of a change that was cut in two: a change of its own with the same transaction, name
    /// and marks. One that was a half of it before, and is nowhere now, is taken again.
    ChangeId half(ChangeId of, FileOffset hint);
    /// In how many places of the tree the change stands; more than one must not last.
    std::uint32_t runs(ChangeId id) const { return records_[id - 1].runs; }

    std::string name(ChangeId id) const;
    void setName(ChangeId id, std::string_view name);

    // ---- Which change needs which ----

    /// `later` was typed over a part of `earlier`, so that it makes no sense without it.
    void addNeed(ChangeId later, ChangeId earlier);
    /// `ids` with everything that they need, or that needs them, in ascending order.
    std::vector<ChangeId> withNeeded(std::span<const ChangeId> ids) const;
    std::vector<ChangeId> withDependents(std::span<const ChangeId> ids) const;
    /// Those that `id` was typed over a part of, and those that were typed over a part of `id`.
    std::span<const ChangeId> needed(ChangeId id) const { return directly(id, needed_); }
    std::span<const ChangeId> dependents(ChangeId id) const { return directly(id, dependents_); }

    // ---- Switched off ----

    /// The pieces that come back when the change is switched on.
    const std::vector<Piece>* switchedOff(ChangeId id) const;
    void setSwitchedOff(ChangeId id, std::vector<Piece> pieces);
    std::unordered_map<ChangeId, std::vector<Piece>>& allSwitchedOff() { return switchedOff_; }

    // ---- Fingerprints, and what the worker has not looked at ----

    const Fingerprint* fingerprint(ChangeId id) const;
    std::vector<std::pair<ChangeId, Fingerprint>> fingerprints() const {
        return {fingerprints_.begin(), fingerprints_.end()};
    }
    void setFingerprint(ChangeId id, const Fingerprint& fingerprint);
    /// After the file's own coordinates have changed.
    void forgetFingerprint(ChangeId id) { fingerprints_.erase(id); }
    void forgetFingerprints() { fingerprints_.clear(); }
    void noteUnreviewed(ChangeId id);
    bool hasUnreviewed() const { return !unreviewed_.empty(); }
    /// At most `most` of them, ascending and each once.
    std::vector<ChangeId> takeUnreviewed(std::size_t most);

    // ---- Totals ----

    const Totals& totals() const { return totals_; }
    /// Nothing is pending any more.
    void resetTotals();
    /// `inserted` comes in place of `removed` between two pieces with these tags.
    void count(ChangeTag left, std::span<const Piece> removed, std::span<const Piece> inserted,
               ChangeTag right);

private:
    struct Transaction {
        std::int64_t timeNs;
        EditKind kind;
    };
    using Needs = std::unordered_map<ChangeId, std::vector<ChangeId>>;
    static std::span<const ChangeId> directly(ChangeId id, const Needs& needs) {
        const auto found = needs.find(id);
        return found == needs.end() ? std::span<const ChangeId>() : found->second;
    }
    static std::vector<ChangeId> closure(std::span<const ChangeId> ids, const Needs& needs);
    void countRun(ChangeTag left, std::span<const Piece> pieces, ChangeTag right, bool adds);

    std::deque<ChangeRecord> records_;
    std::deque<Transaction> transactions_;
    std::unordered_map<TransactionId, std::string> transactionNames_;
    std::unordered_map<ChangeId, std::string> names_;
    Needs needed_;      // by a change: those it needs
    Needs dependents_;  // of a change: those that need it
    Needs halves_;      // of a change: those that were cut from it
    std::unordered_map<ChangeId, std::vector<Piece>> switchedOff_;
    std::unordered_map<ChangeId, Fingerprint> fingerprints_;
    std::vector<ChangeId> unreviewed_;
    Totals totals_;
};

}  // namespace octavo::core
