// The history beside an explicit tree with plain vectors of entries, with a log of tiny chunks and
// a budget that moves nearly all of it to the disk, which fails now and then.
#include "core/document/history.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <map>
#include <random>
#include <thread>

using namespace octavo::core;
using octavo::test::FaultFileSystem;
using octavo::test::TestFolder;

namespace {

struct Entry {
    Offset at = 0;
    std::vector<Piece> removed;
    std::vector<Piece> inserted;
    ChangeId kept = kNoChange;

    friend bool operator==(const Entry&, const Entry&) = default;
};

struct ModelStep {
    StepId parent = kFirstStep;
    EditKind kind = EditKind::Overwrite;
    std::string name;
    std::int64_t timeNs = 0;
    SourceId base = 0;
    std::uint32_t transaction = 0;
    std::vector<Entry> entries;
    std::vector<StepId> children;
    StepId redoChild = kFirstStep;
};

void append(History& history, const Entry& entry) {
    if (entry.kept != kNoChange)
        history.appendKept(entry.kept, true);
    else
        history.append({{entry.at, entry.at}, entry.removed, entry.inserted});
}

Entry taken(const SpliceLogEntry& entry) {
    return {entry.from.offset, entry.removed, entry.inserted, entry.change};
}

std::vector<Entry> entriesOf(SpliceLog::Walk walk) {
    std::vector<Entry> entries;
    while (const SpliceLogEntry* entry = walk.next())
        entries.push_back(taken(*entry));
    return entries;
}

Entry overwrite(Offset at) {
    return {at, {Piece::inPlace(at, 1, 0)}, {{at * 3, 1, 1, 1, ChangeTag::on(1)}}, kNoChange};
}

/// A step with one overwrite at `at`.
StepId addStep(History& history, Offset at) {
    const StepId id = history.begin(EditKind::Overwrite, {}, at, 0, static_cast<std::uint32_t>(at));
    append(history, overwrite(at));
    history.end();
    return id;
}

/// Prepares, runs and finishes until nothing is left to do; the first error.
Status transferAll(History& history, FileSystem& fileSystem, const TestFolder& folder,
                   std::optional<StepId> wanted = std::nullopt) {
    const std::string where = folder.path("");
    while (const auto transfer = history.prepareTransfer(wanted, fileSystem, where)) {
        const Status status = transfer->run();
        history.finishTransfer(*transfer);
        if (!status)
            return status;
    }
    return {};
}

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_);
    }
    Offset offset(Offset limit) {
        return static_cast<Offset>(below(static_cast<std::size_t>(limit)));
    }

private:
    std::mt19937_64 engine_;
};

/// One history and its model, driven at random.
class Run {
public:
    Run(std::uint64_t seed, std::size_t chunkSize, std::size_t budget)
        : dice_(seed), history_(chunkSize) {
        history_.setBudget(budget);
    }
    ~Run() { joinWorker(); }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    void step() {
        switch (dice_.below(12)) {
        case 0:
        case 1:
        case 2:
        case 3:
            edit();
            break;
        case 4:
            goOn();
            break;
        case 5:
        case 6:
            undo();
            break;
        case 7:
        case 8:
            redo();
            break;
        case 9:
            goFar();
            break;
        case 10:
            rename();
            break;
        default:
            startWorker();
            break;
        }
        if (dice_.below(4) == 0)
            joinWorker();
        if (dice_.below(400) == 0)
            clear();
    }

    /// Each step's data; its entries where they are in memory.
    void compare() {
        QCOMPARE(history_.current(), current_);
        QCOMPARE(std::size_t{history_.last()}, model_.size() - 1);
        for (StepId id = 0; id < model_.size(); ++id) {
            const ModelStep& expected = model_[id];
            QCOMPARE(history_.children(id), expected.children);
            QCOMPARE(history_.redoChild(id), expected.redoChild);
            if (id == kFirstStep)
                continue;
            const History::Step step = history_.step(id);
            QCOMPARE(step.parent, expected.parent);
            QCOMPARE(step.kind, expected.kind);
            QCOMPARE(std::string(step.name), expected.name);
            QCOMPARE(step.timeNs, expected.timeNs);
            QCOMPARE(step.base, expected.base);
            QCOMPARE(step.transaction, expected.transaction);
            const auto isSplice = [](const Entry& entry) { return entry.kept == kNoChange; };
            const auto first =
                std::find_if(expected.entries.begin(), expected.entries.end(), isSplice);
            QCOMPARE(step.splices,
                     static_cast<std::size_t>(std::count_if(expected.entries.begin(),
                                                            expected.entries.end(), isSplice)));
            QCOMPARE(step.offset, first == expected.entries.end() ? 0 : first->at);
            if (history_.isLoaded(id))
                compareEntries(id);
        }
    }

    /// Every step's entries, fetched where they must be.
    void compareAll() {
        joinWorker();
        for (StepId id = 1; id < model_.size(); ++id) {
            fetch(id);
            QVERIFY(history_.isLoaded(id));
            compareEntries(id);
        }
    }

    bool hasSpilled() const { return spilled_; }
    FaultFileSystem& disk() { return disk_; }

private:
    void compareEntries(StepId id) {
        std::vector<Entry> entries = model_[id].entries;
        QCOMPARE(entriesOf(history_.forwards(id)), entries);
        std::reverse(entries.begin(), entries.end());
        QCOMPARE(entriesOf(history_.backwards(id)), entries);
    }

    Entry randomEntry() {
        if (dice_.below(8) == 0)
            return {0, {}, {}, static_cast<ChangeId>(1 + dice_.below(1000))};
        Entry entry = overwrite(dice_.offset(1000000));
        for (std::size_t i = dice_.below(30) == 0 ? dice_.below(60) : 0; i > 0; --i)
            entry.inserted.push_back({dice_.offset(999), 1, 0, 1, ChangeTag::on(2)});
        return entry;
    }

    void appendSome(StepId id) {
        const std::size_t count = dice_.below(20) == 0 ? dice_.below(100) : dice_.below(4);
        for (std::size_t i = 0; i < count; ++i) {
            model_[id].entries.push_back(randomEntry());
            append(history_, model_[id].entries.back());
            if (dice_.below(10) == 0)
                startWorker();
        }
    }

    void edit() {
        ModelStep step;
        step.parent = current_;
        step.kind = static_cast<EditKind>(dice_.below(17));
        step.name = dice_.below(3) == 0 ? "step " + std::to_string(model_.size()) : "";
        step.timeNs = dice_.offset(1 << 30);
        step.base = static_cast<SourceId>(dice_.below(5));
        step.transaction = static_cast<std::uint32_t>(dice_.below(1000));
        const StepId id =
            history_.begin(step.kind, step.name, step.timeNs, step.base, step.transaction);
        QCOMPARE(std::size_t{id}, model_.size());
        QCOMPARE(history_.current(), id);
        QVERIFY(history_.isOpen());
        model_.push_back(step);
        appendSome(id);
        history_.end();
        if (model_.back().entries.empty()) {
            model_.pop_back();
            return;
        }
        model_[current_].children.push_back(id);
        model_[current_].redoChild = id;
        current_ = id;
    }

    void goOn() {
        if (current_ == kFirstStep || current_ != history_.last())
            return;
        history_.reopen();
        appendSome(current_);
        history_.end();
    }

    /// As a document does it: what is not there is fetched before it is walked.
    void cross(StepId crossed) {
        fetch(crossed);
        compareEntries(crossed);
    }

    void undo() {
        QCOMPARE(history_.canUndo(), current_ != kFirstStep);
        if (!history_.canUndo())
            return;
        cross(current_);
        const StepId parent = model_[current_].parent;
        history_.moveTo(parent);
        model_[parent].redoChild = current_;
        current_ = parent;
    }

    void redo() {
        QCOMPARE(history_.canRedo(), model_[current_].redoChild != kFirstStep);
        if (!history_.canRedo())
            return;
        // Mostly the branch that was visited last.
        const std::vector<StepId>& children = model_[current_].children;
        const StepId child = dice_.below(3) == 0 ? children[dice_.below(children.size())]
                                                 : model_[current_].redoChild;
        cross(child);
        history_.moveTo(child);
        model_[current_].redoChild = child;
        current_ = child;
    }

    std::vector<StepId> pathToRoot(StepId id) const {
        std::vector<StepId> path{id};
        while (id != kFirstStep)
            path.push_back(id = model_[id].parent);
        return path;
    }

    void goFar() {
        const auto target = static_cast<StepId>(dice_.below(model_.size()));
        std::vector<StepId> up = pathToRoot(current_);
        std::vector<StepId> down = pathToRoot(target);
        while (up.size() > 1 && down.size() > 1 && up[up.size() - 2] == down[down.size() - 2]) {
            up.pop_back();
            down.pop_back();
        }
        std::vector<StepId> expected(up.begin() + 1, up.end());
        expected.insert(expected.end(), down.rbegin() + 1, down.rend());
        QCOMPARE(history_.way(target), expected);
        for (const StepId id : expected) {
            history_.moveTo(id);
            if (model_[current_].parent == id && current_ != kFirstStep)
                model_[id].redoChild = current_;
            else
                model_[current_].redoChild = id;
            current_ = id;
        }
        QCOMPARE(current_, target);
    }

    void rename() {
        if (model_.size() == 1)
            return;
        const auto id = static_cast<StepId>(1 + dice_.below(model_.size() - 1));
        model_[id].name = dice_.below(3) == 0 ? "" : std::string(dice_.below(40), 'n');
        history_.setName(id, model_[id].name);
    }

    /// Fetches what is missing of a step; the disk may refuse a time or two.
    void fetch(StepId id) {
        while (!history_.isLoaded(id)) {
            joinWorker();
            if (const auto transfer = history_.prepareTransfer(id, disk_, folder_.path(""))) {
                (void)transfer->run();
                history_.finishTransfer(*transfer);
            }
        }
    }

    void startWorker() {
        if (worker_.joinable())
            return;
        if (dice_.below(20) == 0)
            history_.setBudget(history_.budget());  // forgives the disk
        if (dice_.below(10) == 0) {
            const auto at = static_cast<int>(1 + dice_.below(5));
            disk_.setPlan({.failAt = at, .ofEveryThread = true});
        }
        underWay_ = history_.prepareTransfer(std::nullopt, disk_, folder_.path(""));
        if (underWay_) {
            // Nothing while this one is under way.
            QVERIFY(!history_.prepareTransfer(std::nullopt, disk_, folder_.path("")));
            worker_ = std::thread([transfer = underWay_] { (void)transfer->run(); });
        }
    }

    void joinWorker() {
        if (!worker_.joinable())
            return;
        worker_.join();
        spilled_ = spilled_ || !underWay_->cold().empty();
        if (dice_.below(10) != 0)  // now and then one is let go
            history_.finishTransfer(*underWay_);
        underWay_.reset();
    }

    void clear() {
        history_.clear();
        model_.assign(1, {});
        current_ = kFirstStep;
    }

    Dice dice_;
    TestFolder folder_;
    FaultFileSystem disk_;
    History history_;
    std::vector<ModelStep> model_{1};
    StepId current_ = kFirstStep;
    std::thread worker_;
    std::shared_ptr<HistoryTransfer> underWay_;
    bool spilled_ = false;
};

/// The file without a name in `folder`, opened once more.
QString unnamedFileIn(const TestFolder& folder) {
    const QDir open("/proc/self/fd");
    for (const QString& name : open.entryList(QDir::AllEntries | QDir::System)) {
        const QString target = QFile::symLinkTarget(open.filePath(name));
        if (target.startsWith(QString::fromStdString(folder.path(""))) &&
            target.endsWith("(deleted)"))
            return open.filePath(name);
    }
    return {};
}

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private slots:
    void beginsAtTheRoot();
    void keepsWhatAStepIs();
    void forgetsAnEmptyStep();
    void anEmptyStepLeavesRedoAlone();
    void goesOnWithTheLastStep();
    void aNewEditIsABranch();
    void redoFollowsTheLastVisit();
    void finds_way_data();
    void finds_way();
    void clears();
    void namesCanBeChanged();
    void anEditTakesLittleMemory();
    void agreesWithTheModel_data();
    void agreesWithTheModel();
    void movesNothingWithinTheBudget();
    void staysWithinTheBudget();
    void undoHeldDownNeverWaits();
    void fetchesAStepOfManyChunks();
    void aFullDiskIsToldOnce();
    void aBadDiskKeepsTheStepAway();
    void aDamagedFileIsAnError();
    void anOldTransferIsPassedOver();
};

void HistoryTest::beginsAtTheRoot() {
    const History history;
    QCOMPARE(history.current(), kFirstStep);
    QCOMPARE(history.last(), kFirstStep);
    QVERIFY(!history.canUndo());
    QVERIFY(!history.canRedo());
    QVERIFY(!history.isOpen());
    QVERIFY(history.children(kFirstStep).empty());
    QVERIFY(history.way(kFirstStep).empty());
}

void HistoryTest::keepsWhatAStepIs() {
    History history;
    QCOMPARE(history.begin(EditKind::Fill, "zeros", 123, 4, 5), StepId{1});
    history.appendKept(9, true);
    append(history, overwrite(70));
    append(history, overwrite(20));
    QVERIFY(history.isOpen());
    QCOMPARE(history.step(1).splices, std::size_t{2});
    history.end();
    const History::Step step = history.step(1);
    QCOMPARE(step.parent, kFirstStep);
    QCOMPARE(step.kind, EditKind::Fill);
    QCOMPARE(step.name, std::string_view("zeros"));
    QCOMPARE(step.timeNs, std::int64_t{123});
    QCOMPARE(step.base, SourceId{4});
    QCOMPARE(step.transaction, 5U);
    QCOMPARE(step.splices, std::size_t{2});
    QCOMPARE(step.offset, Offset{70});
    QVERIFY(step.begin < step.end);
    QCOMPARE(entriesOf(history.backwards(1)),
             (std::vector<Entry>{overwrite(20), overwrite(70), {0, {}, {}, 9}}));
}

void HistoryTest::forgetsAnEmptyStep() {
    History history;
    addStep(history, 10);
    QCOMPARE(history.begin(EditKind::Insert, "nothing", 0, 0, 0), StepId{2});
    QVERIFY(history.isLoaded(2));
    QVERIFY(entriesOf(history.forwards(2)).empty());
    history.end();
    QCOMPARE(history.current(), StepId{1});
    QCOMPARE(history.last(), StepId{1});
    QVERIFY(history.children(1).empty());
    QVERIFY(!history.canRedo());
    QCOMPARE(addStep(history, 20), StepId{2});
    QCOMPARE(history.step(2).name, std::string_view());
}

void HistoryTest::anEmptyStepLeavesRedoAlone() {
    History history;
    addStep(history, 10);
    addStep(history, 20);
    history.moveTo(1);
    (void)history.begin(EditKind::Insert, {}, 0, 0, 0);
    QVERIFY(!history.canRedo());
    history.end();
    QCOMPARE(history.redoChild(1), StepId{2});
    QCOMPARE(history.children(1), std::vector<StepId>{2});
}

void HistoryTest::goesOnWithTheLastStep() {
    History history;
    addStep(history, 10);
    addStep(history, 20);
    history.moveTo(1);
    history.moveTo(2);
    history.reopen();
    append(history, overwrite(21));
    history.end();
    QCOMPARE(history.last(), StepId{2});
    QCOMPARE(history.step(2).splices, std::size_t{2});
    QCOMPARE(history.step(2).offset, Offset{20});
    QCOMPARE(entriesOf(history.forwards(2)), (std::vector<Entry>{overwrite(20), overwrite(21)}));
    QCOMPARE(entriesOf(history.forwards(1)), std::vector<Entry>{overwrite(10)});
    // Nothing more is said: the step stays.
    history.reopen();
    history.end();
    QCOMPARE(history.current(), StepId{2});
}

void HistoryTest::aNewEditIsABranch() {
    History history;
    addStep(history, 10);
    addStep(history, 20);
    history.moveTo(1);
    QCOMPARE(addStep(history, 30), StepId{3});
    history.moveTo(1);
    QCOMPARE(addStep(history, 40), StepId{4});
    QCOMPARE(history.children(1), (std::vector<StepId>{2, 3, 4}));
    QCOMPARE(history.step(3).parent, StepId{1});
    QCOMPARE(entriesOf(history.forwards(2)), std::vector<Entry>{overwrite(20)});
}

void HistoryTest::redoFollowsTheLastVisit() {
    History history;
    addStep(history, 10);
    history.moveTo(kFirstStep);
    addStep(history, 20);
    history.moveTo(kFirstStep);
    QCOMPARE(history.redoChild(kFirstStep), StepId{2});
    history.moveTo(1);
    history.moveTo(kFirstStep);
    QCOMPARE(history.redoChild(kFirstStep), StepId{1});
    QVERIFY(history.canRedo());
    QVERIFY(!history.canUndo());
}

void HistoryTest::finds_way_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QList<int>>("way");
    // 0 - 1 - 2 - 3 - 4, 2 - 5 - 6, 0 - 7
    QTest::newRow("nowhere") << 4 << 4 << QList<int>{};
    QTest::newRow("undo") << 4 << 3 << QList<int>{3};
    QTest::newRow("redo") << 3 << 4 << QList<int>{4};
    QTest::newRow("far up") << 4 << 0 << QList<int>{3, 2, 1, 0};
    QTest::newRow("far down") << 0 << 6 << QList<int>{1, 2, 5, 6};
    QTest::newRow("to a branch") << 4 << 6 << QList<int>{3, 2, 5, 6};
    QTest::newRow("back from it") << 6 << 4 << QList<int>{5, 2, 3, 4};
    QTest::newRow("over the root") << 6 << 7 << QList<int>{5, 2, 1, 0, 7};
    QTest::newRow("and back") << 7 << 3 << QList<int>{0, 1, 2, 3};
}

void HistoryTest::finds_way() {
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QList<int>, way);
    History history;
    const auto go = [&](StepId id) {
        for (const StepId step : history.way(id))
            history.moveTo(step);
    };
    for (Offset i = 1; i <= 4; ++i)
        addStep(history, i);
    go(2);
    addStep(history, 5);
    addStep(history, 6);
    go(0);
    addStep(history, 7);
    go(static_cast<StepId>(from));
    std::vector<StepId> expected;
    for (const int id : way)
        expected.push_back(static_cast<StepId>(id));
    QCOMPARE(history.way(static_cast<StepId>(to)), expected);
}

void HistoryTest::clears() {
    History history;
    const std::size_t empty = history.memory();
    for (Offset i = 0; i < 10000; ++i)
        addStep(history, i);
    history.setName(5, "five");
    const SpliceLog::Position end = history.step(10000).end;
    history.clear();
    QCOMPARE(history.current(), kFirstStep);
    QCOMPARE(history.last(), kFirstStep);
    QVERIFY(!history.canUndo());
    QVERIFY(!history.canRedo());
    QVERIFY(history.children(kFirstStep).empty());
    QVERIFY(history.memory() < empty + 10000);
    QCOMPARE(addStep(history, 7), StepId{1});
    QVERIFY(history.step(1).begin >= end);
    QCOMPARE(entriesOf(history.forwards(1)), std::vector<Entry>{overwrite(7)});
}

void HistoryTest::namesCanBeChanged() {
    History history;
    addStep(history, 1);
    addStep(history, 2);
    const std::size_t without = history.memory();
    history.setName(1, "a name of some length, for memory");
    QCOMPARE(history.step(1).name, std::string_view("a name of some length, for memory"));
    QCOMPARE(history.step(2).name, std::string_view());
    QVERIFY(history.memory() > without);
    history.setName(1, "other");
    QCOMPARE(history.step(1).name, std::string_view("other"));
    history.setName(1, {});
    QCOMPARE(history.step(1).name, std::string_view());
    QCOMPARE(history.memory(), without);
}

void HistoryTest::anEditTakesLittleMemory() {
    History history;
    const Offset edits = 100000;
    for (Offset i = 0; i < edits; ++i) {
        const Offset at = (i * 104729) % (Offset{1} << 20) + (Offset{1} << 40);
        const Piece removed = Piece::inPlace(at, 1, 0);
        const Piece inserted{i, 1, 1, 1, ChangeTag::on(static_cast<ChangeId>(i + 1))};
        (void)history.begin(EditKind::Overwrite, {}, i, 0, static_cast<std::uint32_t>(i));
        history.append({{at + 1000, at}, {&removed, 1}, {&inserted, 1}});
        history.end();
    }
    const double each = static_cast<double>(history.memory()) / static_cast<double>(edits);
    qInfo("%.1f bytes an edit", each);
    QVERIFY(each <= 100);
}

void HistoryTest::agreesWithTheModel_data() {
    QTest::addColumn<int>("chunkSize");
    QTest::addColumn<int>("budget");
    QTest::newRow("an entry a chunk, all to disk") << 1 << 0;
    QTest::newRow("tiny chunks, all to disk") << 100 << 0;
    QTest::newRow("small chunks, some to disk") << 500 << 100000;
    QTest::newRow("real chunks, all to disk") << int{SpliceLog::kChunkSize} << 0;
    QTest::newRow("real") << int{SpliceLog::kChunkSize} << int{History::kDefaultBudget};
}

void HistoryTest::agreesWithTheModel() {
    QFETCH(int, chunkSize);
    QFETCH(int, budget);
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        Run run(seed, static_cast<std::size_t>(chunkSize), static_cast<std::size_t>(budget));
        for (int i = 0; i < octavo::test::scaled(3000); ++i) {
            run.step();
            if (i % 100 == 99)
                run.compare();
            if (QTest::currentTestFailed()) {
                qWarning("seed %llu, step %d", static_cast<unsigned long long>(seed), i);
                return;
            }
        }
        run.compareAll();
        if (chunkSize <= 100)
            QVERIFY(run.hasSpilled());
    }
}

void HistoryTest::movesNothingWithinTheBudget() {
    TestFolder folder;
    FaultFileSystem disk;
    disk.setPlan({});
    History history(100);
    for (Offset i = 0; i < 1000; ++i)
        addStep(history, i);
    QVERIFY(!history.prepareTransfer(std::nullopt, disk, folder.path("")));
    QVERIFY(!history.prepareTransfer(1, disk, folder.path("")));
    QCOMPARE(disk.calls(), 0);
}

void HistoryTest::staysWithinTheBudget() {
    TestFolder folder;
    FaultFileSystem disk;
    History history(1000);
    const std::size_t budget = 2000000;
    history.setBudget(budget);
    for (Offset i = 0; i < 30000; ++i) {
        addStep(history, i);
        if (i % 1000 == 0) {
            QVERIFY(transferAll(history, disk, folder).ok());
            QVERIFY(history.memory() <= budget);
        }
    }
    QVERIFY(history.step(30000).end > 200000);
    QVERIFY(history.isLoaded(30000));
    QVERIFY(!history.isLoaded(1));
    // What went once is not written again when it goes again.
    QVERIFY(transferAll(history, disk, folder).ok());
    const std::size_t written = disk.writes().size();
    for (const StepId id : {1U, 3000U, 6000U, 1U}) {
        QVERIFY(transferAll(history, disk, folder, id).ok());
        QVERIFY(history.isLoaded(id));
    }
    history.setBudget(budget / 2);
    QVERIFY(transferAll(history, disk, folder).ok());
    const std::size_t first = disk.writes().size();
    QVERIFY(first >= written);
    history.setBudget(budget);
    QVERIFY(transferAll(history, disk, folder, 1).ok());
    history.setBudget(budget / 2);
    QVERIFY(transferAll(history, disk, folder).ok());
    QCOMPARE(disk.writes().size(), first);
    QCOMPARE(folder.names(), QStringList());
}

void HistoryTest::undoHeldDownNeverWaits() {
    TestFolder folder;
    FaultFileSystem disk;
    History history(500);
    history.setBudget(0);
    const StepId last = 5000;
    for (StepId i = 1; i <= last; ++i)
        addStep(history, i);
    QVERIFY(transferAll(history, disk, folder).ok());
    int moved = 0;
    for (StepId id = last; id > kFirstStep; --id) {
        QVERIFY2(history.isLoaded(id), qPrintable(QString::number(id)));
        QCOMPARE(entriesOf(history.backwards(id)), std::vector<Entry>{overwrite(id)});
        history.moveTo(id - 1);
        moved += history.isLoaded(1) ? 0 : 1;
        QVERIFY(transferAll(history, disk, folder).ok());
    }
    QVERIFY(moved > 4000);
    for (StepId id = 1; id <= last; ++id) {
        QVERIFY2(history.isLoaded(id), qPrintable(QString::number(id)));
        history.moveTo(id);
        QVERIFY(transferAll(history, disk, folder).ok());
    }
}

void HistoryTest::fetchesAStepOfManyChunks() {
    TestFolder folder;
    FaultFileSystem disk;
    History history(500);
    history.setBudget(0);
    addStep(history, 1);
    std::vector<Entry> entries;
    (void)history.begin(EditKind::ReplaceMany, {}, 0, 0, 0);
    for (Offset i = 0; i < 5000; ++i) {
        entries.push_back(overwrite(i));
        append(history, entries.back());
    }
    history.end();
    QVERIFY(transferAll(history, disk, folder).ok());
    QVERIFY(!history.isLoaded(2));
    const auto transfer = history.prepareTransfer(2, disk, folder.path(""));
    QVERIFY(transfer);
    QVERIFY(transfer->run().ok());
    history.finishTransfer(*transfer);
    QVERIFY(history.isLoaded(2));
    QCOMPARE(entriesOf(history.forwards(2)), entries);
}

void HistoryTest::aFullDiskIsToldOnce() {
    // The first call makes the file, the others write to it.
    for (const int failAt : {1, 2, 5}) {
        TestFolder folder;
        FaultFileSystem disk;
        History history(500);
        history.setBudget(0);
        for (Offset i = 1; i <= 1000; ++i)
            addStep(history, i);
        disk.setPlan({.failAt = failAt, .failCount = 1000});
        const Status failed = transferAll(history, disk, folder);
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().systemError, ENOSPC);
        for (Offset i = 1; i <= 1000; ++i)
            addStep(history, i);
        QVERIFY(transferAll(history, disk, folder).ok());
        // What was written before may be away, the rest is here; there is room again.
        disk.setPlan({});
        const std::size_t before = history.memory();
        QVERIFY(transferAll(history, disk, folder).ok());
        QCOMPARE(history.memory(), before);
        history.setBudget(0);
        QVERIFY(transferAll(history, disk, folder).ok());
        QVERIFY(history.memory() < before);
        for (StepId id = 1; id <= history.last(); ++id) {
            QVERIFY(transferAll(history, disk, folder, id).ok());
            QCOMPARE(entriesOf(history.forwards(id)),
                     std::vector<Entry>{overwrite((id - 1) % 1000 + 1)});
        }
    }
}

void HistoryTest::aBadDiskKeepsTheStepAway() {
    TestFolder folder;
    FaultFileSystem disk;
    History history(500);
    history.setBudget(0);
    for (Offset i = 1; i <= 1000; ++i)
        addStep(history, i);
    QVERIFY(transferAll(history, disk, folder).ok());
    disk.setBadExtent({FileOffset{0}, 1000000});
    const Status refused = transferAll(history, disk, folder, 1);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().systemError, EIO);
    QVERIFY(!history.isLoaded(1));
    // Nobody asks for it: it is not tried over and over.
    QVERIFY(transferAll(history, disk, folder).ok());
    disk.setBadExtent({});
    QVERIFY(!history.isLoaded(1));
    QVERIFY(transferAll(history, disk, folder, 1).ok());
    QVERIFY(history.isLoaded(1));
    QCOMPARE(entriesOf(history.forwards(1)), std::vector<Entry>{overwrite(1)});
}

void HistoryTest::aDamagedFileIsAnError() {
    TestFolder folder;
    History history(500);
    history.setBudget(0);
    for (Offset i = 1; i <= 1000; ++i)
        addStep(history, i);
    QVERIFY(transferAll(history, systemFileSystem(), folder).ok());
    QFile file(unnamedFileIn(folder));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.size() > 10000);
    // One bit in each chunk.
    for (qint64 at = 100; at < bytes.size(); at += 400) {
        QVERIFY(file.seek(at));
        QVERIFY(file.putChar(static_cast<char>(bytes[at] ^ 4)));
    }
    QVERIFY(file.flush());
    const Status damaged = transferAll(history, systemFileSystem(), folder, 1);
    QVERIFY(!damaged.ok());
    QCOMPARE(damaged.error().code, ErrorCode::Unreadable);
    QVERIFY(!history.isLoaded(1));
    QVERIFY(history.isLoaded(history.current()));
    // Cut short is damage too.
    QVERIFY(file.resize(0));
    const Status cut = transferAll(history, systemFileSystem(), folder, 1);
    QVERIFY(!cut.ok());
    QCOMPARE(cut.error().code, ErrorCode::Unreadable);
    // And as it was it is good again.
    QVERIFY(file.seek(0));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.flush());
    QVERIFY(transferAll(history, systemFileSystem(), folder, 1).ok());
    QCOMPARE(entriesOf(history.forwards(1)), std::vector<Entry>{overwrite(1)});
}

void HistoryTest::anOldTransferIsPassedOver() {
    TestFolder folder;
    FaultFileSystem disk;
    History history(500);
    history.setBudget(0);
    for (Offset i = 1; i <= 1000; ++i)
        addStep(history, i);
    const auto old = history.prepareTransfer(std::nullopt, disk, folder.path(""));
    QVERIFY(old);
    history.clear();
    for (Offset i = 1; i <= 1000; ++i)
        addStep(history, i);
    const auto fresh = history.prepareTransfer(std::nullopt, disk, folder.path(""));
    QVERIFY(fresh);
    QVERIFY(old->run().ok());
    history.finishTransfer(*old);
    for (StepId id = 1; id <= 1000; ++id)
        QVERIFY(history.isLoaded(id));
    QVERIFY(fresh->run().ok());
    history.finishTransfer(*fresh);
    QVERIFY(!history.isLoaded(1));
    QVERIFY(transferAll(history, disk, folder, 1).ok());
    QCOMPARE(entriesOf(history.forwards(1)), std::vector<Entry>{overwrite(1)});
}

QTEST_GUILESS_MAIN(HistoryTest)

#include "history_test.moc"
