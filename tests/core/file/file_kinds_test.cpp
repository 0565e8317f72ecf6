// Files that are not simply bytes on a disk: holes on tmpfs, /proc and /sys, the memory of a
// process, block devices, files that cannot be mapped.
#include "core/document/document.h"
#include "core/file/mapped_file.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/find_bytes.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"

#include <QProcess>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using MappedFilePtr = std::shared_ptr<MappedFile>;

QByteArray readBytes(const MappedFile& file, Offset at, Offset count, Unreadable& unreadable) {
    QByteArray out(static_cast<qsizetype>(count), '\xEE');
    file.read({at}, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(count)}, at,
              unreadable);
    return out;
}

/// A file on tmpfs, gone with the object.
class MemoryFileOnDisk {
public:
    MemoryFileOnDisk() : path_("/dev/shm/octavo-test-" + std::to_string(::getpid())) {
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    ~MemoryFileOnDisk() {
        ::close(descriptor_);
        ::unlink(path_.c_str());
    }
    const std::string& path() const { return path_; }
    int descriptor() const { return descriptor_; }
    blkcnt_t blocks() const {
        struct stat status {};
        ::fstat(descriptor_, &status);
        return status.st_blocks;
    }

private:
    std::string path_;
    int descriptor_;
};

std::optional<Offset> findText(const std::string& path, std::string_view text, bool backward) {
    const auto document = *Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    Progress progress;
    const Result<FoundBytes> outcome = findFirst(document->snapshot(), *Pattern::fromText(text),
                                                 {0, document->length()}, backward, progress);
    return outcome ? outcome->match : std::nullopt;
}

}  // namespace

class FileKindsTest : public QObject {
    Q_OBJECT

private slots:
    void holesOnTmpfsTakeNoMemory();
    void sevenExbibytes();
    void generatedFiles_data();
    void generatedFiles();
    void endlessGeneratedFileIsRefused();
    void memoryOfAProcess();
    void memoryOfAProcessThatEnds();
    void blockDevice();
    void unmappableFilesAreCachedForAMoment();
    void missingPageOfADevice();
};

void FileKindsTest::holesOnTmpfsTakeNoMemory() {
    const MemoryFileOnDisk sparse;
    const Offset length = Offset{64} << 20;
    if (sparse.descriptor() < 0 || ::ftruncate(sparse.descriptor(), length) != 0)
        QSKIP("there is no tmpfs at /dev/shm");
    QCOMPARE(::pwrite(sparse.descriptor(), "data", 4, length / 2), ssize_t{4});
    const blkcnt_t before = sparse.blocks();
    const MappedFilePtr file = *MappedFile::open(systemFileSystem(), sparse.path());
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Direct));
    Unreadable unreadable;
    for (Offset at = 0; at < length; at += 4096)
        (void)readBytes(*file, at, 4096, unreadable);
    (void)readBytes(*file, 0, length, unreadable);
    QVERIFY(unreadable.isEmpty());
    QCOMPARE(sparse.blocks(), before);
    QCOMPARE(readBytes(*file, length / 2 - 1, 6, unreadable), QByteArray("\0data\0", 6));
}

void FileKindsTest::sevenExbibytes() {
    const MemoryFileOnDisk sparse;
    const Offset length = Offset{7} << 60;
    if (sparse.descriptor() < 0 || ::ftruncate(sparse.descriptor(), length) != 0)
        QSKIP("/dev/shm takes no file of 7 EiB");
    QCOMPARE(::pwrite(sparse.descriptor(), "needle", 6, length - 7), ssize_t{6});
    const MappedFilePtr file = *MappedFile::open(systemFileSystem(), sparse.path());
    QCOMPARE(file->length(), length);
    Unreadable unreadable;
    QCOMPARE(readBytes(*file, length - 8, 8, unreadable), QByteArray("\0needle\0", 8));
    QCOMPARE(findText(sparse.path(), "needle", false), std::optional(length - 7));
    QCOMPARE(findText(sparse.path(), "needle", true), std::optional(length - 7));
    QVERIFY(sparse.blocks() < 100);
}

void FileKindsTest::generatedFiles_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("holds");
    QTest::newRow("of a size of 0") << QByteArray("/proc/self/status") << QByteArray("Name:");
    QTest::newRow("of a size that is too large")
        << QByteArray("/sys/kernel/mm/transparent_hugepage/enabled") << QByteArray("never");
    QTest::newRow("longer than one read") << QByteArray("/proc/kallsyms") << QByteArray(" ");
}

void FileKindsTest::generatedFiles() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, holds);
    QFile plain(path);
    if (!plain.open(QIODevice::ReadOnly))
        QSKIP("this kernel has no such file");
    const Result<MappedFilePtr> file = MappedFile::open(systemFileSystem(), path.toStdString());
    QVERIFY(file.ok());
    QCOMPARE(int((*file)->mode()), int(MappedFile::Mode::Memory));
    Unreadable unreadable;
    const QByteArray content = readBytes(**file, 0, (*file)->length(), unreadable);
    QVERIFY(unreadable.isEmpty());
    QVERIFY(content.contains(holds));
    QVERIFY(content.size() > 4);
    QCOMPARE((*file)->holeLength({0}), Offset{0});
    QCOMPARE((*file)->nextData({2})->end().value, (*file)->length());
}

void FileKindsTest::endlessGeneratedFileIsRefused() {
    // The page map of a process: 512 GiB of it, and the size says 0.
    const Result<MappedFilePtr> file = MappedFile::open(systemFileSystem(), "/proc/self/pagemap");
    QVERIFY(!file.ok());
    QCOMPARE(file.error().code, ErrorCode::TooLarge);
    Progress progress;
    progress.cancel();
    const Result<MappedFilePtr> cancelled = MappedFile::open(
        systemFileSystem(), "/proc/self/pagemap", {kMaxLength, Offset{1} << 30, &progress});
    QVERIFY(!cancelled.ok());
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

void FileKindsTest::memoryOfAProcess() {
    const QByteArray mark = "a mark in the heap that nobody else has: " + someBytes(16).toHex();
    const Result<MappedFilePtr> file = MappedFile::open(systemFileSystem(), "/proc/self/mem");
    QVERIFY(file.ok());
    QCOMPARE(int((*file)->mode()), int(MappedFile::Mode::Process));
    const auto address = static_cast<Offset>(reinterpret_cast<std::uintptr_t>(mark.constData()));
    QVERIFY((*file)->length() > address);
    Unreadable unreadable;
    QCOMPARE(readBytes(**file, address, mark.size(), unreadable), mark);
    QVERIFY(unreadable.isEmpty());

    // Nothing is mapped at address 0, and this is known without trying.
    QVERIFY((*file)->gapLength({0}) > 4096);
    QCOMPARE((*file)->holeLength({0}), Offset{0});
    (void)readBytes(**file, 0, 5000, unreadable);
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{0, 5000}}));
    QCOMPARE((*file)->nextData({0})->offset.value, (*file)->gapLength({0}));
}

void FileKindsTest::memoryOfAProcessThatEnds() {
    const char secret[] = "something only the child and its parent hold";
    const pid_t child = ::fork();
    if (child == 0) {
        for (;;)
            ::pause();
    }
    const std::string path = "/proc/" + std::to_string(child) + "/mem";
    const auto document = Document::open(systemFileSystem(), path, AccessMode::ReadOnly);
    QVERIFY(document.ok());
    const auto address = static_cast<Offset>(reinterpret_cast<std::uintptr_t>(&secret[0]));
    QByteArray seen(sizeof secret, '\0');
    const MutableByteSpan out(reinterpret_cast<Byte*>(seen.data()), sizeof secret);
    const bool readable = (*document)->snapshot().read(address, out).isEmpty();
    // A search passes over the gaps, which are terabytes. (It stops short of searching everything:
    // a sanitizer's shadow is terabytes of readable zeros.)
    const Snapshot snapshot = (*document)->snapshot();
    const Offset gap = snapshot.gapAt(0);
    const auto find = [&](Extent range) {
        Progress progress;
        return findFirst(snapshot, *Pattern::fromText(secret), range, false, progress);
    };
    const Result<FoundBytes> overTheGap = find({0, gap + 4096});
    const Result<FoundBytes> here = find({address - 4096, 8192});
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    if (!readable)
        QSKIP("the memory of another process cannot be read here");
    QCOMPARE(seen, QByteArray(secret, sizeof secret));
    QVERIFY(overTheGap.ok());
    QVERIFY(gap > 4096);
    QCOMPARE(overTheGap->notSearched.extents().front(), (Extent{0, gap}));
    QVERIFY(here.ok());
    QVERIFY(here->match.has_value());

    // The child is gone, and with it every byte.
    QTRY_VERIFY(!(*document)->snapshot().read(address, out).isEmpty());
    QCOMPARE(seen, QByteArray(sizeof secret, '\0'));
}

void FileKindsTest::blockDevice() {
    if (::geteuid() != 0)
        QSKIP("only root can make a loop device");
    const TestFolder folder;
    const QByteArray content = someBytes(1 << 20);
    const std::string path = folder.write("image", content);
    QProcess losetup;
    losetup.start("losetup", {"-f", "--show", QString::fromStdString(path)});
    losetup.waitForFinished();
    const QString device = QString::fromUtf8(losetup.readAllStandardOutput()).trimmed();
    if (device.isEmpty())
        QSKIP("this machine has no loop devices");
    const auto detach = qScopeGuard([&] { QProcess::execute("losetup", {"-d", device}); });

    const MappedFilePtr file = *MappedFile::open(systemFileSystem(), device.toStdString());
    QCOMPARE(int(file->openedInfo().kind), int(FileKind::BlockDevice));
    QCOMPARE(file->length(), Offset{content.size()});
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Whole));
    Unreadable unreadable;
    QVERIFY(readBytes(*file, 0, 30'000, unreadable) == content.left(30'000));
    QVERIFY(unreadable.isEmpty());

    // Its image is cut: from the middle on the device can deliver nothing.
    QCOMPARE(::truncate(path.c_str(), 1 << 19), 0);
    const int descriptor = ::open(device.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC);
    (void)::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::close(descriptor);
    const Offset behind = (1 << 19) + (1 << 18);
    const QByteArray seen = readBytes(*file, behind, 20'000, unreadable);
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{behind, 20'000}}));
    QCOMPARE(seen, QByteArray(20'000, '\0'));
    Unreadable none;
    QVERIFY(readBytes(*file, 100'000, 30'000, none) == content.mid(100'000, 30'000));
    QVERIFY(none.isEmpty());
}

void FileKindsTest::unmappableFilesAreCachedForAMoment() {
    const TestFolder folder;
    const QByteArray content = someBytes(300'000);
    const std::string path = folder.write("file", content);
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(0);
    const MappedFilePtr file = *MappedFile::open(fileSystem, path);
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Direct));
    Unreadable unreadable;
    const int before = fileSystem.calls();
    for (Offset at = 0; at < 60'000; at += 64)
        QVERIFY(readBytes(*file, at, 64, unreadable) == content.mid(at, 64));
    QVERIFY(fileSystem.calls() - before < 20);
    // The end of the file, and a page that goes over it.
    QVERIFY(readBytes(*file, 299'000, 1000, unreadable) == content.mid(299'000));
    QVERIFY(unreadable.isEmpty());
    // What is written elsewhere shows at once where the time moves, or a moment later.
    QByteArray other = content;
    other[10] = static_cast<char>(other[10] + 1);
    folder.write("file", other);
    QTRY_VERIFY(readBytes(*file, 0, 64, unreadable) == other.left(64));
    QCOMPARE(::truncate(path.c_str(), 100), 0);
    QTRY_VERIFY((unreadable = {}, readBytes(*file, 90, 20, unreadable)) ==
                other.mid(90, 10) + QByteArray(10, '\0'));
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{100, 10}}));
}

void FileKindsTest::missingPageOfADevice() {
    const TestFolder folder;
    const QByteArray content = someBytes(40'000);
    const std::string path = folder.write("file", content);
    FaultFileSystem fileSystem;
    fileSystem.setBadExtent({{8192}, 4096});
    fileSystem.setMapsBadExtent(true);  // a real fault in the middle of a mapping
    const MappedFilePtr file = *MappedFile::open(fileSystem, path);
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Whole));
    for (int pass = 0; pass < 3; ++pass) {
        Unreadable unreadable;
        const QByteArray seen = readBytes(*file, 0, content.size(), unreadable);
        QCOMPARE(unreadable.extents(), (std::vector<Extent>{{8192, 4096}}));
        QCOMPARE(seen.left(8192), content.left(8192));
        QCOMPARE(seen.mid(8192 + 4096), content.mid(8192 + 4096));
    }
    // A file whose mapping faults a thousand times is read plainly from then on.
    for (int pass = 0; pass < 1000; ++pass) {
        Unreadable unreadable;
        (void)readBytes(*file, 8192, 16, unreadable);
        QVERIFY(!unreadable.isEmpty());
    }
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Direct));
    fileSystem.setBadExtent({});
    Unreadable unreadable;
    QCOMPARE(readBytes(*file, 0, content.size(), unreadable), content);
    QVERIFY(unreadable.isEmpty());
}

QTEST_GUILESS_MAIN(FileKindsTest)

#include "file_kinds_test.moc"
