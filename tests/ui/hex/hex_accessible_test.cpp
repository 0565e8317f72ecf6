#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/hex/hex_accessible.h"

#include <QAccessible>

using octavo::core::Bytes;
using octavo::core::Offset;
using octavo::test::ShownHexView;

class HexAccessibleTest : public QObject {
    Q_OBJECT

private slots:
    void gridHasNameAndCell();
    void cellSaysByteOffsetAndState();
    void cellFollowsTheCaret();
};

namespace {

QAccessibleInterface* cellOf(ShownHexView& shown) {
    return QAccessible::queryAccessibleInterface(&shown.view)->child(0);
}

}  // namespace

void HexAccessibleTest::gridHasNameAndCell() {
    ShownHexView shown(QByteArray("Hello"));
    QAccessibleInterface* const grid = QAccessible::queryAccessibleInterface(&shown.view);
    QVERIFY(grid != nullptr);
    QVERIFY(!grid->text(QAccessible::Name).isEmpty());
    QVERIFY(!grid->text(QAccessible::Description).isEmpty());
    QCOMPARE(grid->childCount(), 1);
    QAccessibleInterface* const cell = grid->child(0);
    QVERIFY(cell != nullptr);
    QCOMPARE(grid->child(1), nullptr);
    QCOMPARE(grid->indexOfChild(cell), 0);
    QCOMPARE(cell->parent()->object(), &shown.view);
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(grid->focusChild(), cell);
}

void HexAccessibleTest::cellSaysByteOffsetAndState() {
    ShownHexView shown(QByteArray("Hello"));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QVERIFY(shown.document().overwrite(1, Bytes{0xAB}));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(1);
    QAccessibleInterface* const cell = cellOf(shown);
    QCOMPARE(cell->text(QAccessible::Name), "AB");
    QVERIFY(cell->text(QAccessible::Description).contains("00000001"));
    QVERIFY(cell->state().focused);
    QVERIFY(!cell->state().selected);
    QVERIFY(!cell->state().invisible);
    const QRect place = cell->rect();
    QVERIFY(place.contains(shown.view.viewport()->mapToGlobal(shown.place(1))));
    QCOMPARE(QAccessible::queryAccessibleInterface(&shown.view)
                 ->childAt(place.center().x(), place.center().y()),
             cell);
    shown.view.setCaret(5);
    QVERIFY(cell->text(QAccessible::Name).contains("end"));
}

void HexAccessibleTest::cellFollowsTheCaret() {
    ShownHexView shown(QByteArray("0123456789ABCDEF0123456789ABCDEF"));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleInterface* const cell = cellOf(shown);
    const QRect before = cell->rect();
    shown.key(Qt::Key_Down);
    shown.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(cell->text(QAccessible::Name), "31");
    QVERIFY(cell->text(QAccessible::Description).contains("00000011"));
    QVERIFY(cell->rect().top() > before.top());
    shown.key(Qt::Key_Left, Qt::ShiftModifier);
    shown.view.setSelection(octavo::core::Extent{0, 5});
    shown.view.setCaret(2, true);
    QVERIFY(!cell->state().selected);
    shown.view.jumpTo({2, 4});
    QVERIFY(cell->state().selected);
    shown.view.clearFocus();
    QVERIFY(!cell->state().focused);
}

QTEST_MAIN(HexAccessibleTest)
#include "hex_accessible_test.moc"
