#include "core/document/document.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/bridge/change_reviewer.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"

#include <QSignalSpy>
#include <QTest>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::Extent;
using core::Offset;
using octavo::test::Gate;
using octavo::test::GatedFileSystem;
using octavo::test::TestFolder;
using ui::EditorDocument;

class ChangeReviewerTest : public QObject {
    Q_OBJECT

private slots:
    void typingTheOldValueBackEndsTheChange();
    void moreThanOneLookTakesIsLookedAtInTheEnd();
    void typingGoesOnWhileTheDiskHangs();
    void aReviewDiesWithItsDocument();
};

void ChangeReviewerTest::typingTheOldValueBackEndsTheChange() {
    const TestFolder folder;
    EditorDocument editor(
        Document::open(core::systemFileSystem(), folder.write("file", "0123456789")).value());
    Document& document = editor.document();
    QVERIFY(document.overwrite(3, Bytes{'X'}));
    QVERIFY(document.overwrite(6, Bytes{'Y'}));
    QVERIFY(document.overwrite(3, Bytes{'3'}));
    QCOMPARE(document.pending().changes, std::size_t{2});
    QSignalSpy changed(&editor, &EditorDocument::contentChanged);
    QTRY_COMPARE(document.pending().changes, std::size_t{1});
    QCOMPARE(document.changes()[0].now, (Extent{6, 1}));
    // Views are told which bytes are no change any more.
    QCOMPARE(changed.count(), 1);
}

void ChangeReviewerTest::moreThanOneLookTakesIsLookedAtInTheEnd() {
    constexpr Offset kChanges = 10'000;  // more than one look takes
    const TestFolder folder;
    EditorDocument editor(Document::open(core::systemFileSystem(),
                                         folder.write("file", QByteArray(2 * kChanges, 'o')))
                              .value());
    Document& document = editor.document();
    for (Offset i = 0; i < kChanges; ++i) {
        QVERIFY(document.overwrite(2 * i, Bytes{i % 2 == 0 ? core::Byte{'o'} : core::Byte{'X'}}));
    }
    QTRY_COMPARE(document.pending().changes, std::size_t{kChanges / 2});
}

void ChangeReviewerTest::typingGoesOnWhileTheDiskHangs() {
    const TestFolder folder;
    const auto gate = std::make_shared<Gate>();
    GatedFileSystem disk(gate);
    EditorDocument editor(Document::open(disk, folder.write("file", "0123456789")).value());
    Document& document = editor.document();
    gate->close();
    QVERIFY(document.overwrite(3, Bytes{'3'}));
    QTRY_COMPARE(gate->waiting(), 1);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(document.overwrite(4, Bytes{core::Byte('a' + i)}));
        QTest::qWait(2 * ui::ChangeReviewer::kPauseMs);
    }
    QCOMPARE(gate->waiting(), 1);
    QCOMPARE(document.pending().changes, std::size_t{2});
    gate->open();
    QTRY_COMPARE(document.pending().changes, std::size_t{1});
}

void ChangeReviewerTest::aReviewDiesWithItsDocument() {
    const TestFolder folder;
    const auto gate = std::make_shared<Gate>();
    GatedFileSystem disk(gate);
    auto editor = std::make_unique<EditorDocument>(
        Document::open(disk, folder.write("file", "0123456789")).value());
    gate->close();
    QVERIFY(editor->document().overwrite(3, Bytes{'3'}));
    QTRY_COMPARE(gate->waiting(), 1);
    editor.reset();
    gate->open();
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds{20}));
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(ChangeReviewerTest)
#include "change_reviewer_test.moc"
