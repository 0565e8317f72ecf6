// What a file system is, how much room it has, and which short cuts it offers to a save.
// Thread rule: plain values. Units: bytes.
#pragma once

#include "core/base/types.h"

namespace octavo::core {

enum class StorageKind {
    Ext4,  ///< ext2 and ext3 too: one driver serves all three
    Xfs,
    Btrfs,
    Tmpfs,
    Other,
};

struct StorageSpace {
    Offset available = 0;  ///< without what is kept for root; a quota is not always counted in
    Offset total = 0;
    Offset blockSize = 0;  ///< what space is given out in, and what ranges are moved and shared in
    StorageKind kind = StorageKind::Other;
    bool readOnly = false;
};

/// What was found to work, on a small file that was made for trying.
struct StorageAbilities {
    bool clonesRanges = false;     ///< File::cloneRange
    bool insertsRanges = false;    ///< File::insertRange
    bool collapsesRanges = false;  ///< File::collapseRange
    bool punchesHoles = false;     ///< File::punchHole
    bool preallocates = false;     ///< File::preallocate
    bool tellsLayout = false;      ///< File::layout
    bool linksUnnamed = false;     ///< FileSystem::openUnnamedToLink and link

    friend bool operator==(const StorageAbilities&, const StorageAbilities&) = default;
};

}  // namespace octavo::core
