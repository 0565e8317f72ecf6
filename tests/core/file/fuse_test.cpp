// A real FUSE file system of the test's own: one file that cannot be mapped, and one whose device
// fails in the middle.
#define FUSE_USE_VERSION 31
#include "core/file/mapped_file.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <fuse.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr off_t kSize = 200'000;
constexpr off_t kBadFrom = 65'536;
constexpr off_t kBadTo = 131'072;

char byteAt(off_t at) {
    return static_cast<char>(at * 7 + at / 256);
}

int describe(const char* path, struct stat* status, fuse_file_info* /*info*/) {
    *status = {};
    const bool isRoot = std::strcmp(path, "/") == 0;
    status->st_mode = isRoot ? S_IFDIR | 0755 : S_IFREG | 0444;
    status->st_nlink = 1;
    status->st_size = isRoot ? 0 : kSize;
    status->st_blocks = isRoot ? 0 : kSize / 512 + 1;
    const bool isKnown =
        isRoot || std::strcmp(path, "/unmapped") == 0 || std::strcmp(path, "/failing") == 0;
    return isKnown ? 0 : -ENOENT;
}

int openFile(const char* path, fuse_file_info* info) {
    info->direct_io = std::strcmp(path, "/unmapped") == 0 ? 1 : 0;
    return 0;
}

int readFile(const char* path, char* out, std::size_t size, off_t at, fuse_file_info* /*info*/) {
    const off_t end = std::min(at + static_cast<off_t>(size), kSize);
    const bool fails = std::strcmp(path, "/failing") == 0 && at < kBadTo && end > kBadFrom;
    if (fails)
        return -EIO;
    for (off_t i = at; i < end; ++i)
        out[i - at] = byteAt(i);
    return static_cast<int>(std::max<off_t>(end - at, 0));
}

/// Serves until it is unmounted; in a process of its own.
int serve(const std::string& folder) {
    fuse_operations operations{};
    operations.getattr = describe;
    operations.open = openFile;
    operations.read = readFile;
    std::array<char*, 4> arguments{const_cast<char*>("octavo-test"), const_cast<char*>("-f"),
                                   const_cast<char*>("-s"), const_cast<char*>(folder.c_str())};
    return fuse_main(4, arguments.data(), &operations, nullptr);
}

QByteArray content() {
    QByteArray bytes(kSize, Qt::Uninitialized);
    for (off_t i = 0; i < kSize; ++i)
        bytes[qsizetype{i}] = byteAt(i);
    return bytes;
}

QByteArray readBytes(const MappedFile& file, Offset at, Offset count, Unreadable& unreadable) {
    QByteArray out(static_cast<qsizetype>(count), '\xEE');
    file.read({at}, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(count)}, at,
              unreadable);
    return out;
}

}  // namespace

class FuseTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void unmappable();
    void failingDevice_data();
    void failingDevice();

private:
    TestFolder folder_;
    std::string mount_;
    pid_t server_ = -1;
};

void FuseTest::initTestCase() {
    if (::access("/dev/fuse", R_OK | W_OK) != 0)
        QSKIP("this machine grants no FUSE");
    mount_ = folder_.path("mount");
    QVERIFY(QDir().mkpath(QString::fromStdString(mount_)));
    server_ = ::fork();
    if (server_ == 0) {
        ::signal(SIGTERM, SIG_DFL);  // Qt Test's handler would keep libfuse from setting its own
        ::_exit(serve(mount_));
    }
    const std::string file = mount_ + "/unmapped";
    for (int i = 0; i < 500 && ::access(file.c_str(), F_OK) != 0; ++i) {
        if (::waitpid(server_, nullptr, WNOHANG) == server_) {
            server_ = -1;
            QSKIP("this machine lets no test mount a file system");
        }
        QTest::qWait(10);
    }
    QCOMPARE(::access(file.c_str(), F_OK), 0);
}

void FuseTest::cleanupTestCase() {
    if (server_ < 0)
        return;
    // Either makes it end: the signal where only itself may unmount, the other where a sanitizer
    // holds the signal back.
    ::kill(server_, SIGTERM);
    ::umount2(mount_.c_str(), MNT_DETACH);
    const auto hasEnded = [this] { return ::waitpid(server_, nullptr, WNOHANG) != 0; };
    if (!QTest::qWaitFor(hasEnded, 5000)) {
        ::kill(server_, SIGKILL);
        ::waitpid(server_, nullptr, 0);
    }
}

void FuseTest::unmappable() {
    const auto file = *MappedFile::open(systemFileSystem(), mount_ + "/unmapped");
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Direct));
    Unreadable unreadable;
    QVERIFY(readBytes(*file, 0, kSize, unreadable) == content());
    for (Offset at = 0; at + 100 <= kSize; at += 997)
        QVERIFY(readBytes(*file, at, 100, unreadable) == content().mid(at, 100));
    QVERIFY(unreadable.isEmpty());
}

void FuseTest::failingDevice_data() {
    QTest::addColumn<qint64>("block");
    QTest::newRow("through the map") << qint64{4096};
    QTest::newRow("by plain reads") << qint64{kSize};
}

void FuseTest::failingDevice() {
    QFETCH(qint64, block);
    const auto file = *MappedFile::open(systemFileSystem(), mount_ + "/failing");
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Whole));
    Unreadable unreadable;
    QByteArray seen;
    for (Offset at = 0; at < kSize; at += block)
        seen += readBytes(*file, at, std::min<Offset>(block, kSize - at), unreadable);
    // How much around the failing pages goes with them is the kernel's read-ahead; they do, and
    // whatever is not reported is right.
    QVERIFY(!unreadable.isEmpty());
    for (Offset at = kBadFrom; at < kBadTo; ++at)
        QVERIFY(unreadable.contains(at));
    const QByteArray expected = content();
    for (Offset at = 0; at < kSize; ++at)
        QVERIFY(unreadable.contains(at) ? seen.at(at) == 0 : seen.at(at) == expected.at(at));
    QVERIFY(!unreadable.contains(0));
    QVERIFY(!unreadable.contains(kSize - 1));
}

QTEST_GUILESS_MAIN(FuseTest)

#include "fuse_test.moc"
