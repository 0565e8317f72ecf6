#include "core/search/search_query.h"

#include "core/search/any_finder.h"
#include "core/search/inverted_finder.h"
#include "core/search/masked_finder.h"
#include "core/search/number_finder.h"
#include "core/search/sequence_finder.h"
#include "core/search/strings_finder.h"
#include "core/search/text_encoding.h"

#include <algorithm>
#include <cctype>

namespace octavo::core {

namespace {

constexpr std::size_t kMostAlternatives = 32;

using Made = Result<std::unique_ptr<Finder>>;

Error fault(const char* reason) {
    return Error::invalid("read the pattern", reason);
}

std::string upperCase(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return upper;
}

std::unique_ptr<Finder> joined(std::vector<std::unique_ptr<Finder>> finders) {
    return finders.size() == 1 ? std::move(finders.front())
                               : std::make_unique<AnyFinder>(std::move(finders));
}

std::unique_ptr<Finder> forPattern(Pattern pattern, bool inverted) {
    if (inverted) {
        return std::make_unique<InvertedFinder>(std::move(pattern));
    }
    return std::make_unique<MaskedFinder>(std::move(pattern));
}

Made makeHex(const SearchQuery& query) {
    Result<Pattern> pattern = Pattern::fromHex(query.text);
    if (!pattern) {
        return pattern.error();
    }
    return forPattern(*std::move(pattern), query.inverted);
}

Result<SequenceFinder::Element> variantsOf(char32_t character, TextEncoding& encoding) {
    SequenceFinder::Element element;
    for (const char32_t variant : caseVariants(character)) {
        if (std::optional<Bytes> bytes = encoding.encode(variant)) {
            if (std::ranges::find(element, *bytes) == element.end()) {
                element.push_back(*std::move(bytes));
            }
        }
    }
    if (element.empty()) {
        // For its words.
        return encoding.encode(std::u32string_view(&character, 1)).error();
    }
    return element;
}

Made makeTextIn(const SearchQuery& query, std::u32string_view text, TextEncoding& encoding) {
    if (!query.ignoreCase) {
        Result<Bytes> bytes = encoding.encode(text);
        if (!bytes) {
            return bytes.error();
        }
        return forPattern(Pattern::fromBytes(*std::move(bytes)), query.inverted);
    }
    std::vector<SequenceFinder::Element> elements;
    for (const char32_t character : text) {
        Result<SequenceFinder::Element> element = variantsOf(character, encoding);
        if (!element) {
            return element.error();
        }
        elements.push_back(*std::move(element));
    }
    return std::unique_ptr<Finder>(std::make_unique<SequenceFinder>(std::move(elements)));
}

Made makeText(const SearchQuery& query) {
    const Result<std::u32string> text = codePoints(query.text);
    if (!text) {
        return text.error();
    }
    if (text->empty()) {
        return fault("it is empty");
    }
    const std::vector<std::string> names = eachEncoding(query.encodings);
    if (names.empty() || names.size() > kMostAlternatives) {
        return fault("1 to 32 encodings can be sought at once");
    }
    if (query.inverted && (query.ignoreCase || names.size() > 1)) {
        return fault("only exact bytes or text in one encoding can be sought inverted");
    }
    std::vector<std::unique_ptr<Finder>> finders;
    for (const std::string& name : names) {
        Result<TextEncoding> encoding = TextEncoding::open(name);
        if (!encoding) {
            return encoding.error();
        }
        Made finder = makeTextIn(query, *text, *encoding);
        if (!finder) {
            return finder.error();
        }
        finders.push_back(*std::move(finder));
    }
    return joined(std::move(finders));
}

std::vector<ByteOrder> ordersOf(const SearchQuery& query) {
    if (query.width == 1) {
        return {ByteOrder::Little};
    }
    switch (query.order) {
    case SearchOrder::Little:
        return {ByteOrder::Little};
    case SearchOrder::Big:
        return {ByteOrder::Big};
    case SearchOrder::Both:
        break;
    }
    return {ByteOrder::Little, ByteOrder::Big};
}

template <typename Range>
std::unique_ptr<Finder> makeNumbers(const SearchQuery& query, const Range& range) {
    std::vector<std::unique_ptr<Finder>> finders;
    for (const ByteOrder order : ordersOf(query)) {
        finders.push_back(std::make_unique<NumberFinder>(range, query.width, order));
    }
    return joined(std::move(finders));
}

Made makeInteger(const SearchQuery& query) {
    const Result<IntegerRange> range = IntegerRange::parse(query.text);
    if (!range) {
        return range.error();
    }
    if (const Status fits = range->fits(query.width); !fits) {
        return fits.error();
    }
    return makeNumbers(query, *range);
}

Made makeFloat(const SearchQuery& query) {
    const Result<FloatRange> range = FloatRange::parse(query.text, query.width);
    if (!range) {
        return range.error();
    }
    return makeNumbers(query, *range);
}

RegexOptions regexOptions(const SearchQuery& query) {
    return {query.ignoreCase, query.dotMatchesNewline, query.multiLine};
}

Made makeExpression(const SearchQuery& query) {
    if (query.text.empty()) {
        return fault("it is empty");
    }
    if (query.longestMatch < 1 || query.longestMatch > RegexFinder::kMostLongest) {
        return fault("a match may be 1 to 268435456 bytes long");
    }
    auto finder = RegexFinder::compile(
        query.text, {.regex = regexOptions(query), .longest = query.longestMatch});
    if (!finder) {
        return finder.error();
    }
    return std::unique_ptr<Finder>(*std::move(finder));
}

Made makeStrings(const SearchQuery& query) {
    if (query.leastCharacters < 1 || query.leastCharacters > StringsFinder::kMostAsked) {
        return fault("a string's least length is 1 to 4096 characters");
    }
    return std::unique_ptr<Finder>(
        std::make_unique<StringsFinder>(query.stringEncoding, query.leastCharacters));
}

}  // namespace

Made makeFinder(const SearchQuery& query) {
    if (query.inverted && query.kind != SearchKind::Hex && query.kind != SearchKind::Text) {
        return fault("only exact bytes or text in one encoding can be sought inverted");
    }
    switch (query.kind) {
    case SearchKind::Hex:
        return makeHex(query);
    case SearchKind::Text:
        return makeText(query);
    case SearchKind::Regex:
        return makeExpression(query);
    case SearchKind::Integer:
        return makeInteger(query);
    case SearchKind::Float:
        return makeFloat(query);
    case SearchKind::Strings:
        return makeStrings(query);
    }
    return fault("no such kind");
}

Result<Regex> makeRegex(const SearchQuery& query) {
    return Regex::compile(query.text, regexOptions(query));
}

std::vector<std::string> eachEncoding(const std::vector<std::string>& names) {
    std::vector<std::string> each;
    const auto add = [&each](const std::string& name) {
        if (std::ranges::find(each, name) == each.end()) {
            each.push_back(name);
        }
    };
    for (const std::string& name : names) {
        const std::string upper = upperCase(name);
        if (upper == "UTF-16" || upper == "UTF-32" || upper == "UTF16" || upper == "UTF32") {
            const std::string family = "UTF-" + upper.substr(upper.size() - 2);
            add(family + "LE");
            add(family + "BE");
        } else {
            add(name);
        }
    }
    return each;
}

std::vector<std::string> alternativeNames(const SearchQuery& query) {
    std::vector<std::string> names;
    if (query.kind == SearchKind::Text) {
        names = eachEncoding(query.encodings);
    } else if (query.kind == SearchKind::Integer || query.kind == SearchKind::Float) {
        for (const ByteOrder order : ordersOf(query)) {
            names.emplace_back(order == ByteOrder::Little ? "little-endian" : "big-endian");
        }
    }
    return names.size() > 1 ? names : std::vector<std::string>();
}

}  // namespace octavo::core
