#include "core/content/extent_map.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

class ExtentMapTest : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void identityHoldsAnyLength();
    void joinsWhatGoesOn();
    void agreesWithAPlainArray();
};

void ExtentMapTest::finds_data() {
    QTest::addColumn<qint64>("at");
    QTest::addColumn<qint64>("asked");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("to");  // -1: nowhere
    QTest::newRow("before the first run") << qint64{0} << qint64{100} << qint64{10} << qint64{-1};
    QTest::newRow("before it, less") << qint64{3} << qint64{2} << qint64{2} << qint64{-1};
    QTest::newRow("at its beginning") << qint64{10} << qint64{100} << qint64{5} << qint64{50};
    QTest::newRow("inside") << qint64{12} << qint64{2} << qint64{2} << qint64{52};
    QTest::newRow("its last byte") << qint64{14} << qint64{100} << qint64{1} << qint64{54};
    QTest::newRow("right behind it, in the next")
        << qint64{15} << qint64{9} << qint64{5} << qint64{0};
    QTest::newRow("between two runs") << qint64{20} << qint64{100} << qint64{80} << qint64{-1};
    QTest::newRow("behind the last") << qint64{110} << qint64{7} << qint64{7} << qint64{-1};
    QTest::newRow("at the end of all")
        << qint64{kMaxLength - 1} << qint64{1} << qint64{1} << qint64{-1};
}

void ExtentMapTest::finds() {
    QFETCH(qint64, at);
    QFETCH(qint64, asked);
    QFETCH(qint64, length);
    QFETCH(qint64, to);
    ExtentMap map;
    map.add({{10}, 5}, {50});
    map.add({{15}, 5}, {0});
    map.add({{20}, 0}, {7});  // empty: as if it had not been said
    map.add({{100}, 10}, {200});
    const ExtentMap::Place place = map.find({at}, asked);
    QCOMPARE(place.length, Offset{length});
    QCOMPARE(place.to ? place.to->value : -1, Offset{to});
}

void ExtentMapTest::identityHoldsAnyLength() {
    const ExtentMap map = ExtentMap::identity();
    for (const Offset at : {Offset{0}, Offset{1} << 31, Offset{1} << 32, kMaxLength - 1}) {
        const ExtentMap::Place place = map.find({at}, kMaxLength - at);
        QCOMPARE(place.length, kMaxLength - at);
        QCOMPARE(place.to->value, at);
    }
}

void ExtentMapTest::joinsWhatGoesOn() {
    ExtentMap map;
    map.add({{0}, 5}, {1});
    map.add({{5}, 5}, {6});
    map.add({{10}, 5}, {12});  // goes on in the old file only
    map.add({{16}, 5}, {17});  // in the new one only
    QCOMPARE(map.runs(),
             (std::vector<ExtentMap::Run>{{{{0}, 10}, {1}}, {{{10}, 5}, {12}}, {{{16}, 5}, {17}}}));
}

void ExtentMapTest::agreesWithAPlainArray() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset end) {
            return std::uniform_int_distribution<Offset>(0, end - 1)(engine);
        };
        constexpr Offset kSize = 500;
        for (int round = 0; round < scaled(50); ++round) {
            std::vector<Offset> model(kSize, -1);
            ExtentMap map;
            for (Offset at = below(20); at < kSize;) {
                const Offset length = std::min(below(30) + 1, kSize - at);
                const Offset to = below(3) == 0 ? at + 7 : below(1000);
                map.add({{at}, length}, {to});
                for (Offset i = 0; i < length; ++i)
                    model[static_cast<std::size_t>(at + i)] = to + i;
                at += length + (below(2) == 0 ? 0 : below(20));
            }
            for (Offset at = 0; at < kSize;) {
                const ExtentMap::Place place = map.find({at}, below(40) + 1);
                QVERIFY(place.length > 0);
                for (Offset i = 0; i < place.length && at + i < kSize; ++i)
                    QCOMPARE(place.to ? place.to->value + i : -1,
                             model[static_cast<std::size_t>(at + i)]);
                at += place.length;
            }
        }
    }
}

QTEST_GUILESS_MAIN(ExtentMapTest)

#include "extent_map_test.moc"
