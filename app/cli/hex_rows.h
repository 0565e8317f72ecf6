// Rows of sixteen bytes as xxd writes them, byte for byte.
#pragma once

#include "core/base/types.h"
#include "core/base/unreadable.h"

#include <string>

namespace octavo::cli {

inline constexpr std::size_t kRowBytes = 16;

/// Appends the rows of `bytes`, the first of which stands at `offset`. Bytes of `unreadable` are
/// shown as ??; a row in which no byte could be read is left out.
void appendHexRows(std::string& text, core::Offset offset, core::ByteSpan bytes,
                   const core::Unreadable& unreadable);

}  // namespace octavo::cli
