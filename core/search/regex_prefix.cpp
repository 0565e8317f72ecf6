#include "core/search/regex_prefix.h"

#include <algorithm>
#include <charconv>

namespace octavo::core {

namespace {

// Longer prefixes rule out no more.
constexpr std::size_t kMostSets = 64;
constexpr Offset kUnbounded = kMaxLength;

Offset boundedSum(Offset a, Offset b) {
    return checkedSum(a, b).value_or(kUnbounded);
}

Offset boundedProduct(Offset a, Offset times) {
    return a != 0 && times > kUnbounded / a ? kUnbounded : a * times;
}

/// What is known of a part of the expression.
struct Part {
    std::vector<ByteSet> sets;  ///< a match of the part begins with these
    bool isWhole = true;        ///< and is exactly these, so that what follows comes next
    Offset longest = 0;

    static Part unknown() { return {{}, false, kUnbounded}; }
    static Part one(const ByteSet& set) { return {{set}, true, 1}; }

    void append(const Part& next) {
        longest = boundedSum(longest, next.longest);
        if (!isWhole) {
            return;
        }
        sets.insert(sets.end(), next.sets.begin(), next.sets.end());
        isWhole = next.isWhole;
        if (sets.size() > kMostSets) {
            sets.resize(kMostSets);
            isWhole = false;
        }
    }

    void alternate(const Part& other) {
        longest = std::max(longest, other.longest);
        isWhole = isWhole && other.isWhole && sets.size() == other.sets.size();
        sets.resize(std::min(sets.size(), other.sets.size()));
        for (std::size_t i = 0; i < sets.size(); ++i) {
            sets[i] |= other.sets[i];
        }
    }
};

ByteSet rangeOf(unsigned from, unsigned to) {
    ByteSet set;
    for (unsigned byte = from; byte <= to; ++byte) {
        set.set(byte);
    }
    return set;
}

ByteSet digits() {
    return rangeOf('0', '9');
}

ByteSet wordBytes() {
    return digits() | rangeOf('a', 'z') | rangeOf('A', 'Z') | rangeOf('_', '_');
}

ByteSet blanks() {
    return rangeOf('\t', '\n') | rangeOf('\f', '\r') | rangeOf(' ', ' ');
}

std::optional<ByteSet> perlClass(char c) {
    switch (c) {
    case 'd':
        return digits();
    case 'D':
        return ~digits();
    case 'w':
        return wordBytes();
    case 'W':
        return ~wordBytes();
    case 's':
        return blanks();
    case 'S':
        return ~blanks();
    default:
        return std::nullopt;
    }
}

bool isLetter(unsigned byte) {
    const unsigned small = byte | 0x20U;
    return (small >= 'a' && small <= 'z') || (small >= 0xE0 && small <= 0xFE && small != 0xF7);
}

// Latin-1's pairs are 20 apart. Small y with diaeresis and micro have their capitals outside.
ByteSet folded(const ByteSet& set) {
    ByteSet all = set;
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (set[byte] && isLetter(byte)) {
            all.set(byte ^ 0x20U);
        }
    }
    return all;
}

/// Stops where it is not sure of the meaning; then everything is unknown.
class Parser {
public:
    Parser(std::string_view text, const RegexOptions& options)
        : text_(text), ignoreCase_(options.ignoreCase), dotAll_(options.dotMatchesNewline) {}

    Part whole() {
        Part part = alternatives();
        return sure_ && at_ == text_.size() ? part : Part::unknown();
    }

private:
    bool isNext(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool areNext(std::string_view some) const { return text_.substr(at_).starts_with(some); }
    bool take(char c) {
        const bool taken = isNext(c);
        at_ += taken ? 1 : 0;
        return taken;
    }
    Part giveUp() {
        sure_ = false;
        at_ = text_.size();
        return Part::unknown();
    }

    Part alternatives() {
        Part part = sequence();
        while (sure_ && take('|')) {
            part.alternate(sequence());
        }
        return part;
    }

    Part sequence() {
        Part all;
        while (sure_ && at_ < text_.size() && !isNext('|') && !isNext(')')) {
            all.append(repeated(atom()));
        }
        return all;
    }

    Part repeated(Part part) {
        while (sure_ && at_ < text_.size()) {
            Offset least = 0;
            Offset most = kUnbounded;
            if (take('*')) {
            } else if (take('+')) {
                least = 1;
            } else if (take('?')) {
                most = 1;
            } else if (!isNext('{') || !readCounts(least, most)) {
                break;
            }
            take('?');  // as few as will do: the same matches begin there
            Part times;
            for (Offset i = 0; i < least && times.isWhole && times.sets.size() <= kMostSets; ++i) {
                times.append(part);
            }
            times.isWhole = times.isWhole && least == most;
            times.longest = boundedProduct(part.longest, most);
            part = std::move(times);
        }
        return part;
    }

    // {n}, {n,} or {n,m}; anything else is a brace.
    bool readCounts(Offset& least, Offset& most) {
        const char* const end = text_.data() + text_.size();
        const char* at = text_.data() + at_ + 1;
        auto read = std::from_chars(at, end, least);
        if (read.ec != std::errc()) {
            return false;
        }
        most = least;
        at = read.ptr;
        if (at != end && *at == ',') {
            ++at;
            most = kUnbounded;
            if (at != end && *at != '}') {
                read = std::from_chars(at, end, most);
                if (read.ec != std::errc()) {
                    return false;
                }
                at = read.ptr;
            }
        }
        if (at == end || *at != '}') {
            return false;
        }
        at_ = static_cast<std::size_t>(at + 1 - text_.data());
        return true;
    }

    Part single(const ByteSet& set) const { return Part::one(ignoreCase_ ? folded(set) : set); }

    Part atom() {
        const char c = text_[at_++];
        switch (c) {
        case '(':
            return group();
        case '[':
            return set();
        case '\\':
            return escaped();
        case '.': {
            ByteSet any;
            any.set();
            any.set('\n', dotAll_);
            return Part::one(any);
        }
        case '^':
        case '$':
            return {};
        default:
            return single(rangeOf(static_cast<Byte>(c), static_cast<Byte>(c)));
        }
    }

    Part group() {
        const bool ignoreCase = ignoreCase_;
        const bool dotAll = dotAll_;
        if (take('?')) {
            if (areNext("P<")) {
                const std::size_t end = text_.find('>', at_);
                if (end == std::string_view::npos) {
                    return giveUp();
                }
                at_ = end + 1;
            } else if (!readFlags()) {
                return giveUp();
            } else if (take(')')) {
                return {};  // the flags hold to the end of the group around
            } else if (!take(':')) {
                return giveUp();
            }
        }
        Part part = alternatives();
        if (!take(')')) {
            return giveUp();
        }
        ignoreCase_ = ignoreCase;
        dotAll_ = dotAll;
        return part;
    }

    bool readFlags() {
        bool on = true;
        for (; at_ < text_.size() && !isNext(')') && !isNext(':'); ++at_) {
            switch (text_[at_]) {
            case '-':
                on = false;
                break;
            case 'i':
                ignoreCase_ = on;
                break;
            case 's':
                dotAll_ = on;
                break;
            case 'm':
            case 'U':
                break;
            default:
                return false;
            }
        }
        return true;
    }

    /// The byte that an escape stands for, behind its backslash.
    std::optional<unsigned> escapedByte() {
        if (at_ == text_.size()) {
            return std::nullopt;
        }
        const char c = text_[at_++];
        switch (c) {
        case 'a':
            return 0x07;
        case 'f':
            return 0x0C;
        case 'n':
            return 0x0A;
        case 'r':
            return 0x0D;
        case 't':
            return 0x09;
        case 'v':
            return 0x0B;
        case 'x':
            break;
        default:
            // Punctuation stands for itself; letters and digits have other meanings.
            return wordBytes()[static_cast<Byte>(c)] || static_cast<Byte>(c) >= 0x80
                       ? std::nullopt
                       : std::optional<unsigned>(static_cast<Byte>(c));
        }
        const bool braces = take('{');
        const std::size_t end = braces ? text_.find('}', at_) : at_ + 2;
        unsigned value = 0;
        if (end == std::string_view::npos || end > text_.size()) {
            return std::nullopt;
        }
        const char* const last = text_.data() + end;
        const auto read = std::from_chars(text_.data() + at_, last, value, 16);
        at_ = end + (braces ? 1 : 0);
        return read.ec == std::errc() && read.ptr == last && value < 256 ? std::optional(value)
                                                                         : std::nullopt;
    }

    Part escaped() {
        if (at_ == text_.size()) {
            return giveUp();
        }
        const char c = text_[at_];
        if (const auto some = perlClass(c)) {
            ++at_;
            return single(*some);
        }
        if (c == 'b' || c == 'B' || c == 'A' || c == 'z') {
            ++at_;
            return {};
        }
        const auto byte = escapedByte();
        return byte ? single(rangeOf(*byte, *byte)) : giveUp();
    }

    Part set() {
        const bool negated = take('^');
        ByteSet all;
        bool isFirst = true;
        while (at_ < text_.size() && (isFirst || !isNext(']'))) {
            isFirst = false;
            if (areNext("[:") || areNext("\\p") || areNext("\\P") || areNext("\\Q")) {
                return giveUp();
            }
            if (isNext('\\') && at_ + 1 < text_.size()) {
                if (const auto some = perlClass(text_[at_ + 1])) {
                    at_ += 2;
                    all |= *some;
                    continue;
                }
            }
            const auto from = setByte();
            auto to = from;
            if (isNext('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                ++at_;
                to = setByte();
            }
            if (!from || !to || *from > *to) {
                return giveUp();
            }
            all |= rangeOf(*from, *to);
        }
        if (!take(']')) {
            return giveUp();
        }
        if (ignoreCase_) {
            all = folded(all);
        }
        if (negated) {
            all.flip();
        }
        return all.none() ? giveUp() : Part::one(all);
    }

    std::optional<unsigned> setByte() {
        if (take('\\')) {
            return escapedByte();
        }
        return static_cast<Byte>(text_[at_++]);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool ignoreCase_;
    bool dotAll_;
    bool sure_ = true;
};

}  // namespace

RegexPrefix regexPrefix(std::string_view pattern, const RegexOptions& options) {
    const Part part = Parser(pattern, options).whole();
    RegexPrefix prefix;
    prefix.sets = part.sets;
    if (part.longest != kUnbounded) {
        prefix.longest = part.longest;
    }
    return prefix;
}

}  // namespace octavo::core
