#include "core/document/logged_edits.h"

#include "core/content/with_only.h"
#include "core/document/edit_log_file.h"

#include <algorithm>
#include <utility>

namespace octavo::core {

namespace {

/// True where `border` is a place of the tree, and the tree can be cut there.
bool admits(const PieceTree& tree, const Border& border) {
    const Border end = tree.end();
    if (border.offset < 0 || border.fileOffset < 0 || border.offset > end.offset ||
        border.fileOffset > end.fileOffset)
        return false;
    PieceTree::Cursor cursor(tree, border.offset);
    while (cursor.fileOffset() > border.fileOffset) {
        if (!cursor.previous())
            return false;
    }
    const Border at = cursor.border();
    if (cursor.atEnd() || at == border)
        return at == border;
    const Offset in = border.offset - at.offset;
    const Offset inFile = border.fileOffset - at.fileOffset;
    return border.offset <= cursor.end().offset && border.fileOffset <= cursor.end().fileOffset &&
           (cursor.piece().isChanged() || in == inFile);
}

/// True where `total` with `inserted` in place of `removed` is a length.
bool staysWithin(Offset total, Offset removed, Offset inserted) {
    return removed <= total && checkedSum(total - removed, inserted).has_value();
}

/// Carries out the entries of a log.
class Replay {
public:
    Replay(const EditLogRecords& records, Offset memoryBudget)
        : records_(records), memoryBudget_(memoryBudget) {}

    /// False, and no piece is other than it was, where `payload` is not what was written.
    bool take(ByteSpan payload) {
        payload_ = payload;
        const PieceTree before = edits_.tree;
        const std::optional<LoggedFlush> flush = edits_.flush;
        EditLogEntryReader reader(payload);
        EditLogEntry::Any entry;
        bool isGood = true;
        while (isGood && reader.next(entry))
            isGood = std::visit([this](auto& each) { return carryOut(each); }, entry);
        if (isGood && reader.isGood())
            return true;
        edits_.tree = before;
        edits_.flush = flush;
        return false;
    }
    bool hasBase() const { return hasBase_; }
    LoggedEdits& edits() { return edits_; }

private:
    bool carryOut(EditLogEntry::Base& base) {
        if (hasBase_)
            return false;
        hasBase_ = true;
        edits_.base = std::move(base);
        if (const Offset length = edits_.base.file.length; length > 0)
            edits_.tree = PieceTree(Piece::inPlace(0, length, edits_.base.source));
        return true;
    }
    bool carryOut(const EditLogEntry::Ids& ids) {
        edits_.facts.lastChange = ids.change;
        edits_.facts.lastTransaction = ids.transaction;
        return true;
    }
    bool carryOut(EditLogEntry::Transaction& transaction) {
        edits_.facts.transactions[transaction.id] = std::move(transaction.record);
        return true;
    }
    bool carryOut(const EditLogEntry::Change& change) {
        edits_.facts.changes[change.id].transaction = change.transaction;
        return true;
    }
    bool carryOut(EditLogEntry::Name& name) {
        if (name.name.empty())
            edits_.facts.names.erase(name.id);
        else
            edits_.facts.names[name.id] = std::move(name.name);
        return true;
    }
    bool carryOut(const EditLogEntry::Kept& kept) {
        edits_.facts.changes[kept.id].kept = kept.kept;
        return true;
    }
    bool carryOut(const EditLogEntry::Print& print) {
        edits_.facts.fingerprints[print.id] = print.fingerprint;
        return true;
    }
    bool carryOut(const EditLogEntry::Need& need) {
        std::vector<ChangeId>& earlier = edits_.facts.needs[need.later];
        if (std::ranges::find(earlier, need.earlier) == earlier.end())
            earlier.push_back(need.earlier);
        return true;
    }
    bool carryOut(EditLogEntry::SwitchedOff& switchedOff) {
        edits_.facts.switchedOff[switchedOff.id] = std::move(switchedOff.pieces);
        return true;
    }
    bool carryOut(const EditLogEntry::Splice& splice) { return apply(splice.splice.view()); }
    bool carryOut(const EditLogEntry::Pattern& pattern) {
        edits_.patterns[pattern.source] = Bytes(pattern.bytes.begin(), pattern.bytes.end());
        return !pattern.bytes.empty();
    }
    bool carryOut(EditLogEntry::Reference& reference) {
        edits_.references[reference.source] = std::move(reference.file);
        return true;
    }
    bool carryOut(const EditLogEntry::Content& content) {
        std::shared_ptr<LoggedSource>& source = edits_.contents[content.source];
        if (!source)
            source = std::make_shared<LoggedSource>();
        const auto length = static_cast<Offset>(content.bytes.size());
        if (inMemory_ + length <= memoryBudget_) {
            source->add(content.start, content.bytes);
            inMemory_ += length;
        } else {
            source->add(content.start, length, records_.file(),
                        records_.payloadAt() + (content.bytes.data() - payload_.data()));
        }
        return true;
    }
    bool carryOut(EditLogEntry::FlushBegin& flush) {
        edits_.flush = LoggedFlush{std::move(flush), std::nullopt, edits_.tree};
        return true;
    }
    bool carryOut(const EditLogEntry::FlushEnd& flush) {
        if (!edits_.flush || edits_.flush->begin.id != flush.id)
            return false;
        edits_.flush->end = flush;
        if (!flush.succeeded) {
            edits_.flush.reset();
            edits_.base.file.info = flush.after;
        }
        return true;
    }

    bool apply(const SpliceView& splice) {
        PieceTree& tree = edits_.tree;
        const Border from = splice.from;
        const Border to = splice.removedEnd();
        const Border end = splice.insertedEnd();
        if (!admits(tree, from) || !admits(tree, to) || to < from ||
            !staysWithin(tree.length(), to.offset - from.offset, end.offset - from.offset) ||
            !staysWithin(tree.fileLength(), to.fileOffset - from.fileOffset,
                         end.fileOffset - from.fileOffset))
            return false;
        noteSwitchedOff(splice);
        if (splice.removesMark())
            return tree.replaceMark(from, splice.removed.front().tag.id(), splice.inserted);
        tree.replace(from, to, splice.inserted);
        return true;
    }

    /// What goes off takes the content along that comes back when it is switched on; the same rule
    /// as in EditedTree::put().
    void noteSwitchedOff(const SpliceView& splice) {
        if (splice.removed.empty() || splice.removed.front().isOff())
            return;
        for (const Piece& piece : splice.inserted) {
            if (!piece.isOff())
                continue;
            std::vector<Piece> content;
            for (const Piece& removed : splice.removed) {
                if (removed.isChanged() && removed.tag.id() == piece.tag.id())
                    content.push_back(removed);
            }
            if (!content.empty())
                edits_.facts.switchedOff[piece.tag.id()] = std::move(content);
        }
    }

    const EditLogRecords& records_;
    Offset memoryBudget_;
    ByteSpan payload_;
    Offset inMemory_ = 0;
    bool hasBase_ = false;
    LoggedEdits edits_;
};

}  // namespace

Result<LoggedEdits> LoggedEdits::read(std::shared_ptr<const File> file, Offset memoryBudget) {
    Result<EditLogRecords> records = EditLogRecords::open(std::move(file));
    if (!records)
        return std::move(records).error();
    Replay replay(*records, memoryBudget);
    Bytes payload;
    while (true) {
        const Offset left = records->left();
        const Result<bool> found = records->next(payload);
        if (!found)
            return found.error();
        if (!*found || !replay.take(payload)) {
            replay.edits().bytesLost = left;
            break;
        }
    }
    if (!replay.hasBase())
        return Error{ErrorCode::Unreadable, "read", records->file()->path(), 0,
                     "the beginning of the edit log is damaged"};
    return std::move(replay.edits());
}

bool isUnchanged(const PieceTree& tree) {
    PieceTree::Cursor cursor = firstPiece(tree);
    if (cursor.atEnd())
        return true;
    if (!cursor.piece().isInPlace())
        return false;
    cursor.next();  // a mark may follow, at the very end
    return cursor.atEnd();
}

void writeTree(const PieceTree& tree, SourceId base, EditLogEntryWriter& writer) {
    std::vector<Piece> run;
    Border from;
    const auto endRun = [&](const Border& end) {
        if (run.empty())
            return;
        const Piece file = Piece::inPlace(from.fileOffset, end.fileOffset - from.fileOffset, base);
        writer.splice({from, {&file, file.isMark() ? 0U : 1U}, run});
        run.clear();
    };
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next()) {
        if (cursor.piece().isInPlace()) {
            endRun(cursor.border());
            continue;
        }
        if (run.empty())
            from = cursor.border();
        run.push_back(cursor.piece());
    }
    endRun(tree.end());
}

void LoggedEdits::writeTo(EditLogEntryWriter& writer) const {
    for (const auto& [id, record] : facts.transactions)
        writer.transaction(id, record);
    for (const auto& [id, record] : facts.changes) {
        writer.change(id, record.transaction);
        if (record.kept)
            writer.kept(id, true);
    }
    for (const auto& [id, name] : facts.names)
        writer.name(id, name);
    for (const auto& [id, fingerprint] : facts.fingerprints)
        writer.fingerprint(id, fingerprint);
    for (const auto& [later, needs] : facts.needs) {
        for (const ChangeId earlier : needs)
            writer.need(later, earlier);
    }
    for (const auto& [id, pieces] : facts.switchedOff)
        writer.switchedOff(id, pieces);
    writeTree(tree, base.source, writer);
    writer.ids({facts.lastChange, facts.lastTransaction});
}

}  // namespace octavo::core
