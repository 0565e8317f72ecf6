// A map as a bytearray and as a file: single bytes, slices, iteration, the position; and what is
// left of all that once it is closed.
#include "tests/support/memory_maps.h"

#include <QTest>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kLeast = -kMaxLength - 1;

}  // namespace

class MemoryMapBytesTest : public QObject {
    Q_OBJECT

private slots:
    void at_data();
    void at();
    void setsSlices_data();
    void setsSlices();
    void copies_data();
    void copies();
    void iterates_data();
    void iterates();
    void iteratesOverWhatChanges();
    void reads_data();
    void reads();
    void readsLines();
    void readsBytes();
    void writes();
    void seeks_data();
    void seeks();
    void seekFromNowhere();
    void slicesLeaveThePosition();
    void positionBehindTheEnd();
    void readOnlyChangesNothing();
    void tooMuchMemory();
    void everyUseOfAClosedMap();
    void moves();
};

void MemoryMapBytesTest::at_data() {
    QTest::addColumn<Offset>("position");
    QTest::addColumn<int>("expected");  // -1: an error
    QTest::newRow("first") << Offset{0} << int('a');
    QTest::newRow("last") << Offset{4} << int('e');
    QTest::newRow("-1") << Offset{-1} << int('e');
    QTest::newRow("-5") << Offset{-5} << int('a');
    QTest::newRow("at the end") << Offset{5} << -1;
    QTest::newRow("-6") << Offset{-6} << -1;
    QTest::newRow("largest") << kMaxLength << -1;
    QTest::newRow("least") << kLeast << -1;
}

void MemoryMapBytesTest::at() {
    QFETCH(Offset, position);
    QFETCH(int, expected);
    MemoryMap map = mapOf("abcde");
    const Result<Byte> got = map.at(position);
    QCOMPARE(got ? int(*got) : -1, expected);
    const Status set = map.setAt(position, 'X');
    QCOMPARE(set.ok(), expected != -1);
    QByteArray after = "abcde";
    if (expected != -1)
        after[expected - 'a'] = 'X';
    QCOMPARE(content(map), after);
}

void MemoryMapBytesTest::setsSlices_data() {
    QTest::addColumn<Offset>("start");
    QTest::addColumn<Offset>("stop");
    QTest::addColumn<Offset>("step");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");  // empty: an error
    const auto row = [](const char* name, Offset start, Offset stop, Offset step, QByteArray bytes,
                        QByteArray expected) {
        QTest::newRow(name) << start << stop << step << bytes << expected;
    };
    row("same length", 1, 4, 1, "XYZ", "aXYZefg");
    row("shorter", 1, 4, 1, "XY", "");
    row("longer", 1, 4, 1, "XYZZ", "");
    row("nothing into something", 1, 4, 1, "", "");
    row("something into nothing", 4, 1, 1, "X", "");
    row("nothing into nothing", 4, 1, 1, "", "abcdefg");
    row("step", 0, 7, 3, "XYZ", "XbcYefZ");
    row("step, shorter", 0, 7, 3, "XY", "");
    row("backwards", -1, -4, -1, "XYZ", "abcdZYX");
    row("backwards by steps", 6, 0, -2, "XYZ", "abZdYfX");
    row("the end is moved in", 5, 100, 1, "XY", "abcdeXY");
    row("the end is moved in, the length is not", 5, 8, 1, "XYZ", "");
}

void MemoryMapBytesTest::setsSlices() {
    QFETCH(Offset, start);
    QFETCH(Offset, stop);
    QFETCH(Offset, step);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    MemoryMap map = mapOf("abcdefg");
    const Status set = map.setSlice({start, stop, step}, span(bytes));
    QCOMPARE(set.ok(), !expected.isEmpty());
    QCOMPARE(content(map), expected.isEmpty() ? QByteArray("abcdefg") : expected);
}

void MemoryMapBytesTest::copies_data() {
    QTest::addColumn<Offset>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("good");
    QTest::newRow("all") << Offset{0} << 5 << true;
    QTest::newRow("some") << Offset{2} << 2 << true;
    QTest::newRow("none at the end") << Offset{5} << 0 << true;
    QTest::newRow("past the end") << Offset{3} << 3 << false;
    QTest::newRow("none behind the end") << Offset{6} << 0 << false;
    QTest::newRow("negative") << Offset{-1} << 1 << false;
    QTest::newRow("largest") << kMaxLength << 5 << false;
    QTest::newRow("least") << kLeast << 5 << false;
}

void MemoryMapBytesTest::copies() {
    QFETCH(Offset, position);
    QFETCH(int, length);
    QFETCH(bool, good);
    const MemoryMap map = mapOf("abcde");
    Bytes out(std::size_t(length), Byte{'.'});
    QCOMPARE(map.copy(position, out).ok(), good);
    QCOMPARE(text(ByteSpan(out)),
             good ? QByteArray("abcde").mid(position, length) : QByteArray(length, '.'));
}

void MemoryMapBytesTest::iterates_data() {
    QTest::addColumn<int>("length");
    for (const int length : {0, 1, 4095, 4096, 4097, 20'000})
        QTest::addRow("%d bytes", length) << length;
}

void MemoryMapBytesTest::iterates() {
    QFETCH(int, length);
    const QByteArray expected = someBytes(length);
    const MemoryMap map = mapOf(expected);
    MemoryMapBytes bytes = map.bytes();
    for (int turn = 0; turn < 2; ++turn) {
        QByteArray got;
        for (const Byte byte : bytes)
            got += char(byte);
        QVERIFY(bytes.status());
        QCOMPARE(got, expected);
    }
    // The memory itself has iterators too.
    QVERIFY(std::equal(map.span()->begin(), map.span()->end(), span(expected).begin()));
}

void MemoryMapBytesTest::iteratesOverWhatChanges() {
    MemoryMap map = mapOf(someBytes(20'000));
    MemoryMapBytes bytes = map.bytes();
    int count = 0;
    for (const Byte byte : bytes) {
        (void)byte;
        if (++count == 10)
            QVERIFY(map.resize(5000));
    }
    QCOMPARE(count, 5000);
    QVERIFY(bytes.status());

    count = 0;
    for (const Byte byte : bytes) {
        (void)byte;
        if (++count == 10)
            map.close();
    }
    QCOMPARE(count, 4096);
    QVERIFY(!bytes.status());
}

void MemoryMapBytesTest::reads_data() {
    QTest::addColumn<Offset>("position");
    QTest::addColumn<std::optional<Offset>>("count");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, Offset position, std::optional<Offset> count,
                        QByteArray expected) {
        QTest::newRow(name) << position << count << expected;
    };
    row("all", 0, std::nullopt, "abcde");
    row("the rest", 2, std::nullopt, "cde");
    row("some", 1, 2, "bc");
    row("none", 1, 0, "");
    row("exactly to the end", 3, 2, "de");
    row("more than there is", 3, 9, "de");
    row("as many as can be", 3, kMaxLength, "de");
    row("negative: the rest", 3, -1, "de");
    row("least: the rest", 3, kLeast, "de");
    row("at the end", 5, 1, "");
    row("all at the end", 5, std::nullopt, "");
}

void MemoryMapBytesTest::reads() {
    QFETCH(Offset, position);
    QFETCH(std::optional<Offset>, count);
    QFETCH(QByteArray, expected);
    MemoryMap map = mapOf("abcde");
    QCOMPARE(*map.seek(position), position);
    QCOMPARE(text(map.read(count)), expected);
    QCOMPARE(*map.tell(), position + expected.size());
}

void MemoryMapBytesTest::readsLines() {
    MemoryMap map = mapOf("one\n\nthree\r\nlast");
    for (const char* line : {"one\n", "\n", "three\r\n", "last", "", ""})
        QCOMPARE(text(map.readLine()), QByteArray(line));
    QCOMPARE(*map.tell(), *map.length());
    QVERIFY(map.seek(1));
    QCOMPARE(text(map.readLine()), QByteArray("ne\n"));
    QCOMPARE(*map.tell(), Offset{4});
}

void MemoryMapBytesTest::readsBytes() {
    MemoryMap map = mapOf("a\xff");
    QCOMPARE(*map.readByte(), Byte{'a'});
    QCOMPARE(*map.readByte(), Byte{0xFF});
    QVERIFY(!map.readByte());
    QCOMPARE(*map.tell(), Offset{2});
}

void MemoryMapBytesTest::writes() {
    MemoryMap map = mapOf("abcdef");
    QCOMPARE(*map.write(span("XY")), Offset{2});
    QCOMPARE(*map.tell(), Offset{2});
    QVERIFY(map.writeByte('Z'));
    QCOMPARE(*map.tell(), Offset{3});
    QVERIFY(!map.write(span("1234")));  // one too many: nothing at all
    QCOMPARE(*map.tell(), Offset{3});
    QCOMPARE(content(map), QByteArray("XYZdef"));
    QCOMPARE(*map.write(span("123")), Offset{3});
    QCOMPARE(*map.write({}), Offset{0});
    QVERIFY(!map.writeByte('!'));
    QVERIFY(!map.write(span("!")));
    QCOMPARE(content(map), QByteArray("XYZ123"));
}

void MemoryMapBytesTest::seeks_data() {
    QTest::addColumn<MemoryMap::SeekFrom>("from");
    QTest::addColumn<Offset>("distance");
    QTest::addColumn<Offset>("expected");  // -1: an error
    using enum MemoryMap::SeekFrom;
    QTest::newRow("start") << Start << Offset{0} << Offset{0};
    QTest::newRow("start, on") << Start << Offset{4} << Offset{4};
    QTest::newRow("start, to the end") << Start << Offset{10} << Offset{10};
    QTest::newRow("start, past the end") << Start << Offset{11} << Offset{-1};
    QTest::newRow("start, before it") << Start << Offset{-1} << Offset{-1};
    QTest::newRow("start, largest") << Start << kMaxLength << Offset{-1};
    QTest::newRow("start, least") << Start << kLeast << Offset{-1};
    QTest::newRow("current") << Current << Offset{0} << Offset{6};
    QTest::newRow("current, on") << Current << Offset{4} << Offset{10};
    QTest::newRow("current, back") << Current << Offset{-6} << Offset{0};
    QTest::newRow("current, too far on") << Current << Offset{5} << Offset{-1};
    QTest::newRow("current, too far back") << Current << Offset{-7} << Offset{-1};
    QTest::newRow("current, largest") << Current << kMaxLength << Offset{-1};
    QTest::newRow("current, least") << Current << kLeast << Offset{-1};
    QTest::newRow("end") << End << Offset{0} << Offset{10};
    QTest::newRow("end, back") << End << Offset{-3} << Offset{7};
    QTest::newRow("end, to the start") << End << Offset{-10} << Offset{0};
    QTest::newRow("end, too far back") << End << Offset{-11} << Offset{-1};
    QTest::newRow("end, past it") << End << Offset{1} << Offset{-1};
    QTest::newRow("end, largest") << End << kMaxLength << Offset{-1};
    QTest::newRow("end, least") << End << kLeast << Offset{-1};
}

void MemoryMapBytesTest::seeks() {
    QFETCH(MemoryMap::SeekFrom, from);
    QFETCH(Offset, distance);
    QFETCH(Offset, expected);
    MemoryMap map = mapOf("0123456789");
    QVERIFY(map.seek(6));
    const Result<Offset> got = map.seek(distance, from);
    QCOMPARE(got ? *got : -1, expected);
    QCOMPARE(*map.tell(), expected == -1 ? 6 : expected);
}

void MemoryMapBytesTest::seekFromNowhere() {
    MemoryMap map = mapOf("abc");
    QVERIFY(!map.seek(1, static_cast<MemoryMap::SeekFrom>(3)));
    QVERIFY(!map.seek(1, static_cast<MemoryMap::SeekFrom>(-1)));
    QCOMPARE(*map.tell(), Offset{0});
}

void MemoryMapBytesTest::slicesLeaveThePosition() {
    MemoryMap map = mapOf("abcdef");
    QVERIFY(map.seek(2));
    QCOMPARE(text(map.slice({0, 5})), QByteArray("abcde"));
    QVERIFY(map.setSlice({4, 6}, span("XY")));
    QVERIFY(map.at(5) && map.setAt(5, 'Z') && map.find(span("X")) && map.move(0, 1, 1));
    QCOMPARE(*map.tell(), Offset{2});
    QCOMPARE(text(map.read()), QByteArray("cdXZ"));
}

void MemoryMapBytesTest::positionBehindTheEnd() {
    MemoryMap map = mapOf("abcdef");
    QVERIFY(map.seek(5));
    QVERIFY(map.resize(2));
    QCOMPARE(*map.tell(), Offset{5});
    QCOMPARE(text(map.read()), QByteArray());
    QCOMPARE(text(map.readLine()), QByteArray());
    QVERIFY(!map.readByte());
    QVERIFY(!map.writeByte('x'));
    QVERIFY(!map.write({}));
    QVERIFY(!map.seek(0, MemoryMap::SeekFrom::Current));
    QCOMPARE(**map.find({}), Offset{2});
    QCOMPARE(*map.seek(-4, MemoryMap::SeekFrom::Current), Offset{1});
    QCOMPARE(text(map.read()), QByteArray("b"));
}

void MemoryMapBytesTest::readOnlyChangesNothing() {
    const TestFolder folder;
    MemoryMap map = mapOf(folder, "file", "abcdef", MapAccess::ReadOnly);
    const Status all[] = {map.setAt(0, 'X'),
                          map.setSlice({0, 2}, span("XY")),
                          map.setSlice({0, 0}, {}),
                          map.writeByte('X'),
                          map.move(0, 2, 2),
                          map.move(0, 0, 0),
                          map.resize(3),
                          map.resize(6)};
    for (const Status& status : all) {
        QVERIFY(!status);
        QVERIFY(status.error().code == ErrorCode::ReadOnly);
    }
    QVERIFY(!map.write(span("XY")));
    QVERIFY(!map.write({}));
    QVERIFY(*map.flush() == MemoryMap::Flushed::Nothing);
    QCOMPARE(*map.tell(), Offset{0});
    QCOMPARE(content(map), QByteArray("abcdef"));
    QCOMPARE(TestFolder::read(folder.path("file")), QByteArray("abcdef"));
}

void MemoryMapBytesTest::tooMuchMemory() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("the sanitizers end a program that asks for so much memory");
#else
    MemoryMapOptions options;
    options.length = Offset{80} << 40;  // fits into the addresses of a program once, not twice
    Result<MemoryMap> map = MemoryMap::anonymous(options);
    if (!map)
        QSKIP("this machine maps no 80 TiB");
    for (const Result<Bytes>& bytes : {map->slice({}), map->read(), map->slice({{}, {}, -1})}) {
        QVERIFY(!bytes);
        QVERIFY(bytes.error().code == ErrorCode::TooLarge);
    }
    QCOMPARE(*map->tell(), Offset{0});
#endif
}

void MemoryMapBytesTest::everyUseOfAClosedMap() {
    MemoryMap map = mapOf("abcdef");
    QVERIFY(!map.isClosed());
    map.close();
    map.close();
    QVERIFY(map.isClosed());
    QVERIFY(!map.length());
    QVERIFY(!map.fileSize());
    QVERIFY(!map.access());
    QVERIFY(!map.at(0));
    QVERIFY(!map.setAt(0, 1));
    QVERIFY(!map.slice({}));
    QVERIFY(!map.setSlice({}, {}));
    QVERIFY(!map.copy(0, {}));
    QVERIFY(!map.contains({}));
    QVERIFY(!map.compare({}));
    QVERIFY(!map.equals({}));
    QVERIFY(!map.span());
    QVERIFY(!map.verify({}));
    QVERIFY(!map.isDamaged());
    QVERIFY(!map.read());
    QVERIFY(!map.readByte());
    QVERIFY(!map.readLine());
    QVERIFY(!map.write({}));
    QVERIFY(!map.writeByte(1));
    QVERIFY(!map.seek(0));
    QVERIFY(!map.tell());
    QVERIFY(!map.find({}));
    QVERIFY(!map.rfind({}));
    QVERIFY(!map.move(0, 0, 0));
    QVERIFY(!map.flush());
    QVERIFY(!map.flush({0, 0}));
    QVERIFY(!map.advise(MemoryAdvice::Normal));
    QVERIFY(!map.advise(MemoryAdvice::Normal, {0, 0}));
    QVERIFY(!map.resize(1));
    MemoryMapBytes bytes = map.bytes();
    QVERIFY(bytes.begin() == bytes.end());
    QVERIFY(!bytes.status());
    QCOMPARE(map.tell().error().reason, std::string("the map is closed"));
}

void MemoryMapBytesTest::moves() {
    MemoryMap first = mapOf("abcdef");
    QVERIFY(first.seek(2));
    const ByteSpan memory = *first.span();
    MemoryMap second = std::move(first);
    QVERIFY(first.isClosed());
    QCOMPARE(*second.tell(), Offset{2});
    QVERIFY(second.span()->data() == memory.data());  // what was seen stays where it is
    MemoryMap third = mapOf("xyz");
    third = std::move(second);
    QVERIFY(second.isClosed());
    QCOMPARE(content(third), QByteArray("abcdef"));
}

QTEST_GUILESS_MAIN(MemoryMapBytesTest)
#include "memory_map_bytes_test.moc"
