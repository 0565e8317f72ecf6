// Ranges of a file, shared, copied, shifted, freed and taken: the same on each file system that
// this machine can mount, and on the simulated one, so that tests may trust it.
#include "core/file/file_system.h"
#include "tests/support/loop_mount.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kMiB = Offset{1} << 20;

/// A folder of a file system for one test.
struct Ground {
    explicit Ground(const QString& kind) {
        if (kind == "simulated") {
            simulated = std::make_unique<SimulatedFileSystem>();
            fileSystem = simulated.get();
            folder = std::string("/");  // GCC 12 warns of the plain assignment
        } else {
            const QStringList options = kind == "ext4" ? QStringList{"-b", "4096"} : QStringList();
            mount = std::make_unique<LoopMount>(kind, 320 * kMiB, options);
            reason = mount->reason();
            folder = mount->folder() + "/";
        }
        if (reason.isEmpty()) {
            can = fileSystem->abilities(folder).value();
            block = fileSystem->space(folder)->blockSize;
        }
    }

    std::shared_ptr<File> file(const char* name, const QByteArray& content = {}) const {
        std::shared_ptr<File> made = fileSystem->open(folder + name, OpenMode::CreateNew).value();
        if (!content.isEmpty() && !made->writeAt({0}, span(content)).ok())
            qFatal("cannot write");
        return made;
    }

    std::unique_ptr<SimulatedFileSystem> simulated;
    std::unique_ptr<LoopMount> mount;
    FileSystem* fileSystem = &systemFileSystem();
    std::string folder;
    QString reason;
    StorageAbilities can;
    Offset block = 0;
};

QByteArray contentOf(const File& file) {
    QByteArray bytes(file.info()->size, Qt::Uninitialized);
    const Result<std::size_t> got = file.readAt(
        {0}, {reinterpret_cast<Byte*>(bytes.data()), static_cast<std::size_t>(bytes.size())});
    return got && static_cast<qsizetype>(*got) == bytes.size() ? bytes : "(short)";
}

int codeOf(const Status& status) {
    return status ? 0 : status.error().systemError;
}

}  // namespace

class FileRangesTest : public QObject {
    Q_OBJECT

private slots:
    void clones_data() { grounds(); }
    void clones();
    void refusesToClone_data() { grounds(); }
    void refusesToClone();
    void copies_data() { grounds(); }
    void copies();
    void shifts_data() { grounds(); }
    void shifts();
    void refusesToShift_data() { grounds(); }
    void refusesToShift();
    void punches_data() { grounds(); }
    void punches();
    void preallocates_data() { grounds(); }
    void preallocates();
    void meetsAFullDisk_data();
    void meetsAFullDisk();
    void tellsLayout_data() { grounds(); }
    void tellsLayout();
    void tellsALongLayout();
    void doesAsTheModel_data() { grounds(); }
    void doesAsTheModel();

private:
    static void grounds();
};

void FileRangesTest::grounds() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"simulated", "ext4", "xfs", "btrfs", "tmpfs"})
        QTest::newRow(kind) << QString(kind);
}

#define OCTAVO_GROUND(ground)                                                                      \
    QFETCH(QString, kind);                                                                         \
    const Ground ground(kind);                                                                     \
    if (!ground.reason.isEmpty())                                                                  \
    QSKIP(qPrintable(ground.reason))

void FileRangesTest::clones() {
    OCTAVO_GROUND(ground);
    const QByteArray content = someBytes(4 * ground.block);
    const auto from = ground.file("from", content);
    const auto to = ground.file("to", QByteArray(2 * ground.block, 'x'));
    const Status status = to->cloneRange(*from, {{ground.block}, 2 * ground.block}, {ground.block});
    if (!ground.can.clonesRanges) {
        QCOMPARE(codeOf(status), EOPNOTSUPP);
        return;
    }
    QVERIFY(status.ok());
    QCOMPARE(contentOf(*to),
             QByteArray(ground.block, 'x') + content.mid(ground.block, 2 * ground.block));
    // Whoever is written to takes a block of his own.
    QVERIFY(to->writeAt({ground.block}, span(QByteArray("changed"))).ok());
    QCOMPARE(contentOf(*from), content);
    QVERIFY(to->cloneRange(*from, {{0}, 0}, {0}).ok());
    QCOMPARE(to->info()->size, 3 * ground.block);
}

void FileRangesTest::refusesToClone() {
    OCTAVO_GROUND(ground);
    if (!ground.can.clonesRanges)
        return;
    const Offset block = ground.block;
    const auto from = ground.file("from", someBytes(2 * block + 10));
    const auto to = ground.file("to", someBytes(5 * block));
    QCOMPARE(codeOf(to->cloneRange(*from, {{1}, block}, {0})), EINVAL);
    QCOMPARE(codeOf(to->cloneRange(*from, {{0}, block}, {1})), EINVAL);
    QCOMPARE(codeOf(to->cloneRange(*from, {{0}, 10}, {0})), EINVAL);
    QCOMPARE(codeOf(to->cloneRange(*from, {{0}, 4 * block}, {0})), EINVAL);
    // A piece of a block may be the last of the file, and of nothing else.
    QCOMPARE(codeOf(to->cloneRange(*from, {{block}, block + 10}, {0})), EINVAL);
    QVERIFY(to->cloneRange(*from, {{block}, block + 10}, {4 * block}).ok());
    QCOMPARE(to->info()->size, 5 * block + 10);
    QCOMPARE(codeOf(from->cloneRange(*from, {{0}, 2 * block}, {block})), EINVAL);
}

void FileRangesTest::copies() {
    OCTAVO_GROUND(ground);
    const QByteArray content = someBytes(3 * ground.block + 5);
    const auto from = ground.file("from", content);
    const auto to = ground.file("to", QByteArray(10, 'x'));
    QVERIFY(to->copyRange(*from, {{3}, content.size() - 3}, {7}).ok());
    QCOMPARE(contentOf(*to), QByteArray(7, 'x') + content.mid(3));
    const Status early = to->copyRange(*from, {{content.size() - 2}, 3}, {0});
    QVERIFY(!early.ok());
    QCOMPARE(early.error().code, ErrorCode::Unreadable);
    QVERIFY(to->copyRange(*from, {{0}, 0}, {0}).ok());
}

void FileRangesTest::shifts() {
    OCTAVO_GROUND(ground);
    const Offset block = ground.block;
    const QByteArray content = someBytes(4 * block + 100);
    const auto file = ground.file("file", content);
    const Status status = file->insertRange({{block}, 2 * block});
    if (!ground.can.insertsRanges) {
        QCOMPARE(codeOf(status), EOPNOTSUPP);
        QCOMPARE(codeOf(file->collapseRange({{0}, block})), EOPNOTSUPP);
        return;
    }
    QVERIFY(status.ok());
    QCOMPARE(contentOf(*file),
             content.first(block) + QByteArray(2 * block, '\0') + content.mid(block));
    QCOMPARE(file->nextData({block})->offset.value, 3 * block);
    QVERIFY(file->collapseRange({{0}, 2 * block}).ok());
    QCOMPARE(contentOf(*file), QByteArray(block, '\0') + content.mid(block));
    QCOMPARE(file->info()->size, 4 * block + 100);
}

void FileRangesTest::refusesToShift() {
    OCTAVO_GROUND(ground);
    if (!ground.can.insertsRanges)
        return;
    const Offset block = ground.block;
    const QByteArray content = someBytes(4 * block);
    const auto file = ground.file("file", content);
    QCOMPARE(codeOf(file->insertRange({{1}, block})), EINVAL);
    QCOMPARE(codeOf(file->insertRange({{0}, 10})), EINVAL);
    QCOMPARE(codeOf(file->insertRange({{4 * block}, block})), EINVAL);
    QCOMPARE(codeOf(file->collapseRange({{1}, block})), EINVAL);
    QCOMPARE(codeOf(file->collapseRange({{0}, 10})), EINVAL);
    QCOMPARE(codeOf(file->collapseRange({{3 * block}, block})), EINVAL);
    QCOMPARE(contentOf(*file), content);
}

void FileRangesTest::punches() {
    OCTAVO_GROUND(ground);
    const Offset block = ground.block;
    const QByteArray content = someBytes(6 * block);
    const auto file = ground.file("file", content);
    const FileExtent hole{{block + 10}, 3 * block};
    QVERIFY(file->punchHole(hole).ok());
    QByteArray expected = content;
    expected.replace(hole.offset.value, hole.length, QByteArray(hole.length, '\0'));
    QCOMPARE(contentOf(*file), expected);
    QVERIFY(file->sync().ok());
    QCOMPARE(file->nextData({2 * block})->offset.value, 4 * block);
}

void FileRangesTest::preallocates() {
    OCTAVO_GROUND(ground);
    const Offset block = ground.block;
    const QByteArray content = someBytes(block + 10);
    const auto file = ground.file("file", content);
    QVERIFY(file->sync().ok());
    const Offset before = file->info()->allocated;
    QVERIFY(file->preallocate({{0}, 8 * block}, Preallocation::KeepSize).ok());
    QCOMPARE(contentOf(*file), content);
    QVERIFY(file->sync().ok());
    // A file system may have been generous before.
    QVERIFY(file->info()->allocated >= std::max(before, 8 * block));
    QVERIFY(file->preallocate({{block}, 9 * block}, Preallocation::ExtendSize).ok());
    QCOMPARE(contentOf(*file), content + QByteArray(10 * block - content.size(), '\0'));
}

/// The others take too long to fill.
void FileRangesTest::meetsAFullDisk_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"simulated", "tmpfs"})
        QTest::newRow(kind) << QString(kind);
}

void FileRangesTest::meetsAFullDisk() {
    QFETCH(QString, kind);
    SimulatedOptions options;
    options.total = kMiB;
    SimulatedFileSystem simulated(options);
    const LoopMount mount("tmpfs", kMiB);
    if (kind == "tmpfs" && !mount.isMounted())
        QSKIP(qPrintable(mount.reason()));
    FileSystem& fileSystem = kind == "tmpfs" ? systemFileSystem() : simulated;
    const std::string folder = kind == "tmpfs" ? mount.folder() : "";
    const auto file = *fileSystem.open(folder + "/file", OpenMode::CreateNew);
    QCOMPARE(codeOf(file->preallocate({{0}, 2 * kMiB}, Preallocation::KeepSize)), ENOSPC);
    QVERIFY(file->resize(0).ok());
    const QByteArray content = someBytes(kMiB + 4096);
    QCOMPARE(codeOf(file->writeAt({0}, span(content))), ENOSPC);
    // What there was room for is there.
    QCOMPARE(file->info()->size, kMiB);
    QCOMPARE(contentOf(*file), content.first(kMiB));
    QCOMPARE(fileSystem.space(folder + "/")->available, 0);
}

void FileRangesTest::tellsLayout() {
    OCTAVO_GROUND(ground);
    const Offset block = ground.block;
    const auto file = ground.file("file", someBytes(4 * block));
    QVERIFY(file->punchHole({{block}, block}).ok());
    QVERIFY(file->preallocate({{6 * block}, 2 * block}, Preallocation::ExtendSize).ok());
    const Result<std::vector<PlacedExtent>> layout = file->layout({{0}, 8 * block});
    if (!ground.can.tellsLayout) {
        QCOMPARE(layout.error().systemError, EOPNOTSUPP);
        return;
    }
    QVERIFY(layout.ok());
    std::vector<int> told(8, 0);  // per block: 1 written, 2 taken
    for (const PlacedExtent& placed : *layout) {
        QVERIFY(placed.hasPlace);
        QVERIFY(placed.physical > 0);
        QVERIFY(!placed.shared);
        for (Offset at = placed.extent.offset.value; at < placed.extent.end().value; at += block)
            told.at(static_cast<std::size_t>(at / block)) = placed.unwritten ? 2 : 1;
    }
    QCOMPARE(told, (std::vector<int>{1, 0, 1, 1, 0, 0, 2, 2}));
    QVERIFY(file->layout({{4 * block}, 2 * block})->empty());

    if (ground.can.clonesRanges) {
        const auto other = ground.file("other");
        QVERIFY(other->cloneRange(*file, {{0}, block}, {0}).ok());
        const std::vector<PlacedExtent> shared = other->layout({{0}, block}).value();
        QCOMPARE(shared.size(), std::size_t{1});
        QVERIFY(shared.front().shared);
        QCOMPARE(shared.front().physical, layout->front().physical);
    }
}

/// More extents than one answer of the system holds.
void FileRangesTest::tellsALongLayout() {
    const Ground ground("ext4");
    if (!ground.reason.isEmpty())
        QSKIP(qPrintable(ground.reason));
    const auto file = ground.file("file");
    const int count = 1300;
    for (int index = 0; index < count; ++index)
        QVERIFY(
            file->preallocate({{2 * index * ground.block}, ground.block}, Preallocation::ExtendSize)
                .ok());
    const std::vector<PlacedExtent> layout = file->layout({{0}, kMaxLength}).value();
    QCOMPARE(layout.size(), std::size_t{count});
    for (int index = 0; index < count; ++index)
        QCOMPARE(layout[static_cast<std::size_t>(index)].extent.offset.value,
                 2 * index * ground.block);
    const std::vector<PlacedExtent> few =
        file->layout({{10 * ground.block}, 4 * ground.block}).value();
    QCOMPARE(few.size(), std::size_t{2});
}

namespace {

/// Two files and what they must contain.
class Pair {
public:
    Pair(const Ground& ground, std::uint64_t seed) : ground_(ground), random_(seed) {
        for (int index : {0, 1})
            files_[index] = ground.file(index == 0 ? "a" : "b");
    }

    void step() {
        const int which = below(2);
        File& file = *files_[which];
        QByteArray& model = models_[which];
        const Offset block = ground_.block;
        const FileExtent blocks{{below(6) * block}, (1 + below(3)) * block};
        switch (below(9)) {
        case 0:
        case 1: {
            const QByteArray bytes = someBytes(1 + below(static_cast<int>(2 * block)), random32());
            const Offset at = below(static_cast<int>(5 * block));
            write(model, at, bytes);
            expect(file.writeAt({at}, span(bytes)), 0, "write");
            return;
        }
        case 2: {
            const Offset size = below(static_cast<int>(7 * block));
            model.resize(size, '\0');
            expect(file.resize(size), 0, "resize");
            return;
        }
        case 3:
            return insert(file, model, blocks);
        case 4:
            return collapse(file, model, blocks);
        case 5: {
            const FileExtent hole{{below(static_cast<int>(5 * block))},
                                  1 + below(static_cast<int>(3 * block))};
            const Offset end = std::min<Offset>(hole.end().value, model.size());
            for (Offset at = hole.offset.value; at < end; ++at)
                model.data()[at] = '\0';
            expect(file.punchHole(hole), 0, "punch");
            return;
        }
        case 6: {
            const bool extends = below(2) == 0;
            if (extends && blocks.end().value > model.size())
                model.resize(blocks.end().value, '\0');
            expect(file.preallocate(blocks,
                                    extends ? Preallocation::ExtendSize : Preallocation::KeepSize),
                   0, "preallocate");
            return;
        }
        case 7: {
            const Offset to = below(5) * block;
            return clone(file, model, *files_[1 - which], models_[1 - which], blocks, to);
        }
        default: {
            const QByteArray& source = models_[1 - which];
            const auto size = static_cast<int>(source.size());
            const FileExtent range{{below(size + 1)}, below(size + 1)};
            const FileExtent there{range.offset,
                                   std::min(range.length, Offset{size} - range.offset.value)};
            const Offset to = below(static_cast<int>(4 * block));
            write(model, to, source.mid(there.offset.value, there.length));
            expect(file.copyRange(*files_[1 - which], there, {to}), 0, "copy");
            return;
        }
        }
    }

    QString difference() const {
        for (int index : {0, 1}) {
            if (contentOf(*files_[index]) != models_[index])
                return "the content differs after: " + done_;
            if (const QString wrong = wrongHoles(*files_[index], models_[index]); !wrong.isEmpty())
                return wrong + " after: " + done_;
        }
        return wrong_;
    }

private:
    int below(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
    quint32 random32() { return static_cast<quint32>(random_()); }

    static void write(QByteArray& model, Offset at, const QByteArray& bytes) {
        if (bytes.isEmpty())
            return;
        if (model.size() < at + bytes.size())
            model.resize(at + bytes.size(), '\0');
        model.replace(at, bytes.size(), bytes);
    }

    void insert(File& file, QByteArray& model, FileExtent blocks) {
        int code = blocks.offset.value < model.size() ? 0 : EINVAL;
        if (!ground_.can.insertsRanges)
            code = EOPNOTSUPP;
        if (code == 0)
            model.insert(blocks.offset.value, QByteArray(blocks.length, '\0'));
        expect(file.insertRange(blocks), code, "insert");
    }

    void collapse(File& file, QByteArray& model, FileExtent blocks) {
        int code = blocks.end().value < model.size() ? 0 : EINVAL;
        if (!ground_.can.collapsesRanges)
            code = EOPNOTSUPP;
        if (code == 0)
            model.remove(blocks.offset.value, blocks.length);
        expect(file.collapseRange(blocks), code, "collapse");
    }

    void clone(File& file, QByteArray& model, const File& from, const QByteArray& source,
               FileExtent blocks, Offset to) {
        FileExtent range = blocks;
        if (range.end().value > source.size() && range.offset.value < source.size() &&
            to + source.size() - range.offset.value >= model.size())
            range.length = source.size() - range.offset.value;
        int code = range.end().value <= source.size() ? 0 : EINVAL;
        if (!ground_.can.clonesRanges)
            code = EOPNOTSUPP;
        if (code == 0)
            write(model, to, source.mid(range.offset.value, range.length));
        expect(file.cloneRange(from, range, {to}), code, "clone");
    }

    void expect(const Status& status, int code, const char* what) {
        done_ += QString(" ") + what;
        if (codeOf(status) != code)
            wrong_ =
                QString("errno %1 instead of %2 at the end of:").arg(codeOf(status)).arg(code) +
                done_;
    }

    static QString wrongHoles(const File& file, const QByteArray& model) {
        Offset at = 0;
        while (at < model.size()) {
            const FileExtent data = file.nextData({at}).value();
            const Offset end = data.isEmpty() ? model.size() : data.offset.value;
            if (std::any_of(model.begin() + at, model.begin() + end,
                            [](char c) { return c != '\0'; }))
                return "a hole has content";
            if (data.isEmpty())
                break;
            at = data.end().value;
        }
        return {};
    }

    const Ground& ground_;
    std::mt19937_64 random_;
    std::array<std::shared_ptr<File>, 2> files_;
    std::array<QByteArray, 2> models_;
    QString done_;
    QString wrong_;
};

}  // namespace

void FileRangesTest::doesAsTheModel() {
    OCTAVO_GROUND(ground);
    for (const std::uint64_t seed : testSeeds()) {
        for (int round = 0; round < scaled(10); ++round) {
            Pair pair(ground, seed + static_cast<std::uint64_t>(round));
            for (int step = 0; step < 30; ++step) {
                pair.step();
                const QString difference = pair.difference();
                QVERIFY2(difference.isEmpty(), qPrintable(difference));
            }
            QVERIFY(ground.fileSystem->remove(ground.folder + "a").ok());
            QVERIFY(ground.fileSystem->remove(ground.folder + "b").ok());
        }
    }
}

QTEST_GUILESS_MAIN(FileRangesTest)
#include "file_ranges_test.moc"
