// The edit log from the feed to what is read back: after any batch, any failure and any damage the
// state is that of some whole batch.
#include "core/content/memory_source.h"
#include "core/document/edit_log_folder.h"
#include "core/document/edit_log_writer.h"
#include "core/document/recovered_edits.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <functional>
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

/// What must be the same after recovery: content, changes, and what is known of each.
struct State {
    QByteArray content;
    std::vector<Change> changes;
    QStringList facts;

    friend bool operator==(const State&, const State&) = default;
};

QString describe(const Fingerprint& print) {
    return QString("%1+%2 %3 %4 %5 %6")
        .arg(print.extent.offset.value)
        .arg(print.extent.length)
        .arg(print.hash)
        .arg(print.marginBefore)
        .arg(print.marginAfter)
        .arg(print.isWhole);
}

/// Lengths and tags: sources may have other numbers.
QString describe(const std::vector<Piece>& pieces) {
    QString text;
    for (const Piece& piece : pieces)
        text += QString("[%1 %2 %3]").arg(piece.length).arg(piece.fileLength).arg(piece.tag.id());
    return text;
}

State stateOf(const LoggedDocument& document) {
    State state{contentOf(document.snapshot()), document.snapshot().changeSet(), {}};
    const ChangeSet& changes = document.edited().changes();
    for (const Change& change : state.changes) {
        const ChangeId id = change.id;
        const TransactionRecord transaction = changes.transaction(changes.record(id).transaction);
        QString fact = QString("%1 of %2 at %3 kept %4 '%5'")
                           .arg(id)
                           .arg(changes.record(id).transaction)
                           .arg(transaction.timeNs)
                           .arg(changes.record(id).kept)
                           .arg(QString::fromStdString(changes.name(id)));
        if (const Fingerprint* print = changes.fingerprint(id))
            fact += " print " + describe(*print);
        if (change.isOff)
            fact += " off " + describe(*changes.switchedOff(id));
        std::vector<ChangeId> needs(changes.needed(id).begin(), changes.needed(id).end());
        std::ranges::sort(needs);
        for (const ChangeId earlier : needs)
            fact += QString(" needs %1").arg(earlier);
        state.facts.append(fact);
    }
    return state;
}

State stateOf(const RecoveredEdits& edits) {
    State state{contentOf(edits.snapshot()), edits.snapshot().changeSet(), {}};
    const LoggedFacts& facts = edits.facts();
    for (const Change& change : state.changes) {
        const ChangeId id = change.id;
        const ChangeRecord& record = facts.changes.at(id);
        const auto name = facts.names.find(id);
        QString fact =
            QString("%1 of %2 at %3 kept %4 '%5'")
                .arg(id)
                .arg(record.transaction)
                .arg(facts.transactions.at(record.transaction).timeNs)
                .arg(record.kept)
                .arg(name == facts.names.end() ? QString() : QString::fromStdString(name->second));
        if (const auto print = facts.fingerprints.find(id); print != facts.fingerprints.end())
            fact += " print " + describe(print->second);
        if (change.isOff)
            fact += " off " + describe(facts.switchedOff.at(id));
        if (const auto needs = facts.needs.find(id); needs != facts.needs.end()) {
            std::vector<ChangeId> sorted = needs->second;
            std::ranges::sort(sorted);
            for (const ChangeId earlier : sorted)
                fact += QString(" needs %1").arg(earlier);
        }
        state.facts.append(fact);
    }
    return state;
}

/// Says where two states part.
QByteArray difference(const State& a, const State& b) {
    if (a.content != b.content)
        return "content " + a.content.first(std::min<qsizetype>(99, a.content.size())).toHex() +
               " / " + b.content.first(std::min<qsizetype>(99, b.content.size())).toHex();
    if (a.changes != b.changes)
        return "changes " + QByteArray::number(qsizetype(a.changes.size())) + " / " +
               QByteArray::number(qsizetype(b.changes.size()));
    for (qsizetype i = 0; i < a.facts.size(); ++i) {
        if (a.facts[i] != b.facts[i])
            return (a.facts[i] + " / " + b.facts[i]).toUtf8();
    }
    return {};
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
    void survivesEveryFailure_data();
    void survivesEveryFailure();
    void tellsAFullDiskOnce();
    void refersToLargeContent();
    void copiesOnRequest();
    void referencesAreChecked_data();
    void referencesAreChecked();
    void leavesOutWhatIsInNoFile();
    void isPrivate();
    void tellsLivingFromDead();
    void removesWhatIsHalfMade();
    void untitled();
    void marksAtTheBeginning();
    void largeContentStaysInTheLog();
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
        for (int round = 0; round < 6 * testScale(); ++round) {
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
                if (std::optional<EditLogBatch> batch = document.feed().take(document.snapshot()))
                    QVERIFY(writer.write(*std::move(batch)).ok());
                const State expected = stateOf(document);
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
        std::vector<State> states;
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
            const Offset at = first + Offset(engine() % std::uint64_t(whole.size() - first));
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

/// A change whose log is gone comes back with all that is known of it.
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

void EditLogTest::survivesEveryFailure_data() {
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("killed there") << false;
    QTest::newRow("fails once, then goes on") << true;
}

/// The n-th call to the disk fails, for every n: what is read is the state before or after.
void EditLogTest::survivesEveryFailure() {
    QFETCH(bool, goesOn);
    for (const std::uint64_t seed : testSeeds()) {
        for (int failAt = 1;; ++failAt) {
            std::mt19937_64 engine(seed);
            FaultFileSystem disk;
            const TestFolder folder;
            LoggedDocument document(folder.write("file", someBytes(500)));
            const auto others = addSources(document, folder);
            EditLogWriter writer(disk, folder.path("edits"),
                                 {.mostCopied = 100, .leastRewritten = 600});
            disk.setPlan({.failAt = failAt, .failCount = goesOn ? 1 : 1'000'000});
            std::vector<State> states{stateOf(document)};
            bool failed = false;
            for (int batch = 0; batch < 15; ++batch) {
                for (std::uint64_t edits = 1 + engine() % 6; edits > 0; --edits)
                    document.editAtRandom(engine, others);
                if (batch == 9)
                    document.resetLog();
                std::optional<EditLogBatch> taken = document.feed().take(document.snapshot());
                if (!taken)
                    continue;
                const Status status = writer.write(*std::move(taken));
                states.push_back(stateOf(document));
                failed = failed || !status || writer.isBehind();
                if (failed && !goesOn)
                    break;
                if (status && !writer.isBehind())
                    states = {states.back()};
            }
            const int calls = disk.calls();
            disk.setPlan({});
            if (goesOn) {
                // What was missed is made up for.
                document.describeAtRandom(1, engine);
                QVERIFY(writer.write(document.take()).ok());
                QVERIFY(!writer.isBehind());
                states = {stateOf(document)};
            }
            const auto logs = logsIn(folder.path("edits"));
            QByteArray found = "no log";
            bool isOne = false;
            if (logs.empty() || (logs.size() == 1 && logs[0].ends_with(".new"))) {
                isOne = std::ranges::any_of(
                    states, [](const State& state) { return state.changes.empty(); });
            } else {
                const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
                QVERIFY2(edits.ok(), edits.ok() ? "" : edits.error().message().c_str());
                const State state = stateOf(*edits);
                isOne = std::ranges::find(states, state) != states.end();
                found =
                    difference(state, states.front()) + " and " + difference(state, states.back());
            }
            QVERIFY2(isOne, (found + " failing at " + QByteArray::number(failAt)).constData());
            if (failAt > calls)
                break;
        }
    }
}

void EditLogTest::tellsAFullDiskOnce() {
    FaultFileSystem disk;
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    EditLogWriter writer(disk, folder.path("edits"));
    QVERIFY(document.replace({1, 1}, {document.typed("a")}));
    QVERIFY(writer.write(document.take()).ok());
    const State before = stateOf(document);
    disk.setPlan({.failAt = 1, .failCount = 1'000'000});
    for (int i = 0; i < 3; ++i) {
        QVERIFY(document.replace({10 + i, 1}, {document.typed("bcd")}));
        const Status status = writer.write(document.take());
        QCOMPARE(status.ok(), i > 0);
        if (!status)
            QCOMPARE(status.error().systemError, ENOSPC);
        QVERIFY(writer.isBehind());
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(difference(stateOf(*edits), before), QByteArray());
    }
    disk.setPlan({});
    QVERIFY(document.replace({100, 1}, {document.typed("e")}));
    QVERIFY(writer.write(document.take()).ok());
    QVERIFY(!writer.isBehind());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
    // And a new failure is told anew.
    disk.setPlan({.failAt = 1, .failCount = 1'000'000});
    QVERIFY(document.replace({100, 1}, {document.typed("f")}));
    QVERIFY(!writer.write(document.take()).ok());
}

void EditLogTest::refersToLargeContent() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(300'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 100'000});
    QVERIFY(document.replace({10, 0}, {{1'000, 60'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    QVERIFY(document.replace({20'000, 0}, {{100'000, 200'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{200'000});
    QVERIFY(systemFileSystem().info(writer.path())->size < 70'000);
    const State expected = stateOf(document);
    {
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(difference(stateOf(*edits), expected), QByteArray());
    }
    QVERIFY(systemFileSystem().remove(path).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(edits->snapshot().changeSet(), expected.changes);
    // What was copied is there, what was referred to is not.
    QCOMPARE(edits->contentOf({1'000, 60'000, 0, other, {}}), RecoveredEdits::Content::Held);
    QCOMPARE(edits->contentOf({100'000, 200'000, 0, other, {}}),
             RecoveredEdits::Content::SourceChanged);
    // An undo of the paste: nothing is referred to any more.
    document.undo();
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
}

void EditLogTest::copiesOnRequest() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(3'000'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 0});
    QVERIFY(document.replace({10, 0}, {{0, 3'000'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{3'000'000});
    QVERIFY(writer.copyReferenced().ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    // From here on everything is.
    QVERIFY(document.replace({10, 0}, {{100, 200, 0, document.edited().base(), {}}}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{0});
    const State expected = stateOf(document);
    QVERIFY(systemFileSystem().remove(path).ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), expected), QByteArray());
}

void EditLogTest::referencesAreChecked_data() {
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<bool>("holds");
    const QByteArray bytes = someBytes(200'000, 7);
    QByteArray changed = bytes;
    changed[0] = static_cast<char>(~changed[0]);
    QTest::newRow("another size") << bytes + "x" << false;
    QTest::newRow("other bytes, another time") << changed << false;
    QTest::newRow("gone") << QByteArray() << false;
}

void EditLogTest::referencesAreChecked() {
    QFETCH(QByteArray, now);
    QFETCH(bool, holds);
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string path = folder.write("other", someBytes(200'000, 7));
    const SourceId other =
        document.addSource(FileVersion::first(*MappedFile::open(systemFileSystem(), path)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 0});
    QVERIFY(document.replace({10, 0}, {{0, 200'000, 0, other, {}}}));
    QVERIFY(writer.write(document.take()).ok());
    now.isEmpty() ? void(systemFileSystem().remove(path).ok()) : void(folder.write("other", now));
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(edits->contentOf({0, 200'000, 0, other, {}}) == RecoveredEdits::Content::Held, holds);
}

/// What only this process has, and is too much: it is said so, and not another thing is lost.
void EditLogTest::leavesOutWhatIsInNoFile() {
    class Made final : public Source {
        void read(Offset start, MutableByteSpan out, Offset, Unreadable&) const override {
            for (Byte& byte : out)
                byte = static_cast<Byte>(start++);
        }
        Offset zerosAt(Offset, Offset) const override { return 0; }
    };
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const SourceId made = document.addSource(std::make_shared<Made>());
    EditLogWriter writer(systemFileSystem(), folder.path("edits"), {.mostCopied = 10});
    QVERIFY(document.replace({10, 0}, {{0, 200, 0, made, {}}}));
    QVERIFY(document.replace({400, 1}, {document.typed("x")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(writer.bytesReferenced(), Offset{200});
    {
        const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
        QVERIFY(edits.ok());
        QCOMPARE(edits->snapshot().changeSet(), document.snapshot().changeSet());
        QCOMPARE(edits->contentOf({0, 200, 0, made, {}}), RecoveredEdits::Content::Missing);
    }
    QVERIFY(writer.copyReferenced().ok());
    const Result<RecoveredEdits> edits = readEditLog(systemFileSystem(), writer.path());
    QVERIFY(edits.ok());
    QCOMPARE(difference(stateOf(*edits), stateOf(document)), QByteArray());
}

void EditLogTest::isPrivate() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    const std::string state = folder.path("state/octavo/edits");
    EditLogWriter writer(systemFileSystem(), state);
    QVERIFY(document.replace({10, 0}, {document.typed("x")}));
    QVERIFY(writer.write(document.take()).ok());
    QCOMPARE(systemFileSystem().info(state)->permissions, 0700U);
    QCOMPARE(systemFileSystem().info(folder.path("state"))->permissions, 0700U);
    QCOMPARE(systemFileSystem().info(writer.path())->permissions, 0600U);
    QVERIFY(writer.path().starts_with(state + '/'));

    qputenv("XDG_STATE_HOME", "/some/where");
    QCOMPARE(*recoveryFolder(), std::string("/some/where/octavo/edits"));
    qputenv("XDG_STATE_HOME", "relative");
    qputenv("HOME", "/home/me");
    QCOMPARE(*recoveryFolder(), std::string("/home/me/.local/state/octavo/edits"));
    qunsetenv("HOME");
    QVERIFY(!recoveryFolder().ok());
}

void EditLogTest::tellsLivingFromDead() {
    const TestFolder folder;
    const std::string edits = folder.path("edits");
    QVERIFY((*findEditLogs(systemFileSystem(), edits)).empty());
    const std::string path = folder.write("file", someBytes(500));
    LoggedDocument document(path);
    auto writer = std::make_unique<EditLogWriter>(systemFileSystem(), edits);
    QVERIFY(document.replace({10, 0}, {document.typed("x")}));
    QVERIFY(writer->write(document.take()).ok());
    QVERIFY((*findEditLogs(systemFileSystem(), edits)).empty());
    const std::string log = writer->path();
    writer.reset();
    systemFileSystem().makeFolder(edits + "/folder.log", 0700).ok();
    folder.write("edits/other.log", "not a log");
    folder.write("edits/note.txt", "nor this");
    std::vector<FoundLog> found = *findEditLogs(systemFileSystem(), edits);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].path, log);
    QCOMPARE(found[0].base.file.path, path);
    QVERIFY(found[0].base.file.info.looksLike(*systemFileSystem().info(path)));
    QVERIFY(readEditLog(systemFileSystem(), log).ok());
    // Claimed by who found it.
    QVERIFY((*findEditLogs(systemFileSystem(), edits)).empty());
    found.clear();
    QCOMPARE((*findEditLogs(systemFileSystem(), edits)).size(), std::size_t{1});
}

void EditLogTest::removesWhatIsHalfMade() {
    const TestFolder folder;
    QVERIFY(systemFileSystem().makeFolder(folder.path("edits"), 0700).ok());
    const std::string left = folder.write("edits/1-2-3.log.new", "OctEd");
    const auto living =
        *EditLogFile::create(systemFileSystem(), folder.path("edits/4-5-6.log.new"));
    QVERIFY((*findEditLogs(systemFileSystem(), folder.path("edits"))).empty());
    QCOMPARE(logsIn(folder.path("edits")), std::vector<std::string>{"4-5-6.log.new"});
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

/// Insertions that are off, at the very beginning and one behind the other.
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

void EditLogTest::largeContentStaysInTheLog() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", someBytes(500)));
    EditLogWriter writer(systemFileSystem(), folder.path("edits"));
    for (quint32 i = 0; i < 5; ++i)
        QVERIFY(document.replace({i * 1'000, 0}, {document.typed(someBytes(1'000, i))}));
    QVERIFY(writer.write(document.take()).ok());
    const auto file = *systemFileSystem().open(writer.path(), OpenMode::Read);
    for (const Offset budget : {Offset{0}, Offset{2'500}, Offset{1} << 20U}) {
        const Result<LoggedEdits> edits = LoggedEdits::read(file, budget);
        QVERIFY(edits.ok());
        const LoggedSource& typed = *edits->contents.at(0);
        QByteArray bytes(5'000, '\0');
        Unreadable unreadable;
        typed.read(0, {reinterpret_cast<Byte*>(bytes.data()), 5'000}, 0, unreadable);
        QVERIFY(unreadable.isEmpty());
        for (quint32 i = 0; i < 5; ++i)
            QCOMPARE(bytes.mid(i * 1'000, 1'000), someBytes(1'000, i));
        QVERIFY(!typed.holds({0, 5'001}));
        QCOMPARE(typed.gapAt(5'000, 10), Offset{10});
    }
}

/// What was written by an older Octavo must be read by a newer one: where this fails, the version
/// in edit_log_entry.h is to be raised.
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
