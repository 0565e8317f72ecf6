// The order of a list of changes, and what of it is shown.
//
// Thread rule: pure functions, for a worker where there are many rows: a million take some
// hundred milliseconds.
#pragma once

#include "core/base/progress.h"
#include "ui/changes/change_filter.h"
#include "ui/changes/change_rows.h"
#include "ui/results/row_selection.h"

#include <cstdint>
#include <vector>

namespace octavo::ui {

enum class ChangeOrder { State, Offset, Kind, Size, Name, Step };

struct ChangeSort {
    ChangeOrder by = ChangeOrder::Offset;
    bool isDescending = false;

    friend bool operator==(const ChangeSort&, const ChangeSort&) = default;
};

/// The rows that the filter admits, in order; those that are equal in it as in the document. Rows
/// without a name stand behind all that have one, whichever way.
std::vector<std::uint32_t> arrange(const ChangeRows& rows, const ChangeSort& sort,
                                   const ChangeFilter& filter);

/// True where both show the same changes in the same order.
bool haveSameChanges(const ChangeListing& a, const ChangeListing& b);

/// The rows of `after` that show the changes that `chosen` has in `before`.
RowSelection followed(const RowSelection& chosen, const ChangeListing& before,
                      const ChangeListing& after);

}  // namespace octavo::ui
