#include "core/content/add_buffer.h"
#include "core/content/pattern_source.h"
#include "core/content/snapshot.h"

#include <QTest>

using namespace octavo::core;

namespace {

constexpr SourceId kBase = 0;
constexpr SourceId kNew = 1;
constexpr Offset kBaseLength = 100;

/// A base that shows its own positions, and cannot be read at 30 to 39.
class BaseSource final : public Source {
public:
    void read(Offset start, MutableByteSpan out, Offset reportedAt,
              Unreadable& unreadable) const override {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const Offset at = start + static_cast<Offset>(i);
            const bool bad = at >= 30 && at < 40;
            out[i] = bad ? Byte{0} : static_cast<Byte>(at);
            if (bad)
                unreadable.add({reportedAt + static_cast<Offset>(i), 1});
        }
    }
    Offset zerosAt(Offset /*start*/, Offset /*length*/) const override { return 0; }
};

Snapshot snapshotOf(const std::vector<Piece>& pieces) {
    const auto sources = std::make_shared<SourceTable>();
    sources->add(std::make_shared<BaseSource>());
    const auto added = std::make_shared<AddBuffer>();
    added->append(Bytes(1000, 0xAA));
    sources->add(added);
    const Bytes zeros{0};
    sources->add(std::make_shared<PatternSource>(zeros));
    PieceTree tree;
    tree.replace({0, 0}, pieces);
    return {tree, sources, kBase, kBaseLength, 1};
}

Change changeOf(Offset fileOffset, Offset fileLength, Offset offset, Offset length) {
    return {{{fileOffset}, fileLength}, {offset, length}};
}

}  // namespace

class SnapshotTest : public QObject {
    Q_OBJECT

private slots:
    void readsAcrossPieces();
    void zerosAcrossPieces();
    void changes_data();
    void changes();
    void changesWithin_data();
    void changesWithin();
    void kinds();
};

void SnapshotTest::readsAcrossPieces() {
    const Snapshot snapshot = snapshotOf({{0, 20, kBase}, {0, 5, kNew}, {25, 75, kBase}});
    Bytes out(100);
    const Unreadable unreadable = snapshot.read(0, out);
    for (std::size_t i = 0; i < 100; ++i) {
        const bool isNew = i >= 20 && i < 25;
        const bool isBad = i >= 30 && i < 40;
        QCOMPARE(out[i], isNew ? Byte{0xAA} : isBad ? Byte{0} : static_cast<Byte>(i));
    }
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{30, 10}}));
    Bytes none;
    QVERIFY(snapshot.read(100, none).isEmpty());
    QVERIFY(Snapshot().read(0, none).isEmpty());
}

void SnapshotTest::zerosAcrossPieces() {
    const Offset huge = Offset{1} << 60;
    const Snapshot snapshot =
        snapshotOf({{0, 10, kNew}, {0, huge, 2}, {5, 20, 2}, {0, 100, kBase}});
    QCOMPARE(snapshot.zerosAt(0), Offset{0});
    QCOMPARE(snapshot.zerosAt(10), huge + 20);
    QCOMPARE(snapshot.zerosAt(1000), huge + 30 - 1000);
    QCOMPARE(snapshot.zerosAt(snapshot.length()), Offset{0});
}

void SnapshotTest::changes_data() {
    QTest::addColumn<std::vector<Piece>>("pieces");
    QTest::addColumn<std::vector<Change>>("expected");
    using Pieces = std::vector<Piece>;
    using Changes = std::vector<Change>;
    QTest::newRow("none") << Pieces{{0, 100, kBase}} << Changes{};
    QTest::newRow("overwritten inside")
        << Pieces{{0, 20, kBase}, {0, 5, kNew}, {25, 75, kBase}} << Changes{changeOf(20, 5, 20, 5)};
    QTest::newRow("overwritten at the front")
        << Pieces{{0, 5, kNew}, {5, 95, kBase}} << Changes{changeOf(0, 5, 0, 5)};
    QTest::newRow("overwritten at the end")
        << Pieces{{0, 95, kBase}, {0, 5, kNew}} << Changes{changeOf(95, 5, 95, 5)};
    QTest::newRow("inserted at the front")
        << Pieces{{0, 5, kNew}, {0, 100, kBase}} << Changes{changeOf(0, 0, 0, 5)};
    QTest::newRow("inserted at the end")
        << Pieces{{0, 100, kBase}, {0, 5, kNew}} << Changes{changeOf(100, 0, 100, 5)};
    QTest::newRow("deleted at the front")
        << Pieces{{5, 95, kBase}} << Changes{changeOf(0, 5, 0, 0)};
    QTest::newRow("deleted inside")
        << Pieces{{0, 50, kBase}, {60, 40, kBase}} << Changes{changeOf(50, 10, 50, 0)};
    QTest::newRow("deleted at the end")
        << Pieces{{0, 95, kBase}} << Changes{changeOf(95, 5, 95, 0)};
    QTest::newRow("all deleted") << Pieces{} << Changes{changeOf(0, 100, 0, 0)};
    QTest::newRow("all replaced") << Pieces{{0, 7, kNew}} << Changes{changeOf(0, 100, 0, 7)};
    QTest::newRow("two pieces, one change")
        << Pieces{{0, 20, kBase}, {0, 5, kNew}, {0, 2, 2}, {25, 75, kBase}}
        << Changes{changeOf(20, 5, 20, 7)};
    QTest::newRow("behind an insert everything is further on")
        << Pieces{{0, 10, kBase}, {0, 5, kNew}, {10, 10, kBase}, {9, 5, kNew}, {25, 75, kBase}}
        << Changes{changeOf(10, 0, 10, 5), changeOf(20, 5, 25, 5)};
}

void SnapshotTest::changes() {
    QFETCH(std::vector<Piece>, pieces);
    QFETCH(std::vector<Change>, expected);
    QCOMPARE(snapshotOf(pieces).changes(), expected);
}

void SnapshotTest::changesWithin_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<std::vector<Change>>("expected");
    using Changes = std::vector<Change>;
    const Change overwritten = changeOf(10, 5, 10, 5);
    const Change deleted = changeOf(30, 10, 30, 0);
    const Change inserted = changeOf(50, 0, 40, 6);
    QTest::newRow("everything") << qint64{0} << qint64{96}
                                << Changes{overwritten, deleted, inserted};
    QTest::newRow("ends before") << qint64{0} << qint64{10} << Changes{};
    QTest::newRow("takes one byte") << qint64{0} << qint64{11} << Changes{overwritten};
    QTest::newRow("begins inside") << qint64{14} << qint64{3} << Changes{overwritten};
    QTest::newRow("begins behind") << qint64{15} << qint64{3} << Changes{};
    QTest::newRow("ends at a deletion") << qint64{20} << qint64{10} << Changes{deleted};
    QTest::newRow("begins at a deletion") << qint64{30} << qint64{10} << Changes{deleted};
    QTest::newRow("inside an insertion") << qint64{42} << qint64{1} << Changes{inserted};
    QTest::newRow("beyond the end") << qint64{90} << qint64{1000} << Changes{};
}

void SnapshotTest::changesWithin() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(std::vector<Change>, expected);
    const Snapshot snapshot = snapshotOf({{0, 10, kBase},
                                          {0, 5, kNew},
                                          {15, 15, kBase},
                                          {40, 10, kBase},
                                          {5, 6, kNew},
                                          {50, 50, kBase}});
    QCOMPARE(snapshot.length(), Offset{96});
    QCOMPARE(snapshot.changes({offset, length}), expected);
}

void SnapshotTest::kinds() {
    QCOMPARE(changeOf(1, 2, 1, 2).kind(), ChangeKind::Overwritten);
    QCOMPARE(changeOf(1, 0, 1, 2).kind(), ChangeKind::Inserted);
    QCOMPARE(changeOf(1, 2, 1, 0).kind(), ChangeKind::Deleted);
    QCOMPARE(changeOf(1, 2, 1, 3).kind(), ChangeKind::Replaced);
}

QTEST_GUILESS_MAIN(SnapshotTest)

#include "snapshot_test.moc"
