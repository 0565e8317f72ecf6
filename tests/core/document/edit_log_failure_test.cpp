// An edit log over a disk that fails: it is whole, and what it lacks is made up for.
#include "core/content/memory_source.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/edit_state.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <cerrno>
#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// Two files to paste from, and the numbers of their sources in `document`.
std::vector<std::pair<SourceId, Offset>> addSources(LoggedDocument& document,
                                                    const TestFolder& folder) {
    const std::string path = folder.write("other", someBytes(5'000, 7));
    const QByteArray bytes = someBytes(300, 8);
    return {{document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path))),
             5'000},
            {document.addSource(std::make_shared<MemorySource>(Bytes(bytes.begin(), bytes.end()))),
             300}};
}

std::vector<std::string> logsIn(const std::string& folder) {
    const Result<std::vector<std::string>> names = systemFileSystem().list(folder);
    return names ? *names : std::vector<std::string>();
}

}  // namespace

class EditLogFailureTest : public QObject {
    Q_OBJECT

private slots:
    void survivesEveryFailure_data();
    void survivesEveryFailure();
    void tellsAFullDiskOnce();
};

void EditLogFailureTest::survivesEveryFailure_data() {
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("killed there") << false;
    QTest::newRow("fails once, then goes on") << true;
}

void EditLogFailureTest::survivesEveryFailure() {
    QFETCH(bool, goesOn);
    for (const std::uint64_t seed : testSeeds()) {
        for (int failAt = 1;; ++failAt) {
            std::mt19937_64 engine(seed);
            FaultFileSystem disk;
            const TestFolder folder;
            LoggedDocument document(folder.write("file", someBytes(500)));
            const auto others = addSources(document, folder);
            EditLogWriter writer(disk, folder.path("edits"),
                                 {.mostCopied = 100, .leastRewritten = 600});
            disk.setPlan({.failAt = failAt, .failCount = goesOn ? 1 : 1'000'000});
            std::vector<EditState> states{stateOf(document)};
            bool failed = false;
            for (int batch = 0; batch < 15; ++batch) {
                for (std::uint64_t edits = 1 + engine() % 6; edits > 0; --edits)
                    document.editAtRandom(engine, others);
                if (batch == 9)
                    document.resetLog();
                std::optional<EditLogBatch> taken = document.feed().take(document.snapshot());
                if (!taken)
                    continue;
                const Status status = writer.write(*std::move(taken));
                states.push_back(stateOf(document));
                failed = failed || !status || writer.isBehind();
                if (failed && !goesOn)
                    break;
                if (status && !writer.isBehind())
                    states = {states.back()};
            }
            const int calls = disk.calls();
            disk.setPlan({});
            if (goesOn) {
                // What was missed is made up for.
                document.describeAtRandom(1, engine);
                QVERIFY(writer.write(document.take()).ok());
                QVERIFY(!writer.isBehind());
                states = {stateOf(document)};
            }
            const auto logs = logsIn(folder.path("edits"));
            QByteArray found = "no log";
            bool isOne = false;
            if (logs.empty() || (logs.size() == 1 && logs[0].ends_with(".new"))) {
                isOne = std::ranges::any_of(
                    states, [](const EditState& state) { return state.changes.empty(); });
            } else {
                const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
                QVERIFY2(edits.ok(), edits.ok() ? "" : edits.error().message().c_str());
                const EditState state = stateOf(*edits);
                isOne = std::ranges::find(states, state) != states.end();
                found =
                    difference(state, states.front()) + " and " + difference(state, states.back());
            }
            QVERIFY2(isOne, (found + " failing at " + QByteArray::number(failAt)).constData());
            if (failAt > calls)
                break;
        }
    }
}

void EditLogFailureTest::tellsAFullDiskOnce() {
    FaultFileSystem disk;
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    EditLogWriter writer(disk, folder.path("edits"));
    QVERIFY(document.replace({1, 1}, {document.typed("a")}));
    QVERIFY(writer.write(document.take()).ok());
    const EditState before = stateOf(document);
    disk.setPlan({.failAt = 1, .failCount = 1'000'000});
    for (int i = 0; i < 3; ++i) {
        QVERIFY(document.replace({10 + i, 1}, {document.typed("bcd")}));
        const Status status = writer.write(document.take());
        QCOMPARE(status.ok(), i > 0);
        if (!status)
            QCOMPARE(status.error().systemError, ENOSPC);
        QVERIFY(writer.isBehind());
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(difference(stateOf(*edits), before), QByteArray());
    }
    disk.setPlan({});
    QVERIFY(document.replace({100, 1}, {document.typed("e")}));
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(!writer.isBehind());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
    // And a new failure is told anew.
    disk.setPlan({.failAt = 1, .failCount = 1'000'000});
    QVERIFY(document.replace({100, 1}, {document.typed("f")}));
    QVERIFY(!writer.write(document.take()).ok());
}

QTEST_GUILESS_MAIN(EditLogFailureTest)
#include "edit_log_failure_test.moc"
