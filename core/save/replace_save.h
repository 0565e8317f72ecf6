// Saves changes of any kind by a new file that takes the old one's place: it is written beside it,
// shares what the file system can share, is synced with everything that belongs to it, and renamed.
//
// Until the rename the old file is not touched, so a kill or a power cut at any moment leaves the
// old content or the new; what is left beside it is removed when the file is next opened
// (removeLeftovers()). Older snapshots and undo go on reading the old file, which takes its room on
// the disk until they are gone. The document goes on upon the new file, a version of a chain of its
// own.
//
// Thread rule and errors: those of Save; Detached where the new file could not be in all things
// what the old one was (other names, owner, a mount), unless told to go on.
#pragma once

#include "core/save/save.h"

namespace octavo::core {

class ReplaceSave final : public Save {
public:
    explicit ReplaceSave(SaveRequest request) : Save(std::move(request)) {}

    SaveStrategy strategy() const override { return SaveStrategy::Replace; }

private:
    Status perform(Progress& progress) override;
    const char* misfit(Offset size) const override;
    Status checkPlace();
    Status writeNew(File& file, Progress& progress);
    Status giveAttributes(File& file);
    Status takePlace();
    Error notConfirmed(const char* what, const Error& cause) const;

    std::string target_;  // with symbolic links followed
    std::string folder_;
    FileAttributes attributes_;
};

}  // namespace octavo::core
