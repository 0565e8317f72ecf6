// Moving blocks within a file: whatever call fails or is the last one, the file is the old one or
// the new one, whole, once it is opened again; and what still points at the old bytes shows them.
#include "core/document/document.h"
#include "core/save/recover_save.h"
#include "core/save/save_plan.h"
#include "tests/support/simulated_file_system.h"
#include "tests/support/simulated_power_cut.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

const std::string kPath = "/file";
constexpr Offset kBlock = 512;

Bytes bytesOf(const QByteArray& bytes) {
    return {bytes.begin(), bytes.end()};
}

QByteArray contentOf(const Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\0');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

Status flush(Document& document, SaveOptions options = {.strategy = SaveStrategy::Shift}) {
    const auto save = document.prepareFlush(options);
    if (!save)
        return save.error();
    Progress progress;
    const Status status = (*save)->run(progress);
    document.finishFlush(**save);
    return status;
}

using Edits = std::function<void(Document&)>;

const std::vector<std::pair<const char*, Edits>> kEdits{
    {"a block in front",
     [](Document& document) { (void)document.insert(0, Bytes(kBlock, Byte{'i'})); }},
    {"three blocks in the middle, and bytes elsewhere",
     [](Document& document) {
         (void)document.overwrite(32'000, span("overwritten"));
         (void)document.insert(9'000, Bytes(3 * kBlock, Byte{'i'}));
         (void)document.overwrite(10, span("overwritten"));
     }},
    {"a block less in front",
     [](Document& document) {
         (void)document.erase({0, kBlock});
     }},
    {"blocks less in the middle, at odd places",
     [](Document& document) {
         (void)document.erase({5'001, 4 * kBlock});
     }},
    {"more here, less there",
     [](Document& document) {
         (void)document.erase({20'000, 2 * kBlock});
         (void)document.insert(3'000, Bytes(5 * kBlock, Byte{'i'}));
     }},
    {"the end is cut off, and a block comes in",
     [](Document& document) {
         (void)document.setLength(30'000);
         (void)document.insert(0, Bytes(kBlock, Byte{'i'}));
     }},
};

void addEdits() {
    QTest::addColumn<Edits>("edits");
    for (const auto& [name, edits] : kEdits)
        QTest::newRow(name) << edits;
}

SimulatedOptions smallBlocks() {
    SimulatedOptions options;
    options.blockSize = kBlock;
    options.kind = StorageKind::Ext4;
    return options;
}

struct Setting {
    QByteArray before = someBytes(64 * kBlock + 100);
    QByteArray after;
    SimulatedFileSystem files;
    std::unique_ptr<Document> document;

    explicit Setting(const Edits& edits, const SimulatedOptions& options = smallBlocks())
        : files(options) {
        files.put(kPath, span(before), 0640);
        document = *Document::open(files, kPath);
        edits(*document);
        after = contentOf(document->snapshot());
    }
};

void check(SimulatedFileSystem& files, const QList<QByteArray>& contents, const std::string& how) {
    {
        const auto document = Document::open(files, kPath);
        QVERIFY2(document.ok(), how.c_str());
        QVERIFY2((*document)->recovery().outcome != SaveOutcome::Foreign, how.c_str());
        QVERIFY2(contents.contains(contentOf((*document)->snapshot())), how.c_str());
    }
    QVERIFY2(files.names("/") == std::vector<std::string>{"file"}, how.c_str());
}

}  // namespace

Q_DECLARE_METATYPE(Edits)

class ShiftSaveTest : public QObject {
    Q_OBJECT

private slots:
    void isWhatTheDocumentShows_data() { addEdits(); }
    void isWhatTheDocumentShows();
    void failedAnywhere_data() { addEdits(); }
    void failedAnywhere();
    void killedAnywhere_data() { addEdits(); }
    void killedAnywhere();
    void powerCutOnceItHasReturned_data() { addEdits(); }
    void powerCutOnceItHasReturned();
    void powerCutAfterALaterWrite_data() { addEdits(); }
    void powerCutAfterALaterWrite();
    void recoveryIsKilledAnywhere_data() { addEdits(); }
    void recoveryIsKilledAnywhere();
    void cancelledAnywhere_data() { addEdits(); }
    void cancelledAnywhere();
    void undoGoesPastIt_data() { addEdits(); }
    void undoGoesPastIt();
    void readersSeeNoWrongByte_data();
    void readersSeeNoWrongByte();
    void whereNothingMoves_data();
    void whereNothingMoves();
};

void ShiftSaveTest::isWhatTheDocumentShows() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    const Snapshot old = setting.document->snapshot();
    const auto save = *setting.document->prepareFlush({.strategy = SaveStrategy::Shift});
    Progress progress;
    const Status status = save->run(progress);
    QVERIFY2(status.ok(), status ? "" : status.error().message().c_str());
    QCOMPARE(progress.done(), progress.total());
    QVERIFY(save->bytesWritten() < 8 * kBlock);
    setting.document->finishFlush(*save);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.after));
    QVERIFY(contentOf(setting.document->snapshot()) == setting.after);
    QVERIFY(contentOf(old) == setting.after);
    QVERIFY(!setting.document->hasChanges());
    QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
}

void ShiftSaveTest::failedAnywhere() {
    QFETCH(Edits, edits);
    for (int at = 1;; ++at) {
        Setting setting(edits);
        setting.files.setPlan({.at = at, .systemError = 5});
        const Status status = flush(*setting.document);
        const int calls = setting.files.changes();
        setting.files.setPlan({});
        const std::string how = "call " + std::to_string(at);
        QVERIFY2(contentOf(setting.document->snapshot()) == setting.after, how.c_str());
        const QByteArray expected = status ? setting.after : setting.before;
        QVERIFY2(setting.files.content(kPath) == bytesOf(expected), how.c_str());
        setting.document.reset();
        check(setting.files, {expected}, how);
        if (at > calls) {
            QVERIFY(status.ok());
            return;
        }
    }
}

void ShiftSaveTest::killedAnywhere() {
    QFETCH(Edits, edits);
    int settled = 0;
    // Not in the midst of a shift: a kill waits for its end.
    for (const auto part : {SimulatedPlan::Part::None, SimulatedPlan::Part::All}) {
        for (int at = 1;; ++at) {
            Setting setting(edits);
            setting.files.setPlan({.at = at, .kind = SimulatedPlan::Kind::Kill, .part = part});
            const Status status = flush(*setting.document);
            const bool isOver = !setting.files.isKilled();
            SimulatedFileSystem after(setting.files.disk().afterKill());
            Progress progress;
            const auto recovery = recoverSave(after, kPath, progress);
            QVERIFY(recovery.ok());
            settled += recovery->outcome != SaveOutcome::None ? 1 : 0;
            QVERIFY(recovery->outcome != SaveOutcome::Foreign);
            check(after, {setting.before, setting.after}, "killed at call " + std::to_string(at));
            if (isOver) {
                QVERIFY(status.ok());
                break;
            }
        }
    }
    QVERIFY(settled > 5);
}

void ShiftSaveTest::powerCutOnceItHasReturned() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    QVERIFY(flush(*setting.document));
    for (const PowerCut& cut : powerCuts(setting.files.disk().afterKill(), {.seed = 7})) {
        SimulatedFileSystem after(cut.disk);
        check(after, {setting.after}, cut.how);
    }
}

/// A power cut after the end of a save, when the file has been written to in another way: what the
/// save has noted is nothing to go back to.
void ShiftSaveTest::powerCutAfterALaterWrite() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    QVERIFY(flush(*setting.document));
    const auto file = *setting.files.open(kPath, OpenMode::ReadWrite);
    QVERIFY(file->writeAt({5}, span("somebody else")));
    QVERIFY(file->sync());
    QByteArray after = setting.after;
    after.replace(5, 13, "somebody else");
    for (const PowerCut& cut : powerCuts(setting.files.disk().afterKill(), {.seed = 7})) {
        SimulatedFileSystem files(cut.disk);
        check(files, {after}, cut.how);
    }
}

void ShiftSaveTest::recoveryIsKilledAnywhere() {
    QFETCH(Edits, edits);
    // Killed after each of its calls, and the recovery after each of its own.
    std::vector<SimulatedDisk> moments;
    Setting setting(edits);
    setting.files.setAfterChange([&] { moments.push_back(setting.files.disk().afterKill()); });
    QVERIFY(flush(*setting.document));
    setting.files.setAfterChange({});
    for (std::size_t m = 0; m < moments.size(); ++m) {
        for (int at = 1;; ++at) {
            SimulatedFileSystem files(moments[m]);
            files.setPlan(
                {.at = at, .kind = SimulatedPlan::Kind::Kill, .part = SimulatedPlan::Part::All});
            Progress progress;
            (void)recoverSave(files, kPath, progress);
            const bool isOver = !files.isKilled();
            SimulatedFileSystem after(files.disk().afterKill());
            check(after, {setting.before, setting.after},
                  "killed at " + std::to_string(m) + ", recovery at " + std::to_string(at));
            if (isOver)
                break;
        }
    }
}

void ShiftSaveTest::cancelledAnywhere() {
    QFETCH(Edits, edits);
    for (int at = 0;; ++at) {
        Setting setting(edits);
        const auto save = *setting.document->prepareFlush({.strategy = SaveStrategy::Shift});
        Progress progress;
        int calls = 0;
        if (at == 0)
            progress.cancel();
        setting.files.setAfterChange([&] {
            if (++calls == at)
                progress.cancel();
        });
        const Status status = save->run(progress);
        setting.files.setAfterChange({});
        setting.document->finishFlush(*save);
        const std::string how = "after call " + std::to_string(at);
        QVERIFY2(setting.files.content(kPath) == bytesOf(status ? setting.after : setting.before),
                 how.c_str());
        QVERIFY2(contentOf(setting.document->snapshot()) == setting.after, how.c_str());
        if (!status)
            QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QCOMPARE(setting.files.names("/"), std::vector<std::string>{"file"});
        // Our own moving about is no other program's: the next save does not ask.
        if (!status)
            QVERIFY2(flush(*setting.document), how.c_str());
        QVERIFY2(setting.files.content(kPath) == bytesOf(setting.after), how.c_str());
        if (at > calls)
            break;
    }
}

void ShiftSaveTest::undoGoesPastIt() {
    QFETCH(Edits, edits);
    Setting setting(edits);
    QVERIFY(flush(*setting.document));
    int steps = 0;
    while (setting.document->canUndo()) {
        QVERIFY(setting.document->undo());
        ++steps;
    }
    QVERIFY(contentOf(setting.document->snapshot()) == setting.before);
    // And that is saved as well, in the same way.
    const Status again = flush(*setting.document);
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().message().c_str());
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    for (int i = 0; i < steps; ++i)
        QVERIFY(setting.document->redo());
    QVERIFY(contentOf(setting.document->snapshot()) == setting.after);
}

void ShiftSaveTest::readersSeeNoWrongByte_data() {
    QTest::addColumn<int>("strategy");
    QTest::newRow("patch") << int(SaveStrategy::Patch);
    QTest::newRow("replace") << int(SaveStrategy::Replace);
    QTest::newRow("shift") << int(SaveStrategy::Shift);
}

/// Four threads read older snapshots while one save follows the other.
void ShiftSaveTest::readersSeeNoWrongByte() {
    QFETCH(int, strategy);
    const auto way = static_cast<SaveStrategy>(strategy);
    Setting setting([](Document& document) { (void)document.overwrite(5, span("first")); });
    std::vector<Snapshot> snapshots;
    std::vector<QByteArray> contents;
    for (int i = 0; i < 4; ++i) {
        snapshots.push_back(setting.document->snapshot());
        contents.push_back(contentOf(snapshots.back()));
        QVERIFY(setting.document->overwrite(700 * i, span("again")));
    }
    std::atomic<bool> isOver = false;
    std::atomic<int> reads = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> readers;
    for (std::size_t i = 0; i < snapshots.size(); ++i) {
        readers.emplace_back([&, i] {
            while (!isOver || reads < 100) {
                wrong += contentOf(snapshots[i]) == contents[i] ? 0 : 1;
                ++reads;
            }
        });
    }
    int failures = 0;
    for (int i = 0; i < 20; ++i) {
        (void)setting.document->overwrite(1'000 + 600 * i, Bytes(600, Byte{'n'}));
        if (way != SaveStrategy::Patch)
            (void)setting.document->insert(i % 2 == 0 ? 0 : 10'000, Bytes(kBlock, Byte{'i'}));
        failures += flush(*setting.document, {.strategy = way}).ok() ? 0 : 1;
    }
    isOver = true;
    readers.clear();
    QCOMPARE(failures, 0);
    QCOMPARE(int(wrong), 0);
    QVERIFY(setting.files.content(kPath) == bytesOf(contentOf(setting.document->snapshot())));
}

void ShiftSaveTest::whereNothingMoves_data() {
    QTest::addColumn<bool>("can");
    QTest::addColumn<int>("inserted");
    QTest::addColumn<int>("obstacle");
    QTest::newRow("the file system cannot") << false << int(kBlock) << int(SaveObstacle::NoShifts);
    QTest::newRow("no whole block") << true << 1 << int(SaveObstacle::NothingMoves);
}

void ShiftSaveTest::whereNothingMoves() {
    QFETCH(bool, can);
    QFETCH(int, inserted);
    QFETCH(int, obstacle);
    SimulatedOptions options = smallBlocks();
    options.can.insertsRanges = can;
    Setting setting(
        [&](Document& document) {
            (void)document.insert(0, Bytes(static_cast<std::size_t>(inserted), Byte{'i'}));
        },
        options);
    const SavePlan plan =
        planShiftSave(*lookAt(setting.files, kPath), setting.document->saveRequest());
    QCOMPARE(int(*plan.obstacle), obstacle);
    const Status refused = flush(*setting.document);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::CannotReplace);
    QVERIFY(setting.files.content(kPath) == bytesOf(setting.before));
    QVERIFY(contentOf(setting.document->snapshot()) == setting.after);
}

QTEST_GUILESS_MAIN(ShiftSaveTest)

#include "shift_save_test.moc"
