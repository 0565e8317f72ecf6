// A flush between log and file, interrupted anywhere: no edit is applied twice or lost.
#include "core/content/with_only.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "core/document/recovery_fit.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// What `plan` writes, in order.
std::vector<Change> changesOf(const FlushPlan& plan) {
    std::vector<Change> changes = plan.snapshot.changes();
    std::erase_if(changes, [&](const Change& change) {
        return std::ranges::find(plan.changes, change.id) == plan.changes.end();
    });
    return changes;
}

bool keepsPlaces(const FlushPlan& plan) {
    return std::ranges::all_of(changesOf(plan), [](const Change& change) {
        return change.before.length == change.now.length;
    });
}

/// Writes what a flush of `plan` writes: in place where every byte keeps its place, one change
/// after the other, and as a new file otherwise.
Status writeFile(FileSystem& fileSystem, const std::string& path, const FlushPlan& plan,
                 SourceId base) {
    std::vector<ChangeId> ids = plan.changes;
    std::ranges::sort(ids);
    const QByteArray after =
        contentOf({withOnly(plan.snapshot.tree(), ids, base), plan.snapshot.sources(), 1});
    if (!keepsPlaces(plan)) {
        const std::string aside = path + ".aside";
        const auto file = fileSystem.open(aside, OpenMode::CreateNew);
        if (!file)
            return file.error();
        Status status = (*file)->writeAt({0}, span(after));
        if (status)
            status = (*file)->sync();
        return status ? fileSystem.rename(aside, path) : status;
    }
    const auto file = fileSystem.open(path, OpenMode::ReadWrite);
    if (!file)
        return file.error();
    for (const Change& change : changesOf(plan)) {
        const QByteArray bytes = after.mid(change.before.offset.value, change.before.length);
        if (const Status put = (*file)->writeAt(change.before.offset, span(bytes)); !put)
            return put;
    }
    return (*file)->sync();
}

std::vector<ChangeId> some(const Snapshot& snapshot, std::mt19937_64& engine, bool inPlaceOnly) {
    std::vector<ChangeId> ids;
    const std::uint64_t odds = engine() % 4;
    for (const Change& change : snapshot.changes()) {
        if (engine() % 4 <= odds && (!inPlaceOnly || change.before.length == change.now.length))
            ids.push_back(change.id);
    }
    return ids;
}

/// Opens what is left and brings it over to the file as it is.
struct Recovery {
    Recovery(const std::string& log, const std::string& file)
        : edits(*readEditLog(systemFileSystem(), log))
        , version(FileVersion::first(*MappedFile::open(systemFileSystem(), file))) {
        if (edits.openFlush() == nullptr)
            return;
        decision = decideByContent(edits, *version, version->file()->length());
        edits.settleFlush(decision);
    }

    RecoveredEdits edits;
    std::shared_ptr<const FileVersion> version;
    FlushDecision decision{FlushOutcome::OldContent, {}};
};

/// A document with some edits and a log that says them.
struct Run {
    Run(FileSystem& fileSystem, const TestFolder& folder, const QByteArray& content)
        : file(folder.write("file", content))
        , document(file)
        , writer(fileSystem, folder.path("edits")) {}

    Status write() {
        std::optional<EditLogBatch> batch = document.feed().take(document.snapshot());
        if (batch)
            batch->nothingPending = false;  // one log all the time
        return batch ? writer.write(*std::move(batch)) : Status();
    }
    FlushPlan plan(std::vector<ChangeId> changes) {
        return {7, document.snapshot(), std::move(changes)};
    }

    std::string file;
    LoggedDocument document;
    EditLogWriter writer;
};

}  // namespace

class EditLogFlushTest : public QObject {
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
    void killedAnywhere_data();
    void killedAnywhere();
    void anEndIsBelieved_data();
    void anEndIsBelieved();
    void decidesInPlaceChangeByChange();
    void otherRunsThanWereBegunAreNotBelieved();
    void anUnknownOutcomeStaysOpen();
    void oldContentBroughtBackIsThere();
    void fingerprintsMoveAlong();
    void aLateEndIsWritten();
    void noSecondFlushBeforeANewLog();
};

void EditLogFlushTest::decides_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("inPlace");
    QTest::addColumn<int>("outcome");
    // Over a file of 0123456789: 23 becomes ab, and 67 becomes cd or xyz.
    QTest::newRow("in place: nothing")
        << QByteArray("0123456789") << true << int(FlushOutcome::OldContent);
    QTest::newRow("in place: all")
        << QByteArray("01ab45cd89") << true << int(FlushOutcome::NewContent);
    QTest::newRow("in place: the first")
        << QByteArray("01ab456789") << true << int(FlushOutcome::SomeWritten);
    QTest::newRow("in place: the second")
        << QByteArray("012345cd89") << true << int(FlushOutcome::SomeWritten);
    QTest::newRow("in place: half of one")
        << QByteArray("01a3456789") << true << int(FlushOutcome::Unknown);
    QTest::newRow("in place: other bytes")
        << QByteArray("01XY45cd89") << true << int(FlushOutcome::Unknown);
    QTest::newRow("in place: appended to")
        << QByteArray("01ab45cd89more") << true << int(FlushOutcome::NewContent);
    QTest::newRow("in place: cut off")
        << QByteArray("01ab45c") << true << int(FlushOutcome::Unknown);
    QTest::newRow("longer: old") << QByteArray("0123456789") << false
                                 << int(FlushOutcome::OldContent);
    QTest::newRow("longer: new") << QByteArray("01ab45xyz89") << false
                                 << int(FlushOutcome::NewContent);
    QTest::newRow("longer: half moved")
        << QByteArray("01ab4567889") << false << int(FlushOutcome::Unknown);
    QTest::newRow("longer: new, and touched")
        << QByteArray("01ab45xyz8!") << false << int(FlushOutcome::Unknown);
    QTest::newRow("longer: old, and touched")
        << QByteArray("012345678!") << false << int(FlushOutcome::Unknown);
    QTest::newRow("longer: empty") << QByteArray() << false << int(FlushOutcome::Unknown);
}

void EditLogFlushTest::decides() {
    QFETCH(QByteArray, now);
    QFETCH(bool, inPlace);
    QFETCH(int, outcome);
    const TestFolder folder;
    Run run(systemFileSystem(), folder, "0123456789");
    QVERIFY(run.document.replace({2, 2}, {run.document.typed("ab")}));
    QVERIFY(run.document.replace({6, 2}, {run.document.typed(inPlace ? "cd" : "xyz")}));
    QVERIFY(run.write().ok());
    QVERIFY(run.writer.beginFlush(run.plan({1, 2})).ok());
    folder.write("file", now);
    const Recovery recovery(run.writer.path(), run.file);
    QCOMPARE(int(recovery.decision.outcome), outcome);
    if (recovery.decision.outcome == FlushOutcome::Unknown) {
        QVERIFY(recovery.edits.openFlush() != nullptr);
        for (const ChangeFit& each :
             fit(recovery.edits, recovery.version.get(), *recovery.version->file()->currentInfo()))
            QCOMPARE(each.fit, Fit::CannotTell);
        return;
    }
    QVERIFY(recovery.edits.openFlush() == nullptr);
    const QByteArray expected = inPlace ? "01ab45cd89" : "01ab45xyz89";
    QVERIFY(contentOf(recovery.edits.snapshot()).startsWith(expected));
    QCOMPARE(recovery.edits.isEmpty(), recovery.decision.outcome == FlushOutcome::NewContent);
}

void EditLogFlushTest::killedAnywhere_data() {
    QTest::addColumn<bool>("inPlace");
    QTest::newRow("in place") << true;
    QTest::newRow("as a new file") << false;
}

/// Every call to the disk from the n-th on fails, as if the process had ended there, for every n:
/// edits, log, begin, file, end, log again. What was logged is shown by the recovered document,
/// over the file as it was left.
void EditLogFlushTest::killedAnywhere() {
    QFETCH(bool, inPlace);
    for (const std::uint64_t seed : testSeeds()) {
        int unknown = 0;
        int checked = 0;
        for (int round = 0; round < scaled(4); ++round) {
            for (int failAt = 1;; ++failAt) {
                std::mt19937_64 engine(seed + std::uint64_t(round));
                FaultFileSystem disk;
                const TestFolder folder;
                Run run(disk, folder, someBytes(300));
                QVERIFY(run.document.replace({0, 1}, {run.document.typed("!")}));
                QVERIFY(run.write().ok());
                disk.setPlan({.failAt = failAt, .failCount = 1'000'000});
                bool isInPlace = false;

                QByteArray logged = contentOf(run.document.snapshot());
                QByteArray next = logged;
                const auto write = [&] {
                    next = contentOf(run.document.snapshot());
                    if (!run.write())
                        return false;
                    logged = next;
                    return true;
                };
                const auto edit = [&](int count) {
                    for (int i = 0; i < count; ++i)
                        run.document.editAtRandom(engine);
                };
                const bool survived = [&] {
                    edit(20);
                    if (!write())
                        return false;
                    const FlushPlan plan = run.plan(some(run.document.snapshot(), engine, inPlace));
                    isInPlace = keepsPlaces(plan);
                    if (!run.writer.beginFlush(plan))
                        return false;
                    edit(3);
                    if (!write())
                        return false;
                    const SourceId base = run.document.edited().base();
                    if (!writeFile(disk, run.file, plan, base))
                        return false;
                    if (!run.writer.endFlush(plan.id, true, *disk.info(run.file)))
                        return false;
                    return true;
                }();
                const int calls = disk.calls();
                disk.setPlan({});
                const Recovery recovery(run.writer.path(), run.file);
                if (recovery.edits.openFlush() == nullptr) {
                    const QByteArray shown = contentOf(recovery.edits.snapshot());
                    if (shown != logged)
                        QCOMPARE(shown, next);
                    ++checked;
                } else {
                    // One change was written in part: nothing but its journal can tell.
                    QVERIFY(!survived && isInPlace);
                    ++unknown;
                }
                if (failAt > calls) {
                    QVERIFY(survived);
                    break;
                }
            }
        }
        qInfo("%d recovered, %d undecided", checked, unknown);
        QVERIFY(checked > 2 * unknown);
    }
}

void EditLogFlushTest::anEndIsBelieved_data() {
    QTest::addColumn<bool>("succeeded");
    QTest::addColumn<bool>("editedSince");
    for (const bool succeeded : {true, false}) {
        for (const bool edited : {true, false}) {
            QTest::addRow("%s%s", succeeded ? "succeeded" : "failed", edited ? ", edited" : "")
                << succeeded << edited;
        }
    }
}

void EditLogFlushTest::anEndIsBelieved() {
    QFETCH(bool, succeeded);
    QFETCH(bool, editedSince);
    const TestFolder folder;
    Run run(systemFileSystem(), folder, "0123456789");
    LoggedDocument& document = run.document;
    QVERIFY(document.replace({2, 2}, {document.typed("abc")}));
    QVERIFY(document.replace({8, 1}, {}));
    QVERIFY(run.write().ok());
    const FlushPlan plan = run.plan({1});
    QVERIFY(run.writer.beginFlush(plan).ok());
    if (succeeded)
        QVERIFY(writeFile(systemFileSystem(), run.file, plan, document.edited().base()).ok());
    const FileInfo after = *systemFileSystem().info(run.file);
    QVERIFY(run.writer.endFlush(plan.id, succeeded, after).ok());
    if (editedSince) {
        QVERIFY(document.replace({0, 0}, {document.typed(">")}));
        QVERIFY(run.write().ok());
    }
    const Recovery recovery(run.writer.path(), run.file);
    QVERIFY(recovery.edits.openFlush() == nullptr);
    QCOMPARE(contentOf(recovery.edits.snapshot()), contentOf(document.snapshot()));
    QVERIFY(recovery.edits.file().info.looksLike(after));
    const std::size_t changes = 1 + (succeeded ? 0 : 1) + (editedSince ? 1 : 0);
    const std::vector<ChangeFit> fits =
        fit(recovery.edits, recovery.version.get(), *recovery.version->file()->currentInfo());
    QCOMPARE(fits.size(), changes);
    for (const ChangeFit& each : fits)
        QCOMPARE(each.reason, FitReason::FileUnchanged);
}

void EditLogFlushTest::decidesInPlaceChangeByChange() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        Run run(systemFileSystem(), folder, someBytes(10'000));
        std::vector<ChangeId> ids;
        for (Offset at = 100; at < 9'000; at += 100 + Offset(engine() % 200)) {
            QVERIFY(
                run.document.replace({at, 50}, {run.document.typed(someBytes(50, quint32(at)))}));
            ids.push_back(run.document.lastChange());
        }
        QVERIFY(run.write().ok());
        const FlushPlan plan = run.plan(ids);
        QVERIFY(run.writer.beginFlush(plan).ok());
        const auto file = *systemFileSystem().open(run.file, OpenMode::ReadWrite);
        std::vector<ChangeId> written;
        const QByteArray whole = contentOf(run.document.snapshot());
        for (const Change& change : plan.snapshot.changes()) {
            if (engine() % 2 == 0)
                continue;
            const QByteArray bytes = whole.mid(change.before.offset.value, change.before.length);
            QVERIFY(file->writeAt(change.before.offset, span(bytes)).ok());
            written.push_back(change.id);
        }
        const Recovery recovery(run.writer.path(), run.file);
        QCOMPARE(recovery.decision.outcome, FlushOutcome::SomeWritten);
        QCOMPARE(recovery.decision.written, written);
        QCOMPARE(contentOf(recovery.edits.snapshot()), whole);
        QCOMPARE(recovery.edits.snapshot().changeSet().size(), ids.size() - written.size());
    }
}

/// A flush of what the log was not told of: its outcome cannot be decided by the log.
void EditLogFlushTest::otherRunsThanWereBegunAreNotBelieved() {
    const TestFolder folder;
    Run run(systemFileSystem(), folder, "0123456789");
    QVERIFY(run.document.replace({2, 2}, {run.document.typed("ab")}));
    QVERIFY(run.write().ok());
    QVERIFY(run.document.replace({2, 2}, {run.document.typed("xyz")}));
    QCOMPARE(run.document.lastChange(), ChangeId{1});
    QVERIFY(run.writer.beginFlush(run.plan({1})).ok());
    const Recovery recovery(run.writer.path(), run.file);
    QCOMPARE(int(recovery.decision.outcome), int(FlushOutcome::Unknown));
    QVERIFY(recovery.edits.openFlush() != nullptr);
}

void EditLogFlushTest::anUnknownOutcomeStaysOpen() {
    const TestFolder folder;
    Run run(systemFileSystem(), folder, someBytes(1'000));
    QVERIFY(run.document.replace({100, 10}, {run.document.typed(someBytes(10, 5))}));
    QVERIFY(run.document.replace({800, 10}, {run.document.typed(someBytes(10, 6))}));
    const std::optional<Fingerprint> print =
        Fingerprint::take(*run.document.version(), 1'000, {{800}, 10});
    run.document.edited().changes().setFingerprint(2, *print);
    run.document.feed().fingerprint(2, *print);
    QVERIFY(run.write().ok());
    QVERIFY(run.writer.beginFlush(run.plan({1})).ok());
    QByteArray torn = TestFolder::read(run.file);
    torn.replace(100, 5, someBytes(10, 5).first(5));
    folder.write("file", torn);
    const Recovery recovery(run.writer.path(), run.file);
    QCOMPARE(recovery.decision.outcome, FlushOutcome::Unknown);
    const std::vector<ChangeFit> fits =
        fit(recovery.edits, recovery.version.get(), *recovery.version->file()->currentInfo());
    QCOMPARE(fits.size(), std::size_t{2});
    QCOMPARE(fits[0].fit, Fit::CannotTell);
    QCOMPARE(fits[0].reason, FitReason::FlushUndecided);
    QCOMPARE(fits[1].fit, Fit::Fits);
    QCOMPARE(fits[1].reason, FitReason::BytesUnchanged);
}

/// What the flush writes over and the user takes back meanwhile stands nowhere but in the log.
void EditLogFlushTest::oldContentBroughtBackIsThere() {
    const TestFolder folder;
    Run run(systemFileSystem(), folder, someBytes(1'000));
    LoggedDocument& document = run.document;
    QVERIFY(document.replace({100, 50}, {document.typed(someBytes(50, 5))}));
    QVERIFY(run.write().ok());
    const FlushPlan plan = run.plan({1});
    QVERIFY(run.writer.beginFlush(plan).ok());
    document.revert(1);
    QVERIFY(run.write().ok());
    const QByteArray shown = contentOf(document.snapshot());
    QVERIFY(writeFile(systemFileSystem(), run.file, plan, document.edited().base()).ok());
    const Recovery recovery(run.writer.path(), run.file);
    QCOMPARE(recovery.decision.outcome, FlushOutcome::NewContent);
    QCOMPARE(contentOf(recovery.edits.snapshot()), shown);
    const std::vector<Change> changes = recovery.edits.snapshot().changeSet();
    QCOMPARE(changes.size(), std::size_t{1});
    QVERIFY(recovery.edits.facts().changes.contains(changes[0].id));
    QCOMPARE(recovery.edits.facts().lastChange, changes[0].id);
}

void EditLogFlushTest::fingerprintsMoveAlong() {
    const TestFolder folder;
    Run run(systemFileSystem(), folder, someBytes(1'000));
    LoggedDocument& document = run.document;
    QVERIFY(document.replace({100, 10}, {document.typed("longer than ten bytes")}));
    QVERIFY(document.replace({140, 10}, {document.typed("close by")}));
    QVERIFY(document.replace({600, 10}, {document.typed("far away")}));
    for (const Change& change : document.snapshot().changes()) {
        const auto print = Fingerprint::take(*document.version(), 1'000, change.before);
        document.edited().changes().setFingerprint(change.id, *print);
        document.feed().fingerprint(change.id, *print);
    }
    QVERIFY(run.write().ok());
    const FlushPlan plan = run.plan({1});
    QVERIFY(run.writer.beginFlush(plan).ok());
    QVERIFY(writeFile(systemFileSystem(), run.file, plan, document.edited().base()).ok());
    const Recovery recovery(run.writer.path(), run.file);
    QCOMPARE(recovery.decision.outcome, FlushOutcome::NewContent);
    const std::vector<ChangeFit> fits =
        fit(recovery.edits, recovery.version.get(), *recovery.version->file()->currentInfo());
    QCOMPARE(fits.size(), std::size_t{2});
    // What the flush wrote stands in the margin of the one: nobody has looked at that.
    QCOMPARE(fits[0].reason, FitReason::NotLookedAt);
    QCOMPARE(fits[1].reason, FitReason::BytesUnchanged);
}

void EditLogFlushTest::aLateEndIsWritten() {
    FaultFileSystem disk;
    const TestFolder folder;
    Run run(disk, folder, "0123456789");
    LoggedDocument& document = run.document;
    QVERIFY(document.replace({2, 2}, {document.typed("ab")}));
    QVERIFY(run.write().ok());
    const FlushPlan plan = run.plan({1});
    QVERIFY(run.writer.beginFlush(plan).ok());
    disk.setPlan({.failAt = 1, .failCount = 1});
    QVERIFY(!run.writer.endFlush(plan.id, false, *systemFileSystem().info(run.file)).ok());
    QVERIFY(run.writer.isBehind());
    disk.setPlan({});
    QVERIFY(document.replace({8, 1}, {document.typed("c")}));
    QVERIFY(run.write().ok());
    QVERIFY(!run.writer.isBehind());
    const Recovery recovery(run.writer.path(), run.file);
    QVERIFY(recovery.edits.openFlush() == nullptr);
    QCOMPARE(contentOf(recovery.edits.snapshot()), QByteArray("01ab4567c9"));
}

void EditLogFlushTest::noSecondFlushBeforeANewLog() {
    const TestFolder folder;
    Run run(systemFileSystem(), folder, "0123456789");
    QVERIFY(run.document.replace({2, 2}, {run.document.typed("ab")}));
    QVERIFY(run.write().ok());
    QVERIFY(run.writer.beginFlush(run.plan({1})).ok());
    QVERIFY(run.writer.endFlush(7, true, *systemFileSystem().info(run.file)).ok());
    QVERIFY(!run.writer.beginFlush(run.plan({1})).ok());
    run.document.resetLog();
    QVERIFY(run.write().ok());
    QVERIFY(run.writer.beginFlush(run.plan({1})).ok());
    // One that failed leaves everything as it was.
    QVERIFY(run.writer.endFlush(7, false, *systemFileSystem().info(run.file)).ok());
    QVERIFY(run.writer.beginFlush(run.plan({1})).ok());
}

QTEST_GUILESS_MAIN(EditLogFlushTest)
#include "edit_log_flush_test.moc"
