#include "core/file/file_watch.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <cstdio>
#include <functional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

using Act = std::function<void(const TestFolder&)>;
Q_DECLARE_METATYPE(Act)

namespace {

void touch(const TestFolder& folder, time_t seconds) {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    QCOMPARE(::utimensat(AT_FDCWD, folder.path("file").c_str(), times, 0), 0);
}

void moveOver(const TestFolder& folder) {
    folder.write("other", "another file");
    QCOMPARE(std::rename(folder.path("other").c_str(), folder.path("file").c_str()), 0);
}

}  // namespace

class FileWatchTest : public QObject {
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void everyThingOnce();
};

void FileWatchTest::tells_data() {
    QTest::addColumn<Act>("act");
    QTest::addColumn<int>("event");
    QTest::newRow("nothing") << Act([](const TestFolder&) {}) << int(FileEvent::None);
    QTest::newRow("written") << Act([](const TestFolder& folder) {
        folder.write("file", "CONTENT");
        touch(folder, 7);
    }) << int(FileEvent::Written);
    QTest::newRow("written, and its time put back") << Act([](const TestFolder& folder) {
        struct stat before {};
        QCOMPARE(::stat(folder.path("file").c_str(), &before), 0);
        QTest::qSleep(20);
        folder.write("file", "CONTENT");
        const timespec times[2] = {before.st_atim, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, folder.path("file").c_str(), times, 0), 0);
    }) << int(FileEvent::Written);
    QTest::newRow("appended") << Act([](const TestFolder& folder) {
        folder.write("file", "content and more");
    }) << int(FileEvent::Appended);
    QTest::newRow("truncated") << Act([](const TestFolder& folder) {
        QCOMPARE(::truncate(folder.path("file").c_str(), 2), 0);
    }) << int(FileEvent::Truncated);
    QTest::newRow("emptied") << Act([](const TestFolder& folder) { folder.write("file", ""); })
                             << int(FileEvent::Truncated);
    QTest::newRow("renamed over") << Act(moveOver) << int(FileEvent::Replaced);
    QTest::newRow("written, then renamed over") << Act([](const TestFolder& folder) {
        folder.write("file", "content and more");
        moveOver(folder);
    }) << int(FileEvent::Replaced);
    QTest::newRow("deleted") << Act([](const TestFolder& folder) {
        QCOMPARE(::unlink(folder.path("file").c_str()), 0);
    }) << int(FileEvent::Deleted);
    QTest::newRow("renamed away") << Act([](const TestFolder& folder) {
        QCOMPARE(std::rename(folder.path("file").c_str(), folder.path("gone").c_str()), 0);
    }) << int(FileEvent::Deleted);
    QTest::newRow("its permissions changed") << Act([](const TestFolder& folder) {
        QCOMPARE(::chmod(folder.path("file").c_str(), 0600), 0);
    }) << int(FileEvent::None);
}

void FileWatchTest::tells() {
    QFETCH(Act, act);
    QFETCH(int, event);
    const TestFolder folder;
    folder.write("file", "content");
    FileWatch watch(*MappedFile::open(systemFileSystem(), folder.path("file")));
    QCOMPARE(int(watch.poll()), int(FileEvent::None));
    act(folder);
    QCOMPARE(int(watch.poll()), event);
    QCOMPARE(int(watch.poll()), int(FileEvent::None));
}

void FileWatchTest::everyThingOnce() {
    const TestFolder folder;
    folder.write("file", "content");
    FileWatch watch(*MappedFile::open(systemFileSystem(), folder.path("file")));
    QCOMPARE(std::rename(folder.path("file").c_str(), folder.path("kept").c_str()), 0);
    QCOMPARE(int(watch.poll()), int(FileEvent::Deleted));
    folder.write("file", "somebody else's");
    QCOMPARE(int(watch.poll()), int(FileEvent::Replaced));
    QCOMPARE(int(watch.poll()), int(FileEvent::None));
    moveOver(folder);
    QCOMPARE(int(watch.poll()), int(FileEvent::Replaced));
    // The open file is still watched, under whatever name.
    folder.write("kept", "content, and longer");
    QCOMPARE(int(watch.poll()), int(FileEvent::Appended));
    // A rename moves a time as well, and the system does not say what for.
    QCOMPARE(std::rename(folder.path("kept").c_str(), folder.path("file").c_str()), 0);
    QVERIFY(watch.poll() <= FileEvent::Written);
    QCOMPARE(int(watch.poll()), int(FileEvent::None));
}

QTEST_GUILESS_MAIN(FileWatchTest)

#include "file_watch_test.moc"
