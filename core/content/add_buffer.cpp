#include "core/content/add_buffer.h"

namespace octavo::core {

Offset AddBuffer::append(ByteSpan bytes) {
    return static_cast<Offset>(bytes_.append(bytes));
}

void AddBuffer::read(Offset start, MutableByteSpan out, Offset /*reportedAt*/,
                     Unreadable& /*unreadable*/) const {
    bytes_.copy(static_cast<std::size_t>(start), out);
}

Offset AddBuffer::zerosAt(Offset /*start*/, Offset /*length*/) const {
    return 0;
}

}  // namespace octavo::core
