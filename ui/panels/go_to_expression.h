// What a user may write to say where to go.
//
//   1234   0x4D2   decimal or hexadecimal, from the start ("1 234" and "1_234" too)
//   +16    -0x10   from the caret
//   50%    12.5%   of the length
//   start  end
//
// Thread rule: any thread; a pure function.
#pragma once

#include "core/base/types.h"

#include <QString>

#include <optional>

namespace octavo::ui {

struct GoToPlace {
    core::Offset caret = 0;
    core::Offset length = 0;
};

enum class GoToFault {
    None,
    Empty,
    NotUnderstood,
    BeforeStart,
    BeyondEnd,
};

struct GoToTarget {
    /// Between 0 and the length, both included; nothing where there is a fault.
    std::optional<core::Offset> offset;
    GoToFault fault = GoToFault::None;
};

/// A number alone, decimal or hexadecimal; one too large is kMaxLength. Nothing where it is none.
std::optional<core::Offset> parseNumber(const QString& text);

GoToTarget parseGoTo(const QString& text, const GoToPlace& place);

}  // namespace octavo::ui
