#include "ui/hex/change_flags.h"

#include <algorithm>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

void mark(Extent extent, CellFlag flag, Offset start, std::span<CellFlags> cells) {
    // No end of the cells as an offset: behind 2^63 - 1 bytes there is none.
    const Offset from = std::max<Offset>(0, extent.offset - start);
    const Offset to = std::min(extent.end() - start, static_cast<Offset>(cells.size()));
    for (Offset cell = from; cell < to; ++cell) {
        cells[static_cast<std::size_t>(cell)] |= flag;
    }
}

}  // namespace

void markChanges(const std::vector<core::Change>& changes, Offset start,
                 std::span<CellFlags> cells) {
    for (const core::Change& change : changes) {
        const Extent now = change.now;
        const Offset overwritten = std::min(change.before.length, now.length);
        mark({now.offset, overwritten}, CellChanged, start, cells);
        mark({now.offset + overwritten, now.length - overwritten}, CellInserted, start, cells);
        const Offset behind = now.end();
        if (change.before.length > now.length && behind >= start &&
            behind - start < static_cast<Offset>(cells.size())) {
            cells[static_cast<std::size_t>(behind - start)] |= CellDeletedBefore;
        }
    }
}

}  // namespace octavo::ui
