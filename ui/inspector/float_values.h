// IEEE 754 numbers of 2, 4 and 8 bytes as values of the inspector.
//
// Shown with the fewest digits that are read back as the same number. What lies between two numbers
// is rounded to the nearer one, to the even one in the middle; what is too large or too near to
// zero for the kind is refused. "inf", "-inf" and "nan" are written so.
// Thread rule: pure functions.
#pragma once

#include "ui/inspector/value_kind.h"

#include <cstdint>

namespace octavo::ui {

ValueReading readHalf(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeHalf(const QString& text, core::ByteSpan here, core::ByteOrder order);
ValueReading readFloat(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeFloat(const QString& text, core::ByteSpan here, core::ByteOrder order);
ValueReading readDouble(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeDouble(const QString& text, core::ByteSpan here, core::ByteOrder order);

double doubleOfHalf(std::uint16_t half);
/// The nearest one; infinity where it is too large, zero where it is too small.
std::uint16_t halfOfDouble(double value);

}  // namespace octavo::ui
