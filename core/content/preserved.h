// What becomes of the bytes of one version of a file when a save makes the next: each is kept, or
// stands in the new content at some place, or is lost.
//
// A save in place of equal length keeps what it overwrites, and all else stands where it stood
// (ExtentMap::identity()). A save that moves bytes tells where they stand afterwards and keeps only
// what stands nowhere. Bytes are lost where the user gave up undo for want of room.
//
// Thread rule: filled by one thread, then read-only and readable from any.
#pragma once

#include "core/content/extent_map.h"
#include "core/content/kept_bytes.h"

#include <memory>
#include <optional>

namespace octavo::core {

/// Where one run of bytes of an older version is found.
struct Fate {
    Offset length = 0;  ///< the answer holds for so many bytes, at least one
    /// In the newer version or, where there are kept bytes, in those; nothing where they are lost.
    std::optional<FileOffset> at;
    const KeptBytes* kept = nullptr;

    bool isLost() const { return !at.has_value(); }
    bool stands() const { return at.has_value() && kept == nullptr; }
};

struct Preserved {
    std::shared_ptr<const KeptBytes> kept;       ///< nothing where nothing was kept
    ExtentMap standing = ExtentMap::identity();  ///< of what is not kept

    /// What became of the bytes from `at` on; `length` is how many of them matter, at least one.
    Fate fate(FileOffset at, Offset length) const;
};

}  // namespace octavo::core
