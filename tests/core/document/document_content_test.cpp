// What goes into a document at any size: content that is referred to, many places at once, lengths
// up to 2^63 - 1, transactions, the history.
#include "core/document/document.h"
#include "core/document/import_file.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QDateTime>
#include <QTest>

#include <functional>
#include <random>
#include <string_view>
#include <vector>

#include <unistd.h>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kGiB = Offset{1} << 30;
constexpr Offset kTiB = Offset{1} << 40;

std::unique_ptr<Document> openDocument(const std::string& path) {
    return *Document::open(systemFileSystem(), path);
}

QByteArray bytesOf(const Snapshot& snapshot, Extent extent) {
    QByteArray out(extent.length, '\xEE');
    const Unreadable unreadable = snapshot.read(
        extent.offset, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return unreadable.isEmpty() ? out : QByteArray("(unreadable)");
}

QByteArray bytesOf(const Document& document, Extent extent) {
    return bytesOf(document.snapshot(), extent);
}

QByteArray contentOf(const Document& document) {
    return bytesOf(document, {0, document.length()});
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

std::vector<ChangeId> idsOf(const Document& document) {
    std::vector<ChangeId> ids;
    for (const Change& change : document.snapshot().changeSet())
        ids.push_back(change.id);
    return ids;
}

/// Of a literal, to be kept: span() is good for a call.
ByteSpan lasting(std::string_view literal) {
    return {reinterpret_cast<const Byte*>(literal.data()), literal.size()};
}

/// An untitled document of so many zeros.
std::unique_ptr<Document> zeros(Offset length) {
    std::unique_ptr<Document> document = Document::untitled();
    (void)document->setLength(length);
    return document;
}

/// A file with a hole of so many bytes; empty where the file system takes none so long.
std::string sparseFile(const TestFolder& folder, const char* name, Offset length) {
    const std::string path = folder.write(name, {});
    return ::truncate(path.c_str(), length) == 0 ? path : std::string();
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

/// Bytes of memory that belong to this process alone.
Offset privateBytes() {
    QFile status("/proc/self/status");
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).simplified().split(' ').first().toLongLong() * 1024;
    }
    return 0;
}

/// A document whose edits are refused leaves no trace of them.
struct Unchanged {
    explicit Unchanged(const Document& document)
        : revision(document.revision())
        , length(document.length())
        , step(document.history().last())
        , changes(document.snapshot().changeSet()) {}
    friend bool operator==(const Unchanged&, const Unchanged&) = default;

    std::uint64_t revision;
    Offset length;
    StepId step;
    std::vector<Change> changes;
};

}  // namespace

class DocumentContentTest : public QObject {
    Q_OBJECT

private slots:
    void aPasteOf10GiBTakesNoMemory();
    void aPasteKeepsWhatItsSourceLoses();
    void aPasteOfItself();
    void aFillOf1TiBIsOnePiece();
    void aLargeFileIsReferredTo();
    void aReferredFileIsChecked_data();
    void aReferredFileIsChecked();
    void editsAtBoundaries_data();
    void editsAtBoundaries();
    void lengthsOverflow_data();
    void lengthsOverflow();
    void badExtents_data();
    void badExtents();
    void switchingOnOverflows();
    void givingUpADeletionOverflows();
    void replaceManyRefuses_data();
    void replaceManyRefuses();
    void replaceManyWithinBounds_data();
    void replaceManyWithinBounds();
    void replaceManyAgreesWithAModel();
    void replaceManyFitsOnTheWay();
    void replacesAHundredThousandPlaces();
    void setsTheLength_data();
    void setsTheLength();
    void transactions();
    void transactionsOfNothing();
    void walksTheTreeOfSteps();
    void historyOnTheDisk();
    void walksFarOnTheDisk();
    void historyThatCannotBeFetched();
};

// ---- Content that is referred to -----------------------------------------------------------

void DocumentContentTest::aPasteOf10GiBTakesNoMemory() {
    const TestFolder folder;
    const std::string path = sparseFile(folder, "source", 10 * kGiB);
    if (path.empty())
        QSKIP("the file system takes no file of 10 GiB");
    writeOutside(path, 7 * kGiB, "seven");
    auto source = openDocument(path);
    QVERIFY(source->overwrite(3 * kGiB, span("three")).ok());
    QVERIFY(source->fill({kGiB, kGiB}, span("\xDE\xAD")).ok());
    const auto document = openDocument(folder.write("file", "0123456789"));

    const Offset before = privateBytes();
    const Content content = Content::of(source->snapshot(), {0, 10 * kGiB});
    QVERIFY(document->replace({5, 0}, content).ok());
    const Offset after = privateBytes();
    QVERIFY2(after - before < 4 << 20, qPrintable(QString::number(after - before)));
    QCOMPARE(content.runs().size(), std::size_t{5});
    QCOMPARE(document->snapshot().tree().pieceCount(), std::size_t{7});
    QCOMPARE(document->changes().size(), std::size_t{1});
    QCOMPARE(document->length(), 10 * kGiB + 10);
    const auto check = [&] {
        QCOMPARE(bytesOf(*document, {0, 7}), QByteArray("01234\0\0", 7));
        QCOMPARE(bytesOf(*document, {kGiB + 4, 4}), QByteArray("\0\xDE\xAD\xDE", 4));
        QCOMPARE(bytesOf(*document, {3 * kGiB + 5, 6}), QByteArray("three\0", 6));
        QCOMPARE(bytesOf(*document, {7 * kGiB + 5, 6}), QByteArray("seven\0", 6));
        QCOMPARE(bytesOf(*document, {10 * kGiB + 3, 7}), QByteArray("\0\0"
                                                                    "56789",
                                                                    7));
    };
    check();
    // What becomes of the other document is nothing to this one.
    QVERIFY(source->fill({0, 10 * kGiB}, span("x")).ok());
    QVERIFY(source->revert().ok());
    source.reset();
    check();
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(document->redo().ok());
    check();
}

// The other document saves over the bytes that were pasted.
void DocumentContentTest::aPasteKeepsWhatItsSourceLoses() {
    const TestFolder folder;
    const std::string path = folder.write("source", "abcdefghij");
    const auto source = openDocument(path);
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(source->insert(0, span("+")).ok());
    QVERIFY(document->replace({0, 5}, Content::of(source->snapshot(), {0, 5})).ok());
    QVERIFY(source->undo().ok());
    QVERIFY(source->overwrite(1, span("XYZ")).ok());
    QVERIFY(flush(*source).ok());
    QCOMPARE(TestFolder::read(path), QByteArray("aXYZefghij"));
    QCOMPARE(contentOf(*document), QByteArray("+abcd56789"));
    QVERIFY(flush(*document).ok());
    QCOMPARE(TestFolder::read(document->path()), QByteArray("+abcd56789"));
}

void DocumentContentTest::aPasteOfItself() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    for (int i = 0; i < 12; ++i)
        QVERIFY(document
                    ->replace({document->length(), 0},
                              Content::of(document->snapshot(), {0, document->length()}))
                    .ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789").repeated(4096));
    QVERIFY(document->goTo(1).ok());
    QCOMPARE(contentOf(*document), QByteArray("01234567890123456789"));
    // Its own place, once more, is no change after a look.
    QVERIFY(document->revert().ok());
    QVERIFY(document->replace({0, 4}, Content::of(document->snapshot(), {0, 4})).ok());
    QVERIFY(!document->hasChanges());
}

void DocumentContentTest::aFillOf1TiBIsOnePiece() {
    const auto document = zeros(kTiB + 3);
    const ByteSpan pattern = lasting("\xDE\xAD");
    QVERIFY(document->fill({1, kTiB}, pattern).ok());
    const Snapshot snapshot = document->snapshot();
    QCOMPARE(snapshot.tree().pieceCount(), std::size_t{3});
    QCOMPARE(bytesOf(snapshot, {0, 4}), QByteArray("\0\xDE\xAD\xDE", 4));
    QCOMPARE(bytesOf(snapshot, {kTiB - 1, 4}), QByteArray("\xDE\xAD\0\0", 4));
    const std::uint32_t sources = snapshot.sources()->count();
    // The same pattern is the same source, and an edit in it keeps its phase on both sides.
    QVERIFY(document->fill({0, kTiB + 3}, pattern).ok());
    QCOMPARE(document->snapshot().tree().pieceCount(), std::size_t{1});
    QCOMPARE(document->snapshot().sources()->count(), sources);
    QVERIFY(document->overwrite(kTiB / 2 + 1, span("xy")).ok());
    QCOMPARE(bytesOf(*document, {kTiB / 2 - 1, 6}), QByteArray("\xAD\xDExy\xAD\xDE"));
    QVERIFY(document->undo().ok());
    QVERIFY(document->undo().ok());
    QCOMPARE(bytesOf(*document, {kTiB - 1, 4}), QByteArray("\xDE\xAD\0\0", 4));
    // As content, in as many places as one likes.
    QVERIFY(document->replace({0, kTiB}, Content::repeated(pattern, 3 * kTiB)).ok());
    QCOMPARE(document->length(), 3 * kTiB + 3);
    QCOMPARE(bytesOf(*document, {3 * kTiB - 2, 4}), QByteArray("\xDE\xAD\xAD\0", 4));
    QVERIFY(!document->fill({0, 1}, {}).ok());
}

void DocumentContentTest::aLargeFileIsReferredTo() {
    const TestFolder folder;
    const std::string path = sparseFile(folder, "large", kMostImportCopied + 1);
    QVERIFY(!path.empty());
    writeOutside(path, kMostImportCopied, "E");
    const auto document = openDocument(folder.write("file", "0123456789"));
    const Offset before = privateBytes();
    {
        Progress progress;
        const auto content = importFile(systemFileSystem(), path, progress);
        QVERIFY(content.ok());
        QVERIFY(document->replace({5, 0}, *content).ok());
    }
    QVERIFY(privateBytes() - before < 4 << 20);
    QCOMPARE(document->length(), kMostImportCopied + 11);
    QCOMPARE(bytesOf(*document, {kMostImportCopied + 4, 3}), QByteArray("\0E5", 3));
    // Referred to: what another program writes is seen.
    writeOutside(path, 0, "B");
    QCOMPARE(bytesOf(*document, {4, 3}), QByteArray("4B\0", 3));
}

void DocumentContentTest::aReferredFileIsChecked_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("nothing") << "nothing" << true;
    QTest::newRow("written by another program") << "written" << false;
    QTest::newRow("made longer") << "longer" << false;
    QTest::newRow("cut") << "cut" << false;
    QTest::newRow("replaced by another file") << "replaced" << false;
    QTest::newRow("removed") << "removed" << false;
    QTest::newRow("saved by ourselves") << "saved" << true;
}

void DocumentContentTest::aReferredFileIsChecked() {
    QFETCH(QString, what);
    QFETCH(bool, isSame);
    const TestFolder folder;
    const QByteArray content = someBytes(1000);
    const std::string source = folder.write("source", content);
    makeOld(source);
    const QByteArray file = someBytes(5000, 2);
    const std::string path = folder.write("file", file);
    const auto document = openDocument(path);
    Progress progress;
    const auto imported = importFile(systemFileSystem(), source, progress, 999);
    QVERIFY(imported.ok());
    QVERIFY(document->replace({100, 1000}, *imported).ok());
    QVERIFY(document->overwrite(3000, span("mine")).ok());
    const std::vector<ChangeId> ids = idsOf(*document);
    QCOMPARE(ids.size(), std::size_t{2});

    if (what == "written") {
        writeOutside(source, 10, "w");
    } else if (what == "longer") {
        writeOutside(source, 1000, "w");
    } else if (what == "cut") {
        QCOMPARE(::truncate(source.c_str(), 500), 0);
    } else if (what == "replaced") {
        const std::string other = folder.write("other", content);
        QVERIFY(systemFileSystem().rename(other, source).ok());
    } else if (what == "removed") {
        QVERIFY(systemFileSystem().remove(source).ok());
    } else if (what == "saved") {
        const auto other = openDocument(source);
        QVERIFY(other->overwrite(10, span("saved")).ok());
        QVERIFY(flush(*other).ok());
    }
    const Status flushed = flush(*document);
    QCOMPARE(flushed.ok(), isSame);
    if (isSame) {
        QVERIFY(TestFolder::read(path) ==
                QByteArray(file).replace(100, 1000, content).replace(3000, 4, "mine"));
        return;
    }
    QCOMPARE(flushed.error().code, ErrorCode::SourceChanged);
    QVERIFY(TestFolder::read(path) == file);
    QCOMPARE(idsOf(*document), ids);
    QVERIFY(document->changeRecord(ids[0]).sourceChanged);
    QVERIFY(!document->changeRecord(ids[1]).sourceChanged);
    // The choices: leave it out, or write what is there now.
    const auto others = document->prepareFlush(std::vector{ids[1]});
    QVERIFY(others.ok() && (*others)->run(progress).ok());
    document->finishFlush(**others);
    QVERIFY(TestFolder::read(path) == QByteArray(file).replace(3000, 4, "mine"));
    QCOMPARE(idsOf(*document), std::vector{ids[0]});
    if (what == "cut" || what == "removed") {
        QVERIFY(document->revertChanges(idsOf(*document)).ok());
        QVERIFY(!document->hasChanges());
        return;
    }
    QVERIFY(flush(*document, {.evenIfSourceChanged = true}).ok());
    const QByteArray now = what == "written" ? QByteArray(content).replace(10, 1, "w") : content;
    QVERIFY(TestFolder::read(path) ==
            QByteArray(file).replace(100, 1000, now).replace(3000, 4, "mine"));
}

// ---- Lengths and places ----------------------------------------------------------------------

namespace {

struct Edit {
    const char* name;
    /// Puts `bytes` somewhere around `extent`, whose content they replace in the model too.
    std::function<Status(Document&, Extent)> run;
    Offset replaced;
    QByteArray inserted;
};

const std::vector<Edit>& edits() {
    static const std::vector<Edit> edits{
        {"overwrite", [](Document& it, Extent at) { return it.overwrite(at.offset, span("xyz")); },
         3, "xyz"},
        {"insert", [](Document& it, Extent at) { return it.insert(at.offset, span("xyz")); }, 0,
         "xyz"},
        {"erase", [](Document& it, Extent at) { return it.erase(at); }, 3, ""},
        {"fill", [](Document& it, Extent at) { return it.fill(at, span("xy")); }, 3, "xyx"},
        {"replace by more", [](Document& it, Extent at) { return it.replace(at, span("xyzx")); }, 2,
         "xyzx"},
        {"replace by less", [](Document& it, Extent at) { return it.replace(at, span("x")); }, 3,
         "x"},
        {"paste",
         [](Document& it, Extent at) { return it.replace(at, Content::repeated(span("xy"), 5)); },
         1, "xyxyx"},
        {"replace many",
         [](Document& it, Extent at) {
             const std::vector<Extent> extents{{at.offset, 1}, {at.offset + 1, at.length - 1}};
             return it.replaceMany(extents, Content::bytes(span("xy")));
         },
         3, "xyxy"},
        {"replace each",
         [](Document& it, Extent at) {
             const std::vector<Document::Replacement> each{{{at.offset, 0}, lasting("x")},
                                                           {{at.offset, at.length}, lasting("yz")}};
             return it.replaceMany(each);
         },
         2, "xyz"},
    };
    return edits;
}

}  // namespace

void DocumentContentTest::editsAtBoundaries_data() {
    QTest::addColumn<int>("edit");
    QTest::addColumn<bool>("isFile");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("at");
    const Offset k31 = Offset{1} << 31;
    const Offset k32 = Offset{1} << 32;
    const Offset most = kMaxLength - 16;
    const std::vector<std::tuple<const char*, Offset, Offset>> places{
        {"0", most, 0},
        {"2^31 - 2", most, k31 - 2},
        {"2^31", most, k31},
        {"2^32 - 2", most, k32 - 2},
        {"2^32", most, k32},
        {"the middle", most, most / 2},
        {"the end", most, -1},
        {"the end, 2^31 long", k31, -1},
        {"the end, 2^32 - 1 long", k32 - 1, -1},
        {"the end, 2^32 + 1 long", k32 + 1, -1},
        {"the end, 3 long", 3, -1},
    };
    for (std::size_t i = 0; i < edits().size(); ++i) {
        for (const auto& [name, length, at] : places) {
            const Offset place = at < 0 ? length - edits()[i].replaced : at;
            QTest::addRow("%s at %s", edits()[i].name, name)
                << static_cast<int>(i) << false << qint64{length} << qint64{place};
            if (length == most) {
                const Offset inFile = at < 0 ? kTiB - edits()[i].replaced : std::min(at, kTiB / 2);
                QTest::addRow("%s at %s of a file", edits()[i].name, name)
                    << static_cast<int>(i) << true << qint64{kTiB} << qint64{inFile};
            }
        }
    }
}

// The bytes around the place are known, the rest are zeros.
void DocumentContentTest::editsAtBoundaries() {
    QFETCH(int, edit);
    QFETCH(bool, isFile);
    QFETCH(qint64, length);
    QFETCH(qint64, at);
    const Edit& it = edits()[static_cast<std::size_t>(edit)];
    const Offset from = std::max<Offset>(at - 8, 0);
    const QByteArray around = someBytes(std::min<Offset>(at + it.replaced + 8, length) - from);
    const TestFolder folder;
    std::unique_ptr<Document> document;
    if (isFile) {
        const std::string path = sparseFile(folder, "file", length);
        if (path.empty())
            QSKIP("the file system takes no file of 1 TiB");
        writeOutside(path, from, around);
        document = openDocument(path);
    } else {
        document = zeros(length);
        QVERIFY(document->overwrite(from, span(around)).ok());
    }
    QCOMPARE(document->length(), length);
    const auto shows = [&](const QByteArray& expected, Offset whole) {
        // As far as there is something behind it.
        const Offset zerosBehind = std::min<Offset>(whole - from - expected.size(), 8);
        return document->length() == whole &&
               bytesOf(*document, {from, expected.size() + zerosBehind}) ==
                   expected + QByteArray(zerosBehind, '\0');
    };
    QVERIFY(shows(around, length));
    QVERIFY(it.run(*document, {at, it.replaced}).ok());
    const QByteArray edited = QByteArray(around).replace(at - from, it.replaced, it.inserted);
    const Offset now = length - it.replaced + it.inserted.size();
    QVERIFY(shows(edited, now));
    QVERIFY(document->undo().ok());
    QVERIFY(shows(around, length));
    QVERIFY(document->redo().ok());
    QVERIFY(shows(edited, now));
}

void DocumentContentTest::lengthsOverflow_data() {
    QTest::addColumn<int>("grow");
    const char* const names[] = {"insert",       "insert at the end", "replace",      "paste",
                                 "replace many", "replace each",      "insert, typed"};
    for (int i = 0; i < 7; ++i)
        QTest::newRow(names[i]) << i;
}

// Each operation makes the document longer by `more`.
void DocumentContentTest::lengthsOverflow() {
    QFETCH(int, grow);
    const std::vector<std::function<Status(Document&, Offset)>> operations{
        [](Document& it, Offset more) { return it.insert(10, span(QByteArray(more, 'x'))); },
        [](Document& it, Offset more) {
            return it.insert(it.length(), span(QByteArray(more, 'x')));
        },
        [](Document& it, Offset more) {
            return it.replace({10, 5}, span(QByteArray(more + 5, 'x')));
        },
        [](Document& it, Offset more) {
            return it.replace({10, 5}, Content::repeated(span("x"), more + 5));
        },
        // Each of them would fit, but for the last.
        [](Document& it, Offset more) {
            std::vector<Extent> extents;
            for (Offset i = 0; i < more; ++i)
                extents.push_back({10 * i, 3});
            return it.replaceMany(extents, Content::bytes(span("xxxx")));
        },
        [](Document& it, Offset more) {
            const QByteArray all(more - 1, 'x');
            const std::vector<Document::Replacement> each{{{0, 3}, lasting("xxxx")},
                                                          {{20, 0}, span(all)}};
            return it.replaceMany(each);
        },
        [](Document& it, Offset more) {
            return it.insert(10, span(QByteArray(more, 'x')), EditStyle::Typing);
        },
    };
    const auto& operation = operations[static_cast<std::size_t>(grow)];
    const auto document = zeros(kMaxLength - 2);
    const Unchanged before(*document);
    const Status refused = operation(*document, 3);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::TooLarge);
    QVERIFY(refused.error().reason.find("2^63 - 1") != std::string::npos);
    QVERIFY(Unchanged(*document) == before);
    QVERIFY(operation(*document, 2).ok());
    QCOMPARE(document->length(), kMaxLength);
    QCOMPARE(operation(*document, 1).error().code, ErrorCode::TooLarge);
    // What keeps the length goes on, up to the last byte.
    QVERIFY(document->overwrite(kMaxLength - 1, span("e")).ok());
    QVERIFY(document->fill({kMaxLength - 5, 4}, span("ab")).ok());
    QCOMPARE(bytesOf(*document, {kMaxLength - 6, 6}), QByteArray("\0ababe", 6));
    QVERIFY(document->erase({0, kMaxLength - 1}).ok());
    QCOMPARE(contentOf(*document), QByteArray("e"));
    QVERIFY(document->goTo(0).ok());
    QCOMPARE(document->length(), Offset{0});
}

void DocumentContentTest::badExtents_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::newRow("negative offset") << qint64{-1} << qint64{1};
    QTest::newRow("negative length") << qint64{5} << qint64{-1};
    QTest::newRow("lowest offset") << std::numeric_limits<qint64>::min() << qint64{1};
    QTest::newRow("behind the end") << qint64{kMaxLength - 9} << qint64{0};
    QTest::newRow("over the end") << qint64{kMaxLength - 12} << qint64{3};
    QTest::newRow("over the highest offset") << qint64{kMaxLength - 10} << qint64{11};
    QTest::newRow("from the highest offset") << qint64{kMaxLength} << qint64{kMaxLength};
}

void DocumentContentTest::badExtents() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    const auto document = zeros(kMaxLength - 10);
    const Unchanged before(*document);
    const Extent extent{offset, length};
    const std::vector<Extent> extents{{3, 2}, extent};
    const std::vector<Document::Replacement> each{{{3, 2}, lasting("x")}, {extent, lasting("x")}};
    std::vector<Status> all{document->erase(extent),
                            document->fill(extent, span("x")),
                            document->replace(extent, span("x")),
                            document->replace(extent, Content::bytes(span("x"))),
                            document->replace(extent, Content()),
                            document->replaceMany(extents, Content::bytes(span("x"))),
                            document->replaceMany(each)};
    if (length > 0 && length < 100)
        all.push_back(document->overwrite(offset, span(QByteArray(length, 'x'))));
    if (offset < 0 || offset > document->length())
        all.push_back(document->insert(offset, span("x")));
    for (const Status& status : all) {
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
    }
    QVERIFY(Unchanged(*document) == before);
}

void DocumentContentTest::switchingOnOverflows() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->insert(2, span("abc")).ok());
    const std::vector<ChangeId> inserted = idsOf(*document);
    QVERIFY(document->switchChanges(inserted, false).ok());
    QVERIFY(document->setLength(kMaxLength - 1).ok());
    const Unchanged before(*document);
    const auto switched = document->switchChanges(inserted, true);
    QVERIFY(!switched.ok());
    QCOMPARE(switched.error().code, ErrorCode::TooLarge);
    QCOMPARE(document->keepChanges(inserted, true).error().code, ErrorCode::TooLarge);
    QVERIFY(!document->changeRecord(inserted[0]).kept);
    // Neither does an edit switch it on on the way.
    for (const Status& status :
         {document->overwrite(1, span("xy"), IfSwitchedOff::SwitchOn),
          document->erase({1, 3}, IfSwitchedOff::SwitchOn),
          document->replaceMany(std::vector<Extent>{{1, 2}}, Content::bytes(span("xy")),
                                IfSwitchedOff::SwitchOn)})
        QVERIFY(!status.ok());
    QVERIFY(Unchanged(*document) == before);
    QVERIFY(document->setLength(kMaxLength - 3).ok());
    QVERIFY(document->switchChanges(inserted, true).ok());
    QCOMPARE(document->length(), kMaxLength);
}

// What was deleted comes back, and there may be no room for it any more.
void DocumentContentTest::givingUpADeletionOverflows() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->erase({2, 3}).ok());
    QVERIFY(document->setLength(kMaxLength - 1).ok());
    const std::vector<ChangeId> ids = idsOf(*document);
    QCOMPARE(ids.size(), std::size_t{2});
    const std::vector<ChangeId> deletion{ids[0]};
    QVERIFY(document->keepChanges(std::vector{ids[1]}, true).ok());
    const Unchanged before(*document);
    for (const ErrorCode code : {document->revertChanges(deletion).error().code,
                                 document->takeTheirs(deletion).error().code,
                                 document->switchChanges(deletion, false).error().code,
                                 document->revert(Document::Revert::Undecided).error().code})
        QCOMPARE(code, ErrorCode::TooLarge);
    QVERIFY(Unchanged(*document) == before);
    // Both at once fit, as the first makes room or the second does.
    QVERIFY(document->switchChanges(ids, false).ok() ||
            document->revert(Document::Revert::Everything).ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

// ---- Many places at once ---------------------------------------------------------------------

void DocumentContentTest::replaceManyRefuses_data() {
    QTest::addColumn<QList<qint64>>("numbers");  // offset, length, ...
    QTest::addColumn<int>("code");
    const int invalid = int(ErrorCode::InvalidArgument);
    QTest::newRow("overlapping") << QList<qint64>{0, 5, 4, 2} << invalid;
    QTest::newRow("one in the other") << QList<qint64>{0, 9, 4, 2} << invalid;
    QTest::newRow("the same") << QList<qint64>{4, 2, 4, 2} << invalid;
    QTest::newRow("inserted within") << QList<qint64>{3, 4, 5, 0} << invalid;
    QTest::newRow("descending") << QList<qint64>{6, 2, 0, 2} << invalid;
    QTest::newRow("insertions descending") << QList<qint64>{6, 0, 5, 0} << invalid;
    QTest::newRow("the last passes the end") << QList<qint64>{0, 2, 9, 2} << invalid;
    QTest::newRow("the last is negative") << QList<qint64>{0, 2, -1, 2} << invalid;
    QTest::newRow("too long together") << QList<qint64>{0, 0, 5, 0} << int(ErrorCode::TooLarge);
}

void DocumentContentTest::replaceManyRefuses() {
    QFETCH(QList<qint64>, numbers);
    QFETCH(int, code);
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    std::vector<Extent> extents;
    std::vector<Document::Replacement> each;
    for (qsizetype i = 0; i < numbers.size(); i += 2) {
        extents.push_back({numbers[i], numbers[i + 1]});
        each.push_back({extents.back(), lasting("xyz")});
    }
    const Unchanged before(*document);
    const bool isTooLong = code == int(ErrorCode::TooLarge);
    const Content content =
        isTooLong ? Content::repeated(span("x"), kMaxLength / 2) : Content::bytes(span("xyz"));
    const Status refused = document->replaceMany(extents, content);
    QVERIFY(!refused.ok());
    QCOMPARE(int(refused.error().code), code);
    if (!isTooLong)
        QCOMPARE(int(document->replaceMany(each).error().code), code);
    QVERIFY(Unchanged(*document) == before);
    QVERIFY(!document->canUndo());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

// What would be as long in the end, and longer than anything on the way.
void DocumentContentTest::replaceManyFitsOnTheWay() {
    const auto document = zeros(kMaxLength - 1);
    const std::vector<Document::Replacement> each{
        {{0, 3}, lasting("x")}, {{20, 0}, lasting("x")}, {{30, 0}, lasting("x")}};
    const Status status = document->replaceMany(each);
    if (!status)
        QCOMPARE(status.error().code, ErrorCode::TooLarge);
    QCOMPARE(document->length(), kMaxLength - 1);
    QCOMPARE(document->snapshot().tree().length(), kMaxLength - 1);
}

void DocumentContentTest::replaceManyWithinBounds_data() {
    QTest::addColumn<QList<qint64>>("numbers");
    QTest::addColumn<QByteArray>("content");  // "xy" in each place
    QTest::newRow("none") << QList<qint64>{} << QByteArray("0123456789");
    QTest::newRow("touching") << QList<qint64>{0, 5, 5, 5} << QByteArray("xyxy");
    QTest::newRow("insertions at one place")
        << QList<qint64>{5, 0, 5, 0} << QByteArray("01234xyxy56789");
    QTest::newRow("insertions at the edges")
        << QList<qint64>{4, 0, 4, 2, 6, 0} << QByteArray("0123xyxyxy6789");
    QTest::newRow("first and last") << QList<qint64>{0, 0, 10, 0} << QByteArray("xy0123456789xy");
    QTest::newRow("everything") << QList<qint64>{0, 10} << QByteArray("xy");
}

void DocumentContentTest::replaceManyWithinBounds() {
    QFETCH(QList<qint64>, numbers);
    QFETCH(QByteArray, content);
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    std::vector<Extent> extents;
    std::vector<Document::Replacement> each;
    for (qsizetype i = 0; i < numbers.size(); i += 2) {
        extents.push_back({numbers[i], numbers[i + 1]});
        each.push_back({extents.back(), lasting("xy")});
    }
    int events = 0;
    document->setListener([&](const DocumentEvent&) { ++events; });
    QVERIFY(document->replaceMany(extents, Content::bytes(span("xy"))).ok());
    QCOMPARE(contentOf(*document), content);
    QCOMPARE(events, extents.empty() ? 0 : 1);
    QCOMPARE(document->history().last(), extents.empty() ? StepId{0} : StepId{1});
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(document->replaceMany(each).ok());
    QCOMPARE(contentOf(*document), content);
}

void DocumentContentTest::replaceManyAgreesWithAModel() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < scaled(200); ++round) {
            const TestFolder folder;
            QByteArray model = someBytes(1 + below(400), quint32(engine()));
            const auto document = openDocument(folder.write("file", model));
            std::vector<QByteArray> steps{model};
            for (int i = 0; i < 4; ++i) {
                std::vector<Extent> extents;
                for (Offset at = below(30); at <= model.size(); at += below(30)) {
                    const Offset length = std::min<Offset>(below(6), model.size() - at);
                    extents.push_back({at, length});
                    at += length;
                }
                const bool isSame = below(2) == 0;
                std::vector<QByteArray> bytes;
                const QByteArray all = someBytes(below(5), quint32(engine()));
                for (std::size_t k = 0; k < extents.size(); ++k)
                    bytes.push_back(isSame ? all : someBytes(below(5), quint32(engine())));
                for (std::size_t k = extents.size(); k-- > 0;)
                    model.replace(extents[k].offset, extents[k].length, bytes[k]);
                std::vector<Document::Replacement> each;
                for (std::size_t k = 0; k < extents.size(); ++k)
                    each.push_back({extents[k], span(bytes[k])});
                QVERIFY((isSame ? document->replaceMany(extents, Content::bytes(span(all)))
                                : document->replaceMany(each))
                            .ok());
                QCOMPARE(contentOf(*document), model);
                if (document->history().last() == steps.size())
                    steps.push_back(model);
                QCOMPARE(document->history().last() + 1, StepId(steps.size()));
            }
            while (document->canUndo()) {
                QVERIFY(document->undo().ok());
                QCOMPARE(contentOf(*document), steps[document->history().current()]);
            }
            QVERIFY(!document->hasChanges());
        }
    }
}

void DocumentContentTest::replacesAHundredThousandPlaces() {
    const TestFolder folder;
    const std::string path = sparseFile(folder, "file", kTiB);
    if (path.empty())
        QSKIP("the file system takes no file of 1 TiB");
    const auto document = openDocument(path);
    constexpr Offset kPlaces = 100'000;
    const Offset apart = kTiB / kPlaces;
    std::vector<Extent> extents;
    for (Offset i = 0; i < kPlaces; ++i)
        extents.push_back({i * apart, 4});
    QVERIFY(document->replaceMany(extents, Content::bytes(span("replaced"))).ok());
    QCOMPARE(document->length(), kTiB + 4 * kPlaces);
    QCOMPARE(document->pending().changes, std::size_t{kPlaces});
    for (const Offset i : {Offset{0}, kPlaces / 2, kPlaces - 1})
        QCOMPARE(bytesOf(*document, {i * (apart + 4), 9}), QByteArray("replaced\0", 9));
    QCOMPARE(document->history().last(), StepId{1});
    QVERIFY(document->undo().ok());
    QVERIFY(!document->hasChanges());
    QCOMPARE(document->length(), kTiB);
    QCOMPARE(document->snapshot().tree().pieceCount(), std::size_t{1});
}

void DocumentContentTest::setsTheLength_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("0") << qint64{0} << true;
    QTest::newRow("less") << qint64{3} << true;
    QTest::newRow("the same") << qint64{10} << true;
    QTest::newRow("more") << qint64{13} << true;
    QTest::newRow("2^31") << (qint64{1} << 31) << true;
    QTest::newRow("2^32 + 1") << (qint64{1} << 32) + 1 << true;
    QTest::newRow("2^63 - 1") << qint64{kMaxLength} << true;
    QTest::newRow("-1") << qint64{-1} << false;
    QTest::newRow("-2^63") << std::numeric_limits<qint64>::min() << false;
}

void DocumentContentTest::setsTheLength() {
    QFETCH(qint64, length);
    QFETCH(bool, isAllowed);
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    const Unchanged before(*document);
    const Status status = document->setLength(length);
    QCOMPARE(status.ok(), isAllowed);
    if (!isAllowed || length == 10) {
        QVERIFY(isAllowed || status.error().code == ErrorCode::InvalidArgument);
        QVERIFY(Unchanged(*document) == before);
        return;
    }
    QCOMPARE(document->length(), length);
    const QByteArray whole = QByteArray("0123456789") + QByteArray(10, '\0');
    QCOMPARE(bytesOf(*document, {0, std::min<Offset>(length, 20)}), whole.left(length));
    if (length > 20)
        QCOMPARE(bytesOf(*document, {length - 5, 5}), QByteArray(5, '\0'));
    QVERIFY(document->snapshot().tree().pieceCount() <= 2);
    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(!document->hasChanges());
}

// ---- What follows the edits ------------------------------------------------------------------

void DocumentContentTest::transactions() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(9, span("Z")).ok());
    document->beginTransaction("fix the header");
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(!document->canUndo());
    QVERIFY(!document->undo()->has_value());
    QVERIFY(!document->goTo(kFirstStep).ok());
    document->beginTransaction("inner");
    QVERIFY(document->insert(5, span("++"), EditStyle::Typing).ok());
    QVERIFY(!document->erase({100, 1}).ok());
    document->endTransaction();
    QVERIFY(document->overwrite(1, span("B")).ok());
    document->endTransaction();
    QCOMPARE(contentOf(*document), QByteArray("AB234++5678Z"));
    QCOMPARE(document->history().last(), StepId{2});
    const History::Step step = document->history().step(2);
    QCOMPARE(QByteArray(step.name.data(), qsizetype(step.name.size())),
             QByteArray("fix the header"));
    // What touches is one change, and all are of one group.
    const std::vector<Change> changes = document->changes();
    QCOMPARE(changes.size(), std::size_t{3});
    QCOMPARE(changes[0].now, (Extent{0, 2}));
    QCOMPARE(document->changeRecord(changes[0].id).transaction,
             document->changeRecord(changes[1].id).transaction);
    QCOMPARE(document->transaction(step.transaction).name, std::string("fix the header"));
    QVERIFY(document->changeRecord(changes[2].id).transaction != step.transaction);
    document->setStepName(2, "renamed");
    QCOMPARE(document->transaction(step.transaction).name, std::string("renamed"));

    QVERIFY(document->undo().ok());
    QCOMPARE(contentOf(*document), QByteArray("012345678Z"));
    QVERIFY(document->redo().ok());
    QCOMPARE(contentOf(*document), QByteArray("AB234++5678Z"));
    // Typing behind a transaction is a step of its own.
    QVERIFY(document->insert(7, span("-"), EditStyle::Typing).ok());
    QCOMPARE(document->history().last(), StepId{3});
}

void DocumentContentTest::transactionsOfNothing() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    QVERIFY(document->overwrite(0, span("A")).ok());
    QVERIFY(document->undo().ok());
    document->beginTransaction("nothing");
    QVERIFY(document->erase({5, 0}).ok());
    QVERIFY(document->insert(5, {}).ok());
    QVERIFY(!document->overwrite(10, span("x")).ok());
    document->endTransaction();
    QCOMPARE(document->history().last(), StepId{1});
    QVERIFY(document->canRedo());
    QVERIFY(document->redo().ok());
    QCOMPARE(contentOf(*document), QByteArray("A123456789"));
}

void DocumentContentTest::walksTheTreeOfSteps() {
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    std::vector<QByteArray> contents{contentOf(*document)};
    const auto edit = [&](StepId from, const std::function<Status()>& run) {
        QVERIFY(document->goTo(from).ok());
        QVERIFY(run().ok());
        QCOMPARE(document->history().current(), StepId(contents.size()));
        contents.push_back(contentOf(*document));
    };
    // 0 - 1 - 2 - 3      1 - 4 - 5      0 - 6      4 - 7
    edit(0, [&] { return document->insert(5, span("one")); });
    edit(1, [&] { return document->erase({0, 4}); });
    edit(2, [&] { return document->fill({0, 3}, span("x")); });
    edit(1, [&] { return document->overwrite(6, span("four")); });
    edit(4, [&] { return document->setLength(100); });
    edit(0, [&] { return document->replace({0, 10}, span("six")); });
    edit(4, [&] { return document->revert(); });
    QCOMPARE(document->history().children(kFirstStep), (std::vector<StepId>{1, 6}));
    QCOMPARE(document->history().children(4), (std::vector<StepId>{5, 7}));
    for (StepId from = 0; from < contents.size(); ++from) {
        for (StepId to = 0; to < contents.size(); ++to) {
            QVERIFY(document->goTo(from).ok());
            const auto walked = document->goTo(to);
            QVERIFY(walked.ok());
            QCOMPARE(walked->has_value(), from != to);
            QCOMPARE(document->history().current(), to);
            QCOMPARE(contentOf(*document), contents[to]);
        }
    }
    // Redo follows the branch that was visited last.
    QVERIFY(document->goTo(3).ok());
    QVERIFY(document->goTo(1).ok());
    QVERIFY(document->redo().ok());
    QCOMPARE(document->history().current(), StepId{2});
    QVERIFY(!document->goTo(8).ok());
    QCOMPARE(document->history().current(), StepId{2});
    // An edit here leaves the other branches where they are.
    QVERIFY(document->insert(0, span("new")).ok());
    QVERIFY(document->goTo(5).ok());
    QCOMPARE(contentOf(*document), contents[5]);
}

// ---- History on the disk ---------------------------------------------------------------------

namespace {

/// Moves what is to be moved, as the owner of the document does after edits.
Status moveHistory(Document& document, const TestFolder& folder,
                   std::optional<StepId> target = std::nullopt) {
    while (const auto transfer = document.prepareHistoryTransfer(folder.path(""), target)) {
        const Status moved = transfer->run();
        document.finishHistoryTransfer(*transfer);
        if (!moved || target)
            return moved;
    }
    return {};
}

/// A document with so many steps, each of which adds some bytes to the end.
std::unique_ptr<Document> withSteps(FileSystem& fileSystem, const TestFolder& folder,
                                    StepId steps) {
    auto document = *Document::open(fileSystem, folder.write("file", "0123456789"));
    document->setHistoryBudget(0);
    for (StepId i = 1; i <= steps; ++i)
        (void)document->insert(document->length(), span(QByteArray(1, char('a' + i % 26))));
    return document;
}

}  // namespace

void DocumentContentTest::historyOnTheDisk() {
    const TestFolder folder;
    constexpr StepId kSteps = 20'000;
    const auto document = withSteps(systemFileSystem(), folder, kSteps);
    const QByteArray shown = contentOf(*document);
    const std::size_t before = document->history().memory();
    QVERIFY(moveHistory(*document, folder).ok());
    QVERIFY(document->history().memory() < before);
    QVERIFY(!document->history().isLoaded(1));

    // All of the way or nothing.
    const auto refused = document->goTo(kFirstStep);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::NotLoaded);
    QCOMPARE(document->history().current(), kSteps);
    QCOMPARE(contentOf(*document), shown);
    // Undo held down, with the transfers that follow each.
    for (StepId step = kSteps; step > 0; --step) {
        auto undone = document->undo();
        if (!undone.ok()) {
            QCOMPARE(undone.error().code, ErrorCode::NotLoaded);
            QVERIFY(moveHistory(*document, folder).ok());
            undone = document->undo();
        }
        QVERIFY(undone.ok());
        if (step % 64 == 0)
            QVERIFY(moveHistory(*document, folder).ok());
    }
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
    QVERIFY(moveHistory(*document, folder).ok());
    QVERIFY(!document->history().isLoaded(kSteps / 2));
    QCOMPARE(document->goTo(kSteps).error().code, ErrorCode::NotLoaded);
    QCOMPARE(folder.names(), QStringList{"file"});
}

void DocumentContentTest::walksFarOnTheDisk() {
    const TestFolder folder;
    constexpr StepId kSteps = 20'000;
    const auto document = withSteps(systemFileSystem(), folder, kSteps);
    const QByteArray shown = contentOf(*document);
    QVERIFY(moveHistory(*document, folder).ok());
    for (const auto& [target, content] :
         std::vector<std::pair<StepId, QByteArray>>{{kFirstStep, shown.left(10)},
                                                    {kSteps, shown},
                                                    {100, shown.left(110)},
                                                    {kSteps - 100, shown.chopped(100)}}) {
        QCOMPARE(document->goTo(target).error().code, ErrorCode::NotLoaded);
        QVERIFY(moveHistory(*document, folder, target).ok());
        QVERIFY(document->goTo(target).ok());
        QCOMPARE(contentOf(*document), content);
        QVERIFY(moveHistory(*document, folder).ok());
    }
}

void DocumentContentTest::historyThatCannotBeFetched() {
    const TestFolder folder;
    FaultFileSystem fileSystem;
    const auto document = withSteps(fileSystem, folder, 20'000);
    const QByteArray shown = contentOf(*document);
    QVERIFY(moveHistory(*document, folder).ok());
    fileSystem.setBadExtent({{0}, kMaxLength});
    const Status failed = moveHistory(*document, folder, kFirstStep);
    QVERIFY(!failed.ok());
    QCOMPARE(document->goTo(kFirstStep).error().code, ErrorCode::NotLoaded);
    QCOMPARE(document->history().current(), StepId{20'000});
    fileSystem.setBadExtent({});
    QCOMPARE(contentOf(*document), shown);
    QVERIFY(moveHistory(*document, folder, kFirstStep).ok());
    QVERIFY(document->goTo(kFirstStep).ok());
    QCOMPARE(contentOf(*document), QByteArray("0123456789"));
}

QTEST_GUILESS_MAIN(DocumentContentTest)
#include "document_content_test.moc"
