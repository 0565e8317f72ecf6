#include "core/file/memory_map_bytes.h"

#include "core/file/memory_map.h"

namespace octavo::core {

MemoryMapBytes::Iterator MemoryMapBytes::begin() {
    status_ = {};
    at_ = 0;
    used_ = filled_ = 0;
    fill();
    return Iterator(this);
}

void MemoryMapBytes::next() {
    if (++used_ < filled_)
        return;
    at_ += static_cast<Offset>(filled_);
    used_ = filled_ = 0;
    fill();
}

void MemoryMapBytes::fill() {
    const Result<Offset> length = map_->length();
    if (!length) {
        status_ = length.error();
        return;
    }
    // The map may have been cut during the walk.
    const Offset left = std::max<Offset>(*length - at_, 0);
    const std::size_t count = std::min(static_cast<std::size_t>(left), block_.size());
    if (count == 0)
        return;
    status_ = map_->copy(at_, MutableByteSpan(block_).first(count));
    if (status_)
        filled_ = count;
}

}  // namespace octavo::core
