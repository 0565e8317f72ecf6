#include "core/search/regex.h"

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
    // An empty span may have no address; RE2 tells a group without part by the same sign.
    const char* begin = bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data());
    const re2::StringPiece text(begin, bytes.size());
    std::vector<re2::StringPiece> parts(groupCount_ + 1);
    if (!expression_->Match(text, static_cast<std::size_t>(from), bytes.size(),
                            re2::RE2::UNANCHORED, parts.data(), static_cast<int>(parts.size())))
        return std::nullopt;
    RegexMatch match;
    match.groups.reserve(parts.size());
    for (const re2::StringPiece& part : parts) {
        if (part.data() == nullptr)
            match.groups.emplace_back(std::nullopt);
        else
            match.groups.emplace_back(
                Extent{part.data() - begin, static_cast<Offset>(part.size())});
    }
    return match;
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
