// The tree of a document's steps as rows, one for each step, in the order in which they were made:
// the number of a row is that of its step, and row 0 is the beginning.
//
// A step that was made where others had been undone begins a branch beside them. What a row costs
// is some bytes, so that a million steps are no burden, and what one edit, undo or redo changes is
// found in no time; only a jump between branches looks at all rows.
//
// Thread rule: GUI thread.
#pragma once

#include "core/document/history.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace octavo::ui {

/// How a step stands to what is shown.
enum class StepPlace : std::uint8_t {
    Done,       ///< it is a part of what is shown
    Current,    ///< the last of these
    Undone,     ///< redo brings it again
    Elsewhere,  ///< on another branch
};

class HistoryRows {
public:
    /// Brings the rows up to date; false where nothing is another. After each undo, redo and jump,
    /// and after edits, of which there may have been several.
    /// Cost: O(1) for each new step and each undo or redo, else O(steps).
    bool follow(const core::History& history);

    std::size_t count() const { return places_.size(); }
    core::StepId current() const { return current_; }
    StepPlace place(core::StepId step) const;
    /// 0 for the first branch; each later one has a number of its own.
    std::uint32_t branch(core::StepId step) const { return branches_[step]; }
    /// The step before it is not the one that it was made on.
    bool isApart(core::StepId step) const { return step > 0 && isApart_[step]; }
    std::size_t undone() const { return undone_; }

private:
    bool isAnother(const core::History& history) const;
    void add(const core::History& history, core::StepId step);
    bool moveOne(const core::History& history);
    void placeAll(const core::History& history);

    std::vector<StepPlace> places_;
    std::vector<std::uint32_t> branches_;
    std::vector<bool> hasChild_;
    std::vector<bool> isApart_;
    std::uint32_t branchCount_ = 0;
    std::size_t undone_ = 0;
    core::StepId current_ = core::kFirstStep;
    /// Of step 1: a history that was given up begins with its numbers anew.
    std::int64_t firstTimeNs_ = 0;
};

}  // namespace octavo::ui
