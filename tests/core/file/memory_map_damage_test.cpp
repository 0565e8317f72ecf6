// Files that are cut and disks that are full: every access through a map answers, none crashes.
#include "core/search/regex.h"
#include "tests/support/memory_maps.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kPage = 4096;

/// A file system of `pages` pages in memory. It is mounted for this thread alone, so that it goes
/// with the program however that ends.
class SmallDisk {
public:
    explicit SmallDisk(int pages) {
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return;
        const std::string options = "size=" + std::to_string(pages * kPage);
        mounted_ = ::mount("none", folder_.path("").c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_)
            ::umount2(folder_.path("").c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return mounted_; }
    const TestFolder& folder() const { return folder_; }

private:
    TestFolder folder_;
    bool mounted_ = false;
};

bool isUnreadable(const Error& error) {
    return error.code == ErrorCode::Unreadable;
}

}  // namespace

class MemoryMapDamageTest : public QObject {
    Q_OBJECT

private slots:
    void truncated_data();
    void truncated();
    void everyAccessToWhatIsGone_data();
    void everyAccessToWhatIsGone();
    void bytesComeBack();
    void copyKeepsItsChanges();
    void findsBeforeTheDamage();
    void searchesTheMemoryOfACutFile();
    void lineThatIsCut();
    void iterationEnds();
    void cutWhileInUse_data();
    void cutWhileInUse();
    void fullDisk();
    void fullDiskSlice();
    void fullDiskEveryStore_data();
    void fullDiskEveryStore();
};

void MemoryMapDamageTest::truncated_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<Offset>("cut");
    const std::pair<const char*, MapAccess> kinds[] = {{"ReadOnly", MapAccess::ReadOnly},
                                                       {"WriteThrough", MapAccess::WriteThrough},
                                                       {"CopyOnWrite", MapAccess::CopyOnWrite}};
    for (const auto& [name, access] : kinds) {
        for (const Offset cut : {Offset{0}, Offset{1}, Offset{100}, kPage, kPage + 1, 2 * kPage})
            QTest::addRow("%s to %d", name, int(cut)) << access << cut;
    }
}

void MemoryMapDamageTest::truncated() {
    QFETCH(MapAccess, access);
    QFETCH(Offset, cut);
    const TestFolder folder;
    const QByteArray bytes = someBytes(4 * kPage);
    MemoryMap map = mapOf(folder, "file", bytes, access);
    QCOMPARE(*map.at(2 * kPage), Byte(bytes.at(2 * kPage)));  // in memory already, or not
    QCOMPARE(::truncate(folder.path("file").c_str(), cut), 0);
    QCOMPARE(*map.length(), 4 * kPage);
    QCOMPARE(*map.fileSize(), cut);
    // To the byte: also what the rest of the last page would answer with zeros.
    for (const Offset at : {Offset{0}, Offset{1}, Offset{99}, Offset{100}, kPage - 1, kPage,
                            kPage + 1, 2 * kPage - 1, 2 * kPage, 4 * kPage - 1}) {
        const Result<Byte> got = map.at(at);
        QCOMPARE(got.ok(), at < cut);
        if (got)
            QCOMPARE(*got, Byte(bytes.at(at)));
        else
            QVERIFY(isUnreadable(got.error()));
    }
    QCOMPARE(text(map.slice({0, cut})), bytes.left(cut));
    QVERIFY(!map.slice({0, cut + 1}));
    QVERIFY(!map.slice({{}, {}, -1}));
}

void MemoryMapDamageTest::everyAccessToWhatIsGone_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<Offset>("cut");
    QTest::newRow("WriteThrough, to nothing") << MapAccess::WriteThrough << Offset{0};
    QTest::newRow("WriteThrough, in the page") << MapAccess::WriteThrough << Offset{10};
    QTest::newRow("CopyOnWrite, to nothing") << MapAccess::CopyOnWrite << Offset{0};
    QTest::newRow("CopyOnWrite, in the page") << MapAccess::CopyOnWrite << Offset{10};
}

void MemoryMapDamageTest::everyAccessToWhatIsGone() {
    QFETCH(MapAccess, access);
    QFETCH(Offset, cut);
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", QByteArray(3 * kPage, 'a'), access);
    QCOMPARE(::truncate(folder.path("file").c_str(), cut), 0);
    QVERIFY(map.seek(2 * kPage));
    const Bytes twoPages(2 * kPage, Byte{'x'});
    for (int turn = 0; turn < 2; ++turn) {
        QVERIFY(!map.at(20));
        QVERIFY(!map.setAt(20, 'x'));
        QVERIFY(!map.setAt(-1, 'x'));
        QVERIFY(!map.setSlice({0, 2 * kPage}, twoPages));
        QVERIFY(!map.setSlice({{}, {}, 3}, Bytes(kPage, Byte{'x'})));
        QVERIFY(!map.read(10));
        QVERIFY(!map.readByte());
        QVERIFY(!map.readLine());
        QVERIFY(!map.write(span("xyz")));
        QVERIFY(!map.writeByte('x'));
        QCOMPARE(*map.tell(), 2 * kPage);
        QVERIFY(!map.find(span("b"), 0));
        QVERIFY(!map.rfind(span("b"), 0));
        QVERIFY(!map.find(span(QByteArray("\0", 1)), 0));
        QVERIFY(!map.contains(span("b")));
        QVERIFY(!map.equals(span(QByteArray(3 * kPage, 'a'))));
        QVERIFY(!map.move(0, kPage, 10));
        QVERIFY(!map.move(kPage, 0, 10));
        QVERIFY(!map.verify({0, 3 * kPage}));
    }
    QCOMPARE(TestFolder::read(folder.path("file")), QByteArray(cut, 'a'));
    (void)map.flush();
    (void)map.advise(MemoryAdvice::WillNeed);
    QCOMPARE(TestFolder::read(folder.path("file")), QByteArray(cut, 'a'));
}

void MemoryMapDamageTest::bytesComeBack() {
    const TestFolder folder;
    const QByteArray bytes = someBytes(4 * kPage, 7);
    MemoryMap map = mapOf(folder, "file", bytes);
    const std::string path = folder.path("file");
    for (int turn = 0; turn < 100; ++turn) {
        QCOMPARE(::truncate(path.c_str(), kPage), 0);
        QVERIFY(!map.at(2 * kPage));
        QVERIFY(!map.setAt(3 * kPage, 'x'));
        const QByteArray next = someBytes(4 * kPage, quint32(turn));
        folder.write("file", next);
        QCOMPARE(*map.at(2 * kPage), Byte(next.at(2 * kPage)));
        QCOMPARE(content(map), next);
        QVERIFY(map.setAt(3 * kPage, 'x'));
        QCOMPARE(TestFolder::read(path).at(3 * kPage), 'x');
    }
    // Nor does resize() need what was lost.
    QCOMPARE(::truncate(path.c_str(), 0), 0);
    QVERIFY(!map.at(0));
    QVERIFY(map.resize(2 * kPage));
    QCOMPARE(content(map), QByteArray(2 * kPage, '\0'));
}

void MemoryMapDamageTest::copyKeepsItsChanges() {
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", QByteArray(4 * kPage, 'a'), MapAccess::CopyOnWrite);
    QVERIFY(map.setSlice({10, 13}, span("XYZ")));
    QCOMPARE(::truncate(folder.path("file").c_str(), kPage), 0);
    QVERIFY(!map.at(2 * kPage));
    QVERIFY(!map.setAt(2 * kPage, 'x'));
    QCOMPARE(text(map.slice({8, 15})), QByteArray("aaXYZaa"));
    QVERIFY(map.setAt(0, 'W'));
    QFile file(QString::fromStdString(folder.path("file")));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(QByteArray(3 * kPage, 'b')), 3 * kPage);
    file.close();
    QCOMPARE(text(map.slice({8, 15})), QByteArray("aaXYZaa"));
    QCOMPARE(*map.at(0), Byte{'W'});
    QCOMPARE(*map.at(kPage), Byte{'b'});  // never patched
    QVERIFY(!map.at(2 * kPage));          // patched: it says so rather than show zeros
    QCOMPARE(TestFolder::read(folder.path("file")),
             QByteArray(kPage, 'a') + QByteArray(3 * kPage, 'b'));
}

void MemoryMapDamageTest::findsBeforeTheDamage() {
    const TestFolder folder;
    QByteArray bytes(8 * kPage, 'a');
    bytes[100] = 'b';
    const MemoryMap map = mapOf(folder, "file", bytes, MapAccess::ReadOnly);
    QCOMPARE(::truncate(folder.path("file").c_str(), kPage), 0);
    QCOMPARE(**map.find(span("b")), Offset{100});
    const auto nowhere = map.find(span("b"), 101);
    QVERIFY(!nowhere && isUnreadable(nowhere.error()));
    QVERIFY(!map.find(span("b"), 101, kPage)->has_value());
}

void MemoryMapDamageTest::searchesTheMemoryOfACutFile() {
    const TestFolder folder;
    const MemoryMap map = mapOf(folder, "file", QByteArray(8 * kPage, 'a'), MapAccess::ReadOnly);
    const ByteSpan all = *map.span();
    QVERIFY(!map.isDamaged());
    QCOMPARE(::truncate(folder.path("file").c_str(), kPage), 0);
    const auto regex = Regex::compile("a+b");
    QVERIFY(!regex->findFirst(all));
    QVERIFY(map.isDamaged());
    QVERIFY(!map.verify({0, 8 * kPage}));
    QVERIFY(map.verify({0, kPage}));
    folder.write("file", QByteArray(8 * kPage, 'a') + "b");
    QVERIFY(!regex->findFirst(*map.span()));
    QVERIFY(!map.isDamaged());
    QVERIFY(map.verify({0, 8 * kPage}));
}

void MemoryMapDamageTest::lineThatIsCut() {
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", QByteArray(2 * kPage, 'a') + "\nb", MapAccess::ReadOnly);
    QCOMPARE(::truncate(folder.path("file").c_str(), kPage), 0);
    const Result<Bytes> line = map.readLine();
    QVERIFY(!line && isUnreadable(line.error()));
    QCOMPARE(*map.tell(), Offset{0});
}

void MemoryMapDamageTest::iterationEnds() {
    const TestFolder folder;
    const MemoryMap map = mapOf(folder, "file", QByteArray(4 * kPage, 'a'), MapAccess::ReadOnly);
    QCOMPARE(::truncate(folder.path("file").c_str(), 2 * kPage), 0);
    MemoryMapBytes bytes = map.bytes();
    Offset count = 0;
    for (const Byte byte : bytes)
        count += byte == 'a' ? 1 : 0;
    QCOMPARE(count, 2 * kPage);
    QVERIFY(!bytes.status() && isUnreadable(bytes.status().error()));
}

void MemoryMapDamageTest::cutWhileInUse_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::newRow("ReadOnly") << MapAccess::ReadOnly;
    QTest::newRow("WriteThrough") << MapAccess::WriteThrough;
    QTest::newRow("CopyOnWrite") << MapAccess::CopyOnWrite;
}

void MemoryMapDamageTest::cutWhileInUse() {
    QFETCH(MapAccess, access);
    const TestFolder folder;
    const QByteArray bytes(16 * kPage, 'a');
    const std::string path = folder.write("file", bytes);
    MemoryMapOptions options;
    options.access = access;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY(map);
    std::atomic<bool> stop = false;
    std::thread cutter([&] {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        while (!stop) {
            (void)::ftruncate(descriptor, 3 * kPage + 5);
            // Grown by writing at the old end, so that no zero is ever content of the file.
            for (Offset at = 3 * kPage + 5; at < bytes.size();) {
                const ssize_t put = ::pwrite(descriptor, bytes.constData() + at,
                                             std::size_t(bytes.size() - at), at);
                at += put > 0 ? put : 0;
            }
        }
        ::close(descriptor);
    });
    int strange = 0;
    for (int turn = 0; turn < 1000; ++turn) {
        const Result<Bytes> all = map->slice({});
        // Zeros are what the system shows for a moment behind the new end; nothing else may be.
        if (all)
            strange += std::count(all->begin(), all->end(), Byte{'a'}) +
                                   std::count(all->begin(), all->end(), Byte{0}) ==
                               bytes.size()
                           ? 0
                           : 1;
        (void)map->setAt((turn * 997) % bytes.size(), 'a');
        (void)map->find(span("b"), 0);
        (void)map->move(5 * kPage, 6 * kPage, 3 * kPage);
    }
    stop = true;
    cutter.join();
    QCOMPARE(strange, 0);
    QCOMPARE(text(map->slice({0, kPage})), QByteArray(kPage, 'a'));
    if (access == MapAccess::ReadOnly)
        QCOMPARE(content(*map), bytes);
}

// ---- A full disk

void MemoryMapDamageTest::fullDisk() {
    const SmallDisk disk(16);
    if (!disk.isMounted())
        QSKIP("no file system can be mounted here: that needs privilege");
    const std::string path = disk.folder().path("sparse");
    disk.folder().write("sparse", "");
    MemoryMapOptions options;
    options.length = 64 * kPage;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY2(map, map ? "" : map.error().message().c_str());

    std::vector<Offset> stored;
    std::vector<Offset> refused;
    for (Offset page = 0; page < 64; ++page) {
        const Status status = map->setAt(page * kPage + 7, 'x');
        QVERIFY(status || isUnreadable(status.error()));
        (status ? stored : refused).push_back(page);
    }
    QVERIFY(!stored.empty() && stored.size() <= 16);
    QVERIFY(!refused.empty());
    for (const Offset page : stored)
        QCOMPARE(*map->at(page * kPage + 7), Byte{'x'});
    // A hole stays a hole, and can be read although the disk has no page for it.
    for (const Offset page : refused)
        QCOMPARE(*map->at(page * kPage + 7), Byte{0});
    QByteArray expected(64 * kPage, '\0');
    for (const Offset page : stored)
        expected.data()[page * kPage + 7] = 'x';
    QCOMPARE(content(*map), expected);
    QCOMPARE(TestFolder::read(path), expected);

    // Where there is room again, the same store succeeds.
    QVERIFY(map->advise(MemoryAdvice::Remove, {stored.front() * kPage, kPage}));
    QVERIFY(map->setAt(refused.back() * kPage, 'y'));
    QCOMPARE(TestFolder::read(path).at(refused.back() * kPage), 'y');
}

void MemoryMapDamageTest::fullDiskSlice() {
    const SmallDisk disk(8);
    if (!disk.isMounted())
        QSKIP("no file system can be mounted here: that needs privilege");
    const std::string path = disk.folder().write("sparse", "begin");
    MemoryMapOptions options;
    options.length = 32 * kPage;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY(map);
    const Bytes many(20 * kPage, Byte{'x'});
    const Status status = map->setSlice({3, 3 + 20 * kPage}, many);
    QVERIFY(!status && isUnreadable(status.error()));
    const QByteArray before = "begin" + QByteArray(32 * kPage - 5, '\0');
    QCOMPARE(content(*map), before);
    QCOMPARE(TestFolder::read(path), before);
}

void MemoryMapDamageTest::fullDiskEveryStore_data() {
    QTest::addColumn<int>("which");
    QTest::newRow("setAt") << 0;
    QTest::newRow("setSlice") << 1;
    QTest::newRow("setSlice by steps") << 2;
    QTest::newRow("write") << 3;
    QTest::newRow("writeByte") << 4;
    QTest::newRow("move") << 5;
}

void MemoryMapDamageTest::fullDiskEveryStore() {
    QFETCH(int, which);
    const SmallDisk disk(4);
    if (!disk.isMounted())
        QSKIP("no file system can be mounted here: that needs privilege");
    MemoryMapOptions options;
    options.length = 32 * kPage;
    Result<MemoryMap> map = MemoryMap::fromPath(disk.folder().write("sparse", "begin"), options);
    QVERIFY(map);
    // Fill the disk by another file.
    const std::string filler = disk.folder().path("filler");
    const int descriptor = ::open(filler.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    const QByteArray page(kPage, 'f');
    while (::write(descriptor, page.constData(), kPage) > 0) {
    }
    ::close(descriptor);

    const Bytes pages(2 * kPage, Byte{'x'});
    const Bytes few(4, Byte{'x'});
    const Offset at = 10 * kPage + 5;
    QVERIFY(map->seek(at));
    const auto store = [&]() -> Status {
        const auto status = [](const Result<Offset>& written) {
            return written ? Status() : Status(written.error());
        };
        switch (which) {
        case 0:
            return map->setAt(at, 'x');
        case 1:
            return map->setSlice({at, at + 2 * kPage}, pages);
        case 2:
            return map->setSlice({at, at + 4 * kPage, kPage}, few);
        case 3:
            return status(map->write(pages));
        case 4:
            return map->writeByte('x');
        default:
            return map->move(at, 0, 5);
        }
    };
    const QByteArray before = "begin" + QByteArray(32 * kPage - 5, '\0');
    for (int turn = 0; turn < 3; ++turn) {
        const Status status = store();
        QVERIFY(!status && isUnreadable(status.error()));
        QCOMPARE(*map->tell(), at);
        QCOMPARE(content(*map), before);
    }
    QCOMPARE(::unlink(filler.c_str()), 0);
    const Status status = store();
    QVERIFY2(status || which == 2, status ? "" : status.error().message().c_str());
}

QTEST_GUILESS_MAIN(MemoryMapDamageTest)
#include "memory_map_damage_test.moc"
