// The descriptors that a MemoryMap can stand on, all closed on exec; the caller owns them.
// Thread rule: plain functions.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <string>

namespace octavo::core {

/// Opens an existing file, without waiting for a FIFO's other end.
Result<int> openForMap(const std::string& path, bool writable);
/// Another descriptor for what is open as `descriptor`.
Result<int> duplicateForMap(int descriptor);
/// A file of `length` zeros in memory, without a name.
Result<int> createForMap(Offset length);

}  // namespace octavo::core
