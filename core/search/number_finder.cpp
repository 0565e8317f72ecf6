#include "core/search/number_finder.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace octavo::core {

namespace {

constexpr const char* kOperation = "read the number";
constexpr std::string_view kTo = "..";

Error fault(const char* what, std::string_view part) {
    return Error::invalid(kOperation, std::string(what) + ": " + printable(part.substr(0, 40)));
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) {
        return {};
    }
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

struct Integer {
    bool isNegative = false;
    std::uint64_t size = 0;

    std::uint64_t bits() const { return isNegative ? 0 - size : size; }
};

Result<Integer> readInteger(std::string_view text) {
    std::string_view digits = trimmed(text);
    Integer number;
    if (digits.starts_with('-') || digits.starts_with('+')) {
        number.isNegative = digits.front() == '-';
        digits.remove_prefix(1);
    }
    int base = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
        base = 16;
        digits.remove_prefix(2);
    }
    const char* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number.size, base);
    constexpr std::uint64_t kMostNegative = std::uint64_t{1} << 63U;
    if (read.ec == std::errc::result_out_of_range ||
        (number.isNegative && number.size > kMostNegative)) {
        return fault("too large for 8 bytes", text);
    }
    if (read.ec != std::errc() || read.ptr != end) {
        return fault("not an integer", text);
    }
    number.isNegative = number.isNegative && number.size != 0;
    return number;
}

Result<double> readFloat(std::string_view text, unsigned width) {
    std::string_view digits = trimmed(text);
    if (digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    const char* const end = digits.data() + digits.size();
    double number = 0;
    std::from_chars_result read{};
    if (width == sizeof(float)) {
        float narrow = 0;
        read = std::from_chars(digits.data(), end, narrow);
        number = static_cast<double>(narrow);
    } else {
        read = std::from_chars(digits.data(), end, number);
    }
    if (read.ec == std::errc::result_out_of_range) {
        return fault("too large or too small for this type", text);
    }
    if (read.ec != std::errc() || read.ptr != end) {
        return fault("not a number", text);
    }
    return number;
}

std::uint64_t bitsOf(double number, unsigned width) {
    return width == sizeof(float) ? std::bit_cast<std::uint32_t>(static_cast<float>(number))
                                  : std::bit_cast<std::uint64_t>(number);
}

// The bits that all numbers between two share, where the order of the bits is that of the numbers.
Anchor anchorOf(std::uint64_t low, std::uint64_t high, unsigned width, ByteOrder order) {
    const std::uint64_t mask =
        low == high ? ~std::uint64_t{0} : ~(~std::uint64_t{0} >> std::countl_zero(low ^ high));
    std::vector<Cover> covers;
    for (unsigned i = 0; i < width; ++i) {
        const unsigned shift = 8 * (order == ByteOrder::Little ? i : width - 1 - i);
        covers.push_back(
            {static_cast<Byte>((low & mask) >> shift), static_cast<Byte>(mask >> shift)});
    }
    return {Pattern::fromMasked(covers), 0, 0};
}

Anchor anchorOf(const FloatRange& range, unsigned width, ByteOrder order) {
    const bool sameSign = !range.isNan && (range.low > 0 || range.high < 0);
    return sameSign ? anchorOf(bitsOf(range.low, width), bitsOf(range.high, width), width, order)
                    : anchorOf(0, ~std::uint64_t{0}, width, order);
}

}  // namespace

Result<IntegerRange> IntegerRange::parse(std::string_view text) {
    const std::size_t to = text.find(kTo);
    const Result<Integer> low = readInteger(text.substr(0, to));
    if (!low) {
        return low.error();
    }
    const Result<Integer> high =
        to == std::string_view::npos ? low : readInteger(text.substr(to + kTo.size()));
    if (!high) {
        return high.error();
    }
    const bool descends = low->isNegative ? high->isNegative && high->size > low->size
                                          : high->isNegative || high->size < low->size;
    if (descends) {
        return fault("the range ends before it begins", text);
    }
    constexpr std::uint64_t kMostSigned = ~std::uint64_t{0} >> 1U;
    if (low->isNegative && !high->isNegative && high->size > kMostSigned) {
        return fault("too large beside a negative number", text);
    }
    return IntegerRange{low->isNegative, low->bits(), high->bits()};
}

Status IntegerRange::fits(unsigned width) const {
    if (width < 1 || width > 8) {
        return Error::invalid(kOperation, "an integer has 1 to 8 bytes");
    }
    const unsigned unused = 64 - 8 * width;
    const auto narrowed = [&](std::uint64_t bits) {
        return isSigned
                   ? static_cast<std::uint64_t>(static_cast<std::int64_t>(bits << unused) >> unused)
                   : bits << unused >> unused;
    };
    if (narrowed(low) != low || narrowed(high) != high) {
        return Error::invalid(kOperation, "the number does not fit into " + std::to_string(width) +
                                              (width == 1 ? " byte" : " bytes"));
    }
    return {};
}

Result<FloatRange> FloatRange::parse(std::string_view text, unsigned width) {
    if (width != sizeof(float) && width != sizeof(double)) {
        return Error::invalid(kOperation, "a floating-point number has 4 or 8 bytes");
    }
    const std::size_t to = text.find(kTo);
    const Result<double> low = readFloat(text.substr(0, to), width);
    if (!low) {
        return low.error();
    }
    const Result<double> high =
        to == std::string_view::npos ? low : readFloat(text.substr(to + kTo.size()), width);
    if (!high) {
        return high.error();
    }
    const bool isRange = to != std::string_view::npos;
    if (isRange && !(*low <= *high)) {
        return fault("the range ends before it begins", text);
    }
    return FloatRange{*low, *high, std::isnan(*low)};
}

NumberFinder::NumberFinder(const IntegerRange& range, unsigned width, ByteOrder order)
    // Signed numbers of both signs share no bits that count.
    : AnchoredFinder(range.isSigned && (range.high >> 63U) == 0
                         ? anchorOf(0, ~std::uint64_t{0}, width, order)
                         : anchorOf(range.low, range.high, width, order),
                     bestSimd())
    , kind_(range.isSigned ? Kind::Signed : Kind::Unsigned)
    , order_(order)
    , width_(width)
    , integers_(range) {}

NumberFinder::NumberFinder(const FloatRange& range, unsigned width, ByteOrder order)
    : AnchoredFinder(anchorOf(range, width, order), bestSimd())
    , kind_(width == sizeof(float) ? Kind::Float : Kind::Double)
    , order_(order)
    , width_(width)
    , floats_(range) {}

std::unique_ptr<Finder> NumberFinder::clone() const {
    auto copy = std::make_unique<NumberFinder>(*this);
    copy->resetWork();
    return copy;
}

bool NumberFinder::admits(std::uint64_t bits) const {
    double number = 0;
    switch (kind_) {
    case Kind::Unsigned:
        return bits >= integers_.low && bits <= integers_.high;
    case Kind::Signed: {
        const unsigned unused = 64 - 8 * width_;
        const std::int64_t value = static_cast<std::int64_t>(bits << unused) >> unused;
        return value >= static_cast<std::int64_t>(integers_.low) &&
               value <= static_cast<std::int64_t>(integers_.high);
    }
    case Kind::Float:
        number = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
        break;
    case Kind::Double:
        number = std::bit_cast<double>(bits);
        break;
    }
    return floats_.isNan ? std::isnan(number) : number >= floats_.low && number <= floats_.high;
}

std::optional<FinderMatch> NumberFinder::matchAt(const FinderWindow& window, std::size_t place) {
    if (window.end - place < width_) {
        return std::nullopt;
    }
    addWork(1);
    const Byte* const at = window.bytes.data() + place;
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < width_; ++i) {
        const unsigned from = order_ == ByteOrder::Little ? width_ - 1 - i : i;
        bits = bits << 8U | at[from];
    }
    return admits(bits) ? std::optional(FinderMatch{place, width_}) : std::nullopt;
}

}  // namespace octavo::core
