// How far a shift has come, told by where blocks lie: every step at which the simulated disk can
// stop one, extents that are one to us and several to the file system, and what is no step at all.
#include "core/save/shift_layout.h"
#include "tests/support/simulated_placement.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

constexpr Offset kBlock = 4;
constexpr auto kInsert = ShiftOperation::Kind::Insert;
constexpr auto kCollapse = ShiftOperation::Kind::Collapse;
using Stage = ShiftStage::Kind;

/// A layout in blocks: where each lies, 0 for a hole.
ShiftLayout layoutOf(Offset size, const std::vector<Offset>& blocks) {
    std::vector<PlacedExtent> told;
    for (std::size_t index = 0; index < blocks.size(); ++index) {
        if (blocks[index] != 0)
            told.push_back(
                {{{static_cast<Offset>(index) * kBlock}, kBlock}, blocks[index] * kBlock});
    }
    return ShiftLayout::of(size, told, kBlock).value();
}

ShiftLayout layoutOf(const Placement& placement) {
    std::vector<PlacedExtent> told;
    for (const PlacedRun& run : placement.runs())
        told.push_back({{{run.first * kBlock}, run.count * kBlock},
                        static_cast<Offset>(run.place.block) * kBlock,
                        true,
                        run.place.unwritten});
    return ShiftLayout::of(placement.size, told, kBlock).value();
}

ShiftOperation operation(ShiftOperation::Kind kind, Offset at, Offset count) {
    return {kind, {{at * kBlock}, count * kBlock}};
}

PlacementChange changeOf(const ShiftOperation& operation) {
    const Offset at = operation.extent.offset.value / kBlock;
    const Offset count = operation.extent.length / kBlock;
    return operation.isInsert() ? PlacementChange::insert(at, count, kBlock)
                                : PlacementChange::collapse(at, count, kBlock);
}

}  // namespace

class ShiftLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void knowsEveryStep();
    void bySizesAlone();
    void needsPlaces();
};

void ShiftLayoutTest::tells_data() {
    QTest::addColumn<ShiftOperation>("operation");
    QTest::addColumn<ShiftLayout>("now");
    QTest::addColumn<ShiftStage>("stage");
    const auto row = [](const char* name, const ShiftOperation& operation, const ShiftLayout& now,
                        const ShiftStage& stage) {
        QTest::newRow(name) << operation << now << stage;
    };
    const auto hole = [](Offset at, Offset count) {
        return ShiftStage{Stage::Hole, {{at * kBlock}, count * kBlock}, 0};
    };
    const ShiftStage unknown{};
    // Before: five blocks side by side, then one elsewhere, and a size inside the last: 22 bytes.
    const ShiftOperation insert = operation(kInsert, 1, 2);
    row("insert: nothing", insert, layoutOf(22, {11, 12, 13, 14, 15, 30}),
        {Stage::NotBegun, {}, 0});
    row("insert: grown", insert, layoutOf(30, {11, 12, 13, 14, 15, 30}), {Stage::Size, {}, 22});
    row("insert: the last moved", insert, layoutOf(30, {11, 12, 13, 14, 15, 0, 0, 30}), hole(5, 2));
    row("insert: a half of what lies together moved", insert,
        layoutOf(30, {11, 12, 13, 0, 0, 14, 15, 30}), hole(3, 2));
    row("insert: all", insert, layoutOf(30, {11, 0, 0, 12, 13, 14, 15, 30}), {Stage::Done, {}, 0});
    row("insert: moved too far", insert, layoutOf(30, {11, 12, 13, 14, 15, 0, 0, 0, 30}), unknown);
    row("insert: written elsewhere meanwhile", insert, layoutOf(30, {11, 12, 13, 14, 40, 0, 0, 30}),
        unknown);
    row("insert: moved and not grown", insert, layoutOf(22, {11, 12, 13, 14, 15, 0}), unknown);
    const ShiftOperation collapse = operation(kCollapse, 1, 2);
    row("collapse: nothing", collapse, layoutOf(22, {11, 12, 13, 14, 15, 30}),
        {Stage::NotBegun, {}, 0});
    row("collapse: dropped in part", collapse, layoutOf(22, {11, 12, 0, 14, 15, 30}), hole(1, 2));
    row("collapse: dropped", collapse, layoutOf(22, {11, 0, 0, 14, 15, 30}), hole(1, 2));
    row("collapse: a part moved", collapse, layoutOf(22, {11, 14, 0, 0, 15, 30}), hole(2, 2));
    row("collapse: all but the last moved", collapse, layoutOf(22, {11, 14, 15, 0, 0, 30}),
        hole(3, 2));
    row("collapse: all moved and not cut", collapse, layoutOf(22, {11, 14, 15, 30}),
        {Stage::Size, {}, 14});
    row("collapse: all", collapse, layoutOf(14, {11, 14, 15, 30}), {Stage::Done, {}, 0});
    row("collapse: something else in its range", collapse, layoutOf(22, {11, 40, 0, 14, 15, 30}),
        unknown);
    row("collapse: the later one moved first", collapse, layoutOf(22, {11, 0, 0, 14, 30}), unknown);
    row("collapse: cut before all moved", collapse, layoutOf(14, {11, 14, 15, 0}), unknown);
}

void ShiftLayoutTest::tells() {
    QFETCH(ShiftOperation, operation);
    QFETCH(ShiftLayout, now);
    const ShiftLayout before = layoutOf(22, {11, 12, 13, 14, 15, 30});
    QTEST(stageOf(operation, before, now, kBlock), "stage");
}

/// Stopped after any step, and the collapse that makes it whole stopped after any step, and so on:
/// it is always told, and what is told leads to a whole file.
void ShiftLayoutTest::knowsEveryStep() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 random(seed);
        const auto below = [&](Offset count) {
            return static_cast<Offset>(random() % static_cast<std::uint64_t>(count));
        };
        for (int round = 0; round < scaled(400); ++round) {
            Placement before;
            const Offset blocks = 3 + below(9);
            before.size = blocks * kBlock - below(kBlock);
            BlockNumber next = 100;
            for (Offset index = 0; index < blocks; ++index) {
                if (below(4) == 0)
                    next += 5;  // another extent
                if (below(4) != 0)
                    before.places[index] = {next++, below(5) == 0};
            }
            const Offset at = below(blocks - 2);
            const ShiftOperation shift = below(2) == 0
                                             ? operation(kInsert, at, 1 + below(4))
                                             : operation(kCollapse, at, 1 + below(blocks - at - 2));
            const ShiftLayout layout = layoutOf(before);
            const ShiftLayout end = layout.after(shift, kBlock);
            Placement now = before;
            PlacementChange change = changeOf(shift);
            ShiftStage stage;
            for (int times = 0; times < 6; ++times) {
                const int all = change.steps(now);
                change.apply(now, times == 5 ? all : static_cast<int>(below(all + 1)));
                stage = stageOf(shift, layout, layoutOf(now), kBlock);
                if (stage.kind != Stage::Hole)
                    break;
                change = changeOf({kCollapse, stage.hole});
            }
            if (stage.kind == Stage::Size) {
                now.size = stage.size;
                stage = stageOf(shift, layout, layoutOf(now), kBlock);
            }
            QVERIFY2(stage.kind == Stage::NotBegun || stage.kind == Stage::Done,
                     qPrintable(QString("seed %1, round %2").arg(seed).arg(round)));
            QVERIFY(layoutOf(now) == (stage.kind == Stage::Done ? end : layout));
        }
    }
}

void ShiftLayoutTest::bySizesAlone() {
    QCOMPARE(stageOf(operation(kInsert, 1, 2), 22, 22).kind, Stage::NotBegun);
    QCOMPARE(stageOf(operation(kInsert, 1, 2), 22, 30).kind, Stage::Done);
    QCOMPARE(stageOf(operation(kCollapse, 1, 2), 22, 14).kind, Stage::Done);
    QCOMPARE(stageOf(operation(kCollapse, 1, 2), 22, 30).kind, Stage::Unknown);
}

void ShiftLayoutTest::needsPlaces() {
    PlacedExtent inside{{{0}, kBlock}, 0};
    inside.hasPlace = false;
    QVERIFY(!ShiftLayout::of(3, {inside}, kBlock));
    // What is taken behind the end comes and goes.
    const PlacedExtent behind{{{0}, 3 * kBlock}, 40};
    QVERIFY(ShiftLayout::of(3, {behind}, kBlock) == layoutOf(3, {10}));
}

QTEST_GUILESS_MAIN(ShiftLayoutTest)

#include "shift_layout_test.moc"
