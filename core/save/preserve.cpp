#include "core/save/preserve.h"

#include <algorithm>
#include <cassert>
#include <unordered_map>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;

FileOffset beginOf(const ExtentMap::Run& run) {
    return run.from.offset;
}

/// The versions of one chain among the sources of a snapshot.
class Versions {
public:
    Versions(const FileVersion& current, const SourceTable& sources)
        : current_(current), sources_(sources) {}

    /// Nothing where the source is no version of the chain.
    const FileVersion* find(SourceId id) {
        const auto [entry, isNew] = found_.try_emplace(id, nullptr);
        if (isNew) {
            const auto* version = dynamic_cast<const FileVersion*>(&sources_.source(id));
            if (version != nullptr && version->chain() == current_.chain())
                entry->second = version;
        }
        return entry->second;
    }

private:
    const FileVersion& current_;
    const SourceTable& sources_;
    std::unordered_map<SourceId, const FileVersion*> found_;
};

/// Adds the runs of `saved` in `within` that show bytes of the file, with their places.
void addRunsOfFile(const Snapshot& saved, Extent within, Versions& versions,
                   std::vector<ExtentMap::Run>& runs) {
    PieceTree::Cursor cursor(saved.tree(), within.offset);
    for (; !cursor.atEnd() && cursor.offset() < within.end(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const Extent shown = intersection(within, Extent{cursor.offset(), piece.length});
        const FileVersion* version = shown.isEmpty() ? nullptr : versions.find(piece.source);
        const Offset start = piece.start + (shown.offset - cursor.offset());
        for (Offset done = 0; version != nullptr && done < shown.length;) {
            const FileVersion::Whereabouts where =
                version->whereabouts({start + done}, shown.length - done);
            if (where.now)
                runs.push_back({{*where.now, where.length}, {shown.offset + done}});
            done += where.length;
        }
    }
}

Error noRoom(const File& file, const Error& cause) {
    return {ErrorCode::NoRoomToKeep, "flush", file.path(), cause.systemError,
            "what undo needs of the old content could not be kept (" + cause.reason +
                "), and nothing was written; give up undo past this flush, choose another way of "
                "saving, or save as another file"};
}

}  // namespace

Offset PreservePlan::bytesToKeep() const {
    Offset sum = 0;
    for (const FileExtent& extent : toKeep)
        sum += extent.length;
    return sum;
}

PreservePlan planPreserve(const FileVersion& current, const Snapshot& saved) {
    assert(current.successor() == nullptr);
    Versions versions(current, *saved.sources());
    std::vector<ExtentMap::Run> runs;
    addRunsOfFile(saved, {0, saved.length()}, versions, runs);
    std::ranges::stable_sort(runs, {}, &beginOf);
    PreservePlan plan;
    FileOffset done{0};  // of the file, to here it is known what becomes of it
    const auto keepUpTo = [&](FileOffset to) {
        if (to > done)
            plan.toKeep.push_back({done, to - done});
        done = std::max(done, to);
    };
    for (const ExtentMap::Run& run : runs) {
        if (run.from.end() <= done)
            continue;  // it stands somewhere else already
        keepUpTo(run.from.offset);
        const Offset skipped = done - run.from.offset;
        plan.standing.add({done, run.from.length - skipped}, run.to + skipped);
        done = run.from.end();
    }
    keepUpTo({current.file()->length()});
    return plan;
}

std::vector<FileExtent> bytesShown(const FileVersion& current, const Snapshot& saved,
                                   std::span<const Change> changes) {
    Versions versions(current, *saved.sources());
    std::vector<ExtentMap::Run> runs;
    for (const Change& change : changes)
        addRunsOfFile(saved, change.now, versions, runs);
    std::ranges::sort(runs, {}, &beginOf);
    std::vector<FileExtent> shown;
    for (const ExtentMap::Run& run : runs) {
        if (shown.empty() || run.from.offset > shown.back().end())
            shown.push_back(run.from);
        else if (run.from.end() > shown.back().end())
            shown.back().length = run.from.end() - shown.back().offset;
    }
    return shown;
}

std::vector<FileExtent> intersection(std::span<const FileExtent> a, std::span<const FileExtent> b) {
    std::vector<FileExtent> both;
    while (!a.empty() && !b.empty()) {
        const FileOffset from = std::max(a.front().offset, b.front().offset);
        const FileOffset to = std::min(a.front().end(), b.front().end());
        if (to > from)
            both.push_back({from, to - from});
        auto& ended = a.front().end() < b.front().end() ? a : b;
        ended = ended.subspan(1);
    }
    return both;
}

Status keepBytes(const File& file, std::span<const FileExtent> extents, KeptBytes& kept,
                 FileSystem& fileSystem, const std::string& folder, Progress& progress) {
    Bytes block;
    for (const FileExtent& extent : extents) {
        for (Offset done = 0; done < extent.length;) {
            if (progress.isCancelled())
                return Error{ErrorCode::Cancelled, "flush", file.path(), 0,
                             "cancelled; nothing was written"};
            const Offset count = std::min(kBlock, extent.length - done);
            const FileOffset at = extent.offset + done;
            block.resize(static_cast<std::size_t>(count));
            const Result<std::size_t> got = file.readAt(at, block);
            if (!got)
                return got.error();
            if (*got < block.size())
                return Error{ErrorCode::Unreadable, "flush", file.path(), 0,
                             "bytes that would be overwritten could not be read and kept"};
            if (const Status added = kept.add(at, block, fileSystem, folder); !added)
                return noRoom(file, added.error());
            done += count;
            progress.addDone(count);
        }
    }
    return {};
}

}  // namespace octavo::core
