// The list of pending changes in the real window: what is shown, what is done to what is chosen,
// and a million of them.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/test_seed.h"
#include "ui/bridge/history_keeper.h"
#include "ui/changes/changes_panel.h"
#include "ui/results/long_table.h"
#include "ui/results/name_field.h"
#include "ui/results/results_panel.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QTimer>
#include <QToolButton>

#include <time.h>

using namespace octavo;
using app::ActionId;
using core::Document;
using core::Extent;
using core::Offset;
using octavo::test::WindowFixture;
using ui::ChangeTableModel;

namespace {

const char* const kContent = "0123456789ABCDEF0123456789ABCDEF";

QByteArray fileContent(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

/// How long the event loop was kept from its work at the worst, of the clock, and of the thread's
/// own work, as others may have had the processor meanwhile; and how often it turned.
class LongestBlock final : public QObject {
public:
    LongestBlock() {
        connect(&timer_, &QTimer::timeout, this, &LongestBlock::look);
        timer_.start(0);
    }
    /// In milliseconds.
    struct Times {
        double wall = 0;
        double work = 0;
        std::size_t turns = 0;
    };
    /// Since the last call.
    Times take() {
        look();
        return std::exchange(longest_, {});
    }

private:
    void look() {
        const double wall = now(CLOCK_MONOTONIC);
        const double work = now(CLOCK_THREAD_CPUTIME_ID);
        longest_.wall = std::max(longest_.wall, wall - last_.wall);
        longest_.work = std::max(longest_.work, work - last_.work);
        ++longest_.turns;
        last_ = {wall, work, 0};
    }
    static double now(clockid_t clock) {
        timespec time{};
        clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    QTimer timer_;
    Times last_{now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID), 0};
    Times longest_;
};

}  // namespace

class ChangesPanelTest : public QObject {
    Q_OBJECT

private slots:
    void fromEditToDiskAndBack();
    void rowsJump();
    void emptyIsSaid();
    void escapeCloses();
    void keysAreTheListsAlone();
    void dependentsAreTold();
    void keeping();
    void revertingKeepsTheKeyboard();
    void flushingAPart_data();
    void flushingAPart();
    void flushingWhatIsOff();
    void flushFailureOffersTheSamePart();
    void copying();
    void tooMuchToCopy();
    void naming();
    void filtering();
    void sorting();
    void menu();
    void boxes();
    void choiceFollowsChanges();
    void bothPanels();
    void closingWithThePanel();
    void manyAreOneStep();
    void stoppedHalfway();
    void closingWhileItRuns();
    void undoStoppedHalfway();
    void closingWhileItUndoes();
    void aMillion();

private:
    static ui::ChangesPanel& panel(WindowFixture& fixture) {
        return *fixture.document().changes().panel();
    }
    static ui::LongTable& table(WindowFixture& fixture) { return panel(fixture).table(); }
    static void open(WindowFixture& fixture) {
        fixture.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        settle(fixture);
    }
    static void settle(WindowFixture& fixture) {
        if (!QTest::qWaitFor([&] { return !panel(fixture).list()->isWorking(); },
                             octavo::test::kPatienceMs)) {
            qFatal("the list does not settle");
        }
    }
    static void inList(WindowFixture& fixture, Qt::Key key,
                       Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&table(fixture).view(), key, modifiers);
        settle(fixture);
    }
    static QString cell(WindowFixture& fixture, int row, int column) {
        return table(fixture).view().model()->index(row, column).data().toString();
    }
    static QString status(WindowFixture& fixture) { return panel(fixture).statusText(); }
    static void edit(WindowFixture& fixture, Offset at, Offset count, const QByteArray& bytes) {
        const core::Bytes copy(bytes.begin(), bytes.end());
        if (!fixture.document().document().replace({at, count}, copy)) {
            qFatal("the edit is refused");
        }
    }
    /// Three of one byte each, at 1, 5 and 9.
    static std::string openThree(WindowFixture& fixture) {
        const std::string path = fixture.openNew("file", kContent);
        for (const Offset at : {1, 5, 9}) {
            edit(fixture, at, 1, "x");
        }
        open(fixture);
        return path;
    }
    static bool waitForFlush(WindowFixture& fixture) {
        return QTest::qWaitFor([&] { return !fixture.document().saver().isRunning(); },
                               octavo::test::kPatienceMs);
    }
    static QToolButton* button(WindowFixture& fixture, const QString& text) {
        for (QToolButton* const each : panel(fixture).findChildren<QToolButton*>()) {
            if (each->text() == text) {
                return each;
            }
        }
        return nullptr;
    }
    static QPoint placeOf(WindowFixture& fixture, int row, int column) {
        const QTableView& view = table(fixture).view();
        return view.visualRect(view.model()->index(row, column)).center();
    }
};

void ChangesPanelTest::fromEditToDiskAndBack() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("file", kContent);
    fixture.type("4142");
    fixture.view().setCaret(8);
    fixture.type("43");
    open(fixture);
    QVERIFY(panel(fixture).isVisible());
    QVERIFY(fixture.window->action(ActionId::Changes)->isChecked());
    QVERIFY(table(fixture).view().hasFocus());
    QCOMPARE(status(fixture), QString("2 changes, 3 bytes"));
    QTRY_COMPARE(cell(fixture, 0, ChangeTableModel::Bytes), QString("30 31 → 41 42"));
    QCOMPARE(cell(fixture, 1, ChangeTableModel::Offset), QString("0x0008"));
    // One goes off, the other to the disk.
    inList(fixture, Qt::Key_Down);
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("1 change, 1 byte; 1 off"));
    QCOMPARE(cell(fixture, 0, ChangeTableModel::On), QString("off"));
    QVERIFY(fixture.status().contains("Switched off: 1 change"));
    QVERIFY(fixture.flush());
    settle(fixture);
    QCOMPARE(fileContent(path), QByteArray("01234567C9ABCDEF0123456789ABCDEF"));
    QCOMPARE(status(fixture), QString("0 changes; 1 off"));
    // On again, and to the disk.
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("1 change, 2 bytes"));
    QVERIFY(fixture.flush());
    settle(fixture);
    QCOMPARE(fileContent(path), QByteArray("AB234567C9ABCDEF0123456789ABCDEF"));
    QCOMPARE(status(fixture), QString("No changes"));
    // Past the flushes, all the way back.
    while (fixture.document().document().canUndo()) {
        fixture.run(ActionId::Undo);
    }
    settle(fixture);
    QCOMPARE(fixture.content(), QByteArray(kContent));
    QCOMPARE(status(fixture), QString("2 changes, 3 bytes"));
    QTRY_COMPARE(cell(fixture, 0, ChangeTableModel::Bytes), QString("41 42 → 30 31"));
}

void ChangesPanelTest::rowsJump() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray(10'000, 'a'));
    edit(fixture, 100, 3, "xyz");
    edit(fixture, 9'000, 2, "");
    fixture.view().setCaret(5'000);
    open(fixture);
    inList(fixture, Qt::Key_Down);
    QCOMPARE(fixture.view().selection(), (Extent{100, 3}));
    inList(fixture, Qt::Key_Down);
    QCOMPARE(fixture.view().caret(), Offset{9'000});
    inList(fixture, Qt::Key_Up);
    QVERIFY(!fixture.view().hasFocus());
    QTest::mouseClick(table(fixture).view().viewport(), Qt::LeftButton, {},
                      placeOf(fixture, 1, ChangeTableModel::Kind));
    QCOMPARE(fixture.view().caret(), Offset{9'000});
    QVERIFY(!fixture.view().hasFocus());
    inList(fixture, Qt::Key_Return);
    QVERIFY(fixture.view().hasFocus());
    // However many one has looked at, it was one jump.
    fixture.run(ActionId::Back);
    QCOMPARE(fixture.view().caret(), Offset{5'000});
}

void ChangesPanelTest::emptyIsSaid() {
    WindowFixture fixture;
    fixture.openNew("file", kContent);
    open(fixture);
    QCOMPARE(status(fixture), QString("No changes"));
    const auto texts = [&] {
        QStringList found;
        for (const QLabel* const label : panel(fixture).findChildren<QLabel*>()) {
            if (label->isVisible()) {
                found << label->text();
            }
        }
        return found.join('\n');
    };
    QVERIFY(texts().contains("No pending changes."));
    QVERIFY(!table(fixture).isVisible());
    for (const char* const text : {"On/off", "Keep", "Revert", "Flush", "Copy"}) {
        QVERIFY2(!button(fixture, text)->isEnabled(), text);
    }
    // What comes is seen at once, and the keyboard goes to it.
    edit(fixture, 3, 1, "z");
    settle(fixture);
    QVERIFY(table(fixture).isVisible());
    QVERIFY(table(fixture).view().hasFocus());
    panel(fixture).findChild<QLineEdit*>()->setText("inserted");
    QTRY_VERIFY(texts().contains("No change fits the filter."));
}

void ChangesPanelTest::escapeCloses() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_Down);
    QTest::keyClick(&table(fixture).view(), Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    QVERIFY(fixture.view().hasFocus());
    QVERIFY(!fixture.window->action(ActionId::Changes)->isChecked());
    // From the grid, and by the same key that opened it.
    open(fixture);
    fixture.view().setFocus();
    fixture.view().clearSelection();
    fixture.key(Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    open(fixture);
    QVERIFY(panel(fixture).isVisible());
    QVERIFY(!table(fixture).current());
    fixture.run(ActionId::Changes);
    QVERIFY(!panel(fixture).isVisible());
}

// Some are the grid's too: they must not do there what was meant for the list.
void ChangesPanelTest::keysAreTheListsAlone() {
    WindowFixture fixture;
    openThree(fixture);
    const QByteArray content = fixture.content();
    fixture.view().setSelection({20, 4});
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table(fixture).selection().count(), 3U);
    QCOMPARE(fixture.view().selection(), (Extent{20, 4}));
    QCOMPARE(status(fixture), QString("3 changes, 3 bytes; 3 chosen"));
    inList(fixture, Qt::Key_Delete);
    QCOMPARE(fixture.content(), QByteArray(kContent));
    QCOMPARE(fixture.view().selection(), (Extent{20, 4}));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.content(), content);
    // In the filter they are text.
    auto* const filter = panel(fixture).findChild<QLineEdit*>();
    filter->setFocus();
    QTest::keyClicks(filter, "k ");
    QTest::keyClick(filter, Qt::Key_Delete);
    settle(fixture);
    QCOMPARE(filter->text(), QString("k "));
    QCOMPARE(fixture.content(), content);
    QVERIFY(!fixture.document().document().changeRecord(1).kept);
}

void ChangesPanelTest::dependentsAreTold() {
    WindowFixture fixture;
    fixture.openNew("file", kContent);
    edit(fixture, 2, 4, "abcd");
    edit(fixture, 5, 2, "XY");
    open(fixture);
    QCOMPARE(panel(fixture).list()->listing()->count(), 2U);
    inList(fixture, Qt::Key_Home);
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("0 changes; 2 off"));
    QVERIFY(fixture.status().contains(
        "Switched off: 2 changes, 1 of them as they were typed over the chosen ones"));
    inList(fixture, Qt::Key_End);
    inList(fixture, Qt::Key_Space);
    QVERIFY(fixture.status().contains(
        "Switched on: 2 changes, 1 of them as the chosen ones were typed over them"));
    inList(fixture, Qt::Key_Home);
    inList(fixture, Qt::Key_Delete);
    QVERIFY(fixture.status().contains(
        "Reverted: 2 changes, 1 of them as they were typed over the chosen ones"));
    QCOMPARE(fixture.content(), QByteArray(kContent));
}

void ChangesPanelTest::keeping() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_Home);
    inList(fixture, Qt::Key_Down, Qt::ShiftModifier);
    inList(fixture, Qt::Key_K);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Kind), QString("overwritten, kept"));
    QCOMPARE(cell(fixture, 1, ChangeTableModel::Kind), QString("overwritten, kept"));
    QCOMPARE(cell(fixture, 2, ChangeTableModel::Kind), QString("overwritten"));
    QVERIFY(fixture.status().contains("Kept: 2 changes"));
    inList(fixture, Qt::Key_K);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Kind), QString("overwritten"));
    fixture.run(ActionId::Undo);
    settle(fixture);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Kind), QString("overwritten, kept"));
}

void ChangesPanelTest::revertingKeepsTheKeyboard() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_Home);
    for (int left = 2; left >= 0; --left) {
        inList(fixture, Qt::Key_Delete);
        QCOMPARE(panel(fixture).list()->listing()->count(), std::uint64_t(left));
    }
    QCOMPARE(fixture.content(), QByteArray(kContent));
    // The list is gone, and its keys still arrive in the panel.
    QVERIFY(panel(fixture).isAncestorOf(QApplication::focusWidget()));
    fixture.key(Qt::Key_Z, Qt::ControlModifier);
    settle(fixture);
    QCOMPARE(panel(fixture).list()->listing()->count(), 1U);
    QVERIFY(table(fixture).view().hasFocus());
}

void ChangesPanelTest::flushingAPart_data() {
    QTest::addColumn<QList<int>>("downs");
    QTest::addColumn<QByteArray>("onDisk");
    QTest::addColumn<QString>("left");
    QTest::newRow("one") << QList<int>{1} << QByteArray("0123x56789ABCDEF")
                         << "2 changes, 3 bytes, +2";
    QTest::newRow("one that moves what follows")
        << QList<int>{0} << QByteArray("++0123456789ABCDEF") << "2 changes, 2 bytes";
    QTest::newRow("two") << QList<int>{1, 2} << QByteArray("0123x5678xABCDEF")
                         << "1 change, 2 bytes, +2";
    QTest::newRow("all") << QList<int>{0, 1, 2} << QByteArray("++0123x5678xABCDEF") << "No changes";
}

void ChangesPanelTest::flushingAPart() {
    QFETCH(QList<int>, downs);
    QFETCH(QByteArray, onDisk);
    QFETCH(QString, left);
    WindowFixture fixture;
    fixture.dialogs.planAnswer = app::PlanAnswer::Write;
    const std::string path = fixture.openNew("file", "0123456789ABCDEF");
    edit(fixture, 4, 1, "x");
    edit(fixture, 9, 1, "x");
    edit(fixture, 0, 0, "++");
    open(fixture);
    ui::RowSelection rows;
    for (const int row : downs) {
        rows.add({static_cast<std::uint64_t>(row), static_cast<std::uint64_t>(row)});
    }
    table(fixture).setSelection(rows, rows.first());
    QSignalSpy finished(&fixture.document().saver(), &app::Saver::finished);
    emit panel(fixture).flushWanted(table(fixture).selection());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool());
    settle(fixture);
    QCOMPARE(fileContent(path), onDisk);
    QCOMPARE(status(fixture), left);
    QCOMPARE(fixture.content(), QByteArray("++0123x5678xABCDEF"));
}

void ChangesPanelTest::flushingWhatIsOff() {
    WindowFixture fixture;
    const std::string path = openThree(fixture);
    inList(fixture, Qt::Key_Home);
    inList(fixture, Qt::Key_Space);
    QTest::mouseClick(button(fixture, "Flush"), Qt::LeftButton);
    QVERIFY(fixture.status().contains("Nothing to write: what is chosen is switched off"));
    QCOMPARE(fileContent(path), QByteArray(kContent));
    // With what it was typed over, and it is told.
    edit(fixture, 5, 3, "ABC");
    edit(fixture, 7, 2, "YZ");
    settle(fixture);
    for (std::uint64_t number = 0; number < panel(fixture).list()->listing()->count(); ++number) {
        if (cell(fixture, static_cast<int>(number), ChangeTableModel::Offset) == "0x0007") {
            table(fixture).setSelection(ui::RowSelection({number, number}), number);
        }
    }
    emit panel(fixture).flushWanted(table(fixture).selection());
    QVERIFY(waitForFlush(fixture));
    QVERIFY2(fixture.status().contains("that the chosen ones were typed over"),
             qPrintable(fixture.status()));
    QCOMPARE(fileContent(path), QByteArray("01234ABYZ9ABCDEF0123456789ABCDEF"));
}

// What was asked for first is what "anyway" writes.
void ChangesPanelTest::flushFailureOffersTheSamePart() {
    WindowFixture fixture;
    const std::string path = openThree(fixture);
    inList(fixture, Qt::Key_Home);
    fixture.folder.write("file", QByteArray(kContent).replace(20, 1, "!"));
    emit panel(fixture).flushWanted(table(fixture).selection());
    QTRY_VERIFY(!fixture.message("save").isEmpty());
    QVERIFY(fixture.follow("Write my changes anyway"));
    QVERIFY(waitForFlush(fixture));
    settle(fixture);
    QCOMPARE(fileContent(path), QByteArray("0x23456789ABCDEF0123!56789ABCDEF"));
    QCOMPARE(status(fixture), QString("2 changes, 2 bytes"));
}

void ChangesPanelTest::copying() {
    WindowFixture fixture;
    fixture.openNew("file", kContent);
    edit(fixture, 1, 2, "xy");
    edit(fixture, 9, 1, "");
    open(fixture);
    inList(fixture, Qt::Key_End);
    inList(fixture, Qt::Key_Space);
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    QGuiApplication::clipboard()->setText("before");
    inList(fixture, Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                 QString("0x0001: 31 32 -> 78 79\n0x0009: 39 ->  (off)\n"));
    QVERIFY(fixture.status().contains("Copied: 2 changes"));
}

void ChangesPanelTest::tooMuchToCopy() {
    WindowFixture fixture;
    fixture.openNew("file", kContent);
    QVERIFY(fixture.document().document().fill({0, 32}, core::Bytes{0}));
    QVERIFY(fixture.document().document().setLength(Offset{2} << 20));
    open(fixture);
    QGuiApplication::clipboard()->setText("before");
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    inList(fixture, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(fixture.message("changes").contains("too many bytes for the clipboard"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("before"));
}

void ChangesPanelTest::naming() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_Down);
    const auto name = [&](const QString& text, Qt::Key end) {
        QTest::keyClick(&table(fixture).view(), Qt::Key_F2);
        auto* const field = panel(fixture).findChild<ui::NameField*>();
        QVERIFY(field->isVisible());
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, text);
        QTest::keyClick(field, end);
        settle(fixture);
        QVERIFY(!field->isVisible());
        QVERIFY(table(fixture).view().hasFocus());
    };
    name("magic number", Qt::Key_Return);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Name), QString("magic number"));
    QCOMPARE(cell(fixture, 1, ChangeTableModel::Name), QString());
    name("other", Qt::Key_Escape);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Name), QString("magic number"));
    QVERIFY(panel(fixture).isVisible());
    // Going on takes it.
    QTest::keyClick(&table(fixture).view(), Qt::Key_F2);
    auto* const field = panel(fixture).findChild<ui::NameField*>();
    QTest::keyClicks(field, "header");
    fixture.view().setFocus();
    settle(fixture);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Name), QString("header"));
    QVERIFY(fixture.view().hasFocus());
    // So does the row's leaving.
    table(fixture).view().setFocus();
    QTest::keyClick(&table(fixture).view(), Qt::Key_F2);
    QTest::keyClicks(field, "gone");
    QVERIFY(fixture.document().document().revert());
    settle(fixture);
    QVERIFY(!field->isVisible());
}

void ChangesPanelTest::filtering() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_End);
    auto* const filter = panel(fixture).findChild<QLineEdit*>();
    filter->setFocus();
    QTest::keyClicks(filter, "0x4-0xF");
    QTRY_COMPARE(status(fixture), QString("2 shown of 3 changes, 3 bytes"));
    // What was chosen is still.
    QCOMPARE(table(fixture).selection().ranges(), (std::vector<ui::RowRange>{{1, 1}}));
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("2 shown of 1 change, 1 byte; 2 off; 2 chosen"));
    filter->clear();
    QTRY_COMPARE(panel(fixture).list()->listing()->count(), 3U);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::On), QString("on"));
    // Opened again, it shows all.
    filter->setText("off");
    QTRY_COMPARE(panel(fixture).list()->listing()->count(), 2U);
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    open(fixture);
    QCOMPARE(panel(fixture).list()->listing()->count(), 3U);
    QVERIFY(filter->text().isEmpty());
}

void ChangesPanelTest::sorting() {
    WindowFixture fixture;
    openThree(fixture);
    edit(fixture, 20, 0, "long");
    settle(fixture);
    QHeaderView& header = *table(fixture).view().horizontalHeader();
    const auto click = [&](int column) {
        QTest::mouseClick(header.viewport(), Qt::LeftButton, {},
                          {header.sectionViewportPosition(column) + 10, header.height() / 2});
        settle(fixture);
    };
    inList(fixture, Qt::Key_Home);
    click(ChangeTableModel::Size);
    QCOMPARE(cell(fixture, 3, ChangeTableModel::Size), QString("+4"));
    click(ChangeTableModel::Size);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Size), QString("+4"));
    QCOMPARE(header.sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(table(fixture).selection().ranges(), (std::vector<ui::RowRange>{{1, 1}}));
    // Bytes have no order.
    click(ChangeTableModel::Bytes);
    QCOMPARE(header.sortIndicatorSection(), int{ChangeTableModel::Size});
    QCOMPARE(header.sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Size), QString("+4"));
}

// From the keyboard: what a step made, sorted by size.
void ChangesPanelTest::menu() {
    WindowFixture fixture;
    fixture.openNew("file", kContent);
    edit(fixture, 20, 1, "x");
    fixture.document().document().beginTransaction("two");
    edit(fixture, 1, 1, "x");
    edit(fixture, 9, 3, "xyz");
    fixture.document().document().endTransaction();
    open(fixture);
    inList(fixture, Qt::Key_Home);
    // The menu stands in an event loop of its own.
    const auto fromMenu = [&](const std::vector<QString>& texts) {
        QStringList missing;
        QTimer::singleShot(0, this, [&] {
            for (const QString& text : texts) {
                auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                const QList<QAction*> actions =
                    menu != nullptr ? menu->actions() : QList<QAction*>();
                const auto found = std::ranges::find(actions, text, &QAction::text);
                if (found == actions.end()) {
                    missing << text;
                    break;
                }
                menu->setActiveAction(*found);
                QTest::keyClick(menu, (*found)->menu() != nullptr ? Qt::Key_Right : Qt::Key_Return);
            }
            while (QWidget* const left = QApplication::activePopupWidget()) {
                left->close();
            }
        });
        QTest::keyClick(&table(fixture).view(), Qt::Key_F10, Qt::ShiftModifier);
        return missing;
    };
    QCOMPARE(fromMenu({"Only this step"}), QStringList());
    QTRY_COMPARE(status(fixture), QString("2 shown of 3 changes, 5 bytes"));
    QCOMPARE(fromMenu({"Sort by", "Size"}), QStringList());
    settle(fixture);
    QCOMPARE(panel(fixture).list()->sort().by, ui::ChangeOrder::Size);
    QCOMPARE(cell(fixture, 1, ChangeTableModel::Size), QString("3"));
    QCOMPARE(fromMenu({"Revert"}), QStringList());
    settle(fixture);
    QCOMPARE(status(fixture), QString("1 shown of 2 changes, 4 bytes"));
    QCOMPARE(fromMenu({"No such thing"}), QStringList{"No such thing"});
}

void ChangesPanelTest::boxes() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_Home);
    const Offset caret = fixture.view().caret();
    QTest::mouseClick(table(fixture).view().viewport(), Qt::LeftButton, {},
                      placeOf(fixture, 2, ChangeTableModel::On));
    settle(fixture);
    QCOMPARE(cell(fixture, 2, ChangeTableModel::On), QString("off"));
    QCOMPARE(cell(fixture, 0, ChangeTableModel::On), QString("on"));
    QCOMPARE(fixture.view().caret(), caret);
    // What is mixed becomes what the first is not.
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("0 changes; 3 off; 3 chosen"));
    inList(fixture, Qt::Key_Space);
    QCOMPARE(status(fixture), QString("3 changes, 3 bytes; 3 chosen"));
}

void ChangesPanelTest::choiceFollowsChanges() {
    WindowFixture fixture;
    openThree(fixture);
    inList(fixture, Qt::Key_End);
    edit(fixture, 0, 0, "new");
    settle(fixture);
    QCOMPARE(table(fixture).selection().ranges(), (std::vector<ui::RowRange>{{3, 3}}));
    QCOMPARE(table(fixture).current().value(), 3U);
    // A chosen one that goes leaves its place chosen.
    inList(fixture, Qt::Key_Home);
    fixture.run(ActionId::Undo);
    settle(fixture);
    QCOMPARE(table(fixture).selection().ranges(), (std::vector<ui::RowRange>{{0, 0}}));
}

void ChangesPanelTest::bothPanels() {
    WindowFixture fixture;
    openThree(fixture);
    ui::FindBar& bar = fixture.window->bars().findBar();
    bar.setKind(ui::FindBar::Kind::Text);
    bar.setPatternText("ABC");
    fixture.run(ActionId::FindAll);
    QTRY_VERIFY(fixture.document().results().isShown());
    QVERIFY(fixture.document().changes().isShown());
    // Each has room for some rows.
    QTRY_VERIFY(table(fixture).fullRows() >= 3);
    QTRY_VERIFY(fixture.document().results().panel()->table().fullRows() >= 3);
    QVERIFY(fixture.view().fullRows() >= 3);
    fixture.view().setFocus();
    for (int presses = 0; presses < 2; ++presses) {
        fixture.key(Qt::Key_Escape);
    }
    QVERIFY(!fixture.document().results().isShown());
    QVERIFY(fixture.document().changes().isShown());
    fixture.key(Qt::Key_Escape);
    QVERIFY(!fixture.document().changes().isShown());
}

void ChangesPanelTest::closingWithThePanel() {
    {
        WindowFixture fixture;
        openThree(fixture);
        edit(fixture, 12, 1, "q");  // a list is on its way
        fixture.dialogs.closeAnswer = app::CloseAnswer::Discard;
        fixture.window->close();
    }
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

namespace {

/// `count` changes of one byte each, every other byte.
void editMany(app::OpenDocument& document, std::size_t count) {
    std::vector<Extent> extents;
    extents.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        extents.push_back({static_cast<Offset>(2 * i), 1});
    }
    const auto content = core::Content::bytes(core::Bytes{0x5A});
    if (!document.document().replaceMany(extents, content)) {
        qFatal("the changes are refused");
    }
}

}  // namespace

void ChangesPanelTest::manyAreOneStep() {
    WindowFixture fixture;
    const std::size_t count = 5'000;
    fixture.openNew("file", QByteArray(20'000, 'a'));
    editMany(fixture.document(), count);
    open(fixture);
    const QByteArray content = fixture.content();
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&table(fixture).view(), Qt::Key_Space);
    QTRY_COMPARE(fixture.document().document().pending().switchedOff, count);
    QTRY_VERIFY(fixture.document().document().canUndo());
    settle(fixture);
    QVERIFY(fixture.status().contains(QStringLiteral("Switched off: 5\u202F000 changes")));
    QCOMPARE(fixture.content(), QByteArray(20'000, 'a'));
    QCOMPARE(table(fixture).selection().count(), std::uint64_t{count});
    fixture.run(ActionId::Undo);
    settle(fixture);
    QCOMPARE(fixture.content(), content);
}

void ChangesPanelTest::stoppedHalfway() {
    WindowFixture fixture;
    const std::size_t count = 200'000;
    fixture.openNew("file", QByteArray(400'000, 'a'));
    editMany(fixture.document(), count);
    open(fixture);
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&table(fixture).view(), Qt::Key_Space);
    auto* const dialog = fixture.window->findChild<app::ProgressDialog*>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(fixture.document().document().pending().switchedOff > 0);
    // Nobody edits into the open step.
    QCOMPARE(QApplication::activeModalWidget(), static_cast<QWidget*>(dialog));
    emit dialog->cancelled();
    settle(fixture);
    const std::size_t off = fixture.document().document().pending().switchedOff;
    QVERIFY(off > 0 && off < count);
    QVERIFY(fixture.status().contains("stopped halfway"));
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.document().document().pending().switchedOff, std::size_t{0});
    QCOMPARE(fixture.document().document().pending().changes, count);
}

void ChangesPanelTest::closingWhileItRuns() {
    {
        WindowFixture fixture;
        fixture.openNew("file", QByteArray(400'000, 'a'));
        editMany(fixture.document(), 200'000);
        open(fixture);
        inList(fixture, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&table(fixture).view(), Qt::Key_Space);
        QTRY_VERIFY(fixture.document().document().pending().switchedOff > 0);
        QVERIFY(QApplication::activeModalWidget() != nullptr);
        // The desktop asks at its end, dialog or not.
        fixture.dialogs.closeAnswer = app::CloseAnswer::Discard;
        fixture.window->close();
        QTRY_VERIFY(fixture.window.isNull());
    }
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void ChangesPanelTest::undoStoppedHalfway() {
    WindowFixture fixture;
    const std::size_t count = ui::HistoryKeeper::kAtOnce + 1;
    fixture.openNew("file", QByteArray(qsizetype(2 * count), 'a'));
    editMany(fixture.document(), count);
    fixture.run(ActionId::Undo);
    const QPointer<app::ProgressDialog> dialog = fixture.window->findChild<app::ProgressDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(QApplication::activeModalWidget(), static_cast<QWidget*>(dialog.data()));
    emit dialog->cancelled();
    QTRY_VERIFY(fixture.document().document().canUndo());
    QVERIFY(!dialog || !dialog->isVisible());
    QCOMPARE(fixture.document().document().pending().changes, count);
    QVERIFY2(fixture.status().contains("everything is as it was"), qPrintable(fixture.status()));
}

void ChangesPanelTest::closingWhileItUndoes() {
    {
        WindowFixture fixture;
        const std::size_t count = ui::HistoryKeeper::kAtOnce + 1;
        fixture.openNew("file", QByteArray(qsizetype(2 * count), 'a'));
        editMany(fixture.document(), count);
        fixture.run(ActionId::Undo);
        QVERIFY(QApplication::activeModalWidget() != nullptr);
        fixture.dialogs.closeAnswer = app::CloseAnswer::Discard;
        fixture.window->close();
        QTRY_VERIFY(fixture.window.isNull());
    }
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void ChangesPanelTest::aMillion() {
    WindowFixture fixture;
    // A sanitizer would take minutes for all of them.
    const std::size_t count = test::scaled(100) < 100 ? 120'000 : 1'000'000;
    const auto length = static_cast<qsizetype>(2 * count);
    const std::string path = fixture.openNew("file", QByteArray(length, 'a'));
    editMany(fixture.document(), count);
    edit(fixture, count + 1, 0, "the longest");
    QTRY_VERIFY(ui::Job::waitAllIdle(std::chrono::milliseconds{0}));
    LongestBlock block;
    const auto tell = [&](const char* what) {
        const LongestBlock::Times times = block.take();
        qInfo(
            "%s: the event loop turned %zu times and stood for %.1f ms, at work %.1f ms at the worst",
            what, times.turns, times.wall, times.work);
        return times.turns;
    };
    QCoreApplication::processEvents();
    block.take();
    open(fixture);
    QTRY_COMPARE(panel(fixture).list()->listing()->count(), std::uint64_t{count + 1});
    tell("listing");
    inList(fixture, Qt::Key_End);
    QTRY_COMPARE(cell(fixture, 2, ChangeTableModel::Bytes), QString("61 → 5A"));
    tell("to the end");
    panel(fixture).list()->setSort({ui::ChangeOrder::Size, true});
    settle(fixture);
    inList(fixture, Qt::Key_Home);
    QCOMPARE(cell(fixture, 0, ChangeTableModel::Size), QString("+11"));
    tell("sorting by size");
    panel(fixture).list()->setFilter("0x1000-0x10FF");
    settle(fixture);
    QCOMPARE(panel(fixture).list()->listing()->count(), std::uint64_t{128});
    tell("filtering");
    panel(fixture).list()->setFilter({});
    settle(fixture);
    inList(fixture, Qt::Key_A, Qt::ControlModifier);
    tell("choosing all");
    panel(fixture).list()->setSort({});
    QTRY_COMPARE(cell(fixture, 0, ChangeTableModel::Offset), QString("0x0000"));
    QTRY_COMPARE(table(fixture).selection().count(), std::uint64_t{count + 1});
    tell("following what is chosen");
    QElapsedTimer clock;
    clock.start();
    QTest::keyClick(&table(fixture).view(), Qt::Key_Space);
    QTRY_COMPARE(fixture.document().document().pending().switchedOff, count + 1);
    QTRY_VERIFY(fixture.document().document().canUndo());
    qInfo("switched off in %lld ms", static_cast<long long>(clock.elapsed()));
    // It is done piece by piece, however fast the machine.
    QVERIFY(tell("switching all off") > 10);
    settle(fixture);
    QCOMPARE(table(fixture).selection().count(), std::uint64_t{count + 1});
    tell("listing what is off");
    QCOMPARE(fixture.content(), QByteArray(length, 'a'));
    block.take();
    // The splices of an undo are played piece by piece as well.
    fixture.run(ActionId::Undo);
    const QPointer<app::ProgressDialog> dialog = fixture.window->findChild<app::ProgressDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QTRY_COMPARE(fixture.document().document().pending().changes, count + 1);
    QVERIFY(tell("undo") > 10);
    QVERIFY(!dialog || !dialog->isVisible());
    fixture.run(ActionId::Revert);
    QCOMPARE(fixture.document().document().pending().changes, std::size_t{0});
    tell("reverting all");
    settle(fixture);
    tell("listing none");
    fixture.run(ActionId::Undo);
    tell("undoing that");
    settle(fixture);
    tell("listing them again");
    fixture.run(ActionId::Flush);
    QVERIFY(waitForFlush(fixture));
    tell("flushing");
    settle(fixture);
    tell("listing none again");
    QByteArray written(length, 'a');
    for (qsizetype at = 0; at < length; at += 2)
        written[at] = 'Z';
    QVERIFY(fileContent(path) == written.insert(static_cast<qsizetype>(count + 1), "the longest"));
}

QTEST_MAIN(ChangesPanelTest)
#include "changes_panel_test.moc"
