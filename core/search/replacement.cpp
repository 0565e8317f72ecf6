#include "core/search/replacement.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace octavo::core {

/// Goes through what is written for a replacement.
class Replacement::Reader {
public:
    Reader(std::string_view text, std::size_t groupCount) : text_(text), groupCount_(groupCount) {}

    Result<Replacement> hex() {
        Replacement all;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                ++at_;
                continue;
            }
            Result<Part> part = c == '$' ? group() : c == '{' ? binary() : byte();
            if (!part) {
                return part.error();
            }
            all.append(*std::move(part));
        }
        return all;
    }

    Result<Replacement> text() {
        Replacement all;
        while (at_ < text_.size()) {
            Result<Part> part = text_[at_] == '$' ? dollar() : character();
            if (!part) {
                return part.error();
            }
            all.append(*std::move(part));
        }
        return all;
    }

private:
    Error fault(const char* what, std::size_t from) const {
        return Error::invalid("read the replacement",
                              std::string(what) + ": " + printable(text_.substr(from, 20)));
    }

    static Part one(Byte byte) {
        Part part;
        part.bytes.assign(1, byte);
        return part;
    }

    std::optional<unsigned> number(std::size_t mostDigits, int base = 10) {
        const std::string_view digits = text_.substr(at_, mostDigits);
        unsigned value = 0;
        const auto read =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        if (read.ec != std::errc()) {
            return std::nullopt;
        }
        at_ += static_cast<std::size_t>(read.ptr - digits.data());
        return value;
    }

    bool take(std::string_view what) {
        const bool taken = text_.substr(at_).starts_with(what);
        at_ += taken ? what.size() : 0;
        return taken;
    }

    Result<Part> byte() {
        const std::size_t from = at_;
        const std::optional<unsigned> value = number(2, 16);
        if (!value || at_ != from + 2) {
            return fault("not a byte", from);
        }
        return one(static_cast<Byte>(*value));
    }

    Result<Part> groupPart(std::optional<unsigned> index, std::size_t from) const {
        if (!index) {
            return fault("not a group", from);
        }
        if (*index > groupCount_) {
            return fault("what is sought has no such part", from);
        }
        Part part;
        part.kind = Kind::Group;
        part.group = *index;
        return part;
    }

    Result<Part> group() {
        const std::size_t from = at_++;
        return groupPart(number(2), from);
    }

    // {n}, {n:4}, {n:4be}
    Result<Part> binary() {
        const std::size_t from = at_;
        Part part;
        part.kind = Kind::Binary;
        take("{");
        bool good = take("n");
        if (good && take(":")) {
            const std::optional<unsigned> width = number(1);
            part.bigEndian = take("be");
            good = width && *width >= 1 && *width <= 8;
            part.width = width.value_or(1);
        }
        return good && take("}") ? Result<Part>(part) : fault("not a counter", from);
    }

    Result<Part> dollar() {
        const std::size_t from = at_;
        if (take("$$")) {
            return one('$');
        }
        if (!take("${")) {
            return group();
        }
        if (take("n")) {
            Part part;
            part.kind = Kind::Decimal;
            if (take(":")) {
                part.width = number(2).value_or(0);
            }
            return part.width >= 1 && take("}") ? Result<Part>(part) : fault("not a counter", from);
        }
        Result<Part> part = groupPart(number(4), from);
        return !part || take("}") ? part : fault("no } ends it", from);
    }

    Result<Part> character() {
        const std::size_t from = at_;
        const char c = text_[at_++];
        if (c != '\\') {
            return one(static_cast<Byte>(c));
        }
        if (take("n")) {
            return one('\n');
        }
        if (take("t")) {
            return one('\t');
        }
        if (take("r")) {
            return one('\r');
        }
        if (take("\\")) {
            return one('\\');
        }
        if (take("x")) {
            const std::size_t digits = at_;
            const std::optional<unsigned> value = number(2, 16);
            if (value && at_ == digits + 2) {
                return one(static_cast<Byte>(*value));
            }
        }
        return fault("not an escape", from);
    }

    std::string_view text_;
    std::size_t groupCount_;
    std::size_t at_ = 0;
};

Result<Replacement> Replacement::fromHex(std::string_view text, std::size_t groupCount) {
    return Reader(text, groupCount).hex();
}

Result<Replacement> Replacement::fromText(std::string_view text, std::size_t groupCount) {
    return Reader(text, groupCount).text();
}

void Replacement::append(Part part) {
    if (part.kind == Kind::Fixed && !parts_.empty() && parts_.back().kind == Kind::Fixed) {
        Bytes& last = parts_.back().bytes;
        last.insert(last.end(), part.bytes.begin(), part.bytes.end());
    } else {
        parts_.push_back(std::move(part));
    }
}

bool Replacement::isFixed() const {
    return std::ranges::all_of(parts_, [](const Part& part) { return part.kind == Kind::Fixed; });
}

bool Replacement::usesGroups() const {
    return std::ranges::any_of(
        parts_, [](const Part& part) { return part.kind == Kind::Group && part.group > 0; });
}

void Replacement::append(const Found& found, Bytes& out) const {
    for (const Part& part : parts_) {
        switch (part.kind) {
        case Kind::Fixed:
            out.insert(out.end(), part.bytes.begin(), part.bytes.end());
            break;
        case Kind::Group: {
            const Extent all{0, static_cast<Offset>(found.bytes.size())};
            const std::optional<Extent> group =
                part.group == 0 ? all : found.groups[part.group - 1];
            if (group) {
                const ByteSpan bytes = found.bytes.subspan(static_cast<std::size_t>(group->offset),
                                                           static_cast<std::size_t>(group->length));
                out.insert(out.end(), bytes.begin(), bytes.end());
            }
            break;
        }
        case Kind::Binary:
            for (unsigned i = 0; i < part.width; ++i) {
                const unsigned shift = 8 * (part.bigEndian ? part.width - 1 - i : i);
                out.push_back(static_cast<Byte>(found.number >> shift));
            }
            break;
        case Kind::Decimal: {
            const std::string digits = std::to_string(found.number);
            out.insert(out.end(), part.width - std::min<std::size_t>(part.width, digits.size()),
                       '0');
            out.insert(out.end(), digits.begin(), digits.end());
            break;
        }
        }
    }
}

}  // namespace octavo::core
