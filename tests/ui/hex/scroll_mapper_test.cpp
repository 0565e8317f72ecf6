#include "tests/support/test_seed.h"
#include "ui/hex/scroll_mapper.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using octavo::core::Offset;
using octavo::ui::ScrollMapper;

class ScrollMapperTest : public QObject {
    Q_OBJECT

private slots:
    void ends_data();
    void ends();
    void countsRowsWhereTheyFit_data();
    void countsRowsWhereTheyFit();
    void neverDecreases_data();
    void neverDecreases();
    void moves_data();
    void moves();
    void everyRowIsReachedByPages();
};

namespace {

constexpr qint64 kHugeRows = (qint64{1} << 59) + 1;
constexpr qint64 kLargest = octavo::core::kMaxLength;

void addSizes() {
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<int>("fullRows");
    QTest::newRow("one row") << qint64{1} << 30;
    QTest::newRow("just fits") << qint64{30} << 30;
    QTest::newRow("one too many") << qint64{31} << 30;
    QTest::newRow("ten rows, three seen") << qint64{10} << 3;
    QTest::newRow("a million") << qint64{1000000} << 40;
    QTest::newRow("last that counts rows") << (qint64{1} << 30) + 40 << 40;
    QTest::newRow("first that is scaled") << (qint64{1} << 30) + 41 << 40;
    QTest::newRow("a little scaled") << (qint64{1} << 30) * 3 + 7 << 40;
    QTest::newRow("1 TiB") << (qint64{1} << 36) + 1 << 55;
    QTest::newRow("2^63 - 1 bytes") << kHugeRows << 55;
    QTest::newRow("2^63 - 1 bytes, one row seen") << kHugeRows << 1;
}

}  // namespace

void ScrollMapperTest::ends_data() {
    addSizes();
}

void ScrollMapperTest::ends() {
    QFETCH(qint64, rows);
    QFETCH(int, fullRows);
    const ScrollMapper mapper(rows, fullRows);
    QCOMPARE(qint64{mapper.lastTop()}, std::max<qint64>(0, rows - fullRows));
    QVERIFY(mapper.range() <= ScrollMapper::kLargestRange);
    QCOMPARE(mapper.valueFor(0), 0);
    QCOMPARE(mapper.valueFor(mapper.lastTop()), mapper.range());
    QCOMPARE(mapper.topFor(0), Offset{0});
    QCOMPARE(mapper.topFor(mapper.range()), mapper.lastTop());
    QVERIFY(mapper.pageStep() >= 1);
    if (mapper.lastTop() >= 2) {
        // Only the ends themselves stand at the ends of the bar.
        QVERIFY(mapper.valueFor(1) > 0);
        QVERIFY(mapper.valueFor(mapper.lastTop() - 1) < mapper.range());
        QVERIFY(mapper.topFor(1) > 0);
        QVERIFY(mapper.topFor(mapper.range() - 1) < mapper.lastTop());
    }
}

void ScrollMapperTest::countsRowsWhereTheyFit_data() {
    QTest::addColumn<qint64>("rows");
    QTest::newRow("ten") << qint64{10};
    QTest::newRow("a thousand") << qint64{1000};
    QTest::newRow("2^30 positions") << (qint64{1} << 30) + 7;
}

void ScrollMapperTest::countsRowsWhereTheyFit() {
    QFETCH(qint64, rows);
    const ScrollMapper mapper(rows, 7);
    const Offset last = mapper.lastTop();
    for (const Offset top : {Offset{0}, Offset{1}, last / 3, last / 2, last - 1, last}) {
        QCOMPARE(mapper.topFor(mapper.valueFor(top)), top);
    }
    QCOMPARE(mapper.pageStep(), 7);
}

void ScrollMapperTest::neverDecreases_data() {
    addSizes();
}

void ScrollMapperTest::neverDecreases() {
    QFETCH(qint64, rows);
    QFETCH(int, fullRows);
    const ScrollMapper mapper(rows, fullRows);
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        std::vector<Offset> tops;
        std::vector<int> values;
        for (int i = 0; i < 2000; ++i) {
            std::uniform_int_distribution<Offset> anyTop(0, mapper.lastTop());
            std::uniform_int_distribution<int> anyValue(0, mapper.range());
            tops.push_back(anyTop(random));
            values.push_back(anyValue(random));
        }
        std::ranges::sort(tops);
        std::ranges::sort(values);
        QVERIFY(std::ranges::is_sorted(tops, {}, [&](Offset top) { return mapper.valueFor(top); }));
        QVERIFY(
            std::ranges::is_sorted(values, {}, [&](int value) { return mapper.topFor(value); }));
        // Dragging to where the bar already stands must not wander.
        for (const int value : values) {
            const Offset top = mapper.topFor(value);
            QVERIFY(std::abs(mapper.valueFor(top) - value) <= 1);
        }
    }
}

void ScrollMapperTest::moves_data() {
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("by");
    QTest::addColumn<qint64>("to");
    const qint64 last = kHugeRows - 40;
    QTest::newRow("down one") << qint64{5} << qint64{1} << qint64{6};
    QTest::newRow("up one") << qint64{5} << qint64{-1} << qint64{4};
    QTest::newRow("not above the top") << qint64{5} << qint64{-40} << qint64{0};
    QTest::newRow("one page at 2^58") << (qint64{1} << 58) << qint64{40} << (qint64{1} << 58) + 40;
    QTest::newRow("not past the end") << last - 3 << qint64{40} << last;
    QTest::newRow("largest number down") << last << kLargest << last;
    QTest::newRow("largest number up") << last << -kLargest << qint64{0};
}

void ScrollMapperTest::moves() {
    QFETCH(qint64, from);
    QFETCH(qint64, by);
    QFETCH(qint64, to);
    const ScrollMapper mapper(kHugeRows, 40);
    QCOMPARE(qint64{mapper.moved(from, by)}, to);
}

void ScrollMapperTest::everyRowIsReachedByPages() {
    // From both ends of the largest document: no drift, no row left out.
    const ScrollMapper mapper(kHugeRows, 40);
    Offset down = 0;
    Offset up = mapper.lastTop();
    for (Offset page = 1; page <= 1000; ++page) {
        down = mapper.moved(down, 40);
        up = mapper.moved(up, -40);
        QCOMPARE(down, page * 40);
        QCOMPARE(up, mapper.lastTop() - page * 40);
    }
}

QTEST_GUILESS_MAIN(ScrollMapperTest)
#include "scroll_mapper_test.moc"
