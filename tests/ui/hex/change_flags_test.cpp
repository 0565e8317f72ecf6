#include "ui/hex/change_flags.h"

#include <QTest>

using octavo::core::Change;
using octavo::core::FileOffset;
using octavo::core::Offset;
using octavo::ui::CellFlags;
using octavo::ui::markChanges;

class ChangeFlagsTest : public QObject {
    Q_OBJECT

private slots:
    void marks_data();
    void marks();
};

namespace {

/// A cell each: '.' as in the file, 'c' changed, 'i' inserted; '|' stands before a deletion.
QString picture(const std::vector<CellFlags>& cells) {
    QString text;
    for (const CellFlags flags : cells) {
        if ((flags & octavo::ui::CellDeletedBefore) != 0) {
            text += '|';
        }
        const bool changed = (flags & octavo::ui::CellChanged) != 0;
        const bool inserted = (flags & octavo::ui::CellInserted) != 0;
        text += changed && inserted ? '?' : changed ? 'c' : inserted ? 'i' : '.';
    }
    return text;
}

Change change(Offset fileLength, Offset at, Offset length) {
    return {1, false, {FileOffset{at}, fileLength}, {at, length}};
}

}  // namespace

void ChangeFlagsTest::marks_data() {
    QTest::addColumn<std::vector<Change>>("changes");
    QTest::addColumn<qint64>("start");
    QTest::addColumn<QString>("cells");
    using List = std::vector<Change>;
    const qint64 zero = 0;
    QTest::newRow("nothing") << List{} << zero << "........";
    QTest::newRow("overwritten") << List{change(2, 3, 2)} << zero << "...cc...";
    QTest::newRow("inserted") << List{change(0, 3, 2)} << zero << "...ii...";
    QTest::newRow("deleted") << List{change(2, 3, 0)} << zero << "...|.....";
    QTest::newRow("deleted at the start") << List{change(2, 0, 0)} << zero << "|........";
    QTest::newRow("replaced by more") << List{change(1, 3, 3)} << zero << "...cii..";
    QTest::newRow("replaced by less") << List{change(3, 3, 1)} << zero << "...c|....";
    QTest::newRow("begins before the window") << List{change(4, 8, 4)} << qint64{10} << "cc......";
    QTest::newRow("ends behind the window") << List{change(9, 16, 9)} << qint64{10} << "......cc";
    QTest::newRow("covers the window") << List{change(99, 0, 99)} << qint64{10} << "cccccccc";
    QTest::newRow("before the window") << List{change(4, 2, 4)} << qint64{10} << "........";
    QTest::newRow("deleted at the window's start")
        << List{change(4, 10, 0)} << qint64{10} << "|........";
    QTest::newRow("deleted behind the window")
        << List{change(4, 18, 0)} << qint64{10} << "........";
    QTest::newRow("several") << List{change(1, 0, 1), change(0, 2, 1), change(5, 4, 0)} << zero
                             << "c.i.|....";
    const qint64 largest = octavo::core::kMaxLength;
    QTest::newRow("end of the largest document")
        << List{change(2, largest - 2, 2)} << largest - 7 << ".....cc.";
}

void ChangeFlagsTest::marks() {
    QFETCH(std::vector<Change>, changes);
    QFETCH(qint64, start);
    QFETCH(QString, cells);
    std::vector<CellFlags> flags(8, 0);
    markChanges(changes, start, flags);
    QCOMPARE(picture(flags), cells);
}

QTEST_GUILESS_MAIN(ChangeFlagsTest)
#include "change_flags_test.moc"
