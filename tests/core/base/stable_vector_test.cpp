#include "core/base/stable_vector.h"

#include <QTest>

#include <atomic>
#include <numeric>
#include <thread>

using namespace octavo::core;

class StableVectorTest : public QObject {
    Q_OBJECT

private slots:
    void appendsOverChunkBorders_data();
    void appendsOverChunkBorders();
    void elementsNeverMove();
    void readersNeedNoLock();
};

void StableVectorTest::appendsOverChunkBorders_data() {
    QTest::addColumn<int>("step");
    for (const int step : {1, 3, 4, 5, 11, 12, 13, 28, 100, 999})
        QTest::addRow("%d at a time", step) << step;
}

void StableVectorTest::appendsOverChunkBorders() {
    QFETCH(int, step);
    StableVector<int, 4> vector;
    std::vector<int> model;
    while (model.size() < 2000) {
        std::vector<int> more(static_cast<std::size_t>(step));
        std::iota(more.begin(), more.end(), static_cast<int>(model.size()));
        QCOMPARE(vector.append(more), model.size());
        model.insert(model.end(), more.begin(), more.end());
        QCOMPARE(vector.size(), model.size());
    }
    for (std::size_t i = 0; i < model.size(); ++i)
        QCOMPARE(vector[i], model[i]);
    std::vector<int> part(500);
    for (const std::size_t from : {0UL, 1UL, 3UL, 4UL, 12UL, 13UL, 777UL, 1500UL}) {
        vector.copy(from, part);
        QVERIFY(std::equal(part.begin(), part.end(),
                           model.begin() + static_cast<std::ptrdiff_t>(from)));
    }
}

void StableVectorTest::elementsNeverMove() {
    StableVector<int, 4> vector;
    const int first = 42;
    vector.append({&first, 1});
    const int* address = &vector[0];
    for (int i = 0; i < 10000; ++i)
        vector.append({&i, 1});
    QCOMPARE(&vector[0], address);
    QCOMPARE(*address, 42);
}

void StableVectorTest::readersNeedNoLock() {
    StableVector<int, 4> vector;
    std::atomic<int> handedOver = 0;
    std::atomic<int> wrong = 0;
    constexpr int count = 20000;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 3; ++reader) {
        readers.emplace_back([&] {
            for (int seen = 0; seen < count; seen = handedOver.load(std::memory_order_acquire)) {
                if (seen > 0 && (vector[static_cast<std::size_t>(seen - 1)] != seen - 1 ||
                                 vector[static_cast<std::size_t>(seen / 2)] != seen / 2))
                    ++wrong;
            }
        });
    }
    for (int i = 0; i < count; ++i) {
        vector.append({&i, 1});
        handedOver.store(i + 1, std::memory_order_release);
    }
    for (std::thread& reader : readers)
        reader.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(StableVectorTest)

#include "stable_vector_test.moc"
