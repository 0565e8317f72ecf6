#include "core/document/recovered_edits.h"

#include "core/content/pattern_source.h"
#include "core/content/with_only.h"
#include "core/document/flush_rebase.h"
#include "core/document/sampled_hash.h"
#include "core/save/recover_save.h"

#include <algorithm>
#include <span>
#include <utility>

namespace octavo::core {

namespace {

/// More sources no document has; a log that names one is not to be believed.
constexpr SourceId kMostSources = SourceId{1} << 24U;

template <typename Each>
void forEachPiece(const LoggedEdits& edits, Each each) {
    for (PieceTree::Cursor cursor = firstPiece(edits.tree); !cursor.atEnd(); cursor.next())
        each(cursor.piece());
    if (edits.flush) {
        const PieceTree& begun = edits.flush->tree;
        for (PieceTree::Cursor cursor = firstPiece(begun); !cursor.atEnd(); cursor.next())
            each(cursor.piece());
    }
    for (const auto& [id, pieces] : edits.facts.switchedOff)
        std::ranges::for_each(pieces, each);
}

/// The number behind the last source that the log names.
SourceId sourceCount(const LoggedEdits& edits) {
    SourceId count = 0;
    const auto note = [&](SourceId id) {
        if (id != kNoSource)
            count = std::max(count, id + 1);
    };
    forEachPiece(edits, [&](const Piece& piece) { note(piece.length > 0 ? piece.source : 0); });
    note(edits.base.source);
    for (const auto& [id, content] : edits.contents)
        note(id);
    for (const auto& [id, pattern] : edits.patterns)
        note(id);
    for (const auto& [id, reference] : edits.references)
        note(id);
    return count;
}

/// A file that is what it was when it was referred to; nothing where it is not.
std::shared_ptr<const FileVersion> openSame(FileSystem& fileSystem, const LoggedFile& logged) {
    Result<std::shared_ptr<MappedFile>> file = openRecovered(fileSystem, logged.path);
    if (!file || !(*file)->openedInfo().looksLike(logged.info) ||
        (*file)->length() != logged.length)
        return nullptr;
    std::shared_ptr<const FileVersion> version = FileVersion::first(*std::move(file));
    return sampledHash(*version, {0, logged.length}) == logged.samples ? version : nullptr;
}

}  // namespace

Result<RecoveredEdits> readEditLog(FileSystem& fileSystem, const std::string& path) {
    Result<std::shared_ptr<File>> file = fileSystem.open(path, OpenMode::Read);
    if (!file)
        return std::move(file).error();
    Result<LoggedEdits> edits = LoggedEdits::read(*std::move(file));
    if (!edits)
        return std::move(edits).error();
    if (sourceCount(*edits) > kMostSources)
        return Error{ErrorCode::Unreadable, "read", path, 0,
                     "the edit log names more sources than there can be"};
    RecoveredEdits recovered(*std::move(edits));
    recovered.open(fileSystem);
    return recovered;
}

void RecoveredEdits::open(FileSystem& fileSystem) {
    lost_ = sourceCount(edits_);
    if (!isUntitled()) {
        if (Result<std::shared_ptr<MappedFile>> opened = MappedFile::open(fileSystem, file().path))
            version_ = FileVersion::first(*std::move(opened));
    }
    for (const auto& [id, logged] : edits_.references) {
        if (std::shared_ptr<const FileVersion> same = openSame(fileSystem, logged))
            references_[id] = std::move(same);
    }
    keepWhatIsHeld();
    if (edits_.flush && edits_.flush->end) {
        const EditLogEntry::FlushEnd end = *edits_.flush->end;
        const std::uint64_t samples = edits_.flush->begin.newSamples;
        settle(std::vector(edits_.flush->begin.changes));
        edits_.base.file.info = end.after;
        edits_.base.file.samples = samples;
    }
    makeSnapshot();
}

/// What changes show of other places of the file need not be looked for there where the log has
/// it.
void RecoveredEdits::keepWhatIsHeld() {
    const auto held = edits_.contents.find(base());
    if (held == edits_.contents.end())
        return;
    const auto keep = [&](Piece& piece) {
        if (piece.isChanged() && piece.length > 0 && piece.source == base() &&
            held->second->holds({piece.start, piece.length}))
            piece.source = lost_;
    };
    const auto keepIn = [&](PieceTree& tree) {
        std::vector<Piece> pieces;
        for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next()) {
            pieces.push_back(cursor.piece());
            keep(pieces.back());
        }
        tree = {};
        tree.replace({}, {}, pieces);
    };
    keepIn(edits_.tree);
    if (edits_.flush)
        keepIn(edits_.flush->tree);
    for (auto& [id, pieces] : edits_.facts.switchedOff)
        std::ranges::for_each(pieces, keep);
}

std::shared_ptr<const Source> RecoveredEdits::sourceOf(SourceId id) const {
    const Offset length = version_ ? version_->file()->length() : 0;
    if (id == base() && length >= file().length && version_)
        return version_;
    const auto content = edits_.contents.find(id == lost_ ? base() : id);
    if (id != base() && content != edits_.contents.end() && !references_.contains(id))
        return content->second;
    if (const auto pattern = edits_.patterns.find(id); pattern != edits_.patterns.end())
        return std::make_shared<PatternSource>(pattern->second);
    const auto source = id != base() && content != edits_.contents.end()
                            ? std::make_shared<LoggedSource>(*content->second)
                            : std::make_shared<LoggedSource>();
    if (id == base() && version_)
        source->setRest(version_, length);
    else if (const auto same = references_.find(id); same != references_.end())
        source->setRest(same->second, same->second->file()->length());
    return source;
}

void RecoveredEdits::makeSnapshot() {
    const auto sources = std::make_shared<SourceTable>();
    for (SourceId id = 0; id <= lost_; ++id)
        sources->add(sourceOf(id));
    snapshot_ = Snapshot(edits_.tree, sources, snapshot_.revision() + 1);
    noteHints();
}

/// Where each change is to be found in the file.
void RecoveredEdits::noteHints() {
    ChangeTag last;
    for (PieceTree::Cursor cursor = firstPiece(edits_.tree); !cursor.atEnd(); cursor.next()) {
        const ChangeTag tag = cursor.piece().tag;
        if (!tag.isNone() && tag != last)
            edits_.facts.changes[tag.id()].hint = {cursor.fileOffset()};
        last = tag;
    }
}

bool RecoveredEdits::isEmpty() const {
    return isUnchanged(edits_.tree);
}

const LoggedFlush* RecoveredEdits::openFlush() const {
    return edits_.flush ? &*edits_.flush : nullptr;
}

void RecoveredEdits::settleFlush(const FlushDecision& decision, const FileInfo* after) {
    if (!edits_.flush || decision.outcome == FlushOutcome::Unknown)
        return;
    const EditLogEntry::FlushBegin& begin = edits_.flush->begin;
    const std::uint64_t newSamples = begin.newSamples;
    LoggedFile& logged = edits_.base.file;
    switch (decision.outcome) {
    case FlushOutcome::NewContent:
        settle(std::vector(begin.changes));
        logged.samples = newSamples;
        break;
    case FlushOutcome::SomeWritten:
        settle(decision.written);
        logged.samples = 0;
        break;
    case FlushOutcome::OldContent:
    case FlushOutcome::Unknown:
        edits_.flush.reset();
        break;
    }
    if (after != nullptr)
        logged.info = *after;
    else if (decision.outcome != FlushOutcome::OldContent)
        logged.info = FileInfo();  // nobody knows how the flush left the file: none looks like that
    makeSnapshot();
}

void RecoveredEdits::settle(const std::vector<ChangeId>& written) {
    const FlushRebase rebase(edits_.flush->tree, written, base(), lost_);
    LoggedFacts& facts = edits_.facts;
    const ChangeId fallback = facts.lastChange + 1;
    edits_.tree = rebase.rebased(edits_.tree, fallback);
    for (PieceTree::Cursor cursor = firstPiece(edits_.tree); !cursor.atEnd(); cursor.next()) {
        if (cursor.piece().tag != ChangeTag::on(fallback))
            continue;
        // Old content that was brought back while the flush ran, and is a change of the new one.
        facts.lastChange = fallback;
        facts.transactions[++facts.lastTransaction] = {EditKind::Revert, 0, {}};
        facts.changes[fallback].transaction = facts.lastTransaction;
        break;
    }
    for (auto& [id, pieces] : facts.switchedOff)
        pieces = rebase.rebased(pieces);
    std::unordered_map<ChangeId, Fingerprint> prints;
    for (auto& [id, print] : facts.fingerprints) {
        const FileOffset from{print.extent.offset.value - print.marginBefore};
        const std::optional<FileOffset> now = rebase.whereabouts(
            {from, print.marginBefore + print.extent.length + print.marginAfter});
        if (!now)
            continue;  // what was written beside it is in the fingerprint
        print.extent.offset = *now + print.marginBefore;
        prints.emplace(id, print);
    }
    facts.fingerprints = std::move(prints);
    edits_.base.file.length = rebase.newLength();
    edits_.flush.reset();
}

RecoveredEdits::Content RecoveredEdits::contentOf(const Piece& piece) const {
    if (piece.length == 0)
        return Content::Held;
    if (piece.source == base())
        return Content::OfFile;
    const auto* logged = dynamic_cast<const LoggedSource*>(&snapshot_.source(piece.source));
    if (logged == nullptr || logged->knows({piece.start, piece.length}))
        return Content::Held;
    return edits_.references.contains(piece.source) && !references_.contains(piece.source)
               ? Content::SourceChanged
               : Content::Missing;
}

// ---- A flush without an end
// ----------------------------------------------------------------------

namespace {

/// A run of one change that the flush was to write.
struct WrittenRun {
    ChangeId id = kNoChange;
    Extent before;  ///< in the file before
    Extent after;   ///< in the file after
};

/// In the document's order, as the hashes in FlushBegin.
std::vector<WrittenRun> writtenRuns(const LoggedFlush& flush) {
    std::vector<WrittenRun> runs;
    Offset newAt = 0;
    ChangeTag last;
    for (PieceTree::Cursor cursor = firstPiece(flush.tree); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const bool isWritten =
            piece.isChanged() && std::ranges::binary_search(flush.begin.changes, piece.tag.id());
        const Offset newLength = isWritten ? piece.length : piece.fileLength;
        if (isWritten) {
            if (piece.tag != last)
                runs.push_back({piece.tag.id(), {cursor.fileOffset(), 0}, {newAt, 0}});
            runs.back().before.length += piece.fileLength;
            runs.back().after.length += piece.length;
        }
        last = piece.tag;
        newAt += newLength;
    }
    return runs;
}

/// Every byte stays in its place: each change for itself.
FlushDecision decideInPlace(const std::vector<WrittenRun>& runs, const std::vector<bool>& isAfter,
                            const std::vector<bool>& isBefore) {
    std::vector<ChangeId> written;
    std::vector<ChangeId> pending;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!isAfter[i] && !isBefore[i])
            return {};
        (isAfter[i] ? written : pending).push_back(runs[i].id);
    }
    if (pending.empty())
        return {FlushOutcome::NewContent, {}};
    // One of which a part was written is still to be written: it comes to the same.
    std::ranges::sort(pending);
    std::erase_if(written, [&](ChangeId id) { return std::ranges::binary_search(pending, id); });
    if (written.empty())
        return {FlushOutcome::OldContent, {}};
    return {FlushOutcome::SomeWritten, std::move(written)};
}

}  // namespace

FlushDecision decideByContent(const RecoveredEdits& edits, const Source& file, Offset length) {
    const LoggedFlush* flush = edits.openFlush();
    if (flush == nullptr)
        return {};
    const std::vector<WrittenRun> runs = writtenRuns(*flush);
    FlushChecksum checksum;
    for (const WrittenRun& run : runs)
        checksum.add(run.before, run.after.length);
    if (runs.size() != flush->begin.before.size() || checksum.value() != flush->begin.planChecksum)
        return {};
    const Snapshot after(withOnly(flush->tree, flush->begin.changes, edits.base()),
                         edits.snapshot().sources(), 0);
    const auto inFile = [&](Extent extent) {
        return extent.end() <= length ? sampledHash(file, extent) : 0;
    };
    const auto same = [](std::uint64_t a, std::uint64_t b) { return a != 0 && a == b; };
    std::vector<bool> isAfter;
    std::vector<bool> isBefore;
    bool keepsPlaces = true;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        isAfter.push_back(same(inFile(runs[i].after), sampledHash(after, runs[i].after)));
        isBefore.push_back(same(inFile(runs[i].before), flush->begin.before[i]));
        keepsPlaces = keepsPlaces && runs[i].before.length == runs[i].after.length;
    }
    if (keepsPlaces)
        return decideInPlace(runs, isAfter, isBefore);

    const auto all = [](const std::vector<bool>& each) {
        return std::ranges::find(each, false) == each.end();
    };
    const bool isNew = length == flush->begin.newLength && all(isAfter) &&
                       same(inFile({0, length}), flush->begin.newSamples);
    const bool isOld = length == flush->tree.fileLength() && all(isBefore) &&
                       same(inFile({0, length}), edits.file().samples);
    if (isNew == isOld)
        return {};
    return {isNew ? FlushOutcome::NewContent : FlushOutcome::OldContent, {}};
}

}  // namespace octavo::core
