// The edit log from the feed to what is read back: whatever is cut off or damaged, the state is
// that of some whole batch.
#include "core/content/memory_source.h"
#include "core/content/with_only.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/edit_state.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::vector<Piece> piecesOf(const PieceTree& tree) {
    std::vector<Piece> pieces;
    for (PieceTree::Cursor cursor = firstPiece(tree); !cursor.atEnd(); cursor.next())
        pieces.push_back(cursor.piece());
    return pieces;
}

/// Two files to paste from, and the numbers of their sources in `document`.
std::vector<std::pair<SourceId, Offset>> addSources(LoggedDocument& document,
                                                    const TestFolder& folder) {
    const std::string path = folder.write("other", someBytes(5'000, 7));
    const QByteArray bytes = someBytes(300, 8);
    return {{document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path))),
             5'000},
            {document.addSource(std::make_shared<MemorySource>(Bytes(bytes.begin(), bytes.end()))),
             300}};
}

std::vector<std::string> logsIn(const std::string& folder) {
    const Result<std::vector<std::string>> names = systemFileSystem().list(folder);
    return names ? *names : std::vector<std::string>();
}

}  // namespace

class EditLogTest : public QObject {
    Q_OBJECT

private slots:
    void readsEveryState_data();
    void readsEveryState();
    void cutsAndFlipsLoseWholeBatches();
    void isRewrittenWhenLong();
    void goesWithNothingPending();
    void knowsWhatComesBack();
    void beginsAnew();
    void untitled();
    void marksAtTheBeginning();
    void formatStays();
};

void EditLogTest::readsEveryState_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("mostCopied");
    QTest::addColumn<qint64>("leastRewritten");
    QTest::newRow("small file") << qint64{40} << qint64{1} << qint64{1 << 20};
    QTest::newRow("file") << qint64{3'000} << qint64{1 << 20} << qint64{1 << 20};
    QTest::newRow("references") << qint64{3'000} << qint64{0} << qint64{1 << 20};
    QTest::newRow("rewritten often") << qint64{3'000} << qint64{200} << qint64{1};
    QTest::newRow("empty file") << qint64{0} << qint64{1 << 20} << qint64{500};
    QTest::newRow("untitled") << qint64{-1} << qint64{1 << 20} << qint64{2'000};
}

void EditLogTest::readsEveryState() {
    QFETCH(qint64, length);
    QFETCH(qint64, mostCopied);
    QFETCH(qint64, leastRewritten);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        for (int round = 0; round < scaled(2); ++round) {
            const TestFolder folder;
            LoggedDocument document(length < 0 ? "" : folder.write("file", someBytes(length)));
            const auto others = addSources(document, folder);
            EditLogWriter writer(systemFileSystem(), folder.path("edits"),
                                 {.mostCopied = mostCopied, .leastRewritten = leastRewritten});
            for (int batch = 0; batch < 40; ++batch) {
                for (std::uint64_t edits = engine() % 12; edits > 0; --edits)
                    document.editAtRandom(engine, others);
                QCOMPARE(QByteArray::fromStdString(document.edited().tree().checkInvariants()),
                         QByteArray());
                if (std::optional<EditLogBatch> taken = document.feed().take(document.snapshot()))
                    QVERIFY(writer.write(*std::move(taken)).ok());
                const EditState expected = stateOf(document);
                if (logsIn(folder.path("edits")).empty()) {
                    QVERIFY(expected.changes.empty());
                    continue;
                }
                const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
                QVERIFY2(edits.ok(), edits.ok() ? "" : edits.error().message().c_str());
                QCOMPARE(edits->bytesLost(), Offset{0});
                QCOMPARE(edits->isEmpty(), expected.changes.empty());
                QCOMPARE(difference(stateOf(*edits), expected), QByteArray());
                QCOMPARE(edits->facts().lastChange, document.lastChange());
            }
        }
    }
}

void EditLogTest::cutsAndFlipsLoseWholeBatches() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        LoggedDocument document(folder.write("file", someBytes(500)));
        const auto others = addSources(document, folder);
        EditLogWriter writer(systemFileSystem(), folder.path("edits"));
        std::vector<EditState> states;
        std::vector<Offset> lengths;  // of the log with the state
        while (states.size() < 12) {
            for (std::uint64_t edits = 1 + engine() % 4; edits > 0; --edits)
                document.editAtRandom(engine, others);
            std::optional<EditLogBatch> batch = document.feed().take(document.snapshot());
            if (!batch)
                continue;
            batch->nothingPending = false;  // a log that is not made anew meanwhile
            QVERIFY(writer.write(*std::move(batch)).ok());
            states.push_back(stateOf(document));
            lengths.push_back(systemFileSystem().info(writer.path())->size);
        }
        const QByteArray whole = TestFolder::read(writer.path());
        const auto check = [&](const QByteArray& damaged, Offset good) {
            std::size_t state = 0;
            while (state + 1 < states.size() && lengths[state + 1] <= good)
                ++state;
            const Result<RecoveredEdits> edits =
                readEditLog(systemFileSystem(), folder.write("damaged", damaged));
            QVERIFY(edits.ok());
            QCOMPARE(difference(stateOf(*edits), states[state]), QByteArray());
            const bool isWhole = std::ranges::find(lengths, damaged.size()) != lengths.end() &&
                                 good == damaged.size();
            QCOMPARE(edits->bytesLost() > 0, !isWhole);
        };
        // Every byte of the last records, and some of those before.
        const Offset first = lengths[0];
        for (Offset length = whole.size(); length >= first;
             length -= length > lengths[6] ? 1 : 1 + Offset(engine() % 9))
            check(whole.first(length), length);
        for (int flips = 0; flips < 300; ++flips) {
            const qsizetype at =
                first + static_cast<qsizetype>(engine() % std::uint64_t(whole.size() - first));
            QByteArray flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ static_cast<char>(1 + engine() % 255));
            check(flipped, at);
        }
    }
}

void EditLogTest::isRewrittenWhenLong() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(1'000)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.leastRewritten = 4'096});
    Offset longest = 0;
    int rewritten = 0;
    for (int i = 0; i < 400; ++i) {
        // The same place again and again: the state stays small.
        QVERIFY(document.replace({100, 50}, {document.typed(someBytes(50, quint32(i)))}));
        QVERIFY(writer.write(document.take()).ok());
        const Offset length = systemFileSystem().info(writer.path())->size;
        rewritten += length < longest ? 1 : 0;
        longest = std::max(longest, length);
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
        if (rewritten > 0 && length < 1'000)
            longest = length;
    }
    QVERIFY(rewritten > 5);
    QVERIFY(longest < 5'000);
    QCOMPARE(logsIn(folder.path("edits")).size(), std::size_t{1});
}

void EditLogTest::goesWithNothingPending() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(1'000)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(logsIn(folder.path("edits")).empty());
    for (int round = 0; round < 3; ++round) {
        QVERIFY(document.replace({10, 5}, {document.typed("hello, you")}));
        QVERIFY(writer.write(document.take()).ok());
        QCOMPARE(logsIn(folder.path("edits")).size(), std::size_t{1});
        document.undo();
        QVERIFY(writer.write(document.take()).ok());
        QVERIFY(logsIn(folder.path("edits")).empty());
        QVERIFY(!document.feed().take(document.snapshot()));
    }
    QVERIFY(document.replace({10, 5}, {document.typed("hello")}));
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(writer.discard().ok());
    QVERIFY(logsIn(folder.path("edits")).empty());
}

void EditLogTest::knowsWhatComesBack() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(1'000)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({10, 5}, {document.typed("hello")}));
    const ChangeId id = document.lastChange();
    document.edited().changes().setName(id, "greeting");
    document.feed().named(id, "greeting");
    document.switchChange(id, false);
    QVERIFY(writer.write(document.take()).ok());
    document.revert(id);  // dropped while it was off
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(logsIn(folder.path("edits")).empty());
    document.undo();
    QVERIFY(writer.write(document.take()).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
    QCOMPARE(edits->facts().names.at(id), std::string("greeting"));
    const std::vector<Piece>& pieces = edits->facts().switchedOff.at(id);
    QCOMPARE(pieces.size(), std::size_t{1});
    QCOMPARE(edits->contentOf(pieces[0]), RecoveredEdits::Content::Held);
}

void EditLogTest::beginsAnew() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(1'000)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({10, 5}, {document.typed("hello, you")}));
    QVERIFY(document.replace({500, 0}, {document.typed("there")}));
    document.switchChange(1, false);
    QVERIFY(writer.write(document.take()).ok());
    const QByteArray before = TestFolder::read(writer.path());
    document.resetLog();
    QVERIFY(document.replace({700, 7}, {}));
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(TestFolder::read(writer.path()).first(50) != before.first(50));
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
    QCOMPARE(logsIn(folder.path("edits")).size(), std::size_t{1});
}

void EditLogTest::untitled() {
    const TestFolder folder;
    LoggedDocument document("");
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    QVERIFY(document.replace({0, 0}, {document.typed("a note")}));
    QVERIFY(writer.write(document.take()).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QVERIFY(edits->isUntitled());
    QVERIFY(!edits->isEmpty());
    QCOMPARE(contentOf(edits->snapshot()), QByteArray("a note"));
}

void EditLogTest::marksAtTheBeginning() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", "0123456789"));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    for (const char* text : {"first", "second"}) {
        QVERIFY(document.replace({0, 0}, {document.typed(text)}) ||
                document.replace({10, 0}, {document.typed(text)}));
        document.switchChange(document.lastChange(), false);
    }
    document.resetLog();
    QVERIFY(writer.write(document.take()).ok());
    Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(piecesOf(edits->snapshot().tree()), piecesOf(document.edited().tree()));
    document.switchChange(1, true);
    document.switchChange(2, true);
    QVERIFY(writer.write(document.take()).ok());
    edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
}

void EditLogTest::formatStays() {
    Bytes out;
    EditLogEntryWriter writer(out);
    EditLogEntry::Base base;
    base.file.path = "/a";
    base.file.info.identity = {1, 300};
    base.file.info.size = base.file.length = 200;
    base.file.info.modifiedNs = -1;
    base.file.samples = 0x0102030405060708;
    base.source = 1;
    writer.base(base);
    writer.ids({5, 6});
    writer.transaction(6, {EditKind::Fill, 7, "t"});
    writer.change(5, 6);
    writer.name(5, "n");
    writer.kept(5, true);
    writer.fingerprint(5, {{{10}, 4}, 9, 3, 2, true});
    writer.need(5, 4);
    const Piece typed{0, 3, 4, 0, ChangeTag::on(5)};
    const Piece file = Piece::inPlace(10, 4, 1);
    writer.switchedOff(4, {&typed, 1});
    writer.splice({{10, 10}, {&file, 1}, {&typed, 1}});
    const QByteArray bytes("xyz");
    writer.pattern(2, span(bytes));
    writer.reference(3, base.file);
    writer.content(0, 0, span(bytes));
    writer.flushBegin({1, 2, 199, 3, {4, 5}, {6}});
    writer.flushEnd({1, true, base.file.info});
    const QByteArray hex =
        QByteArray(reinterpret_cast<const char*>(out.data()), qsizetype(out.size())).toHex();
    QCOMPARE(hex,
             QByteArray(
                 "01022f6101ac02c8010100c8010807060504030201010000000205060306040e0174040506050501"
                 "6e06050107050a040900000000000000030201080504090420000028030405070a240a004004026a"
                 "00030401050c0b020378797a0c03022f6101ac02c8010100c80108070605040302010d0000037879"
                 "7a0e01000000000000000200000000000000c7010300000000000000020401010600000000000000"
                 "0f01000000000000000101ac02c8010100"));
    QCOMPARE(kEditLogVersion, 1U);

    EditLogEntryReader reader(out);
    EditLogEntry::Any entry;
    std::vector<std::size_t> kinds;
    while (reader.next(entry))
        kinds.push_back(entry.index());
    QVERIFY(reader.isGood());
    QCOMPARE(kinds, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}));
}

QTEST_GUILESS_MAIN(EditLogTest)
#include "edit_log_test.moc"
