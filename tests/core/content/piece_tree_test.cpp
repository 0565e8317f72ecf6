// The tree beside a plain vector of pieces, with two entries a node so that everything splits and
// joins all the time, and once with the real sizes.
#include "core/content/piece_tree.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <optional>
#include <random>

using namespace octavo::core;

namespace {

constexpr SourceId kFile = 0;
constexpr SourceId kNew = 1;

/// What the tree promises, as stupidly as possible: all pieces in a vector, and beside them what
/// stands for each byte of the document and of the file.
class ReferencePieces {
public:
    struct Cell {
        SourceId source;
        Offset position;
        ChangeTag tag;
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    explicit ReferencePieces(Offset fileLength) {
        for (Offset i = 0; i < fileLength; ++i)
            put({i, 1, 1, kFile, {}});
        join();
    }

    void replace(const Border& from, const Border& to, const std::vector<Piece>& pieces) {
        cut(from);
        cut(to);
        std::vector<Piece> all;
        Border at;
        bool isPut = false;
        for (const Piece& piece : pieces_) {
            // What stands at one of the ends stays, and marks at `from` stay in front.
            const bool isMarkAtFrom = piece.isMark() && at == from;
            if (!isPut && at >= from && !isMarkAtFrom) {
                all.insert(all.end(), pieces.begin(), pieces.end());
                isPut = true;
            }
            if (at < from || at >= to || isMarkAtFrom)
                all.push_back(piece);
            at.offset += piece.length;
            at.fileOffset += piece.fileLength;
        }
        if (!isPut)
            all.insert(all.end(), pieces.begin(), pieces.end());
        pieces_ = all;
        join();
        count(from, to, pieces);
    }

    bool replaceMark(const Border& border, ChangeId id, const std::vector<Piece>& pieces) {
        Border at;
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const Piece& piece = pieces_[i];
            if (at == border && piece.isMark() && piece.tag == ChangeTag::off(id))
                found = i;
            at.offset += piece.length;
            at.fileOffset += piece.fileLength;
        }
        if (!found)
            return false;
        const auto place = pieces_.begin() + static_cast<std::ptrdiff_t>(*found);
        pieces_.insert(pieces_.erase(place), pieces.begin(), pieces.end());
        join();
        count(border, border, pieces);
        return true;
    }

    std::vector<Piece> pieces(const Border& from, const Border& to) const {
        ReferencePieces part = *this;
        part.cut(from);
        part.cut(to);
        std::vector<Piece> found;
        Border at;
        for (const Piece& piece : part.pieces_) {
            if (at >= from && at < to && !(piece.isMark() && at == from))
                found.push_back(piece);
            at.offset += piece.length;
            at.fileOffset += piece.fileLength;
        }
        part.pieces_ = found;
        part.join();
        return part.pieces_;
    }

    const std::vector<Piece>& all() const { return pieces_; }
    const std::vector<Cell>& bytes() const { return bytes_; }
    const std::vector<ChangeTag>& fileBytes() const { return fileBytes_; }
    Border end() const {
        return {static_cast<Offset>(bytes_.size()), static_cast<Offset>(fileBytes_.size())};
    }

private:
    void put(const Piece& piece) {
        pieces_.push_back(piece);
        count(end(), end(), {piece});
    }

    void count(const Border& from, const Border& to, const std::vector<Piece>& pieces) {
        std::vector<Cell> cells;
        std::vector<ChangeTag> tags;
        for (const Piece& piece : pieces) {
            for (Offset i = 0; i < piece.length; ++i)
                cells.push_back({piece.source, piece.start + i, piece.tag});
            tags.insert(tags.end(), static_cast<std::size_t>(piece.fileLength), piece.tag);
        }
        const auto at = bytes_.begin() + from.offset;
        bytes_.insert(bytes_.erase(at, bytes_.begin() + to.offset), cells.begin(), cells.end());
        const auto fileAt = fileBytes_.begin() + from.fileOffset;
        fileBytes_.insert(fileBytes_.erase(fileAt, fileBytes_.begin() + to.fileOffset),
                          tags.begin(), tags.end());
    }

    void cut(const Border& border) {
        Border at;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const Piece piece = pieces_[i];
            const Border end{at.offset + piece.length, at.fileOffset + piece.fileLength};
            if (at < border && border < end) {
                const Offset count = border.offset - at.offset;
                const Offset fileCount = border.fileOffset - at.fileOffset;
                pieces_[i] = {piece.start, count, fileCount, piece.source, piece.tag};
                pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                               {piece.start + count, piece.length - count,
                                piece.fileLength - fileCount, piece.source, piece.tag});
                return;
            }
            at = end;
        }
    }

    void join() {
        std::vector<Piece> joined;
        for (const Piece& piece : pieces_) {
            if (piece.length == 0 && piece.fileLength == 0 && !piece.tag.isOff())
                continue;
            if (!joined.empty() && joined.back().isFollowedBy(piece))
                joined.back() = joined.back().joined(piece);
            else
                joined.push_back(piece);
        }
        pieces_ = joined;
    }

    std::vector<Piece> pieces_;
    std::vector<Cell> bytes_;
    std::vector<ChangeTag> fileBytes_;
};

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    Offset below(Offset limit) {
        return std::uniform_int_distribution<Offset>(0, limit - 1)(engine_);
    }
    bool oneIn(Offset count) { return below(count) == 0; }

private:
    std::mt19937_64 engine_;
};

/// Pieces that stand for the file from `fileOffset` on, as long as `fileLength`: changed, in place,
/// off, deleted, and between them insertions, marks and what is empty.
std::vector<Piece> randomPieces(Dice& dice, Offset fileOffset, Offset fileLength, Offset most) {
    std::vector<Piece> pieces;
    const auto changed = [&](Offset length, Offset ofFile) {
        // Few numbers and small positions, so that neighbours often go on one from the other.
        const auto id = static_cast<ChangeId>(1 + dice.below(2));
        Offset start = dice.below(5);
        if (!pieces.empty() && dice.oneIn(2))
            start = pieces.back().start + pieces.back().length;
        return Piece{start, length, ofFile, kNew, ChangeTag::on(id)};
    };
    const auto empties = [&] {
        for (Offset count = dice.below(most); count > 0; --count) {
            const auto id = static_cast<ChangeId>(1 + dice.below(3));
            if (dice.oneIn(3))
                pieces.push_back({0, 0, 0, kNew, ChangeTag::off(id)});
            else
                pieces.push_back(changed(dice.below(4), 0));
        }
    };
    empties();
    while (fileLength > 0) {
        const Offset count = 1 + dice.below(fileLength);
        const Offset kind = dice.below(8);
        if (kind < 3)
            pieces.push_back(Piece::inPlace(fileOffset, count, kFile));
        else if (kind == 3)
            pieces.push_back({fileOffset, count, count, kFile,
                              ChangeTag::off(static_cast<ChangeId>(1 + dice.below(2)))});
        else if (kind == 4)
            pieces.push_back(changed(0, count));
        else
            pieces.push_back(changed(kind == 5 ? dice.below(6) : count, count));
        fileOffset += count;
        fileLength -= count;
        empties();
    }
    return pieces;
}

/// A border of the tree, or one within a piece near `offset`.
Border randomBorder(Dice& dice, const ReferencePieces& reference, Offset offset) {
    Border at;
    for (const Piece& piece : reference.all()) {
        const Border end{at.offset + piece.length, at.fileOffset + piece.fileLength};
        if (end.offset >= offset && !dice.oneIn(3)) {
            const Offset count = std::clamp<Offset>(offset - at.offset, 0, piece.length);
            return {at.offset + count,
                    at.fileOffset + (piece.isFile() ? count : dice.below(piece.fileLength + 1))};
        }
        at = end;
    }
    return at;
}

std::vector<Piece> normalised(std::vector<Piece> pieces) {
    for (Piece& piece : pieces) {
        if (piece.length == 0)
            piece.start = 0;  // where a deletion begins in its source means nothing
    }
    return pieces;
}

void compare(const PieceTree& tree, const ReferencePieces& reference) {
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.end().offset, reference.end().offset);
    QCOMPARE(tree.end().fileOffset, reference.end().fileOffset);
    std::vector<Piece> pieces;
    std::vector<ReferencePieces::Cell> bytes;
    std::vector<ChangeTag> fileBytes;
    PieceTree::Cursor cursor(tree, Border());
    while (cursor.previous()) {
    }
    for (; !cursor.atEnd(); cursor.next()) {
        const Piece& piece = cursor.piece();
        pieces.push_back(piece);
        for (Offset i = 0; i < piece.length; ++i)
            bytes.push_back({piece.source, piece.start + i, piece.tag});
        fileBytes.insert(fileBytes.end(), static_cast<std::size_t>(piece.fileLength), piece.tag);
    }
    QVERIFY(normalised(pieces) == normalised(reference.all()));
    QCOMPARE(tree.pieceCount(), pieces.size());
    QVERIFY(bytes == reference.bytes());
    QVERIFY(fileBytes == reference.fileBytes());
}

/// Each way to find a place against a walk over all pieces.
void compareFinding(const PieceTree& tree, const ReferencePieces& reference, const Border& border) {
    const PieceTree::Cursor byOffset(tree, border.offset);
    const PieceTree::Cursor byBorder(tree, border);
    const PieceTree::Cursor byFile = PieceTree::Cursor::atFile(tree, {border.fileOffset});
    const auto find = [&](auto isBehind) {
        Border at;
        for (const Piece& piece : reference.all()) {
            const Border end{at.offset + piece.length, at.fileOffset + piece.fileLength};
            if (isBehind(end))
                return std::pair(at, std::optional(piece));
            at = end;
        }
        return std::pair(at, std::optional<Piece>());
    };
    const auto check = [](const PieceTree::Cursor& cursor, const auto& expected) {
        QVERIFY(cursor.border() == expected.first);
        QCOMPARE(cursor.atEnd(), !expected.second.has_value());
        if (expected.second)
            QVERIFY(normalised({cursor.piece()}) == normalised({*expected.second}));
    };
    check(byOffset, find([&](const Border& end) { return end.offset > border.offset; }));
    check(byBorder, find([&](const Border& end) { return end > border; }));
    check(byFile, find([&](const Border& end) { return end.fileOffset > border.fileOffset; }));
}

void step(Dice& dice, PieceTree& tree, ReferencePieces& reference) {
    if (dice.oneIn(4)) {  // one of the marks, or a try
        std::vector<std::pair<Border, ChangeId>> marks{{randomBorder(dice, reference, 5), 3}};
        PieceTree::Cursor cursor = PieceTree::Cursor(tree, tree.end());
        while (cursor.previous()) {
            if (cursor.piece().isMark())
                marks.emplace_back(cursor.border(), cursor.piece().tag.id());
        }
        const auto& [at, id] =
            marks[static_cast<std::size_t>(dice.below(static_cast<Offset>(marks.size())))];
        const std::vector<Piece> pieces = randomPieces(dice, at.fileOffset, 0, 3);
        QCOMPARE(tree.replaceMark(at, id, pieces), reference.replaceMark(at, id, pieces));
        return;
    }
    const Offset length = reference.end().offset;
    Border from = randomBorder(dice, reference, dice.below(length + 1));
    Border to = from;
    // Now and then most of the tree goes, so that it shrinks through all its heights.
    if (const Offset most = dice.oneIn(40) ? length : 8; dice.oneIn(2)) {
        to = randomBorder(dice, reference, std::min(length, from.offset + dice.below(most + 1)));
        // Two borders within one piece may stand crosswise.
        if (to < from)
            std::swap(from, to);
        if (to.fileOffset < from.fileOffset)
            to = from;
    }
    const bool isFull = reference.all().size() > 300;
    const Offset most = isFull ? 1 : dice.oneIn(20) ? 30 : 3;
    const std::vector<Piece> pieces =
        randomPieces(dice, from.fileOffset, to.fileOffset - from.fileOffset, most);
    QVERIFY(normalised(tree.pieces(from, to)) == normalised(reference.pieces(from, to)));
    tree.replace(from, to, pieces);
    reference.replace(from, to, pieces);
}

void runRandom(std::uint64_t seed, int steps) {
    Dice dice(seed);
    constexpr Offset kFileLength = 200;
    PieceTree tree(Piece::inPlace(0, kFileLength, kFile));
    ReferencePieces reference(kFileLength);
    struct Kept {
        PieceTree tree;
        ReferencePieces reference;
    };
    std::vector<Kept> kept;
    for (int i = 0; i < steps; ++i) {
        step(dice, tree, reference);
        compare(tree, reference);
        compareFinding(tree, reference,
                       randomBorder(dice, reference, dice.below(reference.end().offset + 1)));
        if (QTest::currentTestFailed()) {
            qWarning("seed %llu, step %d", static_cast<unsigned long long>(seed), i);
            return;
        }
        if (dice.oneIn(10))
            kept.push_back({tree, reference});
        if (kept.size() > 5)
            kept.erase(kept.begin() + dice.below(5));
    }
    // Copies that were taken on the way show what they showed then.
    for (const Kept& each : kept)
        compare(each.tree, each.reference);
}

Piece inserted(Offset start, Offset length, ChangeId id = 1) {
    return {start, length, 0, kNew, ChangeTag::on(id)};
}

Piece overwritten(Offset start, Offset length, ChangeId id = 1) {
    return {start, length, length, kNew, ChangeTag::on(id)};
}

Piece deleted(Offset fileLength, ChangeId id = 1) {
    return {0, 0, fileLength, kNew, ChangeTag::on(id)};
}

Piece mark(ChangeId id) {
    return {0, 0, 0, kNew, ChangeTag::off(id)};
}

std::vector<Piece> allPieces(const PieceTree& tree) {
    std::vector<Piece> pieces;
    for (PieceTree::Cursor cursor(tree, tree.end()); cursor.previous();)
        pieces.insert(pieces.begin(), cursor.piece());
    return pieces;
}

}  // namespace

class PieceTreeTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void splitsAndJoins_data();
    void splitsAndJoins();
    void joins_data();
    void joins();
    void keepsMarksAtTheEnds();
    void replacesMarks();
    void agreesWithTheReference_data();
    void agreesWithTheReference();
    void cursorWalksBothWays();
    void boundaries_data();
    void boundaries();
    void manyPiecesAtOnce();
    void growingAtOneEndFillsTheLeaves();
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
    // On a file of 100 bytes.
    QTest::newRow("insert in front") << qint64{0} << qint64{0} << 5 << 2;
    QTest::newRow("insert inside") << qint64{50} << qint64{0} << 5 << 3;
    QTest::newRow("insert behind") << qint64{100} << qint64{0} << 5 << 2;
    QTest::newRow("overwrite the front") << qint64{0} << qint64{5} << 5 << 2;
    QTest::newRow("overwrite inside") << qint64{50} << qint64{5} << 5 << 3;
    QTest::newRow("overwrite the back") << qint64{95} << qint64{5} << 5 << 2;
    QTest::newRow("overwrite all") << qint64{0} << qint64{100} << 100 << 1;
    QTest::newRow("delete the front") << qint64{0} << qint64{5} << 0 << 2;
    QTest::newRow("delete inside") << qint64{50} << qint64{5} << 0 << 3;
    QTest::newRow("delete the back") << qint64{95} << qint64{5} << 0 << 2;
    QTest::newRow("delete all") << qint64{0} << qint64{100} << 0 << 1;
    QTest::newRow("nothing") << qint64{50} << qint64{0} << 0 << 1;
}

void PieceTreeTest::splitsAndJoins() {
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(int, insertLength);
    QFETCH(int, pieces);
    PieceTree tree(Piece::inPlace(0, 100, kFile));
    const Border from{offset, offset};
    const Border to{offset + length, offset + length};
    const std::vector<Piece> removed = tree.pieces(from, to);
    const Piece piece{7, insertLength, length, kNew, ChangeTag::on(1)};
    tree.replace(from, to, {&piece, 1});
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.pieceCount(), static_cast<std::size_t>(pieces));
    QCOMPARE(tree.length(), 100 - length + insertLength);
    QCOMPARE(tree.fileLength(), Offset{100});
    // Putting back what was taken makes it one piece again.
    tree.replace(from, {offset + insertLength, offset + length}, removed);
    QCOMPARE(allPieces(tree), (std::vector<Piece>{Piece::inPlace(0, 100, kFile)}));
}

void PieceTreeTest::joins_data() {
    using Pieces = std::vector<Piece>;
    QTest::addColumn<Pieces>("pieces");
    QTest::addColumn<std::size_t>("count");
    QTest::newRow("inserted, going on") << Pieces{inserted(0, 3), inserted(3, 2)} << std::size_t{1};
    QTest::newRow("inserted, with a gap")
        << Pieces{inserted(0, 3), inserted(4, 2)} << std::size_t{2};
    QTest::newRow("inserted by two changes")
        << Pieces{inserted(0, 3, 1), inserted(3, 2, 2)} << std::size_t{2};
    QTest::newRow("overwritten, going on")
        << Pieces{overwritten(0, 3), overwritten(3, 2)} << std::size_t{1};
    QTest::newRow("overwritten and inserted")
        << Pieces{overwritten(0, 3), inserted(3, 2)} << std::size_t{2};
    QTest::newRow("deleted twice") << Pieces{deleted(3), deleted(4)} << std::size_t{1};
    QTest::newRow("deleted by two changes")
        << Pieces{deleted(3, 1), deleted(4, 2)} << std::size_t{2};
    QTest::newRow("two marks of one change") << Pieces{mark(1), mark(1)} << std::size_t{2};
    QTest::newRow("a mark between")
        << Pieces{inserted(0, 3), mark(2), inserted(3, 2)} << std::size_t{3};
    QTest::newRow("nothing between")
        << Pieces{inserted(0, 3), inserted(9, 0), inserted(3, 2)} << std::size_t{1};
    QTest::newRow("off, going on")
        << Pieces{{0, 3, 3, kFile, ChangeTag::off(1)}, {3, 2, 2, kFile, ChangeTag::off(1)}}
        << std::size_t{1};
    QTest::newRow("off and in place")
        << Pieces{{0, 3, 3, kFile, ChangeTag::off(1)}, Piece::inPlace(3, 2, kFile)}
        << std::size_t{2};
}

void PieceTreeTest::joins() {
    QFETCH(std::vector<Piece>, pieces);
    QFETCH(std::size_t, count);
    PieceTree at;
    at.replace({}, {}, pieces);
    QCOMPARE(at.pieceCount(), count);
    QCOMPARE(at.checkInvariants(), std::string());
    // The same one after the other, and in leaves beside each other.
    PieceTreeNode::mostPieces = 2;
    PieceTreeNode::mostChildren = 3;
    PieceTree one;
    for (const Piece& piece : pieces)
        one.replace(one.end(), one.end(), {&piece, 1});
    QCOMPARE(one.pieceCount(), count);
    QCOMPARE(one.checkInvariants(), std::string());
}

void PieceTreeTest::keepsMarksAtTheEnds() {
    PieceTree tree;
    const std::vector<Piece> pieces{mark(1), overwritten(0, 5), mark(2), overwritten(0, 5),
                                    mark(3)};
    tree.replace({}, {}, pieces);
    QCOMPARE(tree.pieces({0, 0}, {10, 10}), (std::vector<Piece>{pieces[1], pieces[2], pieces[3]}));
    QCOMPARE(tree.pieces({5, 5}, {10, 10}), (std::vector<Piece>{pieces[3]}));
    QVERIFY(tree.pieces({5, 5}, {5, 5}).empty());
    // Into an empty range: behind the mark there.
    const Piece piece = inserted(20, 1);
    tree.replace({5, 5}, {5, 5}, {&piece, 1});
    QCOMPARE(allPieces(tree),
             (std::vector<Piece>{pieces[0], pieces[1], pieces[2], piece, pieces[3], pieces[4]}));
    tree.replace({0, 0}, {11, 10}, {});
    QCOMPARE(allPieces(tree), (std::vector<Piece>{pieces[0], pieces[4]}));
    QCOMPARE(tree.checkInvariants(), std::string());
}

void PieceTreeTest::replacesMarks() {
    PieceTree tree;
    const Piece left = Piece::inPlace(0, 5, kFile);
    const Piece right = Piece::inPlace(5, 5, kFile);
    tree.replace({}, {}, std::vector<Piece>{left, mark(1), mark(2), right});
    QCOMPARE(tree.pieceCount(), std::size_t{4});
    const Piece piece = inserted(0, 3, 1);
    QVERIFY(!tree.replaceMark({5, 5}, 3, {&piece, 1}));
    QVERIFY(!tree.replaceMark({4, 4}, 1, {&piece, 1}));
    QVERIFY(tree.replaceMark({5, 5}, 1, {&piece, 1}));
    QCOMPARE(allPieces(tree), (std::vector<Piece>{left, piece, mark(2), right}));
    // The other one has moved on in the document.
    QVERIFY(!tree.replaceMark({5, 5}, 2, {}));
    QVERIFY(tree.replaceMark({8, 5}, 2, {}));
    tree.replace({5, 5}, {8, 5}, {});
    QCOMPARE(allPieces(tree), (std::vector<Piece>{Piece::inPlace(0, 10, kFile)}));
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
        runRandom(seed, octavo::test::scaled(1500));
}

void PieceTreeTest::cursorWalksBothWays() {
    PieceTreeNode::mostPieces = 2;
    PieceTreeNode::mostChildren = 3;
    PieceTree tree;
    std::vector<Piece> pieces{mark(1)};
    for (Offset i = 0; i < 100; ++i)
        pieces.push_back({1000 - i * 7, i % 3, i % 2 + (i % 3 == 0 ? 1 : 0), kNew,
                          ChangeTag::on(static_cast<ChangeId>(1 + i % 5))});
    pieces.push_back(mark(2));
    tree.replace({}, {}, pieces);
    std::size_t index = pieces.size();
    Border at = tree.end();
    PieceTree::Cursor cursor(tree, tree.end());
    QVERIFY(cursor.atEnd());
    while (cursor.previous()) {
        QCOMPARE(cursor.piece(), pieces[--index]);
        QVERIFY(cursor.end() == at);
        at = cursor.border();
    }
    QCOMPARE(index, std::size_t{0});
    QVERIFY(at == Border());
    QCOMPARE(cursor.piece(), pieces[0]);
    for (; !cursor.atEnd(); cursor.next(), ++index) {
        QCOMPARE(cursor.piece(), pieces[index]);
        QVERIFY(cursor.border() == at);
        for (Offset inside = 0; inside < cursor.piece().length; ++inside)
            QVERIFY(PieceTree::Cursor(tree, at.offset + inside).border() == at);
        for (Offset inside = 0; inside < cursor.piece().fileLength; ++inside)
            QVERIFY(PieceTree::Cursor::atFile(tree, {at.fileOffset + inside}).border() == at);
        at = cursor.end();
    }
    QCOMPARE(index, pieces.size());
    QVERIFY(cursor.border() == tree.end());
    PieceTree empty;
    QVERIFY(PieceTree::Cursor(empty, Offset{0}).atEnd());
    QVERIFY(!PieceTree::Cursor(empty, Offset{0}).previous());
    QVERIFY(PieceTree::Cursor::atFile(empty, {0}).atEnd());
}

void PieceTreeTest::boundaries_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("at");
    constexpr qint64 two31 = qint64{1} << 31;
    constexpr qint64 two32 = qint64{1} << 32;
    for (const qint64 length : {two31, two32, qint64{kMaxLength}}) {
        for (const qint64 at : {qint64{0}, qint64{1}, two31 - 1, two31, two31 + 1, two32 - 1, two32,
                                two32 + 1, length - 1}) {
            if (at < length)
                QTest::addRow("byte %lld of %lld", at, length) << length << at;
        }
    }
}

void PieceTreeTest::boundaries() {
    QFETCH(qint64, length);
    QFETCH(qint64, at);
    const Piece file = Piece::inPlace(0, length, kFile);
    PieceTree tree(file);
    const Border from{at, at};
    const Border behind{at + 1, at + 1};

    const Piece byte = overwritten(0, 1);
    tree.replace(from, behind, {&byte, 1});
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.length(), length);
    QCOMPARE(tree.pieces(from, behind), std::vector<Piece>{byte});
    QVERIFY(PieceTree::Cursor(tree, at).piece() == byte);
    QVERIFY(PieceTree::Cursor::atFile(tree, {at}).piece() == byte);

    const Piece none = deleted(1);
    tree.replace(from, behind, {&none, 1});
    QCOMPARE(tree.length(), length - 1);
    QCOMPARE(tree.fileLength(), length);
    QVERIFY(PieceTree::Cursor::atFile(tree, {at}).piece() == none);
    QCOMPARE(PieceTree::Cursor(tree, at).fileOffset(), at + 1);

    const Piece other = inserted(0, 1);
    tree.replace({at, at + 1}, {at, at + 1}, {&other, 1});
    QCOMPARE(tree.length(), length);
    QCOMPARE(tree.checkInvariants(), std::string());
    QVERIFY(PieceTree::Cursor(tree, at).piece() == other);

    const Piece old = Piece::inPlace(at, 1, kFile);
    tree.replace(from, behind, {&old, 1});
    QCOMPARE(allPieces(tree), std::vector<Piece>{file});
}

void PieceTreeTest::manyPiecesAtOnce() {
    std::vector<Piece> pieces;
    for (Offset i = 0; i < 100000; ++i)
        pieces.push_back(inserted(i * 3, 2));
    PieceTree tree(Piece::inPlace(0, 10, kFile));
    tree.replace({5, 5}, {5, 5}, pieces);
    QCOMPARE(tree.checkInvariants(), std::string());
    QCOMPARE(tree.pieceCount(), pieces.size() + 2);
    QCOMPARE(tree.pieces({5, 5}, {200005, 5}), pieces);
    const PieceTree before = tree;
    const Piece piece = deleted(2);
    tree.replace({4, 4}, {200006, 6}, {&piece, 1});
    QCOMPARE(tree.length(), Offset{8});
    QCOMPARE(tree.fileLength(), Offset{10});
    QCOMPARE(before.pieceCount(), pieces.size() + 2);
}

void PieceTreeTest::growingAtOneEndFillsTheLeaves() {
    // Typing, or replacing from the front to the back, must not leave half empty leaves behind.
    PieceTree up(Piece::inPlace(0, 1000000, kFile));
    PieceTree down = up;
    const Piece byte = overwritten(0, 1);
    for (Offset i = 0; i < 10000; ++i) {
        up.replace({i * 10, i * 10}, {i * 10 + 1, i * 10 + 1}, {&byte, 1});
        const Offset back = 999990 - i * 10;
        down.replace({back, back}, {back + 1, back + 1}, {&byte, 1});
    }
    for (const PieceTree* tree : {&up, &down}) {
        QCOMPARE(tree->checkInvariants(), std::string());
        QVERIFY2(tree->memorySize() < tree->pieceCount() * sizeof(Piece) * 3 / 2,
                 qPrintable(QString::number(tree->memorySize())));
    }
}

QTEST_GUILESS_MAIN(PieceTreeTest)

#include "piece_tree_test.moc"
