// Folders and locks as the file system gives them: what the edit log rests on.
#include "core/file/file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <array>
#include <csignal>
#include <memory>

#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

class FileSystemTest : public QObject {
    Q_OBJECT

private slots:
    void makesFolders();
    void refusesAFolderUnderAFile();
    void listsNames();
    void listsNoFolderThatIsMissing();
    void oneHolderOfALock();
    void aLockEndsWithItsProcess();
    void locksNothingOpenForReading();
};

void FileSystemTest::makesFolders() {
    FileSystem& fileSystem = systemFileSystem();
    const TestFolder folder;
    const std::string deep = folder.path("a/b/c");
    QVERIFY(fileSystem.makeFolder(deep, 0700).ok());
    QVERIFY(fileSystem.makeFolder(deep + "/", 0755).ok());
    for (const char* name : {"a", "a/b", "a/b/c"}) {
        const Result<FileInfo> info = fileSystem.info(folder.path(name));
        QVERIFY(info.ok());
        QCOMPARE(info->kind, FileKind::Directory);
        QCOMPARE(info->permissions, 0700U);
    }
}

void FileSystemTest::refusesAFolderUnderAFile() {
    const TestFolder folder;
    folder.write("file", "x");
    QVERIFY(!systemFileSystem().makeFolder(folder.path("file/below"), 0700).ok());
    QVERIFY(!systemFileSystem().makeFolder(folder.path("file"), 0700).ok());
}

void FileSystemTest::listsNames() {
    const TestFolder folder;
    folder.write("b", "");
    folder.write(".a", "");
    QVERIFY(systemFileSystem().makeFolder(folder.path("c"), 0700).ok());
    const Result<std::vector<std::string>> names = systemFileSystem().list(folder.path("."));
    QVERIFY(names.ok());
    QCOMPARE(*names, (std::vector<std::string>{".a", "b", "c"}));
}

void FileSystemTest::listsNoFolderThatIsMissing() {
    const TestFolder folder;
    const Result<std::vector<std::string>> names = systemFileSystem().list(folder.path("none"));
    QVERIFY(!names.ok());
    QVERIFY(names.error().isMissing());
}

void FileSystemTest::oneHolderOfALock() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    std::shared_ptr<File> first = *systemFileSystem().open(path, OpenMode::ReadWrite);
    const std::shared_ptr<File> second = *systemFileSystem().open(path, OpenMode::ReadWrite);
    QVERIFY(*first->lock());
    QVERIFY(*first->lock());
    QVERIFY(!*second->lock());
    // Another descriptor of the holder's process changes nothing.
    { const std::shared_ptr<File> third = *systemFileSystem().open(path, OpenMode::ReadWrite); }
    QVERIFY(!*second->lock());
    first.reset();
    QVERIFY(*second->lock());
}

void FileSystemTest::aLockEndsWithItsProcess() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    std::array<int, 2> told{};
    QCOMPARE(::pipe(told.data()), 0);
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        const auto file = systemFileSystem().open(path, OpenMode::ReadWrite);
        const char answer = file && *(*file)->lock() ? 'y' : 'n';
        if (::write(told[1], &answer, 1) != 1)
            ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    char answer = 0;
    QCOMPARE(::read(told[0], &answer, 1), ssize_t{1});
    QCOMPARE(answer, 'y');
    const std::shared_ptr<File> mine = *systemFileSystem().open(path, OpenMode::ReadWrite);
    QVERIFY(!*mine->lock());
    ::kill(child, SIGKILL);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    QVERIFY(*mine->lock());
    ::close(told[0]);
    ::close(told[1]);
}

void FileSystemTest::locksNothingOpenForReading() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::Read);
    QVERIFY(!file->lock().ok());
}

QTEST_GUILESS_MAIN(FileSystemTest)
#include "file_system_test.moc"
