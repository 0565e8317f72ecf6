// Regular expressions over bytes, by RE2: no backtracking, so the time is bounded by the length
// of the bytes whatever the pattern.
//
// Each byte is one character (Latin-1): a pattern may hold any bytes, and "." is one byte. The
// syntax is RE2's, that is Perl's without backreferences and look-around. Letters, digits and
// spaces (\w, \d, \s) are ASCII's; case is folded as in Latin-1 (E9 is C9), so ignoring it makes
// little sense for UTF-8 beyond ASCII.
//
// The bytes are not copied. They may lie in a mapping that other programs write: a match is then
// one of what was there at some moment, and the mapping is asked for damage afterwards.
//
// Thread rule: plain value; any number of threads may search with one object.
#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace octavo::core {

struct RegexOptions {
    bool ignoreCase = false;
    bool dotMatchesNewline = false;
    bool multiLine = false;  ///< ^ and $ match at every line, not only at the ends of the bytes
};

struct RegexMatch {
    /// The whole match, then one for each group of the pattern; nothing for a group that took no
    /// part. Never empty.
    std::vector<std::optional<Extent>> groups;

    Extent extent() const { return *groups.front(); }
};

class Regex {
public:
    /// An error that quotes the part at fault where the pattern is none, or too large.
    static Result<Regex> compile(std::string_view pattern, const RegexOptions& options = {});

    /// The number of groups in the pattern, without the whole match.
    std::size_t groupCount() const { return groupCount_; }

    /// The leftmost match that begins at or after `from`; what lies before is looked at for ^ and
    /// \b. Nothing where `from` lies outside of the bytes.
    std::optional<RegexMatch> findFirst(ByteSpan bytes, Offset from = 0) const;
    /// Up to `most` matches from the left, which do not overlap. An empty match is followed by the
    /// search at the next byte.
    std::vector<RegexMatch> findAll(ByteSpan bytes, std::size_t most = kAll) const;

    /// Where a match may begin.
    enum class Place { AtStart, Anywhere };
    /// The leftmost match within `part` of the bytes, without its groups; what lies beside the part
    /// is looked at for ^, $ and \b. The part lies within the bytes.
    std::optional<Extent> find(ByteSpan bytes, Extent part, Place place) const;
    /// The groups of a match that was found at `match`, in bytes with the same neighbours.
    std::optional<RegexMatch> groups(ByteSpan bytes, Extent match) const;

    /// The same expression with working memory of its own: threads that share one wait for each
    /// other.
    Regex separate() const;

    static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

private:
    explicit Regex(std::shared_ptr<const re2::RE2> expression);
    std::optional<RegexMatch> match(ByteSpan bytes, Extent part, Place place,
                                    std::size_t count) const;

    std::shared_ptr<const re2::RE2> expression_;
    std::size_t groupCount_;
};

}  // namespace octavo::core
