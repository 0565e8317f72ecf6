// Plans of shifts against a plain vector of bytes: all small edits over small files, and random
// ones. The vector keeps to the rules of fallocate.
#include "core/content/add_buffer.h"
#include "core/save/shift_plan.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace octavo::core;
using namespace octavo::test;

namespace {

/// An old content in which every byte differs, and a new one made of runs of it and of new bytes.
struct Edited {
    Bytes before;
    Bytes after;
    std::vector<ShiftRun> runs;

    explicit Edited(Offset length) {
        for (Offset at = 0; at < length; ++at)
            before.push_back(static_cast<Byte>(at));
    }
    void keep(Offset from, Offset to) {
        if (from >= to)
            return;
        runs.push_back({{{from}, to - from}, static_cast<Offset>(after.size())});
        after.insert(after.end(), before.begin() + from, before.begin() + to);
    }
    void add(Offset count) {
        for (Offset i = 0; i < count; ++i)
            after.push_back(static_cast<Byte>(128 + after.size() % 64));
    }
    ShiftPlan plan(Offset block) const {
        return planShift(runs, static_cast<Offset>(before.size()),
                         static_cast<Offset>(after.size()), block,
                         {.operations = 1000, .bytesToWrite = kMaxLength});
    }
};

/// As the system does it; false where it would refuse.
bool carryOut(Bytes& file, const ShiftOperation& operation, Offset block) {
    const Offset at = operation.extent.offset.value;
    const Offset length = operation.extent.length;
    const auto size = static_cast<Offset>(file.size());
    if (at % block != 0 || length % block != 0 || length <= 0)
        return false;
    if (operation.isInsert()) {
        if (at >= size)
            return false;
        file.insert(file.begin() + at, static_cast<std::size_t>(length), 0xEE);
        return true;
    }
    if (at + length >= size)
        return false;
    file.erase(file.begin() + at, file.begin() + at + length);
    return true;
}

void patch(Bytes& file, const ShiftPlan& plan, const Bytes& after, std::size_t count) {
    for (std::size_t index = 0; index < count; ++index) {
        const Extent& extent = plan.patches[index];
        if (static_cast<Offset>(file.size()) < extent.end())
            file.resize(static_cast<std::size_t>(extent.end()), 0xDD);
        std::copy_n(after.begin() + extent.offset, extent.length, file.begin() + extent.offset);
    }
}

/// Point 3 of the header.
bool putBack(Bytes& file, const ShiftPlan& plan, std::size_t done, const Bytes& before,
             Offset block) {
    for (std::size_t index = done; index-- > 0;) {
        if (!carryOut(file, plan.operations[index].inverse(), block))
            return false;
    }
    file.resize(before.size(), 0xCC);
    for (const FileExtent& extent : plan.lost)
        std::copy_n(before.begin() + extent.offset.value, extent.length,
                    file.begin() + extent.offset.value);
    return file == before;
}

std::string wordsOf(const Edited& edited, Offset block) {
    std::string words = "block " + std::to_string(block) + ", " +
                        std::to_string(edited.before.size()) + " bytes become " +
                        std::to_string(edited.after.size()) + ":";
    for (const ShiftRun& run : edited.runs)
        words += " [" + std::to_string(run.from.offset.value) + "+" +
                 std::to_string(run.from.length) + "]->" + std::to_string(run.to);
    return words;
}

/// Empty where all holds that the header says.
std::string wrong(const Edited& edited, Offset block) {
    const ShiftPlan plan = edited.plan(block);
    Bytes file = edited.before;
    for (std::size_t done = 0;; ++done) {
        Bytes back = file;
        if (!putBack(back, plan, done, edited.before, block))
            return "not put back after " + std::to_string(done) + " operations; " +
                   wordsOf(edited, block);
        if (done == plan.operations.size())
            break;
        if (!carryOut(file, plan.operations[done], block))
            return "operation " + std::to_string(done) + " is refused; " + wordsOf(edited, block);
        if (static_cast<Offset>(file.size()) != plan.lengthAfter(done + 1))
            return "another length; " + wordsOf(edited, block);
    }
    for (std::size_t count = 0; count <= plan.patches.size(); ++count) {
        Bytes back = file;
        patch(back, plan, edited.after, count);
        if (!putBack(back, plan, plan.operations.size(), edited.before, block))
            return "not put back after patches; " + wordsOf(edited, block);
    }
    patch(file, plan, edited.after, plan.patches.size());
    file.resize(edited.after.size());
    return file == edited.after ? "" : "the content differs; " + wordsOf(edited, block);
}

#define OCTAVO_RIGHT(edited, block)                                                                \
    if (const std::string words = wrong(edited, block); !words.empty())                            \
    QFAIL(words.c_str())

}  // namespace

class ShiftPlanTest : public QObject {
    Q_OBJECT

private slots:
    void plans_data();
    void plans();
    void oneEdit();
    void twoEdits();
    void randomEdits();
    void refusesTooManyOperations();
    void refusesWhatGainsNothing();
    void findsTheRunsOfAContent();
};

void ShiftPlanTest::plans_data() {
    using Operations = std::vector<ShiftOperation>;
    constexpr auto kInsert = ShiftOperation::Kind::Insert;
    constexpr auto kCollapse = ShiftOperation::Kind::Collapse;
    QTest::addColumn<std::vector<ShiftRun>>("runs");
    QTest::addColumn<Offset>("newLength");
    QTest::addColumn<Operations>("operations");
    QTest::addColumn<std::vector<Extent>>("patches");
    QTest::addColumn<std::vector<FileExtent>>("lost");
    const auto row = [](const char* name, const std::vector<ShiftRun>& runs, Offset newLength,
                        const Operations& operations, const std::vector<Extent>& patches,
                        const std::vector<FileExtent>& lost) {
        QTest::newRow(name) << runs << newLength << operations << patches << lost;
    };
    // A file of 42 bytes in blocks of 10.
    row("a block at the front", {{{{0}, 42}, 10}}, 52, {{kInsert, {{0}, 10}}}, {{0, 10}}, {});
    row("a block inside a block, nearer to its beginning", {{{{0}, 12}, 0}, {{{12}, 30}, 22}}, 52,
        {{kInsert, {{10}, 10}}}, {{10, 12}}, {{{10}, 2}});
    row("a block inside a block, nearer to its end", {{{{0}, 18}, 0}, {{{18}, 24}, 28}}, 52,
        {{kInsert, {{20}, 10}}}, {{18, 12}}, {{{18}, 2}});
    row("the first block goes", {{{{10}, 32}, 0}}, 32, {{kCollapse, {{0}, 10}}}, {}, {{{0}, 10}});
    row("ten bytes across two blocks go", {{{{0}, 12}, 0}, {{{22}, 20}, 12}}, 32,
        {{kCollapse, {{10}, 10}}}, {{10, 2}}, {{{10}, 12}});
    row("a block at the end stays a patch", {{{{0}, 42}, 0}}, 52, {}, {{42, 10}}, {});
    row("the end goes: no collapse reaches it", {{{{10}, 20}, 0}}, 20, {{kCollapse, {{0}, 10}}}, {},
        {{{0}, 10}, {{30}, 12}});
    row("in at the front, out at the back", {{{{0}, 20}, 10}, {{{30}, 12}, 30}}, 42,
        {{kCollapse, {{20}, 10}}, {kInsert, {{0}, 10}}}, {{0, 10}}, {{{20}, 10}});
    row("an odd byte at the front", {{{{0}, 42}, 1}}, 43, {}, {{0, 43}}, {{{0}, 42}});
    row("an odd byte, and its rest later", {{{{0}, 10}, 1}, {{{10}, 32}, 20}}, 52,
        {{kInsert, {{0}, 10}}}, {{0, 20}}, {{{0}, 10}});
}

void ShiftPlanTest::plans() {
    QFETCH(std::vector<ShiftRun>, runs);
    QFETCH(Offset, newLength);
    const ShiftPlan plan = planShift(runs, 42, newLength, 10, {.bytesToWrite = kMaxLength});
    QTEST(plan.operations, "operations");
    QTEST(plan.patches, "patches");
    QTEST(plan.lost, "lost");
    QCOMPARE(plan.obstacle,
             plan.operations.empty() ? std::optional(ShiftObstacle::NothingMoves) : std::nullopt);
}

void ShiftPlanTest::oneEdit() {
    for (const Offset block : {1, 2, 3, 4}) {
        for (Offset length = 0; length <= 3 * block + 2; ++length) {
            for (Offset from = 0; from <= length; ++from) {
                for (Offset to = from; to <= length; ++to) {
                    for (Offset added = 0; added <= 2 * block + 1; ++added) {
                        Edited edited(length);
                        edited.keep(0, from);
                        edited.add(added);
                        edited.keep(to, length);
                        OCTAVO_RIGHT(edited, block);
                    }
                }
            }
        }
    }
}

void ShiftPlanTest::twoEdits() {
    constexpr Offset kBlock = 2;
    for (Offset length = 1; length <= 7; ++length) {
        for (Offset a = 0; a <= length; ++a)
            for (Offset b = a; b <= length; ++b)
                for (Offset c = b; c <= length; ++c)
                    for (Offset d = c; d <= length; ++d)
                        for (Offset first = 0; first <= 4; ++first)
                            for (Offset second = 0; second <= 4; ++second) {
                                Edited edited(length);
                                edited.keep(0, a);
                                edited.add(first);
                                edited.keep(b, c);
                                edited.add(second);
                                edited.keep(d, length);
                                OCTAVO_RIGHT(edited, kBlock);
                            }
    }
}

void ShiftPlanTest::randomEdits() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 random(seed);
        const auto below = [&](Offset count) {
            return static_cast<Offset>(random() % static_cast<std::uint64_t>(count));
        };
        for (int round = 0; round < scaled(5000); ++round) {
            const Offset block = 1 + below(5);
            Edited edited(below(120));
            const auto length = static_cast<Offset>(edited.before.size());
            for (Offset at = 0; at < length;) {
                const Offset to = std::min(length, at + below(6 * block + 1));
                edited.keep(at, to);
                // Half of the edits by whole blocks, so that there is something to shift.
                const Offset unit = below(2) == 0 ? block : 1;
                edited.add(below(4) * unit);
                at = to + below(3) * unit;
            }
            OCTAVO_RIGHT(edited, block);
        }
    }
}

void ShiftPlanTest::refusesTooManyOperations() {
    std::vector<ShiftRun> runs;
    for (Offset index = 0; index < 65; ++index)
        runs.push_back({{{100 * index}, 100}, 110 * index + 10});
    QCOMPARE(planShift(runs, 6500, 7150, 10).obstacle,
             std::optional(ShiftObstacle::TooManyOperations));
    QVERIFY(planShift(runs, 6500, 7150, 10, {.operations = 65}).applies());
}

void ShiftPlanTest::refusesWhatGainsNothing() {
    // All but one block goes: what the journal takes is more than the new content.
    const ShiftRun last{{{90}, 10}, 0};
    QCOMPARE(planShift({&last, 1}, 100, 10, 10).obstacle, std::optional(ShiftObstacle::NoGain));
    const ShiftRun most{{{10}, 90}, 0};
    QVERIFY(planShift({&most, 1}, 100, 90, 10).applies());
}

void ShiftPlanTest::findsTheRunsOfAContent() {
    auto sources = std::make_shared<SourceTable>();
    const SourceId base = sources->add(std::make_shared<AddBuffer>());
    const SourceId other = sources->add(std::make_shared<AddBuffer>());
    const std::vector<Piece> pieces{
        Piece::inPlace(0, 10, base),
        {0, 4, 0, other, ChangeTag::on(1)},  // inserted
        Piece::inPlace(10, 5, base),
        {15, 5, 5, base, ChangeTag::off(2)},  // switched off: the file's own
        {0, 0, 7, base, ChangeTag::on(3)},    // deleted
        {3, 3, 3, base, ChangeTag::on(4)},    // bytes of the file in another place
        Piece::inPlace(30, 2, base),
    };
    PieceTree tree;
    tree.replace(tree.end(), tree.end(), pieces);
    const std::vector<ShiftRun> expected{{{{0}, 10}, 0}, {{{10}, 10}, 14}, {{{30}, 2}, 27}};
    QCOMPARE(shiftRuns(Snapshot(tree, sources, 1), base), expected);
}

QTEST_GUILESS_MAIN(ShiftPlanTest)

#include "shift_plan_test.moc"
