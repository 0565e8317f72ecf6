// Document: takes over the pending edits of an earlier run.
#include "core/content/with_only.h"
#include "core/document/document.h"
#include "core/document/document_step.h"
#include "core/document/recovered_edits.h"

#include <unordered_set>

namespace octavo::core {

namespace {

/// Brings pieces of the recovered document into this one: its sources, its numbers of changes.
class RecoveredPieces {
public:
    RecoveredPieces(const RecoveredEdits& edits, SourceRegistry& sources, SourceId base,
                    ChangeId firstChange)
        : edits_(edits), sources_(sources), base_(base), firstChange_(firstChange) {}

    ChangeId change(ChangeId id) const { return firstChange_ + id; }

    Piece piece(const Piece& piece) const {
        Piece mine = piece;
        mine.tag = piece.isOff() ? ChangeTag::off(change(piece.tag.id()))
                                 : ChangeTag::on(change(piece.tag.id()));
        mine.source = piece.length == 0 || piece.source == edits_.base()
                          ? base_
                          : sources_.idOf(edits_.snapshot().sources()->shared(piece.source));
        return mine;
    }

private:
    const RecoveredEdits& edits_;
    SourceRegistry& sources_;
    SourceId base_;
    ChangeId firstChange_;
};

}  // namespace

Status Document::recover(const RecoveredEdits& edits, std::span<const ChangeId> ids) {
    if (const Status allowed = checkEdit("recover", {0, 0}, 0); !allowed)
        return allowed;
    if (hasChanges() || isInTransaction())
        return error(ErrorCode::InvalidArgument, "recover",
                     "there are pending changes already: flush or revert them first");
    if (mode_ == AccessMode::WriteThrough)
        return error(ErrorCode::InvalidArgument, "recover",
                     "what is recovered is pending: switch to preview first");
    const RecoveredPieces mapped(edits, sources_, edited_.base(), edited_.changes().lastChange());
    const std::unordered_set<ChangeId> chosen(ids.begin(), ids.end());
    const Offset end = edited_.baseLength();

    std::vector<Piece> pieces;
    Offset at = 0;      // in the file
    Offset length = 0;  // of the document to be
    const auto keepFile = [&](Offset count) {
        count = std::min(count, end - at);
        if (count > 0)
            pieces.push_back(Piece::inPlace(at, count, edited_.base()));
        at += count;
        length += count;
    };
    for (PieceTree::Cursor cursor = firstPiece(edits.snapshot().tree()); !cursor.atEnd();
         cursor.next()) {
        const Piece& piece = cursor.piece();
        if (piece.isInPlace() || !chosen.contains(piece.tag.id())) {
            keepFile(piece.fileLength);
            continue;
        }
        if (piece.tag.id() > edits.facts().lastChange ||
            (piece.isOff() && !edits.facts().switchedOff.contains(piece.tag.id())))
            return error(ErrorCode::InvalidArgument, "recover",
                         "the edit log does not say what one of the changes is");
        if (piece.fileLength > end - at)
            return error(ErrorCode::InvalidArgument, "recover",
                         "a change lies behind the end of the file");
        if (piece.length > kMaxLength - length)
            return error(ErrorCode::TooLarge, "recover",
                         "the document would be longer than 2^63 - 1 bytes");
        pieces.push_back(mapped.piece(piece));
        at += piece.fileLength;
        length += piece.length;
    }
    if (end - at > kMaxLength - length)
        return error(ErrorCode::TooLarge, "recover",
                     "the document would be longer than 2^63 - 1 bytes");
    keepFile(end - at);

    takeFacts(edits.facts(), [&](const Piece& piece) { return mapped.piece(piece); });
    const Step step(*this, EditKind::Recover);
    const EditedTree::Neighbours neighbours = edited_.look({{}, edited_.tree().end()}, removed_);
    commit({{}, removed_, pieces}, neighbours);
    return {};
}

/// The records of the recovered changes, under the numbers that follow those given already: in a
/// document that was just opened, under their own.
void Document::takeFacts(const LoggedFacts& facts,
                         const std::function<Piece(const Piece&)>& mapped) {
    ChangeSet& changes = edited_.changes();
    const TransactionId firstTransaction = changes.lastTransaction();
    const ChangeId firstChange = changes.lastChange();
    for (TransactionId id = 1; id <= facts.lastTransaction; ++id) {
        const auto found = facts.transactions.find(id);
        const TransactionRecord record =
            found == facts.transactions.end() ? TransactionRecord() : found->second;
        changes.addTransaction(record.kind, record.name, record.timeNs);
    }
    TransactionId unknown = 0;  // of changes whose own is not said
    for (ChangeId id = 1; id <= facts.lastChange; ++id) {
        const auto found = facts.changes.find(id);
        ChangeRecord record = found == facts.changes.end() ? ChangeRecord() : found->second;
        const bool isKnown = record.transaction > 0 && record.transaction <= facts.lastTransaction;
        if (!isKnown && unknown == 0)
            unknown = changes.addTransaction(EditKind::Recover, {}, 0);
        const ChangeId mine = changes.addChange(
            isKnown ? firstTransaction + record.transaction : unknown, record.hint);
        changes.record(mine).kept = record.kept;
    }
    for (const auto& [id, name] : facts.names)
        changes.setName(firstChange + id, name);
    for (const auto& [later, earlier] : facts.needs) {
        for (const ChangeId each : earlier)
            changes.addNeed(firstChange + later, firstChange + each);
    }
    for (const auto& [id, fingerprint] : facts.fingerprints)
        changes.setFingerprint(firstChange + id, fingerprint);
    for (const auto& [id, pieces] : facts.switchedOff) {
        std::vector<Piece> mine;
        for (const Piece& piece : pieces)
            mine.push_back(mapped(piece));
        changes.setSwitchedOff(firstChange + id, std::move(mine));
    }
}

}  // namespace octavo::core
