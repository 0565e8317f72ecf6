// What a map asks of memory and file: move, flush, madvise, resize, size.
#include "core/file/file_system.h"
#include "tests/support/memory_maps.h"

#include <QTest>

#include <fcntl.h>
#include <linux/mman.h>
#include <sys/mman.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kLeast = -kMaxLength - 1;

}  // namespace

class MemoryMapMemoryTest : public QObject {
    Q_OBJECT

private slots:
    void moves_data();
    void moves();
    void movesLikeMemmove();
    void flushes_data();
    void flushes();
    void flushRange_data();
    void flushRange();
    void adviceNumbers_data();
    void adviceNumbers();
    void advises_data();
    void advises();
    void adviceRange_data();
    void adviceRange();
    void adviceThatLosesBytes_data();
    void adviceThatLosesBytes();
    void dontNeedForgetsACopy();
    void removeMakesAHole();
    void resizes_data();
    void resizes();
    void resizesWindow();
    void badResize_data();
    void badResize();
    void sizeAndLength();
};

void MemoryMapMemoryTest::moves_data() {
    QTest::addColumn<Offset>("to");
    QTest::addColumn<Offset>("from");
    QTest::addColumn<Offset>("count");
    QTest::addColumn<QByteArray>("expected");  // empty: an error
    const auto row = [](const char* name, Offset to, Offset from, Offset count,
                        QByteArray expected) {
        QTest::newRow(name) << to << from << count << expected;
    };
    row("apart", 0, 4, 2, "45234567");
    row("overlapping, to the front", 0, 2, 5, "23456567");
    row("overlapping, to the back", 2, 0, 5, "01012347");
    row("onto itself", 3, 3, 4, "01234567");
    row("all onto itself", 0, 0, 8, "01234567");
    row("nothing", 3, 5, 0, "01234567");
    row("nothing at the end", 8, 8, 0, "01234567");
    row("target past the end", 5, 0, 4, "");
    row("source past the end", 0, 5, 4, "");
    row("target behind the end", 9, 0, 0, "");
    row("source behind the end", 0, 9, 0, "");
    row("negative target", -1, 0, 1, "");
    row("negative source", 0, -1, 1, "");
    row("negative count", 0, 0, -1, "");
    row("all too large", kMaxLength, kMaxLength, kMaxLength, "");
    row("all least", kLeast, kLeast, kLeast, "");
    row("count overflows", 1, 1, kMaxLength, "");
}

void MemoryMapMemoryTest::moves() {
    QFETCH(Offset, to);
    QFETCH(Offset, from);
    QFETCH(Offset, count);
    QFETCH(QByteArray, expected);
    MemoryMap map = mapOf("01234567");
    QCOMPARE(map.move(to, from, count).ok(), !expected.isEmpty());
    QCOMPARE(content(map), expected.isEmpty() ? QByteArray("01234567") : expected);
}

void MemoryMapMemoryTest::movesLikeMemmove() {
    const QByteArray bytes = someBytes(7);
    for (Offset to = 0; to <= 7; ++to) {
        for (Offset from = 0; from <= 7; ++from) {
            for (Offset count = 0; count <= 7 - std::max(to, from); ++count) {
                MemoryMap map = mapOf(bytes);
                QByteArray expected = bytes;
                expected.replace(to, count, bytes.mid(from, count));
                QVERIFY(map.move(to, from, count));
                QCOMPARE(content(map), expected);
            }
        }
    }
}

void MemoryMapMemoryTest::flushes_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<bool>("written");
    QTest::newRow("ReadOnly") << MapAccess::ReadOnly << false;
    QTest::newRow("WriteThrough") << MapAccess::WriteThrough << true;
    QTest::newRow("CopyOnWrite does nothing and says so") << MapAccess::CopyOnWrite << false;
}

void MemoryMapMemoryTest::flushes() {
    QFETCH(MapAccess, access);
    QFETCH(bool, written);
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", "abc", access);
    (void)map.setAt(0, 'X');
    const auto wanted = written ? MemoryMap::Flushed::Written : MemoryMap::Flushed::Nothing;
    QVERIFY(*map.flush() == wanted);
    QVERIFY(*map.flush({1, 2}) == wanted);
    QCOMPARE(TestFolder::read(folder.path("file")), QByteArray(written ? "Xbc" : "abc"));
}

void MemoryMapMemoryTest::flushRange_data() {
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<bool>("good");
    QTest::newRow("all") << Offset{0} << Offset{20'000} << true;
    QTest::newRow("one byte") << Offset{5000} << Offset{1} << true;
    QTest::newRow("across pages") << Offset{4095} << Offset{4098} << true;
    QTest::newRow("nothing") << Offset{10} << Offset{0} << true;
    QTest::newRow("nothing at the end") << Offset{20'000} << Offset{0} << true;
    QTest::newRow("past the end") << Offset{19'999} << Offset{2} << false;
    QTest::newRow("behind the end") << Offset{20'001} << Offset{0} << false;
    QTest::newRow("negative offset") << Offset{-1} << Offset{1} << false;
    QTest::newRow("negative length") << Offset{0} << Offset{-1} << false;
    QTest::newRow("overflowing") << Offset{1} << kMaxLength << false;
    QTest::newRow("least") << kLeast << kLeast << false;
}

void MemoryMapMemoryTest::flushRange() {
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    QFETCH(bool, good);
    const TestFolder folder;
    const QByteArray bytes = someBytes(20'010);
    for (const Offset begin : {0, 10}) {
        MemoryMapOptions options;
        options.offset = {begin};
        options.length = 20'000;
        Result<MemoryMap> map = MemoryMap::fromPath(folder.write("file", bytes), options);
        QVERIFY(map);
        const auto flushed = map->flush({offset, length});
        QCOMPARE(flushed.ok(), good);
        options.access = MapAccess::CopyOnWrite;
        QCOMPARE(MemoryMap::fromPath(folder.path("file"), options)->flush({offset, length}).ok(),
                 good);
    }
}

void MemoryMapMemoryTest::adviceNumbers_data() {
    QTest::addColumn<MemoryAdvice>("advice");
    QTest::addColumn<int>("number");
    const auto row = [](const char* name, MemoryAdvice advice, int number) {
        QTest::newRow(name) << advice << number;
    };
    using enum MemoryAdvice;
    row("MADV_NORMAL", Normal, MADV_NORMAL);
    row("MADV_RANDOM", Random, MADV_RANDOM);
    row("MADV_SEQUENTIAL", Sequential, MADV_SEQUENTIAL);
    row("MADV_WILLNEED", WillNeed, MADV_WILLNEED);
    row("MADV_DONTNEED", DontNeed, MADV_DONTNEED);
    row("MADV_FREE", Free, MADV_FREE);
    row("MADV_REMOVE", Remove, MADV_REMOVE);
    row("MADV_DONTFORK", DontFork, MADV_DONTFORK);
    row("MADV_DOFORK", DoFork, MADV_DOFORK);
    row("MADV_HWPOISON", HardwarePoison, MADV_HWPOISON);
    row("MADV_SOFT_OFFLINE", SoftOffline, MADV_SOFT_OFFLINE);
    row("MADV_MERGEABLE", Mergeable, MADV_MERGEABLE);
    row("MADV_UNMERGEABLE", Unmergeable, MADV_UNMERGEABLE);
    row("MADV_HUGEPAGE", HugePage, MADV_HUGEPAGE);
    row("MADV_NOHUGEPAGE", NoHugePage, MADV_NOHUGEPAGE);
    row("MADV_DONTDUMP", DontDump, MADV_DONTDUMP);
    row("MADV_DODUMP", DoDump, MADV_DODUMP);
    row("MADV_WIPEONFORK", WipeOnFork, MADV_WIPEONFORK);
    row("MADV_KEEPONFORK", KeepOnFork, MADV_KEEPONFORK);
    row("MADV_COLD", Cold, MADV_COLD);
    row("MADV_PAGEOUT", PageOut, MADV_PAGEOUT);
    row("MADV_POPULATE_READ", PopulateRead, MADV_POPULATE_READ);
    row("MADV_POPULATE_WRITE", PopulateWrite, MADV_POPULATE_WRITE);
    row("MADV_DONTNEED_LOCKED", DontNeedLocked, MADV_DONTNEED_LOCKED);
    row("MADV_COLLAPSE", Collapse, MADV_COLLAPSE);
    row("none", static_cast<MemoryAdvice>(1000), -1);
    row("less than none", static_cast<MemoryAdvice>(-1), -1);
}

void MemoryMapMemoryTest::adviceNumbers() {
    QFETCH(MemoryAdvice, advice);
    QFETCH(int, number);
    QCOMPARE(systemAdvice(advice).value_or(-1), number);
    if (number == -1)
        QVERIFY(!mapOf("abc").advise(advice) && !mapOf("").advise(advice));
}

void MemoryMapMemoryTest::advises_data() {
    QTest::addColumn<MemoryAdvice>("advice");
    QTest::addColumn<bool>("certain");  // else the system may refuse, by kernel and kind of file
    using enum MemoryAdvice;
    QTest::newRow("Normal") << Normal << true;
    QTest::newRow("Random") << Random << true;
    QTest::newRow("Sequential") << Sequential << true;
    QTest::newRow("WillNeed") << WillNeed << true;
    QTest::newRow("DontNeed") << DontNeed << true;
    QTest::newRow("DontFork") << DontFork << true;
    QTest::newRow("DoFork") << DoFork << true;
    QTest::newRow("DontDump") << DontDump << true;
    QTest::newRow("DoDump") << DoDump << true;
    QTest::newRow("Free") << Free << false;  // for private memory without a file alone
    QTest::newRow("Mergeable") << Mergeable << false;
    QTest::newRow("Unmergeable") << Unmergeable << false;
    QTest::newRow("HugePage") << HugePage << false;
    QTest::newRow("NoHugePage") << NoHugePage << false;
    QTest::newRow("WipeOnFork") << WipeOnFork << false;
    QTest::newRow("KeepOnFork") << KeepOnFork << false;
    QTest::newRow("Cold") << Cold << false;
    QTest::newRow("PageOut") << PageOut << false;
    QTest::newRow("PopulateRead") << PopulateRead << false;
    QTest::newRow("PopulateWrite") << PopulateWrite << false;
    QTest::newRow("DontNeedLocked") << DontNeedLocked << false;
    QTest::newRow("Collapse") << Collapse << false;
    // Not HardwarePoison and SoftOffline: they would take memory of this machine out of use.
}

void MemoryMapMemoryTest::advises() {
    QFETCH(MemoryAdvice, advice);
    QFETCH(bool, certain);
    const TestFolder folder;
    const QByteArray bytes = someBytes(20'000);
    MemoryMap map = mapOf(folder, "file", bytes);
    const Status given = map.advise(advice);
    QVERIFY2(given || !certain, given ? "" : given.error().message().c_str());
    if (!given)
        QVERIFY(given.error().code == ErrorCode::System);
    (void)map.advise(advice, {4096, 4096});
    QCOMPARE(content(map), bytes);
    QVERIFY(map.setAt(0, 'x'));
}

void MemoryMapMemoryTest::adviceRange_data() {
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<bool>("good");
    QTest::newRow("all") << Offset{0} << Offset{10'000} << true;
    QTest::newRow("a page") << Offset{4096} << Offset{4096} << true;
    QTest::newRow("from within a page") << Offset{5000} << Offset{100} << true;
    QTest::newRow("nothing") << Offset{0} << Offset{0} << true;
    QTest::newRow("nothing at the end") << Offset{10'000} << Offset{0} << true;
    QTest::newRow("past the end") << Offset{4096} << Offset{10'000} << false;
    QTest::newRow("behind the end") << Offset{10'001} << Offset{0} << false;
    QTest::newRow("negative offset") << Offset{-1} << Offset{1} << false;
    QTest::newRow("negative length") << Offset{0} << Offset{-1} << false;
    QTest::newRow("overflowing") << Offset{1} << kMaxLength << false;
    QTest::newRow("least") << kLeast << Offset{1} << false;
}

void MemoryMapMemoryTest::adviceRange() {
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    QFETCH(bool, good);
    const TestFolder folder;
    MemoryMapOptions options;
    options.offset = {10};
    Result<MemoryMap> map = MemoryMap::fromPath(folder.write("file", someBytes(10'010)), options);
    QVERIFY(map);
    QCOMPARE(map->advise(MemoryAdvice::WillNeed, {offset, length}).ok(), good);
}

void MemoryMapMemoryTest::adviceThatLosesBytes_data() {
    QTest::addColumn<MemoryAdvice>("advice");
    QTest::addColumn<Extent>("extent");
    QTest::addColumn<bool>("good");
    // The map is [10, 20010) of a file of 30000 bytes.
    using enum MemoryAdvice;
    QTest::newRow("forget all") << DontNeed << Extent{0, 20'000} << true;
    QTest::newRow("forget whole pages") << DontNeed << Extent{4086, 8192} << true;
    QTest::newRow("forget the first, cut by the map") << DontNeed << Extent{0, 4086} << true;
    QTest::newRow("forget the last, cut by the map") << DontNeed << Extent{16'374, 3626} << true;
    QTest::newRow("forget parts") << DontNeed << Extent{100, 100} << false;
    QTest::newRow("forget a page and a byte") << DontNeed << Extent{4086, 4097} << false;
    QTest::newRow("forget parts of the first") << DontNeed << Extent{1, 4085} << false;
    QTest::newRow("hole for whole pages") << Remove << Extent{4086, 8192} << true;
    QTest::newRow("hole that takes bytes before the map") << Remove << Extent{0, 4086} << false;
    QTest::newRow("hole that takes bytes behind it") << Remove << Extent{16'374, 3626} << false;
    QTest::newRow("poison for bytes outside") << HardwarePoison << Extent{0, 10} << false;
}

void MemoryMapMemoryTest::adviceThatLosesBytes() {
    QFETCH(MemoryAdvice, advice);
    QFETCH(Extent, extent);
    QFETCH(bool, good);
    const TestFolder folder;
    const QByteArray bytes = someBytes(30'000);
    const std::string path = folder.write("file", bytes);
    MemoryMapOptions options;
    options.offset = {10};
    options.length = 20'000;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY(map);
    const Status given = map->advise(advice, extent);
    if (!given && given.error().code == ErrorCode::System)
        QSKIP("this file system makes no holes");
    QCOMPARE(given.ok(), good);
    QByteArray expected = bytes;
    if (good && advice == MemoryAdvice::Remove)
        expected.replace(10 + extent.offset, extent.length, QByteArray(extent.length, '\0'));
    QCOMPARE(TestFolder::read(path), expected);
}

void MemoryMapMemoryTest::dontNeedForgetsACopy() {
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", "abcdef", MapAccess::CopyOnWrite);
    QVERIFY(map.setSlice({0, 3}, span("XYZ")));
    QVERIFY(map.advise(MemoryAdvice::DontNeed));
    QCOMPARE(content(map), QByteArray("abcdef"));
}

void MemoryMapMemoryTest::removeMakesAHole() {
    MemoryMap map = mapOf(QByteArray(3 * 4096, 'a'));
    QVERIFY(map.advise(MemoryAdvice::Remove, {4096, 4096}));
    QCOMPARE(content(map), QByteArray(4096, 'a') + QByteArray(4096, '\0') + QByteArray(4096, 'a'));
    const TestFolder folder;
    MemoryMap readOnly = mapOf(folder, "file", QByteArray(4096, 'a'), MapAccess::ReadOnly);
    QVERIFY(!readOnly.advise(MemoryAdvice::Remove));
    QCOMPARE(content(readOnly), QByteArray(4096, 'a'));
}

void MemoryMapMemoryTest::resizes_data() {
    QTest::addColumn<Offset>("from");
    QTest::addColumn<Offset>("to");
    for (const Offset from : {0, 1, 100, 4096, 20'000}) {
        for (const Offset to : {0, 1, 99, 100, 4095, 4096, 4097, 20'000, 100'000})
            QTest::addRow("%d to %d", int(from), int(to)) << from << to;
    }
}

void MemoryMapMemoryTest::resizes() {
    QFETCH(Offset, from);
    QFETCH(Offset, to);
    const QByteArray bytes = someBytes(from);
    const QByteArray kept = bytes.left(to);
    const QByteArray expected = kept + QByteArray(to - kept.size(), '\0');
    const TestFolder folder;
    std::vector<MemoryMap> maps;
    maps.push_back(mapOf(folder, "file", bytes));
    maps.push_back(mapOf(bytes));
    for (MemoryMap& map : maps) {
        QVERIFY(map.resize(to));
        QCOMPARE(*map.length(), to);
        QCOMPARE(*map.fileSize(), to);
        QCOMPARE(content(map), expected);
        if (to > 0)
            QVERIFY(map.setAt(-1, 'z'));
        QVERIFY(!map.at(to));
    }
    QCOMPARE(TestFolder::read(folder.path("file")), content(maps.front()));
}

void MemoryMapMemoryTest::resizesWindow() {
    // The file ends where the map ends, as in Python, even where it went on.
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    MemoryMapOptions options;
    options.offset = {2};
    options.length = 3;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY(map);
    QVERIFY(map->resize(4));
    QCOMPARE(TestFolder::read(path), QByteArray("012345"));
    QCOMPARE(content(*map), QByteArray("2345"));
    QVERIFY(map->resize(5));
    QCOMPARE(TestFolder::read(path), QByteArray("012345\0", 7));
    QVERIFY(map->resize(0));
    QCOMPARE(TestFolder::read(path), QByteArray("01"));
}

void MemoryMapMemoryTest::badResize_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<bool>("readOnly");
    QTest::newRow("ReadOnly") << MapAccess::ReadOnly << Offset{3} << true;
    QTest::newRow("CopyOnWrite") << MapAccess::CopyOnWrite << Offset{3} << true;
    QTest::newRow("CopyOnWrite, same length") << MapAccess::CopyOnWrite << Offset{6} << true;
    QTest::newRow("negative") << MapAccess::WriteThrough << Offset{-1} << false;
    QTest::newRow("least") << MapAccess::WriteThrough << kLeast << false;
    QTest::newRow("largest") << MapAccess::WriteThrough << kMaxLength << false;
    QTest::newRow("no room for it") << MapAccess::WriteThrough << (Offset{1} << 60) << false;
}

void MemoryMapMemoryTest::badResize() {
    QFETCH(MapAccess, access);
    QFETCH(Offset, length);
    QFETCH(bool, readOnly);
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", "abcdef", access);
    const Status resized = map.resize(length);
    QVERIFY(!resized);
    QCOMPARE(resized.error().code == ErrorCode::ReadOnly, readOnly);
    QCOMPARE(*map.length(), Offset{6});
    QCOMPARE(*map.fileSize(), Offset{6});
    QCOMPARE(content(map), QByteArray("abcdef"));
}

void MemoryMapMemoryTest::sizeAndLength() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    MemoryMapOptions options;
    options.offset = {2};
    options.length = 3;
    const Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QCOMPARE(*map->length(), Offset{3});
    QCOMPARE(*map->fileSize(), Offset{10});
    folder.write("file", QByteArray(50, 'x'));
    QCOMPARE(*map->length(), Offset{3});
    QCOMPARE(*map->fileSize(), Offset{50});
}

QTEST_GUILESS_MAIN(MemoryMapMemoryTest)
#include "memory_map_memory_test.moc"
