// The bytes of a MemoryMap one after the other, for a range-based for.
//
// They are copied in blocks of 4096, so a change during the walk is seen by the next block at the
// latest. The walk ends early where a byte cannot be read; status() tells.
//
// Thread rule: that of the map, which must outlive this and stay where it is.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <array>
#include <cstddef>
#include <iterator>

namespace octavo::core {

class MemoryMap;

class MemoryMapBytes {
public:
    class Iterator {
    public:
        using value_type = Byte;
        using difference_type = std::ptrdiff_t;

        explicit Iterator(MemoryMapBytes* bytes) : bytes_(bytes) {}
        Byte operator*() const { return bytes_->block_[bytes_->used_]; }
        Iterator& operator++() {
            bytes_->next();
            return *this;
        }
        void operator++(int) { bytes_->next(); }
        bool operator==(std::default_sentinel_t) const { return bytes_->used_ == bytes_->filled_; }

    private:
        MemoryMapBytes* bytes_;
    };

    explicit MemoryMapBytes(const MemoryMap& map) : map_(&map) {}

    /// Starts anew at the first byte.
    Iterator begin();
    std::default_sentinel_t end() const { return {}; }

    /// Why the walk ended early, if it did.
    const Status& status() const { return status_; }

private:
    void next();
    void fill();

    const MemoryMap* map_;
    std::array<Byte, 4096> block_{};
    std::size_t used_ = 0;
    std::size_t filled_ = 0;
    Offset at_ = 0;  // of block_[0] in the map
    Status status_;
};

}  // namespace octavo::core
