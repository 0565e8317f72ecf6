// Which keys the grid takes, and how they move caret and selection.
#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::ShownHexView;
using octavo::ui::HexPane;
using octavo::ui::HexView;

class HexViewKeysTest : public QObject {
    Q_OBJECT

private slots:
    void selects_data();
    void selects();
    void arrowsLeaveASelectionAtItsEnd();
    void selectAllByKey();
    void tabChangesPanesAndShiftTabLeaves();
    void escapeIsLeftToTheWindowWhenNothingIsSelected();
    void singleKeyShortcutsDoNotStealTyping();
    void signalsTellWhatChanged();
};

namespace {

const QByteArray kContent(1000, 'x');

}  // namespace

void HexViewKeysTest::selects_data() {
    QTest::addColumn<qint64>("from");
    QTest::addColumn<QList<int>>("keys");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("caret");
    const auto row = [](const char* name, qint64 from, const QList<int>& keys, qint64 offset,
                        qint64 length, qint64 caret) {
        QTest::newRow(name) << from << keys << offset << length << caret;
    };
    const int control = Qt::ControlModifier;
    row("four to the right", 4, QList<int>(4, Qt::Key_Right), 4, 4, 8);
    row("four to the left", 8, QList<int>(4, Qt::Key_Left), 4, 4, 4);
    row("out and back", 8, {Qt::Key_Right, Qt::Key_Left}, 8, 0, 8);
    row("through the anchor", 8, {Qt::Key_Right, Qt::Key_Left, Qt::Key_Left}, 7, 1, 7);
    row("a row down", 4, {Qt::Key_Down}, 4, 16, 20);
    row("a row up", 20, {Qt::Key_Up}, 4, 16, 4);
    row("to the row's end", 4, {Qt::Key_End}, 4, 12, 16);
    row("to the row's start", 4, {Qt::Key_Home}, 0, 4, 0);
    row("a group", 4, {Qt::Key_Right | control}, 4, 4, 8);
    row("to the end", 4, {Qt::Key_End | control}, 4, 996, 1000);
    row("to the start", 4, {Qt::Key_Home | control}, 0, 4, 0);
}

void HexViewKeysTest::selects() {
    QFETCH(qint64, from);
    QFETCH(QList<int>, keys);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(qint64, caret);
    ShownHexView shown(kContent);
    shown.view.setCaret(from);
    for (const int key : keys) {
        const auto modifiers = Qt::KeyboardModifiers(key & int(Qt::KeyboardModifierMask));
        shown.key(static_cast<Qt::Key>(key & ~int(Qt::KeyboardModifierMask)),
                  modifiers | Qt::ShiftModifier);
    }
    QCOMPARE(shown.view.selection().length, Offset{length});
    if (length > 0) {
        QCOMPARE(shown.view.selection().offset, Offset{offset});
    }
    QCOMPARE(qint64{shown.view.caret()}, caret);
    shown.key(Qt::Key_Escape);
    QVERIFY(shown.view.selection().isEmpty());
    QCOMPARE(qint64{shown.view.caret()}, caret);
}

void HexViewKeysTest::arrowsLeaveASelectionAtItsEnd() {
    ShownHexView shown(kContent);
    shown.view.setSelection(Extent{10, 20});
    shown.key(Qt::Key_Left);
    QCOMPARE(shown.view.caret(), Offset{10});
    QVERIFY(shown.view.selection().isEmpty());
    shown.view.jumpTo(Extent{10, 20});
    shown.key(Qt::Key_Right);
    QCOMPARE(shown.view.caret(), Offset{30});
    QVERIFY(shown.view.selection().isEmpty());
}

void HexViewKeysTest::selectAllByKey() {
    ShownHexView shown(kContent);
    shown.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(shown.view.selection(), (Extent{0, 1000}));
    QCOMPARE(shown.view.topRow(), Offset{0});
}

void HexViewKeysTest::tabChangesPanesAndShiftTabLeaves() {
    QWidget window;
    QVBoxLayout column(&window);
    QLineEdit before;
    HexView view;
    column.addWidget(&before);
    column.addWidget(&view);
    octavo::ui::EditorDocument editor(ShownHexView::untitled(kContent));
    view.setDocument(&editor);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Tab);
    QCOMPARE(view.activePane(), HexPane::Text);
    QTest::keyClick(&view, Qt::Key_Tab);
    QCOMPARE(view.activePane(), HexPane::Hex);
    QVERIFY(view.hasFocus());
    QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(before.hasFocus());
}

void HexViewKeysTest::escapeIsLeftToTheWindowWhenNothingIsSelected() {
    ShownHexView shown(kContent);
    int escapes = 0;
    const QShortcut shortcut(QKeySequence(Qt::Key_Escape), &shown.view, [&] { ++escapes; });
    shown.view.setSelection(Extent{1, 3});
    shown.key(Qt::Key_Escape);
    QVERIFY(shown.view.selection().isEmpty());
    QCOMPARE(escapes, 0);
    shown.key(Qt::Key_Escape);
    QCOMPARE(escapes, 1);
}

void HexViewKeysTest::singleKeyShortcutsDoNotStealTyping() {
    ShownHexView shown(kContent);
    int stolen = 0;
    const QShortcut letter(QKeySequence(Qt::Key_A), &shown.view, [&] { ++stolen; });
    const QShortcut erase(QKeySequence(Qt::Key_Delete), &shown.view, [&] { ++stolen; });
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.key(Qt::Key_A);
    shown.key(Qt::Key_A);
    shown.view.setSelection(Extent{10, 5});
    shown.key(Qt::Key_Delete);
    QCOMPARE(stolen, 0);
    QCOMPARE(shown.content().size(), 995);
    QCOMPARE(shown.content().at(0), '\xAA');
}

void HexViewKeysTest::signalsTellWhatChanged() {
    ShownHexView shown(kContent);
    QSignalSpy carets(&shown.view, &HexView::caretMoved);
    QSignalSpy selections(&shown.view, &HexView::selectionMoved);
    QSignalSpy modes(&shown.view, &HexView::insertModeChanged);
    QSignalSpy panes(&shown.view, &HexView::activePaneChanged);
    shown.key(Qt::Key_Right);
    QCOMPARE(carets.count(), 1);
    QCOMPARE(carets[0][0].value<Offset>(), Offset{1});
    QCOMPARE(selections.count(), 0);
    shown.key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(carets.count(), 2);
    QCOMPARE(selections.count(), 1);
    QCOMPARE(selections[0][0].value<Extent>(), (Extent{1, 1}));
    shown.key(Qt::Key_Escape);
    QCOMPARE(carets.count(), 2);
    QCOMPARE(selections.count(), 2);
    QVERIFY(selections[1][0].value<Extent>().isEmpty());
    shown.key(Qt::Key_Insert);
    QCOMPARE(modes.count(), 1);
    QVERIFY(shown.view.insertMode());
    shown.key(Qt::Key_Tab);
    QCOMPARE(panes.count(), 1);
    QCOMPARE(panes[0][0].value<HexPane>(), HexPane::Text);
    // What does not move is not told.
    shown.view.setCaret(2);
    shown.view.setInsertMode(true);
    shown.view.setActivePane(HexPane::Text);
    QCOMPARE(carets.count() + modes.count() + panes.count(), 4);
}

QTEST_MAIN(HexViewKeysTest)
#include "hex_view_keys_test.moc"
