// Integers from and to bytes in both orders.
#include "core/base/byte_order.h"

#include <QtTest>

#include <limits>

using namespace octavo::core;

class ByteOrderTest : public QObject {
    Q_OBJECT

private slots:
    void loadsAndStores_data();
    void loadsAndStores();
    void extendsSigns_data();
    void extendsSigns();
};

void ByteOrderTest::loadsAndStores_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<quint64>("little");
    QTest::addColumn<quint64>("big");
    QTest::newRow("one byte") << QByteArray("A5") << quint64{0xA5} << quint64{0xA5};
    QTest::newRow("two") << QByteArray("0102") << quint64{0x0201} << quint64{0x0102};
    QTest::newRow("three") << QByteArray("010203") << quint64{0x030201} << quint64{0x010203};
    QTest::newRow("four") << QByteArray("800000FF") << quint64{0xFF000080} << quint64{0x800000FF};
    QTest::newRow("eight") << QByteArray("0102030405060708") << quint64{0x0807060504030201}
                           << quint64{0x0102030405060708};
    QTest::newRow("none") << QByteArray() << quint64{0} << quint64{0};
}

void ByteOrderTest::loadsAndStores() {
    QFETCH(QByteArray, hex);
    QFETCH(quint64, little);
    QFETCH(quint64, big);
    const QByteArray raw = QByteArray::fromHex(hex);
    const Bytes bytes(raw.begin(), raw.end());
    QCOMPARE(loadInteger(bytes, ByteOrder::Little), little);
    QCOMPARE(loadInteger(bytes, ByteOrder::Big), big);
    Bytes stored(bytes.size());
    storeInteger(little, ByteOrder::Little, stored);
    QCOMPARE(stored, bytes);
    // What does not fit is left out.
    storeInteger(bytes.size() == 8 ? big : big | quint64{0x55} << (8 * bytes.size()),
                 ByteOrder::Big, stored);
    QCOMPARE(stored, bytes);
}

void ByteOrderTest::extendsSigns_data() {
    QTest::addColumn<quint64>("value");
    QTest::addColumn<int>("width");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("-1 in a byte") << quint64{0xFF} << 1 << qint64{-1};
    QTest::newRow("127 in a byte") << quint64{0x7F} << 1 << qint64{127};
    QTest::newRow("what lies above is no part") << quint64{0xFF01} << 1 << qint64{1};
    QTest::newRow("the least of 32 bits") << quint64{0x80000000} << 4 << qint64{-2147483648LL};
    QTest::newRow("the least of 64 bits")
        << quint64{0x8000000000000000} << 8 << std::numeric_limits<qint64>::min();
    QTest::newRow("all of 64 bits") << ~quint64{0} << 8 << qint64{-1};
}

void ByteOrderTest::extendsSigns() {
    QFETCH(quint64, value);
    QFETCH(int, width);
    QFETCH(qint64, expected);
    QCOMPARE(signExtended(value, std::size_t(width)), expected);
}

QTEST_APPLESS_MAIN(ByteOrderTest)
#include "byte_order_test.moc"
