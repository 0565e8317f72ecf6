#include "ui/bookmarks/file_turn.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

using octavo::ui::FileTurn;

class FileTurnTest : public QObject {
    Q_OBJECT

private slots:
    void inTheOrderTheyWereTaken();
    void oneThatIsDroppedHoldsUpNobody();
    void otherFilesDoNotWait();
};

void FileTurnTest::inTheOrderTheyWereTaken() {
    constexpr int kCount = 50;
    std::vector<std::shared_ptr<FileTurn>> turns;
    for (int i = 0; i < kCount; ++i) {
        turns.push_back(FileTurn::take("/a"));
    }
    std::mutex mutex;
    std::vector<int> order;
    std::vector<std::thread> threads;
    // Started the other way round.
    for (int i = kCount - 1; i >= 0; --i) {
        threads.emplace_back(
            [&mutex, &order, i, turn = std::move(turns[static_cast<std::size_t>(i)])]() mutable {
                turn->wait();
                {
                    const std::lock_guard lock(mutex);
                    order.push_back(i);
                }
                turn = nullptr;
            });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (int i = 0; i < kCount; ++i) {
        QCOMPARE(order[static_cast<std::size_t>(i)], i);
    }
}

void FileTurnTest::oneThatIsDroppedHoldsUpNobody() {
    auto first = FileTurn::take("/a");
    auto second = FileTurn::take("/a");
    const auto third = FileTurn::take("/a");
    std::atomic<bool> isOver = false;
    std::thread waiting([&] {
        third->wait();
        isOver = true;
    });
    second = nullptr;
    QVERIFY(!isOver);
    first = nullptr;
    waiting.join();
    QVERIFY(isOver);
}

void FileTurnTest::otherFilesDoNotWait() {
    const auto first = FileTurn::take("/a");
    FileTurn::take("/b")->wait();
    first->wait();
}

QTEST_GUILESS_MAIN(FileTurnTest)
#include "file_turn_test.moc"
