// The five kinds of bytes that the grid tells apart by colour.
// Thread rule: pure functions.
#pragma once

#include "core/base/types.h"
#include "ui/style/theme.h"

namespace octavo::ui {

enum class ByteClass { Zero, Printable, Control, High, AllOnes };
inline constexpr int kByteClasses = 5;

constexpr ByteClass byteClass(core::Byte byte) {
    if (byte == 0x00) {
        return ByteClass::Zero;
    }
    if (byte == 0xFF) {
        return ByteClass::AllOnes;
    }
    if (byte >= 0x80) {
        return ByteClass::High;
    }
    return byte >= 0x20 && byte < 0x7F ? ByteClass::Printable : ByteClass::Control;
}

inline const QColor& byteColor(const Theme& theme, ByteClass kind) {
    switch (kind) {
    case ByteClass::Zero:
        return theme.zeroByte;
    case ByteClass::Printable:
        return theme.printableByte;
    case ByteClass::Control:
        return theme.controlByte;
    case ByteClass::High:
        return theme.highByte;
    case ByteClass::AllOnes:
        return theme.ffByte;
    }
    return theme.text;
}

}  // namespace octavo::ui
