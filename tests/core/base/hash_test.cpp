#include "core/base/hash.h"
#include "tests/support/test_folder.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

class HashTest : public QObject {
    Q_OBJECT

private slots:
    void knownValues_data();
    void knownValues();
    void inParts();
};

void HashTest::knownValues_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint64>("expected");
    // What xxHash 0.8 says: fingerprints in a log must mean the same for ever.
    QTest::newRow("nothing") << QByteArray() << quint64{0x2D06800538D394C2};
    QTest::newRow("three bytes") << QByteArray("abc") << quint64{0x78AF5F94892F3950};
    QTest::newRow("1000 zeros") << QByteArray(1000, '\0') << quint64{0x24C1EA6074DD588C};
}

void HashTest::knownValues() {
    QFETCH(QByteArray, bytes);
    QFETCH(quint64, expected);
    QCOMPARE(quint64{hash64(span(bytes))}, expected);
}

void HashTest::inParts() {
    const QByteArray bytes = someBytes(100'000);
    for (const std::size_t part : {std::size_t{1}, std::size_t{64}, std::size_t{257},
                                   std::size_t{4096}, std::size_t{100'000}}) {
        Hasher hasher;
        for (ByteSpan rest = span(bytes); !rest.empty();) {
            const std::size_t count = std::min(part, rest.size());
            hasher.add(rest.first(count));
            rest = rest.subspan(count);
            if (rest.size() == 50'000)
                QCOMPARE(hasher.value(), hash64(span(bytes).first(50'000)));
        }
        hasher.add({});
        QCOMPARE(hasher.value(), hash64(span(bytes)));
    }
}

QTEST_GUILESS_MAIN(HashTest)
#include "hash_test.moc"
