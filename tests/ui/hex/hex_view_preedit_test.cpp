// What an input method composes, in the grid: shown at the caret, then committed or dropped.
#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QHash>
#include <QImage>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QTextCharFormat>

#include <functional>

using octavo::core::Bytes;
using octavo::core::Offset;
using octavo::test::ShownHexView;
using octavo::ui::HexFormat;
using octavo::ui::HexPane;
using octavo::ui::Preedit;

class HexViewPreeditTest : public QObject {
    Q_OBJECT

private slots:
    void ofEvents_data();
    void ofEvents();
    void isShownAtTheCaretOnly_data();
    void isShownAtTheCaretOnly();
    void staysInTheGrid_data();
    void staysInTheGrid();
    void commitTakesItsPlace_data();
    void commitTakesItsPlace();
    void isDropped_data();
    void isDropped();
    void goesAlongWithItsBytes();
    void cursorRectangleIsTheCaretsCell();
};

namespace {

using Attribute = QInputMethodEvent::Attribute;

// Of letters that every fixed-pitch font has; and of others.
const QString kLatin = QStringLiteral("abc");
const QString kKana = QString::fromUtf8("ねこ");

void compose(ShownHexView& shown, const QString& text, const QString& commit = {},
             const QList<Attribute>& attributes = {}) {
    QInputMethodEvent event(text, attributes);
    event.setCommitString(commit);
    QApplication::sendEvent(&shown.view, &event);
}

/// 30 rows of bytes with the caret at `caret` of the text pane.
struct Composing : ShownHexView {
    explicit Composing(Offset caret = 5 * 16 + 3) : ShownHexView(QByteArray(500, '.')) {
        HexFormat format;
        format.encoding = "UTF-8";
        view.setFormat(format);
        view.setActivePane(HexPane::Text);
        view.setCaret(caret);
    }
    QImage picture() { return view.viewport()->grab().toImage(); }
};

/// What differs between two pictures of the same size.
QRect difference(const QImage& a, const QImage& b) {
    QRect all;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (a.pixel(x, y) != b.pixel(x, y)) {
                all |= QRect(x, y, 1, 1);
            }
        }
    }
    return all;
}

QTextCharFormat withGround() {
    QTextCharFormat format;
    format.setBackground(Qt::yellow);
    return format;
}

QTextCharFormat underlined() {
    QTextCharFormat format;
    format.setFontUnderline(true);
    return format;
}

}  // namespace

Q_DECLARE_METATYPE(QList<QInputMethodEvent::Attribute>)
Q_DECLARE_METATYPE(octavo::ui::Preedit)

void HexViewPreeditTest::ofEvents_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<Attribute>>("attributes");
    QTest::addColumn<Preedit>("expected");
    const auto cursor = [](int at, int length) {
        return Attribute(QInputMethodEvent::Cursor, at, length);
    };
    const auto format = [](int at, int length, const QTextFormat& how) {
        return Attribute(QInputMethodEvent::TextFormat, at, length, how);
    };
    QTest::newRow("none") << "" << QList<Attribute>{} << Preedit{"", 0, 0, 0};
    QTest::newRow("without attributes") << "abc" << QList<Attribute>{} << Preedit{"abc", 3, 0, 0};
    QTest::newRow("cursor") << "abc" << QList<Attribute>{cursor(1, 1)} << Preedit{"abc", 1, 0, 0};
    QTest::newRow("hidden cursor")
        << "abc" << QList<Attribute>{cursor(1, 0)} << Preedit{"abc", -1, 0, 0};
    QTest::newRow("cursor far out")
        << "abc" << QList<Attribute>{cursor(9, 1)} << Preedit{"abc", 3, 0, 0};
    QTest::newRow("underlined") << "abc" << QList<Attribute>{format(0, 3, underlined())}
                                << Preedit{"abc", 3, 0, 0};
    QTest::newRow("clause") << "abc" << QList<Attribute>{format(1, 2, withGround()), cursor(1, 1)}
                            << Preedit{"abc", 1, 1, 2};
    QTest::newRow("clause that is too long")
        << "abc" << QList<Attribute>{format(2, 9, withGround())} << Preedit{"abc", 3, 2, 1};
}

void HexViewPreeditTest::ofEvents() {
    QFETCH(QString, text);
    QFETCH(QList<Attribute>, attributes);
    QFETCH(Preedit, expected);
    QCOMPARE(Preedit::of(QInputMethodEvent(text, attributes)), expected);
}

void HexViewPreeditTest::isShownAtTheCaretOnly_data() {
    QTest::addColumn<bool>("isText");
    QTest::addColumn<QString>("text");
    QTest::newRow("text pane") << true << kLatin;
    QTest::newRow("text pane, another font") << true << kKana;
    QTest::newRow("hex pane") << false << kLatin;
}

void HexViewPreeditTest::isShownAtTheCaretOnly() {
    QFETCH(bool, isText);
    QFETCH(QString, text);
    Composing shown;
    shown.view.setActivePane(isText ? HexPane::Text : HexPane::Hex);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const QByteArray content = shown.content();
    const QImage before = shown.picture();
    compose(shown, text);
    QCOMPARE(shown.view.preedit().text, text);
    QCOMPARE(shown.content(), content);
    QCOMPARE(shown.view.caret(), Offset{5 * 16 + 3});
    const QRect changed = difference(before, shown.picture());
    const QRect cell = shown.view.caretRect();
    QVERIFY(!changed.isEmpty());
    QVERIFY(changed.top() >= cell.top() && changed.bottom() <= cell.bottom());
    QVERIFY(qAbs(changed.left() - cell.left()) <= cell.width());
    // More of it is wider, and a part that is being converted stands out.
    compose(shown, text + text);
    QVERIFY(difference(before, shown.picture()).right() > changed.right());
    const QImage plain = shown.picture();
    compose(shown, text + text, {}, {Attribute(QInputMethodEvent::TextFormat, 0, 1, withGround())});
    QVERIFY(!difference(plain, shown.picture()).isEmpty());
    // Nothing is left of what was taken back.
    compose(shown, {});
    QVERIFY(shown.view.preedit().isEmpty());
    QCOMPARE(shown.picture(), before);
}

void HexViewPreeditTest::staysInTheGrid_data() {
    QTest::addColumn<int>("caret");
    QTest::addColumn<int>("length");
    QTest::newRow("first column") << 80 << 3;
    QTest::newRow("last column") << 95 << 3;
    QTest::newRow("as long as the row") << 88 << 60;
    QTest::newRow("longer than the view") << 88 << 1000;
    QTest::newRow("first row") << 3 << 1000;
}

void HexViewPreeditTest::staysInTheGrid() {
    QFETCH(int, caret);
    QFETCH(int, length);
    Composing shown(caret);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const QImage before = shown.picture();
    compose(shown, QString(length, u'W'));
    const QRect changed = difference(before, shown.picture());
    const QRect cell = shown.view.caretRect();
    QVERIFY(!changed.isEmpty());
    QVERIFY(changed.top() >= cell.top() && changed.bottom() <= cell.bottom());
    shown.view.setActivePane(HexPane::Hex);
    const QRect firstCell = shown.view.visualRect(shown.view.model()->index(0, 0));
    QVERIFY(changed.left() >= firstCell.left());
}

void HexViewPreeditTest::commitTakesItsPlace_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("commit");
    QTest::addColumn<QByteArray>("typed");
    QTest::newRow("UTF-8") << "UTF-8" << kKana << QByteArray("\xE3\x81\xAD\xE3\x81\x93");
    QTest::newRow("UTF-16LE") << "UTF-16LE" << kKana << QByteArray("\x6D\x30\x53\x30");
    QTest::newRow("UTF-16BE") << "UTF-16BE" << kKana << QByteArray("\x30\x6D\x30\x53");
    QTest::newRow("Latin-1") << "ISO-8859-1" << QString::fromUtf8("é") << QByteArray("\xE9");
    QTest::newRow("Latin-1 has it not") << "ISO-8859-1" << kKana << QByteArray();
}

void HexViewPreeditTest::commitTakesItsPlace() {
    QFETCH(QString, encoding);
    QFETCH(QString, commit);
    QFETCH(QByteArray, typed);
    Composing shown(4);
    HexFormat format;
    format.encoding = encoding.toStdString();
    shown.view.setFormat(format);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QByteArray expected = shown.content();
    expected.replace(4, typed.size(), typed);
    compose(shown, QStringLiteral("n"));
    compose(shown, {}, commit);
    QVERIFY(shown.view.preedit().isEmpty());
    QCOMPARE(shown.content(), expected);
    QCOMPARE(shown.view.caret(), Offset{4} + typed.size());
    // One is committed and the next one begun by the same key.
    compose(shown, QStringLiteral("next"), commit);
    QCOMPARE(shown.view.preedit().text, "next");
    expected.replace(4 + typed.size(), typed.size(), typed);
    QCOMPARE(shown.content(), expected);
}

void HexViewPreeditTest::isDropped_data() {
    QTest::addColumn<QString>("action");
    QTest::newRow("an arrow key") << "right";
    QTest::newRow("the other pane") << "pane";
    QTest::newRow("a click") << "click";
    QTest::newRow("the caret is set") << "caret";
    QTest::newRow("a byte is typed") << "type";
    QTest::newRow("the focus goes") << "focus";
    QTest::newRow("another document") << "document";
    QTest::newRow("no document") << "no document";
}

void HexViewPreeditTest::isDropped() {
    QFETCH(QString, action);
    Composing shown;
    QTRY_VERIFY(shown.view.isFullyLoaded());
    Composing other;
    QLineEdit field;
    field.show();
    shown.view.activateWindow();
    shown.view.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&shown.view));
    const QByteArray content = shown.content();
    compose(shown, kLatin);
    QVERIFY(!shown.view.preedit().isEmpty());
    const QHash<QString, std::function<void()>> actions{
        {"right", [&] { shown.key(Qt::Key_Right); }},
        {"pane", [&] { shown.key(Qt::Key_Tab); }},
        {"click", [&] { shown.click(shown.place(20, HexPane::Text)); }},
        {"caret", [&] { shown.view.setCaret(0); }},
        {"type", [&] { shown.type("x"); }},
        {"focus",
         [&] {
             field.activateWindow();
             field.setFocus();
             QVERIFY(QTest::qWaitForWindowActive(&field));
         }},
        {"document", [&] { shown.view.setDocument(other.editor.get()); }},
        {"no document", [&] { shown.view.setDocument(nullptr); }},
    };
    actions[action]();
    QVERIFY(shown.view.preedit().isEmpty());
    if (action != "type") {
        QCOMPARE(shown.content(), content);
    }
    shown.view.setDocument(nullptr);
    compose(shown, kLatin);
    QVERIFY(shown.view.preedit().isEmpty());
}

// An edit of somebody else in front of it is no move of the caret.
void HexViewPreeditTest::goesAlongWithItsBytes() {
    Composing shown;
    QTRY_VERIFY(shown.view.isFullyLoaded());
    compose(shown, kLatin);
    QVERIFY(shown.document().insert(0, Bytes(16, 0x41)));
    QCOMPARE(shown.view.caret(), Offset{6 * 16 + 3});
    QCOMPARE(shown.view.preedit().text, kLatin);
}

void HexViewPreeditTest::cursorRectangleIsTheCaretsCell() {
    Composing shown;
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const auto rectangle = [&] {
        return shown.view.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    };
    compose(shown, kLatin);
    QCOMPARE(rectangle(), shown.view.caretRect());
    QVERIFY(rectangle().contains(shown.place(5 * 16 + 3, HexPane::Text)));
    compose(shown, {});
    shown.view.setActivePane(HexPane::Hex);
    QVERIFY(rectangle().contains(shown.place(5 * 16 + 3)));
    QVERIFY(shown.view.inputMethodQuery(Qt::ImEnabled).toBool());
}

QTEST_MAIN(HexViewPreeditTest)
#include "hex_view_preedit_test.moc"
