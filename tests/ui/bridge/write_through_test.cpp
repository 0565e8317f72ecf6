#include "core/document/document.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/ui/bridge/held_file_system.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"
#include "ui/bridge/write_through.h"

#include <QSignalSpy>
#include <QTest>

#include <cerrno>

using namespace octavo;
using core::AccessMode;
using core::Bytes;
using core::Document;
using core::Offset;
using octavo::test::HeldFileSystem;
using octavo::test::TestFolder;
using ui::EditorDocument;
using ui::WriteThrough;

namespace {

struct Fixture {
    Fixture() {
        QVERIFY(document().setAccessMode(AccessMode::WriteThrough));
        editor.noteStateChanged();
    }
    ~Fixture() {
        disk.gate().open();
        ui::Job::waitAllIdle(std::chrono::seconds{20});
    }
    Document& document() { return editor.document(); }
    QByteArray shown() {
        Bytes bytes(static_cast<std::size_t>(document().length()));
        document().snapshot().read(0, bytes);
        return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
    }

    TestFolder folder;
    std::string path = folder.write("file", "0123456789");
    HeldFileSystem disk{path};
    EditorDocument editor{Document::open(disk, path).value()};
};

}  // namespace

class WriteThroughTest : public QObject {
    Q_OBJECT

private slots:
    void editsReachTheFileByThemselves();
    void undoWritesTheOldBytesBack();
    void editsDuringAWriteAreWrittenAfterIt();
    void aFailedWriteShowsTheOldBytes();
    void otherModesDoNotWrite();
    void afterACopyTheNewFileIsWritten();
};

void WriteThroughTest::editsReachTheFileByThemselves() {
    Fixture fixture;
    QVERIFY(fixture.document().overwrite(3, Bytes{'X'}));
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    QTRY_VERIFY(!fixture.document().isModified());
    QVERIFY(!fixture.document().insert(3, Bytes{'I'}));
    QVERIFY(!fixture.document().erase({3, 1}));
    QCOMPARE(fixture.shown(), QByteArray("012X456789"));
}

void WriteThroughTest::undoWritesTheOldBytesBack() {
    Fixture fixture;
    QVERIFY(fixture.document().overwrite(3, Bytes{'X'}));
    QVERIFY(fixture.document().overwrite(5, Bytes{'Y'}));
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X4Y6789"));
    QTRY_VERIFY(!fixture.document().isFlushing());
    QVERIFY(fixture.document().undo());
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    QVERIFY(fixture.document().undo());
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("0123456789"));
    QTRY_VERIFY(!fixture.document().isFlushing());
    QVERIFY(fixture.document().redo());
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    QTRY_VERIFY(!fixture.document().isFlushing());
}

void WriteThroughTest::editsDuringAWriteAreWrittenAfterIt() {
    Fixture fixture;
    QSignalSpy states(&fixture.editor, &EditorDocument::stateChanged);
    fixture.disk.gate().close();
    QVERIFY(fixture.document().overwrite(0, Bytes{'a'}));
    QTRY_COMPARE(fixture.disk.gate().waiting(), 1);
    QVERIFY(fixture.editor.writeThrough().isRunning());
    for (Offset at = 1; at < 6; ++at) {
        QVERIFY(fixture.document().overwrite(at, Bytes{core::Byte('a' + at)}));
    }
    QCOMPARE(fixture.shown(), QByteArray("abcdef6789"));
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("0123456789"));
    fixture.disk.gate().open();
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("abcdef6789"));
    QTRY_VERIFY(!fixture.editor.writeThrough().isRunning());
    QVERIFY(!fixture.document().isModified());
    QVERIFY(!states.isEmpty());
}

void WriteThroughTest::aFailedWriteShowsTheOldBytes() {
    Fixture fixture;
    QVERIFY(fixture.document().overwrite(3, Bytes{'X'}));
    QTRY_VERIFY(!fixture.document().isModified());
    QSignalSpy failed(&fixture.editor.writeThrough(), &WriteThrough::failed);
    fixture.disk.fail(ENOSPC);
    QVERIFY(fixture.document().overwrite(5, Bytes{'Y'}));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<core::Error>().systemError, ENOSPC);
    QCOMPARE(fixture.shown(), QByteArray("012X456789"));
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("012X456789"));
    QVERIFY(!fixture.document().isModified());
    fixture.disk.fail(0);
    QVERIFY(fixture.document().overwrite(6, Bytes{'Z'}));
    QTRY_COMPARE(TestFolder::read(fixture.path), QByteArray("012X45Z789"));
    QTRY_VERIFY(!fixture.document().isFlushing());
}

void WriteThroughTest::otherModesDoNotWrite() {
    Fixture fixture;
    QVERIFY(fixture.document().setAccessMode(AccessMode::Preview));
    fixture.editor.noteStateChanged();
    QVERIFY(fixture.document().overwrite(3, Bytes{'X'}));
    QTest::qWait(50);
    QCOMPARE(fixture.disk.writes(), 0);
    QVERIFY(fixture.document().isModified());
}

void WriteThroughTest::afterACopyTheNewFileIsWritten() {
    Fixture fixture;
    QVERIFY(fixture.document().beginCopy());
    fixture.editor.noteStateChanged();
    QVERIFY(fixture.document().overwrite(3, Bytes{'X'}));
    QTest::qWait(50);
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("0123456789"));
    const std::string copy = fixture.folder.write("copy", "0123456789");
    fixture.editor.finishCopy(core::MappedFile::open(fixture.disk, copy).value());
    QTRY_COMPARE(TestFolder::read(copy), QByteArray("012X456789"));
    QCOMPARE(TestFolder::read(fixture.path), QByteArray("0123456789"));
    QTRY_VERIFY(!fixture.document().isFlushing());
}

QTEST_GUILESS_MAIN(WriteThroughTest)
#include "write_through_test.moc"
