#include "core/document/document.h"
#include "core/save/copy_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"

#include <QTest>

#include <sys/stat.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::unique_ptr<Document> openDocument(const std::string& path,
                                       AccessMode mode = AccessMode::Preview) {
    return *Document::open(systemFileSystem(), path, mode);
}

QByteArray contentOf(const Snapshot& snapshot) {
    QByteArray out(snapshot.length(), '\xEE');
    const Unreadable unreadable = snapshot.read(
        0, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

QByteArray contentOf(const Document& document) {
    return contentOf(document.snapshot());
}

Status flush(Document& document, SaveOptions options = {}) {
    const Result<std::shared_ptr<Save>> save = document.prepareFlush(options);
    if (!save)
        return save.error();
    Progress progress;
    Status status = (*save)->run(progress);
    document.finishFlush(**save);
    return status;
}

}  // namespace

using Runs = std::vector<std::pair<FileExtent, Extent>>;

/// The extents of the changes, before and now.
Runs runsOf(const Document& document) {
    Runs runs;
    for (const Change& change : document.changes())
        runs.emplace_back(change.before, change.now);
    return runs;
}

class DocumentTest : public QObject {
    Q_OBJECT

private slots:
    void editsArePreviewOnly();
    void refusals_data();
    void refusals();
    void readOnlyRefusesEverything();
    void modeSwitch();
    void tellsTheListener();
    void undoRedo();
    void undoReachesPastAFlush();
    void flushWritesWhatChanged();
    void aPatchOfAnEditedLengthIsRefused();
    void editsDuringAFlush();
    void undoDuringAFlush();
    void failedFlushKeepsEverything();
    void snapshotsOutliveFlushes();
    void untitledIsSavedUnderAName();
    void pendingCounts();
    void revertIsUndoable();
    void fillsHugeExtents();
    void remembersTheGravestOutsideEvent();
    void savesStandBetweenEdits();
    void givingUpUndoKeepsWhatIsPending();
    void aSecondDocumentFollowsTheFile();
};

void DocumentTest::editsArePreviewOnly() {
    const TestFolder folder;
    const QByteArray content = someBytes(5000);
    const std::string path = folder.write("file", content);
    const auto document = openDocument(path);
    QVERIFY(!document->isModified());
    QVERIFY(document->overwrite(10, span("new")));
    QVERIFY(document->insert(20, span("more")));
    QVERIFY(document->erase({100, 50}));
    QVERIFY(document->fill({1000, 500}, span("ab")));
    QByteArray model = content;
    model.replace(10, 3, "new")
        .insert(20, "more")
        .remove(100, 50)
        .replace(1000, 500, QByteArray("ab").repeated(250));
    QVERIFY(contentOf(*document) == model);
    QVERIFY(document->isModified());
    QCOMPARE(folder.read(path), content);
}

void DocumentTest::refusals_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::newRow("negative offset") << qint64{-1} << qint64{1};
    QTest::newRow("negative length") << qint64{1} << qint64{-1};
    QTest::newRow("beyond the end") << qint64{11} << qint64{0};
    QTest::newRow("over the end") << qint64{9} << qint64{2};
    QTest::newRow("overflow") << qint64{kMaxLength} << qint64{kMaxLength};
}

void DocumentTest::refusals() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    const auto document = Document::untitled();
    QVERIFY(document->insert(0, span("0123456789")));
    const std::uint64_t revision = document->revision();
    const Status erased = document->erase({offset, length});
    QVERIFY(!erased.ok());
    QCOMPARE(erased.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!document->fill({offset, length}, span("x")).ok());
    QVERIFY(!document->replace({offset, length}, span("x")).ok());
    if (length >= 0 && length < 100)
        QVERIFY(!document->overwrite(offset, span(QByteArray(length + 1, 'x'))).ok());
    if (offset > 10 || offset < 0)
        QVERIFY(!document->insert(offset, span("x")).ok());
    QCOMPARE(document->revision(), revision);
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(!document->fill({0, 5}, {}).ok());
}

void DocumentTest::readOnlyRefusesEverything() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "content"), AccessMode::ReadOnly);
    for (const Status& status : {document->overwrite(0, span("x")), document->insert(0, span("x")),
                                 document->erase({0, 1}), document->fill({0, 1}, span("x")),
                                 document->replace({0, 1}, span("x")), document->revert()}) {
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::ReadOnly);
    }
    QVERIFY(!document->undo().ok());
    QVERIFY(!document->isModified());
}

void DocumentTest::modeSwitch() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "content"));
    QVERIFY(document->setAccessMode(AccessMode::ReadOnly));
    QVERIFY(document->setAccessMode(AccessMode::Preview));
    QVERIFY(document->overwrite(0, span("x")));
    QVERIFY(!document->setAccessMode(AccessMode::ReadOnly).ok());
    QCOMPARE(document->accessMode(), AccessMode::Preview);
    QVERIFY(document->undo().ok());
    QVERIFY(document->setAccessMode(AccessMode::ReadOnly));
}

void DocumentTest::tellsTheListener() {
    const auto document = Document::untitled();
    std::vector<std::pair<Extent, Offset>> events;
    document->setListener(
        [&](const DocumentEvent& event) { events.emplace_back(event.replaced, event.newLength); });
    QVERIFY(document->insert(0, span("abcdef")));
    QVERIFY(document->overwrite(2, span("x")));
    QVERIFY(document->erase({1, 3}));
    QVERIFY(!document->erase({100, 3}).ok());
    QVERIFY(document->undo().ok());
    const std::vector<std::pair<Extent, Offset>> expected{
        {{0, 0}, 6}, {{2, 1}, 1}, {{1, 3}, 0}, {{1, 0}, 3}};
    QVERIFY(events == expected);
}

void DocumentTest::undoRedo() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(2, span("ab")));
    QVERIFY(document->insert(5, span("---")));
    QVERIFY(document->erase({0, 1}));
    QCOMPARE(contentOf(*document), QByteArray("1ab4---56789"));
    const Result<std::optional<Extent>> undone = document->undo();
    QCOMPARE(**undone, (Extent{0, 1}));
    QCOMPARE(contentOf(*document), QByteArray("01ab4---56789"));
    QCOMPARE(**document->undo(), (Extent{5, 0}));
    QCOMPARE(**document->undo(), (Extent{2, 2}));
    QVERIFY(!document->isModified());
    QVERIFY(!document->canUndo());
    QVERIFY(!document->undo()->has_value());
    QCOMPARE(**document->redo(), (Extent{2, 2}));
    QCOMPARE(**document->redo(), (Extent{5, 3}));
    QCOMPARE(contentOf(*document), QByteArray("01ab4---56789"));
    QVERIFY(document->overwrite(0, span("Z")));
    QVERIFY(!document->canRedo());
}

void DocumentTest::undoReachesPastAFlush() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(2, span("abc")));
    QVERIFY(flush(*document));
    QVERIFY(!document->isModified());
    QCOMPARE(folder.read(path), QByteArray("01abc56789"));
    QVERIFY(document->overwrite(4, span("XYZ")));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(path), QByteArray("01abXYZ789"));

    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("01abc56789"));
    QVERIFY(document->isModified());
    QCOMPARE(runsOf(*document), (Runs{{{{4}, 3}, {4, 3}}}));
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QCOMPARE(runsOf(*document), (Runs{{{{2}, 3}, {2, 3}}, {{{5}, 2}, {5, 2}}}));
    QCOMPARE(folder.read(path), QByteArray("01abXYZ789"));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(path), QByteArray("0123456789"));
    QVERIFY(!document->isModified());
    QVERIFY(document->redo().ok());
    QVERIFY(document->redo().ok());
    QCOMPARE(contentOf(*document), QByteArray("01abXYZ789"));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(path), QByteArray("01abXYZ789"));
}

void DocumentTest::flushWritesWhatChanged() {
    const TestFolder folder;
    const QByteArray content = someBytes(1 << 20);
    const std::string path = folder.write("file", content);
    FaultFileSystem fileSystem;
    const auto document = *Document::open(fileSystem, path);
    QVERIFY(document->overwrite(5, span("abc")));
    QVERIFY(document->overwrite(1'000'000, span("x")));
    QVERIFY(document->overwrite(8, span("def")));
    fileSystem.setFocus(path);
    QVERIFY(flush(*document));
    QCOMPARE(fileSystem.writes(), (std::vector<FileExtent>{{{5}, 6}, {{1'000'000}, 1}}));
    QByteArray model = content;
    model.replace(5, 6, "abcdef").replace(1'000'000, 1, "x");
    QVERIFY(folder.read(path) == model);
    QVERIFY(flush(*document));
    QCOMPARE(fileSystem.writes().size(), std::size_t{2});
}

void DocumentTest::aPatchOfAnEditedLengthIsRefused() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    const auto document = *Document::open(fileSystem, path);
    QVERIFY(document->insert(2, span("ab")));
    QVERIFY(document->erase({8, 2}));  // the same length again, but not in place
    const Status refused = flush(*document, {.strategy = SaveStrategy::Patch});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::LengthChanged);
    QVERIFY(fileSystem.writes().empty());
    QVERIFY(!document->isFlushing());
    QVERIFY(document->isModified());
    // Left to choose, it is saved as a new file in the old one's place.
    QVERIFY(flush(*document));
    QVERIFY(!document->isModified());
    QCOMPARE(TestFolder::read(path), QByteArray("01ab234589"));
}

void DocumentTest::editsDuringAFlush() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(2, span("abc")));
    const auto save = *document->prepareFlush();
    QVERIFY(!document->prepareFlush().ok());
    QVERIFY(document->overwrite(4, span("XY")));
    QVERIFY(document->overwrite(9, span("Z")));
    Progress progress;
    QVERIFY(save->run(progress));
    QCOMPARE(contentOf(*document), QByteArray("01abXY678Z"));
    document->finishFlush(*save);
    QCOMPARE(folder.read(path), QByteArray("01abc56789"));
    QCOMPARE(contentOf(*document), QByteArray("01abXY678Z"));
    QCOMPARE(runsOf(*document), (Runs{{{{4}, 2}, {4, 2}}, {{{9}, 1}, {9, 1}}}));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(path), QByteArray("01abXY678Z"));
}

void DocumentTest::undoDuringAFlush() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(2, span("abc")));
    const auto save = *document->prepareFlush();
    Progress progress;
    QVERIFY(save->run(progress));
    QVERIFY(document->undo().ok());
    document->finishFlush(*save);
    QCOMPARE(folder.read(path), QByteArray("01abc56789"));
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QCOMPARE(runsOf(*document), (Runs{{{{2}, 3}, {2, 3}}}));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(path), QByteArray("0123456789"));
}

void DocumentTest::failedFlushKeepsEverything() {
    const TestFolder folder;
    const QByteArray content = someBytes(1000);
    const std::string path = folder.write("file", content);
    QByteArray model = content;
    model.replace(10, 3, "abc").replace(500, 100, QByteArray(100, 'x'));
    FaultFileSystem fileSystem;
    int failures = 0;
    for (int n = 1;; ++n) {
        folder.write("file", content);
        fileSystem.setPlan({});
        const auto document = *Document::open(fileSystem, path);
        QVERIFY(document->overwrite(10, span("abc")));
        QVERIFY(document->fill({500, 100}, span("x")));
        fileSystem.setPlan({n, 1, 28});
        const Status status = flush(*document);
        const bool reached = fileSystem.calls() >= n;
        fileSystem.setPlan({});
        QVERIFY(contentOf(*document) == model);
        QVERIFY(status.ok() || reached);
        if (status.ok()) {  // some calls can be done without
            QVERIFY(folder.read(path) == model);
            if (!reached)
                break;
            continue;
        }
        ++failures;
        QVERIFY(!document->isFlushing());
        QVERIFY2(folder.read(path) == content, qPrintable(QString::number(n)));
        QCOMPARE(runsOf(*document), (Runs{{{{10}, 3}, {10, 3}}, {{{500}, 100}, {500, 100}}}));
        // Undoing after the failure ends the changes: the old bytes stand in the file.
        QVERIFY(document->undo().ok());
        QCOMPARE(runsOf(*document), (Runs{{{{10}, 3}, {10, 3}}}));
        QVERIFY(document->redo().ok());
        QVERIFY(flush(*document, {.evenIfChangedOutside = true}));
        QVERIFY(folder.read(path) == model);
        QVERIFY(!document->isModified());
    }
    QVERIFY(failures >= 6);
}

void DocumentTest::snapshotsOutliveFlushes() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    const Snapshot original = document->snapshot();
    QVERIFY(document->overwrite(2, span("abc")));
    const Snapshot edited = document->snapshot();
    QVERIFY(flush(*document));
    QVERIFY(document->overwrite(0, span("XXXXXXXXXX")));
    QVERIFY(flush(*document));
    QCOMPARE(contentOf(original), QByteArray("0123456789"));
    QCOMPARE(contentOf(edited), QByteArray("01abc56789"));
    QCOMPARE(contentOf(*document), QByteArray("XXXXXXXXXX"));
}

void DocumentTest::untitledIsSavedUnderAName() {
    const TestFolder folder;
    const auto document = Document::untitled();
    QVERIFY(document->isUntitled());
    QVERIFY(!document->isModified());
    QVERIFY(document->insert(0, span("hello")));
    QVERIFY(document->isModified());
    QVERIFY(!document->prepareFlush().ok());

    CopySave save(systemFileSystem(), folder.path("new"), *document->beginCopy(), std::nullopt);
    Progress progress;
    QVERIFY(document->overwrite(0, span("J")));  // typed while the save runs
    QVERIFY(save.run(progress));
    document->finishCopy(*MappedFile::open(systemFileSystem(), save.target()));
    QCOMPARE(folder.read(document->path()), QByteArray("hello"));
    QCOMPARE(contentOf(*document), QByteArray("Jello"));
    QCOMPARE(runsOf(*document), (Runs{{{{0}, 1}, {0, 1}}}));
    QVERIFY(flush(*document));
    QCOMPARE(folder.read(document->path()), QByteArray("Jello"));
    QVERIFY(document->undo().ok());
    QVERIFY(document->undo().ok());
    QCOMPARE(document->length(), Offset{0});
    QVERIFY(document->isModified());
}

void DocumentTest::pendingCounts() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QCOMPARE(document->pending().changes, std::size_t{0});
    QVERIFY(document->overwrite(1, span("ab")));
    QVERIFY(document->insert(5, span("---")));
    QVERIFY(document->erase({9, 2}));
    QCOMPARE(document->pending().changes, std::size_t{3});
    QCOMPARE(document->pending().bytes, Offset{7});
    QCOMPARE(document->pending().lengthDifference, Offset{1});
}

void DocumentTest::revertIsUndoable() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->insert(5, span("---")));
    QVERIFY(document->overwrite(0, span("Z")));
    QVERIFY(document->revert());
    QVERIFY(!document->isModified());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("Z1234---56789"));
}

void DocumentTest::fillsHugeExtents() {
    const TestFolder folder;
    const std::string path = folder.write("file", {});
    const Offset length = Offset{1} << 42;
    if (::truncate(path.c_str(), length) != 0)
        QSKIP("the file system takes no file of 4 TiB");
    const auto document = openDocument(path);
    QVERIFY(document->fill({1, length - 2}, span("\xDE\xAD")));
    QCOMPARE(document->snapshot().tree().pieceCount(), std::size_t{3});
    Bytes out(3);
    QVERIFY(document->snapshot().read(length - 3, out).isEmpty());
    QCOMPARE(out, (Bytes{0xDE, 0xAD, 0}));
}

void DocumentTest::remembersTheGravestOutsideEvent() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QCOMPARE(int(document->outsideEvent()), int(FileEvent::None));
    document->noteOutsideEvent(FileEvent::Appended);
    document->noteOutsideEvent(FileEvent::Written);
    QCOMPARE(int(document->outsideEvent()), int(FileEvent::Appended));
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(document->overwrite(0, span("x")));
    QVERIFY(flush(*document));
    QCOMPARE(int(document->outsideEvent()), int(FileEvent::None));
    // A file that was cut stays so, whatever is written into the rest of it.
    document->noteOutsideEvent(FileEvent::Truncated);
    QVERIFY(document->overwrite(0, span("y")));
    QVERIFY(flush(*document));
    QCOMPARE(int(document->outsideEvent()), int(FileEvent::Truncated));
}

void DocumentTest::savesStandBetweenEdits() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    document->beginTransaction("several");
    QVERIFY(document->overwrite(0, span("A")));
    QVERIFY(!document->prepareFlush().ok());
    QVERIFY(!document->beginCopy().ok());
    QVERIFY(document->overwrite(5, span("B")));
    document->endTransaction();
    QVERIFY(flush(*document));
    QVERIFY(document->undo().ok());
    QVERIFY(document->redo().ok());
    QCOMPARE(contentOf(*document), QByteArray("A1234B6789"));
    QVERIFY(!document->isModified());
}

void DocumentTest::givingUpUndoKeepsWhatIsPending() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    const Snapshot before = document->snapshot();
    QVERIFY(document->replace({8, 0}, Content::of(before, {0, 3})));  // a paste of what goes
    QVERIFY(document->overwrite(0, span("###")));
    const ChangeId overwritten = document->changes().front().id;
    const auto save = *document->prepareFlush({&overwritten, 1}, {.giveUpUndo = true});
    QVERIFY(!document->undo().ok());
    QVERIFY(document->overwrite(5, span("typed")));
    Progress progress;
    QVERIFY(save->run(progress));
    document->finishFlush(*save);
    QCOMPARE(contentOf(*document), QByteArray("###34typed289"));
    QVERIFY(!document->canUndo());
    QVERIFY(document->overwrite(1, span("Z")));
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("###34typed289"));
    QVERIFY(document->isModified());
}

void DocumentTest::aSecondDocumentFollowsTheFile() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto first = openDocument(path);
    const auto second = openDocument(path);
    QVERIFY(first->overwrite(8, span("m")));
    QVERIFY(second->overwrite(0, span("T")));
    QVERIFY(flush(*second));
    QCOMPARE(contentOf(*first), QByteArray("01234567m9"));
    QVERIFY(!flush(*first));
    first->noteOutsideEvent(FileEvent::Written);
    QCOMPARE(contentOf(*first), QByteArray("T1234567m9"));
    QCOMPARE(runsOf(*first), (Runs{{{{8}, 1}, {8, 1}}}));
    QVERIFY(flush(*first));
    QCOMPARE(folder.read(path), QByteArray("T1234567m9"));
}

QTEST_GUILESS_MAIN(DocumentTest)

#include "document_test.moc"
