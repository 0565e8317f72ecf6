// What could not be read: the answer that a read gives besides its bytes.
//
// Units: bytes, in the coordinates of whoever asked. Extents are in ascending order and do not
// touch. Empty, and then without any allocation, for nearly every read there is.
// Thread rule: plain value.
#pragma once

#include "core/base/types.h"

#include <vector>

namespace octavo::core {

class Unreadable {
public:
    bool isEmpty() const { return extents_.empty(); }
    const std::vector<Extent>& extents() const { return extents_; }
    bool contains(Offset offset) const;
    /// How many bytes they are.
    Offset total() const;
    /// Adds an extent that begins at or after the end of the last one.
    void add(Extent extent);

private:
    std::vector<Extent> extents_;
};

}  // namespace octavo::core
