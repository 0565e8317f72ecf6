#include "core/search/hex_pattern_parser.h"

#include <optional>
#include <string>
#include <utility>

namespace octavo::core {

namespace {

bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct Nibble {
    unsigned value = 0;
    unsigned mask = 0;
};

std::optional<Nibble> nibbleOf(char c) {
    if (c >= '0' && c <= '9') {
        return Nibble{static_cast<unsigned>(c - '0'), 0xF};
    }
    if (c >= 'a' && c <= 'f') {
        return Nibble{static_cast<unsigned>(c - 'a') + 10, 0xF};
    }
    if (c >= 'A' && c <= 'F') {
        return Nibble{static_cast<unsigned>(c - 'A') + 10, 0xF};
    }
    if (c == '?') {
        return Nibble{};
    }
    return std::nullopt;
}

Error fault(std::string_view what, std::string_view part = {}) {
    // A pattern can be a pasted file; the part at fault need not be shown to its end.
    constexpr std::size_t kMostShown = 20;
    std::string reason(what);
    if (!part.empty()) {
        reason += ": " + printable(part.substr(0, kMostShown));
    }
    if (part.size() > kMostShown) {
        reason += "...";
    }
    return Error::invalid("read the pattern", reason);
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<std::vector<HexPosition>> positions() {
        std::vector<HexPosition> all;
        for (skipBlanks(); !atEnd(); skipBlanks()) {
            if (text_[at_] == '[') {
                const Result<ByteSet> set = alternatives();
                if (!set) {
                    return set.error();
                }
                all.emplace_back(*set);
                continue;
            }
            const Result<Cover> byte = masked();
            if (!byte) {
                return byte.error();
            }
            all.emplace_back(*byte);
        }
        if (all.empty()) {
            return fault("it is empty");
        }
        return all;
    }

private:
    bool atEnd() const { return at_ == text_.size(); }
    bool isNext(char c) const { return !atEnd() && text_[at_] == c; }
    void skipBlanks() {
        while (!atEnd() && isBlank(text_[at_])) {
            ++at_;
        }
    }

    // Two characters, each a digit or '?'.
    Result<Cover> byte() {
        const std::string_view rest = text_.substr(at_);
        const std::optional<Nibble> high = rest.empty() ? std::nullopt : nibbleOf(rest.front());
        if (!high) {
            return fault("not a hexadecimal digit or ?", rest.empty() ? text_ : rest);
        }
        if (rest.size() == 1 || isBlank(rest[1]) || rest[1] == ']' || rest[1] == '&') {
            return fault("half a byte", rest.substr(0, 1));
        }
        const std::optional<Nibble> low = nibbleOf(rest[1]);
        if (!low) {
            return fault("not a hexadecimal digit or ?", rest.substr(1));
        }
        at_ += 2;
        return Cover{static_cast<Byte>(high->value << 4U | low->value),
                     static_cast<Byte>(high->mask << 4U | low->mask)};
    }

    Result<Cover> masked() {
        Result<Cover> value = byte();
        if (!value || !isNext('&')) {
            return value;
        }
        ++at_;
        const std::size_t maskAt = at_;
        const Result<Cover> mask = byte();
        if (!mask) {
            return mask.error();
        }
        if (value->mask != 0xFF || mask->mask != 0xFF) {
            return fault("no ? beside &", text_.substr(maskAt));
        }
        return Cover{static_cast<Byte>(value->value & mask->value), mask->value};
    }

    Result<ByteSet> alternatives() {
        const std::string_view from = text_.substr(at_);
        ByteSet set;
        ++at_;
        for (skipBlanks(); !isNext(']'); skipBlanks()) {
            if (atEnd()) {
                return fault("no ] ends it", from);
            }
            const std::size_t itemAt = at_;
            const Result<Cover> first = masked();
            if (!first) {
                return first.error();
            }
            if (!isNext('-')) {
                for (std::size_t each = 0; each < set.size(); ++each) {
                    set[each] = set[each] || (each & first->mask) == first->value;
                }
                continue;
            }
            ++at_;
            const Result<Cover> last = byte();
            if (!last) {
                return last.error();
            }
            if (first->mask != 0xFF || last->mask != 0xFF || first->value > last->value) {
                return fault("not a range of bytes", text_.substr(itemAt, at_ - itemAt));
            }
            for (std::size_t each = first->value; each <= last->value; ++each) {
                set.set(each);
            }
        }
        ++at_;
        if (set.none()) {
            return fault("no byte between [ and ]");
        }
        return set;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<HexPosition>> parseHexPattern(std::string_view text) {
    return Parser(text).positions();
}

}  // namespace octavo::core
