// How Python prints bytes, for tests whose output is compared with what a document shows.
#pragma once

#include "core/base/types.h"

#include <QByteArray>

#include <algorithm>

namespace octavo::test {

/// b'...', with double quotes where that saves escapes, as repr() does.
inline QByteArray pythonRepr(core::ByteSpan bytes) {
    const bool hasSingle = std::find(bytes.begin(), bytes.end(), '\'') != bytes.end();
    const bool hasDouble = std::find(bytes.begin(), bytes.end(), '"') != bytes.end();
    const char quote = hasSingle && !hasDouble ? '"' : '\'';
    QByteArray out = "b";
    out += quote;
    for (const core::Byte byte : bytes) {
        const char c = static_cast<char>(byte);
        if (c == quote || c == '\\')
            out += QByteArray("\\") + c;
        else if (c == '\t')
            out += "\\t";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (byte < 0x20 || byte >= 0x7F)
            out += "\\x" + QByteArray(1, c).toHex();
        else
            out += c;
    }
    return out + quote;
}

}  // namespace octavo::test
