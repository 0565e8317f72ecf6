#include "ui/results/long_table.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace octavo::ui;

namespace {

/// Rows that say their numbers.
class Numbers final : public LongTableModel {
public:
    explicit Numbers(std::uint64_t total) : total_(total) {}

    std::uint64_t total() const override { return total_; }
    void setTotal(std::uint64_t total) {
        total_ = total;
        refresh();
    }
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : 1;
    }
    QVariant data(const QModelIndex& index, int role) const override {
        return role == Qt::DisplayRole
                   ? QVariant(qulonglong{first() + static_cast<std::uint64_t>(index.row())})
                   : QVariant();
    }

protected:
    void load(std::uint64_t, int) override {}

private:
    std::uint64_t total_;
};

constexpr std::uint64_t kHuge = std::uint64_t{1} << 62U;
constexpr int kRows = 10;

}  // namespace

class LongTableTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void keys_data();
    void keys();
    void noRowsNoChoice();
    void mouseChooses();
    void returnActivates();
    void wheelScrolls();
    void barReachesBothEnds_data();
    void barReachesBothEnds();
    void currentStaysWhileItScrolls();
    void rowsComeAndGo();
    void severalRows_data();
    void severalRows();
    void severalRowsByMouse_data();
    void severalRowsByMouse();
    void draggingExtends();
    void boxesChooseNothing();
    void oneRowAloneIsNoSelection();
    void goneRowsAreNotChosen();

private:
    void show(std::uint64_t total);
    void showSeveral(std::uint64_t total) {
        show(total);
        table_->allowSeveral();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&table_->view(), key, modifiers);
    }
    QPoint placeOf(int row) {
        return {20, row * table_->view().verticalHeader()->defaultSectionSize() + 4};
    }
    /// "3-5 8"
    QString chosenRows() {
        QStringList ranges;
        for (const RowRange& range : table_->selection().ranges())
            ranges << (range.count() == 1
                           ? QString::number(range.first)
                           : QStringLiteral("%1-%2").arg(range.first).arg(range.last));
        return ranges.join(' ');
    }
    qulonglong shownAt(int row) {
        return table_->view().model()->index(row, 0).data().toULongLong();
    }
    bool isSelected(int row) {
        return table_->view().selectionModel()->isRowSelected(row, QModelIndex());
    }

    std::unique_ptr<Numbers> model_;
    std::unique_ptr<QAbstractItemModelTester> tester_;
    std::unique_ptr<LongTable> table_;
};

void LongTableTest::init() {
    table_.reset();
    tester_.reset();
    model_.reset();
}

void LongTableTest::show(std::uint64_t total) {
    model_ = std::make_unique<Numbers>(total);
    tester_ = std::make_unique<QAbstractItemModelTester>(
        model_.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    table_ = std::make_unique<LongTable>();
    table_->setModel(model_.get());
    table_->resize(300, 200);
    table_->show();
    QVERIFY(QTest::qWaitForWindowExposed(table_.get()));
    // So that there are whole rows, as many as the tests say.
    const int extra = table_->view().viewport()->height() -
                      kRows * table_->view().verticalHeader()->defaultSectionSize();
    table_->resize(300, 200 - extra);
    QTRY_COMPARE(table_->fullRows(), kRows);
    table_->view().setFocus();
}

void LongTableTest::keys_data() {
    QTest::addColumn<qulonglong>("total");
    QTest::addColumn<qulonglong>("before");
    QTest::addColumn<Qt::Key>("pressed");
    QTest::addColumn<qulonglong>("after");
    QTest::addColumn<qulonglong>("top");
    using N = qulonglong;
    QTest::newRow("down") << N{100} << N{3} << Qt::Key_Down << N{4} << N{0};
    QTest::newRow("down below what is seen") << N{100} << N{9} << Qt::Key_Down << N{10} << N{1};
    QTest::newRow("down at the end") << N{100} << N{99} << Qt::Key_Down << N{99} << N{90};
    QTest::newRow("up") << N{100} << N{3} << Qt::Key_Up << N{2} << N{0};
    QTest::newRow("up at the start") << N{100} << N{0} << Qt::Key_Up << N{0} << N{0};
    QTest::newRow("page down") << N{100} << N{3} << Qt::Key_PageDown << N{13} << N{4};
    QTest::newRow("page down at the end") << N{100} << N{95} << Qt::Key_PageDown << N{99} << N{90};
    QTest::newRow("page up") << N{100} << N{50} << Qt::Key_PageUp << N{40} << N{40};
    QTest::newRow("page up at the start") << N{100} << N{5} << Qt::Key_PageUp << N{0} << N{0};
    QTest::newRow("end") << N{100} << N{3} << Qt::Key_End << N{99} << N{90};
    QTest::newRow("home") << N{100} << N{60} << Qt::Key_Home << N{0} << N{0};
    QTest::newRow("end of very many")
        << N{kHuge} << N{3} << Qt::Key_End << N{kHuge - 1} << N{kHuge - 10};
    QTest::newRow("up among very many")
        << N{kHuge} << N{kHuge / 2} << Qt::Key_Up << N{kHuge / 2 - 1} << N{kHuge / 2 - 9};
    QTest::newRow("fewer than seen") << N{4} << N{2} << Qt::Key_PageDown << N{3} << N{0};
}

void LongTableTest::keys() {
    QFETCH(qulonglong, total);
    QFETCH(qulonglong, before);
    QFETCH(Qt::Key, pressed);
    QFETCH(qulonglong, after);
    QFETCH(qulonglong, top);
    show(total);
    table_->setCurrent(before);
    QSignalSpy chosen(table_.get(), &LongTable::chosen);
    key(pressed);
    QCOMPARE(table_->current().value(), after);
    QCOMPARE(table_->topRow(), top);
    QCOMPARE(shownAt(0), top);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toULongLong(), after);
    QVERIFY(isSelected(static_cast<int>(after - top)));
}

void LongTableTest::noRowsNoChoice() {
    show(0);
    QSignalSpy chosen(table_.get(), &LongTable::chosen);
    for (const Qt::Key pressed : {Qt::Key_Down, Qt::Key_End, Qt::Key_Return, Qt::Key_PageUp})
        key(pressed);
    QVERIFY(chosen.isEmpty());
    QVERIFY(!table_->current());
}

void LongTableTest::mouseChooses() {
    show(kHuge);
    table_->setTopRow(1000);
    QSignalSpy chosen(table_.get(), &LongTable::chosen);
    const int height = table_->view().verticalHeader()->defaultSectionSize();
    QTest::mouseClick(table_->view().viewport(), Qt::LeftButton, {}, {20, 3 * height + 4});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toULongLong(), 1003U);
    QCOMPARE(table_->topRow(), 1000U);
    QVERIFY(isSelected(3));
}

void LongTableTest::returnActivates() {
    show(100);
    table_->setCurrent(7);
    QSignalSpy activated(table_.get(), &LongTable::activated);
    key(Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toULongLong(), 7U);
}

void LongTableTest::wheelScrolls() {
    show(kHuge);
    QWidget* const viewport = table_->view().viewport();
    const auto turn = [&](int angle) {
        QWheelEvent wheel({10, 10}, viewport->mapToGlobal(QPointF(10, 10)), {}, {0, angle},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(viewport, &wheel);
    };
    turn(-240);
    QCOMPARE(table_->topRow(), std::uint64_t(2 * QApplication::wheelScrollLines()));
    turn(1200);
    QCOMPARE(table_->topRow(), 0U);
}

void LongTableTest::barReachesBothEnds_data() {
    QTest::addColumn<qulonglong>("total");
    for (const std::uint64_t total : {std::uint64_t{11}, std::uint64_t{1'000'000}, kHuge})
        QTest::addRow("%llu rows", static_cast<unsigned long long>(total)) << qulonglong{total};
}

void LongTableTest::barReachesBothEnds() {
    QFETCH(qulonglong, total);
    show(total);
    auto* const bar = table_->findChild<QScrollBar*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(bar->isVisible());
    bar->setValue(bar->maximum());
    QCOMPARE(table_->topRow(), total - kRows);
    QCOMPARE(shownAt(0), total - kRows);
    bar->setValue(bar->minimum());
    QCOMPARE(table_->topRow(), 0U);
}

void LongTableTest::currentStaysWhileItScrolls() {
    show(1000);
    table_->setCurrent(5);
    QSignalSpy chosen(table_.get(), &LongTable::chosen);
    table_->setTopRow(500);
    QCOMPARE(table_->current().value(), 5U);
    for (int row = 0; row <= kRows; ++row)
        QVERIFY(!isSelected(row));
    table_->setTopRow(3);
    QVERIFY(isSelected(2));
    QVERIFY(chosen.isEmpty());
}

void LongTableTest::rowsComeAndGo() {
    show(0);
    model_->setTotal(5);
    QCOMPARE(model_->rowCount(), 5);
    model_->setTotal(50);
    QCOMPARE(model_->rowCount(), kRows + 1);  // one that is seen in part
    table_->setTopRow(40);
    model_->setTotal(12);
    QCOMPARE(table_->topRow(), 2U);
    QCOMPARE(shownAt(0), 2U);
    model_->setTotal(0);
    QCOMPARE(model_->rowCount(), 0);
}

using Keys = QList<QKeyCombination>;

void LongTableTest::severalRows_data() {
    QTest::addColumn<qulonglong>("total");
    QTest::addColumn<Keys>("keys");
    QTest::addColumn<QString>("rows");
    QTest::addColumn<qulonglong>("current");
    using N = qulonglong;
    const auto down = QKeyCombination(Qt::Key_Down);
    const auto shiftDown = Qt::SHIFT | Qt::Key_Down;
    const auto shiftUp = Qt::SHIFT | Qt::Key_Up;
    const auto ctrlDown = Qt::CTRL | Qt::Key_Down;
    const auto ctrlSpace = Qt::CTRL | Qt::Key_Space;
    QTest::newRow("one") << N{100} << Keys{down, down} << "1" << N{1};
    QTest::newRow("Shift extends")
        << N{100} << Keys{down, down, shiftDown, shiftDown} << "1-3" << N{3};
    QTest::newRow("and goes back")
        << N{100} << Keys{down, shiftDown, shiftDown, shiftUp} << "0-1" << N{1};
    QTest::newRow("over the start")
        << N{100} << Keys{down, down, shiftUp, shiftUp} << "0-1" << N{0};
    QTest::newRow("Shift without a row takes one") << N{100} << Keys{shiftDown} << "0" << N{0};
    QTest::newRow("Shift+End") << N{kHuge} << Keys{down, Qt::SHIFT | Qt::Key_End}
                               << QStringLiteral("0-%1").arg(kHuge - 1) << N{kHuge - 1};
    QTest::newRow("all") << N{kHuge} << Keys{Qt::CTRL | Qt::Key_A}
                         << QStringLiteral("0-%1").arg(kHuge - 1) << N{0};
    QTest::newRow("all of nothing") << N{0} << Keys{Qt::CTRL | Qt::Key_A} << "" << N{0};
    QTest::newRow("Ctrl moves alone") << N{100} << Keys{down, ctrlDown, ctrlDown} << "0" << N{2};
    QTest::newRow("Ctrl+Space takes another")
        << N{100} << Keys{down, ctrlDown, ctrlDown, ctrlSpace} << "0 2" << N{2};
    QTest::newRow("and leaves it")
        << N{100} << Keys{down, ctrlDown, ctrlSpace, ctrlSpace} << "0" << N{1};
    QTest::newRow("all but one") << N{5} << Keys{down, down, Qt::CTRL | Qt::Key_A, ctrlSpace}
                                 << "0 2-4" << N{1};
    QTest::newRow("moving ends it") << N{100} << Keys{Qt::CTRL | Qt::Key_A, down} << "1" << N{1};
}

void LongTableTest::severalRows() {
    QFETCH(qulonglong, total);
    QFETCH(Keys, keys);
    QFETCH(QString, rows);
    QFETCH(qulonglong, current);
    showSeveral(total);
    for (const QKeyCombination& each : keys)
        key(each.key(), each.keyboardModifiers());
    QCOMPARE(chosenRows(), rows);
    QCOMPARE(table_->current().value_or(0), current);
    for (int row = 0; row < model_->rowCount(); ++row)
        QCOMPARE(isSelected(row),
                 table_->selection().contains(table_->topRow() + static_cast<std::uint64_t>(row)));
}

struct Click {
    int row;
    Qt::KeyboardModifiers modifiers;
    Qt::MouseButton button = Qt::LeftButton;
};
using Clicks = QList<Click>;

void LongTableTest::severalRowsByMouse_data() {
    QTest::addColumn<Clicks>("clicks");
    QTest::addColumn<QString>("rows");
    const Qt::KeyboardModifiers none = Qt::NoModifier;
    QTest::newRow("one") << Clicks{{3, none}} << "1003";
    QTest::newRow("another") << Clicks{{3, none}, {5, none}} << "1005";
    QTest::newRow("Shift") << Clicks{{3, none}, {6, Qt::ShiftModifier}} << "1003-1006";
    QTest::newRow("Shift twice, from the same row")
        << Clicks{{5, none}, {8, Qt::ShiftModifier}, {2, Qt::ShiftModifier}} << "1002-1005";
    QTest::newRow("Ctrl") << Clicks{{3, none}, {5, Qt::ControlModifier}} << "1003 1005";
    QTest::newRow("Ctrl leaves one")
        << Clicks{{3, none}, {6, Qt::ShiftModifier}, {4, Qt::ControlModifier}} << "1003 1005-1006";
    QTest::newRow("the right button on what is chosen")
        << Clicks{{3, none}, {6, Qt::ShiftModifier}, {4, none, Qt::RightButton}} << "1003-1006";
    QTest::newRow("the right button elsewhere")
        << Clicks{{3, none}, {6, Qt::ShiftModifier}, {8, none, Qt::RightButton}} << "1008";
}

void LongTableTest::severalRowsByMouse() {
    QFETCH(Clicks, clicks);
    QFETCH(QString, rows);
    showSeveral(kHuge);
    table_->setTopRow(1000);
    for (const Click& click : clicks)
        QTest::mouseClick(table_->view().viewport(), click.button, click.modifiers,
                          placeOf(click.row));
    QCOMPARE(chosenRows(), rows);
    QCOMPARE(table_->topRow(), 1000U);
}

void LongTableTest::draggingExtends() {
    showSeveral(100);
    QWidget* const viewport = table_->view().viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, placeOf(2));
    QTest::mouseMove(viewport, placeOf(4));
    QTest::mouseMove(viewport, placeOf(5));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, placeOf(5));
    QCOMPARE(chosenRows(), QString("2-5"));
    QTest::mouseMove(viewport, placeOf(8));
    QCOMPARE(chosenRows(), QString("2-5"));
    QSignalSpy activated(table_.get(), &LongTable::activated);
    QTest::mouseDClick(viewport, Qt::LeftButton, {}, placeOf(3));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toULongLong(), 3U);
}

void LongTableTest::boxesChooseNothing() {
    showSeveral(100);
    key(Qt::Key_Down);
    table_->setBoxColumn(0);
    QSignalSpy boxes(table_.get(), &LongTable::boxClicked);
    QSignalSpy chosen(table_.get(), &LongTable::chosen);
    QTest::mouseClick(table_->view().viewport(), Qt::LeftButton, {}, placeOf(4));
    QCOMPARE(boxes.size(), 1);
    QCOMPARE(boxes[0][0].toULongLong(), 4U);
    QVERIFY(chosen.isEmpty());
    QCOMPARE(chosenRows(), QString("0"));
}

void LongTableTest::oneRowAloneIsNoSelection() {
    show(100);
    key(Qt::Key_Down);
    key(Qt::Key_Down, Qt::ShiftModifier);
    key(Qt::Key_A, Qt::ControlModifier);
    QVERIFY(table_->current());
    QVERIFY(table_->selection().isEmpty());
}

void LongTableTest::goneRowsAreNotChosen() {
    showSeveral(100);
    key(Qt::Key_A, Qt::ControlModifier);
    model_->setTotal(7);
    QCOMPARE(chosenRows(), QString("0-6"));
    model_->setTotal(0);
    QVERIFY(table_->selection().isEmpty());
}

QTEST_MAIN(LongTableTest)
#include "long_table_test.moc"
