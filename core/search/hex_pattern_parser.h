// Reads a pattern that is written as hexadecimal bytes: the grammar of Pattern::fromHex().
// Thread rule: a plain function.
#pragma once

#include "core/base/result.h"
#include "core/search/byte_set.h"

#include <string_view>
#include <variant>
#include <vector>

namespace octavo::core {

/// What stands at one position.
using HexPosition = std::variant<Cover, ByteSet>;

/// At least one position; an error that names the part at fault.
Result<std::vector<HexPosition>> parseHexPattern(std::string_view text);

}  // namespace octavo::core
