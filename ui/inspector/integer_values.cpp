#include "ui/inspector/integer_values.h"

#include "ui/hex/hex_keys.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>

#include <limits>
#include <optional>

namespace octavo::ui {

using core::Byte;
using core::ByteOrder;
using core::Bytes;
using core::ByteSpan;

namespace {

constexpr std::size_t kMostLebBytes = 10;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(IntegerValues)
};

QString digitsOf(std::uint64_t bits, bool isSigned) {
    return isSigned ? QString::number(static_cast<std::int64_t>(bits)) : QString::number(bits);
}

ValueReading number(std::uint64_t bits, bool isSigned, std::size_t length) {
    ValueReading reading = ValueReading::of(digitsOf(bits, isSigned), length);
    reading.text = groupedDigits(reading.plain);
    return reading;
}

/// A number as it was written, before anybody asks whether it fits.
struct Written {
    std::uint64_t magnitude = 0;
    bool isNegative = false;
    bool isTooLarge = false;  ///< the magnitude has more than 64 bits
};

QStringView withoutPrefix(QStringView digits, int& base) {
    const struct {
        const char* prefix;
        int base;
    } prefixes[] = {{"0x", 16}, {"0o", 8}, {"0b", 2}};
    for (const auto& [prefix, itsBase] : prefixes) {
        if (digits.startsWith(QLatin1String(prefix), Qt::CaseInsensitive)) {
            base = itsBase;
            return digits.mid(2);
        }
    }
    return digits;
}

std::optional<Written> parse(const QString& text, int base) {
    QString plain;
    for (const QChar character : text) {
        if (!character.isSpace() && character != QLatin1Char('_')) {
            plain += character;
        }
    }
    QStringView digits(plain);
    Written written;
    if (digits.startsWith(QLatin1Char('-')) || digits.startsWith(QChar(0x2212))) {
        written.isNegative = true;
        digits = digits.mid(1);
    } else if (digits.startsWith(QLatin1Char('+'))) {
        digits = digits.mid(1);
    }
    digits = withoutPrefix(digits, base);
    if (digits.isEmpty()) {
        return std::nullopt;
    }
    const auto radix = static_cast<std::uint64_t>(base);
    for (const QChar character : digits) {
        const int digit = hexDigitValue(character.unicode());
        if (digit < 0 || digit >= base) {
            return std::nullopt;
        }
        const auto unit = static_cast<std::uint64_t>(digit);
        if (written.magnitude > (std::numeric_limits<std::uint64_t>::max() - unit) / radix) {
            written.isTooLarge = true;
        } else {
            written.magnitude = written.magnitude * radix + unit;
        }
    }
    return written;
}

struct Bits {
    std::uint64_t bits = 0;
    QString fault;
};

/// The two's complement of what was written, where it fits into `bitCount` bits.
Bits bitsOf(const QString& text, std::size_t bitCount, bool isSigned, int base = 10) {
    const std::optional<Written> written = parse(text, base);
    if (!written) {
        return {0, Words::tr("Not a whole number: write 1234, 0x4D2, 0o2322 or 0b101")};
    }
    const std::uint64_t all = std::numeric_limits<std::uint64_t>::max() >> (64 - bitCount);
    const std::uint64_t largest = isSigned ? all >> 1 : all;
    const std::uint64_t lowest = isSigned ? largest + 1 : 0;
    if (written->isTooLarge || written->magnitude > (written->isNegative ? lowest : largest)) {
        return {0, Words::tr("Out of range: it goes from %1 to %2")
                       .arg(groupedDigits(digitsOf(0 - lowest, isSigned)),
                            groupedDigits(QString::number(largest)))};
    }
    return {written->isNegative ? 0 - written->magnitude : written->magnitude, {}};
}

/// Whether nothing but copies of the sign is left above the seven bits that are written last.
bool isLastGroup(std::uint64_t rest, Byte group, bool isSigned) {
    if (!isSigned) {
        return rest == 0;
    }
    const bool isNegative = (group & 0x40U) != 0;
    return rest == (isNegative ? std::numeric_limits<std::uint64_t>::max() : 0);
}

std::uint64_t shifted(std::uint64_t value, bool isSigned) {
    return isSigned ? static_cast<std::uint64_t>(static_cast<std::int64_t>(value) >> 7)
                    : value >> 7;
}

}  // namespace

ValueReading readInteger(ByteSpan bytes, bool isSigned, ByteOrder order) {
    const std::uint64_t value = core::loadInteger(bytes, order);
    const auto extended =
        isSigned ? static_cast<std::uint64_t>(core::signExtended(value, bytes.size())) : value;
    return number(extended, isSigned, bytes.size());
}

ValueBytes writeInteger(const QString& text, std::size_t width, bool isSigned, ByteOrder order) {
    const Bits bits = bitsOf(text, 8 * width, isSigned);
    if (!bits.fault.isEmpty()) {
        return ValueBytes::faulty(bits.fault);
    }
    ValueBytes written{Bytes(width), {}};
    core::storeInteger(bits.bits, order, written.bytes);
    return written;
}

// ---- LEB128

template <bool kIsSigned>
ValueReading readLeb128(ByteSpan bytes, ByteOrder) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kMostLebBytes; ++i) {
        if (i == bytes.size()) {
            return ValueReading::none(Words::tr("not whole"));
        }
        const Byte group = bytes[i] & 0x7FU;
        if (i == kMostLebBytes - 1) {
            // One bit of it is left; a signed number repeats it.
            const bool fits = kIsSigned ? group == 0 || group == 0x7F : group <= 1;
            if (!fits || bytes[i] != group) {
                break;
            }
        }
        value |= static_cast<std::uint64_t>(group) << (7 * i);
        if (bytes[i] == group) {
            const std::size_t bits = 7 * (i + 1);
            if (kIsSigned && bits < 64 && (group & 0x40U) != 0) {
                value |= std::numeric_limits<std::uint64_t>::max() << bits;
            }
            return number(value, kIsSigned, i + 1);
        }
    }
    return ValueReading::none(Words::tr("more than 64 bits"));
}

template <bool kIsSigned>
ValueBytes writeLeb128(const QString& text, ByteSpan here, ByteOrder order) {
    const Bits bits = bitsOf(text, 64, kIsSigned);
    if (!bits.fault.isEmpty()) {
        return ValueBytes::faulty(bits.fault);
    }
    const std::size_t room = readLeb128<kIsSigned>(here, order).length;
    ValueBytes written;
    std::uint64_t rest = bits.bits;
    bool isLast = false;
    while (!isLast) {
        const Byte group = rest & 0x7FU;
        rest = shifted(rest, kIsSigned);
        isLast = isLastGroup(rest, group, kIsSigned) && written.bytes.size() + 1 >= room;
        written.bytes.push_back(static_cast<Byte>(isLast ? group : group | 0x80U));
    }
    if (room != 0 && written.bytes.size() > room) {
        return ValueBytes::faulty(
            Words::tr("This takes %1; the number that stands here takes %2")
                .arg(byteCountText(static_cast<core::Offset>(written.bytes.size())),
                     groupedNumber(static_cast<core::Offset>(room))));
    }
    return written;
}

template ValueReading readLeb128<false>(ByteSpan, ByteOrder);
template ValueReading readLeb128<true>(ByteSpan, ByteOrder);
template ValueBytes writeLeb128<false>(const QString&, ByteSpan, ByteOrder);
template ValueBytes writeLeb128<true>(const QString&, ByteSpan, ByteOrder);

// ---- One byte

namespace {

ValueReading readByte(ByteSpan bytes, int base, qsizetype width) {
    return ValueReading::of(QString::number(bytes[0], base).rightJustified(width, QLatin1Char('0')),
                            1);
}

ValueBytes writeByte(const QString& text, int base) {
    const Bits bits = bitsOf(text, 8, false, base);
    return {bits.fault.isEmpty() ? Bytes{static_cast<Byte>(bits.bits)} : Bytes(), bits.fault};
}

}  // namespace

ValueReading readBinary(ByteSpan bytes, ByteOrder) {
    return readByte(bytes, 2, 8);
}

ValueBytes writeBinary(const QString& text, ByteSpan, ByteOrder) {
    return writeByte(text, 2);
}

ValueReading readOctal(ByteSpan bytes, ByteOrder) {
    return readByte(bytes, 8, 3);
}

ValueBytes writeOctal(const QString& text, ByteSpan, ByteOrder) {
    return writeByte(text, 8);
}

}  // namespace octavo::ui
