// Saves changes of equal length into the file they belong to: keep the old bytes, note them in the
// journal, write exactly the changed ones in ascending order, sync.
//
// Before the first write every byte that will be overwritten is kept for undo and older snapshots.
// When a write or the sync fails, or the user cancels, the old bytes are put back; after a kill or
// a power cut, whoever opens the file next does so (recover_save.h).
//
// Thread rule and errors: those of Save.
#pragma once

#include "core/content/preserved.h"
#include "core/save/save.h"

namespace octavo::core {

class PatchSave final : public Save {
public:
    /// All changes of the request are of equal length before and now.
    explicit PatchSave(SaveRequest request);

    SaveStrategy strategy() const override { return SaveStrategy::Patch; }

private:
    Status perform(Progress& progress) override;
    const char* misfit(Offset size) const override;
    Status preserve(Progress& progress);
    Status note(Progress& progress);
    Status writeChanges(Progress& progress);
    Error putBack(const Error& cause);
    Status putBackKept();

    std::vector<Change> writes_;  // neighbouring changes together
    Preserved preserved_;
    FileOffset writtenTo_;  // the end of the last write that was begun
};

}  // namespace octavo::core
