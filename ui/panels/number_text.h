// Numbers as the window writes them: the same in every place.
//
// Thousands are parted by a narrow space in every language, so figures line up; sizes follow the
// locale. Thread rule: GUI thread.
#pragma once

#include "core/base/types.h"

#include <QString>

namespace octavo::ui {

/// "1 234 567", parted by U+202F.
QString groupedNumber(core::Offset number);

/// The same with a number of any length that is text already; it may have a minus in front.
QString groupedDigits(QString digits);

/// "0x00F5": at least four digits, always an even number of them.
QString offsetText(core::Offset offset);

/// "9.7 GiB", below 1 KiB "18 bytes".
QString sizeText(core::Offset bytes);

/// "1 byte", "4 096 bytes".
QString byteCountText(core::Offset bytes);

/// What tr() takes for choosing a plural form, where the number itself is 64 bits wide.
int pluralNumber(core::Offset number);

}  // namespace octavo::ui
