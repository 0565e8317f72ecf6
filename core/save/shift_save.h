// Saves inserted and deleted bytes by moving the blocks behind them (insert-range, collapse-range)
// and writing the rest: where the file system can do that, whole gigabytes move in a moment.
//
// Before the first block moves, the bytes that will stand nowhere are kept for undo, the journal
// has the way back (shift_record.h), and all readers of the file wait (FileVersion::beginMove); a
// failure or Cancel leads back to the old content, and so does recovery after a kill. A power cut
// within a move is not promised to be survived: no file system promises it.
//
// Thread rule and errors: those of Save; CannotReplace where nothing can be moved.
#pragma once

#include "core/content/preserved.h"
#include "core/save/preserve.h"
#include "core/save/save.h"
#include "core/save/save_target.h"
#include "core/save/shift_journal.h"

#include <memory>

namespace octavo::core {

class ShiftSave final : public Save {
public:
    /// So many bytes are noted and written at most: all of them are held in memory.
    static constexpr Offset kMostToWrite = Offset{256} << 20;

    explicit ShiftSave(SaveRequest request) : Save(std::move(request)) {}

    /// What it would do. `obstacle` also where it would be no better than a new file.
    static ShiftPlan plan(const SaveRequest& request, Offset blockSize);

    SaveStrategy strategy() const override { return SaveStrategy::Shift; }

private:
    Status perform(Progress& progress) override;
    const char* misfit(Offset size) const override;
    Status prepare(Progress& progress);
    Status preserve(PreservePlan plan, Progress& progress);
    Status fill(const ShiftPlan& plan, const Snapshot& content, Progress& progress);
    Status shift(Progress& progress);
    Status patch(Progress& progress);
    Status takePlace();
    Error putBack(const Error& cause);

    SaveTarget target_;
    ShiftRecord record_;
    ShiftProgress reached_;
    Preserved preserved_;
    std::unique_ptr<ShiftJournal> steps_;
};

}  // namespace octavo::core
