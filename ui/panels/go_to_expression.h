// What a user may write to say where to go: an expression, worked out exactly in whole numbers of
// up to 127 bits.
//
//   1234  0x4D2  0o2322  0b101    from the start ("1 234" and "1_234" too)
//   start  end  caret             and sel, selend: the ends of the selection, else the caret
//   50%  12.5%                    of the length
//   + - * / ( )                   as usual; a quotient loses its fraction
//   +16  -0x10  +2*8              with a sign in front: from the caret
//
// Thread rule: any thread; pure functions.
#pragma once

#include "core/base/types.h"

#include <QString>

#include <optional>

namespace octavo::ui {

struct GoToPlace {
    core::Offset caret = 0;
    core::Offset length = 0;
    core::Extent selection = {};
};

enum class GoToFault {
    None,
    Empty,
    NotUnderstood,
    Incomplete,
    DivisionByZero,
    TooLarge,  ///< a number on the way
    BeforeStart,
    BeyondEnd,
};

struct GoToTarget {
    /// Between 0 and the length, both included; nothing where there is a fault.
    std::optional<core::Offset> offset;
    GoToFault fault = GoToFault::None;
    /// Of what is not understood, or divides by zero: the text from there on.
    QString rest;
};

/// A number alone; one too large is kMaxLength. Nothing where it is none.
std::optional<core::Offset> parseNumber(const QString& text);

GoToTarget parseGoTo(const QString& text, const GoToPlace& place);

}  // namespace octavo::ui
