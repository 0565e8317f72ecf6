#include "core/base/hex_rows.h"

#include <QtTest>

using namespace octavo;

/// The rows that xxd cannot show: those with bytes that could not be read. What it can show is
/// compared with it in dump_command_test.
class HexRowsTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
};

void HexRowsTest::rows_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<int>("count");  // of the letters from A on
    QTest::addColumn<QList<qint64>>("unreadable");
    QTest::addColumn<QByteArray>("text");

    const auto range = [](qint64 from, qint64 to) {
        QList<qint64> list;
        for (qint64 at = from; at < to; ++at) {
            list += at;
        }
        return list;
    };
    QTest::newRow("nothing") << qint64{0} << 0 << QList<qint64>() << QByteArray();
    QTest::newRow("all readable")
        << qint64{0} << 16 << QList<qint64>()
        << QByteArray("00000000: 4142 4344 4546 4748 494a 4b4c 4d4e 4f50  ABCDEFGHIJKLMNOP\n");
    QTest::newRow("highest offset")
        << qint64{core::kMaxLength - 2} << 2 << QList<qint64>()
        << QByteArray("7ffffffffffffffd: 4142                                     AB\n");
    QTest::newRow("first byte")
        << qint64{0} << 16 << range(0, 1)
        << QByteArray("00000000: ??42 4344 4546 4748 494a 4b4c 4d4e 4f50   BCDEFGHIJKLMNOP\n");
    QTest::newRow("last byte")
        << qint64{0} << 16 << range(15, 16)
        << QByteArray("00000000: 4142 4344 4546 4748 494a 4b4c 4d4e 4f??  ABCDEFGHIJKLMNO \n");
    QTest::newRow("short row") << qint64{0x20} << 3 << range(0x21, 0x22)
                               << QByteArray(
                                      "00000020: 41?? 43                                  A C\n");
    QTest::newRow("whole row left out")
        << qint64{0} << 20 << range(0, 16)
        << QByteArray("00000010: 5152 5354                                QRST\n");
    QTest::newRow("nothing readable") << qint64{0} << 40 << range(0, 40) << QByteArray();
}

void HexRowsTest::rows() {
    QFETCH(qint64, offset);
    QFETCH(int, count);
    QFETCH(QList<qint64>, unreadable);
    QFETCH(QByteArray, text);

    core::Bytes bytes;
    for (int i = 0; i < count; ++i) {
        const bool readable = !unreadable.contains(offset + i);
        bytes.push_back(readable ? static_cast<core::Byte>('A' + i) : core::Byte{0});
    }
    core::Unreadable extents;
    for (const qint64 at : unreadable) {
        extents.add({at, 1});
    }
    std::string rows = "before|";
    core::appendHexRows(rows, offset, bytes, extents);
    QCOMPARE(QByteArray::fromStdString(rows), "before|" + text);
}

QTEST_GUILESS_MAIN(HexRowsTest)
#include "hex_rows_test.moc"
