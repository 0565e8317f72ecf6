#include "ui/panels/segmented_control.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

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

QTEST_MAIN(SegmentedControlTest)
#include "segmented_control_test.moc"
