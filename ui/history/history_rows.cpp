#include "ui/history/history_rows.h"

#include <algorithm>

namespace octavo::ui {

using core::History;
using core::kFirstStep;
using core::StepId;

bool HistoryRows::isAnother(const History& history) const {
    return places_.empty() || history.last() + std::size_t{1} < places_.size() ||
           (places_.size() > 1 && history.step(1).timeNs != firstTimeNs_);
}

bool HistoryRows::follow(const History& history) {
    const std::size_t before = places_.size();
    const bool isNew = isAnother(history);
    if (isNew) {
        places_ = {StepPlace::Done};
        branches_ = {0};
        hasChild_ = {false};
        isApart_ = {false};
        branchCount_ = 1;
        undone_ = 0;
        current_ = kFirstStep;
    }
    const auto known = static_cast<StepId>(places_.size());
    for (StepId step = known; step <= history.last(); ++step) {
        add(history, step);
    }
    // Edits that follow each other on the branch that is shown.
    for (StepId step = known; step <= history.last() && undone_ == 0; ++step) {
        if (history.step(step).parent == current_) {
            places_[step] = StepPlace::Done;
            current_ = step;
        }
    }
    const bool hasMoved = current_ != history.current();
    const bool isPlaced = current_ == history.current() && (undone_ == 0 || known > history.last());
    if (!isPlaced && !(known > history.last() && moveOne(history))) {
        placeAll(history);
    }
    return isNew || hasMoved || before != places_.size();
}

void HistoryRows::add(const History& history, StepId step) {
    const History::Step made = history.step(step);
    if (step == 1) {
        firstTimeNs_ = made.timeNs;
    }
    const bool beginsBranch = hasChild_[made.parent];
    hasChild_[made.parent] = true;
    places_.push_back(StepPlace::Elsewhere);
    branches_.push_back(beginsBranch ? branchCount_++ : branches_[made.parent]);
    hasChild_.push_back(false);
    isApart_.push_back(made.parent + 1 != step);
}

/// An undo or a redo of one step.
bool HistoryRows::moveOne(const History& history) {
    const StepId now = history.current();
    if (current_ != kFirstStep && history.step(current_).parent == now) {
        places_[current_] = StepPlace::Undone;
        ++undone_;
    } else if (now != kFirstStep && history.step(now).parent == current_ &&
               places_[now] == StepPlace::Undone) {
        places_[now] = StepPlace::Done;
        --undone_;
    } else {
        return false;
    }
    current_ = now;
    return true;
}

void HistoryRows::placeAll(const History& history) {
    std::ranges::fill(places_, StepPlace::Elsewhere);
    current_ = history.current();
    undone_ = 0;
    for (StepId step = current_; step != kFirstStep; step = history.step(step).parent) {
        places_[step] = StepPlace::Done;
    }
    places_[kFirstStep] = StepPlace::Done;
    for (StepId step = history.redoChild(current_); step != kFirstStep;
         step = history.redoChild(step)) {
        places_[step] = StepPlace::Undone;
        ++undone_;
    }
}

StepPlace HistoryRows::place(StepId step) const {
    return step == current_ ? StepPlace::Current : places_[step];
}

}  // namespace octavo::ui
