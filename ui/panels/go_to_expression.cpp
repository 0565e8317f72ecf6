#include "ui/panels/go_to_expression.h"

#include "ui/hex/hex_keys.h"

#include <QLocale>

#include <cmath>

namespace octavo::ui {

namespace {

GoToTarget faulty(GoToFault fault) {
    return {std::nullopt, fault};
}

GoToTarget within(core::Offset offset, const GoToPlace& place) {
    if (offset < 0)
        return faulty(GoToFault::BeforeStart);
    if (offset > place.length)
        return faulty(GoToFault::BeyondEnd);
    return {offset, GoToFault::None};
}

/// A number that is too large for 64 bits is one all the same: it lies beyond every end.
std::optional<core::Offset> numberOf(QStringView text) {
    int base = 10;
    if (text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive)) {
        base = 16;
        text = text.mid(2);
    }
    if (text.isEmpty())
        return std::nullopt;
    core::Offset value = 0;
    for (const QChar character : text) {
        const int digit = hexDigitValue(character.unicode());
        if (digit < 0 || digit >= base)
            return std::nullopt;
        if (value > (core::kMaxLength - digit) / base)
            value = core::kMaxLength;
        else
            value = value * base + digit;
    }
    return value;
}

GoToTarget parsePercent(const QString& text, const GoToPlace& place) {
    bool valid = false;
    const double percent = QLocale::c().toDouble(text, &valid);
    if (!valid || !std::isfinite(percent))
        return faulty(GoToFault::NotUnderstood);
    if (percent < 0)
        return faulty(GoToFault::BeforeStart);
    if (percent > 100)
        return faulty(GoToFault::BeyondEnd);
    // The quotient and the rest apart: a product in double would lose the last bytes of exabytes.
    const auto share = [percent](core::Offset bytes) {
        return static_cast<core::Offset>(std::floor(static_cast<double>(bytes) * percent / 100));
    };
    constexpr core::Offset kPart = core::Offset{1} << 32;
    const core::Offset whole = place.length / kPart;
    const double parts = static_cast<double>(whole) * percent / 100;
    const auto wholeParts = static_cast<core::Offset>(std::floor(parts));
    const double rest = (parts - static_cast<double>(wholeParts)) * static_cast<double>(kPart);
    const core::Offset offset =
        wholeParts * kPart + static_cast<core::Offset>(rest) + share(place.length % kPart);
    return within(std::min(offset, place.length), place);
}

/// Without what groups digits.
QString ungrouped(const QString& text) {
    QString plain;
    for (const QChar character : text)
        if (!character.isSpace() && character != QLatin1Char('_'))
            plain += character;
    return plain;
}

}  // namespace

std::optional<core::Offset> parseNumber(const QString& text) {
    return numberOf(ungrouped(text));
}

GoToTarget parseGoTo(const QString& text, const GoToPlace& place) {
    const QString plain = ungrouped(text);
    if (plain.isEmpty())
        return faulty(GoToFault::Empty);
    if (plain.compare(QLatin1String("start"), Qt::CaseInsensitive) == 0)
        return within(0, place);
    if (plain.compare(QLatin1String("end"), Qt::CaseInsensitive) == 0)
        return within(place.length, place);
    if (plain.endsWith(QLatin1Char('%')))
        return parsePercent(plain.chopped(1), place);

    const QChar sign = plain.front();
    const bool relative = sign == QLatin1Char('+') || sign == QLatin1Char('-');
    const std::optional<core::Offset> number = numberOf(QStringView(plain).mid(relative ? 1 : 0));
    if (!number)
        return faulty(GoToFault::NotUnderstood);
    if (!relative)
        return within(*number, place);
    if (sign == QLatin1Char('-'))
        return within(place.caret - *number, place);
    const auto sum = core::checkedSum(place.caret, *number);
    return sum ? within(*sum, place) : faulty(GoToFault::BeyondEnd);
}

}  // namespace octavo::ui
