#include "app/edit_bytes.h"
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/panels/edit_bar.h"

#include <QComboBox>
#include <QLineEdit>

using namespace octavo;
using app::ActionId;
using core::Extent;
using core::Offset;
using octavo::test::WindowFixture;

class EditBytesTest : public QObject {
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void whatIsWrongIsTold_data();
    void whatIsWrongIsTold();
    void hugeOnesCostNothing();
    void anotherEditMeanwhileWins();

private:
    static ui::EditBar& bar(WindowFixture& fixture) { return fixture.window->bars().editBar(); }
    static void choose(WindowFixture& fixture, const QString& operation, const QString& number,
                       const QString& pattern) {
        auto* const box = bar(fixture).findChild<QComboBox*>();
        box->setCurrentText(operation);
        QCOMPARE(box->currentText(), operation);
        const QList<QLineEdit*> fields = bar(fixture).findChildren<QLineEdit*>();
        fields[0]->setText(number);
        fields[1]->setText(pattern);
        QCOMPARE(fields[0]->isVisible(), !number.isEmpty());
        QCOMPARE(fields[1]->isVisible(), !pattern.isEmpty());
    }
    static void apply(WindowFixture& fixture) {
        bar(fixture).findChild<QComboBox*>()->setFocus();
        fixture.key(Qt::Key_Return);
        QTRY_VERIFY(!fixture.window->findChild<app::EditBytes*>()->isRunning());
    }
    static QString note(WindowFixture& fixture) {
        QString all;
        for (const QLabel* const label : bar(fixture).findChildren<QLabel*>())
            all += label->text() + QLatin1Char('|');
        return all;
    }
};

void EditBytesTest::changes_data() {
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<Extent>("selection");
    const auto row = [](const char* operation, const char* number, const char* pattern,
                        const char* expected, Extent selection) {
        QTest::newRow(operation) << operation << number << pattern << QByteArray::fromHex(expected)
                                 << selection;
    };
    // Bytes 1 to 4 of 00 01 02 03 04 05 are selected.
    row("Fill with", "", "AB CD", "00abcdabcd05", {1, 4});
    row("XOR with", "", "FF", "00fefdfcfb05", {1, 4});
    row("AND with", "", "01", "000100010005", {1, 4});
    row("OR with", "", "F0", "00f1f2f3f405", {1, 4});
    row("Invert all bits", "", "", "00fefdfcfb05", {1, 4});
    row("Shift left by", "8", "", "000203040005", {1, 4});
    row("Shift right by", "4", "", "000010203005", {1, 4});
    row("Rotate left by", "0x8", "", "000203040105", {1, 4});
    row("Rotate right by", "8", "", "000401020305", {1, 4});
    row("Swap bytes in units of", "2", "", "000201040305", {1, 4});
    row("Reverse all bytes", "", "", "000403020105", {1, 4});
    row("Insert", "3", "EE", "00eeeeee0102030405", {1, 3});
    row("Set size to", "2", "", "0001", {1, 0});
}

void EditBytesTest::changes() {
    QFETCH(QString, operation);
    QFETCH(QString, number);
    QFETCH(QString, pattern);
    QFETCH(QByteArray, expected);
    QFETCH(Extent, selection);
    WindowFixture fixture;
    const QByteArray content = QByteArray::fromHex("000102030405");
    fixture.openNew("file", content);
    fixture.run(ActionId::EditSelection);
    if (operation == "Insert")
        fixture.view().setCaret(1);
    else
        fixture.view().setSelection({1, 4});
    choose(fixture, operation, number, pattern);
    apply(fixture);
    QCOMPARE(fixture.content(), expected);
    QCOMPARE(fixture.view().selection().length, selection.length);
    QVERIFY2(note(fixture).contains("Done"), qPrintable(note(fixture)));
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), content);
    QVERIFY(!fixture.document().document().canUndo());
}

void EditBytesTest::whatIsWrongIsTold_data() {
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("selects");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<QString>("told");
    QTest::newRow("no bytes") << "Fill with"
                              << ""
                              << "zz" << true << false << "zz";
    QTest::newRow("nothing selected") << "XOR with"
                                      << ""
                                      << "FF" << false << false << "nothing is selected";
    QTest::newRow("no number") << "Shift left by"
                               << "four"
                               << "" << true << false << "number";
    QTest::newRow("no whole units") << "Swap bytes in units of"
                                    << "3"
                                    << "" << true << false << "units";
    QTest::newRow("read-only") << "Invert all bits"
                               << ""
                               << "" << true << true << "read-only";
    QTest::newRow("read-only, filling") << "Fill with"
                                        << ""
                                        << "00" << true << true << "read-only";
    QTest::newRow("too long") << "Insert"
                              << "9223372036854775807"
                              << "00" << false << false << "more than a document can hold";
}

void EditBytesTest::whatIsWrongIsTold() {
    QFETCH(QString, operation);
    QFETCH(QString, number);
    QFETCH(QString, pattern);
    QFETCH(bool, selects);
    QFETCH(bool, readOnly);
    QFETCH(QString, told);
    WindowFixture fixture;
    fixture.openNew("file", QByteArray(6, 'a'), readOnly);
    fixture.run(ActionId::EditSelection);
    if (selects)
        fixture.view().setSelection({1, 4});
    choose(fixture, operation, number, pattern);
    apply(fixture);
    QVERIFY2(note(fixture).contains(told), qPrintable(note(fixture)));
    QCOMPARE(fixture.content(), QByteArray(6, 'a'));
}

void EditBytesTest::hugeOnesCostNothing() {
    WindowFixture fixture;
    fixture.openNew("file", "ab");
    fixture.run(ActionId::SetSize);
    choose(fixture, "Set size to", "0x7FFFFFFFFFFFFFFF", "");
    apply(fixture);
    QCOMPARE(fixture.document().document().length(), core::kMaxLength);
    fixture.view().selectAll();
    choose(fixture, "Fill with", "", "DE AD");
    apply(fixture);
    QCOMPARE(fixture.document().document().history().last(), core::StepId{2});
    // What must hold the bytes says how many it takes.
    choose(fixture, "Invert all bits", "", "");
    apply(fixture);
    QVERIFY2(note(fixture).contains("too many"), qPrintable(note(fixture)));
}

void EditBytesTest::anotherEditMeanwhileWins() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray(1'000'000, 'a'));
    fixture.run(ActionId::EditSelection);
    fixture.view().selectAll();
    choose(fixture, "Invert all bits", "", "");
    // Return on the button presses it.
    for (QAbstractButton* const button : bar(fixture).findChildren<QAbstractButton*>())
        if (button->text() == "Apply")
            button->setFocus();
    fixture.key(Qt::Key_Return);
    const core::Byte byte = 'X';
    QVERIFY(fixture.document().document().insert(0, {&byte, 1}).ok());
    QTRY_VERIFY(!fixture.window->findChild<app::EditBytes*>()->isRunning());
    QVERIFY2(note(fixture).contains("meanwhile"), qPrintable(note(fixture)));
    QCOMPARE(fixture.content().left(2), QByteArray("Xa"));
}

QTEST_MAIN(EditBytesTest)
#include "edit_bytes_test.moc"
