// A lock that another program, or another open file of this one, holds on a file. Locks on Linux
// are advisory: they keep nobody from writing who does not ask.
// Thread rule: plain values and functions.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <cstdint>

namespace octavo::core {

struct ForeignLock {
    enum class Kind {
        Range,  ///< on a run of bytes (fcntl)
        Whole,  ///< on the file as a whole (flock)
    };

    Kind kind = Kind::Range;
    bool exclusive = false;    ///< false: others may hold one like it
    FileExtent extent;         ///< what is locked; up to kMaxLength where it has no end
    std::int64_t process = 0;  ///< the holder's number; 0 where the system does not tell

    friend bool operator==(const ForeignLock&, const ForeignLock&) = default;
};

/// True where File::lock() failed because the file system knows no locks: then there are none to
/// mind.
bool saysNoLocks(const Error& error);

}  // namespace octavo::core
