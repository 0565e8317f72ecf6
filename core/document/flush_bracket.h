// What an edit log is told of a flush before its first write and after its sync, and what is
// decided at the next start about one that never ended.
// Thread rule: plain values.
#pragma once

#include "core/base/hash.h"
#include "core/content/snapshot.h"

#include <cstdint>
#include <vector>

namespace octavo::core {

/// A flush that is about to write.
struct FlushPlan {
    std::uint64_t id = 0;           ///< of the caller's choice; another one for each flush
    Snapshot snapshot;              ///< the document when the flush was prepared
    std::vector<ChangeId> changes;  ///< that are written; all of them are on
};

/// Of what a flush was to write, run by run: where in the file, how many bytes, and how many of the
/// document in their place. A log that tells other runs than were begun is not believed.
class FlushChecksum {
public:
    void add(const Extent& inFile, Offset inDocument);
    std::uint64_t value() const { return hasher_.value(); }

private:
    Hasher hasher_;
};

/// What the file holds after a flush that was interrupted.
enum class FlushOutcome {
    OldContent,   ///< nothing of the flush: all its changes are still pending
    NewContent,   ///< all of it
    SomeWritten,  ///< the changes that are named, whole, and nothing of the others
    Unknown,      ///< something else: no change of it may be offered without a look
};

struct FlushDecision {
    FlushOutcome outcome = FlushOutcome::Unknown;
    std::vector<ChangeId> written;  ///< of SomeWritten
};

}  // namespace octavo::core
