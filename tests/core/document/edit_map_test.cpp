#include "core/document/edit_map.h"
#include "tests/support/test_seed.h"

#include <QtTest>

#include <optional>
#include <random>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using Bias = TrackedPositions::Bias;
constexpr Bias kBiases[] = {Bias::Before, Bias::After};

/// Where each byte of the earlier state stands now, by carrying the bytes along.
class Model {
public:
    explicit Model(Offset length) {
        for (Offset i = 0; i < length; ++i)
            bytes_.emplace_back(i);
    }

    Offset length() const { return static_cast<Offset>(bytes_.size()); }
    void replace(Extent replaced, Offset newLength) {
        const auto from = bytes_.begin() + replaced.offset;
        const auto at = bytes_.erase(from, from + replaced.length);
        bytes_.insert(at, static_cast<std::size_t>(newLength), std::nullopt);
    }
    /// The place in the earlier state of the byte that stands at `now`.
    std::optional<Offset> origin(Offset now) const { return bytes_[static_cast<std::size_t>(now)]; }

private:
    std::vector<std::optional<Offset>> bytes_;
};

}  // namespace

class EditMapTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { testSeeds(); }
    void oneEdit_data();
    void oneEdit();
    void manyEdits_data();
    void manyEdits();
    void batches();
    void typingIsOneEdit();
    void whatComesBackIsFoundAgain();
    void aMillionEdits();
};

void EditMapTest::oneEdit_data() {
    QTest::addColumn<Offset>("from");
    QTest::addColumn<Offset>("oldLength");
    QTest::addColumn<Offset>("newLength");
    for (const Offset from : {0, 3, 8})
        for (const Offset oldLength : {0, 1, 4})
            for (const Offset newLength : {0, 1, 4, 9})
                QTest::addRow("%d: %d by %d", int(from), int(oldLength), int(newLength))
                    << from << oldLength << newLength;
}

// As tracked positions, at every place.
void EditMapTest::oneEdit() {
    QFETCH(Offset, from);
    QFETCH(Offset, oldLength);
    QFETCH(Offset, newLength);
    TrackedPositions positions;
    constexpr Offset kLength = 16;
    std::vector<std::pair<Offset, PositionId>> tracked[2];
    for (Offset at = 0; at <= kLength; ++at)
        for (const Bias bias : kBiases)
            tracked[int(bias)].emplace_back(at, positions.add(at, bias));
    EditMap map;
    map.add({from, oldLength}, newLength);
    positions.spliced({from, oldLength}, newLength);
    QCOMPARE(map.isEmpty(), oldLength == newLength);
    for (const Bias bias : kBiases)
        for (const auto& [at, id] : tracked[int(bias)])
            QCOMPARE(map.now(at, bias), positions.position(id));
}

void EditMapTest::manyEdits_data() {
    QTest::addColumn<int>("longest");
    QTest::addColumn<int>("edits");
    for (const int longest : {1, 2, 6, 30})
        for (const int edits : {2, 3, 5, 20, 100})
            QTest::addRow("%d edits of up to %d bytes", edits, longest) << longest << edits;
}

void EditMapTest::manyEdits() {
    QFETCH(int, longest);
    QFETCH(int, edits);
    std::mt19937_64 random(freshSeed());
    const auto upTo = [&](Offset most) {
        return std::uniform_int_distribution<Offset>(0, most)(random);
    };
    for (int round = 0; round < 200; ++round) {
        constexpr Offset kLength = 40;
        Model model(kLength);
        EditMap map;
        for (int i = 0; i < edits; ++i) {
            const Offset from = upTo(model.length());
            const Offset oldLength = upTo(std::min<Offset>(longest, model.length() - from));
            const Offset newLength = upTo(longest);
            model.replace({from, oldLength}, newLength);
            map.add({from, oldLength}, newLength);
            // Some are asked about at once, others gathered.
            if (random() % 2 == 0)
                QVERIFY(map.now(0, Bias::Before) == 0);
        }
        // Every byte that is still there is found, from both sides.
        for (Offset now = 0; now < model.length(); ++now) {
            if (const std::optional<Offset> before = model.origin(now)) {
                QCOMPARE(map.now(*before, Bias::After), now);
                QCOMPARE(map.now(*before + 1, Bias::Before), now + 1);
                QCOMPARE(map.now(Extent{*before, 1}), (Extent{now, 1}));
                QVERIFY(map.before(now, Bias::Before) <= *before);
                QVERIFY(map.before(now, Bias::After) >= *before);
            }
        }
        for (const Bias bias : kBiases) {
            for (Offset at = 0; at < kLength; ++at)
                QVERIFY(map.now(at, bias) <= map.now(at + 1, bias));
            for (Offset now = 0; now < model.length(); ++now)
                QVERIFY(map.before(now, bias) <= map.before(now + 1, bias));
            QCOMPARE(map.before(model.length(), Bias::After), kLength);
            QCOMPARE(map.before(0, Bias::Before), 0);
        }
    }
}

void EditMapTest::batches() {
    std::mt19937_64 random(freshSeed());
    for (int round = 0; round < 500; ++round) {
        constexpr Offset kLength = 60;
        Model model(kLength);
        EditMap map;
        for (int i = 0; i < 6; ++i) {
            std::vector<EditMap::Edit> edits;
            for (Offset at = static_cast<Offset>(random() % 8); at < model.length();
                 at += 1 + static_cast<Offset>(random() % 9)) {
                const Offset oldLength =
                    std::min<Offset>(static_cast<Offset>(random() % 4), model.length() - at);
                edits.push_back({{at, oldLength}, static_cast<Offset>(random() % 4)});
                at += oldLength;
            }
            map.add(edits);
            for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
                model.replace(edit->replaced, edit->newLength);
        }
        for (Offset now = 0; now < model.length(); ++now) {
            if (const std::optional<Offset> before = model.origin(now))
                QCOMPARE(map.now(Extent{*before, 1}), (Extent{now, 1}));
        }
    }
}

void EditMapTest::typingIsOneEdit() {
    EditMap map;
    for (Offset i = 0; i < 1000; ++i)
        map.add({100 + i, 0}, 1);
    QCOMPARE(map.now(99, Bias::After), 99);
    QCOMPARE(map.now(100, Bias::Before), 100);
    QCOMPARE(map.now(100, Bias::After), 1100);
    for (Offset i = 0; i < 1000; ++i)
        map.add({1099 - i, 1}, 0);
    QVERIFY(map.isEmpty());
}

// As undo brings them back, though a tracked position does not come back.
void EditMapTest::whatComesBackIsFoundAgain() {
    EditMap map;
    for (Offset i = 0; i < 200; ++i)
        map.add({1000 + 20 * i, 3}, 1);
    for (const Offset at : {5, 200, 2}) {
        map.add({at, 7}, 0);
        QCOMPARE(map.now(Extent{at + 2, 3}).length, Offset{0});
        map.add({at, 0}, 7);
    }
    QCOMPARE(map.now(Extent{7, 3}), (Extent{7, 3}));
    QCOMPARE(map.now(Extent{202, 3}), (Extent{202, 3}));
    map.add({202, 3}, 9);
    QCOMPARE(map.now(Extent{202, 3}), (Extent{202, 9}));
    map.add({202, 9}, 3);
    QCOMPARE(map.now(Extent{203, 1}), (Extent{203, 1}));
}

// From the end, as Document::replaceMany() makes them; from the start, as undo does.
void EditMapTest::aMillionEdits() {
    constexpr Offset kMany = 1'000'000;
    EditMap map;
    for (Offset i = kMany; i-- > 0;)
        map.add({i * 10 + 5, 2}, 3);
    QCOMPARE(map.now(Extent{0, 2}), (Extent{0, 2}));
    QCOMPARE(map.now(Extent{kMany * 10, 2}), (Extent{kMany * 11, 2}));
    QCOMPARE(map.now(Extent{5'000'000, 2}), (Extent{5'500'000, 2}));
    QCOMPARE(map.now(Extent{5'000'005, 2}), (Extent{5'500'005, 3}));
    QCOMPARE(map.before(5'500'000, Bias::Before), 5'000'000);
    for (Offset i = 0; i < kMany; ++i)
        map.add({i * 10 + 5, 3}, 2);
    QCOMPARE(map.now(Extent{5'000'005, 2}), (Extent{5'000'005, 2}));
    QCOMPARE(map.now(Extent{kMany * 10, 2}), (Extent{kMany * 10, 2}));
}

QTEST_GUILESS_MAIN(EditMapTest)
#include "edit_map_test.moc"
