#include "core/search/hit_filter.h"
#include "tests/support/snapshot_builder.h"

#include <QtTest>

using namespace octavo::core;
using namespace octavo::test;

class HitFilterTest : public QObject {
    Q_OBJECT

private slots:
    void admits_data();
    void admits();
    void stringsByTheirCharacters();
};

namespace {

Snapshot contentOf(const QByteArray& bytes) {
    return snapshotOf(ByteSpan(reinterpret_cast<const Byte*>(bytes.constData()),
                               static_cast<std::size_t>(bytes.size())),
                      5);
}

/// "needle" at 0x1064, with words 16 bytes beside it and some farther away.
Snapshot document() {
    QByteArray bytes(0x2000, '.');
    bytes.replace(0x1064, 6, "Needle");
    bytes.replace(0x1064 - 16, 4, "near");
    bytes.replace(0x1064 - 22, 3, "far");
    bytes.replace(0x1064 + 6 + 12, 4, "\xDE\xAD\xBE\xEF");
    return contentOf(bytes);
}

}  // namespace

void HitFilterTest::admits_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isAdmitted");
    QTest::newRow("nothing") << "" << true;
    QTest::newRow("in the match") << "edl" << true;
    QTest::newRow("whatever the case") << "nEEDLe" << true;
    QTest::newRow("beside it") << "near" << true;
    QTest::newRow("too far") << "far" << false;
    QTest::newRow("elsewhere") << "pin" << false;
    QTest::newRow("bytes") << "DE AD be" << true;
    QTest::newRow("bytes without spaces") << "adbeef" << true;
    QTest::newRow("from the middle of a byte") << "EA DB" << false;
    QTest::newRow("offset") << "1064" << true;
    QTest::newRow("offset with 0x") << "0x1064" << true;
    QTest::newRow("end of an offset") << "64" << true;
    QTest::newRow("start of an offset") << "10" << false;
}

void HitFilterTest::admits() {
    QFETCH(QString, text);
    QFETCH(bool, isAdmitted);
    const HitFilter filter({}, text.toStdString());
    QCOMPARE(filter.admits(document(), {0x1064, 6}), isAdmitted);
}

void HitFilterTest::stringsByTheirCharacters() {
    SearchQuery query;
    query.kind = SearchKind::Strings;
    query.stringEncoding = StringEncoding::Utf16Le;
    const Snapshot snapshot = contentOf(QByteArray("\1\1w\0o\0r\0d\0\1\1", 12));
    QVERIFY(HitFilter(query, "Ord").admits(snapshot, {2, 8}));
    QVERIFY(!HitFilter(query, "odd").admits(snapshot, {2, 8}));
    // As bytes it is not there.
    QVERIFY(!HitFilter({}, "ord").admits(snapshot, {2, 8}));
}

QTEST_GUILESS_MAIN(HitFilterTest)
#include "hit_filter_test.moc"
