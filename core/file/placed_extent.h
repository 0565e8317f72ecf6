// Where a run of a file lies on its device, as the file system tells.
// Thread rule: plain values. Units: bytes.
#pragma once

#include "core/base/types.h"

namespace octavo::core {

struct PlacedExtent {
    FileExtent extent;     ///< of the file
    Offset physical = 0;   ///< where it begins on the device; 0 where it has no place of its own
    bool hasPlace = true;  ///< false for content that lies within the inode, or nobody tells where
    bool unwritten = false;  ///< preallocated: its bytes are zeros whatever lies on the device
    bool shared = false;     ///< other files, or other runs of this one, stand on the same blocks

    friend bool operator==(const PlacedExtent&, const PlacedExtent&) = default;
};

}  // namespace octavo::core
