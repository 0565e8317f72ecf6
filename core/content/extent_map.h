// Where the bytes of a file stand after a save has moved them: runs of the old file, each with its
// place in the new one. What lies in no run stands nowhere.
//
// Runs that go on in both files are joined, so an insertion at the front of a file of any size is
// one run.
// Thread rule: filled by one thread, then read-only and readable from any.
// Cost: 24 bytes a run; find() is O(log runs).
#pragma once

#include "core/base/types.h"

#include <optional>
#include <vector>

namespace octavo::core {

class ExtentMap {
public:
    struct Run {
        FileExtent from;  ///< in the old file
        FileOffset to;    ///< in the new one

        friend bool operator==(const Run&, const Run&) = default;
    };
    struct Place {
        Offset length = 0;             ///< the answer holds for so many bytes, at least one
        std::optional<FileOffset> to;  ///< nothing where they stand nowhere
    };

    /// Every byte at its own place, in a file of any length.
    static ExtentMap identity();

    /// Adds a run; ascending in the old file and without overlap from call to call.
    void add(FileExtent from, FileOffset to);
    /// Where the bytes from `at` on stand; `length` is how many of them matter, at least one.
    Place find(FileOffset at, Offset length) const;
    const std::vector<Run>& runs() const { return runs_; }

private:
    std::vector<Run> runs_;
};

}  // namespace octavo::core
