// Places of a document and of its file, against a plain model that keeps, for every byte of the
// document, where it came from.
#include "core/content/original_places.h"
#include "core/document/document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace octavo::core;
using octavo::test::TestFolder;

class OriginalPlacesTest : public QObject {
    Q_OBJECT

private slots:
    void places_data();
    void places();
    void changesSeenFromTheFile();
    void randomEdits();

private:
    std::unique_ptr<Document> open(const QByteArray& content) {
        return Document::open(systemFileSystem(), folder_.write("file", content)).value();
    }
    TestFolder folder_;
};

void OriginalPlacesTest::places_data() {
    QTest::addColumn<qint64>("edited");
    QTest::addColumn<qint64>("original");
    QTest::addColumn<bool>("andBack");
    // "0123456789" with "abc" put in at 2, "67" taken out and "9" typed over.
    QTest::newRow("start") << qint64{0} << qint64{0} << true;
    QTest::newRow("before") << qint64{1} << qint64{1} << true;
    QTest::newRow("first inserted") << qint64{2} << qint64{2} << false;
    QTest::newRow("last inserted") << qint64{4} << qint64{2} << false;
    QTest::newRow("behind the insertion") << qint64{5} << qint64{2} << true;
    QTest::newRow("before the deletion") << qint64{8} << qint64{5} << true;
    QTest::newRow("behind the deletion") << qint64{9} << qint64{8} << true;
    QTest::newRow("typed over") << qint64{10} << qint64{9} << true;
    QTest::newRow("end") << qint64{11} << qint64{10} << true;
}

void OriginalPlacesTest::places() {
    QFETCH(qint64, edited);
    QFETCH(qint64, original);
    QFETCH(bool, andBack);
    const auto document = open("0123456789");
    QVERIFY(document->overwrite(9, Bytes{'x'}).ok());
    QVERIFY(document->erase({6, 2}).ok());
    QVERIFY(document->insert(2, Bytes{'a', 'b', 'c'}).ok());
    const Snapshot snapshot = document->snapshot();
    QCOMPARE(qint64{originalOffset(snapshot, edited)}, original);
    if (andBack) {
        QCOMPARE(qint64{editedOffset(snapshot, original)}, edited);
    }
}

void OriginalPlacesTest::changesSeenFromTheFile() {
    const auto document = open("0123456789");
    QVERIFY(document->overwrite(9, Bytes{'x'}).ok());
    QVERIFY(document->erase({6, 2}).ok());
    QVERIFY(document->insert(2, Bytes{'a', 'b', 'c'}).ok());
    const std::vector<Change> seen = changesOfOriginal(document->snapshot(), {0, 10});
    QCOMPARE(seen.size(), std::size_t{3});
    QCOMPARE(seen[0].now, (Extent{2, 0}));
    QCOMPARE(seen[0].before.length, Offset{3});
    QCOMPARE(seen[1].now, (Extent{6, 2}));
    QCOMPARE(seen[1].before.length, Offset{0});
    QCOMPARE(seen[2].now, (Extent{9, 1}));
    QCOMPARE(seen[2].before.length, Offset{1});
    QCOMPARE(changesOfOriginal(document->snapshot(), {7, 1}).size(), std::size_t{1});
}

void OriginalPlacesTest::randomEdits() {
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        const auto document = open(QByteArray(60, 'x'));
        // For each byte of the document its place in the file, or -1.
        std::vector<Offset> from(60);
        for (std::size_t i = 0; i < from.size(); ++i) {
            from[i] = Offset(i);
        }
        for (int step = 0; step < 40; ++step) {
            const auto length = Offset(from.size());
            const Offset at = Offset(random() % std::uint64_t(length + 1));
            const Offset count = std::min<Offset>(length - at, Offset(random() % 4));
            if (random() % 2 == 0) {
                QVERIFY(document->insert(at, Bytes(std::size_t(count + 1), 'i')).ok());
                from.insert(from.begin() + at, std::size_t(count + 1), -1);
            } else if (count > 0) {
                QVERIFY(document->erase({at, count}).ok());
                from.erase(from.begin() + at, from.begin() + at + count);
            }
            const Snapshot snapshot = document->snapshot();
            Offset before = 0;
            for (Offset i = 0; i < Offset(from.size()); ++i) {
                const Offset original = originalOffset(snapshot, i);
                QVERIFY(original >= before);
                before = original;
                // What is the file's own is found from either side.
                if (from[std::size_t(i)] >= 0 && snapshot.changes({i, 1}).empty()) {
                    QCOMPARE(original, from[std::size_t(i)]);
                    QCOMPARE(editedOffset(snapshot, original), i);
                }
            }
            QCOMPARE(originalOffset(snapshot, snapshot.length()), Offset{60});
            QCOMPARE(editedOffset(snapshot, 60), snapshot.length());
        }
    }
}

QTEST_APPLESS_MAIN(OriginalPlacesTest)
#include "original_places_test.moc"
