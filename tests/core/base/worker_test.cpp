#include "core/base/worker.h"

#include <QTest>

#include <atomic>
#include <future>
#include <vector>

using namespace octavo::core;
using namespace std::chrono_literals;

class WorkerTest : public QObject {
    Q_OBJECT

private slots:
    void runsInOrder();
    void clearDropsWhatHasNotBegun();
    void goesWithoutWaitingForAStuckTask();
    void destructionDropsTheQueue();
};

void WorkerTest::runsInOrder() {
    const auto seen = std::make_shared<std::vector<int>>();
    Worker worker("test");
    for (int i = 0; i < 100; ++i)
        worker.post([seen, i] { seen->push_back(i); });
    QVERIFY(worker.waitIdle(10s));
    QCOMPARE(seen->size(), std::size_t{100});
    QVERIFY(std::is_sorted(seen->begin(), seen->end()));
}

void WorkerTest::clearDropsWhatHasNotBegun() {
    const auto release = std::make_shared<std::promise<void>>();
    const auto begun = std::make_shared<std::promise<void>>();
    const auto ran = std::make_shared<std::atomic<int>>(0);
    Worker worker("test");
    worker.post([=, wait = release->get_future().share()] {
        begun->set_value();
        wait.wait();
    });
    begun->get_future().wait();
    for (int i = 0; i < 10; ++i)
        worker.post([ran] { ++*ran; });
    worker.clear();
    release->set_value();
    QVERIFY(worker.waitIdle(10s));
    QCOMPARE(ran->load(), 0);
    worker.post([ran] { ++*ran; });
    QVERIFY(worker.waitIdle(10s));
    QCOMPARE(ran->load(), 1);
}

void WorkerTest::goesWithoutWaitingForAStuckTask() {
    const auto release = std::make_shared<std::promise<void>>();
    const auto begun = std::make_shared<std::promise<void>>();
    const auto done = std::make_shared<std::promise<void>>();
    {
        Worker worker("stuck");
        worker.post([=, wait = release->get_future().share()] {
            begun->set_value();
            wait.wait();
            done->set_value();
        });
        begun->get_future().wait();
        QVERIFY(!worker.waitIdle(1ms));
    }
    // The worker is gone and its task still waits; it ends on its own when it can.
    std::future<void> ended = done->get_future();
    QCOMPARE(ended.wait_for(0s), std::future_status::timeout);
    release->set_value();
    ended.wait();
}

void WorkerTest::destructionDropsTheQueue() {
    const auto release = std::make_shared<std::promise<void>>();
    const auto begun = std::make_shared<std::promise<void>>();
    std::weak_ptr<int> held;
    {
        Worker worker("test");
        worker.post([=, wait = release->get_future().share()] {
            begun->set_value();
            wait.wait();
        });
        begun->get_future().wait();
        const auto owned = std::make_shared<int>(1);
        held = owned;
        worker.post([owned] { QFAIL("a dropped task ran"); });
    }
    QVERIFY(held.expired());
    release->set_value();
}

QTEST_GUILESS_MAIN(WorkerTest)

#include "worker_test.moc"
