#include "app/cli/query_options.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace octavo::cli {

using core::Error;
using core::Offset;
using core::Result;
using core::SearchKind;
using core::SearchQuery;

namespace {

constexpr std::array kKinds{
    std::pair{"--hex", SearchKind::Hex},        std::pair{"--text", SearchKind::Text},
    std::pair{"--regex", SearchKind::Regex},    std::pair{"--int", SearchKind::Integer},
    std::pair{"--float", SearchKind::Float},    std::pair{"--double", SearchKind::Float},
    std::pair{"--strings", SearchKind::Strings}};

struct Belonging {
    const char* option;
    std::vector<const char*> kinds;
};

const std::vector<Belonging>& belongings() {
    static const std::vector<Belonging> all{
        {"--encoding", {"--text", "--strings"}},
        {"--ignore-case", {"--text", "--regex"}},
        {"--width", {"--int"}},
        {"--endian", {"--int", "--float", "--double"}},
        {"--least", {"--strings"}},
        {"--lines", {"--regex"}},
        {"--longest", {"--regex"}},
        {"--not", {"--hex", "--text"}},
    };
    return all;
}

Error wrong(std::string reason) {
    return Error::invalid("read the options", reason);
}

std::string listed(const std::vector<const char*>& names) {
    std::string all;
    for (const char* name : names) {
        all += (all.empty() ? "" : " or ") + std::string(name);
    }
    return all;
}

core::Status checkBelonging(const Arguments& arguments) {
    for (const Belonging& each : belongings()) {
        if (!arguments.has(each.option)) {
            continue;
        }
        bool belongs = false;
        for (const char* kind : each.kinds) {
            belongs = belongs || arguments.has(kind);
        }
        if (!belongs) {
            return wrong(std::string(each.option) + " goes with " + listed(each.kinds));
        }
    }
    return {};
}

std::vector<std::string> parts(std::string_view list) {
    std::vector<std::string> all;
    while (true) {
        const std::size_t comma = list.find(',');
        all.emplace_back(list.substr(0, comma));
        if (comma == std::string_view::npos) {
            return all;
        }
        list.remove_prefix(comma + 1);
    }
}

Result<core::StringEncoding> stringEncoding(std::string_view name) {
    using core::StringEncoding;
    static constexpr std::array kNames{
        std::pair{"ascii", StringEncoding::Ascii}, std::pair{"latin1", StringEncoding::Latin1},
        std::pair{"utf-8", StringEncoding::Utf8}, std::pair{"utf-16le", StringEncoding::Utf16Le},
        std::pair{"utf-16be", StringEncoding::Utf16Be}};
    for (const auto& [each, encoding] : kNames) {
        if (name == each) {
            return encoding;
        }
    }
    return wrong("strings are sought as ascii, latin1, utf-8, utf-16le or utf-16be");
}

Result<core::SearchOrder> order(std::string_view name) {
    if (name == "little") {
        return core::SearchOrder::Little;
    }
    if (name == "big") {
        return core::SearchOrder::Big;
    }
    if (name == "both") {
        return core::SearchOrder::Both;
    }
    return wrong("--endian is little, big or both");
}

}  // namespace

const char* const kQueryHelp =
    "One of --hex, --text, --regex, --int, --float, --double and --strings is needed.\n"
    "--hex: 'DE 4? ?? AA&F0 [00 FF 30-39]': digits or ?, bits under a mask, any of several bytes.\n"
    "--regex: RE2's syntax over bytes (\\x00); a dot is any byte, a match has at most 1 MiB.\n"
    "--int, --float, --double: one number or a range of them, as 1000..2000 or -0.5..0.5.\n"
    "Holes in the file are passed over unread where what is sought cannot stand in them.\n";

std::vector<Option> withQueryOptions(std::vector<Option> own) {
    std::vector<Option> all{
        {"--hex", "BYTES", "bytes with wildcards, as 'DE AD ?? 4? AA&F0 [00 FF]'"},
        {"--text", "TEXT", "this text"},
        {"--regex", "EXPR", "what matches a regular expression over bytes"},
        {"--int", "N[..M]", "an integer by value, or one of a range"},
        {"--float", "X[..Y]", "a floating-point number of 4 bytes, or one of a range"},
        {"--double", "X[..Y]", "the same of 8 bytes"},
        {"--strings", {}, "runs of printable characters"},
        {"--encoding", "NAMES", "of text or strings, as UTF-16LE or UTF-8,KOI8-R (UTF-8, ascii)"},
        {"--ignore-case", {}, "small and capital letters are the same"},
        {"--width", "N", "bytes of an integer, 1 to 8 (4)"},
        {"--endian", "ORDER", "little, big or both (little)"},
        {"--least", "N", "the fewest characters of a string (4)"},
        {"--lines", {}, "^ and $ match at line ends too"},
        {"--longest", "N", "the most bytes of a match of an expression (1048576)"},
        {"--not", {}, "where these bytes do not stand"},
        {"--align", "N", "only at every N-th byte"},
        {"--align-from", "O", "counted from there (0)"},
        {"--from", "O", "where the first match may begin (0)"},
        {"--to", "O", "where the last match must end (the end of the file)"},
        {"--threads", "N", "how many threads search (as many as there are cores)"}};
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

Result<SearchQuery> readQuery(const Arguments& arguments) {
    SearchQuery query;
    std::string_view given;
    for (const auto& [option, kind] : kKinds) {
        if (!arguments.has(option)) {
            continue;
        }
        if (!given.empty()) {
            return wrong("only one of " + std::string(given) + " and " + option + " can be sought");
        }
        given = option;
        query.kind = kind;
        query.text = arguments.value(option).value_or(std::string_view());
    }
    if (given.empty()) {
        return wrong("what is sought is missing: --hex, --text, --regex, --int, --float, --double "
                     "or --strings");
    }
    if (const core::Status belongs = checkBelonging(arguments); !belongs) {
        return belongs.error();
    }
    query.ignoreCase = arguments.has("--ignore-case");
    query.multiLine = arguments.has("--lines");
    query.inverted = arguments.has("--not");
    if (const auto names = arguments.value("--encoding")) {
        if (query.kind == SearchKind::Strings) {
            const auto encoding = stringEncoding(*names);
            if (!encoding) {
                return encoding.error();
            }
            query.stringEncoding = *encoding;
        } else {
            query.encodings = parts(*names);
        }
    }
    if (const auto name = arguments.value("--endian")) {
        const auto read = order(*name);
        if (!read) {
            return read.error();
        }
        query.order = *read;
    }
    const auto width = arguments.number("--width", given == "--double" ? 8 : 4);
    const auto least = arguments.number("--least", 4);
    const auto longest = arguments.number("--longest", core::RegexFinder::kLongest);
    for (const Result<Offset>* number : {&width, &least, &longest}) {
        if (!*number) {
            return number->error();
        }
    }
    // More than there can be is as wrong, and fits.
    query.width = static_cast<unsigned>(std::min<Offset>(*width, 1000));
    query.leastCharacters = static_cast<std::size_t>(*least);
    query.longestMatch = *longest;
    if (query.longestMatch > core::RegexFinder::kMostLongest) {
        return wrong("--longest is at most 268435456");
    }
    return query;
}

Result<core::Extent> readRange(const Arguments& arguments) {
    const Result<Offset> from = arguments.number("--from", 0);
    if (!from) {
        return from.error();
    }
    const Result<Offset> to = arguments.number("--to", core::kMaxLength);
    if (!to) {
        return to.error();
    }
    if (*from > *to) {
        return wrong("--from lies behind --to");
    }
    return core::Extent{*from, *to - *from};
}

Result<core::FindOptions> readFindOptions(const Arguments& arguments) {
    core::FindOptions options;
    const auto every = arguments.number("--align", 1);
    const auto from = arguments.number("--align-from", 0);
    const auto threads = arguments.number("--threads", 0);
    for (const Result<Offset>* number : {&every, &from, &threads}) {
        if (!*number) {
            return number->error();
        }
    }
    constexpr Offset kMostThreads = 256;
    if (*every < 1) {
        return wrong("--align is at least 1");
    }
    if (arguments.has("--align-from") && !arguments.has("--align")) {
        return wrong("--align-from goes with --align");
    }
    if (*threads > kMostThreads || (arguments.has("--threads") && *threads == 0)) {
        return wrong("--threads is 1 to 256");
    }
    options.alignment = {*every, *from};
    options.threads = static_cast<unsigned>(*threads);
    return options;
}

}  // namespace octavo::cli
