// The simulated file system: that it fails, kills and forgets as it says. (That it does what real
// ones do when nothing goes wrong is in file_ranges_test.)
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <cerrno>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using Kind = SimulatedPlan::Kind;
using Part = SimulatedPlan::Part;

/// Blocks of 64 bytes in sectors of 16, two to a run.
SimulatedOptions smallBlocks() {
    SimulatedOptions options;
    options.blockSize = 64;
    options.sectorSize = 16;
    options.blocksPerExtent = 2;
    return options;
}

/// `letters` as blocks, each full of its letter; '.' is zeros.
QByteArray blocksOf(const char* letters) {
    QByteArray bytes;
    for (const char* letter = letters; *letter != '\0'; ++letter)
        bytes += QByteArray(64, *letter == '.' ? '\0' : *letter);
    return bytes;
}

/// The first byte of each block as a letter; '?' where a block holds more than one.
std::string lettersOf(const Bytes& bytes) {
    std::string letters;
    for (std::size_t at = 0; at < bytes.size(); at += 64) {
        const std::size_t end = std::min(at + 64, bytes.size());
        bool isEven = true;
        for (std::size_t index = at; index < end; ++index)
            isEven = isEven && bytes[index] == bytes[at];
        const char letter = bytes[at] == 0 ? '.' : static_cast<char>(bytes[at]);
        letters += isEven ? letter : '?';
    }
    return letters;
}

std::shared_ptr<File> opened(SimulatedFileSystem& files, const char* path) {
    return files.open(path, OpenMode::ReadWrite).value();
}

int codeOf(const Status& status) {
    return status ? 0 : status.error().systemError;
}

/// Each file and its content in letters, of everything that a power cut can leave.
std::set<std::string> outcomes(const SimulatedFileSystem& files, bool namesInOrder = true) {
    std::set<std::string> found;
    for (const PowerCut& cut : powerCuts(files.disk(), {1, 4096, namesInOrder})) {
        const SimulatedFileSystem after(cut.disk);
        std::string text;
        for (const std::string& name : after.names("/"))
            text += (text.empty() ? "" : " ") + name + "=" + lettersOf(after.content("/" + name));
        found.insert(text);
    }
    return found;
}

std::set<std::string> untorn(const std::set<std::string>& all) {
    std::set<std::string> found = all;
    std::erase_if(found, [](const std::string& text) { return text.find('?') < text.size(); });
    return found;
}

}  // namespace

class SimulatedFileSystemTest : public QObject {
    Q_OBJECT

private slots:
    void failsTheCallThatIsPlanned();
    void failsAsking();
    void writesInPart_data();
    void writesInPart();
    void everyCallAfterAKillFails();
    void aKillTakesFilesWithoutNames();
    void copiesOfADiskAreApart();
    void callsAfterEachChange();
    void followsLinks();
    void asksForPermissions();
    void oneHolderOfALock();
    void aWriteTakesRightsAway();

    void powerCut_data();
    void powerCut();
    void tearsAtSectors();
    void namesOutOfOrder();
    void attributesWantASyncOfAll();
    void keepsEverythingAfterASync();
    void leavesAVersionOfEachSector();
};

using Files = SimulatedFileSystem;
Q_DECLARE_METATYPE(std::function<void(Files&)>)

void SimulatedFileSystemTest::failsTheCallThatIsPlanned() {
    Files files;
    files.put("/file", span("old"));
    const auto file = opened(files, "/file");
    files.setPlan({.at = 2, .systemError = EDQUOT, .count = 2, .part = Part::None});
    QVERIFY(file->writeAt({0}, span("new")).ok());
    QCOMPARE(codeOf(file->sync()), EDQUOT);
    QCOMPARE(codeOf(files.rename("/file", "/other")), EDQUOT);
    QVERIFY(files.rename("/file", "/other").ok());
    QCOMPARE(files.changes(), 4);
    std::vector<std::string> names;
    for (const SimulatedCall& call : files.calls())
        names.push_back(call.name);
    QCOMPARE(names, (std::vector<std::string>{"writeAt", "sync", "rename", "rename"}));
    QCOMPARE(files.calls().front().extent, (FileExtent{{0}, 3}));
}

void SimulatedFileSystemTest::failsAsking() {
    Files files;
    files.put("/file", span("old"));
    files.setPlan({.at = 2, .systemError = EIO, .ofAsking = true});
    const auto file = opened(files, "/file");
    Bytes bytes(3);
    QCOMPARE(file->readAt({0}, bytes).error().systemError, EIO);
    QVERIFY(file->writeAt({0}, span("new")).ok());
    QVERIFY(file->readAt({0}, bytes).ok());
    QCOMPARE(files.askings(), 3);
}

void SimulatedFileSystemTest::writesInPart_data() {
    QTest::addColumn<int>("part");
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("none") << static_cast<int>(Part::None) << QByteArray("abcdef");
    QTest::newRow("half") << static_cast<int>(Part::Half) << QByteArray("ABCdef");
    QTest::newRow("all") << static_cast<int>(Part::All) << QByteArray("ABCDEF");
}

void SimulatedFileSystemTest::writesInPart() {
    QFETCH(int, part);
    QFETCH(QByteArray, left);
    for (const Kind kind : {Kind::Fail, Kind::Kill}) {
        // Six sectors, each of one letter.
        Files files;
        const auto sectors = [](const QByteArray& letters) {
            QByteArray out;
            for (const char letter : letters)
                out += QByteArray(512, letter);
            return out;
        };
        files.put("/file", span(sectors("abcdef")));
        const auto file = opened(files, "/file");
        files.setPlan({.at = 1, .kind = kind, .part = static_cast<Part>(part)});
        QVERIFY(!file->writeAt({0}, span(sectors("ABCDEF"))).ok());
        QCOMPARE(files.isKilled(), kind == Kind::Kill);
        const Bytes content = files.content("/file");
        const QByteArray now(reinterpret_cast<const char*>(content.data()), 6 * 512);
        QCOMPARE(now, sectors(left));
    }
}

void SimulatedFileSystemTest::everyCallAfterAKillFails() {
    Files files;
    files.put("/file", span("old"));
    const auto file = opened(files, "/file");
    files.setPlan({.at = 1, .kind = Kind::Kill, .part = Part::None});
    QVERIFY(!file->writeAt({0}, span("new")).ok());
    Bytes bytes(3);
    QVERIFY(!file->readAt({0}, bytes).ok());
    QVERIFY(!file->writeAt({0}, span("new")).ok());
    QVERIFY(!file->sync().ok());
    QVERIFY(!file->info().ok());
    QVERIFY(!files.remove("/file").ok());
    QVERIFY(!files.open("/file", OpenMode::Read).ok());
    QVERIFY(!files.open("/new", OpenMode::CreateNew).ok());
    files.setPlan({});
    QVERIFY(!files.info("/file").ok());
    QCOMPARE(files.content("/file"), Bytes({'o', 'l', 'd'}));
    QCOMPARE(files.names("/"), std::vector<std::string>{"file"});
}

void SimulatedFileSystemTest::aKillTakesFilesWithoutNames() {
    Files files;
    const auto unnamed = files.openUnnamedToLink("/").value();
    QVERIFY(unnamed->writeAt({0}, span(QByteArray(4096, 'x'))).ok());
    const auto linked = files.openUnnamedToLink("/").value();
    QVERIFY(linked->writeAt({0}, span("kept")).ok());
    QVERIFY(files.link(*linked, "/linked").ok());
    QCOMPARE(codeOf(files.link(*unnamed, "/linked")), EEXIST);
    QCOMPARE(files.disk().used(), 2 * 4096);
    const Files after(files.disk().afterKill());
    QCOMPARE(after.disk().used(), 4096);
    QCOMPARE(after.content("/linked"), Bytes({'k', 'e', 'p', 't'}));
}

void SimulatedFileSystemTest::copiesOfADiskAreApart() {
    Files files;
    files.put("/file", span("old"));
    const SimulatedDisk before = files.disk();
    QVERIFY(opened(files, "/file")->writeAt({0}, span("new!")).ok());
    QVERIFY(files.rename("/file", "/other").ok());
    const Files old(before);
    QCOMPARE(old.content("/file"), Bytes({'o', 'l', 'd'}));
    QCOMPARE(files.content("/other"), Bytes({'n', 'e', 'w', '!'}));
}

void SimulatedFileSystemTest::callsAfterEachChange() {
    Files files;
    files.put("/file", span("a"));
    std::vector<Bytes> moments;
    files.setAfterChange([&] { moments.push_back(Files(files.disk()).content("/file")); });
    const auto file = opened(files, "/file");
    QVERIFY(file->writeAt({0}, span("b")).ok());
    QVERIFY(file->writeAt({0}, span("c")).ok());
    QCOMPARE(moments, (std::vector<Bytes>{{'b'}, {'c'}}));
}

void SimulatedFileSystemTest::followsLinks() {
    Files files;
    files.put("/real/file", span("x"));
    files.putSymbolicLink("/folder", "real");
    files.putSymbolicLink("/real/link", "../folder/file");
    files.putSymbolicLink("/loop", "/loop");
    QCOMPARE(files.resolve("/folder/./link").value(), std::string("/real/file"));
    QCOMPARE(files.resolve("/folder/new").value(), std::string("/real/new"));
    QCOMPARE(files.info("/folder/link")->identity, files.info("/real/file")->identity);
    QVERIFY(!files.info("/loop/file").ok());
    QVERIFY(!files.resolve("/none/file").ok());
    // The link is renamed, and not what it leads to.
    QVERIFY(files.rename("/folder/link", "/folder/renamed").ok());
    QCOMPARE(files.names("/real"), (std::vector<std::string>{"file", "renamed"}));
}

void SimulatedFileSystemTest::asksForPermissions() {
    SimulatedOptions options;
    options.user = {1000, 100};
    Files files(options);
    files.put("/folder/file", span("x"));
    QVERIFY(files.mayReplace("/folder/file").value());
    QVERIFY(files.mayWrite("/folder/file").value());
    QVERIFY(!files.mayGiveTo({0, 0}));

    SimulatedAttributes attributes = files.attributesOf("/folder/file");
    attributes.immutable = true;
    files.setAttributes("/folder/file", attributes);
    QVERIFY(!files.mayReplace("/folder/file").value());
    QCOMPARE(files.open("/folder/file", OpenMode::ReadWrite).error().systemError, EPERM);
    QCOMPARE(codeOf(files.rename("/folder/file", "/folder/other")), EPERM);

    attributes = {};
    attributes.permissions = 0644;
    files.setAttributes("/folder/file", attributes);  // root's now
    QVERIFY(!files.mayWrite("/folder/file").value());
    QVERIFY(files.mayReplace("/folder/file").value());
    QCOMPARE(files.open("/folder/file", OpenMode::ReadWrite).error().systemError, EACCES);

    attributes = files.attributesOf("/folder");
    attributes.permissions = 0555;
    files.setAttributes("/folder", attributes);
    QVERIFY(!files.mayWrite("/folder").value());
    QVERIFY(!files.mayReplace("/folder/file").value());
    QCOMPARE(codeOf(files.remove("/folder/file")), EACCES);
    QCOMPARE(files.openUnnamed("/folder").error().systemError, EACCES);
}

void SimulatedFileSystemTest::oneHolderOfALock() {
    Files files;
    files.put("/file", span("x"));
    auto first = opened(files, "/file");
    const auto second = opened(files, "/file");
    QVERIFY(first->lock().value());
    QVERIFY(!second->lock().value());
    QVERIFY(first->foreignLocks()->empty());
    QCOMPARE(second->foreignLocks()->size(), std::size_t{1});
    first.reset();
    QVERIFY(second->lock().value());
}

void SimulatedFileSystemTest::aWriteTakesRightsAway() {
    SimulatedOptions options;
    options.user = {1000, 100};
    Files files(options);
    files.put("/file", span("x"), 06755);
    SimulatedAttributes attributes = files.attributesOf("/file");
    attributes.extended["security.capability"] = "all";
    attributes.extended["user.note"] = "mine";
    files.setAttributes("/file", attributes);
    QVERIFY(files.attributes("/file")->givesRights());
    QVERIFY(opened(files, "/file")->writeAt({0}, span("y")).ok());
    QVERIFY(!files.attributes("/file")->givesRights());
    QCOMPARE(files.attributesOf("/file").extended.size(), std::size_t{1});
}

// ---- power cuts

void SimulatedFileSystemTest::powerCut_data() {
    using Set = std::set<std::string>;
    QTest::addColumn<std::function<void(Files&)>>("work");
    QTest::addColumn<Set>("left");
    const auto row = [](const char* name, std::function<void(Files&)> work, const Set& left) {
        QTest::newRow(name) << std::move(work) << left;
    };
    const auto put = [](Files& files, const char* path, Offset block, const char* letters) {
        (void)opened(files, path)->writeAt({block * 64}, span(blocksOf(letters)));
    };

    row("nothing", [](Files&) {}, {"f=abcd"});
    row("two blocks", [=](Files& files) { put(files, "/f", 1, "XY"); },
        {"f=abcd", "f=aXcd", "f=abYd", "f=aXYd"});
    row("one block twice",
        [=](Files& files) {
            put(files, "/f", 1, "X");
            put(files, "/f", 1, "Y");
        },
        {"f=abcd", "f=aXcd", "f=aYcd"});
    row("two blocks, a sync between",
        [=](Files& files) {
            put(files, "/f", 1, "X");
            (void)opened(files, "/f")->sync();
            put(files, "/f", 2, "Y");
        },
        {"f=aXcd", "f=aXYd"});
    row("a block behind the end", [=](Files& files) { put(files, "/f", 4, "X"); },
        {"f=abcd", "f=abcd.", "f=abcdX"});
    row("cut", [](Files& files) { (void)opened(files, "/f")->resize(128); }, {"f=abcd", "f=ab"});
    row("grow", [](Files& files) { (void)opened(files, "/f")->resize(320); },
        {"f=abcd", "f=abcd."});
    row("cut and grow",
        [](Files& files) {
            (void)opened(files, "/f")->resize(64);
            (void)opened(files, "/f")->resize(192);
        },
        {"f=abcd", "f=a", "f=a.."});
    row("punch",
        [](Files& files) {
            (void)opened(files, "/f")->punchHole({{64}, 128});
        },
        {"f=abcd", "f=a.cd", "f=a..d"});
    row("take room",
        [](Files& files) {
            (void)opened(files, "/f")->preallocate({{256}, 64}, Preallocation::ExtendSize);
        },
        {"f=abcd", "f=abcd."});
    // Runs of two: ab cd.
    row("insert",
        [](Files& files) {
            (void)opened(files, "/f")->insertRange({{0}, 64});
        },
        {"f=abcd", "f=abcd.", "f=ab.cd", "f=.abcd"});
    row("insert within a run",
        [](Files& files) {
            (void)opened(files, "/f")->insertRange({{64}, 64});
        },
        {"f=abcd", "f=abcd.", "f=ab.cd", "f=a.bcd"});
    row("insert much",
        [](Files& files) {
            (void)opened(files, "/f")->insertRange({{0}, 192});
        },
        {"f=abcd", "f=abcd...", "f=ab...cd", "f=...abcd"});
    row("collapse",
        [](Files& files) {
            (void)opened(files, "/f")->collapseRange({{0}, 64});
        },
        {"f=abcd", "f=.bcd", "f=b.cd", "f=bcd.", "f=bcd"});
    row("collapse over runs",
        [](Files& files) {
            (void)opened(files, "/f")->collapseRange({{64}, 128});
        },
        {"f=abcd", "f=ab.d", "f=a..d", "f=ad..", "f=ad"});
    row("a write after a shift that is dropped",
        [=](Files& files) {
            (void)opened(files, "/f")->insertRange({{128}, 64});
            put(files, "/f", 3, "X");  // where c stands now
        },
        {"f=abcd", "f=abXd", "f=abcd.", "f=abXd.", "f=ab.cd", "f=ab.Xd"});
    row("clone",
        [](Files& files) {
            const auto file = opened(files, "/f");
            (void)file->cloneRange(*file, {{0}, 64}, {256});
        },
        {"f=abcd", "f=abcda"});
    row("a write to a clone",
        [=](Files& files) {
            const auto file = opened(files, "/f");
            (void)file->cloneRange(*file, {{0}, 64}, {64});
            (void)file->sync();
            put(files, "/f", 0, "X");
        },
        {"f=aacd", "f=.acd", "f=Xacd"});
    row("a sync that failed, and one that did not",
        [=](Files& files) {
            put(files, "/f", 1, "X");
            files.setPlan({.at = 1, .systemError = EIO});
            (void)opened(files, "/f")->sync();
            (void)opened(files, "/f")->sync();
        },
        {"f=abcd", "f=aXcd"});
    row("written again after a sync that failed",
        [=](Files& files) {
            put(files, "/f", 1, "X");
            files.setPlan({.at = 1, .systemError = EIO});
            (void)opened(files, "/f")->sync();
            put(files, "/f", 1, "Y");
            (void)opened(files, "/f")->sync();
        },
        {"f=aYcd"});
    row("a shift that failed",
        [](Files& files) {
            files.setPlan({.at = 1, .systemError = EIO});
            (void)opened(files, "/f")->collapseRange({{0}, 64});
            (void)opened(files, "/f")->sync();
        },
        {"f=b.cd"});

    row("rename", [](Files& files) { (void)files.rename("/f", "/g"); }, {"f=abcd", "g=abcd"});
    row("rename, folder synced",
        [](Files& files) {
            (void)files.rename("/f", "/g");
            (void)files.syncFolder("/");
        },
        {"g=abcd"});
    row("remove", [](Files& files) { (void)files.remove("/f"); }, {"f=abcd", ""});
    const auto create = [](Files& files, bool syncs) {
        const auto file = files.open("/n", OpenMode::CreateNew).value();
        (void)file->writeAt({0}, span(blocksOf("N")));
        if (syncs)
            (void)file->sync();
    };
    row("a new file", [=](Files& files) { create(files, false); },
        {"f=abcd", "f=abcd n=", "f=abcd n=.", "f=abcd n=N"});
    row("a new file, synced", [=](Files& files) { create(files, true); }, {"f=abcd", "f=abcd n=N"});
    row("replaced without a sync",
        [=](Files& files) {
            create(files, false);
            (void)files.rename("/n", "/f");
        },
        {"f=abcd", "f=abcd n=", "f=abcd n=.", "f=abcd n=N", "f=", "f=.", "f=N"});
    row("replaced with a sync",
        [=](Files& files) {
            create(files, true);
            (void)files.rename("/n", "/f");
        },
        {"f=abcd", "f=abcd n=N", "f=N"});
    row("replaced without a name before",
        [](Files& files) {
            const auto file = files.openUnnamedToLink("/").value();
            (void)file->writeAt({0}, span(blocksOf("N")));
            (void)file->sync();
            (void)files.link(*file, "/n");
            (void)files.rename("/n", "/f");
        },
        {"f=abcd", "f=abcd n=N", "f=N"});
}

void SimulatedFileSystemTest::powerCut() {
    QFETCH(std::function<void(Files&)>, work);
    using Set = std::set<std::string>;
    QFETCH(Set, left);
    Files files(smallBlocks());
    files.put("/f", span(blocksOf("abcd")));
    QVERIFY(files.disk().isCertain());
    work(files);
    const Set found = untorn(outcomes(files));
    std::string text;
    for (const std::string& outcome : found)
        text += "\"" + outcome + "\" ";
    QVERIFY2(found == left, text.c_str());
}

void SimulatedFileSystemTest::tearsAtSectors() {
    Files files(smallBlocks());
    files.put("/file", span(blocksOf("a")));
    QVERIFY(opened(files, "/file")->writeAt({0}, span(blocksOf("B"))).ok());
    std::set<std::string> found;
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        for (const PowerCut& cut : powerCuts(files.disk(), {seed, 32, true})) {
            const Bytes content = Files(cut.disk).content("/file");
            std::string sectors;
            for (std::size_t at = 0; at < 64; at += 16) {
                QCOMPARE(std::count(content.begin() + static_cast<std::ptrdiff_t>(at),
                                    content.begin() + static_cast<std::ptrdiff_t>(at) + 16,
                                    content[at]),
                         16);
                sectors += static_cast<char>(content[at]);
            }
            found.insert(sectors);
        }
    }
    QCOMPARE(found.size(), std::size_t{16});
}

void SimulatedFileSystemTest::namesOutOfOrder() {
    Files files(smallBlocks());
    files.put("/f", span(blocksOf("a")));
    files.put("/n", span(blocksOf("N")));
    QVERIFY(files.rename("/f", "/f~").ok());
    QVERIFY(files.rename("/n", "/f").ok());
    QCOMPARE(outcomes(files), (std::set<std::string>{"f=a n=N", "f~=a n=N", "f=N f~=a"}));
    QCOMPARE(outcomes(files, false),
             (std::set<std::string>{"f=a n=N", "f~=a n=N", "f=N f~=a", "f=N"}));
}

void SimulatedFileSystemTest::attributesWantASyncOfAll() {
    const auto permissions = [](const Files& files) {
        std::set<std::uint32_t> found;
        for (const PowerCut& cut : powerCuts(files.disk(), {}))
            found.insert(Files(cut.disk).attributesOf("/file").permissions);
        return found;
    };
    Files files;
    files.put("/file", span("x"), 0600);
    const auto file = opened(files, "/file");
    QVERIFY(file->setPermissions(0640).ok());
    QVERIFY(file->sync().ok());
    QCOMPARE(permissions(files), (std::set<std::uint32_t>{0600, 0640}));
    QVERIFY(file->syncAll().ok());
    QCOMPARE(permissions(files), std::set<std::uint32_t>{0640});
}

namespace {

/// One random call on one of three files.
void anyCall(Files& files, std::mt19937_64& random) {
    const auto below = [&](int count) {
        return static_cast<Offset>(random() % static_cast<std::uint64_t>(count));
    };
    const std::string name = "/" + std::string(1, static_cast<char>('a' + below(3)));
    const std::string other = "/" + std::string(1, static_cast<char>('a' + below(3)));
    if (!files.exists(name)) {
        (void)files.open(name, OpenMode::CreateNew);
        return;
    }
    const auto file = opened(files, name.c_str());
    const FileExtent blocks{{below(6) * 64}, (1 + below(3)) * 64};
    switch (below(10)) {
    case 0:
        (void)file->resize(below(400));
        return;
    case 1:
        (void)file->insertRange(blocks);
        return;
    case 2:
        (void)file->collapseRange(blocks);
        return;
    case 3:
        (void)file->punchHole({{below(300)}, 1 + below(200)});
        return;
    case 4:
        (void)file->preallocate(blocks, Preallocation::ExtendSize);
        return;
    case 5:
        if (files.exists(other))
            (void)file->cloneRange(*opened(files, other.c_str()), blocks, {below(6) * 64});
        return;
    case 6:
        (void)files.rename(name, other);
        return;
    default:
        (void)file->writeAt({below(300)},
                            span(someBytes(1 + below(200), static_cast<quint32>(random()))));
    }
}

std::map<std::string, Bytes> everything(const Files& files) {
    std::map<std::string, Bytes> all;
    for (const std::string& name : files.names("/"))
        all[name] = files.content("/" + name);
    return all;
}

}  // namespace

void SimulatedFileSystemTest::keepsEverythingAfterASync() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 random(seed);
        Files files(smallBlocks());
        for (int round = 0; round < scaled(100); ++round) {
            for (int step = 0; step < 10; ++step)
                anyCall(files, random);
            for (const PowerCut& cut : powerCuts(files.disk(), {random(), 8, true}))
                QVERIFY(cut.disk.isCertain());
            for (const std::string& name : files.names("/"))
                QVERIFY(opened(files, ("/" + name).c_str())->syncAll().ok());
            QVERIFY(files.syncFolder("/").ok());
            const std::vector<PowerCut> cuts = powerCuts(files.disk(), {});
            for (const PowerCut& cut : cuts)
                QCOMPARE(everything(Files(cut.disk)), everything(files));
        }
    }
}

/// Overwriting in place alone: whatever is left, each sector is as one of the writes since the last
/// sync left it.
void SimulatedFileSystemTest::leavesAVersionOfEachSector() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 random(seed);
        Files files(smallBlocks());
        files.put("/file", span(someBytes(640)));
        const auto file = opened(files, "/file");
        std::vector<Bytes> versions{files.content("/file")};
        for (int step = 0; step < scaled(200); ++step) {
            const auto at = static_cast<Offset>(random() % 600);
            const auto bytes = someBytes(1 + static_cast<qsizetype>(random() % 40),
                                         static_cast<quint32>(random()));
            QVERIFY(file->writeAt({at}, span(bytes)).ok());
            versions.push_back(files.content("/file"));
            if (random() % 6 == 0) {
                QVERIFY(file->sync().ok());
                versions = {files.content("/file")};
            }
            for (const PowerCut& cut : powerCuts(files.disk(), {random(), 8, true})) {
                const Bytes left = Files(cut.disk).content("/file");
                QCOMPARE(left.size(), std::size_t{640});
                for (std::ptrdiff_t sector = 0; sector < 640; sector += 16) {
                    const bool isKnown = std::ranges::any_of(versions, [&](const Bytes& version) {
                        return std::equal(left.begin() + sector, left.begin() + sector + 16,
                                          version.begin() + sector);
                    });
                    QVERIFY2(isKnown, cut.how.c_str());
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(SimulatedFileSystemTest)
#include "simulated_file_system_test.moc"
