// The guard against real faults: a mapping whose file was cut, in this thread and in others.
#include "core/file/fault_guard.h"
#include "core/file/file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <atomic>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using Region = std::shared_ptr<const MappedRegion>;

struct Mapped {
    std::shared_ptr<File> file;
    Region region;
};

Mapped mapFile(const std::string& path, FileOffset at, Offset length) {
    Mapped mapped;
    mapped.file = *systemFileSystem().open(path, OpenMode::Read);
    mapped.region = *mapped.file->map(at, length);
    return mapped;
}

Byte load(const Region& region, Offset at) {
    return *static_cast<const volatile Byte*>(region->data() + at);
}

}  // namespace

class FaultGuardTest : public QObject {
    Q_OBJECT

private slots:
    void marksAndGoesOn();
    void oneFaultForTheRest();
    void worksInAnyThread();
    void manyRegions();
    void storesGoOn();
    void saysWhatWasPatched_data();
    void saysWhatWasPatched();
    void leavesForeignFaultsAlone_data();
    void leavesForeignFaultsAlone();
    void sentSignalEndsTheProgram();
};

void FaultGuardTest::marksAndGoesOn() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(4 * 4096, 'a'));
    const Mapped mapped = mapFile(path, {0}, 4 * 4096);
    QCOMPARE(load(mapped.region, 5000), Byte{'a'});
    QVERIFY(!mapped.region->isDamaged());
    QCOMPARE(::truncate(path.c_str(), 4096), 0);
    QCOMPARE(load(mapped.region, 100), Byte{'a'});
    QVERIFY(!mapped.region->isDamaged());
    QCOMPARE(load(mapped.region, 5000), Byte{0});
    QVERIFY(mapped.region->isDamaged());
    // The part in front stays the file.
    QCOMPARE(load(mapped.region, 100), Byte{'a'});
}

void FaultGuardTest::oneFaultForTheRest() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(64 * 4096, 'a'));
    const Mapped mapped = mapFile(path, {4096}, 63 * 4096);
    QCOMPARE(::truncate(path.c_str(), 0), 0);
    QCOMPARE(load(mapped.region, 0), Byte{0});
    // Zeros stand under the rest now, so it stays zero even where the file grows back: a region
    // that was damaged is never the file again.
    folder.write("file", QByteArray(64 * 4096, 'b'));
    for (Offset page = 0; page < 63; ++page)
        QCOMPARE(load(mapped.region, page * 4096), Byte{0});
    QVERIFY(mapped.region->isDamaged());
}

void FaultGuardTest::worksInAnyThread() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(256 * 4096, 'a'));
    const Mapped mapped = mapFile(path, {0}, 256 * 4096);
    QCOMPARE(::truncate(path.c_str(), 0), 0);
    std::atomic<int> unmarked = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            for (Offset page = 255 - number; page >= 0; page -= 4) {
                if (load(mapped.region, page * 4096) == 0 && !mapped.region->isDamaged())
                    ++unmarked;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(unmarked.load(), 0);
}

void FaultGuardTest::manyRegions() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(4096, 'a'));
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::Read);
    std::vector<Region> regions;
    for (int i = 0; i < 1000; ++i)  // several parts of the table
        regions.push_back(*file->map({0}, 4096));
    QCOMPARE(::truncate(path.c_str(), 0), 0);
    for (std::size_t i = 0; i < regions.size(); i += 3)
        QCOMPARE(load(regions[i], 0), Byte{0});
    for (std::size_t i = 0; i < regions.size(); ++i)
        QCOMPARE(regions[i]->isDamaged(), i % 3 == 0);
}

namespace {

/// A shared, writable mapping of a whole file, guarded.
struct Writable {
    explicit Writable(const std::string& path, Offset size)
        : descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC))
        , length(size)
        , data(static_cast<Byte*>(::mmap(nullptr, static_cast<std::size_t>(size),
                                         PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)))
        , slot(FaultGuard::watch(data, size, {0}, descriptor, true)) {}
    ~Writable() {
        FaultGuard::release(slot);
        ::munmap(data, static_cast<std::size_t>(length));
        ::close(descriptor);
    }
    Writable(const Writable&) = delete;
    Writable& operator=(const Writable&) = delete;

    void store(Offset at, Byte value) { *static_cast<volatile Byte*>(data + at) = value; }

    int descriptor;
    Offset length;
    Byte* data;
    FaultGuard::Slot* slot;
};

}  // namespace

void FaultGuardTest::storesGoOn() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(4 * 4096, 'a'));
    Writable mapped(path, 4 * 4096);
    mapped.store(5000, 'b');
    QCOMPARE(mapped.slot->damage.load(), 0U);
    QCOMPARE(::truncate(path.c_str(), 4096), 0);
    mapped.store(9000, 'c');
    QVERIFY(mapped.slot->damage.load() > 0);
    mapped.store(100, 'd');
    QByteArray expected(4096, 'a');
    expected[100] = 'd';
    QCOMPARE(TestFolder::read(path), expected);  // the store beyond the end reached nothing
}

void FaultGuardTest::saysWhatWasPatched_data() {
    QTest::addColumn<Offset>("fault");
    QTest::addColumn<Offset>("begin");
    QTest::newRow("first page after the end") << Offset{4096} << Offset{4096};
    QTest::newRow("in the middle") << Offset{9000} << Offset{8192};
    QTest::newRow("last byte") << Offset{16383} << Offset{12288};
}

void FaultGuardTest::saysWhatWasPatched() {
    QFETCH(Offset, fault);
    QFETCH(Offset, begin);
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(4 * 4096, 'a'));
    Writable mapped(path, 4 * 4096);
    QVERIFY(mapped.slot->patchedBegin.load() > mapped.slot->patchedEnd.load());
    QCOMPARE(::truncate(path.c_str(), 4096), 0);
    mapped.store(fault, 'b');
    const auto base = reinterpret_cast<std::uintptr_t>(mapped.data);
    QCOMPARE(Offset(mapped.slot->patchedBegin.load() - base), begin);
    QCOMPARE(Offset(mapped.slot->patchedEnd.load() - base), Offset{4 * 4096});
}

void FaultGuardTest::leavesForeignFaultsAlone_data() {
    QTest::addColumn<bool>("hasHandler");
    QTest::newRow("default action") << false;
    QTest::newRow("an earlier handler") << true;
}

void FaultGuardTest::leavesForeignFaultsAlone() {
    QFETCH(bool, hasHandler);
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(8192, 'a'));
    // In a child, since the handler is installed once for each process: this one execs itself
    // with a row's name; see main() below.
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "fault_guard_test", hasHandler ? "--with" : "--without",
                path.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    if (hasHandler) {
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 42);
    } else {
        // A sanitizer turns the signal into an exit of its own; either way it did not go on.
        QVERIFY(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
    }
}

void FaultGuardTest::sentSignalEndsTheProgram() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(8192, 'a'));
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "fault_guard_test", "--with-sent", path.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
}

namespace {

int sendToOurselves(const char* path) {
    ::signal(SIGBUS, SIG_DFL);
    const Mapped ours = mapFile(path, {0}, 8192);  // installs the guard
    ::raise(SIGBUS);
    return 0;
}

int provokeForeignFault(bool hasHandler, const char* path) {
    struct sigaction action {};
    action.sa_handler = hasHandler ? [](int) { ::_exit(42); } : SIG_DFL;
    ::sigaction(SIGBUS, &action, nullptr);
    const Mapped ours = mapFile(path, {0}, 8192);  // installs the guard
    const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC);
    const void* foreign = ::mmap(nullptr, 8192, PROT_READ, MAP_SHARED, descriptor, 0);
    (void)::truncate(path, 0);
    (void)load(ours.region, 0);
    (void)*static_cast<const volatile Byte*>(foreign);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "--with-sent") == 0)
        return sendToOurselves(argv[2]);
    if (argc == 3 && std::strncmp(argv[1], "--with", 6) == 0)
        return provokeForeignFault(std::strcmp(argv[1], "--with") == 0, argv[2]);
    QCoreApplication app(argc, argv);
    FaultGuardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "fault_guard_test.moc"
