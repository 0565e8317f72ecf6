#include "core/search/hit_store.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr std::size_t kAny = 100'000;

/// Hits as they come from the search that a row names.
std::vector<Hit> hitsOf(const std::string& shape, std::size_t count, std::mt19937_64& random) {
    std::vector<Hit> hits;
    Offset offset = 0;
    const auto upTo = [&](Offset most) {
        return std::uniform_int_distribution<Offset>(0, most)(random);
    };
    for (std::size_t i = 0; i < count; ++i) {
        Hit hit{offset, 4};
        if (shape == "far apart")
            hit.offset = offset + upTo(Offset{1} << 40);
        else if (shape == "near")
            hit.offset = offset + upTo(100);
        else if (shape == "of any length")
            hit = {offset + upTo(300), upTo(5000), static_cast<std::uint8_t>(upTo(2)),
                   upTo(9) == 0};
        else if (shape == "empty")
            hit = {offset + upTo(3), 0};
        else if (shape == "overlapping")
            hit = {offset, 200};
        else if (shape == "runs broken now and then")
            hit.offset = offset + 7 + (upTo(700) == 0 ? 1 : 0);
        else if (shape == "runs of several lengths")
            hit.length = 1 + static_cast<Offset>(i / 1000);
        hits.push_back(hit);
        offset = hit.offset + (shape == "overlapping" ? 1 : std::max<Offset>(hit.length, 1));
    }
    return hits;
}

std::vector<Hit> meeting(const std::vector<Hit>& hits, Extent extent) {
    std::vector<Hit> found;
    for (const Hit& hit : hits) {
        if (hit.offset < extent.end() && (hit.end() > extent.offset || hit.offset >= extent.offset))
            found.push_back(hit);
    }
    return found;
}

}  // namespace

class HitStoreTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { testSeeds(); }
    void keeps_data();
    void keeps();
    void runsAreOne();
    void endsOfNumbers();
    void stopsAtBudget();
    void takesNothingWhenClosed();
    void holdsAHundredMillion();
    void readsWhileWriting();
};

void HitStoreTest::keeps_data() {
    QTest::addColumn<QString>("shape");
    QTest::addColumn<int>("count");
    for (const char* shape : {"side by side", "far apart", "near", "of any length", "empty",
                              "overlapping", "runs broken now and then", "runs of several lengths"})
        for (const int count : {0, 1, 2, 255, 256, 257, 511, 513, 5000})
            QTest::addRow("%d %s", count, shape) << shape << count;
}

void HitStoreTest::keeps() {
    QFETCH(QString, shape);
    QFETCH(int, count);
    std::mt19937_64 random(freshSeed());
    const std::vector<Hit> hits =
        hitsOf(shape.toStdString(), static_cast<std::size_t>(count), random);
    HitStore store;
    for (const Hit& hit : hits)
        QVERIFY(store.add(hit));
    QCOMPARE(store.size(), hits.size());
    QVERIFY(store.from(0, kAny) == hits);
    QVERIFY(store.from(hits.size(), kAny).empty());
    QVERIFY(store.from(0, 0).empty());
    QVERIFY(!store.at(hits.size()));
    QCOMPARE(store.firstFrom(kMaxLength), hits.size());
    QCOMPARE(store.firstFrom(0), 0U);
    for (int i = 0; i < 300 && !hits.empty(); ++i) {
        const auto number = static_cast<std::size_t>(random() % hits.size());
        const Hit& hit = hits[number];
        QVERIFY(store.at(number) == hit);
        const std::vector<Hit> some = store.from(number, 3);
        QVERIFY(std::ranges::equal(
            some, std::span(hits).subspan(number, std::min<std::size_t>(3, hits.size() - number))));
        for (const Offset offset :
             {hit.offset, hit.offset + 1, std::max<Offset>(hit.offset - 1, 0)}) {
            const auto first =
                std::ranges::lower_bound(hits, offset, {}, &Hit::offset) - hits.begin();
            QCOMPARE(store.firstFrom(offset), static_cast<std::uint64_t>(first));
        }
        // Without what kReach leaves out: hits here are shorter, or do not overlap.
        for (const Extent extent : {Extent{hit.offset, 1}, Extent{hit.offset + hit.length / 2, 64},
                                    Extent{hit.end(), 500}})
            QVERIFY(store.meeting(extent, kAny) == meeting(hits, extent));
    }
}

void HitStoreTest::runsAreOne() {
    HitStore store;
    const std::size_t before = store.memory();
    constexpr std::uint64_t kMany = 1'000'000;
    for (std::uint64_t i = 0; i < kMany; ++i)
        QVERIFY(store.add({static_cast<Offset>(i) * 4096, 4}));
    QCOMPARE(store.size(), kMany);
    QVERIFY(store.memory() - before < 1000);
    QCOMPARE(store.at(999'999)->offset, Offset{999'999} * 4096);
    QCOMPARE(store.firstFrom(Offset{500'000} * 4096 + 1), 500'001U);
}

// Runs whose next hit would have no number.
void HitStoreTest::endsOfNumbers() {
    HitStore store;
    for (Offset i = 0; i < 2 * Offset(HitStore::kBlock); ++i)
        QVERIFY(store.add({i * (Offset{1} << 54), 4096}));
    QVERIFY(store.add({kMaxLength, 0}));
    QCOMPARE(store.size(), 2 * HitStore::kBlock + 1);
    QCOMPARE(store.firstFrom(kMaxLength), 2 * HitStore::kBlock);
    QCOMPARE(store.firstFrom(kMaxLength - 1), 2 * HitStore::kBlock);
    QCOMPARE(store.firstFrom(1), 1U);
    QCOMPARE(store.at(511)->offset, 511 * (Offset{1} << 54));
}

void HitStoreTest::stopsAtBudget() {
    std::mt19937_64 random(freshSeed());
    const std::vector<Hit> hits = hitsOf("near", 1'000'000, random);
    constexpr std::size_t kSmall = std::size_t{1} << 20U;
    HitStore store(kSmall);
    std::size_t added = 0;
    while (added < hits.size() && store.add(hits[added]))
        ++added;
    QVERIFY(store.isFull());
    QVERIFY(!store.add(hits.back()));
    QVERIFY(store.memory() <= kSmall);
    QVERIFY2(added > kSmall / 3, qPrintable(QString::number(added)));
    QCOMPARE(store.size(), added);
    QVERIFY(store.from(added - 10, kAny) ==
            std::vector(hits.begin() + static_cast<std::ptrdiff_t>(added) - 10,
                        hits.begin() + static_cast<std::ptrdiff_t>(added)));
}

void HitStoreTest::takesNothingWhenClosed() {
    HitStore store;
    QVERIFY(store.add({1, 1}));
    store.close();
    QVERIFY(!store.add({2, 1}));
    QCOMPARE(store.size(), 1U);
}

// As of three letters in a text: far enough for two bytes each. A tenth of them in a tenth of the
// room, as a hundred million take minutes under a sanitizer.
void HitStoreTest::holdsAHundredMillion() {
    HitStore store(HitStore::kBudget / 10);
    constexpr std::uint64_t kMany = 100'000'000 / 10;
    std::uint64_t state = 1;
    Offset offset = 0;
    std::uint64_t added = 0;
    for (; added < kMany; ++added) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        offset += 3 + static_cast<Offset>(state >> 52U);
        if (!store.add({offset, 3}))
            break;
    }
    QCOMPARE(added, kMany);
    QCOMPARE(store.at(kMany - 1)->offset, offset);
    QVERIFY(store.memory() < HitStore::kBudget / 10);
}

void HitStoreTest::readsWhileWriting() {
    std::mt19937_64 random(freshSeed());
    const std::vector<Hit> hits = hitsOf("runs broken now and then", 60'000, random);
    HitStore store;
    std::atomic<bool> isDone = false;
    std::thread writer([&] {
        for (const Hit& hit : hits)
            store.add(hit);
        isDone = true;
    });
    bool isRight = true;
    while (!isDone) {
        const std::uint64_t size = store.size();
        const std::uint64_t first = size > 10 ? size - 10 : 0;
        const std::vector<Hit> some = store.from(first, 10);
        isRight =
            isRight && some.size() >= size - first &&
            std::equal(some.begin(), some.end(), hits.begin() + static_cast<std::ptrdiff_t>(first));
    }
    writer.join();
    QVERIFY(isRight);
    QVERIFY(store.from(0, kAny) == hits);
}

QTEST_GUILESS_MAIN(HitStoreTest)
#include "hit_store_test.moc"
