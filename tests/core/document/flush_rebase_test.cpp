// What is pending after a flush, against the plain content: what the document shows stays, and what
// was written is no change any more.
#include "core/content/memory_source.h"
#include "core/content/with_only.h"
#include "core/document/flush_rebase.h"
#include "tests/support/logged_document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

Bytes bytesOf(const QByteArray& bytes) {
    return {bytes.begin(), bytes.end()};
}

/// A document, a flush of some of its changes, and the sources that are there after it.
struct Flushed {
    explicit Flushed(const std::string& path) : document(path) {}

    void begin(const std::vector<ChangeId>& changes) {
        written = changes;
        std::ranges::sort(written);
        begun = document.edited().tree();
        file =
            contentOf({withOnly(begun, written, document.edited().base()), document.sources(), 1});
    }

    /// The document in terms of the file after.
    Snapshot rebased() const {
        const SourceId base = document.edited().base();
        const SourceId lost = sources().count();
        const auto after = std::make_shared<SourceTable>();
        for (SourceId id = 0; id < lost; ++id)
            after->add(id == base ? std::make_shared<MemorySource>(bytesOf(file))
                                  : sources().shared(id));
        after->add(sources().shared(base));  // the file before
        const FlushRebase rebase(begun, written, base, lost);
        return {rebase.rebased(document.edited().tree(), kFallback), after, 1};
    }
    const SourceTable& sources() const { return *document.snapshot().sources(); }

    static constexpr ChangeId kFallback = 1'000'000;
    LoggedDocument document;
    PieceTree begun;
    std::vector<ChangeId> written;
    QByteArray file;
};

QString list(const Snapshot& snapshot) {
    QString text;
    for (const Change& change : snapshot.changeSet())
        text += QString("%1%2 %3+%4 at %5+%6; ")
                    .arg(change.isOff ? "off " : "")
                    .arg(change.id)
                    .arg(change.before.offset.value)
                    .arg(change.before.length)
                    .arg(change.now.offset)
                    .arg(change.now.length);
    return text;
}

/// Some of the changes that are on.
std::vector<ChangeId> some(const Snapshot& snapshot, std::mt19937_64& engine) {
    std::vector<ChangeId> ids;
    const std::uint64_t odds = engine() % 4;
    for (const Change& change : snapshot.changes()) {
        if (engine() % 4 <= odds)
            ids.push_back(change.id);
    }
    return ids;
}

}  // namespace

class FlushRebaseTest : public QObject {
    Q_OBJECT

private slots:
    void keepsTheContent_data();
    void keepsTheContent();
    void leavesOtherChangesAlone();
    void rows_data();
    void rows();
    void whereabouts();
};

void FlushRebaseTest::keepsTheContent_data() {
    QTest::addColumn<qint64>("length");
    QTest::newRow("empty") << qint64{0};
    QTest::newRow("small") << qint64{30};
    QTest::newRow("larger") << qint64{600};
}

/// Random edits, a flush of some changes, random edits.
void FlushRebaseTest::keepsTheContent() {
    QFETCH(qint64, length);
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        const std::string path = folder.write("file", someBytes(length));
        for (int round = 0; round < scaled(300); ++round) {
            Flushed flushed(path);
            for (std::uint64_t edits = engine() % 40; edits > 0; --edits)
                flushed.document.editAtRandom(engine);
            flushed.begin(some(flushed.document.snapshot(), engine));
            for (std::uint64_t edits = engine() % 10; edits > 0; --edits)
                flushed.document.editAtRandom(engine);
            const Snapshot rebased = flushed.rebased();
            QCOMPARE(QByteArray::fromStdString(rebased.tree().checkInvariants()), QByteArray());
            QCOMPARE(rebased.tree().fileLength(), Offset{flushed.file.size()});
            QCOMPARE(contentOf(rebased), contentOf(flushed.document.snapshot()));
        }
    }
}

/// Without an edit since, exactly the written changes are gone, and the others are where they were
/// in the document.
void FlushRebaseTest::leavesOtherChangesAlone() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const TestFolder folder;
        const std::string path = folder.write("file", someBytes(200));
        for (int round = 0; round < scaled(300); ++round) {
            Flushed flushed(path);
            for (std::uint64_t edits = engine() % 40; edits > 0; --edits)
                flushed.document.editAtRandom(engine);
            const Snapshot before = flushed.document.snapshot();
            flushed.begin(some(before, engine));
            Offset shift = 0;
            QString expected;
            for (const Change& change : before.changeSet()) {
                if (std::ranges::binary_search(flushed.written, change.id)) {
                    shift += change.now.length - change.before.length;
                    continue;
                }
                expected += QString("%1%2 %3+%4 at %5+%6; ")
                                .arg(change.isOff ? "off " : "")
                                .arg(change.id)
                                .arg(change.before.offset.value + shift)
                                .arg(change.before.length)
                                .arg(change.now.offset)
                                .arg(change.now.length);
            }
            QCOMPARE(list(flushed.rebased()), expected);
        }
    }
}

void FlushRebaseTest::rows_data() {
    using Edit = std::function<void(LoggedDocument&)>;
    QTest::addColumn<Edit>("before");
    QTest::addColumn<QList<int>>("written");
    QTest::addColumn<Edit>("after");
    QTest::addColumn<QString>("pending");
    const auto put = [](Offset at, Offset length, const char* text) {
        return [=](LoggedDocument& document) {
            document.replace({at, length},
                             *text ? std::vector{document.typed(text)} : std::vector<Piece>());
        };
    };
    const auto both = [](Edit a, Edit b) {
        return [=](LoggedDocument& document) {
            a(document);
            b(document);
        };
    };
    const auto nothing = [](LoggedDocument&) {};
    // Over a file of 0123456789.
    QTest::newRow("all of it") << Edit(put(2, 3, "abc")) << QList<int>{1} << Edit(nothing)
                               << QString();
    QTest::newRow("the second of two")
        << Edit(both(put(2, 1, "abc"), put(8, 2, ""))) << QList<int>{2} << Edit(nothing)
        << QString("1 2+1 at 2+3; ");
    QTest::newRow("the first of two, which moves the second")
        << Edit(both(put(2, 1, "abc"), put(8, 2, ""))) << QList<int>{1} << Edit(nothing)
        << QString("2 8+2 at 8+0; ");
    QTest::newRow("neighbours") << Edit(both(put(2, 3, "abc"), put(5, 3, "def"))) << QList<int>{1}
                                << Edit(nothing) << QString("2 5+3 at 5+3; ");
    QTest::newRow("typed into since") << Edit(put(2, 3, "abcdef")) << QList<int>{1}
                                      << Edit(put(4, 0, "XY")) << QString("1 4+0 at 4+2; ");
    QTest::newRow("overwritten since") << Edit(put(2, 3, "abcdef")) << QList<int>{1}
                                       << Edit(put(4, 2, "XY")) << QString("1 4+2 at 4+2; ");
    QTest::newRow("cut since") << Edit(put(2, 3, "abcdef")) << QList<int>{1} << Edit(put(4, 2, ""))
                               << QString("1 4+2 at 4+0; ");
    QTest::newRow("taken back since") << Edit(put(2, 3, "abcdef")) << QList<int>{1}
                                      << Edit([](LoggedDocument& document) { document.revert(1); })
                                      << QString("1000000 2+6 at 2+3; ");
    QTest::newRow("a deletion taken back since")
        << Edit(put(2, 3, "")) << QList<int>{1}
        << Edit([](LoggedDocument& document) { document.revert(1); })
        << QString("1000000 2+0 at 2+3; ");
    QTest::newRow("switched off since")
        << Edit(put(2, 3, "abcdef")) << QList<int>{1}
        << Edit([](LoggedDocument& document) { document.switchChange(1, false); })
        << QString("1000000 2+6 at 2+3; ");
    QTest::newRow("another stays off")
        << Edit(both(put(2, 3, "abcdef"),
                     both(put(12, 1, "z"),
                          [](LoggedDocument& document) { document.switchChange(2, false); })))
        << QList<int>{1} << Edit(nothing) << QString("off 2 12+1 at 12+1; ");
    QTest::newRow("something new beside it") << Edit(put(2, 3, "abc")) << QList<int>{1}
                                             << Edit(put(5, 1, "Z")) << QString("2 5+1 at 5+1; ");
    QTest::newRow("something new over it") << Edit(put(2, 3, "abc")) << QList<int>{1}
                                           << Edit(put(4, 3, "Z")) << QString("2 4+3 at 4+1; ");
    QTest::newRow("everything deleted since") << Edit(put(2, 3, "abcdef")) << QList<int>{1}
                                              << Edit(put(0, 13, "")) << QString("2 0+13 at 0+0; ");
}

void FlushRebaseTest::rows() {
    using Edit = std::function<void(LoggedDocument&)>;
    QFETCH(Edit, before);
    QFETCH(QList<int>, written);
    QFETCH(Edit, after);
    QFETCH(QString, pending);
    const TestFolder folder;
    Flushed flushed(folder.write("file", "0123456789"));
    before(flushed.document);
    flushed.begin({written.begin(), written.end()});
    after(flushed.document);
    QCOMPARE(contentOf(flushed.rebased()), contentOf(flushed.document.snapshot()));
    QCOMPARE(list(flushed.rebased()), pending);
}

void FlushRebaseTest::whereabouts() {
    const TestFolder folder;
    LoggedDocument document(folder.write("file", "0123456789"));
    document.replace({2, 2}, {document.typed("abcde")});
    document.replace({12, 1}, {});
    const FlushRebase rebase(document.edited().tree(), {1, 2}, document.edited().base(), 99);
    QCOMPARE(rebase.newLength(), Offset{12});
    const auto at = [&](Offset from, Offset length) -> Offset {
        const auto found = rebase.whereabouts({{from}, length});
        return found ? found->value : -1;
    };
    QCOMPARE(at(0, 2), Offset{0});
    QCOMPARE(at(0, 3), Offset{-1});
    QCOMPARE(at(2, 1), Offset{-1});
    QCOMPARE(at(4, 5), Offset{7});
    QCOMPARE(at(4, 6), Offset{-1});
    QCOMPARE(at(9, 1), Offset{-1});
    QCOMPARE(at(10, 0), Offset{12});
}

QTEST_GUILESS_MAIN(FlushRebaseTest)
#include "flush_rebase_test.moc"
