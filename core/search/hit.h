// A place where what is sought was found.
// Thread rule: plain value. Units: document offsets.
#pragma once

#include "core/base/types.h"

#include <cstdint>

namespace octavo::core {

struct Hit {
    Offset offset = 0;
    Offset length = 0;
    /// Which of several things that are sought at once (encodings, byte orders), from 0 on.
    std::uint8_t alternative = 0;
    /// As long as a match may be: without that limit it might have been longer.
    bool cut = false;

    Extent extent() const { return {offset, length}; }
    Offset end() const { return offset + length; }
    friend bool operator==(const Hit&, const Hit&) = default;
};

}  // namespace octavo::core
