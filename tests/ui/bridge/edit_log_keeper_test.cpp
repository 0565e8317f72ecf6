#include "core/document/recovered_edits.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/ui/bridge/held_file_system.h"
#include "ui/bridge/edit_log_keeper.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <cerrno>
#include <memory>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::Offset;
using octavo::test::HeldFileSystem;
using octavo::test::TestFolder;
using ui::EditLogKeeper;
using ui::EditorDocument;

namespace {

constexpr std::chrono::seconds kLong{20};

/// An open file with its log.
struct Fixture {
    explicit Fixture(const QByteArray& content = "0123456789")
        : path(folder.write("file", content)), disk(folder.path("edits/")) {
        open();
    }
    ~Fixture() {
        disk.gate().open();
        editor.reset();
        ui::Job::waitAllIdle(kLong);  // the disk has to outlive what writes to it
    }

    void open() {
        editor = std::make_unique<EditorDocument>(Document::open(disk, path).value());
        editor->keepSafe(disk, folder.path("edits"));
    }
    Document& document() { return editor->document(); }
    EditLogKeeper& keeper() { return *editor->editLog(); }
    void type(Offset at, core::Byte byte) { QVERIFY(document().overwrite(at, Bytes{byte})); }

    /// Whole ones: a log that is begun anew is made aside.
    QStringList logs() const {
        return QDir(QString::fromStdString(folder.path("edits")))
            .entryList({QStringLiteral("*.log")}, QDir::Files);
    }
    /// What a start would find, were this run gone. Nothing where there is not one whole log.
    std::shared_ptr<core::RecoveredEdits> logged() {
        if (logs().size() != 1) {
            return nullptr;
        }
        const std::string log = folder.path("edits") + '/' + logs()[0].toStdString();
        core::Result<core::RecoveredEdits> edits = readEditLog(core::systemFileSystem(), log);
        return edits ? std::make_shared<core::RecoveredEdits>(*std::move(edits)) : nullptr;
    }
    /// True where the log says exactly what the document shows.
    bool isLogged() {
        const auto edits = logged();
        return edits && edits->snapshot().length() == document().length() &&
               contentOf(edits->snapshot()) == contentOf(document().snapshot());
    }
    bool flush() {
        const auto save = document().prepareFlush();
        if (!save) {
            return false;
        }
        const auto work = editor->work(*save);
        editor->noteStateChanged();
        bool succeeded = false;
        bool ended = false;
        ui::Job::start(
            QString(), [work](core::Progress& progress) { return work(progress).ok(); },
            editor.get(),
            [&](bool ok) {
                editor->finishFlush(**save);
                succeeded = ok;
                ended = true;
            });
        return QTest::qWaitFor([&] { return ended; }, octavo::test::kPatienceMs) && succeeded;
    }

    static QByteArray contentOf(const core::Snapshot& snapshot) {
        Bytes bytes(static_cast<std::size_t>(snapshot.length()));
        snapshot.read(0, bytes);
        return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
    }

    TestFolder folder;
    std::string path;
    HeldFileSystem disk;
    std::unique_ptr<EditorDocument> editor;
};

}  // namespace

class EditLogKeeperTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { QVERIFY(ui::Job::waitAllIdle(kLong)); }
    void editsAreLoggedWithinASecond();
    void withoutEditsThereIsNoLog();
    void goesWhenNothingIsPending_data();
    void goesWhenNothingIsPending();
    void namesAndFingerprintsAreLogged();
    void goesWhenTheDocumentIsClosed();
    void staysWhereTheClosingLeavesAFlush();
    void typingGoesOnWhileTheDiskHangs();
    void aFailureIsToldOnceAndTriedAgain();
    void flushesAreBracketed();
    void aLogThatCannotBeWrittenDoesNotStopAFlush();
    void whatWasRecoveredTakesThePlaceOfTheOldLog();
    void writeThroughKeepsNoLog();
};

void EditLogKeeperTest::editsAreLoggedWithinASecond() {
    static_assert(EditLogKeeper::kWriteAfterMs <= 500);
    Fixture fixture;
    fixture.type(3, 'X');
    QVERIFY(fixture.logs().isEmpty());
    QTRY_VERIFY(fixture.isLogged());
    // Typing that never pauses does not put it off.
    for (int i = 0; i < 30; ++i) {
        QVERIFY(fixture.document().insert(0, Bytes{core::Byte(i)}));
        QTest::qWait(50);
        if (fixture.logged() && fixture.logged()->snapshot().length() > 10) {
            break;
        }
    }
    QVERIFY(fixture.logged()->snapshot().length() > 10);
    QTRY_VERIFY(fixture.isLogged());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther |
                                      QFile::WriteOther | QFile::ExeOther;
    const QString log = QString::fromStdString(fixture.folder.path("edits/")) + fixture.logs()[0];
    QVERIFY(!(QFile::permissions(log) & others));
}

void EditLogKeeperTest::withoutEditsThereIsNoLog() {
    Fixture fixture;
    fixture.editor->noteStateChanged();
    QTest::qWait(2 * EditLogKeeper::kWriteAfterMs);
    QCOMPARE(fixture.disk.writes(), 0);
    fixture.editor.reset();
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QVERIFY(!QDir(QString::fromStdString(fixture.folder.path("edits"))).exists());
}

void EditLogKeeperTest::goesWhenNothingIsPending_data() {
    QTest::addColumn<QString>("how");
    for (const char* how : {"undo", "revert", "typed back", "flush"}) {
        QTest::newRow(how) << how;
    }
}

void EditLogKeeperTest::goesWhenNothingIsPending() {
    QFETCH(QString, how);
    Fixture fixture;
    fixture.type(3, 'X');
    QTRY_VERIFY(fixture.isLogged());
    if (how == "undo") {
        QVERIFY(fixture.document().undo());
    } else if (how == "revert") {
        QVERIFY(fixture.document().revert());
    } else if (how == "typed back") {
        fixture.type(3, '3');  // a worker finds out that it is what the file holds
    } else {
        QVERIFY(fixture.flush());
        QCOMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    }
    QTRY_VERIFY(fixture.logs().isEmpty());
    fixture.type(4, 'Y');
    QTRY_VERIFY(fixture.isLogged());
}

void EditLogKeeperTest::namesAndFingerprintsAreLogged() {
    Fixture fixture;
    fixture.type(3, 'X');
    const core::ChangeId id = fixture.document().changes()[0].id;
    QVERIFY(fixture.document().setChangeName(id, "the third"));
    QTRY_VERIFY(fixture.logged() && fixture.logged()->facts().fingerprints.contains(id));
    QCOMPARE(fixture.logged()->facts().names.at(id), std::string("the third"));
}

void EditLogKeeperTest::goesWhenTheDocumentIsClosed() {
    Fixture fixture;
    fixture.type(3, 'X');
    QTRY_VERIFY(fixture.isLogged());
    fixture.type(4, 'Y');  // and is not written any more
    fixture.editor.reset();
    QTRY_VERIFY(fixture.logs().isEmpty());
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QVERIFY(fixture.logs().isEmpty());
}

void EditLogKeeperTest::staysWhereTheClosingLeavesAFlush() {
    Fixture fixture;
    fixture.type(3, 'X');
    QTRY_VERIFY(fixture.isLogged());
    const auto save = fixture.document().prepareFlush();
    QVERIFY(save);
    fixture.editor.reset();
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QCOMPARE(fixture.logs().size(), 1);
    QVERIFY(!fixture.logged()->isEmpty());
}

void EditLogKeeperTest::typingGoesOnWhileTheDiskHangs() {
    Fixture fixture;
    fixture.disk.gate().close();
    fixture.type(3, 'X');
    QTRY_COMPARE(fixture.disk.gate().waiting(), 1);
    for (Offset at = 4; at < 8; ++at) {
        fixture.type(at, 'Y');
        QTest::qWait(EditLogKeeper::kWriteAfterMs / 2);
    }
    // One writer waits, not one for each edit.
    QCOMPARE(fixture.disk.gate().waiting(), 1);
    fixture.disk.gate().open();
    QTRY_VERIFY(fixture.isLogged());
    // Nor is there anything to wait for at the end.
    fixture.disk.gate().close();
    fixture.type(8, 'Z');
    QTRY_COMPARE(fixture.disk.gate().waiting(), 1);
    fixture.editor.reset();
    fixture.disk.gate().open();
    QTRY_VERIFY(fixture.logs().isEmpty());
}

void EditLogKeeperTest::aFailureIsToldOnceAndTriedAgain() {
    Fixture fixture;
    QSignalSpy failed(&fixture.keeper(), &EditLogKeeper::failed);
    QSignalSpy works(&fixture.keeper(), &EditLogKeeper::worksAgain);
    fixture.disk.fail(ENOSPC);
    fixture.type(3, 'X');
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<core::Error>().systemError, ENOSPC);
    fixture.type(4, 'Y');
    const int writes = fixture.disk.writes();
    QTRY_VERIFY(fixture.disk.writes() > writes);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(works.count(), 0);
    QVERIFY(fixture.logs().isEmpty());
    fixture.disk.fail(0);
    // Without another edit.
    QTRY_COMPARE_WITH_TIMEOUT(works.count(), 1, 4 * EditLogKeeper::kRetryMs);
    QVERIFY(fixture.isLogged());
}

void EditLogKeeperTest::flushesAreBracketed() {
    Fixture fixture;
    HeldFileSystem disk(fixture.path);
    const auto tidy = qScopeGuard([&] {
        disk.gate().open();
        fixture.editor.reset();
        ui::Job::waitAllIdle(kLong);
    });
    fixture.editor = std::make_unique<EditorDocument>(Document::open(disk, fixture.path).value());
    fixture.editor->keepSafe(disk, fixture.folder.path("edits"));
    fixture.type(3, 'X');
    QTRY_VERIFY(fixture.isLogged());
    fixture.type(5, 'Y');  // not written yet when the flush begins
    disk.gate().close();
    const auto save = fixture.document().prepareFlush();
    QVERIFY(save);
    bool ended = false;
    ui::Job::start(
        QString(),
        [work = fixture.editor->work(*save)](core::Progress& progress) {
            return work(progress).ok();
        },
        fixture.editor.get(), [&](bool) { ended = true; });
    QTRY_COMPARE(disk.gate().waiting(), 1);
    // At the first write the log says what is about to happen, and to which changes.
    const auto begun = fixture.logged();
    QVERIFY(begun && begun->openFlush() != nullptr);
    QCOMPARE(begun->openFlush()->begin.changes.size(), std::size_t{2});
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("0123456789"));
    // What is typed meanwhile is logged beside it.
    fixture.type(7, 'Z');
    QTRY_COMPARE(Fixture::contentOf(fixture.logged()->snapshot()), QByteArray("012X4Y6Z89"));
    disk.gate().open();
    QTRY_VERIFY(ended);
    // Its end is known before the document knows.
    QVERIFY(fixture.logged()->openFlush() == nullptr);
    QCOMPARE(Fixture::contentOf(fixture.logged()->snapshot()), QByteArray("012X4Y6Z89"));
    QCOMPARE(fixture.logged()->snapshot().changes().size(), std::size_t{1});
    fixture.editor->finishFlush(**save);
    QTRY_VERIFY(fixture.isLogged());
    QCOMPARE(fixture.logged()->snapshot().changes().size(), std::size_t{1});
}

void EditLogKeeperTest::aLogThatCannotBeWrittenDoesNotStopAFlush() {
    Fixture fixture;
    fixture.type(3, 'X');
    QTRY_VERIFY(fixture.isLogged());
    fixture.type(4, 'Y');
    fixture.disk.fail(ENOSPC);
    QSignalSpy failed(&fixture.keeper(), &EditLogKeeper::failed);
    QVERIFY(fixture.flush());
    QCOMPARE(failed.count(), 1);
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("012XY56789"));
    // It could not have said what the file holds after a crash.
    QVERIFY(fixture.logs().isEmpty());
    fixture.type(5, 'Z');
    fixture.disk.fail(0);
    QTRY_VERIFY(fixture.isLogged());
    QCOMPARE(fixture.logged()->snapshot().changes().size(), std::size_t{1});
}

void EditLogKeeperTest::whatWasRecoveredTakesThePlaceOfTheOldLog() {
    Fixture fixture;
    fixture.type(3, 'X');
    fixture.type(6, 'Y');
    QTRY_VERIFY(fixture.isLogged());
    const QStringList old = fixture.logs();
    // As a crash leaves it.
    QVERIFY(fixture.document().prepareFlush());
    fixture.editor.reset();
    QVERIFY(ui::Job::waitAllIdle(kLong));

    fixture.open();
    std::vector<core::FoundLog> found =
        core::findEditLogs(fixture.disk, fixture.folder.path("edits")).value();
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].isLeftBehind());
    const auto edits = fixture.logged();
    std::vector<core::ChangeId> ids;
    for (const core::Change& change : edits->snapshot().changes()) {
        ids.push_back(change.id);
    }
    QCOMPARE(ids.size(), std::size_t{2});
    QVERIFY(fixture.keeper().recover(*edits, ids, std::move(found[0])));
    found.clear();
    QCOMPARE(Fixture::contentOf(fixture.document().snapshot()), QByteArray("012X45Y789"));
    // The old log says the same already; the new one lies beside it until it takes its place.
    QVERIFY(ui::Job::waitAllIdle(kLong));
    QVERIFY(fixture.isLogged());
    QCOMPARE(fixture.logs(), old);
    QVERIFY(fixture.flush());
    QTRY_VERIFY(fixture.logs().isEmpty());
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("012X45Y789"));
}

void EditLogKeeperTest::writeThroughKeepsNoLog() {
    Fixture fixture;
    QVERIFY(fixture.document().setAccessMode(core::AccessMode::WriteThrough));
    fixture.editor->noteStateChanged();
    fixture.type(3, 'X');
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    QTest::qWait(2 * EditLogKeeper::kWriteAfterMs);
    QCOMPARE(fixture.disk.writes(), 0);
    QVERIFY(fixture.document().setAccessMode(core::AccessMode::Preview));
    fixture.editor->noteStateChanged();
    fixture.type(4, 'Y');
    QTRY_VERIFY(fixture.isLogged());
    QCOMPARE(fixture.logged()->snapshot().changes().size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(EditLogKeeperTest)
#include "edit_log_keeper_test.moc"
