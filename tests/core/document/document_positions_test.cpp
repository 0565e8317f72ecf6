// What follows the edits of a document: tracked positions, the map of all places, and the changes
// from any offset on.
#include "core/document/document.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::unique_ptr<Document> openDocument(const std::string& path) {
    return *Document::open(systemFileSystem(), path);
}

QByteArray bytesOf(const Document& document, Extent extent) {
    QByteArray out(extent.length, '\xEE');
    document.snapshot().read(
        extent.offset, {reinterpret_cast<Byte*>(out.data()), static_cast<std::size_t>(out.size())});
    return out;
}

std::vector<ChangeId> idsOf(const Document& document) {
    std::vector<ChangeId> ids;
    for (const Change& change : document.snapshot().changeSet())
        ids.push_back(change.id);
    return ids;
}

}  // namespace

class DocumentPositionsTest : public QObject {
    Q_OBJECT

private slots:
    void positionsFollow();
    void positionsStayOnTheirBytes();
    void nextChanges();
};

void DocumentPositionsTest::positionsFollow() {
    using Bias = TrackedPositions::Bias;
    const TestFolder folder;
    const auto document = openDocument(folder.write("file", "0123456789"));
    TrackedPositions& positions = document->positions();
    const PositionId caret = positions.add(5, Bias::After);
    const PositionId bookmark = positions.add(5, Bias::Before);
    const TrackedPositions::ExtentId match = positions.add(Extent{6, 3});
    const auto where = [&] {
        return std::vector<Offset>{positions.position(caret), positions.position(bookmark),
                                   positions.extent(match).offset, positions.extent(match).length};
    };
    using At = std::vector<Offset>;
    QVERIFY(document->insert(5, span("ab")).ok());
    QCOMPARE(where(), (At{7, 5, 8, 3}));
    QVERIFY(document->erase({0, 2}).ok());
    QCOMPARE(where(), (At{5, 3, 6, 3}));
    QVERIFY(document->replace({7, 1}, span("xyz")).ok());
    QCOMPARE(where(), (At{5, 3, 6, 5}));
    QVERIFY(document->replaceMany(std::vector<Extent>{{0, 0}, {1, 1}}, Content::bytes(span("!!!")))
                .ok());
    QCOMPARE(where(), (At{10, 8, 11, 5}));
    QVERIFY(document->overwrite(11, span("....")).ok());
    QCOMPARE(where(), (At{10, 8, 11, 5}));
    for (const At& expected : {At{10, 8, 11, 5}, At{5, 3, 6, 5}, At{5, 3, 6, 3}, At{7, 5, 8, 3}}) {
        QVERIFY(document->undo().ok());
        QCOMPARE(where(), expected);
    }
    QVERIFY(document->undo().ok());
    QCOMPARE(where()[2], Offset{6});
    QVERIFY(document->setLength(3).ok());
    QCOMPARE(where(), (At{3, 3, 3, 0}));
}

// Bytes that no edit touches keep their positions and are found by the map, whatever happens beside
// them.
void DocumentPositionsTest::positionsStayOnTheirBytes() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < scaled(40); ++round) {
            const TestFolder folder;
            QByteArray file(200, 'a');
            std::vector<PositionId> positions;
            for (int i = 0; i < 5; ++i)
                file[20 + 40 * i] = static_cast<char>('0' + i);
            const auto document = openDocument(folder.write("file", file));
            // Biased after, as what is put in at a position goes in front of its byte.
            for (int i = 0; i < 5; ++i)
                positions.push_back(
                    document->positions().add(20 + 40 * i, TrackedPositions::Bias::After));
            const std::shared_ptr<const EditMap> map = document->mapEdits();
            (void)document->mapEdits();  // nobody holds this one
            for (int step = 0; step < 60; ++step) {
                // Between two of the bytes, or in front of them or behind.
                const std::size_t gap = static_cast<std::size_t>(below(6));
                const Offset from =
                    gap == 0 ? 0 : document->positions().position(positions[gap - 1]) + 1;
                const Offset to =
                    gap == 5 ? document->length() : document->positions().position(positions[gap]);
                Extent extent{from + below(to - from + 1), 0};
                extent.length = below(to - extent.offset + 1);
                const QByteArray bytes(below(6), 'b');
                switch (below(10)) {
                case 0:
                    QVERIFY(document->undo().ok());
                    break;
                case 1:
                    QVERIFY(
                        document->goTo(static_cast<StepId>(below(document->history().last() + 1)))
                            .ok());
                    break;
                case 2: {
                    const std::vector<ChangeId> ids = idsOf(*document);
                    if (!ids.empty())
                        (void)document->switchChanges(
                            std::vector{ids[static_cast<std::size_t>(below(Offset(ids.size())))]},
                            below(2) == 0);
                    break;
                }
                case 3:
                    if (below(3) == 0)
                        QVERIFY(document->revert().ok());
                    break;
                case 4: {
                    Progress progress;
                    if (const auto review = document->prepareReview();
                        review && review->run(progress))
                        document->finishReview(*review);
                    break;
                }
                default:
                    (void)document->replace(extent, span(bytes));
                }
                for (int i = 0; i < 5; ++i) {
                    const Offset at =
                        document->positions().position(positions[static_cast<std::size_t>(i)]);
                    QVERIFY2(at < document->length() && bytesOf(*document, {at, 1})[0] == '0' + i,
                             qPrintable(QString("round %1 step %2 position %3 at %4")
                                            .arg(round)
                                            .arg(step)
                                            .arg(i)
                                            .arg(at)));
                    QCOMPARE(map->now(Extent{20 + 40 * i, 1}), (Extent{at, 1}));
                }
            }
        }
    }
}

// As in the list of all changes, from every offset.
void DocumentPositionsTest::nextChanges() {
    std::mt19937_64 engine(freshSeed());
    for (int round = 0; round < 100; ++round) {
        const TestFolder folder;
        const auto document = openDocument(folder.write("file", QByteArray(40, 'a')));
        for (int i = 0; i < 5; ++i) {
            const Offset from = static_cast<Offset>(engine() % 30);
            const Offset most = std::min<Offset>(4, document->length() - from);
            const Extent extent{from, most > 0 ? static_cast<Offset>(engine()) & 3 : 0};
            (void)document->replace({from, std::clamp<Offset>(extent.length, 0, most)},
                                    span(QByteArray(int(engine() % 4), 'b')));
        }
        const std::vector<Change> changes = document->changes();
        for (Offset offset = 0; offset <= document->length(); ++offset) {
            const auto first = std::ranges::find_if(changes, [&](const Change& change) {
                return change.now.isEmpty() ? change.now.offset >= offset
                                            : change.now.end() > offset;
            });
            const std::optional<Change> found = document->snapshot().changeFrom(offset);
            QCOMPARE(found.has_value(), first != changes.end());
            QVERIFY(!found || *found == *first);
        }
    }
}

QTEST_GUILESS_MAIN(DocumentPositionsTest)
#include "document_positions_test.moc"
