// Making maps: every kind of option, right and wrong, on every kind of file.
#include "core/file/file_system.h"
#include "tests/support/memory_maps.h"

#include <QTest>

#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr auto kRead = MapProtection::Read;
constexpr auto kBoth = MapProtection::Read | MapProtection::Write;
constexpr auto kNoSharing = std::optional<MapSharing>();
constexpr auto kNoProtection = std::optional<MapProtection>();

MemoryMapOptions at(Offset offset, Offset length, MapAccess access = MapAccess::ReadOnly) {
    MemoryMapOptions options;
    options.access = access;
    options.offset = {offset};
    options.length = length;
    return options;
}

/// 3 pages and a bit.
QByteArray someFile() {
    return someBytes(3 * 4096 + 100);
}

}  // namespace

class MemoryMapCreateTest : public QObject {
    Q_OBJECT

private slots:
    void kind_data();
    void kind();
    void contradiction_data();
    void contradiction();
    void window_data();
    void window();
    void badWindow_data();
    void badWindow();
    void extends_data();
    void extends();
    void refusesToExtend_data();
    void refusesToExtend();
    void emptyFile();
    void fromDescriptor();
    void badDescriptor_data();
    void badDescriptor();
    void badPath_data();
    void badPath();
    void refusesFolderAndFifo_data();
    void refusesFolderAndFifo();
    void characterDevice();
    void anonymous_data();
    void anonymous();
    void badAnonymous();
};

void MemoryMapCreateTest::kind_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<std::optional<MapSharing>>("sharing");
    QTest::addColumn<std::optional<MapProtection>>("protection");
    QTest::addColumn<MapAccess>("expected");
    const auto row = [](const char* name, MapAccess access, std::optional<MapSharing> sharing,
                        std::optional<MapProtection> protection, MapAccess expected) {
        QTest::newRow(name) << access << sharing << protection << expected;
    };
    const auto shared = MapSharing::Shared;
    const auto apart = MapSharing::Private;
    using enum MapAccess;
    row("ACCESS_READ", ReadOnly, kNoSharing, kNoProtection, ReadOnly);
    row("ACCESS_WRITE", WriteThrough, kNoSharing, kNoProtection, WriteThrough);
    row("ACCESS_COPY", CopyOnWrite, kNoSharing, kNoProtection, CopyOnWrite);
    row("ACCESS_DEFAULT", Default, kNoSharing, kNoProtection, WriteThrough);
    row("default, shared", Default, shared, kNoProtection, WriteThrough);
    row("default, private", Default, apart, kNoProtection, CopyOnWrite);
    row("default, PROT_READ", Default, kNoSharing, kRead, ReadOnly);
    row("default, PROT_WRITE", Default, kNoSharing, MapProtection::Write, WriteThrough);
    row("default, both", Default, kNoSharing, kBoth, WriteThrough);
    row("default, shared, PROT_READ", Default, shared, kRead, ReadOnly);
    row("default, private, PROT_READ", Default, apart, kRead, ReadOnly);
    row("default, private, both", Default, apart, kBoth, CopyOnWrite);
    row("default, PROT_EXEC", Default, kNoSharing, MapProtection::Execute, ReadOnly);
    row("read, agreeing", ReadOnly, shared, kRead, ReadOnly);
    row("write, agreeing", WriteThrough, shared, kBoth, WriteThrough);
    row("copy, agreeing", CopyOnWrite, apart, kBoth, CopyOnWrite);
}

void MemoryMapCreateTest::kind() {
    QFETCH(MapAccess, access);
    QFETCH(std::optional<MapSharing>, sharing);
    QFETCH(std::optional<MapProtection>, protection);
    QFETCH(MapAccess, expected);
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    MemoryMapOptions options;
    options.access = access;
    options.sharing = sharing;
    options.protection = protection;
    Result<MemoryMap> map = MemoryMap::fromPath(path, options);
    QVERIFY2(map, map ? "" : map.error().message().c_str());
    QVERIFY(*map->access() == expected);
    const Status stored = map->setAt(1, 'X');
    QCOMPARE(stored.ok(), expected != MapAccess::ReadOnly);
    if (!stored)
        QVERIFY(stored.error().code == ErrorCode::ReadOnly);
    QCOMPARE(content(*map), QByteArray(expected == MapAccess::ReadOnly ? "abc" : "aXc"));
    QCOMPARE(TestFolder::read(path),
             QByteArray(expected == MapAccess::WriteThrough ? "aXc" : "abc"));
}

void MemoryMapCreateTest::contradiction_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::addColumn<std::optional<MapSharing>>("sharing");
    QTest::addColumn<std::optional<MapProtection>>("protection");
    const auto row = [](const char* name, MapAccess access, std::optional<MapSharing> sharing,
                        std::optional<MapProtection> protection) {
        QTest::newRow(name) << access << sharing << protection;
    };
    using enum MapAccess;
    row("read, private", ReadOnly, MapSharing::Private, kNoProtection);
    row("read, PROT_WRITE", ReadOnly, kNoSharing, kBoth);
    row("write, private", WriteThrough, MapSharing::Private, kNoProtection);
    row("write, PROT_READ", WriteThrough, kNoSharing, kRead);
    row("copy, shared", CopyOnWrite, MapSharing::Shared, kNoProtection);
    row("copy, PROT_READ", CopyOnWrite, kNoSharing, kRead);
    row("nothing allowed", Default, kNoSharing, MapProtection::None);
    row("unknown protection", Default, kNoSharing, static_cast<MapProtection>(64));
    row("unknown protection with access", ReadOnly, kNoSharing, static_cast<MapProtection>(65));
    row("unknown sharing", Default, static_cast<MapSharing>(7), kNoProtection);
    row("unknown access", static_cast<MapAccess>(9), kNoSharing, kNoProtection);
    row("negative access", static_cast<MapAccess>(-1), kNoSharing, kNoProtection);
}

void MemoryMapCreateTest::contradiction() {
    QFETCH(MapAccess, access);
    QFETCH(std::optional<MapSharing>, sharing);
    QFETCH(std::optional<MapProtection>, protection);
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    MemoryMapOptions options;
    options.access = access;
    options.sharing = sharing;
    options.protection = protection;
    options.length = 3;
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    const Result<MemoryMap> maps[] = {MemoryMap::fromPath(path, options),
                                      MemoryMap::fromDescriptor(descriptor, options),
                                      MemoryMap::anonymous(options)};
    ::close(descriptor);
    for (const Result<MemoryMap>& map : maps) {
        QVERIFY(!map);
        QVERIFY(map.error().code == ErrorCode::InvalidArgument);
    }
}

void MemoryMapCreateTest::window_data() {
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    const Offset size = someFile().size();
    const auto row = [](const char* name, Offset offset, Offset length) {
        QTest::newRow(name) << offset << length;
    };
    row("whole", 0, 0);
    row("whole by number", 0, size);
    row("first byte", 0, 1);
    row("last byte", size - 1, 1);
    row("last byte to the end", size - 1, 0);
    row("one page", 4096, 4096);
    row("any byte on", 1, 0);
    row("before a page ends", 4095, 2);
    row("odd place and length", 5000, 3001);
    row("at the end: nothing", size, 0);
}

void MemoryMapCreateTest::window() {
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    const QByteArray bytes = someFile();
    const TestFolder folder;
    const std::string path = folder.write("file", bytes);
    const QByteArray expected = bytes.mid(offset, length == 0 ? -1 : length);
    for (const MapAccess access :
         {MapAccess::ReadOnly, MapAccess::CopyOnWrite, MapAccess::WriteThrough}) {
        Result<MemoryMap> map = MemoryMap::fromPath(path, at(offset, length, access));
        QVERIFY2(map, map ? "" : map.error().message().c_str());
        QCOMPARE(*map->length(), Offset(expected.size()));
        QCOMPARE(*map->fileSize(), Offset(bytes.size()));
        QCOMPARE(content(*map), expected);
        QCOMPARE(*map->tell(), Offset{0});
    }
    QCOMPARE(TestFolder::read(path), bytes);
}

void MemoryMapCreateTest::badWindow_data() {
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    const Offset size = someFile().size();
    const auto row = [](const char* name, Offset offset, Offset length) {
        QTest::newRow(name) << offset << length;
    };
    row("offset beyond the end", size + 1, 0);
    row("offset beyond the end, with length", size + 1, 1);
    row("offset far beyond", kMaxLength, 0);
    row("negative offset", -1, 0);
    row("most negative offset", -kMaxLength - 1, 1);
    row("negative length", 0, -1);
    row("most negative length", 0, -kMaxLength - 1);
    row("overflowing", 10, kMaxLength);
    row("overflowing at the far end", kMaxLength, kMaxLength);
    row("more than there is memory", 1, kMaxLength - 1);
}

void MemoryMapCreateTest::badWindow() {
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    const QByteArray bytes = someFile();
    const TestFolder folder;
    const std::string path = folder.write("file", bytes);
    for (const MapAccess access :
         {MapAccess::ReadOnly, MapAccess::CopyOnWrite, MapAccess::WriteThrough}) {
        QVERIFY(!MemoryMap::fromPath(path, at(offset, length, access)));
    }
    QCOMPARE(TestFolder::read(path), bytes);
}

void MemoryMapCreateTest::extends_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    QTest::newRow("an empty file") << QByteArray() << Offset{0} << Offset{10};
    QTest::newRow("within the page") << QByteArray("abc") << Offset{0} << Offset{100};
    QTest::newRow("by pages") << QByteArray("abc") << Offset{0} << Offset{20000};
    QTest::newRow("from within") << QByteArray("abcdef") << Offset{4} << Offset{5000};
    QTest::newRow("from the end") << QByteArray("abc") << Offset{3} << Offset{7};
}

void MemoryMapCreateTest::extends() {
    QFETCH(QByteArray, bytes);
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    const TestFolder folder;
    const std::string path = folder.write("file", bytes);
    Result<MemoryMap> map = MemoryMap::fromPath(path, at(offset, length, MapAccess::WriteThrough));
    QVERIFY(map);
    const QByteArray whole = bytes + QByteArray(offset + length - bytes.size(), '\0');
    QCOMPARE(TestFolder::read(path), whole);
    QCOMPARE(content(*map), whole.mid(offset));
    QVERIFY(map->setAt(-1, 'z'));
    QCOMPARE(TestFolder::read(path).back(), 'z');
}

void MemoryMapCreateTest::refusesToExtend_data() {
    QTest::addColumn<MapAccess>("access");
    QTest::newRow("ReadOnly") << MapAccess::ReadOnly;
    QTest::newRow("CopyOnWrite") << MapAccess::CopyOnWrite;
}

void MemoryMapCreateTest::refusesToExtend() {
    QFETCH(MapAccess, access);
    const TestFolder folder;
    const std::string path = folder.write("file", "abc");
    QVERIFY(MemoryMap::fromPath(path, at(0, 3, access)));
    const Result<MemoryMap> longer = MemoryMap::fromPath(path, at(0, 4, access));
    QVERIFY(!longer);
    QVERIFY(longer.error().code == ErrorCode::InvalidArgument);
    QVERIFY(!MemoryMap::fromPath(path, at(1, 3, access)));
    QCOMPARE(TestFolder::read(path), QByteArray("abc"));

    // A descriptor that cannot write: refused before the file grows.
    const int readable = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    QVERIFY(!MemoryMap::fromDescriptor(readable, at(0, 4, MapAccess::WriteThrough)));
    ::close(readable);
    QCOMPARE(TestFolder::read(path), QByteArray("abc"));
}

void MemoryMapCreateTest::emptyFile() {
    const TestFolder folder;
    for (const MapAccess access :
         {MapAccess::ReadOnly, MapAccess::CopyOnWrite, MapAccess::WriteThrough}) {
        MemoryMap map = mapOf(folder, "file", "", access);
        QCOMPARE(*map.length(), Offset{0});
        QCOMPARE(content(map), QByteArray());
        QCOMPARE(text(map.read()), QByteArray());
        QCOMPARE(text(map.readLine()), QByteArray());
        QVERIFY(!map.readByte());
        QVERIFY(!map.at(0));
        QVERIFY(map.span()->empty());
        QVERIFY(**map.find({}) == 0 && **map.rfind({}) == 0);
        QVERIFY(!map.find(span("a"))->has_value());
        QVERIFY(*map.equals({}));
        QVERIFY(map.flush());
        QVERIFY(map.advise(MemoryAdvice::WillNeed));
        QVERIFY(!map.isDamaged());
        QCOMPARE(map.setSlice({}, {}).ok(), access != MapAccess::ReadOnly);
        QCOMPARE(map.move(0, 0, 0).ok(), access != MapAccess::ReadOnly);
    }
}

void MemoryMapCreateTest::fromDescriptor() {
    const TestFolder folder;
    const std::string path = folder.write("file", "abcdef");
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    Result<MemoryMap> map = MemoryMap::fromDescriptor(descriptor);
    QVERIFY(map);
    QVERIFY(*map->access() == MapAccess::WriteThrough);
    QCOMPARE(::close(descriptor), 0);  // still the caller's, and not needed any more
    QVERIFY(map->setAt(0, 'X'));
    QVERIFY(map->resize(7));
    QCOMPARE(TestFolder::read(path), QByteArray("Xbcdef\0", 7));
}

void MemoryMapCreateTest::badDescriptor_data() {
    QTest::addColumn<int>("descriptor");
    QTest::newRow("-1") << -1;
    QTest::newRow("most negative") << std::numeric_limits<int>::min();
    QTest::newRow("not open") << 1'000'000;
    QTest::newRow("largest") << std::numeric_limits<int>::max();
}

void MemoryMapCreateTest::badDescriptor() {
    QFETCH(int, descriptor);
    const Result<MemoryMap> map = MemoryMap::fromDescriptor(descriptor, at(0, 10));
    QVERIFY(!map);
    QVERIFY(map.error().code == ErrorCode::System);
    QCOMPARE(map.error().systemError, EBADF);
}

void MemoryMapCreateTest::badPath_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("missing") << QByteArray("/nowhere/at/all");
    QTest::newRow("zero byte in it") << QByteArray("/dev/null\0/x", 12);
    QTest::newRow("too long") << QByteArray(100'000, 'x');
}

void MemoryMapCreateTest::badPath() {
    QFETCH(QByteArray, path);
    const Result<MemoryMap> map = MemoryMap::fromPath(path.toStdString(), at(0, 0));
    QVERIFY(!map);
    QVERIFY(!map.error().reason.empty());
}

void MemoryMapCreateTest::refusesFolderAndFifo_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("directory") << QByteArray("directory");
    QTest::newRow("FIFO") << QByteArray("FIFO");
    QTest::newRow("socket") << QByteArray("socket");
}

void MemoryMapCreateTest::refusesFolderAndFifo() {
    QFETCH(QByteArray, what);
    const TestFolder folder;
    const std::string path = folder.path("thing");
    int descriptor = -1;
    if (what == "directory") {
        QCOMPARE(::mkdir(path.c_str(), 0700), 0);
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    } else if (what == "FIFO") {
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    } else {
        descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    }
    const Result<MemoryMap> map = MemoryMap::fromDescriptor(descriptor, at(0, 4096));
    ::close(descriptor);
    QVERIFY(!map);
    QVERIFY(map.error().code == ErrorCode::UnsupportedFile);
    QVERIFY2(map.error().reason.find(what.toStdString()) != std::string::npos,
             map.error().reason.c_str());
    QVERIFY(!MemoryMap::fromPath(path, at(0, 0)));  // and no waiting for a FIFO's other end
}

void MemoryMapCreateTest::characterDevice() {
    Result<MemoryMap> map = MemoryMap::fromPath("/dev/zero", at(0, 5, MapAccess::CopyOnWrite));
    QVERIFY2(map, map ? "" : map.error().message().c_str());
    QVERIFY(map->setAt(2, 'x'));
    QCOMPARE(content(*map), QByteArray("\0\0x\0\0", 5));
    QVERIFY(!MemoryMap::fromPath("/dev/zero", at(0, 0)));
}

void MemoryMapCreateTest::anonymous_data() {
    QTest::addColumn<Offset>("length");
    QTest::newRow("nothing") << Offset{0};
    QTest::newRow("one byte") << Offset{1};
    QTest::newRow("a page") << Offset{4096};
    QTest::newRow("more") << Offset{10'000};
    QTest::newRow("a TiB, that is not used") << (Offset{1} << 40);
}

void MemoryMapCreateTest::anonymous() {
    QFETCH(Offset, length);
#if defined(__SANITIZE_THREAD__)
    if (length > (Offset{1} << 30))
        QSKIP("TSan leaves no TiB of addresses to map");
#endif
    Result<MemoryMap> map = MemoryMap::anonymous(at(0, length, MapAccess::WriteThrough));
    QVERIFY2(map, map ? "" : map.error().message().c_str());
    QCOMPARE(*map->length(), length);
    QCOMPARE(*map->fileSize(), length);
    if (length == 0)
        return;
    QCOMPARE(*map->at(0), Byte{0});
    QCOMPARE(*map->at(-1), Byte{0});
    QVERIFY(map->setAt(-1, 'x'));
    QCOMPARE(*map->at(length - 1), Byte{'x'});
}

void MemoryMapCreateTest::badAnonymous() {
    QVERIFY(!MemoryMap::anonymous(at(0, -1)));
    QVERIFY(!MemoryMap::anonymous(at(1, 10)));
    QVERIFY(!MemoryMap::anonymous(at(-1, 10)));
    QVERIFY(!MemoryMap::anonymous(at(0, kMaxLength)));
}

QTEST_GUILESS_MAIN(MemoryMapCreateTest)
#include "memory_map_create_test.moc"
