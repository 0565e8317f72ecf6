#include "core/base/progress.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/outside_watch.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

#include <fcntl.h>
#include <unistd.h>

using octavo::core::AccessMode;
using octavo::core::Bytes;
using octavo::core::Document;
using octavo::core::DocumentEvent;
using octavo::core::Error;
using octavo::core::Extent;
using octavo::core::FileEvent;
using octavo::core::Offset;
using octavo::core::Save;
using octavo::test::TestFolder;
using octavo::ui::EditorDocument;
using octavo::ui::OutsideWatch;

class EditorDocumentTest : public QObject {
    Q_OBJECT

private slots:
    void editsBecomeSignals();
    void stateFollowsContent();
    void refusalsAreWords();
    void seesAnotherProgramsChange();
    void takesItsOwnFlushForItsOwn();
    void freesTheDocumentInTheBackground();
};

namespace {

std::unique_ptr<Document> openFile(const std::string& path) {
    return Document::open(octavo::core::systemFileSystem(), path).value();
}

void appendTo(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    QVERIFY(file >= 0);
    QCOMPARE(::write(file, "!", 1), ssize_t{1});
    ::close(file);
}

/// Long enough for a watch to have asked some times.
constexpr int kSomePolls = OutsideWatch::kPollMs * 4;

}  // namespace

void EditorDocumentTest::editsBecomeSignals() {
    EditorDocument editor(Document::untitled());
    std::vector<DocumentEvent> events;
    connect(&editor, &EditorDocument::contentChanged, this,
            [&](const DocumentEvent& event) { events.push_back(event); });
    QVERIFY(editor.document().insert(0, Bytes{1, 2, 3, 4}));
    QVERIFY(editor.document().overwrite(1, Bytes{9}));
    QVERIFY(editor.document().undo());
    QCOMPARE(events.size(), std::size_t{3});
    QCOMPARE(events[0].replaced, (Extent{0, 0}));
    QCOMPARE(events[0].newLength, Offset{4});
    QCOMPARE(events[1].replaced, (Extent{1, 1}));
    QCOMPARE(events[2].replaced, (Extent{1, 1}));
}

void EditorDocumentTest::stateFollowsContent() {
    EditorDocument editor(Document::untitled());
    QStringList order;
    connect(&editor, &EditorDocument::contentChanged, this, [&] { order << "content"; });
    connect(&editor, &EditorDocument::stateChanged, this,
            [&] { order << (editor.document().canUndo() ? "can undo" : "cannot undo"); });
    QVERIFY(editor.document().insert(0, Bytes{1}));
    editor.noteStateChanged();
    QVERIFY(editor.document().undo());
    QCOMPARE(order, (QStringList{"content", "can undo", "can undo", "content", "cannot undo"}));
}

void EditorDocumentTest::refusalsAreWords() {
    EditorDocument editor(Document::untitled());
    QSignalSpy refused(&editor, &EditorDocument::editRefused);
    editor.refuse(QStringLiteral("Not today."));
    editor.refuse(Error::invalid("overwrite", "past the end"));
    QCOMPARE(refused.count(), 2);
    QCOMPARE(refused[0][0].toString(), "Not today.");
    QCOMPARE(refused[1][0].toString(), "Past the end.");
}

void EditorDocumentTest::seesAnotherProgramsChange() {
    const TestFolder folder;
    const std::string path = folder.write("watched", "content");
    EditorDocument editor(openFile(path));
    QSignalSpy seen(&editor, &EditorDocument::fileChangedOutside);
    appendTo(path);
    QTRY_COMPARE(seen.count(), 1);
    // Once a change, not once a poll.
    QTest::qWait(kSomePolls);
    QCOMPARE(seen.count(), 1);
    QVERIFY(QFile::resize(QString::fromStdString(path), 3));
    QTRY_COMPARE(seen.count(), 2);
    QCOMPARE(seen[0][0].value<FileEvent>(), FileEvent::Appended);
    QCOMPARE(seen[1][0].value<FileEvent>(), FileEvent::Truncated);
    QCOMPARE(int(editor.document().outsideEvent()), int(octavo::core::FileEvent::Truncated));
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    QTRY_COMPARE(seen.count(), 3);
    QCOMPARE(int(seen[2][0].value<octavo::core::FileEvent>()),
             int(octavo::core::FileEvent::Deleted));
}

void EditorDocumentTest::takesItsOwnFlushForItsOwn() {
    const TestFolder folder;
    const std::string path = folder.write("flushed", "content");
    EditorDocument editor(openFile(path));
    QSignalSpy seen(&editor, &EditorDocument::fileChangedOutside);
    QVERIFY(editor.document().overwrite(0, Bytes{'C'}));
    const auto save = editor.document().prepareFlush();
    QVERIFY(save);
    editor.noteStateChanged();
    octavo::core::Progress progress;
    QVERIFY((*save)->run(progress));
    // Polls come and go while the flush is not finished yet.
    QTest::qWait(kSomePolls);
    editor.document().finishFlush(**save);
    QTest::qWait(kSomePolls);
    QCOMPARE(TestFolder::read(path), QByteArray("Content"));
    QCOMPARE(seen.count(), 0);
    appendTo(path);
    QTRY_COMPARE(seen.count(), 1);
}

void EditorDocumentTest::freesTheDocumentInTheBackground() {
    const TestFolder folder;
    auto document = openFile(folder.write("closed", "content"));
    const std::weak_ptr<const octavo::core::MappedFile> file = document->file();
    auto editor = std::make_unique<EditorDocument>(std::move(document));
    bool stillWhole = false;
    connect(editor.get(), &EditorDocument::aboutToClose, this,
            [&, closing = editor.get()] { stillWhole = closing->document().length() == 7; });
    editor.reset();
    QVERIFY(stillWhole);
    QTRY_VERIFY(file.expired());
}

QTEST_GUILESS_MAIN(EditorDocumentTest)
#include "editor_document_test.moc"
