// Rows of sixteen bytes as xxd writes them, byte for byte.
//
// Thread rule: pure function.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"

#include <string>

namespace octavo::core {

inline constexpr std::size_t kRowBytes = 16;

/// Appends the rows of `bytes`, the first of which stands at `offset`. Bytes of `unreadable` are
/// shown as ??; a row in which no byte could be read is left out.
void appendHexRows(std::string& text, Offset offset, ByteSpan bytes, const Unreadable& unreadable);

}  // namespace octavo::core
