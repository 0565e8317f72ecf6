#include "core/document/history_walk.h"

#include "core/document/document.h"

#include <limits>
#include <utility>

namespace octavo::core {

HistoryWalk::HistoryWalk(Document& document, StepId target)
    : document_(document)
    , from_(document.history_.current())
    , way_(document.history_.way(target))
    , all_(document.history_.splicesTo(target)) {
    document_.typing_.reset();
    document_.isWalking_ = true;
    ++document_.quiet_;
}

HistoryWalk::~HistoryWalk() {
    if (!isEnded_)
        end();
}

void HistoryWalk::beginStep() {
    History& history = document_.history_;
    const StepId next = way_[next_++];
    const StepId step = history.playedBetween(history.current(), next);
    const bool backwards = step != next;
    history.moveTo(next);
    document_.playing_ = Document::Playing{step, false, {}};
    playing_ = {step, backwards, history.step(step).base,
                backwards ? history.backwards(step) : history.forwards(step)};
}

void HistoryWalk::endStep() {
    document_.separateAfterPlaying();
    playing_.reset();
}

bool HistoryWalk::playSome(std::size_t most) {
    while (most > 0) {
        if (!playing_) {
            if (next_ == way_.size())
                return false;
            beginStep();
        }
        const SpliceLogEntry* const entry = playing_->walk.next();
        if (entry == nullptr) {
            endStep();
            continue;
        }
        document_.play(*entry, playing_->backwards, playing_->base);
        if (entry->kind == SpliceLogEntry::Kind::Splice)
            ++played_;
        --most;
    }
    return true;
}

void HistoryWalk::turnBack() {
    if (isTurned_)
        return;
    isTurned_ = true;
    all_ = played_;
    played_ = 0;
    History& history = document_.history_;
    if (playing_) {
        // What was played of the step is played the other way.
        const SpliceLog::Position reached = playing_->walk.position();
        const StepId step = playing_->step;
        history.moveTo(playing_->backwards ? step : history.step(step).parent);
        playing_->walk = playing_->backwards ? history.forwards(step, reached)
                                             : history.backwards(step, reached);
        playing_->backwards = !playing_->backwards;
    }
    way_ = history.way(from_);
    next_ = 0;
}

std::optional<Extent> HistoryWalk::end() {
    while (playSome(std::numeric_limits<std::size_t>::max())) {
    }
    isEnded_ = true;
    document_.settleAtSavedStep();
    const std::optional<DocumentEvent> whole = document_.event_;
    document_.isWalking_ = false;
    if (--document_.quiet_ == 0)
        document_.notify();
    if (!whole)
        return std::nullopt;
    return Extent{whole->replaced.offset, whole->newLength};
}

}  // namespace octavo::core
