// Bytes as text for programs and people: source code, base64, a dump. See hex_text.h for plain
// hexadecimal.
//
// Thread rule: any thread; pure functions.
#pragma once

#include "core/base/types.h"

#include <QString>

#include <optional>

namespace octavo::ui {

/// "const unsigned char data[4] = {\n    0xDE, ...\n};\n", twelve to a line.
QString formatCArray(core::ByteSpan bytes);

/// "data = (\n    b\"...\"\n)\n": a bytes literal as Python reads it, sixteen bytes to a line.
QString formatPython(core::ByteSpan bytes);

/// In lines of 76 characters.
QString formatBase64(core::ByteSpan bytes);
/// Line ends and blanks count for nothing; nothing where it is no base64.
std::optional<core::Bytes> parseBase64(const QString& text);

/// As xxd writes it, with the offsets of a document: "00000010: dead beef ...  ....\n".
QString formatDump(core::ByteSpan bytes, core::Offset offset);

}  // namespace octavo::ui
