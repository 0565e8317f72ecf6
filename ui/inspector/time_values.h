// Points in time as values of the inspector, in the years 0 to 9999 of the Gregorian calendar.
//
// Shown as "2026-11-27 13:49:30 UTC", copied as ISO 8601 says ("2026-11-27T13:49:30Z"); either may
// be written, also without the zone (it is UTC), the seconds or the time (it is midnight). DOS
// knows no zone. A time that the kind cannot hold exactly is refused.
// Thread rule: pure functions.
#pragma once

#include "ui/inspector/value_kind.h"

namespace octavo::ui {

/// Seconds since 1970, signed, in 4 or 8 bytes.
template <std::size_t kWidth>
ValueReading readUnixTime(core::ByteSpan bytes, core::ByteOrder order);
template <std::size_t kWidth>
ValueBytes writeUnixTime(const QString& text, core::ByteSpan here, core::ByteOrder order);

/// Of Windows: 100 nanoseconds since 1601 in 8 bytes.
ValueReading readFileTime(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeFileTime(const QString& text, core::ByteSpan here, core::ByteOrder order);

/// Of FAT and ZIP: the time's 16 bits below those of the date, the seconds in twos, from 1980 to
/// 2107.
ValueReading readDosTime(core::ByteSpan bytes, core::ByteOrder order);
ValueBytes writeDosTime(const QString& text, core::ByteSpan here, core::ByteOrder order);

}  // namespace octavo::ui
