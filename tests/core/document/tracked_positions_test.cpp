// Positions beside a plain list of them, each moved by the table in the header.
#include "core/document/tracked_positions.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <map>
#include <random>

using namespace octavo::core;
using Bias = TrackedPositions::Bias;
using Edit = TrackedPositions::Edit;

namespace {

constexpr Offset kTwoTo32 = Offset{1} << 32;

struct ModelPosition {
    Offset offset = 0;
    Bias bias = Bias::Before;

    /// By how much the position goes on when `edit` is all that happens.
    Offset moves(const Edit& edit) const {
        const Offset begin = edit.replaced.offset;
        const Offset end = edit.replaced.end();
        const bool after = bias == Bias::After;
        if (offset < begin)
            return 0;
        if (offset == begin && begin == end)
            return after ? edit.newLength : 0;
        if (offset >= end)
            return edit.newLength - edit.replaced.length;
        if (offset == begin || edit.newLength == edit.replaced.length)
            return 0;
        return (after ? begin + edit.newLength : begin) - offset;
    }
    /// Each edit is told in the same coordinates, so each is looked at alone.
    void follow(std::span<const Edit> edits) {
        Offset sum = 0;
        for (const Edit& edit : edits)
            sum += moves(edit);
        offset += sum;
    }
};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    Offset below(Offset limit) {
        return std::uniform_int_distribution<Offset>(0, limit - 1)(engine_);
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace

class TrackedPositionsTest : public QObject {
    Q_OBJECT

private slots:
    void follows_data();
    void follows();
    void extentsFollow_data();
    void extentsFollow();
    void manyAtOnce_data();
    void manyAtOnce();
    void agreesWithTheModel_data();
    void agreesWithTheModel();
    void aMillionEditsAtOnce();
};

void TrackedPositionsTest::follows_data() {
    QTest::addColumn<Offset>("position");
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<Offset>("newLength");
    QTest::addColumn<Offset>("before");
    QTest::addColumn<Offset>("after");
    const auto row = [](const char* name, Offset position, const Edit& edit, Offset before,
                        Offset after) {
        QTest::newRow(name) << position << edit.replaced.offset << edit.replaced.length
                            << edit.newLength << before << after;
    };
    row("insertion in front", 10, {{9, 0}, 5}, 15, 15);
    row("insertion at it", 10, {{10, 0}, 5}, 10, 15);
    row("insertion behind", 10, {{11, 0}, 5}, 10, 10);
    row("insertion of nothing", 10, {{10, 0}, 0}, 10, 10);
    row("erased in front", 10, {{2, 5}, 0}, 5, 5);
    row("erased up to it", 10, {{5, 5}, 0}, 5, 5);
    row("erased around it", 10, {{8, 5}, 0}, 8, 8);
    row("erased from it on", 10, {{10, 5}, 0}, 10, 10);
    row("erased behind", 10, {{11, 5}, 0}, 10, 10);
    row("overwritten in front", 10, {{2, 5}, 5}, 10, 10);
    row("overwritten around it", 10, {{8, 5}, 5}, 10, 10);
    row("overwritten from it on", 10, {{10, 5}, 5}, 10, 10);
    row("longer in front", 10, {{2, 5}, 7}, 12, 12);
    row("longer up to it", 10, {{5, 5}, 7}, 12, 12);
    row("longer around it", 10, {{8, 5}, 7}, 8, 15);
    row("longer from it on", 10, {{10, 5}, 7}, 10, 10);
    row("shorter around it", 10, {{8, 5}, 1}, 8, 9);
    row("shorter, all before it", 10, {{5, 6}, 2}, 5, 7);
    row("at 0", 0, {{0, 0}, 3}, 0, 3);
    row("at 0, erased", 0, {{0, 3}, 0}, 0, 0);
    row("over 2^32", kTwoTo32 - 1, {{5, 0}, 10}, kTwoTo32 + 9, kTwoTo32 + 9);
    row("up to the end of all", 1, {{0, 1}, kMaxLength}, kMaxLength, kMaxLength);
    row("from the end of all", kMaxLength, {{0, kMaxLength}, 0}, 0, 0);
    row("inserted before the end of all", 0, {{0, 0}, kMaxLength}, 0, kMaxLength);
}

void TrackedPositionsTest::follows() {
    QFETCH(Offset, position);
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    QFETCH(Offset, newLength);
    QFETCH(Offset, before);
    QFETCH(Offset, after);
    TrackedPositions positions;
    const PositionId left = positions.add(position, Bias::Before);
    const PositionId right = positions.add(position, Bias::After);
    const PositionId otherLeft = positions.add(position, Bias::Before);
    positions.spliced({offset, length}, newLength);
    QCOMPARE(positions.position(left), before);
    QCOMPARE(positions.position(right), after);
    QCOMPARE(positions.position(otherLeft), before);
}

void TrackedPositionsTest::extentsFollow_data() {
    QTest::addColumn<Offset>("offset");
    QTest::addColumn<Offset>("length");
    QTest::addColumn<Offset>("newLength");
    QTest::addColumn<QList<Offset>>("fixed");
    QTest::addColumn<QList<Offset>>("growing");
    const auto row = [](const char* name, const Edit& edit, Extent fixed, Extent growing) {
        QTest::newRow(name) << edit.replaced.offset << edit.replaced.length << edit.newLength
                            << QList<Offset>{fixed.offset, fixed.length}
                            << QList<Offset>{growing.offset, growing.length};
    };
    // Of [10, 20).
    row("inserted in front", {{5, 0}, 3}, {13, 10}, {13, 10});
    row("inserted at its beginning", {{10, 0}, 3}, {13, 10}, {10, 13});
    row("inserted inside", {{15, 0}, 3}, {10, 13}, {10, 13});
    row("inserted at its end", {{20, 0}, 3}, {10, 10}, {10, 13});
    row("its beginning replaced", {{5, 10}, 3}, {8, 5}, {5, 8});
    row("its end replaced", {{15, 10}, 3}, {10, 5}, {10, 8});
    row("replaced whole", {{10, 10}, 3}, {10, 3}, {10, 3});
    row("lost in something larger", {{5, 20}, 3}, {8, 0}, {5, 3});
    row("erased whole", {{10, 10}, 0}, {10, 0}, {10, 0});
    row("overwritten across", {{5, 10}, 10}, {10, 10}, {10, 10});
}

void TrackedPositionsTest::extentsFollow() {
    QFETCH(Offset, offset);
    QFETCH(Offset, length);
    QFETCH(Offset, newLength);
    QFETCH(QList<Offset>, fixed);
    QFETCH(QList<Offset>, growing);
    TrackedPositions positions;
    const TrackedPositions::ExtentId first = positions.add(Extent{10, 10});
    const TrackedPositions::ExtentId second = positions.add(Extent{10, 10}, true);
    const TrackedPositions::ExtentId empty = positions.add(Extent{0, 0});
    positions.spliced({offset, length}, newLength);
    QCOMPARE(positions.extent(first), (Extent{fixed[0], fixed[1]}));
    QCOMPARE(positions.extent(second), (Extent{growing[0], growing[1]}));
    positions.spliced({0, 0}, 4);
    QCOMPARE(positions.extent(empty), (Extent{4, 0}));
    QCOMPARE(positions.size(), std::size_t{6});
    positions.remove(first);
    QCOMPARE(positions.size(), std::size_t{4});
    QCOMPARE(positions.extent(second), (Extent{growing[0] + 4, growing[1]}));
}

void TrackedPositionsTest::manyAtOnce_data() {
    QTest::addColumn<Offset>("position");
    QTest::addColumn<Offset>("before");
    QTest::addColumn<Offset>("after");
    QTest::newRow("in front of all") << Offset{3} << Offset{3} << Offset{3};
    QTest::newRow("at the first") << Offset{4} << Offset{4} << Offset{4};
    QTest::newRow("inside the first") << Offset{6} << Offset{4} << Offset{5};
    QTest::newRow("between") << Offset{9} << Offset{6} << Offset{6};
    QTest::newRow("inside the overwritten") << Offset{11} << Offset{8} << Offset{8};
    QTest::newRow("replaced, inserted, replaced") << Offset{20} << Offset{14} << Offset{19};
    QTest::newRow("inside the last") << Offset{22} << Offset{19} << Offset{26};
    QTest::newRow("at the end of all") << Offset{25} << Offset{26} << Offset{26};
    QTest::newRow("behind all") << Offset{30} << Offset{31} << Offset{31};
}

void TrackedPositionsTest::manyAtOnce() {
    QFETCH(Offset, position);
    QFETCH(Offset, before);
    QFETCH(Offset, after);
    const std::vector<Edit> edits{
        {{4, 4}, 1},                 // 3 less
        {{10, 5}, 5},                // as long
        {{15, 5}, 2},                // 6 less
        {{20, 0}, 2}, {{20, 0}, 3},  // 1 less
        {{20, 5}, 7},                // 1 more
    };
    TrackedPositions positions;
    const PositionId left = positions.add(position, Bias::Before);
    const PositionId right = positions.add(position, Bias::After);
    positions.spliced(edits);
    // 20 is the end of what was replaced and the beginning of what is: what is inserted there
    // alone tells the two apart.
    QCOMPARE(positions.position(left), before);
    QCOMPARE(positions.position(right), after);
}

void TrackedPositionsTest::agreesWithTheModel_data() {
    QTest::addColumn<Offset>("length");
    QTest::addColumn<int>("most");
    QTest::newRow("crowded") << Offset{20} << 60;
    QTest::newRow("spread") << Offset{1000} << 200;
    QTest::newRow("large") << kMaxLength / 4 << 100;
}

void TrackedPositionsTest::agreesWithTheModel() {
    QFETCH(Offset, length);
    QFETCH(int, most);
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        Dice dice(seed);
        TrackedPositions positions;
        std::map<PositionId, ModelPosition> model;
        for (int step = 0; step < octavo::test::scaled(5000); ++step) {
            if (model.size() < static_cast<std::size_t>(most) && dice.below(3) != 0) {
                const Bias bias = dice.below(2) == 0 ? Bias::Before : Bias::After;
                const Offset offset = dice.below(length + 1);
                const PositionId id = positions.add(offset, bias);
                QVERIFY(!model.contains(id));
                model[id] = {offset, bias};
            } else if (!model.empty() && dice.below(4) == 0) {
                const auto removed = std::next(
                    model.begin(),
                    static_cast<std::ptrdiff_t>(dice.below(static_cast<Offset>(model.size()))));
                positions.remove(removed->first);
                model.erase(removed);
            }
            std::vector<Edit> edits;
            const Offset count = dice.below(4) == 0 ? 1 + dice.below(8) : 1;
            Offset from = 0;
            for (Offset i = 0; i < count; ++i) {
                Edit edit;
                const Offset room = length - from;
                edit.replaced.offset =
                    from + dice.below(std::min<Offset>(room, length / count) + 1);
                const Offset left = length - edit.replaced.offset;
                edit.replaced.length = dice.below(3) == 0 ? 0 : dice.below(left / (count + 1) + 1);
                edit.newLength = dice.below(4) == 0 ? 0 : dice.below(length / (4 * count) + 2);
                if (dice.below(5) == 0)
                    edit.newLength = edit.replaced.length;
                from = edit.replaced.end();
                edits.push_back(edit);
            }
            if (edits.size() == 1)
                positions.spliced(edits.front().replaced, edits.front().newLength);
            else
                positions.spliced(edits);
            // The document is cut to its length again.
            const Edit cut{{length, kMaxLength - length}, 0};
            positions.spliced(cut.replaced, cut.newLength);
            for (auto& [id, position] : model) {
                position.follow(edits);
                position.follow({&cut, 1});
            }
            QCOMPARE(positions.size(), model.size());
            for (const auto& [id, position] : model) {
                if (positions.position(id) != position.offset)
                    qWarning("seed %llu, step %d", static_cast<unsigned long long>(seed), step);
                QCOMPARE(positions.position(id), position.offset);
            }
        }
    }
}

void TrackedPositionsTest::aMillionEditsAtOnce() {
    std::vector<Edit> edits;
    for (Offset i = 0; i < 1000000; ++i)
        edits.push_back({{i * 100, 2}, 5});
    TrackedPositions positions;
    std::vector<PositionId> ids;
    for (Offset i = 0; i < 1000; ++i)
        ids.push_back(positions.add(i * 100000 + 50, Bias::Before));
    const PositionId last = positions.add(Offset{1} << 40, Bias::Before);
    positions.spliced(edits);
    for (Offset i = 0; i < 1000; ++i)
        QCOMPARE(positions.position(ids[static_cast<std::size_t>(i)]),
                 i * 100000 + 50 + 3 * (i * 1000 + 1));
    QCOMPARE(positions.position(last), (Offset{1} << 40) + 3000000);
}

QTEST_GUILESS_MAIN(TrackedPositionsTest)

#include "tracked_positions_test.moc"
