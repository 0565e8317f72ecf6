#include "ui/panels/number_text.h"

#include <QLocale>
#include <QTest>

using octavo::core::kMaxLength;
using octavo::core::Offset;

class NumberTextTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void texts_data();
    void texts();
    void digitsOfAnyLength();
    void pluralNumberKeepsTheLastDigits();
};

void NumberTextTest::texts_data() {
    QTest::addColumn<Offset>("number");
    QTest::addColumn<QString>("grouped");
    QTest::addColumn<QString>("offset");
    QTest::addColumn<QString>("size");
    // "_" stands for the narrow space.
    QTest::newRow("0") << Offset{0} << "0"
                       << "0x0000"
                       << "0 bytes";
    QTest::newRow("1") << Offset{1} << "1"
                       << "0x0001"
                       << "1 byte";
    QTest::newRow("999") << Offset{999} << "999"
                         << "0x03E7"
                         << "999 bytes";
    QTest::newRow("1000") << Offset{1000} << "1_000"
                          << "0x03E8"
                          << "1_000 bytes";
    QTest::newRow("KiB") << Offset{1024} << "1_024"
                         << "0x0400"
                         << "1.0 KiB";
    QTest::newRow("five digits") << Offset{0x12345} << "74_565"
                                 << "0x012345"
                                 << "72.8 KiB";
    QTest::newRow("TiB") << (Offset{1} << 40) << "1_099_511_627_776"
                         << "0x010000000000"
                         << "1.0 TiB";
    QTest::newRow("the largest") << kMaxLength << "9_223_372_036_854_775_807"
                                 << "0x7FFFFFFFFFFFFFFF"
                                 << "8.0 EiB";
}

void NumberTextTest::texts() {
    QFETCH(Offset, number);
    QFETCH(QString, grouped);
    QFETCH(QString, offset);
    QFETCH(QString, size);
    const auto plain = [](QString text) { return text.replace(QChar(0x202F), QLatin1Char('_')); };
    QCOMPARE(plain(octavo::ui::groupedNumber(number)), grouped);
    QCOMPARE(octavo::ui::offsetText(number), offset);
    QCOMPARE(plain(octavo::ui::sizeText(number)), size);
}

void NumberTextTest::digitsOfAnyLength() {
    const auto grouped = [](const char* digits) {
        return octavo::ui::groupedDigits(digits).replace(QChar(0x202F), '_');
    };
    QCOMPARE(grouped(""), QString());
    QCOMPARE(grouped("-123"), QString("-123"));
    QCOMPARE(grouped("-1234"), QString("-1_234"));
    QCOMPARE(grouped("18446744073709551616"), QString("18_446_744_073_709_551_616"));
}

void NumberTextTest::pluralNumberKeepsTheLastDigits() {
    QCOMPARE(octavo::ui::pluralNumber(21), 21);
    QCOMPARE(octavo::ui::pluralNumber(Offset{5000000021}), 1000021);
    QCOMPARE(octavo::ui::groupedNumber(-1234), QStringLiteral("-1\u202F234"));
}

QTEST_GUILESS_MAIN(NumberTextTest)
#include "number_text_test.moc"
