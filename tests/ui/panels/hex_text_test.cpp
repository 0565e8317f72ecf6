#include "ui/panels/hex_text.h"

#include <QTest>

using octavo::core::Byte;
using octavo::core::Bytes;
using octavo::ui::formatHex;
using octavo::ui::ParsedHex;
using octavo::ui::parseHex;

class HexTextTest : public QObject {
    Q_OBJECT

private slots:
    void isRead_data();
    void isRead();
    void faultIsNamed_data();
    void faultIsNamed();
    void allBytesComeBack();
    void nothingIsNoText() { QCOMPARE(formatHex({}), QString()); }
};

void HexTextTest::isRead_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << "" << QByteArray();
    QTest::newRow("blanks only") << " \n\t" << QByteArray();
    QTest::newRow("pairs") << "DE AD be ef" << QByteArray::fromHex("deadbeef");
    QTest::newRow("one run") << "DEADBEEF" << QByteArray::fromHex("deadbeef");
    QTest::newRow("runs of words") << "DEAD BEEF" << QByteArray::fromHex("deadbeef");
    QTest::newRow("as in C") << "0xDE, 0XAD,0x00" << QByteArray::fromHex("dead00");
    QTest::newRow("as in an address") << "de:ad-be" << QByteArray::fromHex("deadbe");
    QTest::newRow("lines") << "00 01\r\n02\n" << QByteArray::fromHex("000102");
}

void HexTextTest::isRead() {
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    const ParsedHex parsed = parseHex(text);
    QCOMPARE(parsed.fault, QString());
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(parsed.bytes.data()),
                        static_cast<qsizetype>(parsed.bytes.size())),
             bytes);
}

void HexTextTest::faultIsNamed_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fault");
    QTest::newRow("half a byte") << "DE A"
                                 << "A";
    QTest::newRow("odd run") << "DEA"
                             << "DEA";
    QTest::newRow("no digit") << "DE XY"
                              << "XY";
    QTest::newRow("a word") << "hello"
                            << "hello";
    QTest::newRow("prefix alone") << "0x"
                                  << "0x";
    QTest::newRow("long") << QString(40, QLatin1Char('z'))
                          << QString(24, QLatin1Char('z')) + QChar(0x2026);
    QTest::newRow("digits of another script")
        << QStringLiteral("\u0661\u0662") << QStringLiteral("\u0661\u0662");
}

void HexTextTest::faultIsNamed() {
    QFETCH(QString, text);
    QFETCH(QString, fault);
    const ParsedHex parsed = parseHex(text);
    QCOMPARE(parsed.fault, fault);
    QVERIFY(parsed.bytes.empty());
}

void HexTextTest::allBytesComeBack() {
    Bytes bytes;
    for (int value = 0; value < 256; ++value)
        bytes.push_back(static_cast<Byte>(value));
    const QString text = formatHex(bytes);
    QVERIFY(text.startsWith(QLatin1String("00 01 02")));
    QVERIFY(text.endsWith(QLatin1String("FE FF")));
    QVERIFY(parseHex(text).bytes == bytes);
}

QTEST_GUILESS_MAIN(HexTextTest)
#include "hex_text_test.moc"
