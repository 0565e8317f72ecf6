// The font for digits that stand below each other: fields for bytes, lists, the grid.
//
// Thread rule: GUI thread.
#pragma once

#include <QFont>

namespace octavo::ui {

/// Fixed-pitch, as large as `sizeOf`.
QFont fixedFont(const QFont& sizeOf);

}  // namespace octavo::ui
