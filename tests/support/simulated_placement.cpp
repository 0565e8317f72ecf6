#include "tests/support/simulated_placement.h"

#include <algorithm>

namespace octavo::test {

using core::Offset;

namespace {

void moveRun(Placement& placement, const PlacedRun& run, Offset by) {
    std::map<Offset, Place> moved;
    for (Offset index = run.first; index < run.first + run.count; ++index) {
        moved[index + by] = placement.places.at(index);
        placement.places.erase(index);
    }
    for (const auto& [index, place] : moved)
        placement.places[index] = place;
}

void dropRun(Placement& placement, const PlacedRun& run) {
    for (Offset index = run.first; index < run.first + run.count; ++index)
        placement.places.erase(index);
}

}  // namespace

std::vector<PlacedRun> Placement::runs(const std::vector<Offset>& borders) const {
    std::vector<PlacedRun> found;
    for (const auto& [index, place] : places) {
        const bool isBorder = std::ranges::find(borders, index) != borders.end();
        const PlacedRun* last = found.empty() ? nullptr : &found.back();
        const bool goesOn =
            last != nullptr && !isBorder && last->first + last->count == index &&
            last->place.block + static_cast<BlockNumber>(last->count) == place.block &&
            last->place.unwritten == place.unwritten;
        if (goesOn)
            ++found.back().count;
        else
            found.push_back({index, 1, place});
    }
    return found;
}

PlacementChange PlacementChange::place(Offset index, Place place) {
    PlacementChange change(Kind::WrittenBack);
    change.places_[index] = place;
    return change;
}

PlacementChange PlacementChange::grow(Offset size, Least least) {
    PlacementChange change(Kind::WrittenBack);
    change.size_ = size;
    change.least_ = std::move(least);
    return change;
}

PlacementChange PlacementChange::resize(Offset size, Places places, Least least) {
    PlacementChange change(Kind::AtOnce);
    change.places_ = std::move(places);
    change.size_ = size;
    change.least_ = std::move(least);
    return change;
}

PlacementChange PlacementChange::patch(Places places, std::optional<Offset> size, Least least) {
    PlacementChange change(Kind::Patch);
    change.places_ = std::move(places);
    change.size_ = size;
    change.least_ = std::move(least);
    return change;
}

PlacementChange PlacementChange::insert(Offset at, Offset count, Offset blockSize) {
    PlacementChange change(Kind::Insert);
    change.at_ = at;
    change.count_ = count;
    change.blockSize_ = blockSize;
    return change;
}

PlacementChange PlacementChange::collapse(Offset at, Offset count, Offset blockSize) {
    PlacementChange change(Kind::Collapse);
    change.at_ = at;
    change.count_ = count;
    change.blockSize_ = blockSize;
    return change;
}

PlacementChange PlacementChange::stoppedHalfway(const Placement& before) const {
    PlacementChange stopped = *this;
    stopped.stepsLeft_ = steps(before) / 2;
    return stopped;
}

int PlacementChange::steps(const Placement& before) const {
    return stepsLeft_ ? std::min(*stepsLeft_, allSteps(before)) : allSteps(before);
}

int PlacementChange::allSteps(const Placement& before) const {
    const auto runsBehind = [&](const std::vector<Offset>& borders) {
        const std::vector<PlacedRun> runs = before.runs(borders);
        return static_cast<int>(
            std::ranges::count_if(runs, [&](const PlacedRun& run) { return run.first >= at_; }));
    };
    switch (kind_) {
    case Kind::WrittenBack:
    case Kind::AtOnce:
        return 1;
    case Kind::Patch:
        return static_cast<int>(places_.size()) + (size_ ? 1 : 0);
    case Kind::Insert:
        return 1 + runsBehind({at_});
    case Kind::Collapse:
        return runsBehind({at_, at_ + count_}) + 1;
    }
    return 1;
}

void PlacementChange::apply(Placement& placement, int stepsDone) const {
    if (kind_ == Kind::Insert)
        return applyInsert(placement, stepsDone);
    if (kind_ == Kind::Collapse)
        return applyCollapse(placement, stepsDone);
    const bool isWhole = stepsDone >= allSteps(placement);
    int step = 0;
    for (const auto& [index, place] : places_) {
        if (!isWhole && step++ >= stepsDone)
            return;
        if (place)
            placement.places[index] = *place;
        else
            placement.places.erase(index);
    }
    if (size_ && (isWhole || step < stepsDone))
        placement.size = kind_ == Kind::AtOnce ? *size_ : std::max(placement.size, *size_);
}

void PlacementChange::applyInsert(Placement& placement, int stepsDone) const {
    if (stepsDone == 0)
        return;
    const std::vector<PlacedRun> runs = placement.runs({at_});
    placement.size += count_ * blockSize_;
    for (auto run = runs.rbegin(); run != runs.rend() && run->first >= at_ && --stepsDone > 0;
         ++run)
        moveRun(placement, *run, count_);
}

void PlacementChange::applyCollapse(Placement& placement, int stepsDone) const {
    const std::vector<PlacedRun> runs = placement.runs({at_, at_ + count_});
    const auto isRemoved = [&](const PlacedRun& run) {
        return run.first >= at_ && run.first < at_ + count_;
    };
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (isRemoved(*run) && stepsDone-- > 0)
            dropRun(placement, *run);
    }
    for (const PlacedRun& run : runs) {
        if (run.first >= at_ + count_ && stepsDone-- > 0)
            moveRun(placement, run, -count_);
    }
    if (stepsDone > 0)
        placement.size -= count_ * blockSize_;
}

}  // namespace octavo::test
