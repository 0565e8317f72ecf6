#include "tests/support/patience.h"
#include "ui/panels/job_indicator.h"

#include <QAbstractButton>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>

using octavo::core::Progress;
using octavo::ui::Job;
using octavo::ui::JobIndicator;

namespace {

/// Runs until it is let go or cancelled.
Job* startWaiting(const QString& title, const std::shared_ptr<std::atomic<bool>>& go,
                  QObject* context) {
    return Job::start(
        title,
        [go](Progress& progress) {
            progress.setTotal(200);
            progress.setDone(50);
            while (!*go && !progress.isCancelled())
                QThread::msleep(1);
            return progress.isCancelled();
        },
        context, [](bool) {});
}

}  // namespace

class JobIndicatorTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(Job::waitAllIdle(std::chrono::seconds(20))); }
    void shortWorkIsNeverSeen();
    void longWorkIsShownWithItsProgress();
    void longTitleMakesPlace();
    void cancelStopsIt();
    void theOneBeforeComesBack();
    void abandonedJobIsForgotten();
};

void JobIndicatorTest::shortWorkIsNeverSeen() {
    JobIndicator indicator;
    auto go = std::make_shared<std::atomic<bool>>(true);
    Job* const job = startWaiting("Short", go, this);
    indicator.watch(job);
    QVERIFY(indicator.isHidden());
    QSignalSpy gone(job, &QObject::destroyed);
    QTRY_COMPARE(gone.count(), 1);
    QTest::qWait(JobIndicator::kPatienceMs + 100);
    QVERIFY(indicator.isHidden());
}

void JobIndicatorTest::longWorkIsShownWithItsProgress() {
    JobIndicator indicator;
    auto go = std::make_shared<std::atomic<bool>>(false);
    indicator.watch(startWaiting("Writing a file", go, this));
    QVERIFY(indicator.isHidden());
    QTRY_VERIFY(indicator.isVisible());
    QCOMPARE(indicator.findChild<QLabel*>()->text(), QStringLiteral("Writing a file"));
    auto* const progress = indicator.findChild<QProgressBar*>();
    QTRY_COMPARE(progress->value() * 4, progress->maximum());
    const auto figures = [&] { return indicator.findChildren<QLabel*>().last()->text(); };
    QCOMPARE(figures().left(22), QStringLiteral("50 bytes of 200 bytes"));
    // It stands at a quarter, so that three times what has passed is left, and more.
    QTRY_VERIFY(figures().endsWith(" s left"));
    *go = true;
    QTRY_VERIFY(indicator.isHidden());
}

void JobIndicatorTest::longTitleMakesPlace() {
    JobIndicator indicator;
    auto go = std::make_shared<std::atomic<bool>>(false);
    indicator.watch(startWaiting("Writing " + QString(300, 'W'), go, this));
    QTRY_VERIFY(indicator.isVisible());
    auto* const title = indicator.findChild<QLabel*>();
    QVERIFY(indicator.sizeHint().width() > 1000);
    QVERIFY(indicator.minimumSizeHint().width() < 400);
    QCOMPARE(title->toolTip(), title->text());
    *go = true;
    QTRY_VERIFY(indicator.isHidden());
}

void JobIndicatorTest::cancelStopsIt() {
    JobIndicator indicator;
    auto go = std::make_shared<std::atomic<bool>>(false);
    Job* const job = startWaiting("Endless", go, this);
    indicator.watch(job);
    QTRY_VERIFY(indicator.isVisible());
    QTest::mouseClick(indicator.findChild<QAbstractButton*>(), Qt::LeftButton);
    QVERIFY(job->isCancelled());
    QTRY_VERIFY(indicator.isHidden());
}

void JobIndicatorTest::theOneBeforeComesBack() {
    JobIndicator indicator;
    auto first = std::make_shared<std::atomic<bool>>(false);
    auto second = std::make_shared<std::atomic<bool>>(false);
    indicator.watch(startWaiting("First", first, this));
    indicator.watch(startWaiting("Second", second, this));
    auto* const title = indicator.findChild<QLabel*>();
    QTRY_VERIFY(indicator.isVisible());
    QCOMPARE(title->text(), QStringLiteral("Second"));
    *second = true;
    QTRY_COMPARE(title->text(), QStringLiteral("First"));
    QVERIFY(indicator.isVisible());
    *first = true;
    QTRY_VERIFY(indicator.isHidden());
}

void JobIndicatorTest::abandonedJobIsForgotten() {
    JobIndicator indicator;
    auto go = std::make_shared<std::atomic<bool>>(false);
    auto context = std::make_unique<QObject>();
    indicator.watch(startWaiting("Abandoned", go, context.get()));
    QTRY_VERIFY(indicator.isVisible());
    context.reset();
    QVERIFY(indicator.isHidden());
}

QTEST_MAIN(JobIndicatorTest)
#include "job_indicator_test.moc"
