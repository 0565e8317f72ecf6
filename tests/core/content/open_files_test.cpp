#include "core/content/open_files.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <cstdio>
#include <thread>
#include <vector>

#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using VersionPtr = std::shared_ptr<const FileVersion>;

VersionPtr share(const std::string& path, FileSystem& fileSystem = systemFileSystem()) {
    return OpenFiles::share(fileSystem, *MappedFile::open(fileSystem, path));
}

/// A save that changes nothing but the version, and ends.
VersionPtr saved(const VersionPtr& version) {
    VersionPtr next = version->succeed({}, version->file());
    next->settle(*next->file()->currentInfo());
    return next;
}

}  // namespace

class OpenFilesTest : public QObject {
    Q_OBJECT

private slots:
    void sharesTheVeryFile();
    void sharesByIdentityAndNotByName();
    void sharesTheNewest();
    void sharesThoughTheFirstHasGone();
    void forgetsWhatNobodyHolds();
    void oursAreNotOutsideChanges();
    void notAfterOutsideChanges();
    void whileASaveRuns();
    void notWhatIsMadeWhileItIsRead();
    void fromManyThreads();
};

void OpenFilesTest::sharesTheVeryFile() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const VersionPtr first = share(path);
    QVERIFY(share(path) == first);
    QVERIFY(share(folder.write("other", "abc")) != first);
    FaultFileSystem another;
    QVERIFY(share(path, another) != first);
}

void OpenFilesTest::sharesByIdentityAndNotByName() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const std::string linked = folder.path("linked");
    QCOMPARE(::link(path.c_str(), linked.c_str()), 0);
    const VersionPtr first = share(path);
    QVERIFY(share(linked) == first);
    folder.write("new", "abc");
    QCOMPARE(std::rename(folder.path("new").c_str(), path.c_str()), 0);
    QVERIFY(share(path)->chain() != first->chain());
}

void OpenFilesTest::sharesTheNewest() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const VersionPtr first = share(path);
    const VersionPtr second = saved(first);
    QVERIFY(share(path) == second);
}

void OpenFilesTest::sharesThoughTheFirstHasGone() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    VersionPtr version = share(path);
    version = saved(version);
    QVERIFY(share(path) == version);
}

void OpenFilesTest::forgetsWhatNobodyHolds() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const std::weak_ptr<const FileVersion> first = share(path);
    QVERIFY(first.expired());
    QCOMPARE(share(path)->file()->path(), path);
}

void OpenFilesTest::oursAreNotOutsideChanges() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const VersionPtr first = share(path);
    const VersionPtr second = first->succeed({}, first->file());
    QTest::qSleep(20);  // longer than a tick of any file system's clock that tests run on
    folder.write("file", "abd");
    second->settle(*second->file()->currentInfo());
    QVERIFY(share(path) == second);
}

void OpenFilesTest::notAfterOutsideChanges() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const VersionPtr first = share(path);
    folder.write("file", "abcd");
    const VersionPtr second = share(path);
    QVERIFY(second->chain() != first->chain());
    QCOMPARE(second->file()->length(), Offset{4});
    QVERIFY(share(path) == second);
    // What the first document takes over is its file again, but others share with the second.
    QCOMPARE(*first->file()->extend(), Offset{4});
    first->settle(*first->file()->currentInfo());
    QVERIFY(share(path) == second);
}

void OpenFilesTest::whileASaveRuns() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    const VersionPtr first = share(path);
    const VersionPtr second = first->succeed({}, first->file());
    folder.write("file", "abcd");  // what it has written so far
    QVERIFY(share(path) == second);
}

void OpenFilesTest::notWhatIsMadeWhileItIsRead() {
    const VersionPtr first = share("/proc/self/status");
    QVERIFY(share("/proc/self/status") != first);
}

void OpenFilesTest::fromManyThreads() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    std::vector<VersionPtr> found(4);
    std::vector<std::thread> threads;
    for (VersionPtr& each : found) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i)
                each = share(path);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const VersionPtr& each : found)
        QVERIFY(each == found.front());
}

QTEST_GUILESS_MAIN(OpenFilesTest)

#include "open_files_test.moc"
