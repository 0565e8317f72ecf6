#include "tests/app/window_fixture.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/patience.h"

#include <filesystem>
#include <semaphore>

using namespace octavo;
using app::ActionId;
using octavo::test::FaultFileSystem;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

class SavingTest : public QObject {
    Q_OBJECT

private slots:
    void newAsksForANameAtItsFirstFlush();
    void saveAsTheOpenFileIsRefused();
    void saveAsFails_data();
    void saveAsFails();
    void writtenButNotOpenedIsTold();
    void saveAsOfADeletedFileAsksForNoFolder();
    void flushFailsAndTheFileIsAsItWas();
    void flushStopped();
    void changedOutside_data();
    void changedOutside();
    void anotherFileIsNotInsistedOn_data();
    void anotherFileIsNotInsistedOn();
    void reloadWaitsForTheWriting();
    void reloadAsksBeforeItLosesChanges_data();
    void reloadAsksBeforeItLosesChanges();
    void revertAndBack();
    void nothingPendingWritesNothing();
    void editingGoesOnWhileWriting();
    void insertionsAreSavedUnasked();
    void whatIsHeldOnTheDiskIsTold();
    void whatLosesSomethingIsAsked_data();
    void whatLosesSomethingIsAsked();
    void flushWithAsksAlways();
    void anInterruptedSaveIsTold();
    void copiesLeaveTheDocumentAlone_data();
    void copiesLeaveTheDocumentAlone();
    void saveAsMindsFilesThatAreReferredTo();
    void aPartAlone();
    void aPartStaysAPartWhenAskedAgain();

private:
    static void appendOutside(const std::string& path, const QByteArray& bytes) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(bytes), bytes.size());
    }
};

void SavingTest::newAsksForANameAtItsFirstFlush() {
    WindowFixture fixture;
    fixture.key(Qt::Key_N, Qt::ControlModifier);
    fixture.type("CAFEBABE");
    QVERIFY(fixture.window->windowTitle().contains("Untitled"));
    QVERIFY(!fixture.flush());
    QCOMPARE(fixture.dialogs.asked, 1);

    const std::string path = fixture.folder.path("first.bin");
    fixture.dialogs.saveAnswer = path;
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray::fromHex("cafebabe"));
    QVERIFY(fixture.window->windowTitle().contains("first.bin"));
    QCOMPARE(fixture.settings.recentFiles(), std::vector<std::string>{path});

    // From the second on it is a file like any other.
    fixture.view().setCaret(0);
    fixture.type("00");
    QVERIFY(fixture.flush());
    QCOMPARE(fixture.dialogs.asked, 2);
    QCOMPARE(TestFolder::read(path), QByteArray::fromHex("00febabe"));
}

void SavingTest::saveAsTheOpenFileIsRefused() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.dialogs.saveAnswer = path;
    fixture.run(ActionId::SaveAs);
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY2(fixture.message("save").contains("the file that is open"),
             qPrintable(fixture.message("save")));
    QCOMPARE(fixture.dialogs.lastSuggestion, path);
    QCOMPARE(TestFolder::read(path), QByteArray("0123"));
    QCOMPARE(fixture.content(), QByteArray("\xFF\x31\x32\x33"));
}

void SavingTest::saveAsFails_data() {
    QTest::addColumn<QString>("target");
    QTest::newRow("into a folder that is not there") << "missing/b.bin";
    QTest::newRow("over a folder") << "";
}

void SavingTest::saveAsFails() {
    QFETCH(QString, target);
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    fixture.dialogs.saveAnswer = fixture.folder.path(target.toUtf8().constData());
    fixture.run(ActionId::SaveAs);
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY(fixture.message("save").contains("could not be saved"));
    QVERIFY(fixture.window->windowTitle().contains("a.bin"));
    QCOMPARE(fixture.folder.names(), (QStringList{"a.bin", "octavo.conf"}));
}

void SavingTest::writtenButNotOpenedIsTold() {
    int toldAsWritten = 0;
    for (int call = 1;; ++call) {
        FaultFileSystem disk;
        WindowFixture fixture(disk);
        fixture.openNew("a.bin", "0123");
        fixture.type("FF");
        const std::string target = fixture.folder.path("b.bin");
        disk.setPlan({.failAt = call, .failCount = 1, .ofEveryThread = true});
        QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
        fixture.dialogs.saveAnswer = target;
        fixture.run(ActionId::SaveAs);
        QTRY_COMPARE(finished.count(), 1);
        if (disk.calls() < call)
            break;
        if (finished[0][0].toBool())  // some calls can be done without
            continue;
        QVERIFY(fixture.window->isWindowModified());
        if (!fixture.message("save").contains("Everything was written"))
            continue;
        ++toldAsWritten;
        QCOMPARE(TestFolder::read(target), QByteArray("\xFF\x31\x32\x33"));
    }
    QVERIFY(toldAsWritten > 0);
}

void SavingTest::saveAsOfADeletedFileAsksForNoFolder() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    QTRY_VERIFY(!fixture.message("outside").isEmpty());
    QVERIFY(fixture.follow("Save as…"));
    QCOMPARE(fixture.dialogs.asked, 1);
    QCOMPARE(fixture.dialogs.lastSuggestion, std::string("a.bin"));
}

void SavingTest::flushFailsAndTheFileIsAsItWas() {
    FaultFileSystem disk;
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    // Whichever call fails, the file keeps its bytes and the edit is still pending. The first plan
    // fails more than one call, as the watch of the file may take one of them.
    int failures = 0;
    for (int call = 1;; ++call) {
        disk.setPlan({.failAt = call, .failCount = call == 1 ? 3 : 1, .ofEveryThread = true});
        if (fixture.flush())
            break;
        ++failures;
        QCOMPARE(TestFolder::read(path), QByteArray("0123"));
        QCOMPARE(fixture.content(), QByteArray("\xFF\x31\x32\x33"));
        QVERIFY2(fixture.message("save").contains("could not be written"),
                 qPrintable(fixture.message("save")));
        QVERIFY(fixture.window->isWindowModified());
    }
    QVERIFY(failures > 0);
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QVERIFY(fixture.message("save").isEmpty());
}

void SavingTest::flushStopped() {
    FaultFileSystem disk;
    auto go = std::make_shared<std::binary_semaphore>(0);
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", QByteArray(200, '.'));
    // Two changes, so that there is a moment between their writes.
    fixture.type("FF");
    fixture.view().setCaret(100);
    fixture.type("FF");
    disk.setBeforeWrite([go] {
        go->acquire();
        go->release();
    });
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    fixture.key(Qt::Key_S, Qt::ControlModifier);
    auto* const indicator = fixture.window->findChild<ui::JobIndicator*>();
    QTRY_VERIFY(indicator->isVisible());
    QVERIFY(!fixture.window->action(ActionId::Flush)->isEnabled());
    QTest::mouseClick(indicator->findChild<QAbstractButton*>(), Qt::LeftButton);
    go->release();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!finished[0][0].toBool());
    QCOMPARE(TestFolder::read(path), QByteArray(200, '.'));
    QVERIFY2(fixture.status().contains("Stopped"), qPrintable(fixture.status()));
    QVERIFY(fixture.window->isWindowModified());
}

void SavingTest::changedOutside_data() {
    QTest::addColumn<QString>("link");
    QTest::addColumn<QByteArray>("onDisk");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("anyway") << "Write my changes anyway" << QByteArray("\xFF\x31\x32\x33more")
                            << QByteArray("\xFF\x31\x32\x33more");
    QTest::newRow("reload") << "Reload" << QByteArray("0123more") << QByteArray("0123more");
}

void SavingTest::changedOutside() {
    QFETCH(QString, link);
    QFETCH(QByteArray, onDisk);
    QFETCH(QByteArray, shown);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    appendOutside(path, "more");
    QVERIFY(!fixture.flush());
    QVERIFY2(fixture.message("save").contains("another program"),
             qPrintable(fixture.message("save")));
    QCOMPARE(TestFolder::read(path), QByteArray("0123more"));

    fixture.dialogs.discardAnswer = true;
    QVERIFY(fixture.follow(link));
    QTRY_COMPARE(TestFolder::read(path), onDisk);
    QTRY_COMPARE(fixture.content(), shown);
    QTRY_VERIFY(!fixture.window->isWindowModified());
}

void SavingTest::anotherFileIsNotInsistedOn_data() {
    QTest::addColumn<bool>("seenBefore");
    QTest::newRow("seen by the watch") << true;
    QTest::newRow("seen by the flush") << false;
}

void SavingTest::anotherFileIsNotInsistedOn() {
    QFETCH(bool, seenBefore);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.folder.write("b.bin", "4567");
    QCOMPARE(std::rename(fixture.folder.path("b.bin").c_str(), path.c_str()), 0);
    if (seenBefore)
        QTRY_VERIFY(!fixture.message("outside").isEmpty());
    QVERIFY(!fixture.flush());
    // At most once, where only the flush itself has seen what happened.
    if (fixture.follow("Write my changes anyway")) {
        QVERIFY(!seenBefore);
        QTRY_VERIFY(!fixture.document().saver().isRunning());
        QTRY_VERIFY(!fixture.message("save").isEmpty());
        QVERIFY(!fixture.follow("Write my changes anyway"));
    }
    QVERIFY2(fixture.message("save").contains("taken the place"),
             qPrintable(fixture.message("save")));
    QCOMPARE(TestFolder::read(path), QByteArray("4567"));
    fixture.dialogs.saveAnswer = fixture.folder.path("c.bin");
    QVERIFY(fixture.follow("Save as…"));
    QTRY_COMPARE(TestFolder::read(fixture.folder.path("c.bin")), QByteArray("\xFF\x31\x32\x33"));
}

void SavingTest::reloadWaitsForTheWriting() {
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
    const QPointer<app::OpenDocument> before(&fixture.document());
    emit fixture.document().reloadWanted();
    QVERIFY(fixture.message("outside").contains("being written"));
    go->release();
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    QCOMPARE(&fixture.document(), before.data());
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
}

void SavingTest::reloadAsksBeforeItLosesChanges_data() {
    QTest::addColumn<bool>("byKey");
    QTest::addColumn<bool>("discard");
    QTest::newRow("keep") << false << false;
    QTest::newRow("discard") << false << true;
    QTest::newRow("by key, keep") << true << false;
    QTest::newRow("by key, discard") << true << true;
}

void SavingTest::reloadAsksBeforeItLosesChanges() {
    QFETCH(bool, byKey);
    QFETCH(bool, discard);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.view().setCaret(2);
    fixture.type("FF");
    fixture.folder.write("a.bin", "4567");
    // The watch sees it by itself.
    QTRY_VERIFY(!fixture.message("outside").isEmpty());
    fixture.dialogs.discardAnswer = discard;
    if (byKey)
        fixture.key(Qt::Key_F5);
    else
        QVERIFY(fixture.follow("Reload"));
    QCOMPARE(fixture.dialogs.asked, 1);
    QTRY_COMPARE(fixture.content(), discard ? QByteArray("4567") : QByteArray("45\xFF\x37"));
    if (discard)
        QCOMPARE(fixture.view().caret(), core::Offset{3});
}

void SavingTest::revertAndBack() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.run(ActionId::Revert);
    QCOMPARE(fixture.content(), QByteArray("0123"));
    QVERIFY(!fixture.window->isWindowModified());
    QVERIFY(!fixture.window->action(ActionId::Revert)->isEnabled());
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("\xFF\x31\x32\x33"));
}

void SavingTest::nothingPendingWritesNothing() {
    FaultFileSystem disk;
    WindowFixture fixture(disk);
    fixture.openNew("a.bin", "0123");
    QVERIFY(!fixture.window->action(ActionId::Flush)->isEnabled());
    fixture.document().saver().flush();
    QVERIFY(disk.writes().empty());
}

void SavingTest::editingGoesOnWhileWriting() {
    FaultFileSystem disk;
    auto go = std::make_shared<std::binary_semaphore>(0);
    WindowFixture fixture(disk);
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    disk.setBeforeWrite([go] {
        go->acquire();
        go->release();
    });
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    fixture.key(Qt::Key_S, Qt::ControlModifier);
    fixture.type("EE");
    go->release();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
    QCOMPARE(fixture.content(), QByteArray("\xFF\xEE\x32\x33"));
    QVERIFY2(fixture.status().contains("1 change pending, 1 byte"), qPrintable(fixture.status()));
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\xEE\x32\x33"));
}

void SavingTest::insertionsAreSavedUnasked() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    QVERIFY(fixture.document().editor().document().insert(1, octavo::test::span("new")));
    QVERIFY(fixture.flush());
    QCOMPARE(fixture.dialogs.asked, 0);
    QCOMPARE(TestFolder::read(path), QByteArray("0new123"));
}

void SavingTest::whatIsHeldOnTheDiskIsTold() {
    WindowFixture fixture;
    fixture.openNew("a.bin", octavo::test::someBytes(3 << 20));
    QVERIFY(fixture.document().editor().document().insert(1, octavo::test::span("new")));
    QVERIFY(fixture.flush());
    QVERIFY2(fixture.status().contains("stays on the disk"), qPrintable(fixture.status()));
}

void SavingTest::whatLosesSomethingIsAsked_data() {
    QTest::addColumn<int>("answer");
    QTest::newRow("written") << int(app::PlanAnswer::Write);
    QTest::newRow("saved as another file") << int(app::PlanAnswer::SaveAs);
    QTest::newRow("left") << int(app::PlanAnswer::Cancel);
}

void SavingTest::whatLosesSomethingIsAsked() {
    QFETCH(int, answer);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    const std::string other = fixture.folder.path("b.bin");
    QVERIFY(QFile::exists(QString::fromStdString(path)));
    std::filesystem::create_hard_link(path, other);
    fixture.document().editor().document().noteOutsideEvent(core::FileEvent::None);
    QVERIFY(fixture.document().editor().document().insert(1, octavo::test::span("new")));
    fixture.dialogs.planAnswer = app::PlanAnswer(answer);
    fixture.dialogs.saveAnswer = fixture.folder.path("c.bin");
    const bool succeeded = fixture.flush();
    QVERIFY(!fixture.dialogs.lastPlans.empty());
    QCOMPARE(fixture.dialogs.lastPlans.front().losses,
             std::vector<core::SaveLoss>{core::SaveLoss::Links});
    QCOMPARE(TestFolder::read(other), QByteArray("0123"));
    if (fixture.dialogs.planAnswer == app::PlanAnswer::SaveAs)
        QCOMPARE(TestFolder::read(fixture.folder.path("c.bin")), QByteArray("0new123"));
    if (fixture.dialogs.planAnswer == app::PlanAnswer::Cancel)
        QVERIFY(!succeeded && fixture.window->isWindowModified());
}

void SavingTest::flushWithAsksAlways() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.dialogs.planAnswer = app::PlanAnswer::Write;
    fixture.dialogs.planStrategy = core::SaveStrategy::Patch;
    fixture.key(Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(!fixture.window->isWindowModified());
    QCOMPARE(fixture.dialogs.asked, 1);
    QCOMPARE(fixture.dialogs.lastPlans.size(), std::size_t{3});
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
}

/// A save that was killed in another run: the window tells what became of it.
void SavingTest::anInterruptedSaveIsTold() {
    WindowFixture fixture;
    const std::string path = fixture.folder.write("a.bin", "0123");
    core::FileSystem& files = core::systemFileSystem();
    {
        // The journal of a save that had noted "0" and written nothing of it.
        const auto document = *core::Document::open(files, path);
        QVERIFY(document->overwrite(0, octavo::test::span("X")));
        core::Journal journal(files, path);
        core::Progress progress;
        const core::Snapshot snapshot = document->snapshot();
        const auto file = *files.open(path, core::OpenMode::Read);
        QVERIFY(journal.begin(*file, snapshot.changes(), snapshot, progress));
    }
    fixture.open(path);
    QVERIFY2(fixture.message("recovery of a save").contains("was interrupted"),
             qPrintable(fixture.message("recovery of a save")));
    QCOMPARE(fixture.content(), QByteArray("0123"));
}

void SavingTest::copiesLeaveTheDocumentAlone_data() {
    QTest::addColumn<int>("action");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("a copy") << int(ActionId::SaveCopy) << QByteArray("\xFF\x31\x32\x33");
    QTest::newRow("the selection") << int(ActionId::SaveSelection) << QByteArray("\x31\x32");
}

void SavingTest::copiesLeaveTheDocumentAlone() {
    QFETCH(int, action);
    QFETCH(QByteArray, written);
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    fixture.type("FF");
    fixture.view().setSelection({1, 2});
    fixture.dialogs.saveAnswer = fixture.folder.path("copy.bin");
    fixture.run(ActionId(action));
    QTRY_COMPARE(TestFolder::read(fixture.folder.path("copy.bin")), written);
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    QVERIFY(fixture.window->isWindowModified());
    QCOMPARE(fixture.document().document().path(), path);
    QCOMPARE(TestFolder::read(path), QByteArray("0123"));
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("\xFF\x31\x32\x33"));
}

void SavingTest::saveAsMindsFilesThatAreReferredTo() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123");
    const std::string other = fixture.folder.write("other.bin", "abcdef");
    core::Document& document = fixture.document().editor().document();
    const auto file =
        core::FileVersion::first(*core::MappedFile::open(core::systemFileSystem(), other));
    QVERIFY(document.replace({0, 0}, core::Content::of(file, 0, 6)));
    fixture.folder.write("other.bin", "XYZ");
    fixture.dialogs.saveAnswer = fixture.folder.path("new.bin");
    fixture.run(ActionId::SaveAs);
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY(!QFile::exists(QString::fromStdString(fixture.folder.path("new.bin"))));
    QTRY_VERIFY(!fixture.document().saver().isRunning());
    fixture.folder.write("other.bin", "ABCDEF");
    QVERIFY(fixture.follow("Write what it holds now"));
    QTRY_COMPARE(TestFolder::read(fixture.folder.path("new.bin")), QByteArray("ABCDEF0123"));
}

void SavingTest::aPartAlone() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123456789");
    core::Document& document = fixture.document().document();
    QVERIFY(document.overwrite(1, core::Bytes{'a', 'b', 'c'}));
    QVERIFY(document.overwrite(3, core::Bytes{'X', 'Y'}));
    QVERIFY(document.insert(8, core::Bytes{'i', 'n'}));
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    fixture.document().saver().flushOnly({2});
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool());
    // With what it stands on.
    QCOMPARE(TestFolder::read(path), QByteArray("0abXY56789"));
    QVERIFY2(fixture.status().contains(
                 "Written: 4 bytes, with 1 change that the chosen ones were typed over"),
             qPrintable(fixture.status()));
    QCOMPARE(document.pending().changes, std::size_t{1});
    QCOMPARE(fixture.content(), QByteArray("0abXY567in89"));
    // One that moves bytes is planned like everything.
    fixture.document().saver().flushOnly({3});
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(TestFolder::read(path), QByteArray("0abXY567in89"));
    QVERIFY(!document.hasChanges());
}

void SavingTest::aPartStaysAPartWhenAskedAgain() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123456789");
    core::Document& document = fixture.document().document();
    QVERIFY(document.overwrite(1, core::Bytes{'a'}));
    QVERIFY(document.overwrite(5, core::Bytes{'b'}));
    appendOutside(path, "!");
    fixture.document().saver().flushOnly({1});
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY(fixture.follow("Write my changes anyway"));
    QTRY_COMPARE(TestFolder::read(path), QByteArray("0a23456789!"));
    QTRY_COMPARE(document.pending().changes, std::size_t{1});
}

QTEST_MAIN(SavingTest)
#include "saving_test.moc"
