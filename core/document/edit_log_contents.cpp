#include "core/document/edit_log_contents.h"

#include "core/content/add_buffer.h"
#include "core/content/file_version.h"
#include "core/content/memory_source.h"
#include "core/content/pattern_source.h"
#include "core/document/edit_log_entry.h"
#include "core/document/logged_source.h"
#include "core/document/sampled_hash.h"

#include <algorithm>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20U;

/// The file that `source` shows as it is now; nothing where it shows something else.
const FileVersion* fileOf(const Source& source) {
    const auto* version = dynamic_cast<const FileVersion*>(&source);
    if (const auto* logged = dynamic_cast<const LoggedSource*>(&source))
        version = dynamic_cast<const FileVersion*>(logged->rest().get());
    return version != nullptr && version->successor() == nullptr ? version : nullptr;
}

}  // namespace

void EditLogContents::need(ByteSpan entries, const ExtentSet& overwritten) {
    const auto note = [&](std::span<const Piece> pieces) {
        for (const Piece& piece : pieces) {
            if (piece.length == 0)
                continue;
            const Extent extent{piece.start, piece.length};
            if (!piece.isFile()) {
                needed_[piece.source].add(extent);
                continue;
            }
            for (const Extent& part : overwritten.in(extent))
                needed_[piece.source].add(part);
        }
    };
    EditLogEntryReader reader(entries);
    EditLogEntry::Any entry;
    while (reader.next(entry)) {
        if (const auto* splice = std::get_if<EditLogEntry::Splice>(&entry))
            note(splice->splice.inserted);
        else if (const auto* switchedOff = std::get_if<EditLogEntry::SwitchedOff>(&entry))
            note(switchedOff->pieces);
    }
}

Status EditLogContents::write(EditLogFile& log, const SourceTable& sources, SourceId base,
                              Bytes& payload) {
    for (const auto& [id, needed] : needed_) {
        const Target target{log, sources.source(id), id, payload};
        if (Status written = write(target, needed, id == base); !written)
            return written;
    }
    return {};
}

Status EditLogContents::write(const Target& target, const ExtentSet& needed, bool isBase) {
    const Held& held = held_[target.id];
    if (const auto* pattern = dynamic_cast<const PatternSource*>(&target.source)) {
        if (!held.isSaid)
            EditLogEntryWriter(target.payload).pattern(target.id, pattern->pattern());
        newlyHeld_[target.id].isSaid = true;
        return {};
    }
    const bool isInMemory = dynamic_cast<const AddBuffer*>(&target.source) != nullptr ||
                            dynamic_cast<const MemorySource*>(&target.source) != nullptr;
    const auto* logged = dynamic_cast<const LoggedSource*>(&target.source);
    const auto put = [&](Extent extent) -> Status {
        if (extent.length <= mostCopied_ - copied_ - newlyCopied_) {
            newlyCopied_ += extent.length;
            return copy(target, extent);
        }
        newlyHeld_[target.id].outside.add(extent);
        return {};
    };
    const auto putGap = [&](Extent gap) -> Status {
        if (isInMemory)
            return copy(target, gap);
        if (logged == nullptr)
            return put(gap);
        Status status;
        for (const Extent& part : logged->logged().in(gap))
            status = status ? copy(target, part) : status;
        for (const Extent& part : logged->logged().missing(gap))
            status = status ? put(part) : status;
        return status;
    };
    ExtentSet gaps;
    for (const Extent& extent : needed.extents()) {
        for (const Extent& gap : held.copied.missing(extent))
            gaps.add(gap);
    }
    if (mostCopied_ < kMaxLength) {
        for (const Extent& extent : held.outside.extents())
            gaps.remove(extent);
    }
    for (const Extent& gap : gaps.extents()) {
        if (Status done = putGap(gap); !done)
            return done;
    }
    Held& newly = newlyHeld_[target.id];
    if (!newly.outside.isEmpty() && !isBase && !held.isSaid && !newly.isSaid) {
        refer(target);
        newly.isSaid = true;
    }
    return {};
}

Status EditLogContents::copy(const Target& target, Extent extent) {
    Held& newly = newlyHeld_[target.id];
    Bytes block;
    for (Offset done = 0; done < extent.length;) {
        const Extent part{extent.offset + done, std::min(kBlock, extent.length - done)};
        block.resize(static_cast<std::size_t>(part.length));
        Unreadable unreadable;
        target.source.read(part.offset, block, part.offset, unreadable);
        ExtentSet readable;
        readable.add(part);
        for (const Extent& gap : unreadable.extents()) {
            readable.remove(gap);
            newly.outside.add(gap);
        }
        for (const Extent& run : readable.extents()) {
            const ByteSpan bytes =
                ByteSpan(block).subspan(static_cast<std::size_t>(run.offset - part.offset),
                                        static_cast<std::size_t>(run.length));
            EditLogEntryWriter(target.payload).content(target.id, run.offset, bytes);
            newly.copied.add(run);
        }
        if (target.payload.size() >= static_cast<std::size_t>(kBlock)) {
            if (Status added = target.log.add(target.payload); !added)
                return added;
            target.payload.clear();
        }
        done += part.length;
    }
    return {};
}

void EditLogContents::refer(const Target& target) {
    const FileVersion* version = fileOf(target.source);
    if (version == nullptr)
        return;
    const MappedFile& file = *version->file();
    const Result<std::string> path = fileSystem_->resolve(file.path());
    LoggedFile logged{path ? *path : file.path(), version->info().value_or(file.openedInfo()),
                      file.length(), 0};
    logged.samples = sampledHash(*version, {0, logged.length});
    EditLogEntryWriter(target.payload).reference(target.id, logged);
}

void EditLogContents::commit() {
    for (const auto& [id, newly] : newlyHeld_) {
        Held& held = held_[id];
        for (const Extent& extent : newly.copied.extents())
            held.outside.remove(extent);
        held.copied.add(newly.copied);
        held.outside.add(newly.outside);
        held.isSaid = held.isSaid || newly.isSaid;
    }
    copied_ += newlyCopied_;
    rollBack();
}

void EditLogContents::rollBack() {
    needed_.clear();
    newlyHeld_.clear();
    newlyCopied_ = 0;
}

void EditLogContents::copyEverything() {
    mostCopied_ = kMaxLength;
    for (const auto& [id, held] : held_)
        needed_[id].add(held.outside);
}

Offset EditLogContents::outside(const PieceTree& tree) const {
    const bool nothing =
        std::ranges::all_of(held_, [](const auto& each) { return each.second.outside.isEmpty(); });
    if (nothing)
        return 0;
    Offset total = 0;
    for (PieceTree::Cursor cursor(tree, Border{}); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const auto held = held_.find(piece.source);
        if (piece.isFile() || piece.length == 0 || held == held_.end())
            continue;
        for (const Extent& part : held->second.outside.in({piece.start, piece.length}))
            total += part.length;
    }
    return total;
}

}  // namespace octavo::core
