// Maps in several processes: stores that are seen, lengths that are kept, maps that are not
// inherited.
#include "tests/support/memory_maps.h"

#include <QTest>

#include <array>

#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// Two pipes between a parent and its child, to take turns.
class Turns {
public:
    Turns() {
        if (::pipe(there_.data()) != 0 || ::pipe(back_.data()) != 0)
            qFatal("no pipe");
    }
    ~Turns() {
        for (const int end : {there_[0], there_[1], back_[0], back_[1]})
            ::close(end);
    }
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;

    bool giveToChild() { return ::write(there_[1], "x", 1) == 1; }
    bool waitForParent() { return take(there_[0]); }
    bool giveToParent() { return ::write(back_[1], "x", 1) == 1; }
    bool waitForChild() { return take(back_[0]); }

private:
    static bool take(int end) {
        char one = 0;
        return ::read(end, &one, 1) == 1;
    }
    std::array<int, 2> there_{};
    std::array<int, 2> back_{};
};

int wait(pid_t child) {
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

class MemoryMapProcessTest : public QObject {
    Q_OBJECT

private slots:
    void twoProcesses();
    void anonymousIsShared();
    void privateIsNot();
    void childKeepsItsLength();
    void childOfAShrunkMap();
    void notInherited();
};

void MemoryMapProcessTest::twoProcesses() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(10'000, '.'));
    Turns turns;
    const pid_t child = ::fork();
    if (child == 0) {
        // A map of its own, through a descriptor of its own.
        Result<MemoryMap> mine =
            MemoryMap::fromPath(path, {MapAccess::WriteThrough, {}, {}, {}, 0});
        if (!mine || !turns.giveToParent() || !turns.waitForParent())
            ::_exit(1);
        if (text(mine->slice({8000, 8006})) != "parent")
            ::_exit(2);
        if (!mine->setSlice({4094, 4099}, span("child")) || !turns.giveToParent())
            ::_exit(3);
        // Without having closed or flushed anything.
        ::_exit(turns.waitForParent() ? 0 : 4);
    }
    Result<MemoryMap> map = MemoryMap::fromPath(path, {MapAccess::WriteThrough, {}, {}, {}, 0});
    QVERIFY(map);
    QVERIFY(turns.waitForChild());
    QVERIFY(map->setSlice({8000, 8006}, span("parent")));
    QVERIFY(turns.giveToChild());
    QVERIFY(turns.waitForChild());
    QCOMPARE(text(map->slice({4094, 4099})), QByteArray("child"));
    QCOMPARE(**map->find(span("child")), Offset{4094});
    QVERIFY(turns.giveToChild());
    QCOMPARE(wait(child), 0);
}

void MemoryMapProcessTest::anonymousIsShared() {
    MemoryMap map = mapOf("mother and child");
    QCOMPARE(inChild([&map] {
                 if (content(map) != "mother and child")
                     return 1;
                 return map.setSlice({0, 6}, span("father")) ? 0 : 2;
             }),
             0);
    QCOMPARE(content(map), QByteArray("father and child"));
}

void MemoryMapProcessTest::privateIsNot() {
    MemoryMapOptions options;
    options.access = MapAccess::CopyOnWrite;
    options.length = 3;
    Result<MemoryMap> map = MemoryMap::anonymous(options);
    QVERIFY(map && map->setSlice({}, span("abc")));
    QCOMPARE(inChild([&map] {
                 return content(*map) == "abc" && map->setSlice({}, span("xyz")) ? 0 : 1;
             }),
             0);
    QCOMPARE(content(*map), QByteArray("abc"));
}

void MemoryMapProcessTest::childKeepsItsLength() {
    MemoryMap map = mapOf("abc");
    Turns turns;
    const pid_t child = ::fork();
    if (child == 0) {
        if (!turns.waitForParent())
            ::_exit(1);
        if (*map.length() != 3 || content(map) != "abc" || map.at(3))
            ::_exit(2);
        ::_exit(map.setAt(0, 'X') && *map.fileSize() == 10'000 ? 0 : 3);
    }
    QVERIFY(map.resize(10'000));
    QVERIFY(map.setAt(5000, 'p'));
    QVERIFY(turns.giveToChild());
    QCOMPARE(wait(child), 0);
    QCOMPARE(*map.at(0), Byte{'X'});
}

void MemoryMapProcessTest::childOfAShrunkMap() {
    MemoryMap map = mapOf(QByteArray(20'000, 'a'));
    Turns turns;
    const pid_t child = ::fork();
    if (child == 0) {
        if (!turns.waitForParent())
            ::_exit(1);
        if (*map.length() != 20'000 || text(map.slice({0, 100})) != QByteArray(100, 'a'))
            ::_exit(2);
        const Result<Byte> gone = map.at(100);
        const Status lost = map.setAt(10'000, 'x');
        ::_exit(!gone && !lost && gone.error().code == ErrorCode::Unreadable ? 0 : 3);
    }
    QVERIFY(map.resize(100));
    QVERIFY(turns.giveToChild());
    QCOMPARE(wait(child), 0);
}

void MemoryMapProcessTest::notInherited() {
    MemoryMap map = mapOf("abc");
    QVERIFY(map.advise(MemoryAdvice::DontFork));
    QCOMPARE(inChild([&map] {
                 // No access crashes, and to close it takes nobody's memory away.
                 const bool refused = !map.at(0) && !map.setAt(0, 'x') && !map.slice({}) &&
                                      !map.find({}) && !map.span() && !map.move(0, 1, 1);
                 map.close();
                 return refused ? 0 : 1;
             }),
             0);
    QCOMPARE(content(map), QByteArray("abc"));
    QVERIFY(map.advise(MemoryAdvice::DoFork));
    QCOMPARE(inChild([&map] { return content(map) == "abc" ? 0 : 1; }), 0);
}

QTEST_GUILESS_MAIN(MemoryMapProcessTest)
#include "memory_map_process_test.moc"
