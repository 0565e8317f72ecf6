#include "core/search/replacement_query.h"

#include "core/search/hit_text.h"
#include "core/search/replace_all.h"
#include "core/search/text_encoding.h"

namespace octavo::core {

namespace {

/// Text goes in as it was found: in the encoding of what is sought.
Result<Replacement> encoded(const SearchQuery& query, std::string_view text) {
    if (query.encodings == std::vector<std::string>{"UTF-8"})
        return Replacement::fromText(text, 0);
    if (eachEncoding(query.encodings).size() != 1)
        return Error::invalid("replace",
                              "what replaces text in several encodings is to be given as "
                              "hexadecimal bytes");
    Result<TextEncoding> encoding = TextEncoding::open(query.encodings.front());
    const Result<std::u32string> points = codePoints(text);
    if (!encoding || !points)
        return encoding ? points.error() : encoding.error();
    const Result<Bytes> bytes = encoding->encode(*points);
    return bytes ? Replacement::fromHex(hexText(*bytes), 0) : Result<Replacement>(bytes.error());
}

}  // namespace

Result<Replacement> makeReplacement(const SearchQuery& query, std::string_view text, bool asHex) {
    const Result<std::size_t> groups = groupCount(query);
    if (!groups)
        return groups.error();
    if (asHex || query.kind == SearchKind::Hex)
        return Replacement::fromHex(text, *groups);
    switch (query.kind) {
    case SearchKind::Regex:
        return Replacement::fromText(text, *groups);
    case SearchKind::Text:
        return encoded(query, text);
    default:
        return Error::invalid("replace",
                              "what replaces numbers and strings is to be given as hexadecimal "
                              "bytes");
    }
}

}  // namespace octavo::core
