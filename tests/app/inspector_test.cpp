#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/inspector/inspector_panel.h"

#include <QClipboard>
#include <QLabel>
#include <QTableView>

using namespace octavo;
using app::ActionId;
using core::ByteOrder;
using octavo::test::WindowFixture;

class InspectorTest : public QObject {
    Q_OBJECT

private slots:
    void costsNothingUntilShown();
    void followsTheCaretAndEdits();
    void editsInPlace();
    void doubleClickEdits();
    void saysWhatIsWrongAndStays();
    void leavesTheValueAlone_data();
    void leavesTheValueAlone();
    void refusesPastTheEnd();
    void refusesReadOnly();
    void asksAboutChangesSwitchedOff();
    void copiesTheValue();
    void isRemembered();
    void keepsToTheDocumentThatIsShown();

private:
    static ui::InspectorPanel& panel(WindowFixture& fixture) {
        return *fixture.window->inspector().panel();
    }
    static QModelIndex cell(WindowFixture& fixture, const QString& name) {
        const QAbstractItemModel& model = *panel(fixture).table().model();
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.index(row, 0).data().toString() == name)
                return model.index(row, 1);
        qFatal("no row %s", qPrintable(name));
    }
    static QString value(WindowFixture& fixture, const QString& name) {
        return cell(fixture, name).data().toString().remove(QChar(0x202F));
    }
    static QLineEdit* editor(WindowFixture& fixture) {
        return qobject_cast<QLineEdit*>(QApplication::focusWidget() != &panel(fixture).table()
                                            ? QApplication::focusWidget()
                                            : nullptr);
    }
    static QString note(WindowFixture& fixture) {
        QStringList notes;
        for (const QLabel* const label : panel(fixture).findChildren<QLabel*>())
            notes << label->text();
        return notes.join('|');
    }
    /// Ctrl+Shift+I, and the row is current.
    static void enter(WindowFixture& fixture, const QString& name) {
        fixture.key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(value(fixture, "int8") != "…");
        panel(fixture).table().setCurrentIndex(cell(fixture, name));
        QVERIFY(panel(fixture).table().hasFocus());
    }
};

void InspectorTest::costsNothingUntilShown() {
    WindowFixture fixture;
    QVERIFY(!fixture.window->action(ActionId::Inspector)->isEnabled());
    fixture.openNew("file", "abc");
    QVERIFY(fixture.window->inspector().panel() == nullptr);
    QVERIFY(!fixture.window->inspector().isVisible());
    fixture.key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(panel(fixture).isVisible());
    QVERIFY(fixture.window->action(ActionId::Inspector)->isChecked());
    // The grid keeps the keyboard.
    QVERIFY(fixture.view().hasFocus());
    fixture.key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!panel(fixture).isVisible());
    QVERIFY(!fixture.window->action(ActionId::Inspector)->isChecked());
}

void InspectorTest::followsTheCaretAndEdits() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray::fromHex("01020304"));
    fixture.key(Qt::Key_I, Qt::ControlModifier);
    QTRY_COMPARE(value(fixture, "uint16"), QString("513"));
    fixture.key(Qt::Key_Right);
    QTRY_COMPARE(value(fixture, "uint16"), QString("770"));
    fixture.type("ff");
    QTRY_COMPARE(value(fixture, "uint16"), QString("1027"));
    fixture.key(Qt::Key_Left);
    QTRY_COMPARE(value(fixture, "int8"), QString("-1"));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(value(fixture, "int8"), QString("2"));
    fixture.key(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(value(fixture, "int8"), QString("—"));
}

void InspectorTest::editsInPlace() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray::fromHex("0001020304"));
    fixture.view().setCaret(1);
    enter(fixture, "int16");
    QVERIFY(fixture.follow("Big-endian"));
    panel(fixture).table().setFocus();
    fixture.key(Qt::Key_F2);
    QVERIFY(editor(fixture) != nullptr);
    QCOMPARE(editor(fixture)->text(), QString("258"));
    QVERIFY(!editor(fixture)->accessibleName().isEmpty());
    fixture.type("-2");
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.content(), QByteArray::fromHex("00fffe0304"));
    QTRY_COMPARE(value(fixture, "int16"), QString("-2"));
    QVERIFY(panel(fixture).table().hasFocus());
    QCOMPARE(fixture.view().caret(), core::Offset{1});
    // One step, undone from here as well.
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray::fromHex("0001020304"));
    QVERIFY(!fixture.document().document().canUndo());
    QTRY_COMPARE(value(fixture, "int16"), QString("258"));
    // Return begins as F2 does, and the same value is no edit.
    fixture.key(Qt::Key_Return);
    QVERIFY(editor(fixture) != nullptr);
    fixture.key(Qt::Key_Return);
    QVERIFY(!fixture.document().document().canUndo());
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.view().hasFocus());
    QVERIFY(panel(fixture).isVisible());
}

void InspectorTest::doubleClickEdits() {
    WindowFixture fixture;
    fixture.openNew("file", "abc");
    enter(fixture, "int8");
    QTableView& table = panel(fixture).table();
    const QPoint place = table.visualRect(cell(fixture, "Latin-1")).center();
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, place);
    QVERIFY(editor(fixture) != nullptr);
    fixture.type("X");
    fixture.key(Qt::Key_Enter);
    QCOMPARE(fixture.content(), QByteArray("Xbc"));
}

void InspectorTest::saysWhatIsWrongAndStays() {
    WindowFixture fixture;
    fixture.openNew("file", "abc");
    enter(fixture, "int8");
    fixture.key(Qt::Key_F2);
    fixture.type("128");
    QVERIFY2(note(fixture).contains("from -128 to 127"), qPrintable(note(fixture)));
    fixture.key(Qt::Key_Return);
    QVERIFY(editor(fixture) != nullptr);
    QVERIFY(note(fixture).contains("from -128 to 127"));
    QCOMPARE(fixture.content(), QByteArray("abc"));
    fixture.key(Qt::Key_Backspace);
    QVERIFY(!note(fixture).contains("from -128 to 127"));
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.content(), QByteArray("\x0C"
                                           "bc"));
}

void InspectorTest::leavesTheValueAlone_data() {
    QTest::addColumn<QString>("way");
    for (const char* way : {"escape", "click", "tab", "undo elsewhere", "caret"})
        QTest::newRow(way) << way;
}

void InspectorTest::leavesTheValueAlone() {
    QFETCH(QString, way);
    WindowFixture fixture;
    fixture.openNew("file", "abc");
    fixture.type("7a");
    fixture.view().setCaret(0);
    enter(fixture, "int8");
    fixture.key(Qt::Key_F2);
    fixture.type("12");
    QVERIFY(editor(fixture) != nullptr);
    QByteArray expected = "zbc";
    if (way == "escape") {
        fixture.key(Qt::Key_Escape);
        QVERIFY(panel(fixture).table().hasFocus());
    } else if (way == "click") {
        QTest::mouseClick(fixture.view().viewport(), Qt::LeftButton, {}, {200, 60});
    } else if (way == "tab") {
        fixture.key(Qt::Key_Tab);
        QVERIFY(editor(fixture) != nullptr);
        fixture.key(Qt::Key_Escape);
    } else if (way == "undo elsewhere") {
        fixture.run(app::ActionId::Undo);
        expected = "abc";
    } else {
        fixture.view().setCaret(1);
    }
    QTRY_VERIFY(editor(fixture) == nullptr);
    QCOMPARE(fixture.content(), expected);
}

void InspectorTest::refusesPastTheEnd() {
    WindowFixture fixture;
    fixture.openNew("file", "abc");
    fixture.view().setCaret(1);
    enter(fixture, "int32");
    QVERIFY2(note(fixture).contains("only 2"), qPrintable(note(fixture)));
    fixture.key(Qt::Key_F2);
    QVERIFY(editor(fixture) == nullptr);
    QVERIFY2(note(fixture).contains("Takes 4 bytes"), qPrintable(note(fixture)));
    QCOMPARE(fixture.content(), QByteArray("abc"));
}

void InspectorTest::refusesReadOnly() {
    WindowFixture fixture;
    fixture.openNew("file", "abc", true);
    enter(fixture, "int8");
    fixture.key(Qt::Key_F2);
    QVERIFY(editor(fixture) == nullptr);
    QVERIFY(fixture.follow("Switch to Preview"));
    enter(fixture, "int8");
    fixture.key(Qt::Key_F2);
    fixture.type("88");
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.content(), QByteArray("Xbc"));
}

void InspectorTest::asksAboutChangesSwitchedOff() {
    WindowFixture fixture;
    fixture.openNew("file", "abcdef");
    fixture.view().setCaret(1);
    fixture.type("7a");
    core::Document& document = fixture.document().document();
    const std::vector<core::Change> changes = document.snapshot().changes();
    QCOMPARE(static_cast<int>(changes.size()), 1);
    const core::ChangeId id = changes[0].id;
    QVERIFY(document.switchChanges({&id, 1}, false).ok());
    QCOMPARE(fixture.content(), QByteArray("abcdef"));
    fixture.view().setCaret(0);
    enter(fixture, "int16");
    fixture.key(Qt::Key_F2);
    fixture.type("0x3231");
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.content(), QByteArray("abcdef"));
    QVERIFY(fixture.follow("Drop it"));
    QCOMPARE(fixture.content(), QByteArray("12cdef"));
}

void InspectorTest::copiesTheValue() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray::fromHex("00000100"));
    enter(fixture, "int32");
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("65536"));
    // Where there is no value the clipboard keeps what it has.
    panel(fixture).table().setCurrentIndex(cell(fixture, "GUID"));
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("65536"));
}

void InspectorTest::isRemembered() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray::fromHex("0102"));
    fixture.key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(fixture.follow("Big-endian"));
    QTRY_COMPARE(value(fixture, "uint16"), QString("258"));
    QVERIFY(fixture.settings.inspectorShown());
    QCOMPARE(fixture.settings.inspectorOrder(), ByteOrder::Big);
    fixture.window->resizeDocks({&fixture.window->inspector()}, {400}, Qt::Horizontal);
    QTRY_COMPARE(fixture.window->inspector().width(), 400);
    // A new window has it as soon as it shows a document.
    app::MainWindow* const other = fixture.showWindow();
    QVERIFY(other->inspector().panel() == nullptr);
    delete fixture.window.data();
    QCOMPARE(fixture.settings.inspectorWidth(), 400);
    fixture.window = other;
    fixture.openNew("other", QByteArray::fromHex("0304"));
    QVERIFY(panel(fixture).isVisible());
    QTRY_COMPARE(fixture.window->inspector().width(), 400);
    QTRY_COMPARE(value(fixture, "uint16"), QString("772"));
    QVERIFY(fixture.view().hasFocus());
    // Its close button is the action too.
    for (QAbstractButton* const button : panel(fixture).findChildren<QAbstractButton*>())
        if (button->toolTip() == "Close the inspector")
            QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!panel(fixture).isVisible());
    QVERIFY(!fixture.settings.inspectorShown());
    QVERIFY(!fixture.window->action(ActionId::Inspector)->isChecked());
}

void InspectorTest::keepsToTheDocumentThatIsShown() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("file", "abc");
    fixture.key(Qt::Key_I, Qt::ControlModifier);
    QTRY_COMPARE(value(fixture, "Latin-1"), QString("a"));
    fixture.folder.write("file", "xyz");
    app::OpenDocument* const before = &fixture.document();
    emit before->reloadWanted();
    QTRY_VERIFY(&fixture.document() != before);
    QTRY_COMPARE(value(fixture, "Latin-1"), QString("x"));
}

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
