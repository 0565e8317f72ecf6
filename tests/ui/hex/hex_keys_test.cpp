#include "ui/hex/hex_keys.h"

#include <QTest>

using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::ui::CaretSpace;
using octavo::ui::HexKey;
using octavo::ui::hexKeyFor;
using octavo::ui::HexMove;
using octavo::ui::movedCaret;

Q_DECLARE_METATYPE(octavo::ui::HexMove)

class HexKeysTest : public QObject {
    Q_OBJECT

private slots:
    void meaning_data();
    void meaning();
    void moves_data();
    void moves();
    void neverLeavesTheDocument();
    void digits();
};

void HexKeysTest::meaning_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QString>("meaning");
    const int none = 0;
    const int shift = Qt::ShiftModifier;
    const int control = Qt::ControlModifier;
    const int alt = Qt::AltModifier;
    QTest::newRow("left") << int{Qt::Key_Left} << none << "move 0";
    QTest::newRow("Shift+right") << int{Qt::Key_Right} << shift << "extend 1";
    QTest::newRow("Ctrl+left") << int{Qt::Key_Left} << control << "move 2";
    QTest::newRow("Ctrl+Shift+right") << int{Qt::Key_Right} << (control | shift) << "extend 3";
    QTest::newRow("up") << int{Qt::Key_Up} << none << "move 4";
    QTest::newRow("Shift+down") << int{Qt::Key_Down} << shift << "extend 5";
    QTest::newRow("home") << int{Qt::Key_Home} << none << "move 6";
    QTest::newRow("Shift+end") << int{Qt::Key_End} << shift << "extend 7";
    QTest::newRow("page up") << int{Qt::Key_PageUp} << none << "move 8";
    QTest::newRow("Shift+page down") << int{Qt::Key_PageDown} << shift << "extend 9";
    QTest::newRow("Ctrl+home") << int{Qt::Key_Home} << control << "move 10";
    QTest::newRow("Ctrl+Shift+end") << int{Qt::Key_End} << (control | shift) << "extend 11";
    QTest::newRow("keypad left") << int{Qt::Key_Left} << int{Qt::KeypadModifier} << "move 0";
    QTest::newRow("tab") << int{Qt::Key_Tab} << none << "pane";
    QTest::newRow("insert") << int{Qt::Key_Insert} << none << "mode";
    QTest::newRow("backspace") << int{Qt::Key_Backspace} << none << "backspace";
    QTest::newRow("Shift+backspace") << int{Qt::Key_Backspace} << shift << "backspace";
    QTest::newRow("delete") << int{Qt::Key_Delete} << none << "delete";
    QTest::newRow("escape") << int{Qt::Key_Escape} << none << "clear";
    // Somebody else's: paste, cut and copy, back and forward, the next widget, typing.
    QTest::newRow("Shift+insert") << int{Qt::Key_Insert} << shift << "none";
    QTest::newRow("Shift+delete") << int{Qt::Key_Delete} << shift << "none";
    QTest::newRow("Ctrl+insert") << int{Qt::Key_Insert} << control << "none";
    QTest::newRow("Alt+left") << int{Qt::Key_Left} << alt << "none";
    QTest::newRow("Shift+tab") << int{Qt::Key_Backtab} << shift << "none";
    QTest::newRow("Ctrl+tab") << int{Qt::Key_Tab} << control << "none";
    QTest::newRow("Ctrl+up") << int{Qt::Key_Up} << control << "none";
    QTest::newRow("A") << int{Qt::Key_A} << none << "none";
    QTest::newRow("Ctrl+A") << int{Qt::Key_A} << control << "none";
}

void HexKeysTest::meaning() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(QString, meaning);
    const std::optional<HexKey> found = hexKeyFor(key, Qt::KeyboardModifiers(modifiers));
    QString text = "none";
    if (found && found->kind == HexKey::Kind::Move) {
        text = QString("%1 %2").arg(found->extend ? "extend" : "move").arg(int(found->move));
    } else if (found) {
        const QStringList names{"move",       "pane",   "mode",  "backspace",
                                "back digit", "delete", "value", "clear"};
        text = names[static_cast<int>(found->kind)];
    }
    QCOMPARE(text, meaning);
}

void HexKeysTest::moves_data() {
    QTest::addColumn<HexMove>("move");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<bool>("extend");
    QTest::addColumn<qint64>("to");
    // 100 bytes: six rows and four bytes; a page is three rows.
    const auto row = [](const char* name, HexMove move, qint64 from, qint64 to,
                        bool extend = false) {
        QTest::newRow(name) << move << from << extend << to;
    };
    row("left", HexMove::Left, 5, 4);
    row("left at the start", HexMove::Left, 0, 0);
    row("right", HexMove::Right, 5, 6);
    row("right over a row's end", HexMove::Right, 15, 16);
    row("right to the end", HexMove::Right, 99, 100);
    row("right at the end", HexMove::Right, 100, 100);
    row("group left from within", HexMove::GroupLeft, 13, 8);
    row("group left from its start", HexMove::GroupLeft, 8, 0);
    row("group left over a row", HexMove::GroupLeft, 16, 8);
    row("group left at the start", HexMove::GroupLeft, 0, 0);
    row("group right", HexMove::GroupRight, 3, 8);
    row("group right over a row", HexMove::GroupRight, 8, 16);
    row("group right to the end", HexMove::GroupRight, 97, 100);
    row("up", HexMove::Up, 20, 4);
    row("up in the first row", HexMove::Up, 4, 4);
    row("down", HexMove::Down, 4, 20);
    row("down to a short row", HexMove::Down, 90, 100);
    row("down in the last row", HexMove::Down, 97, 97);
    row("row start", HexMove::RowStart, 20, 16);
    row("row end stands on the last cell", HexMove::RowEnd, 20, 31);
    row("row end selects the last cell", HexMove::RowEnd, 20, 32, true);
    row("row end of the last row", HexMove::RowEnd, 97, 100);
    row("page up", HexMove::PageUp, 70, 22);
    row("page up near the start", HexMove::PageUp, 20, 4);
    row("page down", HexMove::PageDown, 4, 52);
    row("page down near the end", HexMove::PageDown, 66, 98);
    row("page down past a short row", HexMove::PageDown, 75, 100);
    row("document start", HexMove::DocumentStart, 70, 0);
    row("document end", HexMove::DocumentEnd, 70, 100);
}

void HexKeysTest::moves() {
    QFETCH(HexMove, move);
    QFETCH(qint64, from);
    QFETCH(bool, extend);
    QFETCH(qint64, to);
    QCOMPARE(qint64{movedCaret(move, from, {100, 16, 3}, extend)}, to);
}

void HexKeysTest::neverLeavesTheDocument() {
    for (const Offset length : {Offset{0}, Offset{1}, Offset{16}, Offset{17}, kMaxLength}) {
        for (const Offset from : {Offset{0}, length / 2, std::max<Offset>(0, length - 1), length}) {
            for (int move = 0; move <= static_cast<int>(HexMove::DocumentEnd); ++move) {
                for (const bool extend : {false, true}) {
                    const Offset to =
                        movedCaret(static_cast<HexMove>(move), from, {length, 16, 50}, extend);
                    QVERIFY(to >= 0 && to <= length);
                }
            }
        }
    }
}

void HexKeysTest::digits() {
    for (int character = 0; character < 0x10000; ++character) {
        bool isHex = false;
        const int value = QString(QChar(static_cast<char16_t>(character))).toInt(&isHex, 16);
        const bool isDigit = isHex && character < 0x80;
        QCOMPARE(octavo::ui::hexDigitValue(static_cast<char16_t>(character)), isDigit ? value : -1);
    }
}

QTEST_GUILESS_MAIN(HexKeysTest)
#include "hex_keys_test.moc"
