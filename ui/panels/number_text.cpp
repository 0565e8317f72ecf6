#include "ui/panels/number_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace octavo::ui {

QString groupedNumber(core::Offset number) {
    return groupedDigits(QString::number(number));
}

QString groupedDigits(QString digits) {
    const qsizetype first = digits.startsWith(QLatin1Char('-')) ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > first; at -= 3) {
        digits.insert(at, QChar(0x202F));
    }
    return digits;
}

QString offsetText(core::Offset offset) {
    QString digits = QString::number(offset, 16).toUpper();
    qsizetype width = std::max<qsizetype>(4, digits.size());
    width += width % 2;
    return QStringLiteral("0x") + digits.rightJustified(width, QLatin1Char('0'));
}

QString sizeText(core::Offset bytes) {
    if (bytes < 1024)
        return byteCountText(bytes);
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

QString byteCountText(core::Offset bytes) {
    if (bytes == 1)
        return QCoreApplication::translate("NumberText", "1 byte");
    return QCoreApplication::translate("NumberText", "%1 bytes", nullptr, pluralNumber(bytes))
        .arg(groupedNumber(bytes));
}

int pluralNumber(core::Offset number) {
    // Languages look at the last digits and at whether there are more.
    constexpr core::Offset kEnough = 1000000;
    return static_cast<int>(number < kEnough ? number : kEnough + number % kEnough);
}

}  // namespace octavo::ui
