// What the journal of a shift holds: everything that leads back to the old content, whatever moment
// the save was ended at, and everything that tells whether it had come to its end.
//
// The layout is that of ShiftJournal: a header that says how far it has come and is written over at
// each step, and the body that encoded() makes. In the machine's order of bytes: a journal never
// leaves its machine.
// Thread rule: plain values. Units: bytes.
#pragma once

#include "core/file/file_info.h"
#include "core/save/shift_layout.h"
#include "core/save/shift_plan.h"

#include <optional>
#include <string>
#include <vector>

namespace octavo::core {

struct ShiftRecord {
    struct Run {
        FileOffset at;
        Bytes bytes;
    };

    FileIdentity file;
    std::string target;  ///< the file's path, so that a journal in the state folder is known by it
    Offset sizeBefore = 0;
    Offset sizeAfter = 0;
    Offset blockSize = 0;
    std::vector<ShiftOperation> operations;
    std::optional<ShiftLayout> layout;  ///< before the first of them, where the system tells it
    std::vector<Run> lost;              ///< of the old content; see ShiftPlan
    std::vector<Run> patches;           ///< of the new content

    /// The file's length after the first `count` operations.
    Offset lengthAfter(std::size_t count) const;
    /// The layout then.
    std::optional<ShiftLayout> layoutAfter(std::size_t count) const;

    Bytes encoded() const;
    /// Nothing where it is none.
    static std::optional<ShiftRecord> decoded(ByteSpan bytes);
};

/// How far a shift has come.
struct ShiftProgress {
    enum class Phase : std::uint32_t {
        Shifting,  ///< `done` operations have returned; the next may have been begun
        Patching,  ///< all operations are done and on the disk
        Undoing,   ///< all but `done` operations are undone; the last of these may be, too
    };

    Phase phase = Phase::Shifting;
    std::uint64_t done = 0;
};

}  // namespace octavo::core
