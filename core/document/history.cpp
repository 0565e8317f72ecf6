#include "core/document/history.h"

#include <cassert>

namespace octavo::core {

namespace {

void appendPieces(std::vector<Piece>& to, const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
        if (!to.empty() && to.back().isFollowedBy(piece))
            to.back().length += piece.length;
        else
            to.push_back(piece);
    }
}

void dropFromEnd(std::vector<Piece>& pieces, Offset length) {
    while (length > 0) {
        Piece& last = pieces.back();
        const Offset count = std::min(length, last.length);
        last.length -= count;
        length -= count;
        if (last.length == 0)
            pieces.pop_back();
    }
}

}  // namespace

bool History::join(Step& last, const Step& step) const {
    const Offset end = last.offset + last.insertedLength;
    if (step.offset == end) {
        appendPieces(last.removed, step.removed);
        last.removedLength += step.removedLength;
    } else if (step.offset >= last.offset && step.offset + step.removedLength == end) {
        // The byte that was typed last is typed again: its second digit.
        dropFromEnd(last.inserted, step.removedLength);
        last.insertedLength -= step.removedLength;
    } else {
        return false;
    }
    appendPieces(last.inserted, step.inserted);
    last.insertedLength += step.insertedLength;
    return true;
}

void History::record(Step step) {
    steps_.resize(done_);
    const bool joins = step.typing && typingOpen_ && done_ > 0 && join(steps_.back(), step);
    typingOpen_ = step.typing;
    if (joins)
        return;
    steps_.push_back(std::move(step));
    ++done_;
}

const History::Step& History::takeUndo() {
    assert(canUndo());
    typingOpen_ = false;
    return steps_[--done_];
}

const History::Step& History::takeRedo() {
    assert(canRedo());
    typingOpen_ = false;
    return steps_[done_++];
}

}  // namespace octavo::core
