#include "app/content_mime.h"
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

using namespace octavo;
using app::ActionId;
using core::Extent;
using octavo::test::WindowFixture;

class ClipboardTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QGuiApplication::clipboard()->clear(); }
    void copies_data();
    void copies();
    void copiesForPrograms();
    void everyByteSurvives();
    void pastes_data();
    void pastes();
    void pasteIsRefusedInWords_data();
    void pasteIsRefusedInWords();
    void refusedTextMayBePastedAsUtf8();
    void cutErasesWhatItCopied();
    void cutIsRefusedReadOnly();
    void tooMuchForATextIsSaid();
    void anySizeIsCopiedByReference();
    void textHasTheEncodingOfThePane();
    void keysInAFieldAreTheFields();
    void deleteErasesTheSelection();
    void deletesToTheEnd();

private:
    static QString copied() { return QGuiApplication::clipboard()->text(); }
    static bool isReference() {
        return qobject_cast<const app::ContentMime*>(QGuiApplication::clipboard()->mimeData()) !=
               nullptr;
    }
    static void put(const QString& text) { QGuiApplication::clipboard()->setText(text); }
};

void ClipboardTest::copies_data() {
    QTest::addColumn<ActionId>("action");
    QTest::addColumn<bool>("inTextPane");
    QTest::addColumn<QString>("text");
    QTest::newRow("hex pane") << ActionId::Copy << false << "00 41 C3 A9 FF";
    QTest::newRow("text pane") << ActionId::Copy << true
                               << QString::fromLatin1(QByteArray("\0A\xC3\xA9\xFF", 5));
    QTest::newRow("as hex") << ActionId::CopyHex << true << "00 41 C3 A9 FF";
    QTest::newRow("as text") << ActionId::CopyText << false
                             << QString::fromLatin1(QByteArray("\0A\xC3\xA9\xFF", 5));
}

void ClipboardTest::copiesForPrograms() {
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray("..\0A\xC3\xA9\xFF..", 9));
    fixture.view().setSelection({2, 5});
    for (const auto& [action, text] :
         {std::pair{ActionId::CopyC,
                    "const unsigned char data[5] = {\n    0x00, 0x41, 0xC3, 0xA9, 0xFF,\n};\n"},
          std::pair{ActionId::CopyPython, "data = (\n    b\"\\x00A\\xc3\\xa9\\xff\"\n)\n"},
          std::pair{ActionId::CopyDump,
                    "00000002: 0041 c3a9 ff                             .A...\n"},
          std::pair{ActionId::CopyBase64, "AEHDqf8=\n"}}) {
        fixture.run(action);
        QTRY_COMPARE(copied(), QString(text));
    }
    // And back.
    put("AEHDqf8=");
    fixture.view().setCaret(0);
    fixture.run(ActionId::PasteBase64);
    QCOMPARE(fixture.content().left(5), QByteArray("\0A\xC3\xA9\xFF", 5));
    put("no base64!");
    fixture.run(ActionId::PasteBase64);
    QVERIFY(fixture.message("clipboard").contains("base64"));
}

void ClipboardTest::copies() {
    QFETCH(ActionId, action);
    QFETCH(bool, inTextPane);
    QFETCH(QString, text);
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray("..\0A\xC3\xA9\xFF..", 9));
    if (inTextPane)
        fixture.key(Qt::Key_Tab);
    fixture.view().setSelection({2, 5});
    fixture.run(action);
    QTRY_COMPARE(copied(), text);
    QVERIFY(fixture.status().contains("5 bytes"));
}

void ClipboardTest::everyByteSurvives() {
    QByteArray bytes;
    for (int value = 0; value < 256; ++value)
        bytes.append(static_cast<char>(value));
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.bin", bytes + QByteArray(256, '.'));
    // Copied as text, which can hold no NUL in most programs; pasted as it was all the same.
    fixture.key(Qt::Key_Tab);
    fixture.view().setSelection({0, 256});
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(copied().size() == 256);
    fixture.view().setCaret(256);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.content(), bytes + bytes);
}

void ClipboardTest::pastes_data() {
    QTest::addColumn<ActionId>("action");
    QTest::addColumn<bool>("inTextPane");
    QTest::addColumn<bool>("insert");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("hex over") << ActionId::Paste << false << false << "41 42"
                              << QByteArray("01AB456789");
    QTest::newRow("hex in between")
        << ActionId::Paste << false << true << "0x41,0x42" << QByteArray("01AB23456789");
    QTest::newRow("text over") << ActionId::Paste << true << false << "41 4"
                               << QByteArray("0141 46789");
    QTest::newRow("as text") << ActionId::PasteText << false << false << "41"
                             << QByteArray("0141456789");
    QTest::newRow("as hex") << ActionId::PasteHex << true << false << "4142"
                            << QByteArray("01AB456789");
    QTest::newRow("Latin-1") << ActionId::Paste << true << false << QStringLiteral("\u00E9")
                             << QByteArray("01\xE9\x33\x34\x35\x36\x37\x38\x39");
}

void ClipboardTest::pastes() {
    QFETCH(ActionId, action);
    QFETCH(bool, inTextPane);
    QFETCH(bool, insert);
    QFETCH(QString, text);
    QFETCH(QByteArray, content);
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    if (inTextPane)
        fixture.key(Qt::Key_Tab);
    if (insert)
        fixture.key(Qt::Key_Insert);
    fixture.view().setCaret(2);
    put(text);
    fixture.run(action);
    QCOMPARE(fixture.content(), content);
    // One undo step.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void ClipboardTest::pasteIsRefusedInWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("no hex") << "hello"
                            << "hello";
    QTest::newRow("half a byte") << "DE A"
                                 << "\"A\"";
    QTest::newRow("nothing") << ""
                             << "no text";
}

void ClipboardTest::pasteIsRefusedInWords() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    if (text.isEmpty())
        QGuiApplication::clipboard()->setMimeData(new QMimeData);
    else
        put(text);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY2(fixture.message("clipboard").contains(part), qPrintable(fixture.message("clipboard")));
}

void ClipboardTest::refusedTextMayBePastedAsUtf8() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.key(Qt::Key_Tab);
    put(QStringLiteral("\u0416"));
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(fixture.follow("Paste as UTF-8"));
    QCOMPARE(fixture.content(), QByteArray("\xD0\x96") + "23456789");
}

void ClipboardTest::cutErasesWhatItCopied() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.view().setSelection({2, 3});
    fixture.key(Qt::Key_X, Qt::ControlModifier);
    QTRY_COMPARE(fixture.content(), QByteArray("0156789"));
    QCOMPARE(copied(), QStringLiteral("32 33 34"));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void ClipboardTest::cutIsRefusedReadOnly() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789", true);
    fixture.view().setSelection({2, 3});
    fixture.key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(!fixture.message("refused").isEmpty());
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void ClipboardTest::tooMuchForATextIsSaid() {
    WindowFixture fixture;
    const std::string path = fixture.folder.write("large.bin", {});
    QFile file(QString::fromStdString(path));
    QVERIFY(file.resize(app::ClipboardCommands::kMostBytes + 1));
    QVERIFY(fixture.open(path));
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    fixture.run(ActionId::CopyHex);
    QVERIFY2(fixture.message("clipboard").contains("64"), qPrintable(fixture.message("clipboard")));
    QVERIFY(!isReference());
    QVERIFY(fixture.follow("Copy for Octavo"));
    QTRY_VERIFY(isReference());
}

// A tebibyte is copied, cut and pasted, into another document too, in no time.
void ClipboardTest::anySizeIsCopiedByReference() {
    constexpr qint64 kLarge = qint64{1} << 40;
    WindowFixture fixture;
    const std::string path = fixture.folder.write("large.bin", {});
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(kLarge));
    QVERIFY(file.seek(kLarge - 3) && file.write("end") == 3);
    file.close();
    QVERIFY(fixture.open(path));
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(isReference());
    QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasText());
    fixture.key(Qt::Key_End, Qt::ControlModifier);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.document().document().length(), 2 * kLarge);
    // What was copied stays, whatever becomes of its document.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.document().document().length(), kLarge);
    fixture.view().setSelection({kLarge - 3, 3});
    QTest::keyClicks(&fixture.view(), "000000");
    app::MainWindow* const second = fixture.showWindow();
    second->newDocument();
    QTest::keyClick(&second->document()->view(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(second->document()->document().length(), kLarge);
    core::Bytes end(3);
    QVERIFY(second->document()->document().snapshot().read(kLarge - 3, end).isEmpty());
    QCOMPARE(end, (core::Bytes{'e', 'n', 'd'}));
    // As a text it is too large, which is said.
    second->action(ActionId::PasteHex)->trigger();
    QVERIFY(second->document()->messages().bar("clipboard")->text().contains("too large"));
}

void ClipboardTest::textHasTheEncodingOfThePane() {
    WindowFixture fixture;
    ui::HexFormat format;
    format.encoding = "windows-1251";
    fixture.settings.setGridFormat(format);
    fixture.openNew("a.txt", QByteArray::fromHex("CFF0E8E2E5F2"));
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    fixture.run(ActionId::CopyText);
    QTRY_COMPARE(copied(), QString::fromUtf8("Привет"));
    put(QString::fromUtf8("мир"));
    fixture.key(Qt::Key_Tab);
    fixture.key(Qt::Key_Home, Qt::ControlModifier);
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray::fromHex("ECE8F0E2E5F2"));
    put(QString::fromUtf8("é"));
    fixture.key(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(fixture.message("clipboard").contains("windows-1251"));
}

void ClipboardTest::keysInAFieldAreTheFields() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("DE AD");
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied(), QStringLiteral("DE AD"));
    fixture.key(Qt::Key_Delete);
    QCOMPARE(fixture.window->bars().findBar().patternText(), QString());
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(fixture.view().selection().isEmpty());
    // Also the keys for which a field has no use.
    QApplication::clipboard()->setText("DE AD");
    fixture.key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    fixture.key(Qt::Key_Y, Qt::ControlModifier);
    fixture.key(Qt::Key_Insert);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(!fixture.view().insertMode());
    fixture.view().setFocus();
    fixture.key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fixture.content().left(2), QByteArray::fromHex("dead"));
    fixture.key(Qt::Key_Insert);
    QVERIFY(fixture.view().insertMode());
}

void ClipboardTest::deleteErasesTheSelection() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.view().setSelection({0, 4});
    fixture.key(Qt::Key_Delete);
    QCOMPARE(fixture.content(), QByteArray("456789"));
}

void ClipboardTest::deletesToTheEnd() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.view().setCaret(4);
    fixture.key(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fixture.content(), QByteArray("0123"));
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

QTEST_MAIN(ClipboardTest)
#include "clipboard_test.moc"
