// What may happen to an open document in each access mode, and the ways between the modes.
#include "core/document/document.h"
#include "core/file/memory_map.h"
#include "core/save/copy_save.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QDateTime>
#include <QTest>

#include <cerrno>
#include <functional>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::unique_ptr<Document> openDocument(const std::string& path,
                                       AccessMode mode = AccessMode::Preview,
                                       FileSystem& fileSystem = systemFileSystem()) {
    return *Document::open(fileSystem, path, mode);
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

/// Writes what waits for it, as the one who owns the document does after each edit.
Status writeThrough(Document& document) {
    while (document.needsWriteThrough()) {
        if (Status written = flush(document, {.withoutSync = true}); !written)
            return written;
    }
    return {};
}

std::vector<ChangeId> idsOf(const std::vector<Change>& changes) {
    std::vector<ChangeId> ids;
    for (const Change& change : changes)
        ids.push_back(change.id);
    return ids;
}

template <typename T>
Status statusOf(const Result<T>& result) {
    return result ? Status() : Status(result.error());
}

/// Of a literal, to be kept: span() is good for a call.
ByteSpan lasting(std::string_view literal) {
    return {reinterpret_cast<const Byte*>(literal.data()), literal.size()};
}

struct Operation {
    const char* name;
    bool keepsLength;
    std::function<Status(Document&)> run;
};

/// Every way to edit a document of at least ten bytes.
const std::vector<Operation>& operations() {
    static const std::vector<Extent> kExtents{{0, 2}, {5, 2}};
    static const std::vector<Operation> operations{
        {"overwrite", true, [](Document& it) { return it.overwrite(1, span("xy")); }},
        {"overwrite, typed", true,
         [](Document& it) { return it.overwrite(1, span("xy"), EditStyle::Typing); }},
        {"fill", true,
         [](Document& it) {
             return it.fill({1, 5}, span("xy"));
         }},
        {"replace by as much", true,
         [](Document& it) {
             return it.replace({1, 2}, span("xy"));
         }},
        {"replace by as much content", true,
         [](Document& it) {
             return it.replace({1, 2}, Content::bytes(span("xy")));
         }},
        {"replace many by as much", true,
         [](Document& it) { return it.replaceMany(kExtents, Content::bytes(span("xy"))); }},
        {"replace each by as much", true,
         [](Document& it) {
             const std::vector<Document::Replacement> each{{{0, 1}, lasting("x")},
                                                           {{5, 2}, lasting("xy")}};
             return it.replaceMany(each);
         }},
        {"insert", false, [](Document& it) { return it.insert(1, span("xy")); }},
        {"insert at the end", false,
         [](Document& it) { return it.insert(it.length(), span("xy")); }},
        {"erase", false,
         [](Document& it) {
             return it.erase({1, 2});
         }},
        {"replace by more", false,
         [](Document& it) {
             return it.replace({1, 2}, span("xyz"));
         }},
        {"replace by nothing", false,
         [](Document& it) {
             return it.replace({1, 2}, Content());
         }},
        {"paste", false,
         [](Document& it) {
             return it.replace({1, 0}, Content::of(it.snapshot(), {0, 3}));
         }},
        {"replace many by less", false,
         [](Document& it) { return it.replaceMany(kExtents, Content::bytes(span("x"))); }},
        // As long in the end, but on the way bytes would move.
        {"replace one by less, one by more", false,
         [](Document& it) {
             const std::vector<Document::Replacement> each{{{0, 2}, lasting("x")},
                                                           {{5, 1}, lasting("xy")}};
             return it.replaceMany(each);
         }},
        {"set the length to less", false,
         [](Document& it) { return it.setLength(it.length() - 1); }},
        {"set the length to more", false,
         [](Document& it) { return it.setLength(it.length() + 1); }},
    };
    return operations;
}

void addRows() {
    QTest::addColumn<int>("operation");
    for (std::size_t i = 0; i < operations().size(); ++i)
        QTest::newRow(operations()[i].name) << static_cast<int>(i);
}

}  // namespace

class DocumentModesTest : public QObject {
    Q_OBJECT

private slots:
    void readOnlyRefusesEdits_data() { addRows(); }
    void readOnlyRefusesEdits();
    void readOnlyRefusesTheHistory();
    void readOnlyRefusesDecisions();
    void previewKeepsTheFile_data() { addRows(); }
    void previewKeepsTheFile();
    void ways_data();
    void ways();
    void notWhileAFlushRuns();
    void writeThroughNeedsAFile();
    void writeThroughKeepsTheLength_data() { addRows(); }
    void writeThroughKeepsTheLength();
    void everyMappingSeesTheByte();
    void undoWritesTheOldBytesBack();
    void undoOfAnInsertIsRefused();
    void editsDuringAWrite();
    void aFullDiskShowsTheOldByte();
    void aFailedWriteCanBeTriedAgain();
    void anotherProgramsWriteIsNotOverwritten();
    void random();
};

void DocumentModesTest::readOnlyRefusesEdits() {
    QFETCH(int, operation);
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path, AccessMode::ReadOnly);
    const std::uint64_t revision = document->revision();
    const Status refused = operations()[static_cast<std::size_t>(operation)].run(*document);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
    QVERIFY(refused.error().message().find("read-only") != std::string::npos);
    QCOMPARE(document->revision(), revision);
    QVERIFY(!document->hasChanges());
    QVERIFY(!document->needsWriteThrough());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

void DocumentModesTest::readOnlyRefusesTheHistory() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(document->overwrite(5, span("B")).ok());
    QVERIFY(flush(*document).ok());
    QVERIFY(document->undo().ok());
    QVERIFY(flush(*document).ok());
    QVERIFY(document->canUndo() && document->canRedo());
    QVERIFY(document->setAccessMode(AccessMode::ReadOnly).ok());
    for (const Status& status : {statusOf(document->undo()), statusOf(document->redo()),
                                 statusOf(document->goTo(kFirstStep))}) {
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::ReadOnly);
    }
    QCOMPARE(contentOf(*document), QByteArray("A123456789"));
    QVERIFY(document->setAccessMode(AccessMode::Preview).ok());
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

void DocumentModesTest::readOnlyRefusesDecisions() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(0, span("A")).ok());
    const std::vector<ChangeId> ids = idsOf(document->changes());
    QVERIFY(document->revert().ok());
    QVERIFY(document->setAccessMode(AccessMode::ReadOnly).ok());
    for (const Status& status :
         {document->revert(), statusOf(document->switchChanges(ids, false)),
          statusOf(document->revertChanges(ids)), statusOf(document->keepChanges(ids, true)),
          statusOf(document->takeTheirs(ids))}) {
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::ReadOnly);
    }
}

void DocumentModesTest::previewKeepsTheFile() {
    QFETCH(int, operation);
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    const auto document = openDocument(path, AccessMode::Preview, fileSystem);
    QVERIFY(operations()[static_cast<std::size_t>(operation)].run(*document).ok());
    QVERIFY(document->isModified());
    QVERIFY(!document->needsWriteThrough());
    QVERIFY(contentOf(*document) != "0123456789");
    QVERIFY(fileSystem.writes().empty());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(!document->hasChanges());
}

void DocumentModesTest::ways_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("pending");  // 0 nothing, 1 a change, 2 one that is switched off
    QTest::addColumn<bool>("isAllowed");
    const std::vector<std::pair<const char*, AccessMode>> modes{
        {"read-only", AccessMode::ReadOnly},
        {"preview", AccessMode::Preview},
        {"write-through", AccessMode::WriteThrough}};
    for (const auto& [fromName, from] : modes) {
        for (const auto& [toName, to] : modes) {
            QTest::addRow("%s to %s", fromName, toName) << int(from) << int(to) << 0 << true;
            if (from == AccessMode::ReadOnly)
                continue;
            const bool isAllowed = to == AccessMode::Preview || to == from;
            QTest::addRow("%s to %s, changed", fromName, toName)
                << int(from) << int(to) << 1 << isAllowed;
            QTest::addRow("%s to %s, switched off", fromName, toName)
                << int(from) << int(to) << 2 << isAllowed;
        }
    }
}

void DocumentModesTest::ways() {
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, pending);
    QFETCH(bool, isAllowed);
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"), AccessMode(from));
    if (pending > 0)
        QVERIFY(document->overwrite(0, span("A")).ok());
    if (pending == 2)
        QVERIFY(document->switchChanges(idsOf(document->changes()), false).ok());
    const Status changed = document->setAccessMode(AccessMode(to));
    QCOMPARE(changed.ok(), isAllowed);
    QCOMPARE(int(document->accessMode()), isAllowed ? to : from);
    if (!isAllowed) {
        QVERIFY(changed.error().message().find("pending") != std::string::npos);
        QVERIFY(document->revert().ok());
        QVERIFY(document->setAccessMode(AccessMode(to)).ok());
    }
}

// What is written by then may be taken back in the document: it is pending when the flush ends.
void DocumentModesTest::notWhileAFlushRuns() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(0, span("A")).ok());
    const auto save = *document->prepareFlush();
    QVERIFY(document->undo().ok());
    QVERIFY(!document->hasChanges());
    for (const AccessMode mode : {AccessMode::ReadOnly, AccessMode::WriteThrough})
        QVERIFY(!document->setAccessMode(mode).ok());
    QCOMPARE(int(document->accessMode()), int(AccessMode::Preview));
    Progress progress;
    QVERIFY(save->run(progress).ok());
    document->finishFlush(*save);
    QVERIFY(document->isModified());
    QVERIFY(flush(*document).ok());
    QVERIFY(document->setAccessMode(AccessMode::ReadOnly).ok());
}

void DocumentModesTest::writeThroughNeedsAFile() {
    const auto untitled = Document::untitled();
    const Status refused = untitled->setAccessMode(AccessMode::WriteThrough);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::UnsupportedFile);
    QCOMPARE(int(untitled->accessMode()), int(AccessMode::Preview));
    QVERIFY(untitled->setAccessMode(AccessMode::ReadOnly).ok());

    // Made while it is read.
    const auto generated = openDocument("/proc/self/status");
    QCOMPARE(generated->setAccessMode(AccessMode::WriteThrough).error().code,
             ErrorCode::UnsupportedFile);
    const auto opened =
        Document::open(systemFileSystem(), "/proc/self/status", AccessMode::WriteThrough);
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::UnsupportedFile);
}

void DocumentModesTest::writeThroughKeepsTheLength() {
    QFETCH(int, operation);
    const Operation& it = operations()[static_cast<std::size_t>(operation)];
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto preview = Document::untitled();
    QVERIFY(preview->insert(0, span("0123456789")).ok());
    QVERIFY(it.run(*preview).ok());

    FaultFileSystem fileSystem;
    const auto document = openDocument(path, AccessMode::WriteThrough, fileSystem);
    const Status status = it.run(*document);
    QCOMPARE(status.ok(), it.keepsLength);
    QCOMPARE(document->needsWriteThrough(), it.keepsLength);
    if (it.keepsLength) {
        QVERIFY(writeThrough(*document).ok());
        QVERIFY(!document->hasChanges());
        QCOMPARE(contentOf(*document), contentOf(*preview));
        QCOMPARE(TestFolder::read(path), contentOf(*preview));
        return;
    }
    QCOMPARE(status.error().code, ErrorCode::LengthChanged);
    QVERIFY(status.error().reason.find("switch to preview to insert or delete") !=
            std::string::npos);
    QVERIFY(!document->hasChanges());
    QVERIFY(!document->canUndo());
    QVERIFY(fileSystem.writes().empty());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(document->setAccessMode(AccessMode::Preview).ok());
    QVERIFY(it.run(*document).ok());
    QCOMPARE(contentOf(*document), contentOf(*preview));
}

void DocumentModesTest::everyMappingSeesTheByte() {
    const TestFolder folder;
    const std::string path = folder.write("file", QByteArray(100'000, 'a'));
    const auto mapped = MemoryMap::fromPath(path, {.access = MapAccess::ReadOnly});
    QVERIFY(mapped.ok());
    FaultFileSystem fileSystem;
    const auto document = openDocument(path, AccessMode::WriteThrough, fileSystem);
    const Snapshot before = document->snapshot();
    QVERIFY(!document->needsWriteThrough());
    QVERIFY(document->overwrite(50'000, span("b")).ok());
    QVERIFY(document->needsWriteThrough());
    QVERIFY(flush(*document, {.withoutSync = true}).ok());
    QVERIFY(!document->needsWriteThrough());
    QCOMPARE(fileSystem.writes(), (std::vector<FileExtent>{{{50'000}, 1}}));
    QCOMPARE(*mapped->at(50'000), Byte('b'));
    QCOMPARE(TestFolder::read(path).at(50'000), 'b');
    QVERIFY(!document->isModified());
    QCOMPARE(document->savedStep(), std::optional(document->history().current()));
    // Snapshots stay what they were.
    QVERIFY(contentOf(before) == QByteArray(100'000, 'a'));
}

void DocumentModesTest::undoWritesTheOldBytesBack() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path, AccessMode::WriteThrough);
    const std::vector<QByteArray> contents{"0123456789", "A123456789", "AB23456789", "A----56789"};
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(writeThrough(*document).ok());
    QVERIFY(document->overwrite(1, span("B")).ok());
    QVERIFY(writeThrough(*document).ok());
    QVERIFY(document->fill({1, 4}, span("-")).ok());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), contents[3]);
    for (const int step : {2, 1, 0, 1, 2, 3}) {
        const bool isUndo = step < static_cast<int>(document->history().current());
        QVERIFY((isUndo ? document->undo() : document->redo()).ok());
        QVERIFY(document->needsWriteThrough());
        QVERIFY(writeThrough(*document).ok());
        QCOMPARE(TestFolder::read(path), contents[static_cast<std::size_t>(step)]);
        QCOMPARE(contentOf(*document), contents[static_cast<std::size_t>(step)]);
        QVERIFY(!document->hasChanges());
    }
    QVERIFY(document->goTo(kFirstStep).ok());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), contents[0]);
}

void DocumentModesTest::undoOfAnInsertIsRefused() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path);
    QVERIFY(document->insert(5, span("--")).ok());
    CopySave save(systemFileSystem(), folder.path("new"), *document->beginCopy(), std::nullopt);
    Progress progress;
    QVERIFY(save.run(progress).ok());
    document->finishCopy(*MappedFile::open(systemFileSystem(), save.target()));
    QVERIFY(document->setAccessMode(AccessMode::WriteThrough).ok());
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(writeThrough(*document).ok());

    QVERIFY(document->undo().ok());
    QVERIFY(writeThrough(*document).ok());
    const Result<std::optional<Extent>> refused = document->undo();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::LengthChanged);
    QVERIFY(refused.error().reason.find("switch to preview") != std::string::npos);
    QCOMPARE(contentOf(*document), QByteArray("01234--56789"));
    // All of the way or nothing.
    QVERIFY(document->redo().ok());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(document->goTo(kFirstStep).error().code, ErrorCode::LengthChanged);
    QCOMPARE(TestFolder::read(save.target()), QByteArray("A1234--56789"));
    QVERIFY(!document->needsWriteThrough());
    QVERIFY(document->setAccessMode(AccessMode::Preview).ok());
    QVERIFY(document->goTo(kFirstStep).ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

void DocumentModesTest::editsDuringAWrite() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    const auto document = openDocument(path, AccessMode::WriteThrough);
    QVERIFY(document->overwrite(2, span("ABC")).ok());
    const auto save = *document->prepareFlush();
    QVERIFY(!document->needsWriteThrough());
    QVERIFY(document->overwrite(3, span("x")).ok());
    QVERIFY(document->overwrite(8, span("y")).ok());
    Progress progress;
    QVERIFY(save->run(progress).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("01ABC56789"));
    document->finishFlush(*save);
    QVERIFY(document->needsWriteThrough());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("01AxC567y9"));

    // Undone while it is written.
    QVERIFY(document->overwrite(0, span("Z")).ok());
    const auto second = *document->prepareFlush();
    QVERIFY(document->undo().ok());
    QVERIFY(second->run(progress).ok());
    document->finishFlush(*second);
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("01AxC567y9"));
    QCOMPARE(contentOf(*document), QByteArray("01AxC567y9"));
}

// Every call of the write fails once, with no room on the disk.
void DocumentModesTest::aFullDiskShowsTheOldByte() {
    const TestFolder folder;
    const QByteArray content = someBytes(1000);
    FaultFileSystem fileSystem;
    int failures = 0;
    for (int n = 1;; ++n) {
        const std::string path = folder.write("file", content);
        fileSystem.setPlan({});
        const auto document = openDocument(path, AccessMode::WriteThrough, fileSystem);
        QVERIFY(document->overwrite(10, span("abc")).ok());
        const QByteArray edited = QByteArray(content).replace(10, 3, "abc");
        QCOMPARE(contentOf(*document), edited);
        fileSystem.setPlan({n, 1, ENOSPC});
        const Status status = writeThrough(*document);
        const bool hasFailed = fileSystem.calls() >= n;
        fileSystem.setPlan({});
        QVERIFY(!document->needsWriteThrough());
        QVERIFY(!document->hasChanges());
        QVERIFY(status.ok() || hasFailed);
        if (status.ok()) {  // some calls can be done without
            QCOMPARE(TestFolder::read(path), edited);
            if (!hasFailed)
                break;
            continue;
        }
        ++failures;
        QCOMPARE(status.error().systemError, ENOSPC);
        QVERIFY(status.error().message().find(path) != std::string::npos);
        QVERIFY(contentOf(*document) == content);
        QVERIFY(TestFolder::read(path) == content);
        QCOMPARE(int(document->history().step(document->history().current()).kind),
                 int(EditKind::WriteFailed));
    }
    QVERIFY(failures >= 3);
}

void DocumentModesTest::aFailedWriteCanBeTriedAgain() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    FaultFileSystem fileSystem;
    const auto document = openDocument(path, AccessMode::WriteThrough, fileSystem);
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(writeThrough(*document).ok());
    QVERIFY(document->overwrite(5, span("BC")).ok());
    bool isFull = true;
    fileSystem.setBeforeWrite([&] {
        if (std::exchange(isFull, false))
            fileSystem.setPlan({1, 1, ENOSPC});
    });
    QVERIFY(!writeThrough(*document).ok());
    fileSystem.setPlan({});
    QCOMPARE(contentOf(*document), QByteArray("A123456789"));
    QCOMPARE(TestFolder::read(path), QByteArray("A123456789"));
    // Undo of the failure brings the edit back, and that is written.
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("A1234BC789"));
    QVERIFY(document->needsWriteThrough());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("A1234BC789"));
    QVERIFY(document->goTo(kFirstStep).ok());
    QVERIFY(writeThrough(*document).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
}

void DocumentModesTest::anotherProgramsWriteIsNotOverwritten() {
    const TestFolder folder;
    const std::string path = folder.write("file", "0123456789");
    // So that the write is seen in the times, however coarse the clock is.
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite) &&
            file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000'000),
                             QFileDevice::FileModificationTime));
    file.close();
    const auto document = openDocument(path, AccessMode::WriteThrough);
    folder.write("file", "##########");
    QVERIFY(document->overwrite(5, span("B")).ok());
    const Status refused = writeThrough(*document);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::ChangedOutside);
    QCOMPARE(TestFolder::read(path), QByteArray("##########"));
    QCOMPARE(contentOf(*document), QByteArray("##########"));
    QVERIFY(!document->hasChanges());
}

// Edits, undo, redo, walks and failures in write-through mode: after each the file holds what is
// shown.
void DocumentModesTest::random() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < scaled(20); ++round) {
            const TestFolder folder;
            const std::string path = folder.write("file", someBytes(300, quint32(engine())));
            FaultFileSystem fileSystem;
            const auto document = openDocument(path, AccessMode::WriteThrough, fileSystem);
            std::vector<QByteArray> contents{contentOf(*document)};  // by step
            for (int step = 0; step < 60; ++step) {
                const Offset at = below(300);
                const QByteArray bytes =
                    someBytes(1 + below(std::min<Offset>(300 - at, 20)), quint32(engine()));
                switch (below(4)) {
                case 0:
                    QVERIFY(document->undo().ok());
                    break;
                case 1:
                    QVERIFY(
                        document->goTo(static_cast<StepId>(below(document->history().last() + 1)))
                            .ok());
                    break;
                default:
                    QVERIFY(document->overwrite(at, span(bytes)).ok());
                }
                const QByteArray shown = contentOf(*document);
                if (document->history().last() == contents.size())
                    contents.push_back(shown);
                QCOMPARE(shown, contents[document->history().current()]);
                const QByteArray before = TestFolder::read(path);
                const bool fails = below(5) == 0;
                if (fails)
                    fileSystem.setPlan({1 + static_cast<int>(below(4)), 1, ENOSPC});
                const Status written = writeThrough(*document);
                fileSystem.setPlan({});
                QVERIFY(fails || written.ok());
                QVERIFY(!document->hasChanges());
                QCOMPARE(TestFolder::read(path), written ? shown : before);
                QCOMPARE(contentOf(*document), written ? shown : before);
                if (document->history().last() == contents.size())
                    contents.push_back(contentOf(*document));
            }
        }
    }
}

QTEST_GUILESS_MAIN(DocumentModesTest)
#include "document_modes_test.moc"
