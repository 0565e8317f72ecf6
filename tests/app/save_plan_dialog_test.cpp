// The question how a file is to be written.
#include "app/save_plan_dialog.h"
#include "app/save_plan_text.h"

#include <QCheckBox>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace octavo;
using app::SavePlanDialog;
using core::SavePlan;
using core::SaveStrategy;

namespace {

SavePlan patch(std::optional<core::SaveObstacle> obstacle = {}) {
    SavePlan plan;
    plan.bytesToWrite = 3;
    plan.journalBytes = 150;
    plan.obstacle = obstacle;
    return plan;
}

SavePlan replace(const std::vector<core::SaveLoss>& losses = {}) {
    SavePlan plan;
    plan.strategy = SaveStrategy::Replace;
    plan.bytesToWrite = 5 << 20;
    plan.losses = losses;
    return plan;
}

}  // namespace

class SavePlanDialogTest : public QObject {
    Q_OBJECT

private slots:
    void proposesTheFirst();
    void keysChoose();
    void whatDoesNotApplyCannotBeChosen();
    void nothingApplies();
    void aDeviceHasNoBackup();
    void trivial_data();
    void trivial();
};

void SavePlanDialogTest::proposesTheFirst() {
    SavePlanDialog dialog("a.bin", {patch(), replace()}, false);
    const core::SaveOptions options = dialog.chosen({});
    QCOMPARE(*options.strategy, SaveStrategy::Patch);
    QVERIFY(!options.keepBackup && !options.evenIfDetached);
    for (const QAbstractButton* way : dialog.findChildren<QRadioButton*>())
        QVERIFY(!way->accessibleDescription().isEmpty());
}

void SavePlanDialogTest::keysChoose() {
    SavePlanDialog dialog("a.bin", {patch(), replace({core::SaveLoss::Links})}, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Down);
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
    QVERIFY(qobject_cast<QCheckBox*>(dialog.focusWidget()) != nullptr);
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Space);
    const core::SaveOptions options = dialog.chosen({.evenIfLocked = true});
    QCOMPARE(*options.strategy, SaveStrategy::Replace);
    QVERIFY(options.keepBackup && options.evenIfDetached && options.evenIfLocked);
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(dialog.result(), int(SavePlanDialog::Write));
    QVERIFY(!dialog.isVisible());
}

void SavePlanDialogTest::whatDoesNotApplyCannotBeChosen() {
    SavePlanDialog dialog("a.bin", {patch(core::SaveObstacle::LengthChanges), replace()}, false);
    QCOMPARE(*dialog.chosen({}).strategy, SaveStrategy::Replace);
    const QList<QRadioButton*> ways = dialog.findChildren<QRadioButton*>();
    QCOMPARE(ways.size(), 2);
    QVERIFY(!ways[0]->isEnabled() && ways[1]->isEnabled());
}

void SavePlanDialogTest::nothingApplies() {
    SavePlanDialog dialog("a.bin", {patch(core::SaveObstacle::NoRoom)}, false);
    QVERIFY(!dialog.findChild<QPushButton*>("write")->isEnabled());
    QVERIFY(!dialog.chosen({}).strategy.has_value());
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QVERIFY(!dialog.findChild<QCheckBox*>()->isVisible());
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(dialog.result(), int(SavePlanDialog::SaveAs));
}

void SavePlanDialogTest::aDeviceHasNoBackup() {
    SavePlanDialog dialog("sda", {patch()}, true);
    dialog.show();
    QVERIFY(!dialog.findChild<QCheckBox*>()->isVisible());
    dialog.findChild<QCheckBox*>()->setChecked(true);
    QVERIFY(!dialog.chosen({}).keepBackup);
}

void SavePlanDialogTest::trivial_data() {
    QTest::addColumn<SavePlan>("plan");
    QTest::addColumn<bool>("device");
    QTest::addColumn<bool>("trivial");
    QTest::newRow("a patch") << patch() << false << true;
    QTest::newRow("a short new file") << replace() << false << true;
    QTest::newRow("of a device") << patch() << true << false;
    QTest::newRow("names are lost") << replace({core::SaveLoss::Links}) << false << false;
    QTest::newRow("cannot be") << patch(core::SaveObstacle::NoRoom) << false << false;
    SavePlan torn = patch();
    torn.safety = core::CrashSafety::Part;
    QTest::newRow("may be torn") << torn << false << false;
    SavePlan large = replace();
    large.bytesToWrite = core::Offset{1} << 32;
    QTest::newRow("large") << large << false << false;
}

void SavePlanDialogTest::trivial() {
    QFETCH(SavePlan, plan);
    QFETCH(bool, device);
    QFETCH(bool, trivial);
    QCOMPARE(app::isTrivial(plan, device), trivial);
}

QTEST_MAIN(SavePlanDialogTest)

#include "save_plan_dialog_test.moc"
