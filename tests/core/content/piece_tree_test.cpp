// The tree beside a plain vector of pieces, with two entries a node so that everything splits and
// joins all the time, and once with the real sizes.
#include "core/content/piece_tree.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>

using namespace octavo::core;

namespace {

/// What the tree promises, as stupidly as possible: each byte by its source and position.
class ReferencePieces {
public:
    using Cell = std::pair<SourceId, Offset>;

    void replace(Extent extent, const std::vector<Piece>& pieces) {
        std::vector<Cell> cells;
        for (const Piece& piece : pieces) {
            for (Offset i = 0; i < piece.length; ++i)
                cells.emplace_back(piece.source, piece.start + i);
        }
        const auto at = cells_.begin() + extent.offset;
        const auto behind = cells_.erase(at, at + extent.length);
        cells_.insert(behind, cells.begin(), cells.end());
    }

    std::vector<Piece> pieces(Extent extent) const {
        std::vector<Piece> found;
        for (Offset i = extent.offset; i < extent.end(); ++i) {
            const auto& [source, position] = cells_[static_cast<std::size_t>(i)];
            if (!found.empty() && found.back().isFollowedBy({position, 1, source}))
                ++found.back().length;
            else
                found.push_back({position, 1, source});
        }
        return found;
    }

    Offset length() const { return static_cast<Offset>(cells_.size()); }

private:
    std::vector<Cell> cells_;
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

std::vector<Piece> randomPieces(Dice& dice) {
    std::vector<Piece> pieces;
    const Offset count = dice.below(20) == 0 ? dice.below(60) : dice.below(3);
    for (Offset i = 0; i < count; ++i) {
        // Few sources and small positions, so that neighbours often go on one from the other.
        pieces.push_back({dice.below(6), dice.below(5), static_cast<SourceId>(dice.below(2))});
    }
    return pieces;
}

void compare(const PieceTree& tree, const ReferencePieces& reference) {
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.length(), reference.length());
    QCOMPARE(tree.pieces({0, tree.length()}), reference.pieces({0, reference.length()}));
}

void runRandom(std::uint64_t seed, int steps) {
    Dice dice(seed);
    PieceTree tree;
    ReferencePieces reference;
    struct Kept {
        PieceTree tree;
        ReferencePieces reference;
    };
    std::vector<Kept> kept;
    for (int step = 0; step < steps; ++step) {
        const Offset offset = dice.below(tree.length() + 1);
        // Now and then most of the tree goes, so that it shrinks through all its heights.
        const Offset most = dice.below(40) == 0 ? tree.length() : 8;
        const Offset length = std::min(dice.below(most + 1), tree.length() - offset);
        const std::vector<Piece> pieces =
            tree.length() > 600 ? std::vector<Piece>() : randomPieces(dice);
        tree.replace({offset, length}, pieces);
        reference.replace({offset, length}, pieces);
        compare(tree, reference);
        if (QTest::currentTestFailed()) {
            qWarning("seed %llu, step %d", static_cast<unsigned long long>(seed), step);
            return;
        }
        if (dice.below(10) == 0)
            kept.push_back({tree, reference});
        if (kept.size() > 5)
            kept.erase(kept.begin() + dice.below(5));
        const Offset from = dice.below(tree.length() + 1);
        const Offset count = dice.below(tree.length() - from + 1);
        QCOMPARE(tree.pieces({from, count}), reference.pieces({from, count}));
    }
    // Copies that were taken on the way show what they showed then.
    for (const Kept& each : kept)
        compare(each.tree, each.reference);
}

}  // namespace

class PieceTreeTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void splitsAndJoins_data();
    void splitsAndJoins();
    void agreesWithTheReference_data();
    void agreesWithTheReference();
    void cursorWalksBothWays();
    void reachesTheLargestLength();
    void manyPiecesAtOnce();
};

void PieceTreeTest::init() {
    PieceTreeNode::mostPieces = PieceTreeNode::kLeafRoom;
    PieceTreeNode::mostChildren = PieceTreeNode::kInnerRoom;
}

void PieceTreeTest::splitsAndJoins_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("insertLength");
    QTest::addColumn<int>("pieces");
    // On one piece of 100 bytes of source 0; what is inserted comes from source 1.
    QTest::newRow("insert in front") << qint64{0} << qint64{0} << 5 << 2;
    QTest::newRow("insert inside") << qint64{50} << qint64{0} << 5 << 3;
    QTest::newRow("insert behind") << qint64{100} << qint64{0} << 5 << 2;
    QTest::newRow("overwrite the front") << qint64{0} << qint64{5} << 5 << 2;
    QTest::newRow("overwrite inside") << qint64{50} << qint64{5} << 5 << 3;
    QTest::newRow("overwrite the back") << qint64{95} << qint64{5} << 5 << 2;
    QTest::newRow("overwrite all") << qint64{0} << qint64{100} << 100 << 1;
    QTest::newRow("erase the front") << qint64{0} << qint64{5} << 0 << 1;
    QTest::newRow("erase inside") << qint64{50} << qint64{5} << 0 << 2;
    QTest::newRow("erase the back") << qint64{95} << qint64{5} << 0 << 1;
    QTest::newRow("erase all") << qint64{0} << qint64{100} << 0 << 0;
    QTest::newRow("nothing") << qint64{50} << qint64{0} << 0 << 1;
}

void PieceTreeTest::splitsAndJoins() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(int, insertLength);
    QFETCH(int, pieces);
    PieceTree tree(Piece{0, 100, 0});
    const std::vector<Piece> removed = tree.pieces({offset, length});
    const Piece piece{7, insertLength, 1};
    tree.replace({offset, length}, {&piece, 1});
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.pieceCount(), static_cast<std::size_t>(pieces));
    QCOMPARE(tree.length(), 100 - length + insertLength);
    // Putting back what was taken makes it one piece again.
    tree.replace({offset, insertLength}, removed);
    QCOMPARE(tree.pieces({0, 100}), (std::vector<Piece>{{0, 100, 0}}));
    QCOMPARE(tree.pieceCount(), std::size_t{1});
}

void PieceTreeTest::agreesWithTheReference_data() {
    QTest::addColumn<int>("mostPieces");
    QTest::addColumn<int>("mostChildren");
    QTest::newRow("two and three") << 2 << 3;
    QTest::newRow("three and three") << 3 << 3;
    QTest::newRow("nine and eight") << 9 << 8;
    QTest::newRow("four and four") << 4 << 4;
    QTest::newRow("eight and four") << 8 << 4;
    QTest::newRow("real") << int{PieceTreeNode::kLeafRoom} << int{PieceTreeNode::kInnerRoom};
}

void PieceTreeTest::agreesWithTheReference() {
    QFETCH(int, mostPieces);
    QFETCH(int, mostChildren);
    PieceTreeNode::mostPieces = static_cast<std::size_t>(mostPieces);
    PieceTreeNode::mostChildren = static_cast<std::size_t>(mostChildren);
    for (const std::uint64_t seed : octavo::test::testSeeds())
        runRandom(seed, 1500 * octavo::test::testScale());
}

void PieceTreeTest::cursorWalksBothWays() {
    PieceTreeNode::mostPieces = 2;
    PieceTreeNode::mostChildren = 3;
    PieceTree tree;
    std::vector<Piece> pieces;
    for (Offset i = 0; i < 100; ++i)
        pieces.push_back({1000 - i * 7, 1 + i % 3, static_cast<SourceId>(i % 2)});
    tree.replace({0, 0}, pieces);
    std::size_t index = 0;
    Offset offset = 0;
    PieceTree::Cursor cursor(tree, 0);
    for (; !cursor.atEnd(); cursor.next(), ++index) {
        QCOMPARE(cursor.piece(), pieces[index]);
        QCOMPARE(cursor.offset(), offset);
        for (Offset inside = 0; inside < cursor.piece().length; ++inside)
            QCOMPARE(PieceTree::Cursor(tree, offset + inside).offset(), offset);
        offset += cursor.piece().length;
    }
    QCOMPARE(index, pieces.size());
    QCOMPARE(cursor.offset(), tree.length());
    while (cursor.previous()) {
        QCOMPARE(cursor.piece(), pieces[--index]);
        offset -= cursor.piece().length;
        QCOMPARE(cursor.offset(), offset);
    }
    QCOMPARE(index, std::size_t{0});
    QCOMPARE(cursor.piece(), pieces[0]);
    PieceTree empty;
    QVERIFY(PieceTree::Cursor(empty, 0).atEnd());
    QVERIFY(!PieceTree::Cursor(empty, 0).previous());
}

void PieceTreeTest::reachesTheLargestLength() {
    PieceTree tree(Piece{0, kMaxLength, 0});
    const Piece byte{0, 1, 1};
    for (const Offset at :
         {Offset{0}, Offset{1} << 31, Offset{1} << 32, Offset{1} << 62, kMaxLength - 1}) {
        tree.replace({at, 1}, {&byte, 1});
        QCOMPARE(tree.checkInvariants(), std::string());
        QCOMPARE(tree.length(), kMaxLength);
        QCOMPARE(tree.pieces({at, 1}), std::vector<Piece>{byte});
    }
    tree.replace({1, kMaxLength - 2}, {});
    QCOMPARE(tree.length(), Offset{2});
}

void PieceTreeTest::manyPiecesAtOnce() {
    std::vector<Piece> pieces;
    for (Offset i = 0; i < 100000; ++i)
        pieces.push_back({i * 3, 2, 0});
    PieceTree tree(Piece{0, 10, 1});
    tree.replace({5, 0}, pieces);
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.pieceCount(), pieces.size() + 2);
    QCOMPARE(tree.pieces({5, 200000}), pieces);
    const PieceTree before = tree;
    tree.replace({4, 200002}, {});
    QCOMPARE(tree.length(), Offset{8});
    QCOMPARE(before.pieceCount(), pieces.size() + 2);
}

QTEST_GUILESS_MAIN(PieceTreeTest)

#include "piece_tree_test.moc"
