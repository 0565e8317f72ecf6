// Locks that others hold, as they are seen from an open file.
#include "core/file/file_system.h"
#include "core/file/foreign_lock.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <array>
#include <csignal>
#include <functional>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using Kind = ForeignLock::Kind;

/// A process that locks a file and holds on to it.
class Holder {
public:
    Holder(const std::string& path, const std::function<bool(int)>& take) {
        std::array<int, 2> told{};
        if (::pipe(told.data()) != 0)
            qFatal("no pipe");
        process_ = ::fork();
        if (process_ == 0) {
            const int descriptor = ::open(path.c_str(), O_RDWR);
            const char answer = descriptor >= 0 && take(descriptor) ? 'y' : 'n';
            if (::write(told[1], &answer, 1) == 1)
                ::pause();
            ::_exit(0);
        }
        char answer = 0;
        holds_ = ::read(told[0], &answer, 1) == 1 && answer == 'y';
        ::close(told[0]);
        ::close(told[1]);
    }
    ~Holder() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

    bool holds() const { return holds_; }
    std::int64_t process() const { return process_; }

private:
    pid_t process_ = -1;
    bool holds_ = false;
};

bool lockRange(int descriptor, int command, short kind, Offset from, Offset length) {
    struct flock range {};
    range.l_type = kind;
    range.l_whence = SEEK_SET;
    range.l_start = from;
    range.l_len = length;
    return ::fcntl(descriptor, command, &range) == 0;
}

}  // namespace

class ForeignLockTest : public QObject {
    Q_OBJECT

private slots:
    void findsNone();
    void findsLocks_data();
    void findsLocks();
    void doesNotFindItsOwn();
    void findsThoseOfAnotherOpenFile();
    void leavesNoLockBehind();
};

void ForeignLockTest::findsNone() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const auto file = systemFileSystem().open(path, OpenMode::Read).value();
    QVERIFY(file->foreignLocks()->empty());
}

Q_DECLARE_METATYPE(std::function<bool(int)>)
Q_DECLARE_METATYPE(std::vector<ForeignLock>)

void ForeignLockTest::findsLocks_data() {
    QTest::addColumn<std::function<bool(int)>>("take");
    QTest::addColumn<std::vector<ForeignLock>>("expected");  // process: whether it is told
    const auto row = [](const char* name, const std::function<bool(int)>& take,
                        const std::vector<ForeignLock>& expected) {
        QTest::newRow(name) << take << expected;
    };
    const FileExtent all{{0}, kMaxLength};
    row("of the file, exclusive", [](int file) { return ::flock(file, LOCK_EX) == 0; },
        {{Kind::Whole, true, all, 1}});
    row("of the file, shared", [](int file) { return ::flock(file, LOCK_SH) == 0; },
        {{Kind::Whole, false, all, 1}});
    row("of a range", [](int file) { return lockRange(file, F_SETLK, F_WRLCK, 10, 5); },
        {{Kind::Range, true, {{10}, 5}, 1}});
    row("of a range, for reading",
        [](int file) { return lockRange(file, F_SETLK, F_RDLCK, 10, 0); },
        {{Kind::Range, false, {{10}, kMaxLength - 10}, 1}});
    row("of a range, of the open file",
        [](int file) { return lockRange(file, F_OFD_SETLK, F_WRLCK, 0, 0); },
        {{Kind::Range, true, all, 0}});
    row("three ranges",
        [](int file) {
            return lockRange(file, F_SETLK, F_WRLCK, 50, 5) &&
                   lockRange(file, F_SETLK, F_WRLCK, 10, 5) &&
                   lockRange(file, F_SETLK, F_RDLCK, 90, 0);
        },
        {{Kind::Range, true, {{10}, 5}, 1},
         {Kind::Range, true, {{50}, 5}, 1},
         {Kind::Range, false, {{90}, kMaxLength - 90}, 1}});
    row("both kinds",
        [](int file) {
            return lockRange(file, F_SETLK, F_WRLCK, 0, 1) && ::flock(file, LOCK_EX) == 0;
        },
        {{Kind::Range, true, {{0}, 1}, 1}, {Kind::Whole, true, all, 1}});
}

void ForeignLockTest::findsLocks() {
    QFETCH(std::function<bool(int)>, take);
    QFETCH(std::vector<ForeignLock>, expected);
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(100));
    const Holder holder(path, take);
    QVERIFY(holder.holds());
    for (ForeignLock& lock : expected)
        lock.process = lock.process != 0 ? holder.process() : 0;
    for (const OpenMode mode : {OpenMode::Read, OpenMode::ReadWrite}) {
        const auto file = systemFileSystem().open(path, mode).value();
        const Result<std::vector<ForeignLock>> found = file->foreignLocks();
        QVERIFY(found.ok());
        QVERIFY(*found == expected);
    }
}

void ForeignLockTest::doesNotFindItsOwn() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const auto file = systemFileSystem().open(path, OpenMode::ReadWrite).value();
    QVERIFY(file->lock().value());
    QVERIFY(file->foreignLocks()->empty());
    QVERIFY(file->lock().value());
}

void ForeignLockTest::findsThoseOfAnotherOpenFile() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const auto first = systemFileSystem().open(path, OpenMode::ReadWrite).value();
    const auto second = systemFileSystem().open(path, OpenMode::Read).value();
    QVERIFY(first->lock().value());
    const std::vector<ForeignLock> found = second->foreignLocks().value();
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found.front().exclusive);
}

void ForeignLockTest::leavesNoLockBehind() {
    const TestFolder folder;
    const std::string path = folder.write("file", "x");
    const auto file = systemFileSystem().open(path, OpenMode::ReadWrite).value();
    QVERIFY(file->foreignLocks().ok());
    const Holder holder(path, [](int descriptor) {
        return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 &&
               lockRange(descriptor, F_OFD_SETLK, F_WRLCK, 0, 0);
    });
    QVERIFY(holder.holds());
}

QTEST_GUILESS_MAIN(ForeignLockTest)
#include "foreign_lock_test.moc"
