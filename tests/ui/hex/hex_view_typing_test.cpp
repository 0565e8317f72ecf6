#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QHash>
#include <QInputMethodEvent>

#include <functional>

using octavo::core::AccessMode;
using octavo::core::Bytes;
using octavo::core::Document;
using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::ShownHexView;
using octavo::ui::EditorDocument;
using octavo::ui::HexPane;
using octavo::ui::HexView;

Q_DECLARE_METATYPE(std::function<void(octavo::core::Document&)>)

class HexViewTypingTest : public QObject {
    Q_OBJECT

private slots:
    void script_data();
    void script();
    void firstDigitShowsAtOnce();
    void aByteIsOneUndoStep();
    void aRunOfTypingIsOneUndoStep();
    void movingTheCaretEndsAStep();
    void readOnlySaysWhy_data();
    void readOnlySaysWhy();
    void overwriteModeWillNotDeleteAByte();
    void charactersOutsideLatin1AreRefused();
    void inputMethodCommitsAreTyped();
    void pastes_data();
    void pastes();
    void erasesTheSelection();
    void editsBesideTheViewAreShown();
    void caretAndSelectionStayWithTheirBytes_data();
    void caretAndSelectionStayWithTheirBytes();
};

namespace {

const QByteArray kText = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Words of a script: keys by name, `@N` sets the caret, `@N+L` a selection, "…" types.
void play(ShownHexView& shown, const QString& script) {
    const QHash<QString, Qt::Key> keys{{"Left", Qt::Key_Left},
                                       {"Right", Qt::Key_Right},
                                       {"Tab", Qt::Key_Tab},
                                       {"Insert", Qt::Key_Insert},
                                       {"Backspace", Qt::Key_Backspace},
                                       {"Delete", Qt::Key_Delete},
                                       {"Escape", Qt::Key_Escape},
                                       {"End", Qt::Key_End}};
    for (const QString& word : script.split(' ')) {
        if (word.startsWith('@')) {
            const QStringList numbers = word.mid(1).split('+');
            const Extent extent{numbers[0].toLongLong(), numbers.value(1).toLongLong()};
            shown.view.setSelection(extent);
        } else if (word.startsWith('"')) {
            shown.type(word.mid(1, word.size() - 2));
        } else if (word == "CtrlEnd") {
            shown.key(Qt::Key_End, Qt::ControlModifier);
        } else {
            QVERIFY2(keys.contains(word), qPrintable(word));
            shown.key(keys[word]);
        }
    }
}

}  // namespace

void HexViewTypingTest::script_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qint64>("caret");
    QTest::addColumn<int>("digit");
    const auto row = [](const char* name, const char* script, const QByteArray& content,
                        qint64 caret, int digit = 0) {
        QTest::newRow(name) << QString(script) << content << caret << digit;
    };
    // ---- Overwriting, hex pane
    row("two digits", "@2 \"4a\"", "ABJDEF", 3);
    row("one digit keeps the low one", "@2 \"5\"", "ABSDEF", 2, 1);
    row("upper case digits", "@0 \"4F\"", "OBCDEF", 1);
    row("four digits", "@1 \"3031\"", "A01DEF", 3);
    row("letters that are no digits", "@2 \"xyz\"", "ABCDEF", 2);
    row("escape after a digit stays", "@2 \"5\" Escape", "ABSDEF", 2, 1);
    row("a move gives up the second digit", "@2 \"5\" Right \"61\"", "ABSaEF", 4);
    row("appends at the end", "CtrlEnd \"4748\"", "ABCDEFGH", 8);
    row("over the end", "@5 \"474849\"", "ABCDEGHI", 8);
    row("first digit at the end", "CtrlEnd \"4\"", "ABCDEF@", 6, 1);
    row("selection is typed over from its start", "@1+3 \"30\"", "A0CDEF", 2);
    row("backspace steps back", "@3 Backspace", "ABCDEF", 2);
    row("backspace at the start", "@0 Backspace", "ABCDEF", 0);
    row("backspace takes back the place of a digit", "@2 \"5\" Backspace", "ABSDEF", 2);
    row("delete erases a selection", "@1+3 Delete", "AEF", 1);
    // ---- Overwriting, text pane
    row("a character", "Tab @2 \"x\"", "ABxDEF", 3);
    row("characters", "Tab @2 \"12\"", "AB12EF", 4);
    row("digits are characters", "Tab @0 \"4a\"", "4aCDEF", 2);
    row("characters over the end", "Tab @5 \"xyz\"", "ABCDExyz", 8);
    row("back to the hex pane", "Tab Tab @0 \"30\"", "0BCDEF", 1);
    row("Latin-1", "Tab @0 \"\u00e9\"",
        "\xe9"
        "BCDEF",
        1);
    // ---- Inserting
    row("insert two digits", "Insert @2 \"4a\"", "ABJCDEF", 3);
    row("insert one digit", "Insert @2 \"4\"", "AB@CDEF", 2, 1);
    row("insert four digits", "Insert @1 \"3031\"", "A01BCDEF", 3);
    row("insert at the end", "Insert CtrlEnd \"47\"", "ABCDEFG", 7);
    row("insert in place of a selection", "Insert @1+3 \"30\"", "A0EF", 2);
    row("insert characters", "Insert Tab @1 \"xyz\"", "AxyzBCDEF", 4);
    row("characters in place of a selection", "Insert Tab @1+3 \"xy\"", "AxyEF", 3);
    row("insert mode toggles back", "Insert Insert @2 \"4a\"", "ABJDEF", 3);
    row("backspace erases", "Insert @3 Backspace", "ABDEF", 2);
    row("backspace erases a selection", "Insert @1+3 Backspace", "AEF", 1);
    row("backspace takes back a digit", "Insert @2 \"4\" Backspace", "ABCDEF", 2);
    row("backspace at the start keeps all", "Insert @0 Backspace", "ABCDEF", 0);
    row("delete erases", "Insert @3 Delete", "ABCEF", 3);
    row("delete at the end", "Insert CtrlEnd Delete", "ABCDEF", 6);
    row("delete after a digit", "Insert @2 \"4\" Delete", "ABCDEF", 2);
}

void HexViewTypingTest::script() {
    QFETCH(QString, script);
    QFETCH(QByteArray, content);
    QFETCH(qint64, caret);
    QFETCH(int, digit);
    ShownHexView shown(kText.first(6));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    play(shown, script);
    QCOMPARE(shown.content(), content);
    QCOMPARE(qint64{shown.view.caret()}, caret);
    QCOMPARE(shown.view.caretDigit(), digit);
    QVERIFY(shown.view.selection().isEmpty());
    // And the model shows the same.
    QTRY_VERIFY(shown.view.isFullyLoaded());
    for (qsizetype i = 0; i < content.size(); ++i) {
        const int byte = static_cast<unsigned char>(content[i]);
        QCOMPARE(shown.cell(i, octavo::ui::HexModel::ByteRole).toInt(), byte);
    }
}

void HexViewTypingTest::firstDigitShowsAtOnce() {
    ShownHexView shown(kText);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(4);
    shown.type("9");
    // No event loop has run: the model knows the new byte because it was typed here.
    QCOMPARE(shown.cell(4, octavo::ui::HexModel::ByteRole).toInt(), 0x95);
    QCOMPARE(shown.state(4) & octavo::ui::CellLoading, 0);
}

void HexViewTypingTest::aByteIsOneUndoStep() {
    ShownHexView shown(kText);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(4);
    shown.type("99");
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.content(), kText);
    // The one step left is the one that made the document.
    QVERIFY(shown.document().undo());
    QVERIFY(!shown.document().canUndo());
}

void HexViewTypingTest::aRunOfTypingIsOneUndoStep() {
    for (const bool insert : {false, true}) {
        for (const bool text : {false, true}) {
            ShownHexView shown(kText);
            QTRY_VERIFY(shown.view.isFullyLoaded());
            shown.view.setInsertMode(insert);
            shown.view.setActivePane(text ? HexPane::Text : HexPane::Hex);
            shown.view.setCaret(20);
            shown.type("1234567890123456789012345678901234567890");
            QVERIFY(shown.content() != kText);
            QVERIFY(shown.document().undo());
            QCOMPARE(shown.content(), kText);
        }
    }
}

void HexViewTypingTest::movingTheCaretEndsAStep() {
    ShownHexView shown(kText);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(4);
    shown.type("30");
    shown.key(Qt::Key_Right);
    shown.key(Qt::Key_Left);
    shown.type("31");
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.content(), "ABCD0FGHIJKLMNOPQRSTUVWXYZ");
}

void HexViewTypingTest::readOnlySaysWhy_data() {
    QTest::addColumn<QString>("script");
    QTest::newRow("digit") << "\"4\"";
    QTest::newRow("character") << "Tab \"x\"";
    QTest::newRow("inserted digit") << "Insert \"4\"";
    QTest::newRow("appended digit") << "CtrlEnd \"4\"";
    QTest::newRow("delete a selection") << "@1+3 Delete";
    QTest::newRow("delete") << "Insert Delete";
    QTest::newRow("backspace") << "Insert @3 Backspace";
}

void HexViewTypingTest::readOnlySaysWhy() {
    QFETCH(QString, script);
    const octavo::test::TestFolder folder;
    ShownHexView shown(Document::open(octavo::core::systemFileSystem(), folder.write("file", kText),
                                      AccessMode::ReadOnly)
                           .value());
    QSignalSpy refused(shown.editor.get(), &EditorDocument::editRefused);
    play(shown, script);
    QCOMPARE(shown.content(), kText);
    QVERIFY(!shown.document().isModified());
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains("read-only"));
    QCOMPARE(shown.view.caretDigit(), 0);
}

void HexViewTypingTest::overwriteModeWillNotDeleteAByte() {
    ShownHexView shown(kText);
    QSignalSpy refused(shown.editor.get(), &EditorDocument::editRefused);
    shown.view.setCaret(3);
    shown.key(Qt::Key_Delete);
    QCOMPARE(shown.content(), kText);
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains("Insert"));
}

void HexViewTypingTest::charactersOutsideLatin1AreRefused() {
    ShownHexView shown(kText);
    QSignalSpy refused(shown.editor.get(), &EditorDocument::editRefused);
    shown.view.setActivePane(HexPane::Text);
    shown.type(QString(QChar(0x20AC)));
    QCOMPARE(shown.content(), kText);
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains(QChar(0x20AC)));
}

void HexViewTypingTest::inputMethodCommitsAreTyped() {
    ShownHexView shown(kText);
    QVERIFY(shown.view.testAttribute(Qt::WA_InputMethodEnabled));
    QVERIFY(shown.view.inputMethodQuery(Qt::ImEnabled).toBool());
    shown.view.setActivePane(HexPane::Text);
    QInputMethodEvent commit;
    commit.setCommitString(QString::fromLatin1("\xe9\xe8"));
    QCoreApplication::sendEvent(&shown.view, &commit);
    QCOMPARE(shown.content().first(4), "\xe9\xe8"
                                       "CD");
    QCOMPARE(shown.view.caret(), Offset{2});
    const QRect caret = shown.view.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    QVERIFY(caret.contains(shown.place(2, HexPane::Text)));
}

void HexViewTypingTest::pastes_data() {
    QTest::addColumn<bool>("insert");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<qint64>("caret");
    QTest::newRow("over") << false << qint64{1} << qint64{0} << QByteArray("A123EF") << qint64{4};
    QTest::newRow("over a selection's start")
        << false << qint64{1} << qint64{1} << QByteArray("A123EF") << qint64{4};
    QTest::newRow("over the end") << false << qint64{5} << qint64{0} << QByteArray("ABCDE123")
                                  << qint64{8};
    QTest::newRow("at the end") << false << qint64{6} << qint64{0} << QByteArray("ABCDEF123")
                                << qint64{9};
    QTest::newRow("between") << true << qint64{1} << qint64{0} << QByteArray("A123BCDEF")
                             << qint64{4};
    QTest::newRow("for a selection")
        << true << qint64{1} << qint64{4} << QByteArray("A123F") << qint64{4};
}

void HexViewTypingTest::pastes() {
    QFETCH(bool, insert);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    QFETCH(QByteArray, content);
    QFETCH(qint64, caret);
    ShownHexView shown(kText.first(6));
    shown.view.setInsertMode(insert);
    shown.view.setSelection(Extent{offset, length});
    shown.view.pasteBytes(Bytes{'1', '2', '3'});
    QCOMPARE(shown.content(), content);
    QCOMPARE(qint64{shown.view.caret()}, caret);
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.content(), kText.first(6));
}

void HexViewTypingTest::erasesTheSelection() {
    ShownHexView shown(kText);
    shown.view.setSelection(Extent{2, 20});
    shown.view.eraseSelection();
    QCOMPARE(shown.content(), "ABWXYZ");
    QCOMPARE(shown.view.caret(), Offset{2});
    shown.view.eraseSelection();  // nothing is selected now
    QCOMPARE(shown.content(), "ABWXYZ");
    QVERIFY(shown.document().undo());
    QCOMPARE(shown.content(), kText);
}

void HexViewTypingTest::editsBesideTheViewAreShown() {
    ShownHexView shown(kText);
    shown.view.selectAll();
    QCOMPARE(shown.view.caret(), Offset{26});
    QVERIFY(shown.document().erase({4, 20}));
    // The caret stood behind what is left.
    QCOMPARE(shown.view.caret(), Offset{6});
    QCOMPARE(shown.view.selection(), (Extent{0, 6}));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(4, octavo::ui::HexModel::ByteRole).toInt(), int{'Y'});
    QVERIFY(shown.document().undo());
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.cell(4, octavo::ui::HexModel::ByteRole).toInt(), int{'E'});
}

void HexViewTypingTest::caretAndSelectionStayWithTheirBytes_data() {
    using Edit = std::function<void(Document&)>;
    QTest::addColumn<Extent>("before");
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Extent>("after");
    const auto insert = [](Offset at) {
        return Edit(
            [at](Document& document) { (void)document.insert(at, octavo::test::span("123")); });
    };
    const auto erase = [](Offset at, Offset length) {
        return Edit([=](Document& document) { (void)document.erase(Extent{at, length}); });
    };
    QTest::newRow("inserted before the caret") << Extent{10, 0} << insert(4) << Extent{13, 0};
    QTest::newRow("inserted at the caret") << Extent{10, 0} << insert(10) << Extent{13, 0};
    QTest::newRow("inserted behind the caret") << Extent{10, 0} << insert(11) << Extent{10, 0};
    QTest::newRow("erased before the caret") << Extent{10, 0} << erase(2, 5) << Extent{5, 0};
    QTest::newRow("erased around the caret") << Extent{10, 0} << erase(8, 5) << Extent{8, 0};
    QTest::newRow("inserted before the selection") << Extent{10, 5} << insert(0) << Extent{13, 5};
    QTest::newRow("inserted in the selection") << Extent{10, 5} << insert(12) << Extent{10, 8};
    QTest::newRow("inserted at its edges") << Extent{10, 5} << Edit([](Document& document) {
        (void)document.insert(15, octavo::test::span("123"));
        (void)document.insert(10, octavo::test::span("123"));
    }) << Extent{13, 5};
    QTest::newRow("a part of it erased") << Extent{10, 5} << erase(8, 4) << Extent{8, 3};
    QTest::newRow("overwritten") << Extent{10, 5} << Edit([](Document& document) {
        (void)document.overwrite(9, octavo::test::span("1234567"));
    }) << Extent{10, 5};
}

/// Edits that others make, and their undoing.
void HexViewTypingTest::caretAndSelectionStayWithTheirBytes() {
    QFETCH(Extent, before);
    QFETCH(std::function<void(Document&)>, edit);
    QFETCH(Extent, after);
    for (const bool isBackward : {false, true}) {
        ShownHexView shown(kText);
        shown.view.setSelection(before);
        if (isBackward && before.length > 0) {
            shown.view.setCaret(before.end());
            for (Offset i = 0; i < before.length; ++i)
                shown.key(Qt::Key_Left, Qt::ShiftModifier);
        }
        QCOMPARE(shown.view.selection(), before);
        edit(shown.document());
        QCOMPARE(shown.view.selection(), after);
        const Offset caret = isBackward ? after.offset : after.end();
        QCOMPARE(shown.view.caret(), caret);
        // Typing goes on from there.
        if (before.length == 0) {
            shown.type("EE");
            QCOMPARE(shown.content().at(static_cast<int>(caret)), '\xEE');
        }
    }
}

QTEST_MAIN(HexViewTypingTest)
#include "hex_view_typing_test.moc"
