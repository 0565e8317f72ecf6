#include "app/keys_dialog.h"
#include "tests/app/window_fixture.h"

#include <QDialog>
#include <QLabel>

using namespace octavo;
using octavo::app::ActionId;
using octavo::test::WindowFixture;

class KeysDialogTest : public QObject {
    Q_OBJECT

private slots:
    void everyKeyIsTold();
    void oneForEachWindow();

private:
    static QDialog* dialog(WindowFixture& fixture) {
        return fixture.window->findChild<QDialog*>("keysDialog");
    }
    static QStringList texts(const QDialog& dialog) {
        QStringList found;
        for (const QLabel* const label : dialog.findChildren<QLabel*>())
            found << label->text();
        return found;
    }
};

/// Also those of commands that stand in no menu: there are none.
void KeysDialogTest::everyKeyIsTold() {
    WindowFixture fixture;
    fixture.key(Qt::Key_F1);
    QVERIFY(dialog(fixture) != nullptr && dialog(fixture)->isVisible());
    const QString told = texts(*dialog(fixture)).join('\n');
    int keys = 0;
    for (int id = 0; id < static_cast<int>(ActionId::Count); ++id) {
        for (const QKeySequence& key :
             fixture.window->action(static_cast<ActionId>(id))->shortcuts()) {
            QVERIFY2(told.contains(key.toString(QKeySequence::NativeText)),
                     qPrintable(fixture.window->action(static_cast<ActionId>(id))->text()));
            ++keys;
        }
    }
    QVERIFY(keys > 40);
    QVERIFY2(!told.contains('&'), qPrintable(told));
}

void KeysDialogTest::oneForEachWindow() {
    WindowFixture fixture;
    fixture.key(Qt::Key_F1);
    const QPointer<QDialog> first = dialog(fixture);
    fixture.run(ActionId::Keys);
    QCOMPARE(fixture.window->findChildren<QDialog*>("keysDialog").size(), qsizetype{1});
    QTest::keyClick(first, Qt::Key_Escape);
    QTRY_VERIFY(first.isNull());
}

QTEST_MAIN(KeysDialogTest)
#include "keys_dialog_test.moc"
