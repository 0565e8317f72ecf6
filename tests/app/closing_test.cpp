#include "app/window_list.h"
#include "tests/app/window_fixture.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/patience.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTimer>

#include <array>
#include <semaphore>

using namespace octavo;
using app::ActionId;
using app::CloseAnswer;
using octavo::test::FaultFileSystem;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

class ClosingTest : public QObject {
    Q_OBJECT

private slots:
    void withoutChangesNothingIsAsked();
    void pendingChangesAreAskedFor_data();
    void pendingChangesAreAskedFor();
    void failedSaveKeepsTheWindow();
    void untitledIsAskedForAName();
    void givingUpTheNameKeepsTheWindow();
    void closingWhileWriting_data();
    void closingWhileWriting();
    void savedUnderAnOpenDialog_data();
    void savedUnderAnOpenDialog();
    void waitingKeepsTheCloseThatWasAskedFor_data();
    void waitingKeepsTheCloseThatWasAskedFor();
    void quitClosesAllWindows();
    void quitStopsAtANo();
    void quitGoesOnAfterASave();
    void realQuestion_data();
    void realQuestion();
};

void ClosingTest::withoutChangesNothingIsAsked() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window);
    QCOMPARE(fixture.dialogs.asked, 0);
}

void ClosingTest::pendingChangesAreAskedFor_data() {
    QTest::addColumn<CloseAnswer>("answer");
    QTest::addColumn<bool>("closed");
    QTest::addColumn<QByteArray>("onDisk");
    QTest::newRow("save") << CloseAnswer::Save << true << QByteArray("\xFF\x31\x32\x33");
    QTest::newRow("discard") << CloseAnswer::Discard << true << QByteArray("0123");
    QTest::newRow("cancel") << CloseAnswer::Cancel << false << QByteArray("0123");
}

void ClosingTest::pendingChangesAreAskedFor() {
    QFETCH(CloseAnswer, answer);
    QFETCH(bool, closed);
    QFETCH(QByteArray, onDisk);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.dialogs.closeAnswer = answer;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.dialogs.asked, 1);
    QVERIFY(fixture.dialogs.lastPending.contains("1 change"));
    if (closed)
        QTRY_VERIFY(!fixture.window);
    QCOMPARE(fixture.window.isNull(), closed);
    QCOMPARE(TestFolder::read(path), onDisk);
    if (!closed)
        QCOMPARE(fixture.content(), QByteArray("\xFF\x31\x32\x33"));
}

void ClosingTest::failedSaveKeepsTheWindow() {
    FaultFileSystem disk;
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    disk.setPlan({.failAt = 1, .failCount = 1'000'000, .ofEveryThread = true});
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY(fixture.window);
    QVERIFY2(fixture.message("save").contains("disk is full"), qPrintable(fixture.message("save")));
    QCOMPARE(TestFolder::read(path), QByteArray("0123"));

    // The next time it works, by the link in the bar; and then the window stays.
    disk.setPlan({});
    QVERIFY(fixture.follow("Try again"));
    QTRY_COMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    QVERIFY(fixture.window);
    QVERIFY(fixture.message("save").isEmpty());
}

void ClosingTest::untitledIsAskedForAName() {
    WindowFixture fixture;
    fixture.key(Qt::Key_N, Qt::ControlModifier);
    fixture.type("CAFE");
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    fixture.dialogs.saveAnswer = fixture.folder.path("new.bin");
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window);
    QCOMPARE(fixture.dialogs.asked, 2);
    QCOMPARE(TestFolder::read(fixture.folder.path("new.bin")), QByteArray::fromHex("cafe"));
}

void ClosingTest::givingUpTheNameKeepsTheWindow() {
    WindowFixture fixture;
    fixture.run(ActionId::New);
    fixture.type("CAFE");
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.dialogs.asked, 2);
    QCoreApplication::processEvents();
    QVERIFY(fixture.window);
    QCOMPARE(fixture.content(), QByteArray::fromHex("cafe"));
}

void ClosingTest::closingWhileWriting_data() {
    QTest::addColumn<bool>("leave");
    QTest::newRow("wait") << false;
    QTest::newRow("leave") << true;
}

void ClosingTest::closingWhileWriting() {
    QFETCH(bool, leave);
    FaultFileSystem disk;
    auto go = std::make_shared<std::binary_semaphore>(0);
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    disk.setBeforeWrite([go] {
        go->acquire();
        go->release();
    });
    fixture.type("FF");
    fixture.key(Qt::Key_S, Qt::ControlModifier);
    QVERIFY(fixture.document().saver().isRunning());
    fixture.dialogs.leaveAnswer = leave;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.dialogs.asked, 1);
    if (leave) {
        QTRY_VERIFY(!fixture.window);
        go->release();
        QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
        return;
    }
    QVERIFY(fixture.window);
    go->release();
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
}

void ClosingTest::savedUnderAnOpenDialog_data() {
    QTest::addColumn<bool>("menu");
    QTest::newRow("open files") << false;
    QTest::newRow("context menu") << true;
}

void ClosingTest::savedUnderAnOpenDialog() {
    QFETCH(bool, menu);
    FaultFileSystem disk;
    auto go = std::make_shared<std::binary_semaphore>(0);
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    disk.setBeforeWrite([go] {
        go->acquire();
        go->release();
    });
    fixture.type("FF");
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(fixture.document().saver().isRunning());

    // The write ends while something stands on the window, and the window outlives that.
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    bool outlived = false;
    const auto isOver = [&] {
        go->release();
        outlived = fixture.window != nullptr;
        return !finished.isEmpty();
    };
    if (menu) {
        QTimer::singleShot(0, this, [&] {
            QVERIFY(QTest::qWaitFor(isOver, octavo::test::kPatienceMs));
            QTest::qWait(20);
            outlived = fixture.window != nullptr;
            QVERIFY(QApplication::activePopupWidget());
            QApplication::activePopupWidget()->close();
        });
        emit fixture.view().contextMenuWanted(fixture.window->mapToGlobal(QPoint(40, 120)));
    } else {
        fixture.dialogs.holdUntil = isOver;
        fixture.run(ActionId::Open);
    }
    QVERIFY(outlived);
    QTRY_VERIFY(!fixture.window);
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
}

void ClosingTest::waitingKeepsTheCloseThatWasAskedFor_data() {
    QTest::addColumn<bool>("quit");
    QTest::addColumn<bool>("endsMeanwhile");
    QTest::newRow("close, written while it is asked") << false << true;
    QTest::newRow("close, written after it") << false << false;
    QTest::newRow("quit, written while it is asked") << true << true;
    QTest::newRow("quit, written after it") << true << false;
}

void ClosingTest::waitingKeepsTheCloseThatWasAskedFor() {
    QFETCH(bool, quit);
    QFETCH(bool, endsMeanwhile);
    FaultFileSystem disk;
    auto go = std::make_shared<std::binary_semaphore>(0);
    WindowFixture fixture(disk);
    const QPointer<app::MainWindow> other = fixture.showWindow();
    fixture.openNew("a.bin", "0123");
    disk.setBeforeWrite([go] {
        go->acquire();
        go->release();
    });
    fixture.document().setFocus();
    fixture.window->activateWindow();
    fixture.document().document().overwrite({0}, std::array{core::Byte{0xFF}}).ok();
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    fixture.run(quit ? ActionId::Quit : ActionId::Close);
    QVERIFY(fixture.document().saver().isRunning());

    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    if (endsMeanwhile)
        fixture.dialogs.holdUntil = [&] {
            go->release();
            return !finished.isEmpty();
        };
    fixture.dialogs.leaveAnswer = false;
    fixture.run(quit ? ActionId::Quit : ActionId::Close);
    QCOMPARE(fixture.dialogs.asked, 2);
    go->release();
    QTRY_VERIFY(!fixture.window);
    if (quit)
        QTRY_VERIFY(!other);
    QCOMPARE(other.isNull(), quit);
}

void ClosingTest::quitClosesAllWindows() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    const QPointer<app::MainWindow> second = fixture.showWindow();
    QTest::keyClick(second, Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window && !second);
}

void ClosingTest::quitStopsAtANo() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.dialogs.closeAnswer = CloseAnswer::Cancel;
    fixture.run(ActionId::Quit);
    QCoreApplication::processEvents();
    QVERIFY(fixture.window);
    QVERIFY(!fixture.environment.quitting);
}

void ClosingTest::quitGoesOnAfterASave() {
    WindowFixture fixture;
    const std::string first = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    const QPointer<app::MainWindow> firstWindow = fixture.window;
    fixture.window = fixture.showWindow();
    const std::string second = fixture.openNew("b.bin", "4567");
    fixture.type("EE");
    fixture.dialogs.closeAnswer = CloseAnswer::Save;
    fixture.run(ActionId::Quit);
    QTRY_VERIFY(!firstWindow && !fixture.window);
    QCOMPARE(TestFolder::read(first), QByteArray("\xFF\x31\x32\x33"));
    QCOMPARE(TestFolder::read(second), QByteArray("\xEE\x35\x36\x37"));
    QCOMPARE(fixture.dialogs.asked, 2);
}

void ClosingTest::realQuestion_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<CloseAnswer>("answer");
    QTest::newRow("Return saves") << int(Qt::Key_Return) << 0 << CloseAnswer::Save;
    QTest::newRow("Esc cancels") << int(Qt::Key_Escape) << 0 << CloseAnswer::Cancel;
    QTest::newRow("Alt+D discards")
        << int(Qt::Key_D) << int(Qt::AltModifier) << CloseAnswer::Discard;
    QTest::newRow("Alt+S saves") << int(Qt::Key_S) << int(Qt::AltModifier) << CloseAnswer::Save;
}

void ClosingTest::realQuestion() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(CloseAnswer, answer);
    app::Dialogs dialogs;
    QString text;
    QTimer::singleShot(0, this, [&] {
        QWidget* const box = QApplication::activeModalWidget();
        if (box == nullptr)
            qFatal("no question was asked");
        text = box->findChild<QLabel*>()->text();
        if (!QTest::qWaitForWindowActive(box))
            qFatal("the question did not become active");
        QTest::keyClick(box, static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifiers));
    });
    const CloseAnswer given = dialogs.beforeClosing(nullptr, "name.bin", "3 changes are pending.");
    QCOMPARE(given, answer);
    QVERIFY(text.contains("name.bin"));
}

QTEST_MAIN(ClosingTest)
#include "closing_test.moc"
