// The grid with cells of other kinds, rows of other lengths and text in other encodings: what keys
// do in it, and what stays where it is when the format changes.
#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QHash>
#include <QLineEdit>
#include <QScrollBar>

using namespace octavo;
using core::Extent;
using core::Offset;
using test::ShownHexView;
using ui::CellKind;
using ui::HexFormat;
using ui::HexPane;

Q_DECLARE_METATYPE(octavo::ui::CellKind)

class HexViewCellsTest : public QObject {
    Q_OBJECT

private slots:
    void script_data();
    void script();
    void digitsOfACellAreOneUndoStep();
    void aValueIsOneUndoStep();
    void whatIsNoValueStaysInTheField();
    void escapeLeavesTheValue();
    void aClickElsewhereTakesTheValue();
    void readOnlyOpensNoField();
    void text_data();
    void text();
    void charactersAreErasedWhole_data();
    void charactersAreErasedWhole();
    void anotherKindForgetsTheDigit();
    void theFieldIsAboutItsCell();
    void whatIsNotTouchedIsNoEdit_data();
    void whatIsNotTouchedIsNoEdit();
    void returnChangesInInsertModeToo();
    void scrollingTakesTheValue();
    void caretMovesByCells_data();
    void caretMovesByCells();
    void clicksHitWholeCells();
    void rowsFitTheWidth();
    void theTopStaysWhenRowsChange();
    void bytesStayKnownWhenRowsChange();
    void everyRowIsReached_data();
    void everyRowIsReached();
    void relativeOffsetsFollowTheCaret();
};

namespace {

const QByteArray kText = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

HexFormat formatOf(CellKind kind, core::ByteOrder order = core::ByteOrder::Little,
                   const char* encoding = "ISO-8859-1") {
    HexFormat format;
    format.kind = kind;
    format.order = order;
    format.encoding = encoding;
    return format;
}

/// Keys go to what has the focus: the grid or a field over it.
void press(ShownHexView& shown, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWidget* const focus = QApplication::focusWidget();
    QTest::keyClick(focus != nullptr ? focus : &shown.view, key, modifiers);
}

void typeInto(const QString& text) {
    for (const QChar character : text) {
        QTest::sendKeyEvent(QTest::Click, QApplication::focusWidget(), Qt::Key_unknown,
                            QString(character), Qt::NoModifier);
    }
}

/// Words of a script: keys by name, `@N` sets the caret, `@N+L` a selection, "…" types.
void play(ShownHexView& shown, const QString& script) {
    const QHash<QString, Qt::Key> keys{{"Left", Qt::Key_Left},
                                       {"Right", Qt::Key_Right},
                                       {"Up", Qt::Key_Up},
                                       {"Down", Qt::Key_Down},
                                       {"Tab", Qt::Key_Tab},
                                       {"Insert", Qt::Key_Insert},
                                       {"Delete", Qt::Key_Delete},
                                       {"Escape", Qt::Key_Escape},
                                       {"Return", Qt::Key_Return},
                                       {"End", Qt::Key_End},
                                       {"Backspace", Qt::Key_Backspace}};
    for (const QString& word : script.split(' ')) {
        if (word.startsWith('@')) {
            const QStringList numbers = word.mid(1).split('+');
            shown.view.setSelection({numbers[0].toLongLong(), numbers.value(1).toLongLong()});
        } else if (word.startsWith('"')) {
            typeInto(word.mid(1, word.size() - 2));
        } else if (word.startsWith("Ctrl")) {
            QVERIFY2(keys.contains(word.mid(4)), qPrintable(word));
            press(shown, keys[word.mid(4)], Qt::ControlModifier);
        } else {
            QVERIFY2(keys.contains(word), qPrintable(word));
            press(shown, keys[word]);
        }
    }
}

QLineEdit* fieldOf(ShownHexView& shown) {
    for (QLineEdit* const field : shown.view.findChildren<QLineEdit*>()) {
        if (field->isVisible()) {
            return field;
        }
    }
    return nullptr;
}

}  // namespace

void HexViewCellsTest::script_data() {
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<bool>("big");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qint64>("caret");
    QTest::addColumn<int>("digit");
    const auto row = [](const char* name, CellKind kind, bool big, const char* script,
                        const QByteArray& content, qint64 caret, int digit = 0) {
        QTest::newRow(name) << kind << big << QString(script) << content << caret << digit;
    };
    const QByteArray ten = kText.first(10);
    // ---- By digits
    row("32 bits, the low byte last", CellKind::Hex32, true, "@4 \"61626364\"", "ABCDabcdIJ", 8);
    row("32 bits, the low byte first", CellKind::Hex32, false, "@4 \"61626364\"", "ABCDdcbaIJ", 8);
    row("some digits", CellKind::Hex32, false, "@4 \"616\"", "ABCDEFgaIJ", 4, 3);
    row("from within a cell", CellKind::Hex16, true, "@5 \"6162\"", "ABCDabGHIJ", 6);
    row("over two cells", CellKind::Hex16, true, "@0 \"61626364\"", "abcdEFGHIJ", 4);
    row("the part at the end is filled up", CellKind::Hex32, true, "@8 \"6\"",
        QByteArray("ABCDEFGHiJ\0\0", 12), 8, 1);
    row("appends a cell", CellKind::Hex16, true, "@10 \"6162\"", "ABCDEFGHIJab", 12);
    row("inserts a cell", CellKind::Hex16, false, "Insert @2 \"6162\"", "ABbaCDEFGHIJ", 4);
    row("in place of cells", CellKind::Hex16, true, "Insert @2+4 \"6162\"", "ABabGHIJ", 4);
    row("not within a cell", CellKind::Hex16, true, "Insert @3+3 \"6162\"", ten, 6);
    row("octal", CellKind::Octal8, false, "@0 \"141142\"", "abCDEFGHIJ", 2);
    row("octal, no 8", CellKind::Octal8, false, "@0 \"1841\"", "aBCDEFGHIJ", 1);
    row("octal, too large", CellKind::Octal8, false, "@0 \"4\"", ten, 0);
    row("binary", CellKind::Binary8, false, "@1 \"01100010\"", "AbCDEFGHIJ", 2);
    row("binary, one digit", CellKind::Binary8, false, "@1 Right Left \"1\"",
        "A\xC2"
        "CDEFGHIJ",
        1, 1);
    row("back by a digit", CellKind::Hex16, true, "@0 \"616\" CtrlBackspace \"7\"", "arCDEFGHIJ", 0,
        3);
    row("back into the cell before", CellKind::Hex16, true, "@2 CtrlBackspace \"f\"", "AOCDEFGHIJ",
        2);
    row("back by a digit, bytes", CellKind::Hex8, false, "@1 CtrlBackspace \"f\"", "OBCDEFGHIJ", 1);
    row("takes back the digit that inserted", CellKind::Hex16, true,
        "Insert @2 \"6\" CtrlBackspace", ten, 2);
    row("deletes a cell", CellKind::Hex32, true, "Insert @4 Delete", "ABCDIJ", 4);
    row("deletes the cell before", CellKind::Hex32, true, "Insert @8 Backspace", "ABCDIJ", 4);
    row("the text pane goes by bytes", CellKind::Hex32, true, "Tab Insert @8 Backspace",
        "ABCDEFGIJ", 7);
    // ---- As values
    row("a decimal byte", CellKind::Unsigned8, false, "@0 \"97\" Return", "aBCDEFGHIJ", 1);
    row("one after the other", CellKind::Unsigned8, false, "@0 \"97\" Return \"98\" Return",
        "abCDEFGHIJ", 2);
    row("Tab goes on too", CellKind::Unsigned8, false, "@0 \"97\" Tab \"98\" Tab", "abCDEFGHIJ", 2);
    row("a signed one", CellKind::Signed8, false, "@0 \"-1\" Return",
        "\xFF"
        "BCDEFGHIJ",
        1);
    row("hexadecimal", CellKind::Unsigned16, true, "@0 \"0x6162\" Return", "abCDEFGHIJ", 2);
    row("a number, the low byte first", CellKind::Unsigned16, false, "@0 \"25185\" Return",
        "abCDEFGHIJ", 2);
    row("a float", CellKind::Float32, true, "@4 \"1\" Return", QByteArray("ABCD\x3F\x80\0\0IJ", 10),
        8);
    row("a negative float", CellKind::Float32, true, "@4 \"-.5\" Return",
        QByteArray("ABCD\xBF\0\0\0IJ", 10), 8);
    row("up", CellKind::Unsigned8, false, "@1 \"97\" Down", "AaCDEFGHIJ", 1);
    row("changed in its field", CellKind::Unsigned8, false, "@0 Return End Backspace Return",
        "\x06"
        "BCDEFGHIJ",
        1);
    row("inserted", CellKind::Unsigned8, false, "Insert @1 \"97\" Return", "AaBCDEFGHIJ", 2);
    row("appended", CellKind::Unsigned16, true, "@10 \"24930\" Return", "ABCDEFGHIJab", 12);
    row("the part at the end", CellKind::Unsigned32, true, "@8 \"1633837924\" Return",
        "ABCDEFGHabcd", 12);
    row("letters begin no value", CellKind::Unsigned8, false, "@0 \"x\"", ten, 0);
}

void HexViewCellsTest::script() {
    QFETCH(CellKind, kind);
    QFETCH(bool, big);
    QFETCH(QString, script);
    QFETCH(QByteArray, content);
    QFETCH(qint64, caret);
    QFETCH(int, digit);
    ShownHexView shown(kText.first(10));
    shown.view.setFormat(formatOf(kind, big ? core::ByteOrder::Big : core::ByteOrder::Little));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, script);
    QCOMPARE(shown.content(), content);
    QCOMPARE(qint64{shown.view.caret()}, caret);
    QCOMPARE(shown.view.caretDigit(), digit);
    QVERIFY(fieldOf(shown) == nullptr);
}

void HexViewCellsTest::digitsOfACellAreOneUndoStep() {
    for (const core::ByteOrder order : {core::ByteOrder::Little, core::ByteOrder::Big}) {
        ShownHexView shown(kText);
        shown.view.setFormat(formatOf(CellKind::Hex32, order));
        QTRY_VERIFY(shown.view.isFullyLoaded());
        play(shown, "@4 \"6162636465666768\"");
        QVERIFY(shown.content() != kText);
        QVERIFY(shown.document().undo().ok());
        QCOMPARE(shown.content(), kText);
    }
}

void HexViewCellsTest::aValueIsOneUndoStep() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned16, core::ByteOrder::Big));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@0 \"24930\" Return \"1\" Return");
    QVERIFY(shown.document().undo().ok());
    QCOMPARE(shown.content(), "ab" + kText.mid(2));
}

void HexViewCellsTest::whatIsNoValueStaysInTheField() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@0 \"256\" Return");
    QVERIFY(fieldOf(shown) != nullptr);
    QCOMPARE(fieldOf(shown)->text(), QString("256"));
    QVERIFY(fieldOf(shown)->accessibleDescription().contains("255"));
    QCOMPARE(shown.content(), kText);
    play(shown, "Backspace Return");
    QCOMPARE(shown.content(), "\x19" + kText.mid(1));
}

void HexViewCellsTest::escapeLeavesTheValue() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@3 \"7\" Escape");
    QCOMPARE(shown.content(), kText);
    QVERIFY(shown.view.hasFocus());
    QCOMPARE(shown.view.caret(), Offset{3});
}

void HexViewCellsTest::aClickElsewhereTakesTheValue() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@0 \"97\"");
    shown.click(shown.place(5));
    QCOMPARE(shown.content(), "a" + kText.mid(1));
    QCOMPARE(shown.view.caret(), Offset{5});
}

void HexViewCellsTest::readOnlyOpensNoField() {
    ShownHexView shown(kText);
    QVERIFY(shown.document().revert().ok());
    auto document = core::Document::untitled();
    QVERIFY(document->setAccessMode(core::AccessMode::ReadOnly).ok());
    ShownHexView readOnly(std::move(document));
    readOnly.view.setFormat(formatOf(CellKind::Unsigned8));
    QSignalSpy refused(readOnly.editor.get(), &ui::EditorDocument::editRefused);
    play(readOnly, "\"7\"");
    QCOMPARE(refused.size(), 1);
    QVERIFY(fieldOf(readOnly) == nullptr);
}

void HexViewCellsTest::text_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("content");  // of "ABCDEF" typed over from the second byte on
    QTest::addColumn<bool>("refused");
    QTest::newRow("UTF-8") << "UTF-8" << QString::fromUtf8("é")
                           << QByteArray("A\xC3\xA9"
                                         "DEF")
                           << false;
    QTest::newRow("UTF-16") << "UTF-16LE"
                            << "x" << QByteArray("x\0CDEF", 6) << false;
    QTest::newRow("Cyrillic") << "windows-1251" << QString::fromUtf8("П")
                              << QByteArray("A\xCF"
                                            "CDEF")
                              << false;
    QTest::newRow("EBCDIC") << "IBM037"
                            << "A"
                            << QByteArray("A\xC1"
                                          "CDEF")
                            << false;
    QTest::newRow("no such character")
        << "KOI8-R" << QString::fromUtf8("é") << QByteArray("ABCDEF") << true;
}

void HexViewCellsTest::text() {
    QFETCH(QString, encoding);
    QFETCH(QString, typed);
    QFETCH(QByteArray, content);
    QFETCH(bool, refused);
    ShownHexView shown(kText.first(6));
    shown.view.setFormat(formatOf(CellKind::Hex8, core::ByteOrder::Little, qPrintable(encoding)));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QSignalSpy refusals(shown.editor.get(), &ui::EditorDocument::editRefused);
    play(shown, "Tab @1 \"" + typed + "\"");
    QCOMPARE(shown.content(), content);
    QCOMPARE(refusals.size(), refused ? 1 : 0);
    if (refused) {
        QVERIFY(refusals[0][0].toString().contains(encoding));
    }
}

void HexViewCellsTest::charactersAreErasedWhole_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QByteArray>("left");
    const QByteArray utf8 = QString::fromUtf8("aé€b").toUtf8();
    QTest::newRow("UTF-8, back") << "UTF-8" << utf8 << "Tab Insert @3 Backspace"
                                 << QString::fromUtf8("a€b").toUtf8();
    QTest::newRow("UTF-8, back over three")
        << "UTF-8" << utf8 << "Tab Insert @6 Backspace" << QString::fromUtf8("aéb").toUtf8();
    QTest::newRow("UTF-8, forward")
        << "UTF-8" << utf8 << "Tab Insert @1 Delete" << QString::fromUtf8("a€b").toUtf8();
    QTest::newRow("UTF-8, one byte") << "UTF-8" << utf8 << "Tab Insert @1 Backspace" << utf8.mid(1);
    const QByteArray utf16 = QByteArray::fromHex("41003DD800DE4200");
    QTest::newRow("UTF-16, back over a pair")
        << "UTF-16LE" << utf16 << "Tab Insert @6 Backspace" << QByteArray::fromHex("41004200");
    QTest::newRow("UTF-16, forward")
        << "UTF-16LE" << utf16 << "Tab Insert @0 Delete" << utf16.mid(2);
    QTest::newRow("the hex pane has bytes")
        << "UTF-8" << utf8 << "Insert @3 Backspace" << utf8.left(2) + utf8.mid(3);
}

void HexViewCellsTest::charactersAreErasedWhole() {
    QFETCH(QString, encoding);
    QFETCH(QByteArray, content);
    QFETCH(QString, script);
    QFETCH(QByteArray, left);
    ShownHexView shown(content);
    shown.view.setFormat(formatOf(CellKind::Hex8, core::ByteOrder::Little, qPrintable(encoding)));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, script);
    QCOMPARE(shown.content(), left);
}

// The last digit of one kind is clicked, then another kind is chosen and a digit typed: only the
// cell at the caret may change.
void HexViewCellsTest::anotherKindForgetsTheDigit() {
    for (int first = 0; first < ui::kCellKinds; ++first) {
        for (int second = 0; second < ui::kCellKinds; ++second) {
            const CellKind before = CellKind(first);
            const CellKind after = CellKind(second);
            if (ui::factsOf(before).bitsPerDigit == 0 || ui::factsOf(after).bitsPerDigit == 0) {
                continue;
            }
            ShownHexView shown(kText);
            shown.view.setFormat(formatOf(before));
            QTRY_VERIFY(shown.view.isFullyLoaded());
            const QRect cell = shown.view.visualRect(shown.view.model()->index(0, 8));
            shown.click({cell.right() - 6, cell.center().y()});
            shown.view.setFormat(formatOf(after));
            QCOMPARE(shown.view.caretDigit(), 0);
            typeInto("1");
            const QByteArray content = shown.content();
            QCOMPARE(content.size(), kText.size());
            QCOMPARE(content.left(8), kText.left(8));
            QCOMPARE(content.mid(16), kText.mid(16));
        }
    }
}

void HexViewCellsTest::theFieldIsAboutItsCell() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@2 \"97\"");
    QVERIFY(fieldOf(shown) != nullptr);
    shown.view.jumpTo({9, 1});  // as a search that ends meanwhile
    QVERIFY(fieldOf(shown) == nullptr);
    QCOMPARE(shown.content(), "ABaDEFGHIJ" + kText.mid(10));
    QCOMPARE(shown.view.caret(), Offset{9});
    // An edit before it takes it along.
    play(shown, "@4 \"98\"");
    QVERIFY(shown.document().insert(0, core::Bytes{'!', '!'}).ok());
    play(shown, "Return");
    QCOMPARE(shown.content().left(8), QByteArray("!!ABaDbF"));
}

void HexViewCellsTest::whatIsNotTouchedIsNoEdit_data() {
    QTest::addColumn<QString>("keys");
    QTest::newRow("Return") << "Return Return";
    QTest::newRow("down") << "Return Down";
    QTest::newRow("in insert mode") << "Insert Return Return";
}

void HexViewCellsTest::whatIsNotTouchedIsNoEdit() {
    QFETCH(QString, keys);
    // A NaN has more bits than its name.
    const QByteArray content = QByteArray::fromHex("FFC12345") + kText.left(12);
    ShownHexView shown(content);
    shown.view.setFormat(formatOf(CellKind::Float32, core::ByteOrder::Big));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const std::uint64_t revision = shown.document().revision();
    play(shown, "@0 " + keys);
    QCOMPARE(shown.content(), content);
    QCOMPARE(shown.document().revision(), revision);
}

void HexViewCellsTest::returnChangesInInsertModeToo() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "Insert @0 Return \"97\" Return");
    QCOMPARE(shown.content(), "a" + kText.mid(1));
}

void HexViewCellsTest::scrollingTakesTheValue() {
    ShownHexView shown(kText + QByteArray(10'000, 'x'));
    shown.view.setFormat(formatOf(CellKind::Unsigned8));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, "@20 \"97\"");
    shown.view.setTopRow(1);
    QVERIFY(fieldOf(shown) != nullptr);  // it goes along
    // The wheel over the field is the view's.
    shown.view.setTopRow(0);
    QWheelEvent notch(QPointF(5, 5), fieldOf(shown)->mapToGlobal(QPointF(5, 5)), QPoint(),
                      QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(fieldOf(shown), &notch);
    QVERIFY(shown.view.topRow() > 0);
    shown.view.setTopRow(300);
    QVERIFY(fieldOf(shown) == nullptr);
    QCOMPARE(shown.content().at(20), 'a');
}

void HexViewCellsTest::caretMovesByCells_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<qint64>("caret");
    QTest::newRow("right") << "@0 Right" << qint64{4};
    QTest::newRow("left") << "@8 Left" << qint64{4};
    QTest::newRow("right from within") << "@5 Right" << qint64{8};
    QTest::newRow("left from within") << "@5 Left" << qint64{4};
    QTest::newRow("left at the start") << "@0 Left" << qint64{0};
    QTest::newRow("right to the end") << "@24 Right" << qint64{26};
    QTest::newRow("left from the end") << "@26 Left" << qint64{24};
    QTest::newRow("down") << "@4 Down" << qint64{20};
    QTest::newRow("end of the row") << "@0 End" << qint64{12};
    QTest::newRow("by bytes in the text pane") << "Tab @0 Right" << qint64{1};
}

void HexViewCellsTest::caretMovesByCells() {
    QFETCH(QString, script);
    QFETCH(qint64, caret);
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Float32));
    play(shown, script);
    QCOMPARE(qint64{shown.view.caret()}, caret);
}

void HexViewCellsTest::clicksHitWholeCells() {
    ShownHexView shown(kText);
    shown.view.setFormat(formatOf(CellKind::Hex32));
    shown.click(shown.place(4, HexPane::Hex, 1));
    QCOMPARE(shown.view.caret(), Offset{4});
    QVERIFY(shown.view.caretDigit() > 3);
    QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, Qt::NoModifier, shown.place(8));
    QCOMPARE(shown.view.selection(), (Extent{8, 8}));  // a group of eight
}

// ---- Rows

void HexViewCellsTest::rowsFitTheWidth() {
    ShownHexView shown(QByteArray(100'000, 'x'));
    HexFormat format;
    format.bytesPerRow = HexFormat::kFitWidth;
    shown.view.setFormat(format);
    const int before = shown.view.bytesPerRow();
    QCOMPARE(before % 8, 0);
    QCOMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
    shown.view.resize(shown.view.width() * 2, shown.view.height());
    QVERIFY(shown.view.bytesPerRow() > before);
    QCOMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
    shown.view.resize(60, shown.view.height());
    QCOMPARE(shown.view.bytesPerRow(), 8);
}

void HexViewCellsTest::theTopStaysWhenRowsChange() {
    ShownHexView shown(QByteArray(100'000, 'x'));
    HexFormat format;
    format.bytesPerRow = HexFormat::kFitWidth;
    shown.view.setFormat(format);
    shown.view.setTopRow(777);
    const Offset top = shown.view.topRow() * shown.view.bytesPerRow();
    for (int width = 300; width < 2000; width += 61) {
        shown.view.resize(width, shown.view.height());
        const int bytes = shown.view.bytesPerRow();
        QVERIFY(shown.view.topRow() * bytes <= top && top < (shown.view.topRow() + 1) * bytes);
    }
    shown.view.resize(900, shown.view.height());
    QCOMPARE(shown.view.topRow(), Offset{777});
}

void HexViewCellsTest::bytesStayKnownWhenRowsChange() {
    ShownHexView shown(kText + QByteArray(100'000, 'x'));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QVERIFY(shown.document().overwrite(3, core::Bytes{'!'}).ok());
    QTRY_VERIFY(shown.view.isFullyLoaded());
    HexFormat format;
    format.bytesPerRow = 24;
    shown.view.setFormat(format);
    QCOMPARE(shown.view.knownBytes({1, 3}), (std::optional<core::Bytes>{{'B', 'C', '!'}}));
    QCOMPARE(shown.view.model()->columnCount(), 24);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const QModelIndex last = shown.view.model()->index(1, 23);
    QCOMPARE(last.data(ui::HexModel::OffsetRole).toLongLong(), 47);
    QCOMPARE(last.data().toString(), QString("78"));
}

void HexViewCellsTest::everyRowIsReached_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("bytesPerRow");
    for (const int bytes : {2, 3, 8, 24, 512}) {
        for (const qint64 length : {qint64{0}, qint64{1}, qint64{511}, qint64{100'000},
                                    qint64{1} << 40, qint64{core::kMaxLength}}) {
            QTest::addRow("%lld in rows of %d", static_cast<long long>(length), bytes)
                << length << bytes;
        }
    }
}

void HexViewCellsTest::everyRowIsReached() {
    QFETCH(qint64, length);
    QFETCH(int, bytesPerRow);
    auto document = core::Document::untitled();
    if (length > 0) {
        QVERIFY(document->setLength(length).ok());
    }
    ShownHexView shown(std::move(document));
    HexFormat format;
    format.bytesPerRow = bytesPerRow;
    shown.view.setFormat(format);
    press(shown, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(qint64{shown.view.caret()}, length);
    QVERIFY(!shown.view.caretRect().isEmpty());
    press(shown, Qt::Key_Up);
    const Offset above = length >= bytesPerRow ? length - bytesPerRow : length;
    QCOMPARE(shown.view.caret(), above);
    press(shown, Qt::Key_PageUp);
    press(shown, Qt::Key_PageDown);
    QVERIFY(!shown.view.caretRect().isEmpty());
    press(shown, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(shown.view.topRow(), Offset{0});
}

void HexViewCellsTest::relativeOffsetsFollowTheCaret() {
    ShownHexView shown(QByteArray(1000, 'x'));
    HexFormat format;
    format.relativeOffsets = true;
    shown.view.setFormat(format);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const auto gutter = [&] {
        return shown.view.viewport()->grab(QRect(0, 30, 90, 300)).toImage();
    };
    const QImage before = gutter();
    press(shown, Qt::Key_Right);
    QVERIFY(gutter() != before);
    press(shown, Qt::Key_Left);
    QCOMPARE(gutter(), before);
}

QTEST_MAIN(HexViewCellsTest)
#include "hex_view_cells_test.moc"
