// Sets of extents against a plain array of flags.
#include "core/document/extent_set.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;
using namespace octavo::test;

namespace {

std::vector<Extent> runs(const std::vector<bool>& flags, Extent within, bool value) {
    std::vector<Extent> found;
    for (Offset at = within.offset; at < within.end(); ++at) {
        if (flags[static_cast<std::size_t>(at)] != value)
            continue;
        if (!found.empty() && found.back().end() == at)
            ++found.back().length;
        else
            found.push_back({at, 1});
    }
    return found;
}

}  // namespace

class ExtentSetTest : public QObject {
    Q_OBJECT

private slots:
    void followsTheModel();
    void addsSets();
    void reachesTheEnds();
};

void ExtentSetTest::followsTheModel() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto some = [&] {
            const auto offset = static_cast<Offset>(engine() % 100);
            return Extent{offset, static_cast<Offset>(engine() % 20) % (101 - offset)};
        };
        for (int round = 0; round < scaled(200); ++round) {
            ExtentSet set;
            std::vector<bool> flags(100);
            for (int step = 0; step < 30; ++step) {
                const Extent extent = some();
                const bool adds = engine() % 3 != 0;
                adds ? set.add(extent) : set.remove(extent);
                for (Offset at = extent.offset; at < extent.end(); ++at)
                    flags[static_cast<std::size_t>(at)] = adds;
                QCOMPARE(set.extents(), runs(flags, {0, 100}, true));
                const Extent asked = some();
                QCOMPARE(set.in(asked), runs(flags, asked, true));
                QCOMPARE(set.missing(asked), runs(flags, asked, false));
                QCOMPARE(set.isEmpty(), runs(flags, {0, 100}, true).empty());
            }
        }
    }
}

void ExtentSetTest::addsSets() {
    ExtentSet a;
    a.add({0, 10});
    a.add({20, 10});
    ExtentSet b;
    b.add({10, 5});
    b.add({40, 1});
    a.add(b);
    QCOMPARE(a.extents(), (std::vector<Extent>{{0, 15}, {20, 10}, {40, 1}}));
}

void ExtentSetTest::reachesTheEnds() {
    ExtentSet set;
    set.add({kMaxLength - 1, 1});
    set.add({0, kMaxLength - 1});
    QCOMPARE(set.extents(), (std::vector<Extent>{{0, kMaxLength}}));
    QVERIFY(set.missing({0, kMaxLength}).empty());
}

QTEST_GUILESS_MAIN(ExtentSetTest)
#include "extent_set_test.moc"
