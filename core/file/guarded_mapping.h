// One mapping of a run of a file that may be written, watched by the fault guard: the system
// calls under MemoryMap. (MappedRegion is its read-only sister for the editor's own files.)
//
// Thread rule: any thread; unmapped by the destructor.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/file/fault_guard.h"
#include "core/file/memory_advice.h"
#include "core/file/memory_map_options.h"

#include <memory>

namespace octavo::core {

class GuardedMapping {
public:
    /// Maps [offset, offset + length) of the file open as `descriptor`, which must outlive the
    /// mapping. The offset may be any; the length is not 0. The run may reach beyond the end of
    /// the file: that comes to light where it is used.
    static Result<std::shared_ptr<GuardedMapping>> map(int descriptor, FileOffset offset,
                                                       Offset length, const MapKind& kind);
    ~GuardedMapping();
    GuardedMapping(const GuardedMapping&) = delete;
    GuardedMapping& operator=(const GuardedMapping&) = delete;

    /// The first byte that was asked for. Constant maps must not be stored through.
    Byte* data() const { return base_ + lead_; }
    Offset length() const { return length_; }

    /// True once any page was replaced by zeros.
    bool isPatched() const;
    /// True where a byte of the extent may lie in a replaced page. Asked by whoever touched it.
    bool isPatched(Extent extent) const;

    /// False in a forked child that was to go without this mapping (MADV_DONTFORK): there is
    /// nothing at its addresses, or something else.
    bool isInherited() const;

    /// Writes the pages of the extent back and waits for it.
    Status sync(Extent extent) const;
    /// Gives the advice for the pages of the extent.
    Status advise(MemoryAdvice advice, Extent extent);

private:
    GuardedMapping(Byte* base, Offset lead, Offset length, FaultGuard::Slot* slot);
    Extent pagesOf(Extent extent) const;  // in bytes from base_
    std::uintptr_t address(Offset offset) const;

    Byte* base_;   // at the beginning of a page
    Offset lead_;  // from base_ to the first byte asked for
    Offset length_;
    FaultGuard::Slot* slot_;
    int onlyProcess_ = 0;  // the process that alone has the mapping; 0: forked children too
};

}  // namespace octavo::core
