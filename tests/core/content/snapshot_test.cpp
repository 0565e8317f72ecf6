#include "core/content/add_buffer.h"
#include "core/content/pattern_source.h"
#include "core/content/snapshot.h"

#include <QTest>

using namespace octavo::core;

namespace {

constexpr SourceId kBase = 0;
constexpr SourceId kNew = 1;
constexpr SourceId kZeros = 2;

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

Snapshot snapshotOf(const std::vector<Piece>& pieces,
                    Snapshot::OutsideWrites outsideWrites = nullptr) {
    const auto sources = std::make_shared<SourceTable>();
    sources->add(std::make_shared<BaseSource>());
    const auto added = std::make_shared<AddBuffer>();
    added->append(Bytes(1000, 0xAA));
    sources->add(added);
    const Bytes zeros{0};
    sources->add(std::make_shared<PatternSource>(zeros));
    PieceTree tree;
    tree.replace({}, {}, pieces);
    return {tree, sources, 1, std::move(outsideWrites)};
}

Piece inPlace(Offset at, Offset length) {
    return Piece::inPlace(at, length, kBase);
}

Piece off(ChangeId id, Offset at, Offset length) {
    return {at, length, length, kBase, ChangeTag::off(id)};
}

Piece replaced(ChangeId id, Offset fileLength, Offset length, Offset start = 0) {
    return {start, length, fileLength, kNew, ChangeTag::on(id)};
}

/// No source has the number: nobody may ask for it.
Piece deleted(ChangeId id, Offset fileLength) {
    return {0, 0, fileLength, kNoSource, ChangeTag::on(id)};
}

Piece mark(ChangeId id) {
    return {0, 0, 0, kNoSource, ChangeTag::off(id)};
}

Change changeOf(ChangeId id, Offset fileOffset, Offset fileLength, Offset offset, Offset length) {
    return {id, false, {{fileOffset}, fileLength}, {offset, length}};
}

Change offChange(ChangeId id, Offset fileOffset, Offset offset, Offset length) {
    return {id, true, {{fileOffset}, length}, {offset, length}};
}

std::vector<Change> onlyOn(std::vector<Change> changes) {
    std::erase_if(changes, [](const Change& change) { return change.isOff; });
    return changes;
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
    void changesWithinAgreeWithAll();
    void changesFrom_data();
    void changesFrom();
    void findsOneChange_data();
    void findsOneChange();
    void manyChangesBeforeCostNothing();
    void kinds();
    void isChangedOutside();
};

void SnapshotTest::readsAcrossPieces() {
    const Snapshot snapshot = snapshotOf(
        {mark(2), inPlace(0, 20), replaced(1, 5, 5), mark(2), deleted(3, 2), inPlace(27, 73)});
    Bytes out(98);
    const Unreadable unreadable = snapshot.read(0, out);
    for (std::size_t i = 0; i < 98; ++i) {
        const bool isNew = i >= 20 && i < 25;
        const bool isBad = i >= 28 && i < 38;
        const std::size_t inFile = i < 25 ? i : i + 2;
        QCOMPARE(out[i], isNew ? Byte{0xAA} : isBad ? Byte{0} : static_cast<Byte>(inFile));
    }
    QCOMPARE(unreadable.extents(), (std::vector<Extent>{{28, 10}}));
    Bytes none;
    QVERIFY(snapshot.read(98, none).isEmpty());
    QVERIFY(Snapshot().read(0, none).isEmpty());
}

void SnapshotTest::zerosAcrossPieces() {
    const Offset huge = Offset{1} << 60;
    const Snapshot snapshot = snapshotOf({replaced(1, 0, 10),
                                          {0, huge, 0, kZeros, ChangeTag::on(1)},
                                          deleted(2, 7),
                                          mark(3),
                                          {5, 20, 0, kZeros, ChangeTag::on(1)},
                                          inPlace(7, 93)});
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
    QTest::newRow("nothing at all") << Pieces{} << Changes{};
    QTest::newRow("none") << Pieces{inPlace(0, 100)} << Changes{};
    QTest::newRow("overwritten inside")
        << Pieces{inPlace(0, 20), replaced(1, 5, 5), inPlace(25, 75)}
        << Changes{changeOf(1, 20, 5, 20, 5)};
    QTest::newRow("overwritten at the front")
        << Pieces{replaced(1, 5, 5), inPlace(5, 95)} << Changes{changeOf(1, 0, 5, 0, 5)};
    QTest::newRow("overwritten at the end")
        << Pieces{inPlace(0, 95), replaced(1, 5, 5)} << Changes{changeOf(1, 95, 5, 95, 5)};
    QTest::newRow("inserted at the front")
        << Pieces{replaced(1, 0, 5), inPlace(0, 100)} << Changes{changeOf(1, 0, 0, 0, 5)};
    QTest::newRow("inserted at the end")
        << Pieces{inPlace(0, 100), replaced(1, 0, 5)} << Changes{changeOf(1, 100, 0, 100, 5)};
    QTest::newRow("deleted at the front")
        << Pieces{deleted(1, 5), inPlace(5, 95)} << Changes{changeOf(1, 0, 5, 0, 0)};
    QTest::newRow("deleted inside") << Pieces{inPlace(0, 50), deleted(1, 10), inPlace(60, 40)}
                                    << Changes{changeOf(1, 50, 10, 50, 0)};
    QTest::newRow("deleted at the end")
        << Pieces{inPlace(0, 95), deleted(1, 5)} << Changes{changeOf(1, 95, 5, 95, 0)};
    QTest::newRow("all deleted") << Pieces{deleted(1, 100)} << Changes{changeOf(1, 0, 100, 0, 0)};
    QTest::newRow("all replaced") << Pieces{replaced(1, 100, 7)}
                                  << Changes{changeOf(1, 0, 100, 0, 7)};
    QTest::newRow("three pieces, one change")
        << Pieces{inPlace(0, 20), replaced(1, 5, 5), replaced(1, 0, 2), deleted(1, 3),
                  inPlace(28, 72)}
        << Changes{changeOf(1, 20, 8, 20, 7)};
    QTest::newRow("neighbours of two numbers are two changes")
        << Pieces{inPlace(0, 20), replaced(1, 5, 5), replaced(2, 5, 5), deleted(1, 3),
                  inPlace(33, 67)}
        << Changes{changeOf(1, 20, 5, 20, 5), changeOf(2, 25, 5, 25, 5), changeOf(1, 30, 3, 30, 0)};
    QTest::newRow("behind an insert everything is further on")
        << Pieces{inPlace(0, 10), replaced(1, 0, 5), inPlace(10, 10), replaced(2, 5, 5, 9),
                  inPlace(25, 75)}
        << Changes{changeOf(1, 10, 0, 10, 5), changeOf(2, 20, 5, 25, 5)};
    QTest::newRow("off: where the file's bytes stand")
        << Pieces{replaced(1, 0, 7), inPlace(0, 10), off(2, 10, 5), inPlace(15, 85)}
        << Changes{changeOf(1, 0, 0, 0, 7), offChange(2, 10, 17, 5)};
    QTest::newRow("off: an insertion is a mark")
        << Pieces{inPlace(0, 10), mark(1), inPlace(10, 90)} << Changes{offChange(1, 10, 10, 0)};
    QTest::newRow("off beside on, both beside a mark")
        << Pieces{mark(9), off(1, 0, 4), replaced(1, 4, 4), mark(2), mark(3), deleted(4, 92)}
        << Changes{offChange(9, 0, 0, 0), offChange(1, 0, 0, 4), changeOf(1, 4, 4, 4, 4),
                   offChange(2, 8, 8, 0), offChange(3, 8, 8, 0), changeOf(4, 8, 92, 8, 0)};
    QTest::newRow("a mark splits a run")
        << Pieces{replaced(1, 0, 4), mark(2), replaced(1, 0, 4, 4), inPlace(0, 100)}
        << Changes{changeOf(1, 0, 0, 0, 4), offChange(2, 0, 4, 0), changeOf(1, 0, 0, 4, 4)};
}

void SnapshotTest::changes() {
    QFETCH(std::vector<Piece>, pieces);
    QFETCH(std::vector<Change>, expected);
    const Snapshot snapshot = snapshotOf(pieces);
    QCOMPARE(snapshot.changeSet(), expected);
    QCOMPARE(snapshot.changes(), onlyOn(expected));
}

void SnapshotTest::changesWithin_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<std::vector<Change>>("expected");
    using Changes = std::vector<Change>;
    const Change overwritten = changeOf(1, 10, 5, 10, 5);
    const Change removed = changeOf(2, 30, 10, 30, 0);
    const Change inserted = changeOf(3, 50, 0, 40, 6);
    const Change marked = offChange(4, 60, 56, 0);
    const Change isOff = offChange(5, 70, 66, 4);
    QTest::newRow("everything") << qint64{0} << qint64{96}
                                << Changes{overwritten, removed, inserted, marked, isOff};
    QTest::newRow("ends before") << qint64{0} << qint64{10} << Changes{};
    QTest::newRow("takes one byte") << qint64{0} << qint64{11} << Changes{overwritten};
    QTest::newRow("begins inside") << qint64{14} << qint64{3} << Changes{overwritten};
    QTest::newRow("begins behind") << qint64{15} << qint64{3} << Changes{};
    QTest::newRow("ends at a deletion") << qint64{20} << qint64{10} << Changes{removed};
    QTest::newRow("begins at a deletion") << qint64{30} << qint64{10} << Changes{removed};
    QTest::newRow("nothing, at a deletion") << qint64{30} << qint64{0} << Changes{removed};
    QTest::newRow("inside an insertion") << qint64{42} << qint64{1} << Changes{inserted};
    QTest::newRow("ends at a mark") << qint64{50} << qint64{6} << Changes{marked};
    QTest::newRow("begins at a mark") << qint64{56} << qint64{6} << Changes{marked};
    QTest::newRow("inside what is off") << qint64{67} << qint64{1} << Changes{isOff};
    QTest::newRow("beyond the end") << qint64{90} << qint64{1000} << Changes{};
    QTest::newRow("behind the end") << qint64{1000} << qint64{1000} << Changes{};
}

void SnapshotTest::changesWithin() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(std::vector<Change>, expected);
    const Snapshot snapshot =
        snapshotOf({inPlace(0, 10), replaced(1, 5, 5), inPlace(15, 15), deleted(2, 10),
                    inPlace(40, 10), replaced(3, 0, 6), inPlace(50, 10), mark(4), inPlace(60, 10),
                    off(5, 70, 4), inPlace(74, 26)});
    QCOMPARE(snapshot.length(), Offset{96});
    QCOMPARE(snapshot.changeSet({offset, length}), expected);
    QCOMPARE(snapshot.changes({offset, length}), onlyOn(expected));
}

void SnapshotTest::changesWithinAgreeWithAll() {
    // Each extent of a document that is nothing but changes, against all of them.
    const Snapshot snapshot =
        snapshotOf({mark(1), deleted(2, 3), replaced(2, 0, 2), mark(3), replaced(3, 2, 2),
                    replaced(3, 0, 1), deleted(3, 1), deleted(4, 1), deleted(4, 1), off(5, 8, 2),
                    mark(5), inPlace(10, 2), replaced(6, 1, 1), deleted(6, 2), mark(7)});
    const std::vector<Change> all = snapshot.changeSet();
    for (Offset from = 0; from <= snapshot.length(); ++from) {
        for (Offset to = from; to <= snapshot.length(); ++to) {
            std::vector<Change> expected;
            for (const Change& change : all) {
                const Extent& now = change.now;
                if (now.length == 0 ? now.offset >= from && now.offset <= to
                                    : now.offset < to && now.end() > from)
                    expected.push_back(change);
            }
            QCOMPARE(snapshot.changeSet({from, to - from}), expected);
            QCOMPARE(snapshot.changes({from, to - from}), onlyOn(expected));
        }
    }
}

void SnapshotTest::changesFrom_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("fileOffset");
    QTest::addColumn<std::vector<ChangeId>>("ids");
    using Ids = std::vector<ChangeId>;
    QTest::newRow("the beginning") << qint64{0} << qint64{0} << Ids{1, 2, 3, 4, 5, 6};
    QTest::newRow("behind the first") << qint64{1} << qint64{1} << Ids{2, 3, 4, 5, 6};
    QTest::newRow("inside one: it is told whole") << qint64{13} << qint64{13} << Ids{2, 3, 4, 5, 6};
    QTest::newRow("inside its other piece") << qint64{16} << qint64{15} << Ids{2, 3, 4, 5, 6};
    QTest::newRow("before a deletion") << qint64{17} << qint64{15} << Ids{3, 4, 5, 6};
    QTest::newRow("behind it, at a mark") << qint64{17} << qint64{20} << Ids{4, 5, 6};
    QTest::newRow("behind the mark") << qint64{18} << qint64{21} << Ids{5, 6};
    QTest::newRow("the end, at a mark") << qint64{97} << qint64{100} << Ids{6};
}

void SnapshotTest::changesFrom() {
    QFETCH(qint64, offset);
    QFETCH(qint64, fileOffset);
    QFETCH(std::vector<ChangeId>, ids);
    const Snapshot snapshot =
        snapshotOf({mark(1), inPlace(0, 10), replaced(2, 5, 5), replaced(2, 0, 2), deleted(3, 5),
                    mark(4), inPlace(20, 30), off(5, 50, 10), inPlace(60, 40), mark(6)});
    QCOMPARE(snapshot.length(), Offset{97});
    for (std::size_t most = 1; most <= ids.size(); ++most) {
        std::vector<ChangeId> found;
        snapshot.changesFrom({offset, fileOffset}, [&](const Change& change) {
            const std::vector<Change> all = snapshot.changeSet();
            if (std::find(all.begin(), all.end(), change) != all.end())
                found.push_back(change.id);
            return found.size() < most;
        });
        QCOMPARE(found, std::vector<ChangeId>(ids.begin(),
                                              ids.begin() + static_cast<std::ptrdiff_t>(most)));
    }
}

void SnapshotTest::findsOneChange_data() {
    QTest::addColumn<ChangeId>("id");
    QTest::addColumn<qint64>("hint");
    QTest::addColumn<std::vector<Change>>("expected");  // one or none
    using Changes = std::vector<Change>;
    const auto row = [](const char* name, ChangeId id, qint64 hint, const Changes& expected) {
        QTest::newRow(name) << id << hint << expected;
    };
    const Change first = changeOf(1, 10, 5, 10, 7);
    const Change second = changeOf(2, 15, 5, 17, 0);
    const Change third = offChange(3, 20, 17, 0);
    const Change fourth = offChange(4, 20, 17, 5);
    const Change last = offChange(5, 100, 97, 0);
    row("where it stands", 1, 10, {first});
    row("inside", 1, 12, {first});
    row("where it ends", 2, 20, {second});
    row("to the left, past others", 1, 20, {first});
    row("to the right, past others", 4, 10, {fourth});
    row("behind them all", 1, 25, {first});
    row("a mark", 3, 20, {third});
    row("a mark, from the left", 3, 11, {third});
    row("a mark at the end", 5, 100, {last});
    row("beyond the end", 5, 1000, {last});
    row("in place before", 1, 9, {});
    row("in place behind", 4, 26, {});
    row("another number", 6, 12, {});
    row("in another place", 5, 12, {});
}

void SnapshotTest::findsOneChange() {
    QFETCH(ChangeId, id);
    QFETCH(qint64, hint);
    QFETCH(std::vector<Change>, expected);
    const Snapshot snapshot =
        snapshotOf({inPlace(0, 10), replaced(1, 5, 5), replaced(1, 0, 2), deleted(2, 5), mark(3),
                    off(4, 20, 5), inPlace(25, 75), mark(5)});
    QCOMPARE(snapshot.length(), Offset{97});
    const std::optional<Change> found = snapshot.change(id, {hint});
    QCOMPARE(found ? std::vector<Change>{*found} : std::vector<Change>{}, expected);
}

/// In a document of changes side by side, looking at the last must not walk over the others: the
/// test would take minutes if it did.
void SnapshotTest::manyChangesBeforeCostNothing() {
    constexpr Offset kCount = 200000;
    std::vector<Piece> pieces;
    for (Offset i = 0; i < kCount; ++i)
        pieces.push_back(replaced(static_cast<ChangeId>(i + 1), 1, 1));
    const Snapshot snapshot = snapshotOf(pieces);
    for (int i = 0; i < 100000; ++i) {
        const auto id = static_cast<ChangeId>(kCount);
        QCOMPARE(snapshot.changes({kCount - 1, 1}),
                 (std::vector<Change>{changeOf(id, kCount - 1, 1, kCount - 1, 1)}));
        QVERIFY(snapshot.change(id, {kCount - 1}).has_value());
    }
}

void SnapshotTest::kinds() {
    QCOMPARE(changeOf(1, 1, 2, 1, 2).kind(), ChangeKind::Overwritten);
    QCOMPARE(changeOf(1, 1, 0, 1, 2).kind(), ChangeKind::Inserted);
    QCOMPARE(changeOf(1, 1, 2, 1, 0).kind(), ChangeKind::Deleted);
    QCOMPARE(changeOf(1, 1, 2, 1, 3).kind(), ChangeKind::Replaced);
    QCOMPARE(offChange(1, 1, 1, 0).kind(), ChangeKind::Inserted);
}

void SnapshotTest::isChangedOutside() {
    const auto writes = std::make_shared<std::atomic<std::uint64_t>>(3);
    const Snapshot before = snapshotOf({inPlace(0, 100)}, writes);
    const Snapshot copy = before;
    QVERIFY(!before.isChangedOutside());
    ++*writes;
    QVERIFY(before.isChangedOutside());
    QVERIFY(copy.isChangedOutside());
    QVERIFY(!snapshotOf({inPlace(0, 100)}, writes).isChangedOutside());
    QVERIFY(!Snapshot().isChangedOutside());
}

QTEST_GUILESS_MAIN(SnapshotTest)

#include "snapshot_test.moc"
