// Integers as values of the inspector: of 1 to 8 bytes, LEB128, and a byte's bits.
//
// Decimal when shown; a text may also begin with 0x, 0o or 0b, and blanks and underscores may part
// its digits. Thread rule: pure functions.
#pragma once

#include "ui/inspector/value_kind.h"

#include <cstddef>

namespace octavo::ui {

ValueReading readInteger(core::ByteSpan bytes, bool isSigned, core::ByteOrder order);
ValueBytes writeInteger(const QString& text, std::size_t width, bool isSigned,
                        core::ByteOrder order);

template <std::size_t kWidth, bool kIsSigned>
ValueReading readInteger(core::ByteSpan bytes, core::ByteOrder order) {
    return readInteger(bytes.first(kWidth), kIsSigned, order);
}

template <std::size_t kWidth, bool kIsSigned>
ValueBytes writeInteger(const QString& text, core::ByteSpan, core::ByteOrder order) {
    return writeInteger(text, kWidth, kIsSigned, order);
}

/// At most 10 bytes and 64 bits. A value that is shorter than the one that stands here is padded to
/// its length, so that the bytes behind keep their place; a longer one is refused.
template <bool kIsSigned>
ValueReading readLeb128(core::ByteSpan bytes, core::ByteOrder order);
template <bool kIsSigned>
ValueBytes writeLeb128(const QString& text, core::ByteSpan here, core::ByteOrder order);

/// Eight digits.
ValueReading readBinary(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeBinary(const QString& text, core::ByteSpan here, core::ByteOrder order);
/// Three digits.
ValueReading readOctal(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeOctal(const QString& text, core::ByteSpan here, core::ByteOrder order);

}  // namespace octavo::ui
