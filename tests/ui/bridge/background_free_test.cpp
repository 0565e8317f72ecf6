#include "tests/support/patience.h"
#include "ui/bridge/background_free.h"

#include <QTest>
#include <QThread>

#include <atomic>

namespace {

std::atomic<QThread*> freedOn = nullptr;

struct Slow {
    Slow() = default;
    Slow(Slow&& other) noexcept : isLast(std::exchange(other.isLast, false)) {}
    ~Slow() {
        if (isLast) {
            freedOn = QThread::currentThread();
        }
    }
    bool isLast = true;
};

}  // namespace

class BackgroundFreeTest : public QObject {
    Q_OBJECT

private slots:
    void init() { freedOn = nullptr; }
    void theLastOwnerDoesNotWait();
    void sharedObjects();
};

void BackgroundFreeTest::theLastOwnerDoesNotWait() {
    auto first = octavo::ui::freedInBackground(Slow());
    auto second = first;
    first.reset();
    QTest::qWait(20);
    QCOMPARE(freedOn.load(), nullptr);
    second.reset();
    QTRY_VERIFY(freedOn.load() != nullptr);
    QVERIFY(freedOn.load() != QThread::currentThread());
}

void BackgroundFreeTest::sharedObjects() {
    octavo::ui::freeInBackground(std::make_shared<Slow>());
    QTRY_VERIFY(freedOn.load() != nullptr);
    QVERIFY(freedOn.load() != QThread::currentThread());
}

QTEST_GUILESS_MAIN(BackgroundFreeTest)
#include "background_free_test.moc"
