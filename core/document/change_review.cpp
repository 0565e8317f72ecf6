#include "core/document/change_review.h"

#include <algorithm>
#include <utility>

namespace octavo::core {

namespace {

constexpr Offset kBlock = Offset{1} << 20;

}  // namespace

ChangeReview::ChangeReview(Snapshot snapshot, std::shared_ptr<const FileVersion> file,
                           std::vector<Item> items, Options options)
    : snapshot_(std::move(snapshot))
    , file_(std::move(file))
    , items_(std::move(items))
    , options_(options) {}

Status ChangeReview::run(Progress& progress) {
    std::vector<std::pair<const Item*, Change>> found;
    Offset total = static_cast<Offset>(items_.size());
    for (const Item& item : items_) {
        const std::optional<Change> change = snapshot_.change(item.id, item.hint);
        if (!change)
            continue;
        found.emplace_back(&item, *change);
        total = checkedSum(total, comparedLength(*change)).value_or(kMaxLength);
    }
    progress.setTotal(total);
    progress.setDone(static_cast<Offset>(items_.size() - found.size()));
    for (const auto& [item, change] : found) {
        if (comparedLength(change) > 0)
            compareChange(change, progress);
        if (progress.isCancelled())
            return Error{ErrorCode::Cancelled, "look at the changes", file_->file()->path(), 0,
                         "cancelled"};
        findOut(*item, change);
        progress.addDone(1);
    }
    return {};
}

/// How many bytes of the change are to be compared with the file, at most.
Offset ChangeReview::comparedLength(const Change& change) const {
    const bool isLonger =
        std::max(change.before.length, change.now.length) > options_.longestCompared;
    return options_.compare && !change.isOff && !isLonger ? change.now.length : 0;
}

void ChangeReview::compareChange(const Change& change, Progress& progress) {
    PieceTree::Cursor cursor(snapshot_.tree(),
                             Border{change.now.offset, change.before.offset.value});
    for (; !cursor.atEnd() && cursor.piece().tag == ChangeTag::on(change.id); cursor.next()) {
        const Piece& piece = cursor.piece();
        if (piece.length == piece.fileLength)
            comparePiece({cursor.fileOffset()}, piece, progress);
        else
            progress.addDone(piece.length);
    }
}

void ChangeReview::comparePiece(FileOffset at, const Piece& piece, Progress& progress) {
    const Source& source = snapshot_.source(piece.source);
    for (Offset done = 0; done < piece.length && !progress.isCancelled();) {
        Piece rest = piece.tail(done, done);
        // Two holes are not read. The source is asked first: a fill answers from memory.
        Offset count = source.zerosAt(rest.start, rest.length);
        if (count > 0)
            count = file_->zerosAt((at + done).value, count);
        if (count > 0) {
            noteEqual(at + done, rest.head(count, count));
        } else {
            count = std::min(rest.length, kBlock);
            compareBlock(at + done, rest.head(count, count));
        }
        done += count;
        progress.addDone(count);
    }
}

void ChangeReview::compareBlock(FileOffset at, const Piece& part) {
    const auto size = static_cast<std::size_t>(part.length);
    shown_.resize(size);
    stored_.resize(size);
    Unreadable unreadable;
    snapshot_.source(part.source).read(part.start, shown_, 0, unreadable);
    Unreadable unreadableInFile;
    file_->read(at.value, stored_, 0, unreadableInFile);
    // What cannot be read equals nothing.
    for (const Unreadable* missing : {&unreadable, &unreadableInFile}) {
        for (const Extent& extent : missing->extents()) {
            for (Offset i = extent.offset; i < extent.end(); ++i) {
                const auto index = static_cast<std::size_t>(i);
                shown_[index] = static_cast<Byte>(~stored_[index]);
            }
        }
    }
    for (std::size_t i = 0; i < size;) {
        if (shown_[i] != stored_[i]) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        while (i < size && shown_[i] == stored_[i])
            ++i;
        const auto skipped = static_cast<Offset>(from);
        const auto count = static_cast<Offset>(i - from);
        noteEqual(at + skipped, part.tail(skipped, skipped).head(count, count));
    }
}

/// Adds a run, or lengthens the last one where that goes on. Two pieces of one change that could
/// be one do not stand side by side, so what goes on is of the same piece.
void ChangeReview::noteEqual(FileOffset at, const Piece& part) {
    if (!equalRuns_.empty()) {
        EqualRun& last = equalRuns_.back();
        if (last.at + last.part.length == at && last.part.isFollowedBy(part)) {
            last.part = last.part.joined(part);
            return;
        }
    }
    equalRuns_.push_back({at, part});
}

void ChangeReview::findOut(const Item& item, const Change& change) {
    const Offset fileLength = snapshot_.tree().fileLength();
    const bool isKnown = item.known && item.known->extent == change.before;
    if (options_.checkOutside) {
        findings_.push_back(
            {item.id, std::nullopt,
             isKnown ? item.known->compare(*file_, fileLength) : OutsideState::CannotTell});
    } else if (options_.fingerprint && !isKnown) {
        std::optional<Fingerprint> print = Fingerprint::take(*file_, fileLength, change.before);
        if (print)
            findings_.push_back({item.id, std::move(print), OutsideState::Untouched});
    }
}

}  // namespace octavo::core
