// Chosen rows against a plain list of flags, and at the far end of the numbers.
#include "tests/support/test_seed.h"
#include "ui/results/row_selection.h"

#include <QTest>

#include <random>

using namespace octavo;
using ui::RowRange;
using ui::RowSelection;

namespace {

constexpr std::uint64_t kRows = 40;
constexpr std::uint64_t kHuge = std::uint64_t{1} << 62U;

std::vector<bool> flagsOf(const RowSelection& selection) {
    std::vector<bool> flags(kRows);
    for (std::uint64_t row = 0; row < kRows; ++row) {
        flags[row] = selection.contains(row);
    }
    return flags;
}

}  // namespace

class RowSelectionTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithFlags_data();
    void agreesWithFlags();
    void rangesNeitherOverlapNorTouch();
    void farRows();
};

void RowSelectionTest::agreesWithFlags_data() {
    QTest::addColumn<quint64>("seed");
    for (const std::uint64_t seed : test::testSeeds()) {
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << quint64{seed};
    }
}

void RowSelectionTest::agreesWithFlags() {
    QFETCH(quint64, seed);
    std::mt19937_64 random(seed);
    const auto upTo = [&](std::uint64_t most) {
        return std::uniform_int_distribution<std::uint64_t>(0, most)(random);
    };
    for (int round = 0; round < test::scaled(150); ++round) {
        RowSelection selection;
        std::vector<bool> flags(kRows);
        for (int step = 0; step < 30; ++step) {
            const std::uint64_t first = upTo(kRows - 1);
            const std::uint64_t last = first + upTo(std::min<std::uint64_t>(9, kRows - 1 - first));
            const std::uint64_t what = upTo(9);
            if (what < 4) {
                selection.add({first, last});
            } else if (what < 7) {
                selection.remove({first, last});
            } else if (what < 9) {
                selection.toggle(first);
            } else {
                selection.cut(last + 1);
            }
            for (std::uint64_t row = 0; row < kRows; ++row) {
                const bool isMeant = row >= first && row <= last;
                if (what < 7 && isMeant) {
                    flags[row] = what < 4;
                } else if (what >= 7 && what < 9 && row == first) {
                    flags[row] = !flags[row];
                } else if (what == 9 && row > last) {
                    flags[row] = false;
                }
            }
            QCOMPARE(flagsOf(selection), flags);
            const auto count = static_cast<std::uint64_t>(std::ranges::count(flags, true));
            QCOMPARE(selection.count(), count);
            QCOMPARE(selection.isEmpty(), count == 0);
            const auto firstSet = std::ranges::find(flags, true) - flags.begin();
            QCOMPARE(selection.first(), count == 0
                                            ? std::nullopt
                                            : std::optional(static_cast<std::uint64_t>(firstSet)));
            std::uint64_t within = 0;
            for (const RowRange& part : selection.in({first, last})) {
                QVERIFY(part.first >= first && part.last <= last);
                within += part.count();
            }
            QCOMPARE(within, static_cast<std::uint64_t>(std::count(
                                 flags.begin() + static_cast<std::ptrdiff_t>(first),
                                 flags.begin() + static_cast<std::ptrdiff_t>(last) + 1, true)));
            for (std::size_t i = 1; i < selection.ranges().size(); ++i) {
                QVERIFY(selection.ranges()[i].first > selection.ranges()[i - 1].last + 1);
            }
        }
    }
}

void RowSelectionTest::rangesNeitherOverlapNorTouch() {
    RowSelection selection;
    for (const std::uint64_t row : {5U, 3U, 4U, 1U}) {
        selection.add({row, row});
    }
    QCOMPARE(selection.ranges(), (std::vector<RowRange>{{1, 1}, {3, 5}}));
    selection.add({0, 9});
    QCOMPARE(selection.ranges(), (std::vector<RowRange>{{0, 9}}));
    selection.remove({4, 5});
    QCOMPARE(selection.ranges(), (std::vector<RowRange>{{0, 3}, {6, 9}}));
    QCOMPARE(selection, RowSelection(selection));
}

void RowSelectionTest::farRows() {
    RowSelection selection({0, kHuge});
    QCOMPARE(selection.count(), kHuge + 1);
    selection.toggle(kHuge / 2);
    QCOMPARE(selection.count(), kHuge);
    QVERIFY(!selection.contains(kHuge / 2));
    QVERIFY(selection.contains(kHuge));
    selection.cut(10);
    QCOMPARE(selection.ranges(), (std::vector<RowRange>{{0, 9}}));
}

QTEST_GUILESS_MAIN(RowSelectionTest)
#include "row_selection_test.moc"
