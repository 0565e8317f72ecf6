// What is to stand in the place of what is sought, in the words of the replace bar and the command
// line.
//
// Thread rule: plain function.
#pragma once

#include "core/base/result.h"
#include "core/search/replacement.h"
#include "core/search/search_query.h"

#include <string_view>

namespace octavo::core {

/// As hexadecimal bytes with positions and counters, or as what is sought is written: text in its
/// encoding, for an expression text with groups. Errors name the part at fault.
Result<Replacement> makeReplacement(const SearchQuery& query, std::string_view text, bool asHex);

}  // namespace octavo::core
