// One read-only mapping of a run of a file, watched by the fault guard.
//
// The protocol of every reader: keep the region alive (a shared pointer is the pin), copy, then
// ask isDamaged(). Once it is true, nothing that was copied from the region since it was last
// asked may be believed, and the region is never good again: make a new one. It is unmapped when
// the last pin goes, so no late fault can meet somebody else's memory at the same address.
//
// Thread rule: any thread.
#pragma once

#include "core/base/types.h"
#include "core/file/fault_guard.h"

namespace octavo::core {

class MappedRegion {
public:
    /// Takes over a mapping of `length` bytes at `data`, which begins at `fileOffset` of the file
    /// open as `descriptor`. The descriptor must stay open as long as the region lives; the
    /// guard asks it for the file's size.
    MappedRegion(const Byte* data, Offset length, FileOffset fileOffset, int descriptor);
    ~MappedRegion();
    MappedRegion(const MappedRegion&) = delete;
    MappedRegion& operator=(const MappedRegion&) = delete;

    const Byte* data() const { return data_; }
    Offset length() const { return length_; }
    FileOffset fileOffset() const { return fileOffset_; }

    /// Brings the extent into the mapping, as the kernel likes to have it there, and waits for the
    /// disk. False where a page was met that cannot be had; others may be met when they are read.
    bool populate(Extent extent) const;
    /// Takes whole pages of the extent out of the mapping again; they come back when touched.
    void release(Extent extent) const;

    /// True once a page of the region could not be read and was replaced by zeros.
    bool isDamaged() const;
    /// How many pages were replaced, about: many count as one where one fault took the rest.
    std::uint32_t damage() const;

private:
    const Byte* data_;
    Offset length_;
    FileOffset fileOffset_;
    FaultGuard::Slot* slot_;
};

}  // namespace octavo::core
