// Bytes as hexadecimal text and back, for the clipboard.
//
// Thread rule: any thread; pure functions.
#pragma once

#include "core/base/types.h"

#include <QString>

namespace octavo::ui {

struct ParsedHex {
    core::Bytes bytes;
    /// The part that is no byte, empty where all of it was read.
    QString fault;
};

/// Reads what people paste: "DE AD be ef", "DEADBEEF", "0xDE, 0xAD", "de:ad", over several lines.
/// Each run of digits must make whole bytes; a lone digit is a fault, not a byte.
ParsedHex parseHex(const QString& text);

/// "DE AD BE EF".
QString formatHex(core::ByteSpan bytes);

}  // namespace octavo::ui
