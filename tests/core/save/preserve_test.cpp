// What a save in place keeps, and that everything that was readable before it is after it. Saves
// that move bytes are simulated here: the plan is followed by plain writes in any order.
#include "core/content/open_files.h"
#include "core/content/pattern_source.h"
#include "core/save/preserve.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/passing_file_system.h"
#include "tests/support/snapshot_builder.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <atomic>
#include <random>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using VersionPtr = std::shared_ptr<const FileVersion>;

std::shared_ptr<const MappedFile> openMapped(const std::string& path,
                                             FileSystem& fileSystem = systemFileSystem()) {
    return *MappedFile::open(fileSystem, path);
}

/// Reads all of a snapshot, in blocks.
QByteArray contentOf(const Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\xEE');
    const Offset block = 5000;
    for (Offset at = 0; at < snapshot.length(); at += block) {
        const auto count = static_cast<std::size_t>(std::min(block, snapshot.length() - at));
        if (!snapshot.read(at, {reinterpret_cast<Byte*>(out.data()) + at, count}).isEmpty())
            return "(unreadable)";
    }
    return out;
}

/// Pieces and the sources they point at, to be made a snapshot.
struct Pieces {
    std::shared_ptr<SourceTable> sources = std::make_shared<SourceTable>();
    std::shared_ptr<AddBuffer> added = std::make_shared<AddBuffer>();
    SourceId addedId = sources->add(added);
    PieceTree tree;

    SourceId id(const std::shared_ptr<const Source>& source) const { return sources->add(source); }
    void add(const Piece& piece) { tree.replace(tree.end(), tree.end(), {&piece, 1}); }
    /// `length` bytes of a source, put in.
    void insert(SourceId source, Offset start, Offset length) {
        add({start, length, 0, source, ChangeTag::on(1)});
    }
    void type(const QByteArray& bytes) {
        insert(addedId, added->append(span(bytes)), bytes.size());
    }
    Snapshot snapshot() const { return Snapshot(tree, sources, 1); }
};

/// One file with its chain, saved into over and over, and every snapshot there ever was.
class World {
public:
    World(std::uint64_t seed, KeptBytes::Budget& budget)
        : engine_(seed), budget_(budget), content_(someBytes(20'000)) {
        path_ = folder_.write("file", content_);
        version_ = FileVersion::first(openMapped(path_));
        addVersion();
    }

    void save() {
        pieces_.tree = PieceTree();
        expected_.clear();
        if (below(2) == 0)
            shuffle();
        else
            edit();
        const Snapshot saved = pieces_.snapshot();
        snapshots_.emplace_back(saved, expected_);
        saveInPlace(saved);
        content_ = expected_;
        addVersion();
    }

    void checkOne() {
        const auto& [snapshot, expected] =
            snapshots_[static_cast<std::size_t>(below(static_cast<Offset>(snapshots_.size())))];
        QVERIFY(contentOf(snapshot) == expected);
    }
    void checkAll() {
        for (const auto& [snapshot, expected] : snapshots_)
            QVERIFY(contentOf(snapshot) == expected);
        QCOMPARE(TestFolder::read(path_), content_);
    }

private:
    struct Version {
        SourceId id;
        QByteArray content;
    };

    Offset below(Offset end) { return std::uniform_int_distribution<Offset>(0, end - 1)(engine_); }

    void addVersion() {
        versions_.push_back({pieces_.id(version_), content_});
        snapshots_.emplace_back(snapshotOf(version_, content_.size()), content_);
    }

    void insertOf(const Version& version) {
        if (version.content.isEmpty())
            return;
        const Offset at = below(version.content.size());
        const Offset count = std::min<Offset>(below(4000), version.content.size() - at);
        pieces_.insert(version.id, at, count);
        expected_ += version.content.mid(at, count);
    }
    void insertNew() {
        if (below(4) == 0) {
            const Offset count = below(3000);
            pieces_.insert(zeros_, 0, count);
            expected_ += QByteArray(count, '\0');
            return;
        }
        const QByteArray bytes = someBytes(below(600), static_cast<quint32>(below(1 << 20)));
        pieces_.type(bytes);
        expected_ += bytes;
    }

    /// Blocks of all versions in any order, some twice, some not at all, and new bytes between.
    void shuffle() {
        for (Offset i = below(40); i > 0; --i) {
            if (below(3) == 0)
                insertNew();
            else if (below(3) == 0)
                insertOf(versions_[static_cast<std::size_t>(
                    below(static_cast<Offset>(versions_.size())))]);
            else
                insertOf(versions_.back());
        }
    }
    /// What a document makes of its file: from its beginning to its end kept, off, deleted,
    /// overwritten, inserted into.
    void edit() {
        const Version& base = versions_.back();
        ChangeId change = 1;
        for (Offset at = 0; at < base.content.size();) {
            const Offset count = std::min<Offset>(below(4000), base.content.size() - at);
            ++change;
            switch (below(6)) {
            case 0:
                pieces_.add({0, 0, count, 0, ChangeTag::on(change)});
                break;
            case 1: {
                const QByteArray bytes = someBytes(count, static_cast<quint32>(at));
                pieces_.add({pieces_.added->append(span(bytes)), count, count, pieces_.addedId,
                             ChangeTag::on(change)});
                expected_ += bytes;
                break;
            }
            case 2:
                pieces_.add({at, count, count, base.id, ChangeTag::off(change)});
                expected_ += base.content.mid(at, count);
                break;
            default:
                pieces_.add(Piece::inPlace(at, count, base.id));
                expected_ += base.content.mid(at, count);
            }
            at += count;
            if (below(3) == 0)
                insertOf(versions_[static_cast<std::size_t>(
                    below(static_cast<Offset>(versions_.size())))]);
            else if (below(3) == 0)
                insertNew();
        }
    }

    void saveInPlace(const Snapshot& saved) {
        const VersionChain::Turn turn = version_->takeTurn();
        QVERIFY(bool(turn));
        const PreservePlan plan = planPreserve(*version_, saved);
        checkPlan(plan, saved);
        const std::shared_ptr<File> file = *systemFileSystem().open(path_, OpenMode::ReadWrite);
        const auto kept = std::make_shared<KeptBytes>(budget_);
        Progress progress;
        QVERIFY(
            keepBytes(*file, plan.toKeep, *kept, systemFileSystem(), folder_.path(""), progress));
        QCOMPARE(progress.done(), plan.bytesToKeep());
        version_->beginMove();
        std::vector<Offset> blocks;
        for (Offset at = 0; at < expected_.size(); at += 1000)
            blocks.push_back(at);
        std::ranges::shuffle(blocks, engine_);
        QVERIFY(file->resize(std::max(expected_.size(), content_.size())));
        for (const Offset at : blocks)
            QVERIFY(file->writeAt({at}, span(expected_.mid(at, 1000))));
        QVERIFY(file->resize(expected_.size()));
        version_ = version_->succeed({kept, plan.standing}, openMapped(path_));
    }

    void checkPlan(const PreservePlan& plan, const Snapshot& saved) const {
        std::vector<bool> isShown(static_cast<std::size_t>(content_.size()), false);
        for (PieceTree::Cursor cursor(saved.tree(), Offset{0}); !cursor.atEnd(); cursor.next()) {
            const Piece& piece = cursor.piece();
            for (Offset i = 0; i < piece.length && piece.source == versions_.back().id; ++i)
                isShown[static_cast<std::size_t>(piece.start + i)] = true;
        }
        // Each byte stands or is kept; what stands is there; no byte is kept without need.
        auto keep = plan.toKeep.begin();
        for (Offset at = 0; at < content_.size(); ++at) {
            while (keep != plan.toKeep.end() && keep->end().value <= at)
                ++keep;
            const bool isKept = keep != plan.toKeep.end() && keep->offset.value <= at;
            const ExtentMap::Place place = plan.standing.find({at}, 1);
            QVERIFY(isKept != place.to.has_value());
            if (place.to)
                QCOMPARE(expected_[qsizetype(place.to->value)], content_[qsizetype(at)]);
            QVERIFY(!(isKept && isShown[static_cast<std::size_t>(at)]));
        }
    }

    std::mt19937_64 engine_;
    KeptBytes::Budget& budget_;
    TestFolder folder_;
    std::string path_;
    QByteArray content_;  // of the file
    VersionPtr version_;
    Pieces pieces_;
    SourceId zeros_ = pieces_.id(std::make_shared<PatternSource>(Bytes{0}));
    QByteArray expected_;  // what pieces_ show
    std::vector<Version> versions_;
    std::vector<std::pair<Snapshot, QByteArray>> snapshots_;
};

constexpr Offset kHuge = Offset{2} << 30;

Byte hugeByte(Offset at) {
    return static_cast<Byte>((static_cast<std::uint64_t>(at) * 0x9E3779B97F4A7C15) >> 56);
}

/// A file of 2 GiB, worked out from where its bytes stand, that gets one byte at its front by
/// moving everything behind a boundary that comes down from the end. Its times stand still.
class HugeFileSystem final : public PassingFileSystem {
public:
    void moveTo(Offset boundary) { boundary_ = boundary; }
    void finish() { isDone_ = true; }

protected:
    std::shared_ptr<File> wrap(std::shared_ptr<File> file) override {
        return std::make_shared<HugeFile>(*this, std::move(file));
    }

private:
    class HugeFile final : public PassingFile {
    public:
        HugeFile(const HugeFileSystem& owner, std::shared_ptr<File> real)
            : PassingFile(std::move(real)), owner_(owner) {}
        Result<FileInfo> info() const override {
            FileInfo info;
            info.kind = FileKind::Regular;
            info.size = info.allocated = owner_.size();
            return info;
        }
        Result<std::size_t> readAt(FileOffset at, MutableByteSpan out) const override {
            const Offset rest = std::max<Offset>(owner_.size() - at.value, 0);
            const std::size_t count = std::min(out.size(), static_cast<std::size_t>(rest));
            for (std::size_t i = 0; i < count; ++i)
                out[i] = owner_.byteAt(at.value + static_cast<Offset>(i));
            return count;
        }
        Result<FileExtent> nextData(FileOffset from) const override {
            return FileExtent{from, owner_.size() - from.value};
        }
        Result<std::shared_ptr<const MappedRegion>> map(FileOffset, Offset) const override {
            return Error::fromSystem("map", path(), 12);
        }

    private:
        const HugeFileSystem& owner_;
    };

    Offset size() const { return boundary_ < kHuge ? kHuge + 1 : kHuge; }
    Byte byteAt(Offset at) const {
        if (isDone_ && at == 0)
            return '!';
        return hugeByte(at > boundary_ ? at - 1 : at);
    }

    std::atomic<Offset> boundary_ = kHuge;
    std::atomic<bool> isDone_ = false;
};

}  // namespace

class PreserveTest : public QObject {
    Q_OBJECT

private slots:
    void plans_data();
    void plans();
    void plansInTermsOfTheFile();
    void otherFilesAreNoHelp();
    void permutations_data();
    void permutations();
    void insertAtTheFrontOf2GiB();
    void tellsWhatIsShown();
    void cancelled();
    void noRoom();
    void unreadable();
};

void PreserveTest::plans_data() {
    // The new content as runs of the file "0123456789" ("2-5" is 234) and of new bytes ("xyz").
    QTest::addColumn<QByteArray>("runs");
    QTest::addColumn<QByteArray>("kept");
    QTest::addColumn<QByteArray>("standing");  // "from-end:to"
    const auto row = [](const char* name, const char* runs, const char* kept, const char* to) {
        QTest::newRow(name) << QByteArray(runs) << QByteArray(kept) << QByteArray(to);
    };
    row("unchanged", "0-10", "", "0-10:0");
    row("an insert at the front keeps nothing", "x 0-10", "", "0-10:1");
    row("an insert in the middle", "0-5 xyz 5-10", "", "0-5:0 5-10:8");
    row("an append", "0-10 x", "", "0-10:0");
    row("a deletion keeps what is deleted", "0-3 5-10", "3-5", "0-3:0 5-10:3");
    row("an overwrite keeps what was there", "0-3 xy 5-10", "3-5", "0-3:0 5-10:5");
    row("cut and pasted elsewhere", "5-10 0-5", "", "0-5:5 5-10:0");
    row("moved both ways", "8-10 2-8 0-2", "", "0-2:8 2-8:2 8-10:0");
    row("repeated", "0-4 0-4 4-10", "", "0-4:0 4-10:8");
    row("repeated in parts", "2-6 0-4", "6-10", "0-4:4 4-6:2");
    row("pieces that go on", "0-5 5-10", "", "0-10:0");
    row("all deleted", "", "0-10", "");
    row("all new", "xyz", "0-10", "");
}

void PreserveTest::plans() {
    QFETCH(QByteArray, runs);
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, standing);
    const TestFolder folder;
    const VersionPtr version = FileVersion::first(openMapped(folder.write("file", "0123456789")));
    Pieces pieces;
    const SourceId base = pieces.id(version);
    for (const QByteArray& run : runs.split(' ')) {
        const QList<QByteArray> ends = run.split('-');
        if (ends.size() == 2)
            pieces.insert(base, ends[0].toInt(), ends[1].toInt() - ends[0].toInt());
        else if (!run.isEmpty())
            pieces.type(run);
    }
    const PreservePlan plan = planPreserve(*version, pieces.snapshot());
    const auto text = [](const FileExtent& extent) {
        return QByteArray::number(qint64(extent.offset.value)) + '-' +
               QByteArray::number(qint64(extent.end().value));
    };
    QByteArrayList toKeep;
    Offset sum = 0;
    for (const FileExtent& extent : plan.toKeep) {
        toKeep += text(extent);
        sum += extent.length;
    }
    QByteArrayList stands;
    for (const ExtentMap::Run& run : plan.standing.runs())
        stands += text(run.from) + ':' + QByteArray::number(qint64(run.to.value));
    QCOMPARE(toKeep.join(' '), kept);
    QCOMPARE(stands.join(' '), standing);
    QCOMPARE(plan.bytesToKeep(), sum);
}

void PreserveTest::plansInTermsOfTheFile() {
    // A piece of the first version, pasted from the clipboard, stands in the file at another place
    // by now: the plan knows it there.
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const VersionPtr first = FileVersion::first(openMapped(path));
    Preserved moved{nullptr, {}};
    moved.standing.add({{0}, 5}, {5});
    folder.write("file", "abcde01234");
    const VersionPtr now = first->succeed(std::move(moved), openMapped(path));
    Pieces pieces;
    pieces.insert(pieces.id(first), 1, 3);
    pieces.insert(pieces.id(now), 0, 2);
    const PreservePlan plan = planPreserve(*now, pieces.snapshot());
    QCOMPARE(plan.standing.runs(), (std::vector<ExtentMap::Run>{{{{0}, 2}, {3}}, {{{6}, 3}, {0}}}));
    QCOMPARE(plan.toKeep, (std::vector<FileExtent>{{{2}, 4}, {{9}, 1}}));
}

void PreserveTest::otherFilesAreNoHelp() {
    const TestFolder folder;
    const VersionPtr version = FileVersion::first(openMapped(folder.write("file", "0123")));
    const VersionPtr other = FileVersion::first(openMapped(folder.write("other", "0123")));
    const PreservePlan plan = planPreserve(*version, snapshotOf(other, 4));
    QCOMPARE(plan.toKeep, (std::vector<FileExtent>{{{0}, 4}}));
}

void PreserveTest::permutations_data() {
    QTest::addColumn<qint64>("budget");
    QTest::newRow("kept in memory") << qint64{1 << 30};
    QTest::newRow("kept on disk") << qint64{0};
    QTest::newRow("half and half") << qint64{20'000};
}

void PreserveTest::permutations() {
    QFETCH(qint64, budget);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(4); ++round) {
            KeptBytes::Budget memory(budget);
            World world(engine(), memory);
            for (int i = 0; i < 24; ++i) {
                world.save();
                world.checkOne();
                if (QTest::currentTestFailed())
                    return;
            }
            world.checkAll();
        }
    }
}

void PreserveTest::insertAtTheFrontOf2GiB() {
    const TestFolder folder;
    HugeFileSystem fileSystem;
    const std::string path = folder.write("file", {});
    const VersionPtr version = OpenFiles::share(fileSystem, openMapped(path, fileSystem));
    QCOMPARE(version->file()->length(), kHuge);
    // What points at the file: the old snapshot, another document that has changed the order, and
    // what undo would bring back.
    const VersionPtr shared = OpenFiles::share(fileSystem, openMapped(path, fileSystem));
    QVERIFY(shared == version);
    Pieces other;
    other.insert(other.id(shared), kHuge / 2, kHuge / 2);
    other.insert(1, 0, kHuge / 2);
    Pieces undo;
    undo.insert(undo.id(version), 12'345'678, 1 << 20);
    const std::vector<std::pair<Snapshot, Offset>> held{{snapshotOf(version, kHuge), 0},
                                                        {other.snapshot(), kHuge / 2},
                                                        {undo.snapshot(), 12'345'678}};

    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::atomic<int> reads = 0;
    std::vector<std::thread> readers;
    for (std::uint64_t reader = 0; reader < 4; ++reader) {
        readers.emplace_back([&, reader] {
            std::mt19937_64 engine(reader);
            const auto below = [&](Offset end) {
                return std::uniform_int_distribution<Offset>(0, end - 1)(engine);
            };
            Bytes block;
            do {
                const auto& [snapshot, shift] = held[static_cast<std::size_t>(below(3))];
                const Offset at = below(snapshot.length());
                block.resize(static_cast<std::size_t>(
                    std::min(below(below(8) == 0 ? 200'000 : 2'000) + 1, snapshot.length() - at)));
                bool isRight = snapshot.read(at, block).isEmpty();
                for (std::size_t i = 0; i < block.size() && isRight; ++i)
                    isRight = block[i] == hugeByte((at + static_cast<Offset>(i) + shift) % kHuge);
                wrong += isRight ? 0 : 1;
                ++reads;
            } while (!stop);
        });
    }
    const auto waitForReads = [&] {
        for (const int seen = reads; reads < seen + 40 && wrong == 0;)
            std::this_thread::yield();
    };
    waitForReads();

    Pieces edited;
    edited.type("!");
    edited.insert(edited.id(version), 0, kHuge);
    const VersionChain::Turn turn = version->takeTurn();
    const PreservePlan plan = planPreserve(*version, edited.snapshot());
    QCOMPARE(plan.bytesToKeep(), Offset{0});
    QCOMPARE(plan.standing.runs().size(), std::size_t{1});
    const Offset before = KeptBytes::Budget::ofProcess().used();
    const auto kept = std::make_shared<KeptBytes>();
    Progress progress;
    const std::shared_ptr<File> file = *fileSystem.open(path, OpenMode::ReadWrite);
    QVERIFY(keepBytes(*file, plan.toKeep, *kept, fileSystem, folder.path(""), progress));
    version->beginMove();
    for (Offset boundary = kHuge; boundary > 0;) {
        boundary -= kHuge / 64;
        fileSystem.moveTo(boundary);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    fileSystem.finish();
    const VersionPtr now = version->succeed({kept, plan.standing}, openMapped(path, fileSystem));
    waitForReads();
    stop = true;
    for (std::thread& reader : readers)
        reader.join();
    QCOMPARE(wrong.load(), 0);
    QVERIFY(kept->total() < 1 << 20);
    QCOMPARE(KeptBytes::Budget::ofProcess().used(), before);

    QCOMPARE(now->file()->length(), kHuge + 1);
    Bytes front(3);
    Unreadable unreadable;
    now->read(0, front, 0, unreadable);
    QCOMPARE(front, (Bytes{'!', hugeByte(0), hugeByte(1)}));
    QCOMPARE(version->whereabouts({0}, kHuge).now->value, Offset{1});
    QCOMPARE(version->whereabouts({0}, kHuge).length, kHuge);
}

void PreserveTest::tellsWhatIsShown() {
    const TestFolder folder;
    const VersionPtr version = FileVersion::first(openMapped(folder.write("file", "0123456789")));
    Pieces pieces;
    const SourceId base = pieces.id(version);
    pieces.insert(base, 6, 2);
    pieces.insert(base, 1, 3);
    pieces.insert(base, 7, 2);
    pieces.type("new");
    const std::vector<Change> changes{{1, false, {}, {1, 4}}, {2, false, {}, {5, 4}}};
    QCOMPARE(bytesShown(*version, pieces.snapshot(), changes),
             (std::vector<FileExtent>{{{1}, 3}, {{7}, 2}}));
    const std::vector<FileExtent> some{{{0}, 2}, {{3}, 1}, {{6}, 10}};
    QCOMPARE(intersection(some, std::vector<FileExtent>{{{1}, 7}, {{9}, 1}}),
             (std::vector<FileExtent>{{{1}, 1}, {{3}, 1}, {{6}, 2}, {{9}, 1}}));
    QCOMPARE(intersection(some, {}), std::vector<FileExtent>());
}

void PreserveTest::cancelled() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123");
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    KeptBytes kept;
    Progress progress;
    progress.cancel();
    const std::vector<FileExtent> all{{{0}, 4}};
    const Status status =
        keepBytes(*file, all, kept, systemFileSystem(), folder.path(""), progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Cancelled);
}

void PreserveTest::noRoom() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123");
    FaultFileSystem fileSystem;
    const std::shared_ptr<File> file = *fileSystem.open(path, OpenMode::ReadWrite);
    KeptBytes::Budget budget(2);
    KeptBytes kept(budget);
    Progress progress;
    fileSystem.setPlan({2, 2, 28});  // after the read, both folders
    const std::vector<FileExtent> all{{{0}, 4}};
    const Status status = keepBytes(*file, all, kept, fileSystem, folder.path(""), progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::NoRoomToKeep);
    QCOMPARE(status.error().path, path);
    QCOMPARE(status.error().systemError, 28);
    QVERIFY(QByteArray::fromStdString(status.error().message()).contains("give up undo"));
}

void PreserveTest::unreadable() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123");
    FaultFileSystem fileSystem;
    const std::shared_ptr<File> file = *fileSystem.open(path, OpenMode::ReadWrite);
    KeptBytes kept;
    Progress progress;
    const std::vector<FileExtent> beyond{{{2}, 4}};
    const Status status = keepBytes(*file, beyond, kept, fileSystem, folder.path(""), progress);
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::Unreadable);
    fileSystem.setBadExtent({{0}, 4});
    const std::vector<FileExtent> all{{{0}, 4}};
    QVERIFY(!keepBytes(*file, all, kept, fileSystem, folder.path(""), progress));
}

QTEST_GUILESS_MAIN(PreserveTest)

#include "preserve_test.moc"
