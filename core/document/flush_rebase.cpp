#include "core/document/flush_rebase.h"

#include "core/content/with_only.h"
#include "core/document/logged_edits.h"

#include <algorithm>
#include <map>

namespace octavo::core {

FlushRebase::Run FlushRebase::Run::part(Offset from, Offset length) const {
    return {oldAt + from, length, newAt + from, length, source, start + from, tag};
}

FlushRebase::FlushRebase(const PieceTree& begun, const std::vector<ChangeId>& written,
                         SourceId base, SourceId lost)
    : written_(written.begin(), written.end()), base_(base), lost_(lost) {
    for (PieceTree::Cursor cursor = firstPiece(begun); !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        const Offset oldAt = cursor.fileOffset();
        if (!piece.tag.isNone())
            begun_.insert(piece.tag.id());
        if (piece.isChanged() && written_.contains(piece.tag.id())) {
            runs_.push_back({oldAt, piece.fileLength, newLength_, piece.length, piece.source,
                             piece.start, piece.tag});
            newLength_ += piece.length;
        } else if (piece.fileLength > 0) {
            if (!runs_.empty() && runs_.back().isKept()) {
                runs_.back().oldLength += piece.fileLength;
                runs_.back().newLength += piece.fileLength;
            } else {
                runs_.push_back(
                    {oldAt, piece.fileLength, newLength_, piece.fileLength, base, oldAt, {}});
            }
            newLength_ += piece.fileLength;
        }
    }
}

std::vector<FlushRebase::Run>::const_iterator FlushRebase::runAt(Offset at) const {
    return std::ranges::upper_bound(runs_, at, {},
                                    [](const Run& run) { return run.oldAt + run.oldLength; });
}

std::optional<FileOffset> FlushRebase::whereabouts(FileExtent extent) const {
    const auto run = runAt(extent.offset.value);
    if (run == runs_.end())
        return extent.isEmpty() ? std::optional(FileOffset{newLength_}) : std::nullopt;
    const Offset in = extent.offset.value - run->oldAt;
    if (!run->isKept() || in + extent.length > run->oldLength)
        return std::nullopt;
    return FileOffset{run->newAt + in};
}

void FlushRebase::translate(const Piece& piece, std::vector<Piece>& out) const {
    if (piece.source != base_ || piece.length == 0) {
        out.push_back(piece);
        return;
    }
    Piece rest = piece;
    while (rest.length > 0) {
        const auto run = runAt(rest.start);
        const bool isKept = run != runs_.end() && run->isKept();
        const Offset end = run == runs_.end() ? kMaxLength : run->oldAt + run->oldLength;
        const Offset count = std::min(rest.length, end - rest.start);
        const Offset fileCount = count == rest.length ? rest.fileLength : rest.fileCut(count);
        Piece part = rest.head(count, fileCount);
        rest = rest.tail(count, fileCount);
        if (isKept)
            part.start += run->newAt - run->oldAt;
        else
            part.source = lost_;
        out.push_back(part);
    }
}

std::vector<Piece> FlushRebase::rebased(const std::vector<Piece>& pieces) const {
    std::vector<Piece> out;
    for (const Piece& piece : pieces)
        translate(piece, out);
    return out;
}

// ---- A place where document and new file may differ ---------------------------------------------

/// The new file's runs of one place, and the document's pieces there. Finds what both have in the
/// same order.
class FlushRebase::Region {
public:
    Region(const FlushRebase& rebase, ChangeTag fallback) : rebase_(rebase), fallback_(fallback) {}

    void add(const Run& run) { runs_.push_back(run); }
    void add(const Piece& piece) {
        pieces_.push_back(piece);
        if (firstTag_.isNone() && piece.isChanged())
            firstTag_ = piece.tag;
    }

    void resolve(Offset newAt, Offset newEnd, std::vector<Piece>& out) {
        for (const Run& run : runs_) {
            if (run.newLength > 0)
                index_.emplace(std::pair(run.source, run.start), run);
        }
        at_ = newAt;
        for (const Piece& piece : pieces_) {
            if (piece.isMark()) {
                lay(at_, out);
                out.push_back({at_, 0, 0, rebase_.base_, piece.tag});
                continue;
            }
            tag_ = piece.isChanged() ? piece.tag : fallback_;
            Piece rest = piece;
            rest.tag = tag_;
            while (rest.length > 0) {
                const Found found = find(rest);
                Piece head = rest.head(found.length, 0);
                rest = rest.tail(found.length, 0);
                rest.fileLength = 0;
                if (!found.newAt) {
                    rebase_.translate(head, pending_);
                    continue;
                }
                lay(*found.newAt, out);
                out.push_back(Piece::inPlace(at_, found.length, rebase_.base_));
                at_ += found.length;
                found_ = found.tag;
            }
        }
        lay(newEnd, out);
    }

private:
    struct Found {
        Offset length;                ///< the answer holds for so many bytes
        std::optional<Offset> newAt;  ///< where they stand in the new file
        ChangeTag tag;                ///< of the run there
    };
    /// Where the new file shows the beginning of `piece`, not before at_.
    Found find(const Piece& piece) const {
        const auto behind = index_.upper_bound({piece.source, piece.start});
        Offset length = piece.length;
        if (behind != index_.end() && behind->first.first == piece.source)
            length = std::min(length, behind->first.second - piece.start);
        if (behind == index_.begin())
            return {length, std::nullopt, {}};
        // The same place may be shown more than once: the first that is not passed counts.
        const auto key = std::prev(behind)->first;
        const auto [begin, end] = index_.equal_range(key);
        for (auto each = begin; each != end; ++each) {
            const Run& run = each->second;
            const Offset in = piece.start - run.start;
            if (key.first == piece.source && in < run.newLength && run.newAt + in >= at_ &&
                mayBe(piece.tag, run.tag))
                return {std::min(piece.length, run.newLength - in), run.newAt + in, run.tag};
        }
        return {length, std::nullopt, {}};
    }

    /// Bytes of the file are sought where it is what it was, those of a change where it was
    /// written, and those of a change that was made since where it may have been cut from another.
    /// That others are equal would be chance, and take their place from the right ones.
    bool mayBe(ChangeTag piece, ChangeTag run) const {
        if (piece == fallback_)
            return run.isNone();
        return piece == run || (!rebase_.begun_.contains(piece.id()) && run == found_);
    }

    /// What is pending in place of the new file's bytes from at_ to `to`.
    void lay(Offset to, std::vector<Piece>& out) {
        for (const Piece& piece : pending_) {
            const Offset count = std::min(piece.length, to - at_);
            if (count > 0)
                out.push_back({piece.start, count, count, piece.source, piece.tag});
            if (count < piece.length)
                out.push_back(
                    {piece.start + count, piece.length - count, 0, piece.source, piece.tag});
            at_ += count;
        }
        pending_.clear();
        if (at_ < to) {
            const ChangeTag tag = tag_ != fallback_ || firstTag_.isNone() ? tag_ : firstTag_;
            out.push_back({0, 0, to - at_, rebase_.base_, tag.isNone() ? fallback_ : tag});
        }
        at_ = to;
    }

    const FlushRebase& rebase_;
    ChangeTag fallback_;
    std::vector<Run> runs_;
    std::vector<Piece> pieces_;
    ChangeTag firstTag_;
    std::multimap<std::pair<SourceId, Offset>, Run> index_;
    std::vector<Piece> pending_;
    ChangeTag tag_;    // of the piece that was seen last
    ChangeTag found_;  // of the run that was found last
    Offset at_ = 0;    // in the new file
};

// ---- The walk over both
// --------------------------------------------------------------------------

/// Walks the new file's runs and the document's pieces side by side, by their places in the old
/// file.
class FlushRebase::Merge {
public:
    Merge(const FlushRebase& rebase, const PieceTree& tree, ChangeTag fallback)
        : rebase_(rebase), fallback_(fallback), cursor_(firstPiece(tree)) {
        if (!cursor_.atEnd())
            piece_ = cursor_.piece();
    }

    std::vector<Piece> run() {
        while (hasRun() || hasPiece()) {
            if (hasPiece() && piece_.isMark()) {
                out_.push_back({newAt_, 0, 0, rebase_.base_, piece_.tag});
                nextPiece();
            } else if (!hasRun() || !hasPiece() || !passes()) {
                takeRegion();
            }
        }
        return std::move(out_);
    }

private:
    bool hasRun() const { return run_ < rebase_.runs_.size(); }
    bool hasPiece() const { return !cursor_.atEnd(); }
    /// What is left of the run, of which a kept one may be consumed in part.
    Run rest() const {
        const Run& run = rebase_.runs_[run_];
        return run.isKept() ? run.part(runDone_, run.oldLength - runDone_) : run;
    }
    void takeRun(Offset count) {
        runDone_ += count;
        if (runDone_ == rebase_.runs_[run_].oldLength) {
            ++run_;
            runDone_ = 0;
        }
    }
    void nextPiece() {
        cursor_.next();
        if (hasPiece())
            piece_ = cursor_.piece();
        pieceAt_ = cursor_.fileOffset();
    }
    /// Takes the beginning of a piece that shows the file.
    void takeFile(Offset count) {
        if (count == piece_.length) {
            nextPiece();
            return;
        }
        piece_ = piece_.tail(count, count);
        pieceAt_ += count;
    }

    /// Where both are the file, or the document alone differs from it: nothing to be compared.
    bool passes() {
        const Run run = rest();
        if (!run.isKept())
            return false;
        if (piece_.isFile()) {
            const Offset count = std::min(run.oldLength, piece_.length);
            out_.push_back({run.newAt, count, count, rebase_.base_, piece_.tag});
            takeRun(count);
            takeFile(count);
            newAt_ = run.newAt + count;
            return true;
        }
        if (piece_.fileLength > run.oldLength)
            return false;
        rebase_.translate(piece_, out_);
        newAt_ = run.newAt + piece_.fileLength;
        takeRun(piece_.fileLength);
        nextPiece();
        return true;
    }

    void takeRegion() {
        Region region(rebase_, fallback_);
        const Offset newAt = newAt_;
        Offset end = hasRun() ? rest().oldAt : pieceAt_;  // of the place, in the old file
        std::unordered_set<ChangeId> changes;             // that were written and are in it
        // One run or piece to begin with; then whatever reaches into the place, and what goes on
        // at its end with a change that is in it.
        if (hasRun() && !rest().isKept())
            takeRunInto(region, changes, end);
        else if (hasPiece())
            takePieceInto(region, changes, end);
        for (bool grows = true; grows;) {
            grows = false;
            while (hasPiece() && (pieceAt_ < end || goesOn(changes, end))) {
                takePieceInto(region, changes, end);
                grows = true;
            }
            while (hasRun() && (rest().oldAt < end || runGoesOn(changes, end))) {
                takeRunInto(region, changes, end);
                grows = true;
            }
        }
        region.resolve(newAt, newAt_, out_);
    }

    void takeRunInto(Region& region, std::unordered_set<ChangeId>& changes, Offset& end) {
        Run run = rest();
        if (run.isKept()) {
            run = run.part(0, std::min(run.oldLength, end - run.oldAt));
        } else {
            changes.insert(run.tag.id());
            end = std::max(end, run.oldAt + run.oldLength);
        }
        region.add(run);
        newAt_ = run.newAt + run.newLength;
        takeRun(run.oldLength);
    }

    void takePieceInto(Region& region, std::unordered_set<ChangeId>& changes, Offset& end) {
        if (piece_.isMark()) {
            region.add(piece_);
            nextPiece();
            return;
        }
        if (piece_.isFile()) {
            const Offset count = std::min(piece_.length, end - pieceAt_);
            region.add(Piece::inPlace(pieceAt_, count, rebase_.base_));
            takeFile(count);
            return;
        }
        if (rebase_.written_.contains(piece_.tag.id()))
            changes.insert(piece_.tag.id());
        end = std::max(end, pieceAt_ + piece_.fileLength);
        region.add(piece_);
        nextPiece();
    }

    /// True where, at the very end of the place, a piece of one of its changes follows, perhaps
    /// behind others that are empty in the file.
    bool goesOn(const std::unordered_set<ChangeId>& changes, Offset end) const {
        if (pieceAt_ != end)
            return false;
        Piece piece = piece_;
        for (PieceTree::Cursor ahead = cursor_;;) {
            if (piece.isChanged() && changes.contains(piece.tag.id()))
                return true;
            if (piece.fileLength > 0)
                return false;
            ahead.next();
            if (ahead.atEnd())
                return false;
            piece = ahead.piece();
        }
    }
    bool runGoesOn(const std::unordered_set<ChangeId>& changes, Offset end) const {
        for (std::size_t ahead = run_; ahead < rebase_.runs_.size(); ++ahead) {
            const Run& run = rebase_.runs_[ahead];
            if (run.oldAt + (ahead == run_ ? runDone_ : 0) != end)
                return false;
            if (!run.isKept() && changes.contains(run.tag.id()))
                return true;
            if (run.oldLength > 0)
                return false;
        }
        return false;
    }

    const FlushRebase& rebase_;
    ChangeTag fallback_;
    std::size_t run_ = 0;
    Offset runDone_ = 0;
    PieceTree::Cursor cursor_;
    Piece piece_;         // under the cursor, less what was taken of it
    Offset pieceAt_ = 0;  // where it stands in the old file
    Offset newAt_ = 0;    // up to where the new file was taken
    std::vector<Piece> out_;
};

PieceTree FlushRebase::rebased(const PieceTree& tree, ChangeId fallback) const {
    const std::vector<Piece> pieces = Merge(*this, tree, ChangeTag::on(fallback)).run();
    PieceTree result;
    result.replace({}, {}, pieces);
    return result;
}

}  // namespace octavo::core
