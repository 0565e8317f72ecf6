#include "core/base/result.h"
#include "tests/support/patience.h"
#include "ui/bridge/job.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <semaphore>

using octavo::core::Offset;
using octavo::core::Progress;
using octavo::ui::Job;

namespace {

constexpr std::chrono::seconds kLong{20};

/// Says where and that it was destroyed.
struct Witness {
    std::atomic<bool>* gone;
    explicit Witness(std::atomic<bool>* flag) : gone(flag) {}
    ~Witness() { *gone = true; }
};

}  // namespace

class JobTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(Job::waitAllIdle(kLong)); }
    void resultComesBackOnTheGuiThread();
    void moveOnlyResult();
    void progressIsPolled();
    void cancelReachesTheWork();
    void deadContextDropsTheResult();
    void stuckWorkIsLeftBehind();
    void contextMayDieInTheCallback();
    void jobDeletesItself();
    void jobsRunBesideEachOther();
};

void JobTest::resultComesBackOnTheGuiThread() {
    QThread* workThread = nullptr;
    QThread* doneThread = nullptr;
    int result = 0;
    Job* const job = Job::start(
        QStringLiteral("Adding"),
        [&](Progress&) {
            workThread = QThread::currentThread();
            return 41 + 1;
        },
        this,
        [&](int value) {
            doneThread = QThread::currentThread();
            result = value;
        });
    QCOMPARE(job->title(), QStringLiteral("Adding"));
    QVERIFY(job->isRunning());
    QCOMPARE(result, 0);
    QTRY_COMPARE(result, 42);
    QCOMPARE(doneThread, QThread::currentThread());
    QVERIFY(workThread != doneThread);
}

void JobTest::moveOnlyResult() {
    std::unique_ptr<int> result;
    Job::start(
        QString(), [](Progress&) { return std::make_unique<int>(7); }, this,
        [&](std::unique_ptr<int> value) { result = std::move(value); });
    QTRY_VERIFY(result);
    QCOMPARE(*result, 7);
}

void JobTest::progressIsPolled() {
    auto go = std::make_shared<std::binary_semaphore>(0);
    bool done = false;
    Job* const job = Job::start(
        QString(),
        [go](Progress& progress) {
            progress.setTotal(Offset{1} << 40);
            progress.setDone(Offset{1} << 39);
            go->acquire();
            return true;
        },
        this, [&](bool value) { done = value; });
    QSignalSpy progressed(job, &Job::progressed);
    QTRY_VERIFY(job->total() == Offset{1} << 40 && job->done() == Offset{1} << 39);
    QTRY_VERIFY(progressed.count() >= 2);
    QVERIFY(!done);
    go->release();
    QTRY_VERIFY(done);
}

void JobTest::cancelReachesTheWork() {
    bool done = false;
    Job* const job = Job::start(
        QString(),
        [](Progress& progress) {
            while (!progress.isCancelled())
                QThread::yieldCurrentThread();
            return true;
        },
        this, [&](bool cancelled) { done = cancelled; });
    QSignalSpy wanted(job, &Job::cancelWanted);
    job->cancel();
    job->cancel();
    QCOMPARE(wanted.count(), 1);
    QVERIFY(job->isCancelled());
    QTRY_VERIFY(done);
}

void JobTest::deadContextDropsTheResult() {
    auto go = std::make_shared<std::binary_semaphore>(0);
    auto begun = std::make_shared<std::binary_semaphore>(0);
    std::atomic<bool> resultGone = false;
    bool delivered = false;
    auto context = std::make_unique<QObject>();
    Job::start(
        QString(),
        [go, begun, &resultGone](Progress& progress) {
            begun->release();
            go->acquire();
            Q_ASSERT(progress.isCancelled());
            return std::make_shared<Witness>(&resultGone);
        },
        context.get(), [&](const std::shared_ptr<Witness>&) { delivered = true; });
    begun->acquire();
    context.reset();
    go->release();
    QTRY_VERIFY(resultGone);
    QCoreApplication::processEvents();
    QVERIFY(!delivered);
}

void JobTest::stuckWorkIsLeftBehind() {
    auto go = std::make_shared<std::binary_semaphore>(0);
    auto begun = std::make_shared<std::binary_semaphore>(0);
    auto context = std::make_unique<QObject>();
    Job::start(
        QString(),
        [go, begun](Progress&) {
            begun->release();
            go->acquire();
            return true;
        },
        context.get(), [](bool) {});
    begun->acquire();
    // Would never return if it waited for the work.
    context.reset();
    QVERIFY(!Job::waitAllIdle(std::chrono::milliseconds(1)));
    go->release();
    QVERIFY(Job::waitAllIdle(kLong));
}

void JobTest::contextMayDieInTheCallback() {
    auto context = std::make_unique<QObject>();
    bool delivered = false;
    Job::start(
        QString(), [](Progress&) { return 1; }, context.get(),
        [&](int) {
            context.reset();
            delivered = true;
        });
    QTRY_VERIFY(delivered);
}

void JobTest::jobDeletesItself() {
    Job* const job = Job::start(
        QString(), [](Progress&) { return 1; }, this, [](int) {});
    QSignalSpy finished(job, &Job::finished);
    QSignalSpy destroyed(job, &QObject::destroyed);
    QTRY_COMPARE(destroyed.count(), 1);
    QCOMPARE(finished.count(), 1);
}

void JobTest::jobsRunBesideEachOther() {
    auto first = std::make_shared<std::binary_semaphore>(0);
    int done = 0;
    // The first can only end after the second has run.
    Job::start(
        QString(),
        [first](Progress&) {
            first->acquire();
            return 1;
        },
        this, [&](int) { ++done; });
    Job::start(
        QString(),
        [first](Progress&) {
            first->release();
            return 1;
        },
        this, [&](int) { ++done; });
    QTRY_COMPARE(done, 2);
}

QTEST_MAIN(JobTest)
#include "job_test.moc"
