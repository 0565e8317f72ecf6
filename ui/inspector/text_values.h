// Characters and GUIDs as values of the inspector.
//
// A character is written as itself, as its code point ("U+00E9") or, where it is one of the old
// control characters, by its name ("LF"). Replacing a character by one that takes more or fewer
// bytes is refused: it would eat into its neighbours.
// Thread rule: pure functions.
#pragma once

#include "ui/inspector/value_kind.h"

namespace octavo::ui {

ValueReading readLatin1(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeLatin1(const QString& text, core::ByteSpan here, core::ByteOrder order);
ValueReading readUtf8(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeUtf8(const QString& text, core::ByteSpan here, core::ByteOrder order);
ValueReading readUtf16(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeUtf16(const QString& text, core::ByteSpan here, core::ByteOrder order);

/// In little-endian order as Windows lays it out: the first three fields in that order, the rest as
/// written. In big-endian order as written (RFC 9562).
ValueReading readGuid(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeGuid(const QString& text, core::ByteSpan here, core::ByteOrder order);

}  // namespace octavo::ui
