#include "core/document/flush_bracket.h"

#include <array>
#include <cstring>

namespace octavo::core {

void FlushChecksum::add(const Extent& inFile, Offset inDocument) {
    const std::array<Offset, 3> numbers{inFile.offset, inFile.length, inDocument};
    std::array<Byte, sizeof(numbers)> bytes{};
    std::memcpy(bytes.data(), numbers.data(), bytes.size());
    hasher_.add(bytes);
}

}  // namespace octavo::core
