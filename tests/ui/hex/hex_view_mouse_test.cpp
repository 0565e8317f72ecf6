#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QContextMenuEvent>

using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::ShownHexView;
using octavo::ui::HexPane;
using octavo::ui::HexView;

Q_DECLARE_METATYPE(octavo::ui::HexPane)

class HexViewMouseTest : public QObject {
    Q_OBJECT

private slots:
    void clicks_data();
    void clicks();
    void drags_data();
    void drags();
    void shakingInACellSelectsNothing();
    void shiftClickExtends();
    void doubleClickTakesTheGroup();
    void doubleClickTakesTheGroupOfTheFormat();
    void tripleClickTakesTheRow();
    void gutterTakesRows();
    void besideTheRows();
    void dragBelowScrolls();
    void dragAboveScrolls();
    void contextMenu();
    void otherButtonsDoNotSelect();
};

namespace {

const QByteArray kContent(1000, 'x');

void press(ShownHexView& shown, QPoint place) {
    QTest::mousePress(shown.view.viewport(), Qt::LeftButton, {}, place);
}

void moveTo(ShownHexView& shown, QPoint place) {
    // QTest::mouseMove() presses no button.
    QMouseEvent event(QEvent::MouseMove, place, shown.view.viewport()->mapToGlobal(place),
                      Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(shown.view.viewport(), &event);
}

void release(ShownHexView& shown, QPoint place) {
    QTest::mouseRelease(shown.view.viewport(), Qt::LeftButton, {}, place);
}

}  // namespace

void HexViewMouseTest::clicks_data() {
    QTest::addColumn<HexPane>("pane");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<int>("digit");
    for (const qint64 offset : {0, 7, 8, 15, 16, 100, 255}) {
        QTest::addRow("hex, %lld, high", offset) << HexPane::Hex << offset << 0;
        QTest::addRow("hex, %lld, low", offset) << HexPane::Hex << offset << 1;
        QTest::addRow("text, %lld", offset) << HexPane::Text << offset << 0;
    }
}

void HexViewMouseTest::clicks() {
    QFETCH(HexPane, pane);
    QFETCH(qint64, offset);
    QFETCH(int, digit);
    ShownHexView shown(kContent);
    QSignalSpy panes(&shown.view, &HexView::activePaneChanged);
    QSignalSpy carets(&shown.view, &HexView::caretMoved);
    shown.click(shown.place(offset, pane, digit));
    QCOMPARE(qint64{shown.view.caret()}, offset);
    QCOMPARE(shown.view.caretDigit(), digit);
    QCOMPARE(shown.view.activePane(), pane);
    QCOMPARE(panes.count(), pane == HexPane::Text ? 1 : 0);
    QCOMPARE(carets.count(), offset == 0 ? 0 : 1);
    QVERIFY(shown.view.selection().isEmpty());
}

void HexViewMouseTest::drags_data() {
    QTest::addColumn<HexPane>("pane");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    const auto row = [](const char* name, qint64 from, qint64 to, qint64 offset, qint64 length) {
        QTest::addRow("hex: %s", name) << HexPane::Hex << from << to << offset << length;
        QTest::addRow("text: %s", name) << HexPane::Text << from << to << offset << length;
    };
    // Both the first and the last cell touched are selected, in either direction.
    row("to the right", 4, 6, 4, 3);
    row("to the left", 6, 4, 4, 3);
    row("down", 4, 36, 4, 33);
    row("up", 36, 4, 4, 33);
    row("over a group", 6, 9, 6, 4);
    row("a whole row", 16, 31, 16, 16);
}

void HexViewMouseTest::drags() {
    QFETCH(HexPane, pane);
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    ShownHexView shown(kContent);
    press(shown, shown.place(from, pane));
    moveTo(shown, shown.place(to, pane));
    release(shown, shown.place(to, pane));
    QCOMPARE(shown.view.selection(), (Extent{offset, length}));
    QCOMPARE(qint64{shown.view.caret()}, to > from ? offset + length : offset);
    QCOMPARE(shown.view.activePane(), pane);
    // After the release the mouse only passes by.
    moveTo(shown, shown.place(100, pane));
    QCOMPARE(shown.view.selection(), (Extent{offset, length}));
}

void HexViewMouseTest::shakingInACellSelectsNothing() {
    ShownHexView shown(kContent);
    press(shown, shown.place(5));
    moveTo(shown, shown.place(5, HexPane::Hex, 1));
    QVERIFY(shown.view.selection().isEmpty());
    // Out and back is a choice: one byte.
    moveTo(shown, shown.place(6));
    moveTo(shown, shown.place(5));
    release(shown, shown.place(5));
    QCOMPARE(shown.view.selection(), (Extent{5, 1}));
}

void HexViewMouseTest::shiftClickExtends() {
    ShownHexView shown(kContent);
    shown.click(shown.place(20));
    shown.click(shown.place(40), Qt::ShiftModifier);
    QCOMPARE(shown.view.selection(), (Extent{20, 21}));
    shown.click(shown.place(3), Qt::ShiftModifier);
    QCOMPARE(shown.view.selection(), (Extent{3, 17}));
    QCOMPARE(shown.view.caret(), Offset{3});
}

void HexViewMouseTest::doubleClickTakesTheGroupOfTheFormat() {
    for (const int group : octavo::ui::HexFormat::kGroups) {
        ShownHexView shown(kContent);
        shown.view.setFormat({.group = group});
        const QPoint place = shown.place(22);
        QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(shown.view.selection(), (Extent{22 / group * group, group}));
    }
}

void HexViewMouseTest::doubleClickTakesTheGroup() {
    ShownHexView shown(kContent);
    const QPoint place = shown.place(21);
    shown.click(place);
    QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(shown.view.selection(), (Extent{16, 8}));
    // A drag that begins so goes on in groups, in both directions.
    QMouseEvent down(QEvent::MouseButtonDblClick, place, shown.view.mapToGlobal(place),
                     Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(shown.view.viewport(), &down);
    moveTo(shown, shown.place(34));
    QCOMPARE(shown.view.selection(), (Extent{16, 24}));
    moveTo(shown, shown.place(12));
    QCOMPARE(shown.view.selection(), (Extent{8, 16}));
    release(shown, shown.place(12));
}

void HexViewMouseTest::tripleClickTakesTheRow() {
    ShownHexView shown(kContent);
    const QPoint place = shown.place(21);
    shown.click(place);
    QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, place);
    shown.click(place);
    QCOMPARE(shown.view.selection(), (Extent{16, 16}));
    // Elsewhere it is a click like any other.
    QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, place);
    shown.click(shown.place(100));
    QVERIFY(shown.view.selection().isEmpty());
}

void HexViewMouseTest::gutterTakesRows() {
    ShownHexView shown(kContent);
    const auto inGutter = [&](Offset offset) { return QPoint(20, shown.place(offset).y()); };
    shown.click(inGutter(32));
    QCOMPARE(shown.view.selection(), (Extent{32, 16}));
    press(shown, inGutter(48));
    moveTo(shown, inGutter(16));
    release(shown, inGutter(16));
    QCOMPARE(shown.view.selection(), (Extent{16, 48}));
}

void HexViewMouseTest::besideTheRows() {
    ShownHexView shown(QByteArray(20, 'x'));
    shown.click(shown.place(0) + QPoint(0, 200));
    QCOMPARE(shown.view.caret(), Offset{20});
    // Right of the last byte of the last row is the end, too.
    shown.click(QPoint(shown.view.viewport()->width() - 5, shown.place(16).y()));
    QCOMPARE(shown.view.caret(), Offset{20});
    shown.click(QPoint(shown.view.viewport()->width() - 5, shown.place(0).y()));
    QCOMPARE(shown.view.caret(), Offset{15});
    // The header is not a row.
    shown.click(QPoint(shown.place(3).x(), 5));
    QCOMPARE(shown.view.caret(), Offset{15});
}

void HexViewMouseTest::dragBelowScrolls() {
    ShownHexView shown(kContent);
    press(shown, shown.place(5));
    const QPoint below = shown.place(5) + QPoint(0, shown.view.height() * 2);
    moveTo(shown, below);
    // Without a further move: time alone goes on scrolling, to the very end.
    QTRY_COMPARE(shown.view.caret(), Offset{1000});
    QCOMPARE(shown.view.selection(), (Extent{5, 995}));
    QTRY_COMPARE(shown.view.topRow(), Offset{63 - shown.view.fullRows()});
    release(shown, below);
}

void HexViewMouseTest::dragAboveScrolls() {
    ShownHexView shown(kContent);
    shown.view.setTopRow(40);
    const QPoint start = shown.place(41 * 16 + 2);
    press(shown, start);
    moveTo(shown, QPoint(start.x(), -100));
    QTRY_COMPARE(shown.view.topRow(), Offset{0});
    QTRY_COMPARE(shown.view.caret(), Offset{0});
    release(shown, QPoint(start.x(), -100));
    // Released: nothing scrolls any more.
    shown.view.setTopRow(10);
    QTest::qWait(200);
    QCOMPARE(shown.view.topRow(), Offset{10});
}

void HexViewMouseTest::contextMenu() {
    ShownHexView shown(kContent);
    QSignalSpy wanted(&shown.view, &HexView::contextMenuWanted);
    shown.view.setSelection(Extent{16, 16});
    const auto ask = [&](QPoint place) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                shown.view.viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(shown.view.viewport(), &event);
    };
    // On the selection it is about the selection, elsewhere about that byte.
    ask(shown.place(20));
    QCOMPARE(shown.view.selection(), (Extent{16, 16}));
    ask(shown.place(100, HexPane::Text));
    QVERIFY(shown.view.selection().isEmpty());
    QCOMPARE(shown.view.caret(), Offset{100});
    QCOMPARE(shown.view.activePane(), HexPane::Text);
    QCOMPARE(wanted.count(), 2);
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(shown.view.viewport(), &byKey);
    QCOMPARE(wanted.count(), 3);
    const QPoint at = shown.view.viewport()->mapFromGlobal(wanted[2][0].toPoint());
    QVERIFY(shown.view.caretRect().adjusted(-2, -2, 2, 2).contains(at));
}

void HexViewMouseTest::otherButtonsDoNotSelect() {
    ShownHexView shown(kContent);
    shown.view.setSelection(Extent{16, 16});
    QTest::mouseClick(shown.view.viewport(), Qt::RightButton, {}, shown.place(100));
    QTest::mouseClick(shown.view.viewport(), Qt::MiddleButton, {}, shown.place(100));
    QCOMPARE(shown.view.selection(), (Extent{16, 16}));
}

QTEST_MAIN(HexViewMouseTest)
#include "hex_view_mouse_test.moc"
