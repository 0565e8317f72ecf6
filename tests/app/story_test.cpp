// Whole stories as a user lives them, each step checked on the bytes on the disk.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/changes/change_list.h"
#include "ui/changes/changes_panel.h"

using namespace octavo;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

class StoryTest : public QObject {
    Q_OBJECT

private slots:
    void findEditFlushUndoFlush();
    void typingInTheTextPane();
    void insertThenFlushAndSaveAs();
    void previewThenFlushWhatWasChosen();
};

void StoryTest::findEditFlushUndoFlush() {
    WindowFixture fixture;
    QByteArray original = test::someBytes(100'000);
    original.replace(54'321, 4, QByteArray::fromHex("cafebabe"));
    const std::string path = fixture.openNew("data.bin", original);
    QVERIFY(fixture.window->windowTitle().contains("data.bin"));
    QVERIFY(!fixture.window->isWindowModified());

    // Find.
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("CA FE ?? BE");
    fixture.key(Qt::Key_Return);
    QTRY_COMPARE(fixture.view().selection(), (core::Extent{54'321, 4}));
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.view().hasFocus());

    // Edit: two bytes over the match.
    fixture.view().setCaret(54'321);
    fixture.type("DEAD");
    QByteArray edited = original;
    edited.replace(54'321, 2, QByteArray::fromHex("dead"));
    QCOMPARE(fixture.content(), edited);
    QVERIFY(fixture.window->isWindowModified());
    QVERIFY2(fixture.status().contains("1 change pending, 2 bytes"), qPrintable(fixture.status()));
    // A preview is private.
    QCOMPARE(TestFolder::read(path), original);

    // Flush.
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), edited);
    QVERIFY(!fixture.window->isWindowModified());
    QVERIFY(fixture.status().contains("No changes"));

    // Undo past the flush: the old bytes are pending again, and can be flushed in turn.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content().mid(54'321, 2).toHex(), QByteArray("cafe"));
    QVERIFY(fixture.window->isWindowModified());
    QCOMPARE(TestFolder::read(path), edited);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), original);

    // And forwards again.
    fixture.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), edited);
}

void StoryTest::typingInTheTextPane() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("text.txt", "hello world");
    fixture.key(Qt::Key_Tab);
    fixture.type("HELLO");
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("HELLO world"));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("hello world"));
}

void StoryTest::insertThenFlushAndSaveAs() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", "0123456789");
    fixture.key(Qt::Key_Insert);
    QVERIFY(fixture.status().contains("Insert"));
    fixture.key(Qt::Key_Tab);
    fixture.type("xyz");
    QCOMPARE(fixture.content(), QByteArray("xyz0123456789"));

    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("xyz0123456789"));
    QVERIFY(!fixture.window->isWindowModified());
    // Undo goes back past it, onto a file that is another one now.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
    fixture.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fixture.content(), QByteArray("xyz0123456789"));
    QVERIFY(fixture.message("save").isEmpty());

    const std::string copy = fixture.folder.path("b.bin");
    fixture.dialogs.saveAnswer = copy;
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    fixture.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(TestFolder::read(copy), QByteArray("xyz0123456789"));
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
    QVERIFY(fixture.window->windowTitle().contains("b.bin"));
    QVERIFY(!fixture.window->isWindowModified());

    // From here on the new file is the one that is edited.
    fixture.key(Qt::Key_Insert);
    fixture.view().setCaret(0);
    fixture.type("X");
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(copy), QByteArray("Xyz0123456789"));
}

/// The keyboard does all of it.
void StoryTest::previewThenFlushWhatWasChosen() {
    WindowFixture fixture;
    QByteArray original = test::someBytes(100'000);
    original.replace(40'000, 6, "needle");
    original.replace(70'000, 6, "needle");
    const std::string path = fixture.openNew("data.bin", original);

    // Find both, and change both.
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("6E 65 65 64 6C 65");
    fixture.key(Qt::Key_Return);
    QTRY_COMPARE(fixture.view().selection(), (core::Extent{40'000, 6}));
    fixture.key(Qt::Key_Escape);
    fixture.view().setCaret(40'000);
    fixture.type("4E");
    fixture.key(Qt::Key_F3);
    QTRY_COMPARE(fixture.view().selection(), (core::Extent{70'000, 6}));
    fixture.view().setCaret(70'000);
    fixture.key(Qt::Key_Insert);
    fixture.type("2A2A");
    fixture.key(Qt::Key_Insert);
    QByteArray edited = original;
    edited.replace(40'000, 1, "N").insert(70'000, "**");
    QCOMPARE(fixture.content(), edited);

    // Preview: the original beside the edits, from change to change.
    fixture.key(Qt::Key_F4, Qt::ShiftModifier);
    QVERIFY(fixture.document().views().isComparing());
    fixture.key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(fixture.view().selection(), (core::Extent{70'000, 2}));
    fixture.key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(fixture.view().selection(), (core::Extent{40'000, 1}));
    fixture.key(Qt::Key_F4, Qt::ShiftModifier);

    // Switch the second off, and flush: only the first is written.
    fixture.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    const ui::ChangesPanel& panel = *fixture.document().changes().panel();
    QTRY_VERIFY(!panel.list()->isWorking());
    fixture.key(Qt::Key_End);
    fixture.key(Qt::Key_Space);
    QTRY_COMPARE(fixture.document().document().pending().switchedOff, std::size_t{1});
    const QByteArray first = QByteArray(original).replace(40'000, 1, "N");
    QCOMPARE(fixture.content(), first);
    QCOMPARE(TestFolder::read(path), original);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), first);

    // Undo goes past the flush: the switch, the insertion, the first change.
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.view().hasFocus());
    while (fixture.document().document().canUndo())
        fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), original);
    QCOMPARE(TestFolder::read(path), first);
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), original);
}

QTEST_MAIN(StoryTest)
#include "story_test.moc"
