#include "core/file/mapped_file.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using MappedFilePtr = std::shared_ptr<MappedFile>;

MappedFilePtr openFile(const std::string& path, const MappedFile::Options& options = {}) {
    Result<MappedFilePtr> file = MappedFile::open(systemFileSystem(), path, options);
    return file ? *file : nullptr;
}

QByteArray readBytes(const MappedFile& file, Offset at, Offset count, Unreadable& unreadable) {
    QByteArray out(static_cast<qsizetype>(count), '\xEE');
    file.read({at}, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(count)}, at,
              unreadable);
    return out;
}

/// True where two writes in a row give a file two different times (Linux 6.13 and later).
bool writesShowInTheTime(const std::string& path) {
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    for (int i = 0; i < 20; ++i) {
        const std::int64_t before = file->info()->modifiedNs;
        (void)file->writeAt({0}, Bytes{'x'});
        if (file->info()->modifiedNs == before)
            return false;
    }
    return true;
}

/// What a document sees of a file whose first `size` bytes are there.
void checkContent(const MappedFile& file, const QByteArray& content, qsizetype size) {
    Unreadable unreadable;
    const QByteArray seen = readBytes(file, 0, file.length(), unreadable);
    QByteArray expected = content.left(size);
    expected.append(content.size() - size, '\0');
    QVERIFY(seen == expected);
    if (size == content.size())
        QVERIFY(unreadable.isEmpty());
    else
        QCOMPARE(unreadable.extents(), (std::vector<Extent>{{size, content.size() - size}}));
}

}  // namespace

class MappedFileTest : public QObject {
    Q_OBJECT

private slots:
    void modes_data();
    void modes();
    void readsAnywhere_data();
    void readsAnywhere();
    void refusesInWords_data();
    void refusesInWords();
    void surviveTruncation_data();
    void surviveTruncation();
    void readersSurviveAFileThatComesAndGoes_data();
    void readersSurviveAFileThatComesAndGoes();
    void badExtentIsReported();
    void allWholeMapsTogetherHaveALimit();
    void holes();
    void extends_data();
    void extends();
    void extendsWhileItIsRead_data();
    void extendsWhileItIsRead();
    void extendsIntoHoles_data();
    void extendsIntoHoles();
    void extendsFromWholeToWindows();
    void neverShrinks();
    void madeFilesStayAsTheyAre();
    void tellsWhatItHoldsOnDisk();
};

void MappedFileTest::modes_data() {
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("mode");
    QTest::newRow("all granted") << qint64{kMaxLength} << int(MappedFile::Mode::Whole);
    QTest::newRow("small windows") << qint64{4096} << int(MappedFile::Mode::Windows);
    QTest::newRow("nothing granted") << qint64{0} << int(MappedFile::Mode::Direct);
}

void MappedFileTest::modes() {
    QFETCH(qint64, limit);
    QFETCH(int, mode);
    const TestFolder folder;
    const QByteArray content = someBytes(100'000);
    const std::string path = folder.write("file", content);
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(limit);
    const Result<MappedFilePtr> file = MappedFile::open(fileSystem, path, {kMaxLength, 4096});
    QVERIFY(file.ok());
    QCOMPARE(int((*file)->mode()), mode);
    checkContent(**file, content, content.size());
}

void MappedFileTest::readsAnywhere_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<qint64>("window");
    for (const int size : {0, 1, 4095, 4096, 4097, 300'000}) {
        QTest::addRow("%d whole", size) << size << qint64{0};
        QTest::addRow("%d in pages", size) << size << qint64{4096};
    }
}

void MappedFileTest::readsAnywhere() {
    QFETCH(int, size);
    QFETCH(qint64, window);
    const TestFolder folder;
    const QByteArray content = someBytes(size);
    const MappedFilePtr file =
        openFile(folder.write("file", content),
                 window > 0 ? MappedFile::Options{window, window} : MappedFile::Options{});
    QVERIFY(file);
    QCOMPARE(file->length(), Offset{size});
    checkContent(*file, content, size);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int i = 0; i < 300; ++i) {
            const Offset at = std::uniform_int_distribution<Offset>(0, size)(engine);
            const Offset count = std::uniform_int_distribution<Offset>(0, size - at)(engine);
            Unreadable unreadable;
            QVERIFY(readBytes(*file, at, count, unreadable) == content.mid(at, count));
            QVERIFY(unreadable.isEmpty());
        }
    }
}

void MappedFileTest::refusesInWords_data() {
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    const int unsupported = int(ErrorCode::UnsupportedFile);
    QTest::newRow("folder") << QByteArray("folder") << unsupported << QByteArray("folder");
    QTest::newRow("FIFO") << QByteArray("fifo") << unsupported << QByteArray("FIFO");
    QTest::newRow("socket") << QByteArray("socket") << unsupported << QByteArray("socket");
    QTest::newRow("character device")
        << QByteArray("/dev/null") << unsupported << QByteArray("character device");
    QTest::newRow("missing") << QByteArray("missing") << int(ErrorCode::System)
                             << QByteArray("No such file");
    QTest::newRow("empty name") << QByteArray("") << int(ErrorCode::System)
                                << QByteArray("No such file");
    QTest::newRow("NUL in the name")
        << QByteArray("/dev/zero\0x", 11) << int(ErrorCode::InvalidArgument) << QByteArray("NUL");
}

void MappedFileTest::refusesInWords() {
    QFETCH(QByteArray, kind);
    QFETCH(int, code);
    QFETCH(QByteArray, word);
    const TestFolder folder;
    std::string path = kind.toStdString();
    if (kind == "folder") {
        path = folder.path("");
    } else if (kind == "fifo") {
        path = folder.path("fifo");
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    } else if (kind == "socket") {
        path = folder.path("s");
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        QCOMPARE(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ::close(descriptor);
    } else if (kind == "missing") {
        path = folder.path("missing");
    }
    const Result<MappedFilePtr> file = MappedFile::open(systemFileSystem(), path);
    QVERIFY(!file.ok());
    QCOMPARE(int(file.error().code), code);
    QVERIFY2(QByteArray::fromStdString(file.error().message()).contains(word),
             file.error().message().c_str());
}

void MappedFileTest::surviveTruncation_data() {
    QTest::addColumn<int>("left");
    QTest::addColumn<qint64>("window");
    for (const qint64 window : {qint64{0}, qint64{4096}}) {
        const char* how = window > 0 ? "in pages" : "whole";
        QTest::addRow("to nothing, %s", how) << 0 << window;
        QTest::addRow("to one byte, %s", how) << 1 << window;
        QTest::addRow("to a page, %s", how) << 4096 << window;
        QTest::addRow("to a page and a bit, %s", how) << 4100 << window;
        QTest::addRow("to half, %s", how) << 50'000 << window;
        QTest::addRow("by one byte, %s", how) << 99'999 << window;
    }
}

void MappedFileTest::surviveTruncation() {
    QFETCH(int, left);
    QFETCH(qint64, window);
    const TestFolder folder;
    const QByteArray content = someBytes(100'000);
    const std::string path = folder.write("file", content);
    const MappedFilePtr file =
        openFile(path, window > 0 ? MappedFile::Options{window, window} : MappedFile::Options{});
    QVERIFY(file);
    // Twice, so that the second time meets what the first has left; the first pass has the pages
    // mapped already, where the cut one of the last page shows as zeros and no signal.
    for (int pass = 0; pass < 2; ++pass) {
        checkContent(*file, content, content.size());
        QCOMPARE(::truncate(path.c_str(), left), 0);
        checkContent(*file, content, left);
        checkContent(*file, content, left);
        folder.write("file", content);
    }
    checkContent(*file, content, content.size());
}

void MappedFileTest::readersSurviveAFileThatComesAndGoes_data() {
    QTest::addColumn<qint64>("window");
    QTest::addColumn<int>("rounds");
    QTest::newRow("whole") << qint64{0} << 10'000;
    QTest::newRow("in pages") << qint64{4096} << 1'000;
}

void MappedFileTest::readersSurviveAFileThatComesAndGoes() {
    QFETCH(qint64, window);
    QFETCH(int, rounds);
    const TestFolder folder;
    const QByteArray content(20'000, 'x');
    const std::string path = folder.write("file", content);
    const MappedFilePtr file =
        openFile(path, window > 0 ? MappedFile::Options{window, window} : MappedFile::Options{});
    QVERIFY(file);
    const bool fineTimes = writesShowInTheTime(path);
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
        readers.emplace_back([&] {
            while (!stop) {
                Unreadable unreadable;
                const QByteArray seen = readBytes(*file, 0, file->length(), unreadable);
                // The file is cut and written again from its beginning, so it never holds a zero:
                // each byte is the file's, or reported with a zero to stand in for it. Where the
                // system's clock ticks too slowly to tell, a zero that the kernel put behind
                // the end for a moment can be seen.
                qsizetype missing = 0;
                for (const Extent& extent : unreadable.extents())
                    missing += extent.length;
                const qsizetype zeros = seen.count('\0');
                if (seen.count('x') + zeros != seen.size() || zeros < missing)
                    ++wrong;
                if (fineTimes && zeros > missing)
                    ++wrong;
                for (const Extent& extent : unreadable.extents()) {
                    if (seen.mid(extent.offset, extent.length).count('x') > 0)
                        ++wrong;
                }
            }
        });
    }
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    for (int i = 0; i < scaled(rounds); ++i) {
        QCOMPARE(::ftruncate(descriptor, (i * 4099) % content.size()), 0);
        if (i % 8 == 0)
            std::this_thread::yield();
        QCOMPARE(
            ::pwrite(descriptor, content.constData(), static_cast<std::size_t>(content.size()), 0),
            ssize_t{content.size()});
        // A read that begins when the file is whole again sees no zero of the time before.
        if (i % 100 == 0)
            checkContent(*file, content, content.size());
    }
    stop = true;
    for (std::thread& reader : readers)
        reader.join();
    ::close(descriptor);
    QCOMPARE(wrong.load(), 0);
    checkContent(*file, content, content.size());
}

void MappedFileTest::badExtentIsReported() {
    const TestFolder folder;
    const QByteArray content = someBytes(20'000);
    const std::string path = folder.write("file", content);
    FaultFileSystem fileSystem;
    fileSystem.setBadExtent({{4096}, 8192});
    const Result<MappedFilePtr> file = MappedFile::open(fileSystem, path);
    QVERIFY(file.ok());
    Unreadable unreadable;
    const QByteArray seen = readBytes(**file, 0, content.size(), unreadable);
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{4096, 8192}}));
    QCOMPARE(seen.left(4096), content.left(4096));
    QCOMPARE(seen.mid(4096, 8192), QByteArray(8192, '\0'));
    QCOMPARE(seen.mid(4096 + 8192), content.mid(4096 + 8192));
}

void MappedFileTest::allWholeMapsTogetherHaveALimit() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{15} << 40;
    if (::truncate(path.c_str(), length) != 0)
        QSKIP("the file system takes no file of 15 TiB");
    std::vector<MappedFilePtr> files{openFile(path)};
    if (files.front()->mode() != MappedFile::Mode::Whole)
        QSKIP("there is no room for a mapping of 15 TiB here");
    for (int i = 1; i < 6; ++i)
        files.push_back(openFile(path));
    // Four of them make 60 of the 64 TiB; whoever comes later gets windows, and reads as well.
    QCOMPARE(int(files[4]->mode()), int(MappedFile::Mode::Windows));
    QCOMPARE(int(files[5]->mode()), int(MappedFile::Mode::Windows));
    Unreadable unreadable;
    QCOMPARE(readBytes(*files[5], length - 5, 5, unreadable), QByteArray(5, '\0'));
    QVERIFY(unreadable.isEmpty());
    files.erase(files.begin());
    QCOMPARE(int(openFile(path)->mode()), int(MappedFile::Mode::Whole));
}

void MappedFileTest::holes() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 40;
    if (::truncate(path.c_str(), length) != 0)
        QSKIP("the file system takes no file of 1 TiB");
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    QCOMPARE(::pwrite(descriptor, "end", 3, length - 3), ssize_t{3});
    ::close(descriptor);
    const MappedFilePtr file = openFile(path);
    QVERIFY(file);
    const Result<FileExtent> data = file->nextData({0});
    QVERIFY(data.ok());
    QVERIFY(data->offset.value > length / 2 && data->offset.value <= length - 3);
    QCOMPARE(data->end().value, length);
    QCOMPARE(file->holeLength({0}), data->offset.value);
    QCOMPARE(file->holeLength({12345}), data->offset.value - 12345);
    QCOMPARE(file->holeLength({length - 3}), Offset{0});
    Unreadable unreadable;
    QCOMPARE(readBytes(*file, length - 4, 4, unreadable), QByteArray("\0end", 4));
    QVERIFY(unreadable.isEmpty());
}

void MappedFileTest::extends_data() {
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<int>("mode");
    QTest::newRow("whole") << qint64{kMaxLength} << int(MappedFile::Mode::Whole);
    QTest::newRow("in pages") << qint64{4096} << int(MappedFile::Mode::Windows);
    QTest::newRow("plain reads") << qint64{0} << int(MappedFile::Mode::Direct);
}

void MappedFileTest::extends() {
    QFETCH(qint64, limit);
    QFETCH(int, mode);
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(limit);
    QByteArray content = someBytes(200'000);
    const std::string path = folder.write("file", {});
    const Result<MappedFilePtr> file = MappedFile::open(fileSystem, path, {kMaxLength, 4096});
    QVERIFY(file.ok());
    for (const int size : {1, 4095, 4096, 4097, 10'000, 200'000}) {
        folder.write("file", content.left(size));
        const Offset before = (*file)->length();
        checkContent(**file, content.left(int(before)), before);  // not before it is told
        QCOMPARE(*(*file)->extend(), Offset{size});
        QCOMPARE((*file)->length(), Offset{size});
        QCOMPARE(int((*file)->mode()), size <= limit ? int(MappedFile::Mode::Whole) : mode);
        checkContent(**file, content.left(size), size);
        for (const Offset at : {before - 3, before, Offset{size} - 3}) {
            const Offset from = std::max<Offset>(at, 0);
            const Offset count = std::min<Offset>(5, size - from);
            Unreadable unreadable;
            QCOMPARE(readBytes(**file, from, count, unreadable), content.mid(from, count));
            QVERIFY(unreadable.isEmpty());
        }
    }
}

void MappedFileTest::extendsWhileItIsRead_data() {
    extends_data();
}

void MappedFileTest::extendsWhileItIsRead() {
    QFETCH(qint64, limit);
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(limit);
    const QByteArray content = someBytes(400'000);
    const std::string path = folder.write("file", content.left(1'000));
    const MappedFilePtr file = *MappedFile::open(fileSystem, path, {kMaxLength, 4096});
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
        readers.emplace_back([&] {
            do {
                const Offset length = file->length();
                for (const Offset at : {length - 500, length / 2, Offset{0}}) {
                    const Offset count = std::min<Offset>(9'000, length - at);
                    Unreadable unreadable;
                    if (readBytes(*file, at, count, unreadable) != content.mid(at, count) ||
                        !unreadable.isEmpty())
                        ++wrong;
                }
            } while (!stop);
        });
    }
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    for (Offset size = 1'000; size < content.size(); size += 1'000) {
        QCOMPARE(::write(descriptor, content.constData() + size, 1'000), ssize_t{1'000});
        QCOMPARE(*file->extend(), size + 1'000);
    }
    stop = true;
    for (std::thread& reader : readers)
        reader.join();
    ::close(descriptor);
    QCOMPARE(wrong.load(), 0);
    checkContent(*file, content, content.size());
}

void MappedFileTest::extendsIntoHoles_data() {
    extends_data();
}

void MappedFileTest::extendsIntoHoles() {
    QFETCH(qint64, limit);
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(limit);
    const std::string path = folder.write("file", someBytes(5'000));
    const MappedFilePtr file = *MappedFile::open(fileSystem, path, {kMaxLength, 4096});
    checkContent(*file, someBytes(5'000), 5'000);
    const Offset length = Offset{1} << 34;
    QCOMPARE(::truncate(path.c_str(), length), 0);
    QCOMPARE(*file->extend(), length);
    if (file->holeLength({1 << 20}) == 0)
        QSKIP("the file system knows no holes");
    QCOMPARE(file->holeLength({1 << 20}), length - (1 << 20));
    Unreadable unreadable;
    QCOMPARE(readBytes(*file, 4'990, 20, unreadable),
             someBytes(5'000).mid(4'990) + QByteArray(10, '\0'));
    QCOMPARE(readBytes(*file, length - 9, 9, unreadable), QByteArray(9, '\0'));
    QVERIFY(unreadable.isEmpty());
}

void MappedFileTest::extendsFromWholeToWindows() {
    const TestFolder folder;
    FaultFileSystem fileSystem;
    fileSystem.setMapLimit(8192);
    const QByteArray content = someBytes(50'000);
    const std::string path = folder.write("file", content.left(8'000));
    const MappedFilePtr file = *MappedFile::open(fileSystem, path, {kMaxLength, 4096});
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Whole));
    folder.write("file", content);
    QCOMPARE(*file->extend(), Offset{50'000});
    QCOMPARE(int(file->mode()), int(MappedFile::Mode::Windows));
    checkContent(*file, content, content.size());
}

void MappedFileTest::neverShrinks() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(10'000));
    const MappedFilePtr file = openFile(path);
    QCOMPARE(::truncate(path.c_str(), 5'000), 0);
    QCOMPARE(*file->extend(), Offset{10'000});
    checkContent(*file, someBytes(10'000), 5'000);
}

void MappedFileTest::madeFilesStayAsTheyAre() {
    const MappedFilePtr file = openFile("/proc/self/status");
    const Offset length = file->length();
    QVERIFY(length > 0);
    QCOMPARE(*file->extend(), length);
}

void MappedFileTest::tellsWhatItHoldsOnDisk() {
    const TestFolder folder;
    const std::string path = folder.write("file", someBytes(100'000));
    const MappedFilePtr file = openFile(path);
    QCOMPARE(file->currentInfo()->links, std::uint64_t{1});
    QCOMPARE(file->heldOnDisk(), Offset{0});
    folder.write("other", "x");
    QCOMPARE(::rename(folder.path("other").c_str(), path.c_str()), 0);
    QVERIFY(file->currentInfo()->isDeleted());
    QCOMPARE(file->heldOnDisk(), file->currentInfo()->allocated);
    QVERIFY(file->heldOnDisk() > 0);
    checkContent(*file, someBytes(100'000), 100'000);
}

QTEST_GUILESS_MAIN(MappedFileTest)

#include "mapped_file_test.moc"
