#include "ui/inspector/float_values.h"

#include <QCoreApplication>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace octavo::ui {

using core::ByteOrder;
using core::Bytes;
using core::ByteSpan;

namespace {

// A half has ten bits behind the point and exponents from -14 to 15.
constexpr int kHalfBits = 10;
constexpr int kLeastHalfExponent = -14;
constexpr int kHalfBias = 15;
constexpr std::uint16_t kHalfSign = 0x8000;
constexpr std::uint16_t kHalfInfinity = 0x7C00;
constexpr std::uint16_t kHalfNan = 0x7E00;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FloatValues)
};

/// The fewest digits, as std::to_chars() finds them; with `precision` so many at most.
template <typename Number>
QString textOf(Number value, std::optional<int> precision = std::nullopt) {
    std::array<char, 64> room{};
    const auto end = precision ? std::to_chars(room.begin(), room.end(), value,
                                               std::chars_format::general, *precision)
                               : std::to_chars(room.begin(), room.end(), value);
    return QString::fromLatin1(room.data(), end.ptr - room.data());
}

QString halfText(std::uint16_t half) {
    const double value = doubleOfHalf(half);
    if (!std::isfinite(value)) {
        return textOf(value);
    }
    // Five digits tell all halves apart, and are all that a whole one has.
    int precision = value == std::trunc(value) ? 5 : 1;
    while (precision < 5 && halfOfDouble(textOf(value, precision).toDouble()) != half) {
        ++precision;
    }
    return textOf(value, precision);
}

template <typename Number>
struct Parsed {
    Number value = 0;
    QString fault;
};

QString rangeFault(const char* name) {
    return Words::tr("Out of the range of %1").arg(QLatin1String(name));
}

template <typename Number>
Parsed<Number> parse(const QString& text, const char* name) {
    std::string plain;
    for (const QChar character : text) {
        if (character == QChar(0x2212)) {
            plain += '-';
        } else if (!character.isSpace() && character != QLatin1Char('_')) {
            plain += character.toLatin1();
        }
    }
    const std::string_view digits = std::string_view(plain).substr(plain.starts_with('+') ? 1 : 0);
    Parsed<Number> parsed;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.value);
    if (end.ec == std::errc::invalid_argument || end.ptr != digits.data() + digits.size() ||
        plain.starts_with("+-")) {
        parsed.fault = Words::tr("Not a number: write 0.5, -1.5e-7, inf or nan");
    }
    if (end.ec == std::errc::result_out_of_range) {
        parsed.fault = rangeFault(name);
    }
    return parsed;
}

template <typename Number, typename Integer>
ValueReading readNumber(ByteSpan bytes, ByteOrder order) {
    const auto bits = static_cast<Integer>(core::loadInteger(bytes.first(sizeof(Integer)), order));
    return ValueReading::of(textOf(std::bit_cast<Number>(bits)), sizeof(Integer));
}

template <typename Integer>
ValueBytes bytesOf(Integer bits, ByteOrder order) {
    ValueBytes written{Bytes(sizeof(Integer)), {}};
    core::storeInteger(bits, order, written.bytes);
    return written;
}

template <typename Number, typename Integer>
ValueBytes writeNumber(const QString& text, ByteOrder order, const char* name) {
    const Parsed<Number> parsed = parse<Number>(text, name);
    return parsed.fault.isEmpty() ? bytesOf(std::bit_cast<Integer>(parsed.value), order)
                                  : ValueBytes::faulty(parsed.fault);
}

}  // namespace

double doubleOfHalf(std::uint16_t half) {
    const int exponent = (half & kHalfInfinity) >> kHalfBits;
    const int fraction = half & ((1 << kHalfBits) - 1);
    double value = 0;
    if (exponent == kHalfInfinity >> kHalfBits) {
        value = fraction == 0 ? std::numeric_limits<double>::infinity()
                              : std::numeric_limits<double>::quiet_NaN();
    } else if (exponent == 0) {
        value = std::ldexp(fraction, kLeastHalfExponent - kHalfBits);
    } else {
        value = std::ldexp(fraction + (1 << kHalfBits), exponent - kHalfBias - kHalfBits);
    }
    return (half & kHalfSign) != 0 ? -value : value;
}

std::uint16_t halfOfDouble(double value) {
    const std::uint16_t sign = std::signbit(value) ? kHalfSign : 0;
    const auto signedHalf = [sign](std::uint16_t half) {
        return static_cast<std::uint16_t>(sign | half);
    };
    if (std::isnan(value)) {
        return signedHalf(kHalfNan);
    }
    const double magnitude = std::fabs(value);
    if (std::isinf(magnitude)) {
        return signedHalf(kHalfInfinity);
    }
    if (magnitude == 0) {
        return sign;
    }
    const int exponent = std::max(std::ilogb(magnitude), kLeastHalfExponent);
    if (exponent > kHalfBias) {
        return signedHalf(kHalfInfinity);
    }
    // In steps of the last bit, which nearbyint() rounds to the even one. A fraction that grows to
    // the next power of two carries into the exponent by itself, and so does the largest one into
    // infinity.
    const auto steps =
        static_cast<int>(std::nearbyint(std::ldexp(magnitude, kHalfBits - exponent)));
    const int shown = (exponent - kLeastHalfExponent) << kHalfBits;
    return signedHalf(static_cast<std::uint16_t>(shown + steps));
}

ValueReading readHalf(ByteSpan bytes, ByteOrder order) {
    return ValueReading::of(
        halfText(static_cast<std::uint16_t>(core::loadInteger(bytes.first(2), order))), 2);
}

ValueBytes writeHalf(const QString& text, ByteSpan, ByteOrder order) {
    const Parsed<double> parsed = parse<double>(text, "float16");
    if (!parsed.fault.isEmpty()) {
        return ValueBytes::faulty(parsed.fault);
    }
    const std::uint16_t half = halfOfDouble(parsed.value);
    const double rounded = doubleOfHalf(half);
    const bool isLost =
        std::isinf(rounded) != std::isinf(parsed.value) || (rounded == 0 && parsed.value != 0);
    return isLost ? ValueBytes::faulty(rangeFault("float16")) : bytesOf(half, order);
}

ValueReading readFloat(ByteSpan bytes, ByteOrder order) {
    return readNumber<float, std::uint32_t>(bytes, order);
}

ValueBytes writeFloat(const QString& text, ByteSpan, ByteOrder order) {
    return writeNumber<float, std::uint32_t>(text, order, "float");
}

ValueReading readDouble(ByteSpan bytes, ByteOrder order) {
    return readNumber<double, std::uint64_t>(bytes, order);
}

ValueBytes writeDouble(const QString& text, ByteSpan, ByteOrder order) {
    return writeNumber<double, std::uint64_t>(text, order, "double");
}

}  // namespace octavo::ui
