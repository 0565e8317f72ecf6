#include "core/document/document.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/job.h"
#include "ui/bridge/outside_review.h"

#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace octavo;
using core::Bytes;
using core::Document;
using core::FileEvent;
using core::Offset;
using octavo::test::TestFolder;
using ui::EditorDocument;
using ui::OutsideFindings;
using ui::OutsideReview;

namespace {

/// As another program does it.
void writeInto(const std::string& path, Offset at, const QByteArray& bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    QVERIFY(file >= 0);
    QCOMPARE(::pwrite(file, bytes.constData(), std::size_t(bytes.size()), at), bytes.size());
    ::close(file);
}

QByteArray contentOf(const Document& document) {
    Bytes bytes(static_cast<std::size_t>(document.length()));
    document.snapshot().read(0, bytes);
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

core::Status flush(EditorDocument& editor) {
    const auto save = editor.document().prepareFlush();
    if (!save) {
        return save.error();
    }
    core::Progress progress;
    const core::Status status = editor.work(*save)(progress);
    editor.finishFlush(**save);
    return status;
}

/// A file of 1000 dots in which 10 and 500 were overwritten, both looked at.
struct Fixture {
    Fixture() {
        QVERIFY(document().overwrite(10, Bytes{'X'}));
        QVERIFY(document().overwrite(500, Bytes{'Y'}));
        // The changes have to be known before the other program comes.
        const auto review = document().prepareReview();
        core::Progress progress;
        QVERIFY(review->run(progress));
        document().finishReview(*review);
        QObject::connect(&editor.outside(), &OutsideReview::found, &editor,
                         [this](const OutsideFindings& findings) { found = findings; });
    }
    Document& document() { return editor.document(); }
    bool isFound() const { return found.event != FileEvent::None; }

    TestFolder folder;
    std::string path = folder.write("file", QByteArray(1000, '.'));
    EditorDocument editor{Document::open(core::systemFileSystem(), path).value()};
    OutsideFindings found;
};

}  // namespace

class OutsideReviewTest : public QObject {
    Q_OBJECT

private slots:
    void writesElsewhereAreSettled();
    void writesIntoAChangeAreAsked_data();
    void writesIntoAChangeAreAsked();
    void changesNobodyLookedAtAreAskedToo();
    void appendedBytesJoinTheDocument();
    void appendedWhileAFlushRuns();
    void aFlushThatWroteAllTheSameFindsWhatWasAppended();
    void theGraverThingIsNotSettled();
    void theSameBytesEndTheChange();
};

void OutsideReviewTest::writesElsewhereAreSettled() {
    Fixture fixture;
    writeInto(fixture.path, 800, "other");
    QTRY_VERIFY(fixture.isFound());
    QVERIFY(fixture.found.isSettled);
    QCOMPARE(fixture.found.changes, std::size_t{2});
    QVERIFY(fixture.found.touched.empty());
    // Nobody has to be asked at the flush.
    QVERIFY(flush(fixture.editor));
    QByteArray expected(1000, '.');
    expected.replace(800, 5, "other").replace(10, 1, "X").replace(500, 1, "Y");
    QCOMPARE(TestFolder::read(fixture.path), expected);
}

void OutsideReviewTest::writesIntoAChangeAreAsked_data() {
    QTest::addColumn<bool>("keepMine");
    QTest::newRow("keep mine") << true;
    QTest::newRow("take theirs") << false;
}

void OutsideReviewTest::writesIntoAChangeAreAsked() {
    QFETCH(bool, keepMine);
    Fixture fixture;
    writeInto(fixture.path, 8, "theirs");
    QTRY_VERIFY(fixture.isFound());
    QVERIFY(!fixture.found.isSettled);
    QVERIFY(fixture.found.isCertain);
    QCOMPARE(fixture.found.touched,
             std::vector<core::ChangeId>{fixture.document().changes()[0].id});
    // Until it is answered a flush refuses.
    const core::Status refused = flush(fixture.editor);
    QVERIFY(!refused && refused.error().code == core::ErrorCode::ChangedOutside);
    // That was an end of a flush: the question is put again when it is seen again.
    fixture.found = {};
    fixture.editor.outside().look(FileEvent::Written);
    QTRY_VERIFY(fixture.isFound());

    QByteArray expected(1000, '.');
    expected.replace(8, 6, "theirs").replace(500, 1, "Y");
    if (keepMine) {
        fixture.editor.outside().keepMine();
        expected.replace(10, 1, "X");
    } else {
        QVERIFY(fixture.editor.outside().takeTheirs());
    }
    QCOMPARE(fixture.document().pending().changes, std::size_t(keepMine ? 2 : 1));
    QCOMPARE(contentOf(fixture.document()), expected);
    QVERIFY(flush(fixture.editor));
    QCOMPARE(TestFolder::read(fixture.path), expected);
    // Once answered, no more.
    fixture.editor.outside().keepMine();
    QVERIFY(fixture.editor.outside().takeTheirs());
    QCOMPARE(contentOf(fixture.document()), expected);
}

void OutsideReviewTest::changesNobodyLookedAtAreAskedToo() {
    Fixture fixture;
    QVERIFY(fixture.document().overwrite(700, Bytes{'Z'}));
    writeInto(fixture.path, 900, "other");
    fixture.editor.outside().look(FileEvent::Written);
    QTRY_VERIFY(fixture.isFound());
    QCOMPARE(fixture.found.touched.size(), std::size_t{1});
    QVERIFY(!fixture.found.isCertain);
    QVERIFY(!fixture.found.isSettled);
}

void OutsideReviewTest::appendedBytesJoinTheDocument() {
    Fixture fixture;
    QVERIFY(fixture.document().insert(0, Bytes{'I'}));
    for (int i = 0; i < 2; ++i) {
        fixture.found = {};
        writeInto(fixture.path, 1000 + 4 * i, "more");
        QTRY_VERIFY(fixture.isFound());
        QCOMPARE(fixture.found.event, FileEvent::Appended);
        QVERIFY(fixture.found.isSettled);
        QCOMPARE(fixture.found.added, Offset{4});
    }
    QCOMPARE(fixture.document().length(), Offset{1009});
    QVERIFY(contentOf(fixture.document()).startsWith("I........"));
    QVERIFY(contentOf(fixture.document()).endsWith("..moremore"));
    QVERIFY(fixture.document().undo());
    QVERIFY(flush(fixture.editor));
    QVERIFY(TestFolder::read(fixture.path).endsWith("moremore"));
}

void OutsideReviewTest::appendedWhileAFlushRuns() {
    Fixture fixture;
    const auto save = fixture.document().prepareFlush();
    QVERIFY(save);
    core::Progress progress;
    QVERIFY((*save)->run(progress));
    writeInto(fixture.path, 1000, "more");
    fixture.editor.outside().look(FileEvent::Appended);
    QTest::qWait(50);
    QVERIFY(!fixture.isFound());
    fixture.editor.finishFlush(**save);
    QTRY_VERIFY(fixture.isFound());
    QCOMPARE(fixture.document().length(), Offset{1004});
    QVERIFY(!fixture.document().isModified());
}

void OutsideReviewTest::aFlushThatWroteAllTheSameFindsWhatWasAppended() {
    Fixture fixture;
    writeInto(fixture.path, 1000, "more");
    const auto save = fixture.document().prepareFlush({.evenIfChangedOutside = true});
    QVERIFY(save);
    core::Progress progress;
    QVERIFY((*save)->run(progress));
    fixture.editor.finishFlush(**save);
    QTRY_COMPARE(fixture.document().length(), Offset{1004});
}

void OutsideReviewTest::theGraverThingIsNotSettled() {
    Fixture fixture;
    QVERIFY(QFile::resize(QString::fromStdString(fixture.path), 600));
    QTRY_COMPARE(fixture.document().outsideEvent(), FileEvent::Truncated);
    writeInto(fixture.path, 590, "theirs");
    fixture.editor.outside().look(FileEvent::Written);
    QTRY_VERIFY(fixture.isFound());
    QVERIFY(!fixture.found.isSettled);
    QVERIFY(!flush(fixture.editor));
}

void OutsideReviewTest::theSameBytesEndTheChange() {
    Fixture fixture;
    writeInto(fixture.path, 10, "X");
    QTRY_VERIFY(fixture.isFound());
    QVERIFY(fixture.found.isSettled);
    QCOMPARE(fixture.document().pending().changes, std::size_t{1});
}

QTEST_GUILESS_MAIN(OutsideReviewTest)
#include "outside_review_test.moc"
