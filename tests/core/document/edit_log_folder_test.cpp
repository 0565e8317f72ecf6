// Where edit logs are, who may read them, and whose they are.
#include "core/document/edit_log_folder.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/edit_state.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <memory>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::vector<std::string> logsIn(const std::string& folder) {
    const Result<std::vector<std::string>> names = systemFileSystem().list(folder);
    return names ? *names : std::vector<std::string>();
}

}  // namespace

class EditLogFolderTest : public QObject {
    Q_OBJECT

private slots:
    void isPrivate();
    void tellsLivingFromDead();
    void isTakenOver();
    void removesWhatIsHalfMade();
};

void EditLogFolderTest::isPrivate() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string state = folder.path("state/octavo/edits");
    EditLogWriter writer(systemFileSystem(), state);
    QVERIFY(document.replace({10, 0}, {document.typed("x")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(systemFileSystem().info(state)->permissions, 0700U);
    QCOMPARE(systemFileSystem().info(folder.path("state"))->permissions, 0700U);
    QCOMPARE(systemFileSystem().info(writer.path())->permissions, 0600U);
    QVERIFY(writer.path().starts_with(state + '/'));

    qputenv("XDG_STATE_HOME", "/some/where");
    QCOMPARE(*recoveryFolder(), std::string("/some/where/octavo/edits"));
    qputenv("XDG_STATE_HOME", "relative");
    qputenv("HOME", "/home/me");
    QCOMPARE(*recoveryFolder(), std::string("/home/me/.local/state/octavo/edits"));
    qunsetenv("HOME");
    QVERIFY(!recoveryFolder().ok());
}

void EditLogFolderTest::tellsLivingFromDead() {
    const TestFolder folder;
    const std::string edits = folder.path("edits");
    const auto find = [&] { return *findEditLogs(systemFileSystem(), edits); };
    QVERIFY(find().empty());
    const std::string path = folder.write("file", someBytes(500));
    LoggedDocument document(path);
    auto writer = std::make_unique<EditLogWriter>(systemFileSystem(), edits);
    QVERIFY(document.replace({10, 0}, {document.typed("x")}));
    QVERIFY(writer->write(document.take()).ok());
    QVERIFY(systemFileSystem().makeFolder(edits + "/folder.log", 0700).ok());
    folder.write("edits/other.log", "not a log");
    folder.write("edits/note.txt", "nor this");
    std::vector<FoundLog> found = find();
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(!found[0].isLeftBehind());
    QCOMPARE(found[0].path, writer->path());
    QCOMPARE(found[0].base.file.path, path);
    QVERIFY(found[0].base.file.info.looksLike(*systemFileSystem().info(path)));
    QVERIFY(readEditLog(systemFileSystem(), writer->path()).ok());
    writer.reset();
    found = find();
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].isLeftBehind());
    // Claimed by who found it.
    QVERIFY(!find()[0].isLeftBehind());
    found.clear();
    QVERIFY(find()[0].isLeftBehind());
}

/// A log that was left behind is there until another says what it says.
void EditLogFolderTest::isTakenOver() {
    FaultFileSystem disk;
    const TestFolder folder;
    const std::string edits = folder.path("edits");
    const std::string path = folder.write("file", someBytes(500));
    {
        LoggedDocument document(path);
        EditLogWriter writer(systemFileSystem(), edits);
        QVERIFY(document.replace({10, 0}, {document.typed("x")}));
        QVERIFY(writer.write(document.take()).ok());
    }
    const auto found = [&] { return *findEditLogs(systemFileSystem(), edits); };
    for (const bool discards : {false, true}) {
        LoggedDocument document(path);
        EditLogWriter writer(disk, edits);
        QVERIFY(writer.write(document.take()).ok());  // nothing is pending yet
        QVERIFY(document.replace({10, 0}, {document.typed("x")}));
        writer.takeOver(found()[0]);
        disk.setPlan({.failAt = 1, .failCount = 1'000'000});
        QVERIFY(!writer.write(document.take()).ok());
        QCOMPARE(found().size(), std::size_t{1});
        disk.setPlan({});
        if (discards) {
            QVERIFY(writer.discard().ok());
            QVERIFY(found().empty());
            break;
        }
        QVERIFY(document.replace({100, 0}, {document.typed("y")}));
        QVERIFY(writer.write(document.take()).ok());
        QCOMPARE(found().size(), std::size_t{1});
        const Result<RecoveredEdits> now = readEditLog(systemFileSystem(), found()[0].path);
        QVERIFY(now.ok());
        QCOMPARE(difference(stateOf(*now), stateOf(document)), QByteArray());
    }
}

void EditLogFolderTest::removesWhatIsHalfMade() {
    const TestFolder folder;
    QVERIFY(systemFileSystem().makeFolder(folder.path("edits"), 0700).ok());
    const std::string left = folder.write("edits/1-2-3.log.new", "OctEd");
    const auto living =
        *EditLogFile::create(systemFileSystem(), folder.path("edits/4-5-6.log.new"));
    QVERIFY((*findEditLogs(systemFileSystem(), folder.path("edits"))).empty());
    QCOMPARE(logsIn(folder.path("edits")), std::vector<std::string>{"4-5-6.log.new"});
}

QTEST_GUILESS_MAIN(EditLogFolderTest)
#include "edit_log_folder_test.moc"
