#include "core/save/source_check.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace octavo::core {

namespace {

using Chain = const VersionChain*;

/// Tells which pieces refer to other files.
class Referrer {
public:
    Referrer(const Snapshot& snapshot, const FileVersion* base)
        : sources_(*snapshot.sources()), base_(base != nullptr ? base->chain().get() : nullptr) {}

    /// The version of another file that `piece` shows; nothing where it shows none.
    const FileVersion* file(const Piece& piece) {
        if (piece.length == 0 || !piece.isChanged())
            return nullptr;
        const auto [entry, isNew] = files_.try_emplace(piece.source, nullptr);
        if (isNew) {
            const auto* version = dynamic_cast<const FileVersion*>(&sources_.source(piece.source));
            const bool isOther = version != nullptr && version->chain().get() != base_ &&
                                 version->file()->mode() != MappedFile::Mode::Memory;
            entry->second = isOther ? version : nullptr;
        }
        return entry->second;
    }

private:
    const SourceTable& sources_;
    Chain base_;
    std::unordered_map<SourceId, const FileVersion*> files_;
};

bool isReliable(const FileVersion& version, const FileVersion* base) {
    const std::shared_ptr<const FileVersion> newest = version.newest();
    if (base != nullptr &&
        newest->file()->openedInfo().identity == base->file()->openedInfo().identity)
        return false;
    const std::optional<FileInfo> info = newest->info();
    if (!info)
        return true;  // our own save runs there, and compares for itself
    if (newest->chain()->isReplaced()) {
        // Its name is another file's now, and losing it was a change of its own time.
        const Result<FileInfo> held = newest->file()->currentInfo();
        return held && held->size == info->size && held->modifiedNs == info->modifiedNs;
    }
    const Result<FileInfo> now = newest->file()->infoByName();
    return now && now->looksLike(*info);
}

}  // namespace

std::vector<ReferencedFile> referencedFiles(const Snapshot& snapshot, const FileVersion* base) {
    std::vector<ReferencedFile> files;
    std::unordered_map<Chain, std::size_t> indexes;
    Referrer referrer(snapshot, base);
    for (PieceTree::Cursor cursor(snapshot.tree(), Border{}); !cursor.atEnd(); cursor.next()) {
        const FileVersion* version = referrer.file(cursor.piece());
        if (version == nullptr)
            continue;
        const auto [entry, isNew] = indexes.try_emplace(version->chain().get(), files.size());
        if (isNew) {
            const std::shared_ptr<const FileVersion> newest = version->newest();
            const MappedFile& file = *newest->file();
            files.push_back({file.path(), 0, newest->info().value_or(file.openedInfo())});
        }
        files[entry->second].bytes += cursor.piece().length;
    }
    return files;
}

Result<std::vector<ChangeId>> changedSources(const Snapshot& snapshot, const FileVersion* base,
                                             Progress& progress) {
    constexpr std::size_t kStep = 4096;  // pieces between two looks at the progress
    std::vector<ChangeId> changed;
    std::unordered_map<Chain, bool> reliable;
    Referrer referrer(snapshot, base);
    progress.setTotal(snapshot.length());
    std::size_t count = 0;
    for (PieceTree::Cursor cursor(snapshot.tree(), Border{}); !cursor.atEnd(); cursor.next()) {
        if (count++ % kStep == 0) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled,
                             "look at the files that changes refer to",
                             {},
                             0,
                             "cancelled"};
            progress.setDone(cursor.offset());
        }
        const FileVersion* version = referrer.file(cursor.piece());
        if (version == nullptr)
            continue;
        const auto [entry, isNew] = reliable.try_emplace(version->chain().get(), true);
        if (isNew)
            entry->second = isReliable(*version, base);
        const ChangeId id = cursor.piece().tag.id();
        if (!entry->second && (changed.empty() || changed.back() != id))
            changed.push_back(id);
    }
    std::ranges::sort(changed);
    const auto repeated = std::ranges::unique(changed);
    changed.erase(repeated.begin(), repeated.end());
    progress.setDone(snapshot.length());
    return changed;
}

}  // namespace octavo::core
