#include "core/document/recovery_fit.h"

#include "core/content/with_only.h"
#include "core/document/sampled_hash.h"

#include <algorithm>
#include <unordered_map>

namespace octavo::core {

namespace {

using Content = RecoveredEdits::Content;

bool isUnchangedFile(const RecoveredEdits& edits, const FileVersion* file, const FileInfo& info) {
    const LoggedFile& logged = edits.file();
    return file != nullptr && info.looksLike(logged.info) &&
           file->file()->length() == logged.length && logged.samples != 0 &&
           sampledHash(*file, {0, logged.length}) == logged.samples;
}

/// Of each change the worst that can be said of its bytes.
std::unordered_map<ChangeId, Content> contents(const RecoveredEdits& edits) {
    std::unordered_map<ChangeId, Content> worst;
    const auto note = [&](ChangeId id, const Piece& piece) {
        Content& content = worst.try_emplace(id, Content::Held).first->second;
        content = std::max(content, edits.contentOf(piece));
    };
    const PieceTree& tree = edits.snapshot().tree();
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        if (piece.isChanged())
            note(piece.tag.id(), piece);
        if (!piece.isOff())
            continue;
        const auto pieces = edits.facts().switchedOff.find(piece.tag.id());
        if (pieces == edits.facts().switchedOff.end())
            worst[piece.tag.id()] = Content::Missing;
        else
            for (const Piece& each : pieces->second)
                note(piece.tag.id(), each);
    }
    return worst;
}

struct Judge {
    const RecoveredEdits& edits;
    const FileVersion* file;
    bool isUnchanged;

    ChangeFit judge(ChangeId id, const std::vector<FileExtent>& extents, Content content) const {
        const LoggedFlush* flush = edits.openFlush();
        if (flush != nullptr && std::ranges::binary_search(flush->begin.changes, id))
            return {id, Fit::CannotTell, FitReason::FlushUndecided};
        if (content == Content::Missing)
            return {id, Fit::DoesNotFit, FitReason::ContentMissing};
        if (content == Content::SourceChanged)
            return {id, Fit::DoesNotFit, FitReason::SourceChanged};
        if (isUnchanged || edits.isUntitled())
            return {id, Fit::Fits, FitReason::FileUnchanged};
        if (file == nullptr)
            return {id, Fit::DoesNotFit, FitReason::NoFile};
        return judgeByBytes(id, extents, content);
    }

    ChangeFit judgeByBytes(ChangeId id, const std::vector<FileExtent>& extents,
                           Content content) const {
        const Offset length = file->file()->length();
        if (extents.back().end().value > length)
            return {id, Fit::DoesNotFit, FitReason::BehindTheEnd};
        const auto print = edits.facts().fingerprints.find(id);
        if (print == edits.facts().fingerprints.end() || extents.size() != 1 ||
            print->second.extent != extents.front())
            return {id, Fit::CannotTell, FitReason::NotLookedAt};
        const OutsideState state = print->second.compare(*file, length);
        if (state == OutsideState::Touched)
            return {id, Fit::DoesNotFit, FitReason::BytesChanged};
        if (state == OutsideState::CannotTell)
            return {id, Fit::CannotTell, FitReason::TooLong};
        if (content == Content::OfFile)
            return {id, Fit::CannotTell, FitReason::OfChangedFile};
        return {id, Fit::Fits, FitReason::BytesUnchanged};
    }
};

}  // namespace

std::vector<ChangeFit> fit(const RecoveredEdits& edits, const FileVersion* file,
                           const FileInfo& info) {
    std::vector<ChangeId> order;
    std::unordered_map<ChangeId, std::vector<FileExtent>> extents;
    for (const Change& change : edits.snapshot().changeSet()) {
        std::vector<FileExtent>& of = extents[change.id];
        if (of.empty())
            order.push_back(change.id);
        of.push_back(change.before);
    }
    const std::unordered_map<ChangeId, Content> content = contents(edits);
    const Judge judge{edits, file, isUnchangedFile(edits, file, info)};
    std::vector<ChangeFit> fits;
    fits.reserve(order.size());
    for (const ChangeId id : order)
        fits.push_back(judge.judge(id, extents[id], content.at(id)));
    return fits;
}

}  // namespace octavo::core
