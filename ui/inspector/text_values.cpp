#include "ui/inspector/text_values.h"

#include "core/search/utf8.h"
#include "ui/hex/hex_keys.h"
#include "ui/panels/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace octavo::ui {

using core::Byte;
using core::ByteOrder;
using core::Bytes;
using core::ByteSpan;

namespace {

constexpr char32_t kLargestPoint = 0x10FFFF;
constexpr std::size_t kGuidLength = 16;

// By their number.
const char* const kControlNames[] = {"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL",
                                     "BS",  "TAB", "LF",  "VT",  "FF",  "CR",  "SO",  "SI",
                                     "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
                                     "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
constexpr char32_t kDelete = 0x7F;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TextValues)
};

QString pointText(char32_t point) {
    return QStringLiteral("U+") +
           QString::number(point, 16).toUpper().rightJustified(4, QLatin1Char('0'));
}

QString controlName(char32_t point) {
    if (point < std::size(kControlNames)) {
        return QLatin1String(kControlNames[point]);
    }
    return point == kDelete ? QStringLiteral("DEL") : QString();
}

/// Itself where it can be seen, else its name or code point.
QString nameOf(char32_t point) {
    const QString control = controlName(point);
    if (!control.isEmpty()) {
        return control;
    }
    const bool isAscii = point < kDelete;
    const bool isSeen = !QChar::isSpace(point) && (isAscii || core::isPrintableCharacter(point));
    return isSeen ? QString::fromUcs4(&point, 1) : pointText(point);
}

ValueReading character(char32_t point, std::size_t length) {
    ValueReading reading = ValueReading::of(nameOf(point), length);
    if (reading.plain != pointText(point)) {
        // The mark keeps a character that is written from right to left from taking the code point
        // to its other side.
        reading.text += QChar(0x200E) + QStringLiteral("  ") + pointText(point);
    }
    return reading;
}

std::optional<char32_t> pointNamed(const QString& text) {
    for (std::size_t i = 0; i < std::size(kControlNames); ++i) {
        if (text.compare(QLatin1String(kControlNames[i]), Qt::CaseInsensitive) == 0) {
            return static_cast<char32_t>(i);
        }
    }
    if (text.compare(QLatin1String("DEL"), Qt::CaseInsensitive) == 0) {
        return kDelete;
    }
    if (!text.startsWith(QLatin1String("U+"), Qt::CaseInsensitive)) {
        return std::nullopt;
    }
    bool isNumber = false;
    const uint point = text.mid(2).toUInt(&isNumber, 16);
    return isNumber ? std::optional<char32_t>(point) : std::nullopt;
}

std::optional<char32_t> parseCharacter(const QString& text) {
    for (const QString& candidate : {text, text.trimmed()}) {
        const QList<uint> points = candidate.toUcs4();
        const std::optional<char32_t> point =
            points.size() == 1 ? std::optional<char32_t>(points[0]) : pointNamed(candidate);
        if (point && *point <= kLargestPoint && !QChar::isSurrogate(*point)) {
            return point;
        }
    }
    return std::nullopt;
}

ValueBytes noCharacter() {
    return ValueBytes::faulty(Words::tr("Not one character: write é, U+00E9 or LF"));
}

/// `bytes` where they take no more and no fewer than the character that stands there.
ValueBytes inPlaceOf(const ValueReading& standing, Bytes bytes) {
    if (standing.length == 0 || standing.length == bytes.size()) {
        return {std::move(bytes), {}};
    }
    return ValueBytes::faulty(Words::tr("This takes %1; the character that stands here takes %2")
                                  .arg(byteCountText(static_cast<core::Offset>(bytes.size())),
                                       groupedNumber(static_cast<core::Offset>(standing.length))));
}

char16_t unitAt(ByteSpan bytes, std::size_t at, ByteOrder order) {
    return static_cast<char16_t>(core::loadInteger(bytes.subspan(at, 2), order));
}

/// Where the byte stands that is the `i`-th of a GUID as it is written.
std::size_t guidPlace(std::size_t i, ByteOrder order) {
    constexpr std::size_t kPlaces[] = {3, 2, 1, 0, 5, 4, 7, 6};
    return order == ByteOrder::Little && i < std::size(kPlaces) ? kPlaces[i] : i;
}

}  // namespace

ValueReading readLatin1(ByteSpan bytes, ByteOrder) {
    return ValueReading::of(nameOf(bytes[0]), 1);
}

ValueBytes writeLatin1(const QString& text, ByteSpan, ByteOrder) {
    const std::optional<char32_t> point = parseCharacter(text);
    if (!point) {
        return noCharacter();
    }
    if (*point > 0xFF) {
        return ValueBytes::faulty(Words::tr("“%1” is not in Latin-1").arg(nameOf(*point)));
    }
    return {{static_cast<Byte>(*point)}, {}};
}

ValueReading readUtf8(ByteSpan bytes, ByteOrder) {
    const core::Utf8Character read = core::utf8Character(bytes);
    return read.size == 0 ? ValueReading::none(Words::tr("not UTF-8"))
                          : character(read.point, read.size);
}

ValueBytes writeUtf8(const QString& text, ByteSpan here, ByteOrder order) {
    const std::optional<char32_t> point = parseCharacter(text);
    if (!point) {
        return noCharacter();
    }
    std::string encoded;
    core::appendUtf8(encoded, *point);
    return inPlaceOf(readUtf8(here, order), Bytes(encoded.begin(), encoded.end()));
}

ValueReading readUtf16(ByteSpan bytes, ByteOrder order) {
    const char16_t first = unitAt(bytes, 0, order);
    if (!QChar::isSurrogate(first)) {
        return character(first, 2);
    }
    if (QChar::isHighSurrogate(first) && bytes.size() >= 4) {
        const char16_t second = unitAt(bytes, 2, order);
        if (QChar::isLowSurrogate(second)) {
            return character(QChar::surrogateToUcs4(first, second), 4);
        }
    }
    return ValueReading::none(Words::tr("not UTF-16"));
}

ValueBytes writeUtf16(const QString& text, ByteSpan here, ByteOrder order) {
    const std::optional<char32_t> point = parseCharacter(text);
    if (!point) {
        return noCharacter();
    }
    Bytes bytes;
    for (const QChar unit : QString::fromUcs4(&*point, 1)) {
        bytes.resize(bytes.size() + 2);
        core::storeInteger(unit.unicode(), order, core::MutableByteSpan(bytes).last(2));
    }
    return inPlaceOf(readUtf16(here, order), std::move(bytes));
}

// ---- GUID

ValueReading readGuid(ByteSpan bytes, ByteOrder order) {
    QString text;
    for (std::size_t i = 0; i < kGuidLength; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text += QLatin1Char('-');
        }
        text += QString::number(bytes[guidPlace(i, order)], 16).rightJustified(2, QLatin1Char('0'));
    }
    return ValueReading::of(text, kGuidLength);
}

ValueBytes writeGuid(const QString& text, ByteSpan, ByteOrder order) {
    const QString trimmed = text.trimmed();
    const bool isInBraces =
        trimmed.startsWith(QLatin1Char('{')) && trimmed.endsWith(QLatin1Char('}'));
    const QString written = isInBraces ? trimmed.mid(1, trimmed.size() - 2) : trimmed;
    ValueBytes guid{Bytes(kGuidLength), {}};
    std::size_t digits = 0;
    bool isValid = true;
    for (const QChar character : written) {
        const int digit = hexDigitValue(character.unicode());
        if (digit >= 0 && digits < 2 * kGuidLength) {
            Byte& byte = guid.bytes[guidPlace(digits / 2, order)];
            byte = static_cast<Byte>(byte << 4 | digit);
            ++digits;
        } else if (character != QLatin1Char('-')) {
            isValid = false;
        } else {
            isValid = isValid && digits % 2 == 0;
        }
    }
    if (!isValid || digits != 2 * kGuidLength) {
        return ValueBytes::faulty(
            Words::tr("Not a GUID: write 32 hex digits, as 00112233-4455-6677-8899-aabbccddeeff"));
    }
    return guid;
}

}  // namespace octavo::ui
