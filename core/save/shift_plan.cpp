#include "core/save/shift_plan.h"

#include "core/content/with_only.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace octavo::core {

namespace {

/// Whole blocks of the new content that are blocks of the file, all moved by the same distance.
struct Anchor {
    std::size_t run;  ///< that they are of
    Offset begin;     ///< in the new content
    Offset end;
    Offset shift;

    Offset oldBegin() const { return begin - shift; }
    Offset oldEnd() const { return end - shift; }
};

/// A stretch of the file after the operations, where old bytes stand moved by `shift`.
struct Stretch {
    Offset begin;
    Offset end;
    Offset shift;
};

template <typename Extents>
Offset sumOf(const Extents& extents) {
    Offset sum = 0;
    for (const auto& extent : extents)
        sum += extent.length;
    return sum;
}

class Planner {
public:
    Planner(std::span<const ShiftRun> runs, Offset block, ShiftPlan& plan)
        : runs_(runs), block_(block), plan_(plan) {}

    void run() {
        Anchor last{0, 0, 0, 0};  // nothing stays before the first
        for (const Anchor& anchor : anchors()) {
            if (anchor.shift != last.shift)
                bridge(last, anchor);
            last = anchor;
        }
        addStretch(kMaxLength, last.shift);
        // So far from the front to the end, each told in the file as it is.
        std::ranges::reverse(plan_.operations);
        compare();
    }

private:
    std::vector<Anchor> anchors() const {
        std::vector<Anchor> found;
        for (std::size_t index = 0; index < runs_.size(); ++index) {
            const ShiftRun& run = runs_[index];
            if (run.shift() % block_ != 0)
                continue;
            // The last block of a file may be a part of one.
            const bool endsBoth =
                run.end() == plan_.newLength && run.from.end().value == plan_.oldLength;
            const Offset begin = (run.to + block_ - 1) / block_ * block_;
            const Offset end = endsBoth ? run.end() : run.end() / block_ * block_;
            if (begin < end)
                found.push_back({index, begin, end, run.shift()});
        }
        return found;
    }

    /// From blocks that stay to the next ones, which move by another distance: blocks of the file
    /// between them go, or new ones come. Of those that are there before and after, the first ones
    /// belong to the left side and the others to the right, wherever more bytes are right then.
    void bridge(const Anchor& left, const Anchor& right) {
        const Offset oldGap = right.oldBegin() - left.oldEnd();
        const Offset newGap = right.begin - left.end;
        const Offset kept = std::min(oldGap, newGap);
        Offset best = 0;
        Offset mostRight = -1;
        for (const Offset split : {Offset{0}, block_, kept - block_, kept}) {
            if (split < 0 || split > kept)
                continue;
            const Offset isRight =
                rightBytes(left, right, {left.end, left.end + split, left.shift}) +
                rightBytes(left, right, {right.begin - (kept - split), right.begin, right.shift});
            if (isRight > mostRight) {
                mostRight = isRight;
                best = split;
            }
        }
        const FileOffset at{left.oldEnd() + best};
        if (newGap > oldGap)
            plan_.operations.push_back({ShiftOperation::Kind::Insert, {at, newGap - oldGap}});
        else
            plan_.operations.push_back({ShiftOperation::Kind::Collapse, {at, oldGap - newGap}});
        addStretch(left.end + best, left.shift);
        stretches_.push_back({right.begin - (kept - best), 0, right.shift});
    }

    /// How many bytes stand right in that stretch between the two.
    Offset rightBytes(const Anchor& left, const Anchor& right, const Stretch& stretch) const {
        Offset sum = 0;
        for (std::size_t index = left.run; index <= right.run && index < runs_.size(); ++index) {
            const ShiftRun& run = runs_[index];
            if (run.shift() == stretch.shift)
                sum += std::max<Offset>(0, std::min(run.end(), stretch.end) -
                                               std::max(run.to, stretch.begin));
        }
        return sum;
    }

    /// The stretch that is being laid ends there.
    void addStretch(Offset end, [[maybe_unused]] Offset shift) {
        if (stretches_.empty())
            stretches_.push_back({0, 0, 0});
        assert(stretches_.back().shift == shift);
        stretches_.back().end = end;
    }

    /// What is right after the operations; the rest is patched, or lost.
    void compare() {
        Offset newDone = 0;
        Offset oldDone = 0;
        const auto wrongUpTo = [&](Offset newAt, Offset oldAt) {
            if (newAt > newDone)
                plan_.patches.push_back({newDone, newAt - newDone});
            if (oldAt > oldDone)
                plan_.lost.push_back({{oldDone}, oldAt - oldDone});
        };
        auto stretch = stretches_.begin();
        for (const ShiftRun& run : runs_) {
            while (stretch->end <= run.to)
                ++stretch;
            for (auto each = stretch; each != stretches_.end() && each->begin < run.end(); ++each) {
                const Offset from = std::max(run.to, each->begin);
                const Offset to = std::min(run.end(), each->end);
                if (each->shift != run.shift() || from >= to)
                    continue;
                wrongUpTo(from, from - each->shift);
                newDone = to;
                oldDone = to - each->shift;
            }
        }
        wrongUpTo(plan_.newLength, plan_.oldLength);
    }

    std::span<const ShiftRun> runs_;
    Offset block_;
    ShiftPlan& plan_;
    std::vector<Stretch> stretches_;
};

}  // namespace

Offset ShiftPlan::bytesToWrite() const {
    return sumOf(patches);
}

Offset ShiftPlan::bytesToJournal() const {
    return sumOf(lost);
}

Offset ShiftPlan::lengthAfter(std::size_t count) const {
    Offset length = oldLength;
    for (std::size_t index = 0; index < count; ++index)
        length += operations[index].growth();
    return length;
}

std::vector<ShiftRun> shiftRuns(const Snapshot& content, SourceId base) {
    std::vector<ShiftRun> runs;
    PieceTree::Cursor cursor = firstPiece(content.tree());
    for (; !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        if (!piece.isFile() || piece.source != base || piece.length == 0)
            continue;
        if (!runs.empty() && runs.back().from.end().value == piece.start &&
            runs.back().end() == cursor.offset())
            runs.back().from.length += piece.length;
        else
            runs.push_back({{{piece.start}, piece.length}, cursor.offset()});
    }
    return runs;
}

ShiftPlan planShift(std::span<const ShiftRun> runs, Offset oldLength, Offset newLength,
                    Offset blockSize, const ShiftLimits& limits) {
    assert(blockSize > 0);
    ShiftPlan plan;
    plan.oldLength = oldLength;
    plan.newLength = newLength;
    Planner(runs, blockSize, plan).run();
    const Offset most = limits.bytesToWrite.value_or(newLength);
    if (plan.operations.empty())
        plan.obstacle = ShiftObstacle::NothingMoves;
    else if (plan.operations.size() > limits.operations)
        plan.obstacle = ShiftObstacle::TooManyOperations;
    else if (plan.bytesToWrite() > most || plan.bytesToJournal() > most - plan.bytesToWrite())
        plan.obstacle = ShiftObstacle::NoGain;
    return plan;
}

std::string_view describe(ShiftObstacle obstacle) {
    static constexpr std::array<std::string_view, 3> kWords{
        "no whole block of it stands somewhere else afterwards",
        "too many places grow or shrink by whole blocks",
        "a copy of the whole file would write no more",
    };
    return kWords.at(static_cast<std::size_t>(obstacle));
}

}  // namespace octavo::core
