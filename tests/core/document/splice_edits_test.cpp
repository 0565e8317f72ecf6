#include "core/document/splice_edits.h"
#include "tests/support/test_seed.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace octavo::core;
using namespace octavo::test;

namespace {

using Pieces = std::vector<Piece>;
using Edits = std::vector<TrackedPositions::Edit>;

Piece file(Offset at, Offset length) {
    return Piece::inPlace(at, length, 0);
}

Piece changed(Offset length, Offset fileLength) {
    return {0, length, fileLength, 1, ChangeTag::on(1)};
}

Piece off(Offset at, Offset length) {
    return {at, length, length, 0, ChangeTag::off(2)};
}

QString text(const Edits& edits) {
    QString text;
    for (const TrackedPositions::Edit& edit : edits)
        text += QString("%1+%2>%3 ")
                    .arg(edit.replaced.offset)
                    .arg(edit.replaced.length)
                    .arg(edit.newLength);
    return text;
}

}  // namespace

class SpliceEditsTest : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void agreesByteByByte();
};

void SpliceEditsTest::finds_data() {
    QTest::addColumn<Pieces>("removed");
    QTest::addColumn<Pieces>("inserted");
    QTest::addColumn<QString>("edits");  // of a splice at 100, which is 50 in the file

    const auto row = [](const char* name, const Pieces& removed, const Pieces& inserted,
                        const char* edits) {
        QTest::newRow(name) << removed << inserted << QString(edits);
    };
    row("nothing", {}, {}, "");
    row("overwritten", {file(50, 3)}, {changed(3, 3)}, "100+3>3 ");
    row("inserted", {}, {changed(3, 0)}, "100+0>3 ");
    row("deleted", {file(50, 3)}, {changed(0, 3)}, "100+3>0 ");
    row("the same", {file(50, 3)}, {file(50, 3)}, "");
    row("the same in other pieces", {file(50, 3), file(53, 4)}, {file(50, 5), file(55, 2)}, "");
    row("switched off in place", {file(50, 3)}, {off(50, 3)}, "");
    row("a mark goes", {off(50, 0)}, {}, "");
    row("a mark between", {file(50, 3), off(53, 0), file(53, 2)}, {file(50, 5)}, "");
    row("reverted", {changed(3, 3)}, {file(50, 3)}, "100+3>3 ");
    row("everything reverted",
        {file(50, 10), changed(3, 0), file(60, 10), changed(0, 5), file(75, 5)}, {file(50, 30)},
        "110+3>0 123+0>5 ");
    row("and undone", {file(50, 30)},
        {file(50, 10), changed(3, 0), file(60, 10), changed(0, 5), file(75, 5)},
        "110+0>3 120+5>0 ");
    row("other changes than before", {file(50, 10), changed(4, 4), file(64, 6)},
        {file(50, 5), changed(2, 3), file(58, 12)}, "105+3>2 110+4>4 ");
    row("changes that overlap", {file(50, 10), changed(4, 4), file(64, 6)},
        {file(50, 12), changed(1, 4), file(66, 4)}, "110+6>3 ");
    row("more behind", {changed(2, 2)}, {file(50, 2), file(52, 0), changed(1, 0)}, "100+2>3 ");
}

void SpliceEditsTest::finds() {
    QFETCH(Pieces, removed);
    QFETCH(Pieces, inserted);
    QFETCH(QString, edits);
    QCOMPARE(text(editsIn({{100, 50}, removed, inserted})), edits);
}

/// Bytes of the file that both sides show, marked by their place, are where the edits put them.
void SpliceEditsTest::agreesByteByByte() {
    for (const std::uint64_t seed : testSeeds()) {
        std::mt19937_64 engine(seed);
        const auto below = [&](Offset limit) {
            return static_cast<Offset>(engine() % static_cast<std::uint64_t>(limit));
        };
        const auto side = [&] {
            Pieces pieces;
            for (Offset at = 0; at < 60;) {
                const Offset count = std::min<Offset>(1 + below(12), 60 - at);
                switch (below(4)) {
                case 0:
                    pieces.push_back(changed(below(6), count));
                    at += count;
                    break;
                case 1:
                    pieces.push_back(changed(1 + below(6), 0));
                    break;
                case 2:
                    pieces.push_back(below(3) == 0 ? off(at, 0) : off(at, count));
                    at += pieces.back().length;
                    break;
                default:
                    pieces.push_back(file(at, count));
                    at += count;
                }
            }
            return pieces;
        };
        // By byte of the document the byte of the file, or -1.
        const auto bytesOf = [](const Pieces& pieces) {
            std::vector<Offset> bytes;
            for (const Piece& piece : pieces) {
                for (Offset i = 0; i < piece.length; ++i)
                    bytes.push_back(piece.isFile() ? piece.start + i : -1);
            }
            return bytes;
        };
        for (int round = 0; round < scaled(2000); ++round) {
            const Pieces removed = side();
            const Pieces inserted = side();
            const std::vector<Offset> before = bytesOf(removed);
            const std::vector<Offset> after = bytesOf(inserted);
            const Edits edits = editsIn({{}, removed, inserted});
            Offset at = 0;     // before
            Offset nowAt = 0;  // after
            const auto keeps = [&](Offset to) {
                for (; at < to; ++at, ++nowAt) {
                    if (before[std::size_t(at)] == -1 ||
                        before[std::size_t(at)] != after[std::size_t(nowAt)])
                        return false;
                }
                return true;
            };
            for (const TrackedPositions::Edit& edit : edits) {
                QVERIFY(edit.replaced.offset >= at);
                QVERIFY(keeps(edit.replaced.offset));
                // Nothing in it that stands on both sides.
                for (Offset i = 0; i < edit.replaced.length; ++i) {
                    const Offset byte = before[std::size_t(at + i)];
                    for (Offset k = 0; k < edit.newLength; ++k)
                        QVERIFY(byte == -1 || byte != after[std::size_t(nowAt + k)]);
                }
                at += edit.replaced.length;
                nowAt += edit.newLength;
            }
            QVERIFY(keeps(static_cast<Offset>(before.size())));
            QCOMPARE(nowAt, static_cast<Offset>(after.size()));
        }
    }
}

QTEST_GUILESS_MAIN(SpliceEditsTest)
#include "splice_edits_test.moc"
