#include "tests/support/test_seed.h"
#include "ui/hex/hex_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <random>

using octavo::core::Byte;
using octavo::core::Bytes;
using octavo::core::Change;
using octavo::core::Extent;
using octavo::core::FileOffset;
using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::core::Unreadable;
using octavo::ui::HexModel;
using octavo::ui::HexRow;

class HexModelTest : public QObject {
    Q_OBJECT

private slots:
    void passesTheModelTester_data();
    void passesTheModelTester();
    void roles();
    void endOfTheDocument_data();
    void endOfTheDocument();
    void slidesAreRowMoves();
    void missingShrinksAsItIsFilled();
    void staleCellsAreShownUntilFetched();
    void unreadableComesBack();
    void holesAndMatchesAreFlags();
    void toolTipTellsTheByte();
    void changesTellOnlyTheirRows();
    void spliceMovesWhatIsKnown_data();
    void spliceMovesWhatIsKnown();
    void randomEditsAgainstPlainArrays();
};

namespace {

/// What stands at `offset` in the documents of this test.
Byte byteAt(Offset offset) {
    return static_cast<Byte>(static_cast<quint64>(offset) * 7);
}

Bytes counted(Offset from, Offset length) {
    Bytes bytes;
    for (Offset i = from; i < from + length; ++i) {
        bytes.push_back(byteAt(i));
    }
    return bytes;
}

void fillAll(HexModel& model) {
    const Extent window = model.windowExtent();
    model.fill(window, counted(window.offset, window.length), {});
}

}  // namespace

void HexModelTest::passesTheModelTester_data() {
    QTest::addColumn<qint64>("length");
    QTest::newRow("0") << qint64{0};
    QTest::newRow("1") << qint64{1};
    QTest::newRow("16") << qint64{16};
    QTest::newRow("17") << qint64{17};
    QTest::newRow("4096 rows") << qint64{65535};
    QTest::newRow("4097 rows") << qint64{65536};
    QTest::newRow("2^32") << (qint64{1} << 32);
    QTest::newRow("2^40") << (qint64{1} << 40);
    QTest::newRow("2^63 - 1") << qint64{kMaxLength};
}

void HexModelTest::passesTheModelTester() {
    QFETCH(qint64, length);
    HexModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDocument(length);
    // Over the whole of it: near moves, far jumps, and back; filled and empty.
    const Offset last = model.documentRows() - 1;
    for (const Offset row : {Offset{0}, Offset{3000}, Offset{2000}, last / 2, last / 2 + 2500, last,
                             last - 1500, last, Offset{0}}) {
        model.showRows(std::clamp<Offset>(row, 0, last), 50);
        QVERIFY(model.hasRow(std::clamp<Offset>(row, 0, last)));
        QVERIFY(model.rowCount() <= HexModel::kMostRows);
        fillAll(model);
    }
    model.splice({0, std::min<Offset>(length, 5)}, length < kMaxLength ? 6 : 5);
    model.splice({0, model.length()}, 0);
    QCOMPARE(model.rowCount(), 1);
}

void HexModelTest::roles() {
    HexModel model;
    model.setDocument(kMaxLength);
    const Offset row = (Offset{1} << 59) - 1;
    model.showRows(row, 1);
    fillAll(model);
    const QModelIndex cell = model.indexOf(row * 16 + 10);
    QVERIFY(cell.isValid());
    QCOMPARE(cell.column(), 10);
    const int byte = byteAt(row * 16 + 10);
    QCOMPARE(cell.data(HexModel::ByteRole).toInt(), byte);
    QCOMPARE(cell.data().toString(), QString::number(byte, 16).toUpper());
    QCOMPARE(cell.data(HexModel::OffsetRole).toLongLong(), qlonglong{row * 16 + 10});
    QCOMPARE(cell.data(HexModel::StateRole).toInt(), 0);
    QCOMPARE(model.indexOf(0), QModelIndex());

    model.splice({row * 16 + 10, 1}, 1);
    QCOMPARE(cell.data(HexModel::StateRole).toInt(), int{octavo::ui::CellLoading});
    QCOMPARE(cell.data(HexModel::ByteRole), QVariant());
    QCOMPARE(cell.data().toString(), "");
    QCOMPARE(model.knownByte(row * 16 + 10), -1);
    const Bytes typed{0x5A};
    model.setKnown(row * 16 + 10, typed);
    QCOMPARE(model.knownByte(row * 16 + 10), 0x5A);
}

void HexModelTest::endOfTheDocument_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("enabledInLastRow");
    QTest::newRow("empty") << qint64{0} << 1 << 1;
    QTest::newRow("1") << qint64{1} << 1 << 2;
    QTest::newRow("15") << qint64{15} << 1 << 16;
    QTest::newRow("16") << qint64{16} << 2 << 1;
    QTest::newRow("17") << qint64{17} << 2 << 2;
}

void HexModelTest::endOfTheDocument() {
    QFETCH(qint64, length);
    QFETCH(int, rows);
    QFETCH(int, enabledInLastRow);
    HexModel model;
    model.setDocument(length);
    QCOMPARE(model.rowCount(), rows);
    int enabled = 0;
    for (int column = 0; column < model.columnCount(); ++column) {
        enabled += model.flags(model.index(rows - 1, column)).testFlag(Qt::ItemIsEnabled) ? 1 : 0;
    }
    QCOMPARE(enabled, enabledInLastRow);
    QCOMPARE(model.row(rows - 1).count, static_cast<int>(length % 16));
}

void HexModelTest::slidesAreRowMoves() {
    HexModel model;
    model.setDocument(Offset{1} << 40);
    fillAll(model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex stays(model.indexOf(Offset{4000} * 16 + 3));
    QVERIFY(model.showRows(3500, 50));
    QCOMPARE(resets.count(), 0);
    QVERIFY(stays.isValid());
    QCOMPARE(stays.data(HexModel::OffsetRole).toLongLong(), qlonglong{4000 * 16 + 3});
    QCOMPARE(stays.data(HexModel::ByteRole).toInt(), int{byteAt(4000 * 16 + 3)});
    QCOMPARE(model.rowCount(), static_cast<int>(HexModel::kMostRows));
    // What slid in is not known yet, what stayed is.
    const Extent window = model.windowExtent();
    QCOMPARE(model.missing(window), (std::vector<Extent>{{65536, window.end() - 65536}}));

    QVERIFY(model.showRows(200, 50));
    QCOMPARE(resets.count(), 0);
    QVERIFY(stays.isValid());
    QCOMPARE(stays.data(HexModel::OffsetRole).toLongLong(), qlonglong{4000 * 16 + 3});
    QVERIFY(!model.showRows(210, 50));

    QVERIFY(model.showRows(1000000, 50));
    QCOMPARE(resets.count(), 1);
    QVERIFY(!stays.isValid());
}

void HexModelTest::missingShrinksAsItIsFilled() {
    HexModel model;
    model.setDocument(100);
    QCOMPARE(model.missing({0, 100}), (std::vector<Extent>{{0, 100}}));
    QCOMPARE(model.missing({90, 1000}), (std::vector<Extent>{{90, 10}}));
    model.fill({16, 16}, counted(16, 16), {});
    model.fill({64, 36}, counted(64, 36), {});
    QCOMPARE(model.missing({0, 100}), (std::vector<Extent>{{0, 16}, {32, 32}}));
    // More than the window is cut, not refused: it may have moved since it was asked for.
    model.fill({50, 200}, counted(50, 200), {});
    QCOMPARE(model.missing({0, 100}), (std::vector<Extent>{{0, 16}, {32, 18}}));
}

void HexModelTest::staleCellsAreShownUntilFetched() {
    HexModel model;
    model.setDocument(32);
    fillAll(model);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setStale();
    QCOMPARE(model.missing({0, 32}), (std::vector<Extent>{{0, 32}}));
    QCOMPARE(model.knownByte(3), -1);
    QCOMPARE(model.index(0, 3).data(HexModel::ByteRole).toInt(), 21);
    fillAll(model);
    QCOMPARE(changed.count(), 0);  // the same bytes again: nothing to repaint
    QCOMPARE(model.knownByte(3), 21);
    Bytes other = counted(0, 32);
    other[20] ^= 1;
    model.fill({0, 32}, other, {});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
}

void HexModelTest::toolTipTellsTheByte() {
    HexModel model;
    model.setDocument(64);
    QVERIFY(model.indexOf(17).data(Qt::ToolTipRole).toString().contains("loading"));
    model.fill({16, 2}, Bytes{0, 0xA5}, {});
    const QString tip = model.indexOf(17).data(Qt::ToolTipRole).toString();
    for (const char* const part : {"0x0011 (17)", "0xA5", "165", "-91", "245", "1010 0101"}) {
        QVERIFY2(tip.contains(part), qPrintable(tip));
    }
    QVERIFY(model.indexOf(64).data(Qt::ToolTipRole).toString().contains("end of document"));
}

void HexModelTest::holesAndMatchesAreFlags() {
    HexModel model;
    model.setDocument(64);
    model.fill({0, 64}, Bytes(64, 0), {}, {{8, 4}, {40, 24}});
    const auto state = [&](Offset at) {
        return model.indexOf(at).data(HexModel::StateRole).toInt();
    };
    QCOMPARE(state(7), 0);
    QCOMPARE(state(8), int{octavo::ui::CellHole});
    QCOMPARE(state(12), 0);
    QCOMPARE(state(63), int{octavo::ui::CellHole});
    QVERIFY(model.indexOf(8).data(Qt::AccessibleDescriptionRole).toString().contains("hole"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setMatches({0, 48}, {{4, 6}, {20, 100}});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][2].value<QList<int>>(), QList<int>{HexModel::StateRole});
    QCOMPARE(state(4), int{octavo::ui::CellMatched});
    QCOMPARE(state(9), octavo::ui::CellMatched | octavo::ui::CellHole);
    QCOMPARE(state(10), int{octavo::ui::CellHole});
    QCOMPARE(state(47), octavo::ui::CellMatched | octavo::ui::CellHole);
    QCOMPARE(state(48), int{octavo::ui::CellHole});
    model.setMatches({0, 48}, {{4, 6}, {20, 100}});
    QCOMPARE(changed.count(), 1);
    // Bytes that come later are matched all the same.
    model.fill({0, 16}, Bytes(16, 1), {});
    QCOMPARE(state(4), int{octavo::ui::CellMatched});
    model.setMatches({0, 64}, {});
    QCOMPARE(state(4), 0);
}

void HexModelTest::unreadableComesBack() {
    HexModel model;
    model.setDocument(32);
    Unreadable unreadable;
    unreadable.add({20, 12});
    Bytes bytes = counted(0, 32);
    std::fill(bytes.begin() + 20, bytes.end(), Byte{0});
    model.fill({0, 32}, bytes, unreadable);
    QVERIFY(model.missing({0, 32}).empty());
    QCOMPARE(model.index(1, 4).data(HexModel::StateRole).toInt(), int{octavo::ui::CellUnreadable});
    QCOMPARE(model.index(1, 4).data().toString(), "");
    QCOMPARE(model.knownByte(20), -1);
    QCOMPARE(model.knownByte(19), 19 * 7);
    fillAll(model);
    QCOMPARE(model.index(1, 4).data(HexModel::StateRole).toInt(), 0);
    QCOMPARE(model.knownByte(20), 20 * 7);
}

void HexModelTest::changesTellOnlyTheirRows() {
    HexModel model;
    model.setDocument(160);
    fillAll(model);
    const std::vector<Change> changes{{1, false, {FileOffset{20}, 2}, {20, 2}},
                                      {2, false, {FileOffset{99}, 4}, {99, 0}}};
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setChanges(changes);
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QCOMPARE(changed[1][0].toModelIndex().row(), 6);
    QCOMPARE(model.index(1, 5).data(HexModel::StateRole).toInt(), int{octavo::ui::CellChanged});
    QCOMPARE(model.index(6, 3).data(HexModel::StateRole).toInt(),
             int{octavo::ui::CellDeletedBefore});
    changed.clear();
    model.setChanges(changes);
    QCOMPARE(changed.count(), 0);
    model.setChanges({changes[1]});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.index(1, 5).data(HexModel::StateRole).toInt(), 0);
    QCOMPARE(model.knownByte(20), 20 * 7);
}

void HexModelTest::spliceMovesWhatIsKnown_data() {
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("removed");
    QTest::addColumn<qint64>("added");
    QTest::newRow("overwrite") << qint64{5} << qint64{3} << qint64{3};
    QTest::newRow("insert at the start") << qint64{0} << qint64{0} << qint64{1};
    QTest::newRow("insert a row") << qint64{20} << qint64{0} << qint64{16};
    QTest::newRow("append") << qint64{100} << qint64{0} << qint64{30};
    QTest::newRow("delete at the start") << qint64{0} << qint64{1} << qint64{0};
    QTest::newRow("delete rows") << qint64{10} << qint64{50} << qint64{0};
    QTest::newRow("delete all") << qint64{0} << qint64{100} << qint64{0};
    QTest::newRow("replace by more") << qint64{40} << qint64{5} << qint64{9};
    QTest::newRow("replace by less") << qint64{40} << qint64{9} << qint64{5};
}

void HexModelTest::spliceMovesWhatIsKnown() {
    QFETCH(qint64, offset);
    QFETCH(qint64, removed);
    QFETCH(qint64, added);
    HexModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDocument(100);
    fillAll(model);
    model.splice({offset, removed}, added);
    QCOMPARE(qint64{model.length()}, 100 - removed + added);
    QCOMPARE(model.rowCount(), static_cast<int>(model.length() / 16 + 1));
    for (qint64 i = 0; i < model.length(); ++i) {
        const bool inserted = i >= offset && i < offset + added;
        const qint64 was = i < offset ? i : i - added + removed;
        QCOMPARE(model.knownByte(i), inserted ? -1 : int{byteAt(was)});
    }
}

void HexModelTest::randomEditsAgainstPlainArrays() {
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        const auto below = [&](Offset limit) {
            return std::uniform_int_distribution<Offset>(0, limit)(random);
        };
        HexModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<Byte> plain = counted(0, 200000);
        model.setDocument(200000);
        for (int i = 0; i < octavo::test::scaled(20); ++i) {
            const auto length = static_cast<Offset>(plain.size());
            model.showRows(below(length / 16), 40);
            const Extent part = model.windowExtent();
            model.fill(part, Bytes(plain.begin() + part.offset, plain.begin() + part.end()), {});

            const Offset at = below(length);
            const Offset removed = std::min(length - at, below(i % 3 == 0 ? 30000 : 40));
            const Bytes added(static_cast<std::size_t>(below(i % 4 == 0 ? 40000 : 40)),
                              static_cast<Byte>(below(255)));
            plain.erase(plain.begin() + at, plain.begin() + at + removed);
            plain.insert(plain.begin() + at, added.begin(), added.end());
            model.splice({at, removed}, static_cast<Offset>(added.size()));

            QCOMPARE(model.length(), static_cast<Offset>(plain.size()));
            const Extent window = model.windowExtent();
            for (Offset offset = window.offset; offset < window.end(); ++offset) {
                const int known = model.knownByte(offset);
                const bool isNew = offset >= at && offset < at + Offset(added.size());
                QVERIFY(!isNew || known == -1);
                QVERIFY(known == -1 || known == plain[static_cast<std::size_t>(offset)]);
            }
        }
    }
}

QTEST_GUILESS_MAIN(HexModelTest)
#include "hex_model_test.moc"
