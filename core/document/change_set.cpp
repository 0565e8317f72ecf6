#include "core/document/change_set.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace octavo::core {

TransactionId ChangeSet::addTransaction(EditKind kind, std::string_view name, std::int64_t timeNs) {
    transactions_.push_back({timeNs, kind});
    const TransactionId id = lastTransaction();
    if (!name.empty())
        transactionNames_[id] = name;
    return id;
}

TransactionRecord ChangeSet::transaction(TransactionId id) const {
    const Transaction& transaction = transactions_[id - 1];
    const auto name = transactionNames_.find(id);
    return {transaction.kind, transaction.timeNs,
            name == transactionNames_.end() ? std::string() : name->second};
}

void ChangeSet::setTransactionName(TransactionId id, std::string_view name) {
    transactionNames_[id] = name;
}

ChangeId ChangeSet::addChange(TransactionId transaction, FileOffset hint) {
    assert(records_.size() < kLastChange);
    records_.push_back({.transaction = transaction, .hint = hint});
    return lastChange();
}

ChangeId ChangeSet::half(ChangeId of, FileOffset hint) {
    std::vector<ChangeId>& halves = halves_[of];
    const auto free = std::ranges::find_if(halves, [this](ChangeId id) { return runs(id) == 0; });
    if (free != halves.end()) {
        record(*free).hint = hint;
        return *free;
    }
    const ChangeId id = addChange(record(of).transaction, hint);
    halves.push_back(id);
    record(id) = record(of);
    record(id).hint = hint;
    record(id).runs = 0;
    if (const auto name = names_.find(of); name != names_.end())
        names_[id] = std::string(name->second);
    if (const auto needed = needed_.find(of); needed != needed_.end()) {
        for (const ChangeId earlier : std::vector(needed->second))
            addNeed(id, earlier);
    }
    if (const auto dependents = dependents_.find(of); dependents != dependents_.end()) {
        for (const ChangeId later : std::vector(dependents->second))
            addNeed(later, id);
    }
    return id;
}

std::string ChangeSet::name(ChangeId id) const {
    const auto name = names_.find(id);
    return name == names_.end() ? std::string() : name->second;
}

void ChangeSet::setName(ChangeId id, std::string_view name) {
    if (name.empty())
        names_.erase(id);
    else
        names_[id] = name;
}

void ChangeSet::addNeed(ChangeId later, ChangeId earlier) {
    std::vector<ChangeId>& needed = needed_[later];
    if (std::ranges::find(needed, earlier) != needed.end())
        return;
    needed.push_back(earlier);
    dependents_[earlier].push_back(later);
}

std::vector<ChangeId> ChangeSet::closure(std::span<const ChangeId> ids, const Needs& needs) {
    std::set<ChangeId> found(ids.begin(), ids.end());
    std::vector<ChangeId> open(ids.begin(), ids.end());
    while (!open.empty()) {
        const ChangeId id = open.back();
        open.pop_back();
        const auto more = needs.find(id);
        if (more == needs.end())
            continue;
        for (const ChangeId other : more->second) {
            if (found.insert(other).second)
                open.push_back(other);
        }
    }
    return {found.begin(), found.end()};
}

std::vector<ChangeId> ChangeSet::withNeeded(std::span<const ChangeId> ids) const {
    return closure(ids, needed_);
}

std::vector<ChangeId> ChangeSet::withDependents(std::span<const ChangeId> ids) const {
    return closure(ids, dependents_);
}

const std::vector<Piece>* ChangeSet::switchedOff(ChangeId id) const {
    const auto pieces = switchedOff_.find(id);
    return pieces == switchedOff_.end() ? nullptr : &pieces->second;
}

void ChangeSet::setSwitchedOff(ChangeId id, std::vector<Piece> pieces) {
    switchedOff_[id] = std::move(pieces);
}

const Fingerprint* ChangeSet::fingerprint(ChangeId id) const {
    const auto fingerprint = fingerprints_.find(id);
    return fingerprint == fingerprints_.end() ? nullptr : &fingerprint->second;
}

void ChangeSet::setFingerprint(ChangeId id, const Fingerprint& fingerprint) {
    fingerprints_[id] = fingerprint;
}

void ChangeSet::noteUnreviewed(ChangeId id) {
    if (unreviewed_.empty() || unreviewed_.back() != id)
        unreviewed_.push_back(id);
}

std::vector<ChangeId> ChangeSet::takeUnreviewed(std::size_t most) {
    const std::size_t count = std::min(most, unreviewed_.size());
    const auto first = unreviewed_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<ChangeId> ids(first, unreviewed_.end());
    unreviewed_.erase(first, unreviewed_.end());
    std::ranges::sort(ids);
    const auto [begin, end] = std::ranges::unique(ids);
    ids.erase(begin, end);
    return ids;
}

void ChangeSet::resetTotals() {
    totals_ = {};
    for (ChangeRecord& record : records_)
        record.runs = 0;
}

void ChangeSet::countRun(ChangeTag left, std::span<const Piece> pieces, ChangeTag right,
                         bool adds) {
    const auto run = [&](ChangeTag before, ChangeTag tag) {
        if (tag.isNone() || tag == before)
            return;
        std::size_t& count = tag.isOff() ? totals_.off : totals_.on;
        std::uint32_t& runs = record(tag.id()).runs;
        adds ? ++count : --count;
        adds ? ++runs : --runs;
    };
    for (const Piece& piece : pieces) {
        run(left, piece.tag);
        left = piece.tag;
        if (piece.isChanged()) {
            const auto bytes = static_cast<std::uint64_t>(std::max(piece.length, piece.fileLength));
            totals_.bytes = adds ? totals_.bytes + bytes : totals_.bytes - bytes;
        }
    }
    run(left, right);
}

void ChangeSet::count(ChangeTag left, std::span<const Piece> removed,
                      std::span<const Piece> inserted, ChangeTag right) {
    countRun(left, removed, right, false);
    countRun(left, inserted, right, true);
}

}  // namespace octavo::core
