// A document whose file another program writes to: what its changes are worth then, the user's two
// answers, and bytes that are added to the end.
#include "core/document/document.h"
#include "core/save/copy_save.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QDateTime>
#include <QTest>

#include <random>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::unique_ptr<Document> openDocument(const std::string& path) {
    return *Document::open(systemFileSystem(), path);
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

void writeOutside(const std::string& path, Offset at, const QByteArray& bytes) {
    const std::shared_ptr<File> file = *systemFileSystem().open(path, OpenMode::ReadWrite);
    (void)file->writeAt({at}, span(bytes));
}

/// So that a write is seen in the times, however coarse the clock is.
void makeOld(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadWrite) ||
        !file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000),
                          QFileDevice::FileModificationTime))
        qFatal("cannot set the time of %s", path.c_str());
}

void append(const std::string& path, const QByteArray& bytes) {
    writeOutside(path, TestFolder::read(path).size(), bytes);
}

std::vector<ChangeId> idsOf(const Document& document) {
    std::vector<ChangeId> ids;
    for (const Change& change : document.snapshot().changeSet())
        ids.push_back(change.id);
    return ids;
}

void runReview(Document& document, const std::shared_ptr<ChangeReview>& review) {
    Progress progress;
    if (review && review->run(progress))
        document.finishReview(*review);
}

/// The worker's look at what nobody has looked at yet.
void review(Document& document) {
    runReview(document, document.prepareReview());
}

/// What the owner of the document does when a watch has told of an outside write.
void lookOutside(Document& document) {
    document.noteOutsideEvent(FileEvent::Written);
    runReview(document,
              document.prepareReview(
                  idsOf(document), {.compare = false, .fingerprint = false, .checkOutside = true}));
}

/// The file has been extended, and that is known.
void extend(Document& document) {
    document.noteOutsideEvent(FileEvent::Appended);
    const FileInfo info = *document.file()->currentInfo();
    (void)document.file()->extend();
    document.noteExtended(info);
}

/// The states of all changes, as letters: untouched, touched, cannot tell.
QByteArray statesOf(const Document& document) {
    QByteArray states;
    for (const ChangeId id : idsOf(document))
        states += "utc"[int(document.changeRecord(id).outside)];
    return states;
}

using Runs = std::vector<std::pair<FileExtent, Extent>>;

Runs runsOf(const Document& document) {
    Runs runs;
    for (const Change& change : document.snapshot().changeSet())
        runs.emplace_back(change.before, change.now);
    return runs;
}

}  // namespace

class DocumentOutsideTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatIsTouched_data();
    void tellsWhatIsTouched();
    void switchedOffChangesAreLookedAtToo();
    void aLongChange_data();
    void aLongChange();
    void withoutALookItCannotTell();
    void editedSinceTheLook();
    void keepMine();
    void takeTheirs();
    void takeTheirsForAll();
    void takeTheirsTakesAlong();
    void aFlushForgetsFingerprints();
    void aReviewFromBeforeAFlushSaysNothing();
    void snapshotsAreMarked();
    void appendedBytesExtend_data();
    void appendedBytesExtend();
    void theHistoryGoesOnAfterAnExtension_data();
    void theHistoryGoesOnAfterAnExtension();
    void anExtensionAndAFlush();
    void anExtensionDuringAFlush();
    void anExtensionIsSharedWithOthers();
    void aSaveIsKnownToWhoComesLater();
    void anExtensionWithoutRoom();
    void redoWithoutRoom();
    void extensionsAmongEdits();
};

void DocumentOutsideTest::tellsWhatIsTouched_data() {
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("states");
    // Changes: 500+4 overwritten, 600 inserted, 1000+100 deleted, 2000+3 replaced; 64 bytes beside
    // each count.
    const auto row = [](const char* name, int at, const char* bytes, const char* states) {
        QTest::newRow(name) << at << QByteArray(bytes) << QByteArray(states);
    };
    row("elsewhere", 800, "x", "uuuu");
    row("in the bytes that are overwritten", 503, "x", "tuuu");
    row("the same bytes again", 500, "aaaa", "uuuu");
    row("just beside it", 504, "x", "tuuu");
    row("64 bytes behind it", 504 + 63, "x", "ttuu");
    row("65 bytes in front of it", 435, "x", "uuuu");
    row("64 bytes in front of it", 436, "x", "tuuu");
    row("where something is inserted", 600, "x", "utuu");
    row("in front of the insertion", 536, "x", "ttuu");
    row("in what is deleted", 1050, "x", "uutu");
    row("in what is replaced", 2002, "x", "uuut");
    row("over everything", 0, QByteArray(3000, 'x').constData(), "tttt");
}

void DocumentOutsideTest::tellsWhatIsTouched() {
    QFETCH(int, at);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, states);
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->replace({2000, 3}, span("long content")).ok());
    QVERIFY(document->erase({1000, 100}).ok());
    QVERIFY(document->insert(600, span("new")).ok());
    QVERIFY(document->overwrite(500, span("bbbb")).ok());
    review(*document);
    QCOMPARE(statesOf(*document), QByteArray("uuuu"));
    const Runs runs = runsOf(*document);
    writeOutside(path, at, bytes);
    lookOutside(*document);
    QCOMPARE(statesOf(*document), states);
    QCOMPARE(runsOf(*document), runs);
    // The same answer when it is asked again.
    lookOutside(*document);
    QCOMPARE(statesOf(*document), states);
}

void DocumentOutsideTest::switchedOffChangesAreLookedAtToo() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("b")).ok());
    QVERIFY(document->overwrite(1500, span("b")).ok());
    const std::vector<ChangeId> ids = idsOf(*document);
    QVERIFY(document->switchChanges(ids, false).ok());
    review(*document);
    writeOutside(path, 1500, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("ut"));
    QVERIFY(document->switchChanges(ids, true).ok());
    QCOMPARE(statesOf(*document), QByteArray("ut"));
}

void DocumentOutsideTest::aLongChange_data() {
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("at");
    QTest::addColumn<QByteArray>("state");
    const int whole = 64 << 10;
    QTest::newRow("whole") << whole << 0 << QByteArray("u");
    QTest::newRow("whole, touched") << whole << 1000 + whole / 2 << QByteArray("t");
    QTest::newRow("sampled") << whole + 1 << 0 << QByteArray("c");
    QTest::newRow("sampled, its first byte") << whole + 1 << 1000 << QByteArray("t");
    QTest::newRow("sampled, its last byte") << whole + 1 << 1000 + whole << QByteArray("t");
    QTest::newRow("sampled, behind it") << whole + 1 << 1000 + whole + 1 << QByteArray("t");
}

void DocumentOutsideTest::aLongChange() {
    QFETCH(int, length);
    QFETCH(int, at);
    QFETCH(QByteArray, state);
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(100'000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->fill({1000, length}, span("xyz")).ok());
    review(*document);
    writeOutside(path, at, "b");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), state);
}

void DocumentOutsideTest::withoutALookItCannotTell() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("b")).ok());
    writeOutside(path, 2000, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("c"));
    // A later look does not take for known what nobody has seen before the write.
    review(*document);
    lookOutside(*document);
    QVERIFY(statesOf(*document) != "u");
}

// A change that has grown since the fingerprint was taken.
void DocumentOutsideTest::editedSinceTheLook() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("b"), EditStyle::Typing).ok());
    review(*document);
    QVERIFY(document->overwrite(501, span("b"), EditStyle::Typing).ok());
    QCOMPARE(document->changes().size(), std::size_t{1});
    writeOutside(path, 2000, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("c"));
}

void DocumentOutsideTest::keepMine() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("b")).ok());
    QVERIFY(document->overwrite(1500, span("b")).ok());
    review(*document);
    writeOutside(path, 500, "x");
    writeOutside(path, 1500, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("tt"));
    const std::uint64_t revision = document->revision();
    const QByteArray shown = contentOf(*document);
    document->keepMine(std::vector{idsOf(*document)[0]});
    QCOMPARE(statesOf(*document), QByteArray("ut"));
    QVERIFY(document->revision() > revision);
    document->keepMine(idsOf(*document));
    QCOMPARE(statesOf(*document), QByteArray("uu"));
    QCOMPARE(contentOf(*document), shown);
    document->keepMine(std::vector<ChangeId>{99, kNoChange});

    // What the file holds now is what the changes replace.
    review(*document);
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("uu"));
    writeOutside(path, 500, "y");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("tu"));
    document->keepMine(idsOf(*document));
    QVERIFY(flush(*document, {.evenIfChangedOutside = true}).ok());
    QVERIFY(TestFolder::read(path) ==
            QByteArray(3000, 'a').replace(500, 1, "b").replace(1500, 1, "b"));
    QVERIFY(!document->hasChanges());
}

void DocumentOutsideTest::takeTheirs() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("bbb")).ok());
    QVERIFY(document->insert(1000, span("new")).ok());
    QVERIFY(document->erase({2000, 10}).ok());
    review(*document);
    writeOutside(path, 501, "x");
    writeOutside(path, 2000, "y");
    lookOutside(*document);
    const std::vector<ChangeId> ids = idsOf(*document);
    QCOMPARE(statesOf(*document), QByteArray("tut"));
    const QByteArray mine = contentOf(*document);

    const auto taken = document->takeTheirs(std::vector{ids[0]});
    QVERIFY(taken.ok());
    QCOMPARE(*taken, std::vector{ids[0]});
    QCOMPARE(contentOf(*document), QByteArray(mine).replace(500, 3, "axa"));
    QCOMPARE(int(document->history().step(document->history().current()).kind),
             int(EditKind::TakeTheirs));
    QVERIFY(document->takeTheirs(std::vector{ids[2]}).ok());
    QCOMPARE(contentOf(*document),
             QByteArray(3000, 'a').replace(501, 1, "x").replace(2000, 1, "y").insert(1000, "new"));
    // One step each, to be undone.
    QVERIFY(document->undo().ok());
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), mine);
    QCOMPARE(idsOf(*document), ids);
    QVERIFY(!document->takeTheirs(std::vector<ChangeId>{99}).ok());
}

void DocumentOutsideTest::takeTheirsForAll() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    for (Offset at = 0; at < 3000; at += 100)
        QVERIFY(document->overwrite(at, span("b")).ok());
    QVERIFY(document->switchChanges(std::vector{idsOf(*document)[3]}, false).ok());
    const QByteArray mine = contentOf(*document);
    writeOutside(path, 0, QByteArray(3000, 'x'));
    lookOutside(*document);
    QCOMPARE(document->takeTheirs(idsOf(*document))->size(), std::size_t{30});
    QVERIFY(!document->hasChanges());
    QCOMPARE(contentOf(*document), QByteArray(3000, 'x'));
    QVERIFY(document->undo().ok());
    QCOMPARE(document->changes().size(), std::size_t{29});
}

// What was typed over a part of a change goes with it.
void DocumentOutsideTest::takeTheirsTakesAlong() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("bbbb")).ok());
    const ChangeId first = idsOf(*document)[0];
    QVERIFY(document->overwrite(502, span("cccc")).ok());
    QCOMPARE(document->changes().size(), std::size_t{2});
    QCOMPARE(document->takeTheirs(std::vector{first})->size(), std::size_t{2});
    QVERIFY(!document->hasChanges());
}

void DocumentOutsideTest::aFlushForgetsFingerprints() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("b")).ok());
    QVERIFY(document->overwrite(520, span("b")).ok());
    review(*document);
    const std::vector<ChangeId> ids = idsOf(*document);
    const auto save = *document->prepareFlush(std::vector{ids[0]});
    Progress progress;
    QVERIFY(save->run(progress).ok());
    document->finishFlush(*save);
    // Our own byte beside it is no outside write.
    lookOutside(*document);
    QVERIFY(statesOf(*document) != "t");
    document->keepMine(idsOf(*document));
    review(*document);
    writeOutside(path, 520, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("t"));
}

void DocumentOutsideTest::aReviewFromBeforeAFlushSaysNothing() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(3000, 'a'));
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(500, span("ab")).ok());
    const auto old = document->prepareReview();
    Progress progress;
    QVERIFY(old->run(progress).ok());
    QVERIFY(!old->equalRuns().empty());
    QVERIFY(flush(*document).ok());
    QVERIFY(document->overwrite(500, span("cd")).ok());
    document->finishReview(*old);
    QCOMPARE(runsOf(*document), (Runs{{{{500}, 2}, {500, 2}}}));
    review(*document);
    writeOutside(path, 2000, "x");
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray("u"));
}

void DocumentOutsideTest::snapshotsAreMarked() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    const Snapshot first = document->snapshot();
    QVERIFY(document->overwrite(0, span("A")).ok());
    const Snapshot second = document->snapshot();
    document->noteOutsideEvent(FileEvent::None);
    QVERIFY(!first.isChangedOutside() && !second.isChangedOutside());
    writeOutside(path, 5, "x");
    document->noteOutsideEvent(FileEvent::Written);
    const Snapshot third = document->snapshot();
    QVERIFY(first.isChangedOutside());
    QVERIFY(second.isChangedOutside());
    QVERIFY(!third.isChangedOutside());
    QVERIFY(Snapshot(second).isChangedOutside());
    // They show the file as it is.
    QCOMPARE(contentOf(first), QByteArray("01234x6789"));
    QCOMPARE(contentOf(third), QByteArray("A1234x6789"));
    // Our own flush is no outside write.
    QVERIFY(flush(*document, {.evenIfChangedOutside = true}).ok());
    QVERIFY(!third.isChangedOutside());
    document->noteOutsideEvent(FileEvent::Appended);
    QVERIFY(third.isChangedOutside());
    QVERIFY(!Document::untitled()->snapshot().isChangedOutside());
}

void DocumentOutsideTest::appendedBytesExtend_data() {
    QTest::addColumn<QString>("edits");
    QTest::addColumn<QByteArray>("content");  // of "0123456789", edited, with "new" appended
    const auto row = [](const char* name, const char* edits, const char* content) {
        QTest::newRow(name) << QString(edits) << QByteArray(content);
    };
    row("no change", "", "0123456789new");
    row("overwritten elsewhere", "o2", "01X3456789new");
    row("overwritten at the end", "o9", "012345678Xnew");
    row("inserted at the end", "i10", "0123456789Xnew");
    row("inserted at the end, switched off", "i10 -", "0123456789new");
    row("deleted at the end", "d9", "012345678new");
    row("deleted at the end, switched off", "d9 -", "0123456789new");
    row("deleted and inserted at the end", "d9 i9", "012345678Xnew");
    row("deleted wholly", "D", "new");
    row("inserted in front", "i0", "X0123456789new");
}

void DocumentOutsideTest::appendedBytesExtend() {
    QFETCH(QString, edits);
    QFETCH(QByteArray, content);
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    for (const QString& edit : edits.split(' ', Qt::SkipEmptyParts)) {
        const Offset at = edit.mid(1).toInt();
        if (edit[0] == 'o')
            QVERIFY(document->overwrite(at, span("X")).ok());
        else if (edit[0] == 'i')
            QVERIFY(document->insert(at, span("X")).ok());
        else if (edit[0] == 'd')
            QVERIFY(document->erase({at, 1}).ok());
        else if (edit[0] == 'D')
            QVERIFY(document->erase({0, document->length()}).ok());
        else
            QVERIFY(document->switchChanges(idsOf(*document), false).ok());
    }
    review(*document);
    const Snapshot before = document->snapshot();
    const QByteArray shown = contentOf(before);
    const Runs runs = runsOf(*document);
    const StepId step = document->history().last();
    const Document::Pending pending = document->pending();
    const PositionId atEnd =
        document->positions().add(document->length(), TrackedPositions::Bias::After);
    std::vector<std::pair<Extent, Offset>> events;
    document->setListener(
        [&](const DocumentEvent& event) { events.emplace_back(event.replaced, event.newLength); });

    append(path, "new");
    const std::uint64_t revision = document->revision();
    extend(*document);
    QCOMPARE(contentOf(*document), content);
    QCOMPARE(document->length(), Offset{content.size()});
    QVERIFY(document->revision() > revision);
    QCOMPARE(events, (std::vector<std::pair<Extent, Offset>>{{{before.length(), 0}, 3}}));
    QCOMPARE(document->positions().position(atEnd), before.length());
    // No step of the history, no change.
    QCOMPARE(document->history().last(), step);
    QCOMPARE(runsOf(*document), runs);
    QCOMPARE(document->pending().changes, pending.changes);
    QCOMPARE(document->pending().switchedOff, pending.switchedOff);
    QCOMPARE(document->pending().lengthDifference, pending.lengthDifference);
    QVERIFY(before.isChangedOutside());
    QCOMPARE(contentOf(before), shown);
    // What is appended behind a change does not touch it.
    lookOutside(*document);
    QCOMPARE(statesOf(*document), QByteArray(statesOf(*document).size(), 'u'));
    QVERIFY(document->revert().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789new"));
    QVERIFY(!document->hasChanges());
    document->noteExtended(*document->file()->currentInfo());
    QCOMPARE(contentOf(*document), QByteArray("0123456789new"));
}

void DocumentOutsideTest::theHistoryGoesOnAfterAnExtension_data() {
    QTest::addColumn<bool>("isFlushed");
    QTest::newRow("pending") << false;
    QTest::newRow("past a save") << true;
}

// Every step shows what it showed, with the appended bytes behind it.
void DocumentOutsideTest::theHistoryGoesOnAfterAnExtension() {
    QFETCH(bool, isFlushed);
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    std::vector<QByteArray> contents{contentOf(*document)};
    const auto noteStep = [&] {
        const StepId step = document->history().current();
        contents.resize(step + 1);
        contents[step] = contentOf(*document);
    };
    QVERIFY(document->insert(10, span("end")).ok());
    noteStep();
    QVERIFY(document->erase({8, 3}).ok());
    noteStep();
    QVERIFY(document->setLength(4).ok());
    noteStep();
    QVERIFY(document->revert().ok());
    noteStep();
    QVERIFY(document->setLength(20).ok());
    noteStep();
    QVERIFY(document->switchChanges(idsOf(*document), false).ok());
    noteStep();
    if (isFlushed) {
        QVERIFY(document->goTo(3).ok());
        CopySave save(systemFileSystem(), path, *document->beginCopy(), std::nullopt);
        Progress progress;
        QVERIFY(save.run(progress).ok());
        document->finishCopy(*MappedFile::open(systemFileSystem(), save.target()));
    }
    append(path, "new");
    extend(*document);
    QCOMPARE(contentOf(*document), contents[document->history().current()] + "new");
    for (StepId from = 0; from < contents.size(); ++from) {
        for (StepId to = 0; to < contents.size(); ++to) {
            QVERIFY(document->goTo(from).ok());
            QVERIFY(document->goTo(to).ok());
            QVERIFY2(contentOf(*document) == contents[to] + "new",
                     qPrintable(QString("%1 to %2: ").arg(from).arg(to) + contentOf(*document)));
        }
    }
}

void DocumentOutsideTest::anExtensionAndAFlush() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(2, span("ab")).ok());
    append(path, "new");
    // Not known yet.
    QCOMPARE(flush(*document).error().code, ErrorCode::ChangedOutside);
    extend(*document);
    QVERIFY(document->overwrite(12, span("W")).ok());
    QVERIFY(flush(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("01ab456789neW"));
    QVERIFY(!document->hasChanges());
    append(path, "er");
    extend(*document);
    QCOMPARE(contentOf(*document), QByteArray("01ab456789neWer"));
    QVERIFY(document->undo().ok());
    QVERIFY(document->undo().ok());
    QVERIFY(flush(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789newer"));
}

// The file grows while a flush runs: the flush says so or not, and nothing is lost.
void DocumentOutsideTest::anExtensionDuringAFlush() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->overwrite(2, span("ab")).ok());
    const auto save = *document->prepareFlush();
    Progress progress;
    QVERIFY(save->run(progress).ok());
    append(path, "new");
    (void)document->file()->extend();
    document->finishFlush(*save);
    QVERIFY(!document->isModified());
    extend(*document);
    QCOMPARE(contentOf(*document), QByteArray("01ab456789new"));
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789new"));
    QVERIFY(flush(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789new"));
}

// Who opens the file afterwards shares its versions, as before.
void DocumentOutsideTest::anExtensionIsSharedWithOthers() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    append(path, "new");
    extend(*document);
    const auto second = openDocument(path);
    QCOMPARE(second->length(), Offset{13});
    QCOMPARE(second->version()->chain(), document->version()->chain());
    const Snapshot shown = second->snapshot();
    QVERIFY(document->overwrite(11, span("X")).ok());
    QVERIFY(flush(*document).ok());
    QCOMPARE(contentOf(shown), QByteArray("0123456789new"));
}

// A save of ours is no outside write to a document that was opened behind it.
void DocumentOutsideTest::aSaveIsKnownToWhoComesLater() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    makeOld(path);
    const auto first = openDocument(path);
    QVERIFY(first->overwrite(0, span("A")).ok());
    QVERIFY(flush(*first).ok());
    const auto second = openDocument(path);
    QCOMPARE(contentOf(*second), QByteArray("A123456789"));
    QVERIFY(second->overwrite(5, span("B")).ok());
    const Status flushed = flush(*second);
    QVERIFY2(flushed.ok(), flushed.ok() ? "" : flushed.error().message().c_str());
    QCOMPARE(TestFolder::read(path), QByteArray("A1234B6789"));
    QCOMPARE(contentOf(*first), QByteArray("A123456789"));
}

void DocumentOutsideTest::anExtensionWithoutRoom() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->setLength(kMaxLength - 1).ok());
    append(path, "new");
    extend(*document);
    QCOMPARE(document->length(), kMaxLength - 1);
    QVERIFY(document->setLength(5).ok());
    extend(*document);
    QCOMPARE(contentOf(*document), QByteArray("01234new"));
}

// What is undone would not fit any more.
void DocumentOutsideTest::redoWithoutRoom() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->setLength(kMaxLength - 1).ok());
    QVERIFY(document->undo().ok());
    append(path, "new");
    extend(*document);
    const Result<std::optional<Extent>> redone = document->redo();
    QVERIFY(!redone.ok());
    QCOMPARE(redone.error().code, ErrorCode::TooLarge);
    QCOMPARE(contentOf(*document), QByteArray("0123456789new"));
    QCOMPARE(document->history().current(), kFirstStep);
}

// Random edits, walks and extensions beside a model of each step.
void DocumentOutsideTest::extensionsAmongEdits() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < scaled(30); ++round) {
            const TestFolder folder;
            const std::string path = folder.write("file", someBytes(50));
            const auto document = openDocument(path);
            struct Step {
                QByteArray content;
                qsizetype appended;  // so many bytes of `tail` are in it
            };
            std::vector<Step> steps{{contentOf(*document), 0}};
            QByteArray tail;
            const auto model = [&](StepId step) {
                return steps[step].content + tail.mid(steps[step].appended);
            };
            for (int i = 0; i < 40; ++i) {
                const Offset length = document->length();
                Extent extent{below(length + 1), 0};
                extent.length = std::min(below(12), length - extent.offset);
                const QByteArray bytes = someBytes(below(8), quint32(engine()));
                switch (below(8)) {
                case 0: {
                    const QByteArray more = someBytes(1 + below(5), quint32(engine()));
                    append(path, more);
                    tail += more;
                    extend(*document);
                    break;
                }
                case 1:
                case 2:
                    QVERIFY(
                        document->goTo(static_cast<StepId>(below(document->history().last() + 1)))
                            .ok());
                    break;
                case 3:
                    (void)document->switchChanges(idsOf(*document), below(2) == 0);
                    break;
                case 4:
                    QVERIFY(document->setLength(below(80)).ok() || document->pending().switchedOff);
                    break;
                default:
                    (void)document->replace(extent, span(bytes));
                }
                const StepId current = document->history().current();
                if (document->history().last() == steps.size())
                    steps.push_back({contentOf(*document), tail.size()});
                QVERIFY2(
                    contentOf(*document) == model(current),
                    qPrintable(QString("seed %1 round %2 edit %3").arg(seed).arg(round).arg(i)));
            }
        }
    }
}

QTEST_GUILESS_MAIN(DocumentOutsideTest)
#include "document_outside_test.moc"
