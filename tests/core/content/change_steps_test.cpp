#include "core/content/add_buffer.h"
#include "core/content/change_steps.h"
#include "core/content/pattern_source.h"
#include "core/content/piece_tree.h"
#include "core/content/source_table.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

using namespace octavo::core;

namespace {

using Pieces = std::vector<Piece>;

constexpr SourceId kBase = 0;
constexpr SourceId kNew = 1;

// Nobody reads a byte here: both sources are of zeros.
Snapshot snapshotOf(const Pieces& pieces) {
    const auto sources = std::make_shared<SourceTable>();
    const Bytes zeros{0};
    sources->add(std::make_shared<PatternSource>(zeros));
    sources->add(std::make_shared<PatternSource>(zeros));
    PieceTree tree;
    tree.replace({}, {}, pieces);
    return {tree, sources, 1};
}

Piece inPlace(Offset at, Offset length) {
    return Piece::inPlace(at, length, kBase);
}

Piece off(ChangeId id, Offset at, Offset length) {
    return {at, length, length, kBase, ChangeTag::off(id)};
}

Piece mark(ChangeId id) {
    return {0, 0, 0, kNoSource, ChangeTag::off(id)};
}

Piece replaced(ChangeId id, Offset fileLength, Offset length) {
    return {0, length, fileLength, kNew, ChangeTag::on(id)};
}

Piece deleted(ChangeId id, Offset fileLength) {
    return {0, 0, fileLength, kNoSource, ChangeTag::on(id)};
}

ChangeId idOf(const std::optional<Change>& change) {
    return change ? change->id : kNoChange;
}

}  // namespace

Q_DECLARE_METATYPE(Pieces)

class ChangeStepsTest : public QObject {
    Q_OBJECT

private slots:
    void steps_data();
    void steps();
    void agreeWithAWalk();
};

void ChangeStepsTest::steps_data() {
    QTest::addColumn<Pieces>("pieces");
    QTest::addColumn<qint64>("here");
    QTest::addColumn<int>("behind");
    QTest::addColumn<int>("before");
    const Pieces none{inPlace(0, 100)};
    QTest::newRow("nothing") << Pieces{} << qint64{0} << 0 << 0;
    QTest::newRow("no change") << none << qint64{50} << 0 << 0;
    QTest::newRow("no change, at the end") << none << qint64{100} << 0 << 0;
    const Pieces two{inPlace(0, 10), replaced(1, 5, 5), inPlace(15, 20), replaced(2, 0, 3),
                     inPlace(35, 65)};
    QTest::newRow("in front of the first") << two << qint64{0} << 1 << 0;
    QTest::newRow("just in front of it") << two << qint64{9} << 1 << 0;
    QTest::newRow("at its start") << two << qint64{10} << 2 << 0;
    QTest::newRow("within it") << two << qint64{12} << 2 << 1;
    QTest::newRow("behind it") << two << qint64{15} << 2 << 1;
    QTest::newRow("at the start of the last") << two << qint64{35} << 0 << 1;
    QTest::newRow("behind all") << two << qint64{60} << 0 << 2;
    QTest::newRow("at the end") << two << qint64{103} << 0 << 2;
    const Pieces neighbours{inPlace(0, 10), deleted(1, 2), replaced(2, 3, 3), deleted(3, 4),
                            inPlace(19, 81)};
    QTest::newRow("a deletion first") << neighbours << qint64{9} << 1 << 0;
    QTest::newRow("two begin here") << neighbours << qint64{10} << 3 << 0;
    QTest::newRow("the one that ends at a deletion") << neighbours << qint64{12} << 3 << 2;
    QTest::newRow("at the deletion behind it") << neighbours << qint64{13} << 0 << 2;
    QTest::newRow("behind the deletion") << neighbours << qint64{14} << 0 << 3;
    const Pieces someOff{off(1, 0, 5), mark(2),        inPlace(5, 5), replaced(3, 1, 1),
                         mark(4),      inPlace(11, 9), off(5, 20, 5), inPlace(25, 75)};
    QTest::newRow("what is off in front") << someOff << qint64{0} << 3 << 0;
    QTest::newRow("what is off behind") << someOff << qint64{10} << 0 << 0;
    QTest::newRow("over what is off, back") << someOff << qint64{50} << 0 << 3;
    const Pieces atTheEnds{deleted(1, 10), inPlace(10, 80), deleted(2, 10)};
    QTest::newRow("a deletion at the start") << atTheEnds << qint64{0} << 2 << 0;
    QTest::newRow("a deletion at the start, back") << atTheEnds << qint64{1} << 2 << 1;
    QTest::newRow("a deletion at the end") << atTheEnds << qint64{79} << 2 << 1;
    QTest::newRow("at the deletion at the end") << atTheEnds << qint64{80} << 0 << 1;
    // Farther back than what is looked at first, and as far as there can be.
    const Pieces far{replaced(1, 1, 1), inPlace(1, Offset{1} << 40), replaced(2, 1, 1)};
    QTest::newRow("far, on") << far << qint64{0} << 2 << 0;
    QTest::newRow("far, back") << far << (qint64{1} << 40) << 2 << 1;
    const Pieces largest{replaced(1, 1, 1), inPlace(1, kMaxLength - 1)};
    QTest::newRow("the largest document") << largest << qint64{0} << 0 << 0;
    QTest::newRow("the largest document, at its end") << largest << qint64{kMaxLength} << 0 << 1;
    const Pieces longOne{inPlace(0, 10), replaced(1, 0, Offset{1} << 40), inPlace(10, 10)};
    QTest::newRow("within a long one") << longOne << (qint64{1} << 39) << 0 << 1;
}

void ChangeStepsTest::steps() {
    QFETCH(Pieces, pieces);
    QFETCH(qint64, here);
    QFETCH(int, behind);
    QFETCH(int, before);
    const Snapshot snapshot = snapshotOf(pieces);
    QCOMPARE(idOf(changeBehind(snapshot, here)), ChangeId(behind));
    QCOMPARE(idOf(changeBefore(snapshot, here)), ChangeId(before));
}

// Against a walk over where each change was put.
void ChangeStepsTest::agreeWithAWalk() {
    struct Place {
        ChangeId id;
        Offset offset;
    };
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(random() % static_cast<std::uint64_t>(limit));
        };
        for (int round = 0; round < octavo::test::scaled(50); ++round) {
            Pieces pieces;
            std::vector<Place> on;
            Offset inFile = 0;
            Offset offset = 0;
            const auto add = [&](const Piece& piece) {
                pieces.push_back(piece);
                inFile += piece.fileLength;
                offset += piece.length;
            };
            // Few changes far apart, or many that touch.
            const Offset widest = below(2) == 0 ? 4 : 30'000;
            for (ChangeId id = 1; id <= 40; ++id) {
                if (const Offset gap = below(widest); gap > 0) {
                    add(inPlace(inFile, gap));
                }
                const Offset kind = below(6);
                if (kind >= 2) {
                    on.push_back({id, offset});
                }
                if (kind == 0) {
                    add(mark(id));
                } else if (kind == 1) {
                    add(off(id, inFile, 1 + below(5)));
                } else if (kind == 2) {
                    add(deleted(id, 1 + below(5)));
                } else {
                    add(replaced(id, below(5), 1 + below(5)));
                }
            }
            const Snapshot snapshot = snapshotOf(pieces);
            for (int step = 0; step < 200; ++step) {
                const Place& near = on[static_cast<std::size_t>(below(Offset(on.size())))];
                const Offset here = std::clamp<Offset>(near.offset - 5 + below(11), 0, offset);
                const auto behind = std::ranges::find_if(
                    on, [&](const Place& place) { return place.offset > here; });
                const auto reached = std::ranges::partition_point(
                    on, [&](const Place& place) { return place.offset < here; });
                QCOMPARE(idOf(changeBehind(snapshot, here)),
                         behind == on.end() ? kNoChange : behind->id);
                QCOMPARE(idOf(changeBefore(snapshot, here)),
                         reached == on.begin() ? kNoChange : std::prev(reached)->id);
            }
        }
    }
}

QTEST_GUILESS_MAIN(ChangeStepsTest)
#include "change_steps_test.moc"
