#include "ui/panels/segmented_control.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using octavo::ui::SegmentedControl;

class SegmentedControlTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { control_.reset(); }
    void oneIsChosenFromTheStart();
    void clickChooses();
    void arrowKeysChoose();
    void tabStopsAtTheChosenOne();
    void settingTellsNobody();
    void choosingMovesNothing();
    void segmentsHaveNames();
    void folds();
    void foldedOpensAMenu_data();
    void foldedOpensAMenu();

private:
    QAbstractButton* segment(int number) const {
        return control_->findChildren<QAbstractButton*>().at(number);
    }

    std::unique_ptr<SegmentedControl> control_;
};

void SegmentedControlTest::init() {
    control_ = std::make_unique<SegmentedControl>();
    QCOMPARE(control_->addSegment(QStringLiteral("Read-only"), QStringLiteral("No edits")), 0);
    QCOMPARE(control_->addSegment(QStringLiteral("Preview")), 1);
    control_->show();
    QVERIFY(QTest::qWaitForWindowActive(control_.get()));
}

void SegmentedControlTest::oneIsChosenFromTheStart() {
    QCOMPARE(control_->current(), 0);
}

void SegmentedControlTest::clickChooses() {
    QSignalSpy chosen(control_.get(), &SegmentedControl::chosen);
    QTest::mouseClick(segment(1), Qt::LeftButton);
    QCOMPARE(control_->current(), 1);
    QCOMPARE(chosen, (QList<QVariantList>{{1}}));
    QTest::mouseClick(segment(1), Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
}

void SegmentedControlTest::arrowKeysChoose() {
    QSignalSpy chosen(control_.get(), &SegmentedControl::chosen);
    segment(0)->setFocus();
    QTest::keyClick(segment(0), Qt::Key_Right);
    QCOMPARE(control_->current(), 1);
    QVERIFY(segment(1)->hasFocus());
    QTest::keyClick(segment(1), Qt::Key_Left);
    QCOMPARE(chosen, (QList<QVariantList>{{1}, {0}}));
}

void SegmentedControlTest::tabStopsAtTheChosenOne() {
    QWidget window;
    auto* const before = new QLineEdit(&window);
    auto* const control = new SegmentedControl(&window);
    for (const char* name : {"one", "two", "three"})
        control->addSegment(QLatin1String(name));
    auto* const after = new QLineEdit(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    for (const int chosen : {0, 1, 2}) {
        control->setCurrent(chosen);
        for (QLineEdit* const start : {before, after}) {
            start->setFocus();
            QTest::keyClick(start, start == before ? Qt::Key_Tab : Qt::Key_Backtab);
            auto* const segment = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
            QVERIFY(segment != nullptr && segment->isChecked());
            QTest::keyClick(segment, start == before ? Qt::Key_Tab : Qt::Key_Backtab);
            QVERIFY((start == before ? after : before)->hasFocus());
        }
    }
}

void SegmentedControlTest::settingTellsNobody() {
    QSignalSpy chosen(control_.get(), &SegmentedControl::chosen);
    control_->setCurrent(1);
    QCOMPARE(control_->current(), 1);
    QCOMPARE(chosen.count(), 0);
}

void SegmentedControlTest::choosingMovesNothing() {
    const QSize before = control_->sizeHint();
    control_->setCurrent(1);
    QCOMPARE(control_->sizeHint(), before);
}

void SegmentedControlTest::segmentsHaveNames() {
    QCOMPARE(segment(0)->accessibleName(), QStringLiteral("Read-only"));
    QCOMPARE(segment(0)->accessibleDescription(), QStringLiteral("No edits"));
}

void SegmentedControlTest::folds() {
    const int all = control_->sizeHint().width();
    segment(1)->click();
    segment(1)->setFocus();
    control_->setFolded(true);
    const int folded = control_->sizeHint().width();
    QVERIFY(folded < all);
    QCOMPARE(control_->fullWidth(), all);
    QVERIFY(!segment(0)->isVisible());
    QVERIFY(segment(1)->isVisible() && segment(1)->hasFocus());
    control_->setCurrent(0);
    QVERIFY(segment(0)->isVisible() && segment(0)->hasFocus());
    QVERIFY(!segment(1)->isVisible());
    QCOMPARE(control_->sizeHint().width(), folded);
    control_->setFolded(false);
    QVERIFY(segment(0)->isVisible() && segment(1)->isVisible());
    QCOMPARE(control_->sizeHint().width(), all);
}

void SegmentedControlTest::foldedOpensAMenu_data() {
    QTest::addColumn<bool>("byKey");
    QTest::newRow("click") << false;
    QTest::newRow("key") << true;
}

void SegmentedControlTest::foldedOpensAMenu() {
    QFETCH(bool, byKey);
    control_->setFolded(true);
    QSignalSpy chosen(control_.get(), &SegmentedControl::chosen);
    QStringList offered;
    QTimer looks;
    connect(&looks, &QTimer::timeout, control_.get(), [&offered] {
        auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return;
        // A menu that is there still has not heard of it.
        if (!offered.isEmpty())
            return void(menu->close());
        for (const QAction* const action : menu->actions())
            offered << action->text();
        menu->setActiveAction(menu->actions().last());
        QTest::keyClick(menu, Qt::Key_Return);
    });
    looks.start(10);
    segment(0)->setFocus();
    if (byKey)
        QTest::keyClick(segment(0), Qt::Key_Space);
    else
        QTest::mouseClick(segment(0), Qt::LeftButton);
    QCOMPARE(offered, (QStringList{"Read-only", "Preview"}));
    QCOMPARE(chosen, (QList<QVariantList>{{1}}));
    QVERIFY(segment(1)->isVisible() && segment(1)->hasFocus());
}

QTEST_MAIN(SegmentedControlTest)
#include "segmented_control_test.moc"
