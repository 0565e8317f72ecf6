#include "core/content/memory_source.h"

#include <algorithm>

namespace octavo::core {

void MemorySource::read(Offset start, MutableByteSpan out, Offset /*reportedAt*/,
                        Unreadable& /*unreadable*/) const {
    std::copy_n(bytes_.begin() + start, out.size(), out.begin());
}

}  // namespace octavo::core
