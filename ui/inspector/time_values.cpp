#include "ui/inspector/time_values.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <chrono>
#include <cstdint>

namespace octavo::ui {

using core::ByteOrder;
using core::Bytes;
using core::ByteSpan;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

namespace {

constexpr std::int64_t kTicksPerSecond = 10'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr int kTickDigits = 7;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TimeValues)
};

constexpr std::int64_t secondsAt(year_month_day day) {
    return sys_days(day).time_since_epoch().count() * kSecondsPerDay;
}

constexpr std::int64_t kYear1601 = secondsAt(year(1601) / 1 / 1);
constexpr std::int64_t kFirst = secondsAt(year(0) / 1 / 1);
constexpr std::int64_t kPastLast = secondsAt(year(10000) / 1 / 1);

QString twoDigits(std::int64_t number) {
    return QString::number(number).rightJustified(2, QLatin1Char('0'));
}

struct Moment {
    std::int64_t seconds = 0;  ///< since 1970
    std::int64_t ticks = 0;    ///< 0 up to kTicksPerSecond
};

/// "2026-11-27", `between`, "13:49:30.5".
QString momentText(const Moment& moment, QLatin1Char between) {
    const std::int64_t sinceFirst = moment.seconds - kFirst;
    const std::int64_t second = sinceFirst % kSecondsPerDay;
    const year_month_day day{
        sys_days(std::chrono::days((moment.seconds - second) / kSecondsPerDay))};
    QString text = QString::number(int{day.year()}).rightJustified(4, QLatin1Char('0')) +
                   QLatin1Char('-') + twoDigits(unsigned{day.month()}) + QLatin1Char('-') +
                   twoDigits(unsigned{day.day()}) + between + twoDigits(second / 3600) +
                   QLatin1Char(':') + twoDigits(second / 60 % 60) + QLatin1Char(':') +
                   twoDigits(second % 60);
    if (moment.ticks != 0) {
        QString digits =
            QString::number(moment.ticks).rightJustified(kTickDigits, QLatin1Char('0'));
        while (digits.endsWith(QLatin1Char('0'))) {
            digits.chop(1);
        }
        text += QLatin1Char('.') + digits;
    }
    return text;
}

ValueReading utc(const Moment& moment, std::size_t length) {
    if (moment.seconds < kFirst || moment.seconds >= kPastLast) {
        return ValueReading::none(Words::tr("not in the years 0 to 9999"));
    }
    ValueReading reading =
        ValueReading::of(momentText(moment, QLatin1Char('T')) + QLatin1Char('Z'), length);
    reading.text = Words::tr("%1 UTC").arg(momentText(moment, QLatin1Char(' ')));
    return reading;
}

struct ParsedMoment {
    Moment moment;
    QString fault;
};

ParsedMoment faulty(const QString& fault) {
    return {{}, fault};
}

ParsedMoment parse(const QString& text, bool hasZone) {
    static const QRegularExpression pattern(
        QStringLiteral(
            R"(^(\d{4})-(\d\d)-(\d\d)(?:[T ]\s*(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?\s*(Z|UTC)?$)"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(text.trimmed());
    if (!match.hasMatch() || (!hasZone && match.hasCaptured(8) && match.capturedLength(8) > 0)) {
        return faulty(Words::tr("Not a time: write 2026-11-27 13:49:30"));
    }
    const auto number = [&match](int group) { return match.captured(group).toInt(); };
    const year_month_day day = year(number(1)) / number(2) / number(3);
    const int hours = number(4);
    const int minutes = number(5);
    const int seconds = number(6);
    if (!day.ok() || hours > 23 || minutes > 59 || seconds > 59) {
        return faulty(Words::tr("There is no such day or time"));
    }
    const QString fraction = match.captured(7).leftJustified(kTickDigits, QLatin1Char('0'));
    return {{secondsAt(day) + hours * 3600 + minutes * 60 + seconds, fraction.toLongLong()}, {}};
}

ValueBytes bytesOf(std::uint64_t value, std::size_t width, ByteOrder order) {
    ValueBytes written{Bytes(width), {}};
    core::storeInteger(value, order, written.bytes);
    return written;
}

}  // namespace

template <std::size_t kWidth>
ValueReading readUnixTime(ByteSpan bytes, ByteOrder order) {
    return utc({core::signExtended(core::loadInteger(bytes.first(kWidth), order), kWidth), 0},
               kWidth);
}

template <std::size_t kWidth>
ValueBytes writeUnixTime(const QString& text, ByteSpan, ByteOrder order) {
    const ParsedMoment parsed = parse(text, true);
    if (!parsed.fault.isEmpty()) {
        return ValueBytes::faulty(parsed.fault);
    }
    if (parsed.moment.ticks != 0) {
        return ValueBytes::faulty(Words::tr("Unix time counts whole seconds"));
    }
    const auto value = static_cast<std::uint64_t>(parsed.moment.seconds);
    if (core::signExtended(value, kWidth) != parsed.moment.seconds) {
        return ValueBytes::faulty(
            Words::tr("Out of range: it goes from 1901-12-13 20:45:52 to 2038-01-19 03:14:07"));
    }
    return bytesOf(value, kWidth, order);
}

template ValueReading readUnixTime<4>(ByteSpan, ByteOrder);
template ValueReading readUnixTime<8>(ByteSpan, ByteOrder);
template ValueBytes writeUnixTime<4>(const QString&, ByteSpan, ByteOrder);
template ValueBytes writeUnixTime<8>(const QString&, ByteSpan, ByteOrder);

ValueReading readFileTime(ByteSpan bytes, ByteOrder order) {
    constexpr auto kPerSecond = static_cast<std::uint64_t>(kTicksPerSecond);
    const std::uint64_t ticks = core::loadInteger(bytes.first(8), order);
    return utc({kYear1601 + static_cast<std::int64_t>(ticks / kPerSecond),
                static_cast<std::int64_t>(ticks % kPerSecond)},
               8);
}

ValueBytes writeFileTime(const QString& text, ByteSpan, ByteOrder order) {
    const ParsedMoment parsed = parse(text, true);
    if (!parsed.fault.isEmpty()) {
        return ValueBytes::faulty(parsed.fault);
    }
    if (parsed.moment.seconds < kYear1601) {
        return ValueBytes::faulty(Words::tr("Out of range: it begins with the year 1601"));
    }
    const std::int64_t ticks =
        (parsed.moment.seconds - kYear1601) * kTicksPerSecond + parsed.moment.ticks;
    return bytesOf(static_cast<std::uint64_t>(ticks), 8, order);
}

// ---- DOS: year since 1980 (7 bits), month (4), day (5); hour (5), minute (6), two seconds (5)

ValueReading readDosTime(ByteSpan bytes, ByteOrder order) {
    const auto value = static_cast<std::uint32_t>(core::loadInteger(bytes.first(4), order));
    const year_month_day day = year(1980 + static_cast<int>(value >> 25)) /
                               static_cast<int>(value >> 21 & 0xF) /
                               static_cast<int>(value >> 16 & 0x1F);
    const std::int64_t hours = value >> 11 & 0x1F;
    const std::int64_t minutes = value >> 5 & 0x3F;
    const std::int64_t seconds = 2 * (value & 0x1F);
    if (!day.ok() || hours > 23 || minutes > 59 || seconds > 59) {
        return ValueReading::none(Words::tr("not a date and time"));
    }
    const Moment moment{secondsAt(day) + hours * 3600 + minutes * 60 + seconds, 0};
    ValueReading reading = ValueReading::of(momentText(moment, QLatin1Char('T')), 4);
    reading.text = momentText(moment, QLatin1Char(' '));
    return reading;
}

ValueBytes writeDosTime(const QString& text, ByteSpan, ByteOrder order) {
    const ParsedMoment parsed = parse(text, false);
    if (!parsed.fault.isEmpty()) {
        return ValueBytes::faulty(parsed.fault);
    }
    const std::int64_t seconds = parsed.moment.seconds;
    if (seconds < secondsAt(year(1980) / 1 / 1) || seconds >= secondsAt(year(2108) / 1 / 1)) {
        return ValueBytes::faulty(Words::tr("Out of range: it goes from the year 1980 to 2107"));
    }
    if (parsed.moment.ticks != 0 || seconds % 2 != 0) {
        return ValueBytes::faulty(Words::tr("DOS counts the seconds in twos"));
    }
    const std::int64_t second = seconds % kSecondsPerDay;
    const year_month_day day{sys_days(std::chrono::days(seconds / kSecondsPerDay))};
    const auto date = static_cast<std::uint64_t>(int{day.year()} - 1980) << 9 |
                      std::uint64_t{unsigned{day.month()}} << 5 | unsigned{day.day()};
    const auto time =
        static_cast<std::uint64_t>(second / 3600 << 11 | second / 60 % 60 << 5 | second % 60 / 2);
    return bytesOf(date << 16 | time, 4, order);
}

}  // namespace octavo::ui
