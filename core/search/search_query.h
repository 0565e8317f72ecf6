// What a user asks for, in the words of the find bar and the command line, and the finder for it.
//
// Thread rule: plain values and functions.
#pragma once

#include "core/base/result.h"
#include "core/search/finder.h"
#include "core/search/printable_mask.h"
#include "core/search/regex.h"
#include "core/search/regex_finder.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace octavo::core {

enum class SearchKind : std::uint8_t { Hex, Text, Regex, Integer, Float, Strings };

/// The orders of bytes in which a number is sought.
enum class SearchOrder : std::uint8_t { Little, Big, Both };

struct SearchQuery {
    SearchKind kind = SearchKind::Hex;
    /// Hexadecimal pattern, text as UTF-8, regular expression, number or range of numbers. Of
    /// strings nothing.
    std::string text;

    /// Of text and expressions.
    bool ignoreCase = false;
    /// Of text: any of these, by ICU's names. Several are sought at once.
    std::vector<std::string> encodings{"UTF-8"};

    /// Of numbers, in bytes: integers 1 to 8, floating-point numbers 4 or 8.
    unsigned width = 4;
    SearchOrder order = SearchOrder::Little;

    /// Of expressions: "." is any byte, ^ and $ match at lines, and how long a match may be.
    bool dotMatchesNewline = true;
    bool multiLine = false;
    Offset longestMatch = RegexFinder::kLongest;

    /// Of strings.
    StringEncoding stringEncoding = StringEncoding::Ascii;
    std::size_t leastCharacters = 4;

    /// Of what is as long wherever it stands: the places where it does not.
    bool inverted = false;

    friend bool operator==(const SearchQuery&, const SearchQuery&) = default;
};

/// The finder; an error that says in words what is wrong with the query.
Result<std::unique_ptr<Finder>> makeFinder(const SearchQuery& query);

/// The expression of a query for one, for its groups.
Result<Regex> makeRegex(const SearchQuery& query);

/// The names of what is sought at once, by Hit::alternative; empty where it is one thing.
std::vector<std::string> alternativeNames(const SearchQuery& query);

/// "UTF-16" and "UTF-32" as their two byte orders, everything else as it is; none twice.
std::vector<std::string> eachEncoding(const std::vector<std::string>& names);

}  // namespace octavo::core
