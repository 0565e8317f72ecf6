// Turns a list of changes into flags of cells.
// Thread rule: pure function.
#pragma once

#include "core/content/change.h"
#include "ui/hex/hex_cell.h"

#include <span>
#include <vector>

namespace octavo::ui {

/// Sets CellChanged, CellInserted and CellDeletedBefore in `cells`, of which the first one stands
/// for the document offset `start`. Of a run that took the place of a shorter one, as many cells
/// count as changed as there were; the rest is inserted. A run that took the place of a longer
/// one is changed, with the deletion behind it.
void markChanges(const std::vector<core::Change>& changes, core::Offset start,
                 std::span<CellFlags> cells);

}  // namespace octavo::ui
