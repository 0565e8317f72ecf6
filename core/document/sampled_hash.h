// A hash over as much of some content as can be read in a moment, to know it again: everything up
// to 64 KiB; of more, the first and last 16 KiB and 16 blocks of 4 KiB spread evenly between.
//
// Thread rule: plain functions that read, so for a worker.
#pragma once

#include "core/base/types.h"
#include "core/content/snapshot.h"
#include "core/content/source.h"

#include <cstdint>

namespace octavo::core {

/// The length counts too. 0 where a byte cannot be read, and never otherwise.
std::uint64_t sampledHash(const Source& source, Extent extent);
std::uint64_t sampledHash(const Snapshot& snapshot, Extent extent);

}  // namespace octavo::core
