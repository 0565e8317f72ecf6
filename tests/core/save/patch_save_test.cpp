#include "core/document/document.h"
#include "core/save/patch_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// A document with two pending changes, its file, and what it has to become.
struct Setting {
    TestFolder folder;
    FaultFileSystem fileSystem;
    QByteArray content = someBytes(3 << 20);
    std::string path = folder.write("file", content);
    std::unique_ptr<Document> document = *Document::open(fileSystem, path);
    QByteArray edited = content;

    Setting() {
        (void)document->overwrite(7, span("small"));
        (void)document->fill({1 << 20, 3 << 19}, span("xy"));
        edited.replace(7, 5, "small");
        edited.replace(1 << 20, 3 << 19, QByteArray("xy").repeated(3 << 18));
    }
};

}  // namespace

class PatchSaveTest : public QObject {
    Q_OBJECT

private slots:
    void stopsAtOutsideChanges_data();
    void stopsAtOutsideChanges();
    void writesAnywayWhenTold();
    void cancelPutsBack_data();
    void cancelPutsBack();
    void countsProgress();
    void tellsWhenPuttingBackFails();
    void putsBackOnlyWhatWasBegun();
    void cancelThatCannotBePutBackSaysSo();
    void seesAWriteThatHidItsTime();
    void readsNoOldPageAfterIt();
    void refusesGeneratedFiles();
    void refusesAReadOnlyFile();
};

void PatchSaveTest::stopsAtOutsideChanges_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<bool>("even");
    QTest::newRow("written to") << QByteArray("write") << false;
    QTest::newRow("appended to") << QByteArray("append") << false;
    QTest::newRow("truncated below the changes") << QByteArray("truncate") << false;
    QTest::newRow("truncated below the changes, told to go on") << QByteArray("truncate") << true;
    QTest::newRow("replaced") << QByteArray("replace") << false;
    QTest::newRow("replaced, told to go on") << QByteArray("replace") << true;
    QTest::newRow("removed") << QByteArray("remove") << false;
    QTest::newRow("removed, told to go on") << QByteArray("remove") << true;
}

void PatchSaveTest::stopsAtOutsideChanges() {
    QFETCH(QByteArray, what);
    QFETCH(bool, even);
    Setting setting;
    const auto save = *setting.document->prepareFlush({.evenIfChangedOutside = even});
    QByteArray outside = setting.content;
    if (what == "write") {
        outside[100] = static_cast<char>(outside[100] + 1);
        setting.folder.write("file", outside);
        const timespec times[2] = {{1, 0}, {1, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, setting.path.c_str(), times, 0), 0);
    } else if (what == "append") {
        outside += "more";
        setting.folder.write("file", outside);
    } else if (what == "truncate") {
        outside.truncate(4096);
        QCOMPARE(::truncate(setting.path.c_str(), 4096), 0);
    } else if (what == "replace") {
        setting.folder.write("other", outside);
        QCOMPARE(std::rename(setting.folder.path("other").c_str(), setting.path.c_str()), 0);
    } else {
        QCOMPARE(::unlink(setting.path.c_str()), 0);
        outside = "(unreadable)";
    }
    Progress progress;
    const Status status = save->run(progress);
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, what == "remove" ? ErrorCode::System : ErrorCode::ChangedOutside);
    QVERIFY(setting.fileSystem.writes().empty());
    QVERIFY(TestFolder::read(setting.path) == outside);
    QVERIFY(setting.document->isModified());
}

void PatchSaveTest::writesAnywayWhenTold() {
    Setting setting;
    QByteArray outside = setting.content;
    outside.replace(100, 4, "THEM");
    outside += "appended";
    setting.folder.write("file", outside);
    const auto save = *setting.document->prepareFlush({.evenIfChangedOutside = true});
    Progress progress;
    QVERIFY(save->run(progress));
    setting.document->finishFlush(*save);
    QByteArray expected = setting.edited;
    expected.replace(100, 4, "THEM");
    QVERIFY(TestFolder::read(setting.path) == expected + "appended");
}

void PatchSaveTest::cancelPutsBack_data() {
    QTest::addColumn<int>("afterWrites");
    QTest::newRow("before it begins") << 0;
    QTest::newRow("at the first write") << 1;
    QTest::newRow("in the middle of a change") << 2;
}

void PatchSaveTest::cancelPutsBack() {
    QFETCH(int, afterWrites);
    Setting setting;
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    if (afterWrites == 0)
        progress.cancel();
    setting.fileSystem.setFocus(setting.path);
    int writes = 0;
    setting.fileSystem.setBeforeWrite([&] {
        if (++writes == afterWrites)
            progress.cancel();
    });
    const Status status = save->run(progress);
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
    QVERIFY(TestFolder::read(setting.path) == setting.content);
    QVERIFY(setting.document->isModified());
    QVERIFY(setting.document->undo().ok());
    QVERIFY(setting.document->undo().ok());
    QVERIFY(!setting.document->isModified());
}

void PatchSaveTest::countsProgress() {
    Setting setting;
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    QVERIFY(save->run(progress));
    setting.document->finishFlush(*save);
    QCOMPARE(progress.total(), Offset{3 * (5 + (3 << 19))});
    QCOMPARE(progress.done(), progress.total());
    QCOMPARE(save->bytesWritten(), Offset{5 + (3 << 19)});
    QVERIFY(TestFolder::read(setting.path) == setting.edited);
}

void PatchSaveTest::tellsWhenPuttingBackFails() {
    Setting setting;
    const auto save = *setting.document->prepareFlush();
    // From the second write on the file cannot be written to.
    setting.fileSystem.setFocus(setting.path);
    int writes = 0;
    setting.fileSystem.setBeforeWrite([&] {
        if (++writes == 2)
            setting.fileSystem.setPlan({1, 1000, EIO});
    });
    Progress progress;
    const Status status = save->run(progress);
    setting.fileSystem.setPlan({});
    setting.fileSystem.setBeforeWrite({});
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QVERIFY(QByteArray::fromStdString(status.error().message()).contains("put back"));
    QVERIFY(TestFolder::read(setting.path) != setting.content);
    // Nothing of the edit is lost: the next flush writes it all.
    QVERIFY(setting.document->isModified());
    const auto again = *setting.document->prepareFlush({.evenIfChangedOutside = true});
    QVERIFY(again->run(progress));
    setting.document->finishFlush(*again);
    QVERIFY(TestFolder::read(setting.path) == setting.edited);
}

void PatchSaveTest::putsBackOnlyWhatWasBegun() {
    // The second of three changes meets a full disk: the third was never begun, and putting it
    // back would write zeros into what may be a hole.
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(30'000));
    FaultFileSystem fileSystem;
    const auto document = *Document::open(fileSystem, path);
    QVERIFY(document->overwrite(10, span("one")));
    QVERIFY(document->overwrite(10'000, span("two")));
    QVERIFY(document->overwrite(20'000, span("three")));
    const auto save = *document->prepareFlush();
    Progress progress;
    fileSystem.setFocus(path);
    int writes = 0;
    fileSystem.setBeforeWrite([&] {
        if (++writes == 2)
            fileSystem.setPlan({1, 1, ENOSPC});
    });
    const Status status = save->run(progress);
    document->finishFlush(*save);
    QVERIFY(!status.ok());
    QVERIFY(!QByteArray::fromStdString(status.error().message()).contains("put back"));
    for (const FileExtent& written : fileSystem.writes())
        QVERIFY(written.offset.value < 20'000);
    QVERIFY(TestFolder::read(path) == someBytes(30'000));
    QCOMPARE(document->changes().size(), std::size_t{3});
    // Our own writes are no other program's: the next flush does not ask.
    fileSystem.setBeforeWrite({});
    fileSystem.setPlan({});
    const auto again = *document->prepareFlush();
    const Status second = again->run(progress);
    document->finishFlush(*again);
    QVERIFY2(second.ok(), second.ok() ? "" : second.error().message().c_str());
}

void PatchSaveTest::cancelThatCannotBePutBackSaysSo() {
    Setting setting;
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    setting.fileSystem.setFocus(setting.path);
    int writes = 0;
    setting.fileSystem.setBeforeWrite([&] {
        if (++writes == 2) {
            progress.cancel();
        } else if (writes > 2) {
            setting.fileSystem.setPlan({1, 1000, EIO});
        }
    });
    const Status status = save->run(progress);
    setting.fileSystem.setPlan({});
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    // Not Cancelled, which would mean that the file is as it was.
    QCOMPARE(status.error().code, ErrorCode::System);
    QVERIFY(QByteArray::fromStdString(status.error().message()).contains("put back"));
    QVERIFY(setting.document->isModified());
}

void PatchSaveTest::seesAWriteThatHidItsTime() {
    Setting setting;
    struct stat before {};
    QCOMPARE(::stat(setting.path.c_str(), &before), 0);
    QTest::qSleep(20);  // longer than a tick of any file system's clock that tests run on
    QByteArray outside = setting.content;
    outside.replace(100, 4, "THEM");
    setting.folder.write("file", outside);
    const timespec times[2] = {before.st_atim, before.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, setting.path.c_str(), times, 0), 0);
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    const Status status = save->run(progress);
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::ChangedOutside);
    QVERIFY(TestFolder::read(setting.path) == outside);
}

void PatchSaveTest::readsNoOldPageAfterIt() {
    // Where nothing can be mapped, pages are kept for a moment; our own write ends that at once,
    // however slowly the file system's clock ticks.
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(0);
    fileSystem.setFrozenTimes(true);
    const auto document = *Document::open(fileSystem, folder.write("file", "AAAA"));
    const auto content = [&] {
        QByteArray out(4, '\0');
        (void)document->snapshot().read(0, {reinterpret_cast<Byte*>(out.data()), 4});
        return out;
    };
    QCOMPARE(content(), QByteArray("AAAA"));
    QVERIFY(document->overwrite(1, span("B")));
    const auto save = *document->prepareFlush();
    Progress progress;
    QVERIFY(save->run(progress));
    document->finishFlush(*save);
    QCOMPARE(content(), QByteArray("ABAA"));
}

void PatchSaveTest::refusesGeneratedFiles() {
    const auto document = *Document::open(systemFileSystem(), "/proc/self/status");
    QVERIFY(document->overwrite(0, span("X")));
    const auto save = document->prepareFlush();
    QVERIFY(!save.ok());
    QCOMPARE(save.error().code, ErrorCode::UnsupportedFile);
    QVERIFY(!document->isFlushing());
}

void PatchSaveTest::refusesAReadOnlyFile() {
    if (::geteuid() == 0)
        QSKIP("root may write to everything");
    Setting setting;
    QCOMPARE(::chmod(setting.path.c_str(), 0400), 0);
    const auto save = *setting.document->prepareFlush();
    Progress progress;
    const Status status = save->run(progress);
    setting.document->finishFlush(*save);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().systemError, EACCES);
    QVERIFY(setting.document->isModified());
}

QTEST_GUILESS_MAIN(PatchSaveTest)

#include "patch_save_test.moc"
