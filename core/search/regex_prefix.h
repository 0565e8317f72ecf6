// What a regular expression says about the bytes at the beginning of its matches, and how long
// they are: enough for a search for bytes to rule out most places before RE2 is asked.
//
// Reads RE2's syntax as far as it is sure of it. Where it is not, it says less, never more: a
// place that the prefix rules out has no match, and no match is longer than `longest`.
//
// Thread rule: a plain function.
#pragma once

#include "core/base/types.h"
#include "core/search/byte_set.h"
#include "core/search/regex.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace octavo::core {

struct RegexPrefix {
    /// Each match begins with a byte of each of these, in order. May be empty.
    std::vector<ByteSet> sets;
    /// Nothing where it is not known, or there is no limit.
    std::optional<Offset> longest;
};

/// `pattern` is one that RE2 has taken.
RegexPrefix regexPrefix(std::string_view pattern, const RegexOptions& options);

}  // namespace octavo::core
