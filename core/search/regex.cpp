#include "core/search/regex.h"

#include <span>
#include <string>

#include <re2/re2.h>

namespace octavo::core {

namespace {

re2::RE2::Options engineOptions(const RegexOptions& options) {
    re2::RE2::Options engine;
    engine.set_encoding(re2::RE2::Options::EncodingLatin1);
    engine.set_log_errors(false);
    engine.set_case_sensitive(!options.ignoreCase);
    engine.set_dot_nl(options.dotMatchesNewline);
    return engine;
}

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

re2::StringPiece textOf(ByteSpan bytes) {
    // An empty span may have no address; RE2 tells a group without part by the same sign.
    return {bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool matches(const re2::RE2& expression, const re2::StringPiece& text, Extent part, bool atStart,
             std::span<re2::StringPiece> parts) {
    return expression.Match(text, static_cast<std::size_t>(part.offset),
                            static_cast<std::size_t>(part.end()),
                            atStart ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED, parts.data(),
                            static_cast<int>(parts.size()));
}

Error failure(const re2::RE2& expression) {
    // RE2 answers with its own kind of error and, where there is one, the part of the pattern.
    const std::string& part = expression.error_arg();
    std::string reason = expression.error();
    if (!part.empty() && reason.ends_with(part))
        reason = reason.substr(0, reason.size() - part.size()) + "\"" + printable(part) + "\"";
    return Error::invalid("read the pattern", reason);
}

}  // namespace

Result<Regex> Regex::compile(std::string_view pattern, const RegexOptions& options) {
    const re2::RE2::Options engine = engineOptions(options);
    auto plain = std::make_shared<const re2::RE2>(piece(pattern), engine);
    if (!plain->ok())
        return failure(*plain);
    if (!options.multiLine)
        return Regex(std::move(plain));
    // In this syntax only the pattern itself can ask for it. It was good without; a part at fault
    // is never quoted with a prefix that nobody wrote.
    const std::string prefixed = "(?m)" + std::string(pattern);
    auto lines = std::make_shared<const re2::RE2>(prefixed, engine);
    if (!lines->ok())
        return failure(*lines);
    return Regex(std::move(lines));
}

Regex::Regex(std::shared_ptr<const re2::RE2> expression)
    : expression_(std::move(expression))
    , groupCount_(static_cast<std::size_t>(expression_->NumberOfCapturingGroups())) {}

std::optional<RegexMatch> Regex::findFirst(ByteSpan bytes, Offset from) const {
    if (from < 0 || static_cast<std::size_t>(from) > bytes.size())
        return std::nullopt;
    const Extent part{from, static_cast<Offset>(bytes.size()) - from};
    return match(bytes, part, Place::Anywhere, groupCount_ + 1);
}

std::optional<Extent> Regex::find(ByteSpan bytes, Extent part, Place place) const {
    re2::StringPiece whole;
    const re2::StringPiece text = textOf(bytes);
    if (!matches(*expression_, text, part, place == Place::AtStart, {&whole, 1}))
        return std::nullopt;
    return Extent{whole.data() - text.data(), static_cast<Offset>(whole.size())};
}

std::optional<RegexMatch> Regex::groups(ByteSpan bytes, Extent found) const {
    return match(bytes, found, Place::AtStart, groupCount_ + 1);
}

std::optional<RegexMatch> Regex::match(ByteSpan bytes, Extent part, Place place,
                                       std::size_t count) const {
    const re2::StringPiece text = textOf(bytes);
    std::vector<re2::StringPiece> parts(count);
    if (!matches(*expression_, text, part, place == Place::AtStart, parts))
        return std::nullopt;
    RegexMatch match;
    match.groups.reserve(parts.size());
    for (const re2::StringPiece& each : parts) {
        if (each.data() == nullptr)
            match.groups.emplace_back(std::nullopt);
        else
            match.groups.emplace_back(
                Extent{each.data() - text.data(), static_cast<Offset>(each.size())});
    }
    return match;
}

Regex Regex::separate() const {
    return Regex(std::make_shared<const re2::RE2>(expression_->pattern(), expression_->options()));
}

std::vector<RegexMatch> Regex::findAll(ByteSpan bytes, std::size_t most) const {
    std::vector<RegexMatch> matches;
    Offset from = 0;
    while (matches.size() < most) {
        std::optional<RegexMatch> match = findFirst(bytes, from);
        if (!match)
            break;
        const Extent extent = match->extent();
        from = extent.isEmpty() ? extent.end() + 1 : extent.end();
        matches.push_back(std::move(*match));
    }
    return matches;
}

}  // namespace octavo::core
