#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/results/hit_list.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace octavo;
using core::Document;
using core::Extent;
using core::Offset;
using test::span;
using test::TestFolder;
using ui::EditorDocument;
using ui::HitList;

namespace {

core::SearchQuery textQuery(const char* text) {
    core::SearchQuery query;
    query.kind = core::SearchKind::Text;
    query.text = text;
    return query;
}

HitList::Request requestOf(const core::SearchQuery& query, Offset length) {
    return {query, core::makeFinder(query).value(), {0, length}, {}};
}

/// "ab" at each of the offsets, dots elsewhere.
QByteArray abAt(int length, std::initializer_list<int> offsets) {
    QByteArray bytes(length, '.');
    for (const int offset : offsets)
        bytes.replace(offset, 2, "ab");
    return bytes;
}

struct Opened {
    explicit Opened(const QByteArray& content,
                    core::FileSystem& fileSystem = core::systemFileSystem())
        : editor(Document::open(fileSystem, folder.write("file", content)).value()) {}

    std::unique_ptr<HitList> search(const core::SearchQuery& query, Extent range = {0, -1}) {
        HitList::Request request = requestOf(query, editor.document().length());
        if (range.length >= 0)
            request.range = range;
        return std::make_unique<HitList>(editor, std::move(request));
    }
    /// Searched to the end.
    std::unique_ptr<HitList> searched(const core::SearchQuery& query) {
        auto list = search(query);
        if (!QTest::qWaitFor([&] { return !list->isRunning(); }, test::kPatienceMs))
            qFatal("the search does not end");
        return list;
    }

    TestFolder folder;
    EditorDocument editor;
};

std::vector<Offset> offsetsOf(const HitList& list) {
    std::vector<Offset> offsets;
    for (const core::Hit& hit : list.hits(0, 1000))
        offsets.push_back(list.now(hit).offset);
    return offsets;
}

using Offsets = std::vector<Offset>;

}  // namespace

class HitListTest : public QObject {
    Q_OBJECT

private slots:
    void findsAll();
    void goesOnWithWhatItBeganWith();
    void followsEdits();
    void answersTheGrid();
    void manyThatAreGone();
    void whatWasAppendedIsSearchedAgain();
    void filters();
    void aFilterOfAGrowingListGoesOn();
    void stopsAtOnce();
    void stopsWhereFull();
    void stopsWhereItCostsTooMuch();
    void tellsWhatWasNotSearched();
    void exports_data();
    void exports();
    void anExportThatFailsLeavesTheFile();
};

void HitListTest::findsAll() {
    Opened opened(abAt(1000, {0, 10, 998}));
    auto list = opened.search(textQuery("ab"));
    QVERIFY(list->isRunning());
    QTRY_COMPARE(list->state(), HitList::State::Ended);
    QCOMPARE(offsetsOf(*list), (Offsets{0, 10, 998}));
    QCOMPARE(list->count(), 3U);
    QVERIFY(!list->isOutdated());
    QCOMPARE(list->firstFrom(0), 0U);
    QCOMPARE(list->firstFrom(1), 1U);
    QCOMPARE(list->firstFrom(999), 3U);
    const auto part = opened.search(textQuery("ab"), {5, 994});
    QTRY_COMPARE(part->state(), HitList::State::Ended);
    QCOMPARE(offsetsOf(*part), (Offsets{10}));
    QCOMPARE(opened.searched(textQuery("none"))->count(), 0U);
}

void HitListTest::goesOnWithWhatItBeganWith() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    Opened opened(abAt(1000, {10, 500}), disk);
    gate->close();
    auto list = opened.search(textQuery("ab"));
    QVERIFY(opened.editor.document().insert(0, span("ab")).ok());
    QVERIFY(opened.editor.document().erase({600, 1}).ok());
    gate->open();
    QTRY_COMPARE(list->state(), HitList::State::Ended);
    // What was put in is not found; what was found has moved.
    QCOMPARE(offsetsOf(*list), (Offsets{12, 502}));
    QVERIFY(list->isOutdated());
    QCOMPARE(list->rangeNow(), (Extent{0, 1001}));
}

void HitListTest::followsEdits() {
    Opened opened(abAt(100, {10, 20, 30, 40}));
    auto list = opened.searched(textQuery("ab"));
    int changes = 0;
    connect(list.get(), &HitList::changed, this, [&] { ++changes; });
    QVERIFY(opened.editor.document().insert(15, span("12345")).ok());
    QTRY_VERIFY(changes > 0);
    QVERIFY(opened.editor.document().erase({34, 4}).ok());  // the third one and its neighbours
    const std::vector<core::Hit> hits = list->hits(0, 10);
    QCOMPARE(list->now(hits[0]), (Extent{10, 2}));
    QCOMPARE(list->now(hits[1]), (Extent{25, 2}));
    QCOMPARE(list->now(hits[2]), (Extent{34, 0}));
    QCOMPARE(list->now(hits[3]), (Extent{41, 2}));
    QCOMPARE(list->firstFrom(26), 2U);
    QCOMPARE(list->nextMatch(35), std::optional<Offset>(41));
    QVERIFY(opened.editor.document().undo().ok());
    QVERIFY(opened.editor.document().undo().ok());
    QCOMPARE(offsetsOf(*list), (Offsets{10, 20, 30, 40}));
}

void HitListTest::answersTheGrid() {
    Opened opened(abAt(100, {10, 20, 30}));
    auto list = opened.searched(textQuery("ab"));
    using Extents = std::vector<Extent>;
    QCOMPARE(list->matchesIn({0, 100}, 10), (Extents{{10, 2}, {20, 2}, {30, 2}}));
    QCOMPARE(list->matchesIn({0, 100}, 2), (Extents{{10, 2}, {20, 2}}));
    QCOMPARE(list->matchesIn({11, 10}, 10), (Extents{{10, 2}, {20, 2}}));
    QCOMPARE(list->matchesIn({12, 8}, 10), Extents{});
    QVERIFY(opened.editor.document().erase({0, 5}).ok());
    QCOMPARE(list->matchesIn({0, 16}, 10), (Extents{{5, 2}, {15, 2}}));
    QCOMPARE(list->nextMatch(0), std::optional<Offset>(5));
    QCOMPARE(list->nextMatch(6), std::optional<Offset>(15));
    QCOMPARE(list->nextMatch(26), std::nullopt);
}

// What is gone is neither highlighted nor marked, nor does it stand in the way of what is not.
void HitListTest::manyThatAreGone() {
    Opened opened(QByteArray(100'000, 'a') + QByteArray(100, '.') + "a");
    auto list = opened.searched(textQuery("a"));
    QVERIFY(opened.editor.document().erase({10, 99'980}).ok());
    using Extents = std::vector<Extent>;
    QCOMPARE(list->matchesIn({0, 200}, 40).size(), std::size_t{21});
    QCOMPARE(list->matchesIn({0, 200}, 40).back(), (Extent{120, 1}));
    QCOMPARE(list->matchesIn({8, 4}, 40), (Extents{{8, 1}, {9, 1}, {10, 1}, {11, 1}}));
    QCOMPARE(list->nextMatch(10), std::optional<Offset>(10));
    QVERIFY(opened.editor.document().erase({0, 20}).ok());
    QCOMPARE(list->nextMatch(0), std::optional<Offset>(100));
}

void HitListTest::whatWasAppendedIsSearchedAgain() {
    Opened opened(abAt(100, {10}));
    auto list = opened.searched(textQuery("ab"));
    const auto part = opened.search(textQuery("ab"), {5, 50});
    QTRY_VERIFY(!part->isRunning());
    QFile file(QString::fromStdString(opened.folder.path("file")));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write("ab"), 2);
    file.close();
    QTRY_COMPARE(opened.editor.document().length(), Offset{102});
    QCOMPARE(list->rangeNow(), (Extent{0, 102}));
    QCOMPARE(part->rangeNow(), (Extent{5, 50}));
}

void HitListTest::filters() {
    QByteArray content = abAt(300, {10, 100, 200});
    content.replace(103, 4, "word");
    Opened opened(content);
    auto list = opened.searched(textQuery("ab"));
    list->setFilter("WORD");
    QTRY_VERIFY(!list->isFiltering());
    QCOMPARE(offsetsOf(*list), (Offsets{100}));
    QCOMPARE(list->count(), 1U);
    QCOMPARE(list->foundCount(), 3U);
    QCOMPARE(list->nextMatch(0), std::optional<Offset>(100));
    // Filtered by what stands there now.
    QVERIFY(opened.editor.document().overwrite(12, span("word")).ok());
    list->setFilter("wor");
    QTRY_VERIFY(!list->isFiltering());
    QCOMPARE(offsetsOf(*list), (Offsets{10, 100}));
    list->setFilter("no such");
    QTRY_VERIFY(!list->isFiltering());
    QCOMPARE(list->count(), 0U);
    list->setFilter({});
    QCOMPARE(offsetsOf(*list), (Offsets{10, 100, 200}));
}

void HitListTest::aFilterOfAGrowingListGoesOn() {
    QByteArray content(300'000, 'a');
    Opened opened(content);
    auto list = opened.search(textQuery("a"));
    list->setFilter("aa");
    QTRY_VERIFY_WITH_TIMEOUT(!list->isRunning() && !list->isFiltering(), test::kPatienceMs);
    QCOMPARE(list->foundCount(), 300'000U);
    QCOMPARE(list->count(), 300'000U);
}

void HitListTest::stopsAtOnce() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    Opened opened(abAt(1000, {10}), disk);
    gate->close();
    auto list = opened.search(textQuery("ab"));
    list->stop();
    QCOMPARE(list->state(), HitList::State::Stopped);
    gate->open();
    // What runs on finds nothing for it any more.
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
    QCOMPARE(list->count(), 0U);
    QCOMPARE(list->state(), HitList::State::Stopped);
}

void HitListTest::stopsWhereFull() {
    QByteArray content;
    for (int i = 0; content.size() < 3'000'000; ++i)
        content += "x" + QByteArray(i % 7, '.');
    Opened opened(content);
    HitList::Request request = requestOf(textQuery("x"), content.size());
    request.budget = 600'000;
    HitList list(opened.editor, std::move(request));
    QTRY_COMPARE(list.state(), HitList::State::Full);
    QVERIFY(list.count() > 100'000);
    QCOMPARE(list.stoppedAt(), list.hits(list.count() - 1, 1)[0].offset);
}

void HitListTest::stopsWhereItCostsTooMuch() {
    Opened opened(QByteArray(4'000'000, '\0'));
    core::SearchQuery query;
    query.text = QString("00 ").repeated(200).toStdString();
    HitList::Request request = requestOf(query, 4'000'000);
    request.options.overlapping = true;
    HitList list(opened.editor, std::move(request));
    QTRY_COMPARE(list.state(), HitList::State::GivenUp);
    QVERIFY(list.stoppedAt() > 0);
    QVERIFY(list.count() > 0);
}

void HitListTest::tellsWhatWasNotSearched() {
    // No file at all any more behind the second half.
    const TestFolder folder;
    const QByteArray content = abAt(1 << 20, {10});
    EditorDocument editor(
        Document::open(core::systemFileSystem(), folder.write("file", content)).value());
    QVERIFY(QFile::resize(QString::fromStdString(folder.path("file")), 1 << 19));
    HitList list(editor, requestOf(textQuery("ab"), 1 << 20));
    QTRY_COMPARE(list.state(), HitList::State::Ended);
    QCOMPARE(list.count(), 1U);
    QCOMPARE(list.notSearched(), Offset{1 << 19});
}

void HitListTest::exports_data() {
    QTest::addColumn<ui::HitFormat>("format");
    QTest::newRow("CSV") << ui::HitFormat::Csv;
    QTest::newRow("JSON") << ui::HitFormat::Json;
}

void HitListTest::exports() {
    QFETCH(ui::HitFormat, format);
    QByteArray content(1000, '.');
    for (int i = 0; i < 300; ++i)
        content.replace(i * 3, 2, i % 2 == 0 ? "a\"" : "a,");
    Opened opened(content);
    core::SearchQuery query;
    query.kind = core::SearchKind::Regex;
    query.text = "a[\",]";
    auto list = opened.searched(query);
    QVERIFY(opened.editor.document().insert(0, span("1")).ok());
    const std::string path = opened.folder.path("matches");
    core::Progress progress;
    QVERIFY(list->exporter(path, format)(progress).ok());
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    if (format == ui::HitFormat::Csv) {
        const QList<QByteArray> lines = written.split('\n');
        QCOMPARE(lines.size(), 302);  // with the names, and nothing behind the last line
        QCOMPARE(lines[0], QByteArray("offset,length,as,cut,bytes,text"));
        QCOMPARE(lines[1], QByteArray("1,2,\"\",0,\"61 22\",\"a\"\"\""));
        QCOMPARE(lines[2], QByteArray("4,2,\"\",0,\"61 2C\",\"a,\""));
        return;
    }
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(written, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(object["count"].toInt(), 300);
    const QJsonArray matches = object["matches"].toArray();
    QCOMPARE(matches.size(), 300);
    QCOMPARE(matches[1].toObject()["offset"].toInt(), 4);
    QCOMPARE(matches[1].toObject()["length"].toInt(), 2);
    QCOMPARE(matches[1].toObject()["bytes"].toString(), QString("61 2C"));
    QCOMPARE(matches[0].toObject()["text"].toString(), QString("a\""));
}

void HitListTest::anExportThatFailsLeavesTheFile() {
    Opened opened(abAt(1000, {10}));
    auto list = opened.searched(textQuery("ab"));
    const std::string path = opened.folder.write("matches", "old");
    core::Progress progress;
    progress.cancel();
    const core::Status status = list->exporter(path, ui::HitFormat::Csv)(progress);
    QVERIFY(!status && status.error().code == core::ErrorCode::Cancelled);
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("old"));
    core::Progress another;
    QVERIFY(
        !list->exporter(opened.folder.path("no/such/folder"), ui::HitFormat::Csv)(another).ok());
}

QTEST_MAIN(HitListTest)
#include "hit_list_test.moc"
