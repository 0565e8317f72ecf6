// Slots against a plain set of what is out: no two overlap, all keep what is written there, and
// memory goes back.
#include "core/content/node_pool.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <cstring>
#include <map>
#include <random>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

class NodePoolTest : public QObject {
    Q_OBJECT

private slots:
    void random_data();
    void random();
    void fromManyThreads();
};

void NodePoolTest::random_data() {
    QTest::addColumn<int>("size");
    QTest::newRow("small") << 16;
    QTest::newRow("a leaf") << 1056;
    QTest::newRow("a few to a region") << 500'000;
}

void NodePoolTest::random() {
    QFETCH(int, size);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 random(seed);
        NodePool pool(static_cast<std::size_t>(size));
        std::map<unsigned char*, unsigned char> out;
        for (int i = 0; i < 20'000; ++i) {
            // Grows, then shrinks to nothing, and so on.
            const bool takes = out.empty() || random() % 8 < (i / 2'000 % 2 == 0 ? 6U : 2U);
            if (takes && out.size() < (size > 10'000 ? 40U : 6'000U)) {
                auto* const slot = static_cast<unsigned char*>(pool.take());
                QVERIFY(reinterpret_cast<std::uintptr_t>(slot) % 16 == 0);
                const auto value = static_cast<unsigned char>(random());
                std::memset(slot, value, static_cast<std::size_t>(size));
                const auto behind = out.lower_bound(slot);
                QVERIFY(behind == out.end() || slot + size <= behind->first);
                QVERIFY(behind == out.begin() || std::prev(behind)->first + size <= slot);
                out.emplace(slot, value);
            } else {
                auto each = out.lower_bound(reinterpret_cast<unsigned char*>(random()));
                if (each == out.end())
                    each = out.begin();
                QCOMPARE(each->first[0], each->second);
                QCOMPARE(each->first[size - 1], each->second);
                pool.give(each->first);
                out.erase(each);
            }
        }
        for (const auto& [slot, value] : out)
            pool.give(slot);
    }
}

void NodePoolTest::fromManyThreads() {
    NodePool pool(1056);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&pool, t] {
            std::vector<unsigned char*> mine;
            for (int i = 0; i < 4'000; ++i) {
                mine.push_back(static_cast<unsigned char*>(pool.take()));
                *mine.back() = static_cast<unsigned char>(t);
                if (i % 3 == 2) {
                    const bool isMine = *mine.front() == t;
                    if (!isMine)
                        qFatal("a slot was given twice");
                    pool.give(mine.front());
                    mine.erase(mine.begin());
                }
            }
            for (unsigned char* slot : mine)
                pool.give(slot);
        });
    }
}

QTEST_GUILESS_MAIN(NodePoolTest)

#include "node_pool_test.moc"
