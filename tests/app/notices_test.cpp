#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "tests/ui/bridge/held_file_system.h"
#include "ui/bridge/change_reviewer.h"
#include "ui/bridge/edit_log_keeper.h"

#include <QScopeGuard>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace octavo;
using app::ActionId;
using core::AccessMode;
using octavo::test::HeldFileSystem;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

namespace {

/// As another program does it.
void writeInto(const std::string& path, core::Offset at, const QByteArray& bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    QVERIFY(file >= 0);
    QCOMPARE(::pwrite(file, bytes.constData(), std::size_t(bytes.size()), at), bytes.size());
    ::close(file);
}

/// Types two digits at `at` and waits until a worker has looked at the change.
void typeAt(WindowFixture& fixture, core::Offset at, const QString& digits) {
    fixture.view().setCaret(at);
    fixture.type(digits);
    QTest::qWait(2 * ui::ChangeReviewer::kPauseMs);
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds{20}));
    QCoreApplication::processEvents();
}

}  // namespace

class NoticesTest : public QObject {
    Q_OBJECT

private slots:
    void typedBytesAreLoggedWithinASecond();
    void switchedOffChangesAsk_data();
    void switchedOffChangesAsk();
    void theQuestionIsForgottenWhereTheDocumentGoesOn();
    void unprotectedEditsAreTold();
    void unprotectedNewDocuments();
    void outsideWritesElsewhere();
    void outsideWritesIntoAChange_data();
    void outsideWritesIntoAChange();
    void outsideWritesAreAskedOneByOne_data();
    void outsideWritesAreAskedOneByOne();
    void appendedBytesAreNoted();
    void writeThrough();
    void writeThroughWithChangesPending();
    void writeThroughFails();
    void writeThroughIsNotLeftHalfway();
    void switchedOffChangesAreNotLostSilently();
};

void NoticesTest::typedBytesAreLoggedWithinASecond() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    const QDir logs(QString::fromStdString(fixture.environment.recoveryFolder));
    QVERIFY(logs.entryList({QStringLiteral("*.log")}, QDir::Files).isEmpty());
    fixture.type("FF");
    QTRY_COMPARE_WITH_TIMEOUT(logs.entryList({QStringLiteral("*.log")}, QDir::Files).size(),
                              qsizetype{1}, 20'000);
    // Undone with a key, it is not there any more.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(logs.entryList({QStringLiteral("*.log")}, QDir::Files).isEmpty());
    fixture.type("EE");
    QTRY_COMPARE(logs.entryList({QStringLiteral("*.log")}, QDir::Files).size(), qsizetype{1});
    fixture.dialogs.closeAnswer = app::CloseAnswer::Discard;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window);
    QTRY_VERIFY(logs.entryList({QStringLiteral("*.log")}, QDir::Files).isEmpty());
}

void NoticesTest::switchedOffChangesAsk_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("link");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("off");
    QTest::newRow("typed, drop") << "type"
                                 << "Drop it" << QByteArray("01\xAB\x33\x34\x35") << 0;
    QTest::newRow("typed, switch on") << "type"
                                      << "Switch it on" << QByteArray("01\xAB\xEE\x34\x35") << 0;
    QTest::newRow("pasted, drop") << "paste"
                                  << "Drop it" << QByteArray("01\xAB\xCD\x34\x35") << 0;
    QTest::newRow("erased, drop") << "erase"
                                  << "Drop it" << QByteArray("01\x34\x35") << 0;
    QTest::newRow("no answer") << "type" << QString() << QByteArray("012345") << 1;
}

void NoticesTest::switchedOffChangesAsk() {
    QFETCH(QString, how);
    QFETCH(QString, link);
    QFETCH(QByteArray, content);
    QFETCH(int, off);
    WindowFixture fixture;
    fixture.openNew("a.bin", "012345");
    fixture.view().setCaret(2);
    fixture.type("DDEE");
    core::Document& document = fixture.document().document();
    QVERIFY(document.switchChanges(std::vector{document.changes()[0].id}, false));
    QCOMPARE(fixture.content(), QByteArray("012345"));
    QTRY_VERIFY(fixture.view().isFullyLoaded());

    fixture.view().setCaret(2);
    if (how == "type") {
        fixture.type("A");
    } else if (how == "paste") {
        fixture.view().pasteBytes(core::Bytes{0xAB, 0xCD});
    } else {
        fixture.view().setSelection({2, 2});
        fixture.key(Qt::Key_Delete);
    }
    QVERIFY2(fixture.message("switched off").contains("switched off"),
             qPrintable(fixture.message("switched off")));
    QCOMPARE(fixture.content(), QByteArray("012345"));
    if (!link.isEmpty())
        QVERIFY(fixture.follow(link));
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    // The keyboard is in the grid again, behind the first digit.
    if (how == "type" && !link.isEmpty())
        fixture.type("B");
    QCOMPARE(fixture.content(), content);
    QCOMPARE(int(document.pending().switchedOff), off);
    QCOMPARE(fixture.message("switched off").isEmpty(), !link.isEmpty());
}

void NoticesTest::theQuestionIsForgottenWhereTheDocumentGoesOn() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "012345");
    fixture.type("DD");
    core::Document& document = fixture.document().document();
    QVERIFY(document.switchChanges(std::vector{document.changes()[0].id}, false));
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    fixture.view().setCaret(0);
    fixture.type("A");
    QVERIFY(!fixture.message("switched off").isEmpty());
    fixture.view().setCaret(4);
    fixture.type("FF");
    QVERIFY(fixture.message("switched off").isEmpty());
    QCOMPARE(fixture.content(), QByteArray("0123\xFF\x35"));
}

void NoticesTest::unprotectedEditsAreTold() {
    const TestFolder logs;
    HeldFileSystem disk(logs.path(""));
    WindowFixture fixture(disk);
    fixture.environment.recoveryFolder = logs.path("edits");
    const std::string path = fixture.openNew("a.bin", "0123");
    disk.fail(ENOSPC);
    fixture.type("FF");
    QTRY_COMPARE(fixture.message("edit log"),
                 "Your edits are not protected against a crash: they cannot be noted down, the "
                 "disk is full. That is tried again; flushing them is safe.");
    // The message stays closed where the user has closed it.
    QVERIFY(fixture.document().messages().closeTop());
    const int writes = disk.writes();
    fixture.type("EE");
    QTRY_VERIFY(disk.writes() > writes);
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds{20}));
    QCoreApplication::processEvents();
    QCOMPARE(fixture.message("edit log"), QString());
    // A flush works all the same, and a disk with room makes it good again.
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\xEE\x32\x33"));
    disk.fail(0);
    fixture.type("DD");
    QTRY_COMPARE(QDir(QString::fromStdString(logs.path("edits")))
                     .entryList({QStringLiteral("*.log")}, QDir::Files)
                     .size(),
                 qsizetype{1});
}

void NoticesTest::unprotectedNewDocuments() {
    const TestFolder logs;
    HeldFileSystem disk(logs.path(""));
    WindowFixture fixture(disk);
    fixture.environment.recoveryFolder = logs.path("edits");
    disk.fail(EROFS);
    fixture.key(Qt::Key_N, Qt::ControlModifier);
    fixture.type("CAFE");
    QTRY_VERIFY(fixture.message("edit log").contains("the disk can only be read"));
    fixture.dialogs.saveAnswer = fixture.folder.path("new.bin");
    QVERIFY(fixture.follow("Save as…"));
    QTRY_COMPARE(TestFolder::read(fixture.folder.path("new.bin")), QByteArray("\xCA\xFE"));
    // With nothing pending there is nothing to protect.
    QTRY_VERIFY(fixture.message("edit log").isEmpty());
}

void NoticesTest::outsideWritesElsewhere() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", QByteArray(1000, '.'));
    typeAt(fixture, 2, "FF");
    writeInto(path, 500, "other");
    QTRY_COMPARE(fixture.message("outside"),
                 "a.bin was changed by another program. Your changes are elsewhere.");
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path),
             QByteArray(1000, '.').replace(2, 1, "\xFF").replace(500, 5, "other"));
    QCOMPARE(fixture.message("outside"), QString());
}

void NoticesTest::outsideWritesIntoAChange_data() {
    QTest::addColumn<QString>("link");
    QTest::addColumn<QByteArray>("flushed");
    const QByteArray theirs = QByteArray(1000, '.').replace(0, 6, "theirs");
    QTest::newRow("keep mine") << "Keep mine"
                               << QByteArray(theirs).replace(2, 1, "\xFF").replace(800, 1, "\xEE");
    QTest::newRow("take theirs") << "Take theirs" << QByteArray(theirs).replace(800, 1, "\xEE");
}

void NoticesTest::outsideWritesIntoAChange() {
    QFETCH(QString, link);
    QFETCH(QByteArray, flushed);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", QByteArray(1000, '.'));
    typeAt(fixture, 2, "FF");
    typeAt(fixture, 800, "EE");
    writeInto(path, 0, "theirs");
    QTRY_COMPARE(fixture.message("outside"),
                 "Another program wrote into a.bin and touched 1 of your 2 changes.");
    QVERIFY(fixture.follow(link));
    QCOMPARE(fixture.message("outside"), QString());
    QVERIFY(fixture.view().hasFocus());
    QCOMPARE(fixture.content(), flushed);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), flushed);
}

void NoticesTest::outsideWritesAreAskedOneByOne_data() {
    QTest::addColumn<QStringList>("answers");
    QTest::addColumn<QByteArray>("flushed");
    const QByteArray theirs = QByteArray(1000, '.').replace(0, 30, QByteArray(30, 'T'));
    const auto row = [theirs](const char* name, const QStringList& answers,
                              const QList<int>& mine) {
        QByteArray flushed = QByteArray(theirs).replace(800, 1, "\xEE");
        for (const int place : mine)
            flushed.replace(place, 1, "\xFF");
        QTest::newRow(name) << answers << flushed;
    };
    const QString mine = "Keep mine";
    const QString theirsText = "Take theirs";
    row("the first", {mine, theirsText, theirsText}, {2});
    row("but the second", {mine, theirsText, mine}, {2, 22});
    row("the rest mine", {theirsText, "Keep mine in the rest"}, {12, 22});
    row("the rest theirs", {mine, "Take theirs in the rest"}, {2});
}

void NoticesTest::outsideWritesAreAskedOneByOne() {
    QFETCH(QStringList, answers);
    QFETCH(QByteArray, flushed);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", QByteArray(1000, '.'));
    for (const core::Offset place : {2, 12, 22})
        typeAt(fixture, place, "FF");
    typeAt(fixture, 800, "EE");
    writeInto(path, 0, QByteArray(30, 'T'));
    QTRY_COMPARE(fixture.message("outside"),
                 "Another program wrote into a.bin and touched 3 of your 4 changes.");
    QVERIFY(fixture.follow("One by one"));
    int number = 0;
    for (const QString& answer : answers) {
        ++number;
        QCOMPARE(fixture.message("outside"),
                 QString("Change %1 of 3 that were touched, at 0x%2, 1 byte. Which is to stay?")
                     .arg(QString::number(number),
                          QString::number(10 * number - 8, 16).toUpper().rightJustified(4, '0')));
        QCOMPARE(fixture.view().selection(), (core::Extent{10 * number - 8, 1}));
        QVERIFY(fixture.follow(answer));
    }
    QCOMPARE(fixture.message("outside"), QString());
    QVERIFY(fixture.view().hasFocus());
    QCOMPARE(fixture.content(), flushed);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), flushed);
}

void NoticesTest::appendedBytesAreNoted() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    typeAt(fixture, 1, "FF");
    writeInto(path, 4, "more");
    QTRY_COMPARE(fixture.content(), QByteArray("0\xFF\x32\x33more"));
    QVERIFY2(fixture.status().contains("Another program added 4 bytes at the end"),
             qPrintable(fixture.status()));
    QCOMPARE(fixture.message("outside"), QString());
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("0\xFF\x32\x33more"));
}

void NoticesTest::writeThrough() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.run(ActionId::WriteThrough);
    QVERIFY(fixture.status().contains("Write-through: every edit goes to the file at once"));
    QVERIFY(fixture.window->action(ActionId::WriteThrough)->isChecked());
    fixture.view().setFocus();
    fixture.type("FFEE");
    QTRY_COMPARE(TestFolder::read(path), QByteArray("\xFF\xEE\x32\x33"));
    QTRY_VERIFY(fixture.status().contains("No changes"));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(TestFolder::read(path), QByteArray("0123"));
    // Inserts are refused in words.
    fixture.key(Qt::Key_Insert);
    fixture.type("A");
    QVERIFY2(fixture.message("refused").startsWith("In write-through mode"),
             qPrintable(fixture.message("refused")));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    fixture.run(ActionId::Preview);
    QVERIFY(fixture.message("refused").isEmpty());
    fixture.type("A");
    QTest::qWait(50);
    QCOMPARE(TestFolder::read(path), QByteArray("0123"));
    QVERIFY(fixture.window->isWindowModified());
}

void NoticesTest::writeThroughWithChangesPending() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.run(ActionId::WriteThrough);
    QVERIFY(fixture.message("refused").contains("before you switch to Write-through"));
    QVERIFY(fixture.window->action(ActionId::Preview)->isChecked());
    QVERIFY(fixture.follow("Write them"));
    QTRY_COMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    fixture.run(ActionId::WriteThrough);
    QVERIFY(fixture.message("refused").isEmpty());
    QVERIFY(fixture.window->action(ActionId::WriteThrough)->isChecked());
}

void NoticesTest::writeThroughFails() {
    const TestFolder folder;
    const std::string path = folder.write("a.bin", "0123");
    HeldFileSystem disk(path);
    WindowFixture fixture(disk);
    QVERIFY(fixture.open(path));
    fixture.run(ActionId::WriteThrough);
    disk.fail(ENOSPC);
    fixture.view().setFocus();
    fixture.type("F");
    QTRY_COMPARE(fixture.message("write through"),
                 "a.bin could not be written: the disk is full. What you see is what it holds.");
    QCOMPARE(fixture.content(), QByteArray("0123"));
    QCOMPARE(TestFolder::read(path), QByteArray("0123"));
    QVERIFY(!fixture.window->isWindowModified());
    QVERIFY(fixture.follow("Switch to Preview"));
    QVERIFY(fixture.window->action(ActionId::Preview)->isChecked());
    QVERIFY(fixture.view().hasFocus());
}

void NoticesTest::writeThroughIsNotLeftHalfway() {
    const TestFolder folder;
    const std::string path = folder.write("a.bin", "0123");
    HeldFileSystem disk(path);
    WindowFixture fixture(disk);
    const auto tidy = qScopeGuard([&] { disk.gate().open(); });
    QVERIFY(fixture.open(path));
    fixture.run(ActionId::WriteThrough);
    disk.gate().close();
    fixture.view().setFocus();
    fixture.type("FF");
    QTRY_COMPARE(disk.gate().waiting(), 1);
    // Closing asks, as while a flush runs, and the answer is to wait.
    fixture.dialogs.leaveAnswer = false;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.dialogs.asked, 1);
    QVERIFY(fixture.window);
    disk.gate().open();
    QTRY_COMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window);
    QCOMPARE(fixture.dialogs.asked, 1);
}

void NoticesTest::switchedOffChangesAreNotLostSilently() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    core::Document& document = fixture.document().document();
    QVERIFY(document.switchChanges(std::vector{document.changes()[0].id}, false));
    QVERIFY(fixture.window->action(ActionId::Revert)->isEnabled());
    fixture.dialogs.closeAnswer = app::CloseAnswer::Cancel;
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.dialogs.asked, 1);
    QCOMPARE(fixture.dialogs.lastPending, "1 change is switched off.");
    QVERIFY(fixture.window);
}

QTEST_MAIN(NoticesTest)
#include "notices_test.moc"
