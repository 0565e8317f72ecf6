// The list of steps in the real window: how it follows, and where a click leads.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/history/history_panel.h"
#include "ui/results/long_table.h"
#include "ui/results/name_field.h"

#include <QTableView>

using namespace octavo;
using app::ActionId;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;
using ui::HistoryTableModel;

class HistoryPanelTest : public QObject {
    Q_OBJECT

private slots:
    void followsTheEdits();
    void clicksAndKeysGoThere();
    void branches();
    void pastAFlush();
    void readOnlyStaysWhereItIs();
    void naming();
    void escapeCloses();
    void eachTabHasItsOwn();
    void aLongHistory();

private:
    static ui::HistoryPanel& panel(WindowFixture& fixture) {
        return *fixture.document().history().panel();
    }
    static QTableView& view(WindowFixture& fixture) { return panel(fixture).table().view(); }
    static void open(WindowFixture& fixture) {
        fixture.key(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    }
    static QString cell(WindowFixture& fixture, int row, int column) {
        return view(fixture).model()->index(row, column).data().toString();
    }
    /// "typing, 0x0001, shown now", a row each.
    static QStringList rows(WindowFixture& fixture) {
        QStringList texts;
        for (int row = 0; row < view(fixture).model()->rowCount(); ++row) {
            QStringList parts;
            for (const int column :
                 {HistoryTableModel::Step, HistoryTableModel::Offset, HistoryTableModel::State})
                if (const QString text = cell(fixture, row, column); !text.isEmpty())
                    parts << text;
            texts << parts.join(", ");
        }
        return texts;
    }
    static void typeAt(WindowFixture& fixture, core::Offset offset, const QString& digits) {
        fixture.view().setFocus();
        fixture.view().setCaret(offset);
        fixture.type(digits);
    }
    static void click(WindowFixture& fixture, int row) {
        const QModelIndex index = view(fixture).model()->index(row, HistoryTableModel::Step);
        QTest::mouseClick(view(fixture).viewport(), Qt::LeftButton, {},
                          view(fixture).visualRect(index).center());
    }
};

void HistoryPanelTest::followsTheEdits() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    open(fixture);
    QVERIFY(panel(fixture).isVisible());
    QVERIFY(fixture.window->action(ActionId::History)->isChecked());
    QVERIFY(view(fixture).hasFocus());
    QCOMPARE(rows(fixture), QStringList{"The beginning, shown now, as in the file"});
    QVERIFY(panel(fixture).statusText().startsWith("No steps"));
    typeAt(fixture, 1, "41");
    typeAt(fixture, 5, "42");
    QCOMPARE(rows(fixture), (QStringList{"The beginning, as in the file", "1: typing, 0x0001",
                                         "2: typing, 0x0005, shown now"}));
    QCOMPARE(panel(fixture).table().current(), std::optional<std::uint64_t>(2));
    fixture.run(ActionId::Undo);
    QCOMPARE(rows(fixture)[1], QString("1: typing, 0x0001, shown now"));
    QCOMPARE(rows(fixture)[2], QString("2: typing, 0x0005, undone"));
    QCOMPARE(panel(fixture).statusText(), QString("2 steps, 1 undone"));
    QCOMPARE(panel(fixture).table().current(), std::optional<std::uint64_t>(1));
}

void HistoryPanelTest::clicksAndKeysGoThere() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    for (const core::Offset at : {1, 3, 5})
        typeAt(fixture, at, "2A");
    open(fixture);
    click(fixture, 1);
    QCOMPARE(fixture.content(), QByteArray("0*23456789"));
    QVERIFY(view(fixture).hasFocus());
    QTest::keyClick(&view(fixture), Qt::Key_Down);
    QCOMPARE(fixture.content(), QByteArray("0*2*456789"));
    QCOMPARE(fixture.view().caret(), core::Offset{3});
    QTest::keyClick(&view(fixture), Qt::Key_End);
    QCOMPARE(fixture.content(), QByteArray("0*2*4*6789"));
    QTest::keyClick(&view(fixture), Qt::Key_Home);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(!fixture.window->isWindowModified());
    // Return leaves the step as it is and goes to the grid, where undo and redo go on from here.
    QTest::keyClick(&view(fixture), Qt::Key_Down);
    QTest::keyClick(&view(fixture), Qt::Key_Return);
    QVERIFY(fixture.view().hasFocus());
    fixture.key(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("0*2*456789"));
    QCOMPARE(panel(fixture).table().current(), std::optional<std::uint64_t>(2));
}

void HistoryPanelTest::branches() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    typeAt(fixture, 1, "2A");
    typeAt(fixture, 3, "2A");
    fixture.run(ActionId::Undo);
    typeAt(fixture, 5, "2B");
    open(fixture);
    QCOMPARE(rows(fixture), (QStringList{"The beginning, as in the file", "1: typing, 0x0001",
                                         "2: typing, 0x0003, other branch",
                                         "3: typing – from 1, 0x0005, shown now"}));
    QCOMPARE(cell(fixture, 2, HistoryTableModel::Branch), QString("1"));
    QCOMPARE(cell(fixture, 3, HistoryTableModel::Branch), QString("2"));
    click(fixture, 2);
    QCOMPARE(fixture.content(), QByteArray("0*2*456789"));
    QCOMPARE(cell(fixture, 3, HistoryTableModel::State), QString("other branch"));
    click(fixture, 3);
    QCOMPARE(fixture.content(), QByteArray("0*234+6789"));
}

void HistoryPanelTest::pastAFlush() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("file", "0123456789");
    typeAt(fixture, 1, "2A");
    QVERIFY(fixture.flush());
    typeAt(fixture, 3, "2A");
    open(fixture);
    QCOMPARE(rows(fixture), (QStringList{"The beginning", "1: typing, 0x0001, as in the file",
                                         "2: typing, 0x0003, shown now"}));
    click(fixture, 0);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QCOMPARE(TestFolder::read(path), QByteArray("0*23456789"));
    QVERIFY(fixture.window->isWindowModified());
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("0123456789"));
    QCOMPARE(rows(fixture)[0], QString("The beginning, shown now, as in the file"));
    QCOMPARE(rows(fixture)[1], QString("1: typing, 0x0001, undone"));
}

void HistoryPanelTest::readOnlyStaysWhereItIs() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    typeAt(fixture, 1, "2A");
    fixture.run(ActionId::Undo);
    fixture.run(ActionId::ReadOnly);
    open(fixture);
    click(fixture, 1);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QVERIFY(!fixture.message("refused").isEmpty());
    QCOMPARE(panel(fixture).table().current(), std::optional<std::uint64_t>(0));
}

void HistoryPanelTest::naming() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    typeAt(fixture, 1, "2A");
    open(fixture);
    QTest::keyClick(&view(fixture), Qt::Key_F2);
    auto* const field = panel(fixture).findChild<ui::NameField*>();
    QVERIFY(field != nullptr && field->hasFocus());
    fixture.type("a star");
    fixture.key(Qt::Key_Return);
    QCOMPARE(cell(fixture, 1, HistoryTableModel::Step), QString("1: a star"));
    QVERIFY(view(fixture).hasFocus());
    // Esc leaves it.
    QTest::keyClick(&view(fixture), Qt::Key_F2);
    fixture.type("another");
    fixture.key(Qt::Key_Escape);
    QCOMPARE(cell(fixture, 1, HistoryTableModel::Step), QString("1: a star"));
    QVERIFY(panel(fixture).isVisible());
    // The beginning has no name of its own.
    click(fixture, 0);
    QTest::keyClick(&view(fixture), Qt::Key_F2);
    QVERIFY(!field->isVisible());
}

void HistoryPanelTest::escapeCloses() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    open(fixture);
    fixture.key(Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    QVERIFY(fixture.view().hasFocus());
    QVERIFY(!fixture.window->action(ActionId::History)->isChecked());
    // From the grid as well, and the action shows and hides it.
    open(fixture);
    fixture.view().setFocus();
    fixture.key(Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    open(fixture);
    QVERIFY(panel(fixture).isVisible());
    open(fixture);
    QVERIFY(!panel(fixture).isVisible());
    // Hidden, it does not follow; shown, it is up to date.
    typeAt(fixture, 1, "2A");
    open(fixture);
    QCOMPARE(rows(fixture).size(), qsizetype{2});
}

void HistoryPanelTest::eachTabHasItsOwn() {
    WindowFixture fixture;
    fixture.openNew("first", "0123456789");
    typeAt(fixture, 1, "2A");
    open(fixture);
    fixture.openNew("second", "0123456789");
    QVERIFY(fixture.document().history().panel() == nullptr);
    QVERIFY(!fixture.window->action(ActionId::History)->isChecked());
    fixture.run(ActionId::PreviousTab);
    QVERIFY(fixture.window->action(ActionId::History)->isChecked());
    QCOMPARE(rows(fixture).size(), qsizetype{2});
}

/// Only the rows that are seen exist, and the first step is as near as the last.
void HistoryPanelTest::aLongHistory() {
    WindowFixture fixture;
    fixture.openNew("file", "0123456789");
    core::Document& document = fixture.document().document();
    const core::StepId steps = 100'000;
    for (core::StepId step = 0; step < steps; ++step)
        if (!document.overwrite(step % 10, core::Bytes{core::Byte('a' + step % 26)}))
            qFatal("the edit is refused");
    open(fixture);
    QCOMPARE(panel(fixture).table().current(), std::optional<std::uint64_t>(steps));
    QVERIFY(view(fixture).model()->rowCount() < 100);
    QTest::keyClick(&view(fixture), Qt::Key_Home);
    QTRY_COMPARE(document.history().current(), core::kFirstStep);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    QTRY_COMPARE(panel(fixture).table().topRow(), std::uint64_t{0});
    QTest::keyClick(&view(fixture), Qt::Key_End);
    QTRY_COMPARE(document.history().current(), steps);
}

QTEST_MAIN(HistoryPanelTest)
#include "history_panel_test.moc"
