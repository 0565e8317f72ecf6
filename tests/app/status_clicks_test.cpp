#include "app/status_clicks.h"
#include "tests/app/window_fixture.h"

#include <QMenu>

using namespace octavo;
using octavo::app::ActionId;
using octavo::test::WindowFixture;

class StatusClicksTest : public QObject {
    Q_OBJECT

private slots:
    void commands();
    void menus_data();
    void menus();

private:
    static void click(WindowFixture& fixture, const QString& text) {
        for (auto* const field : fixture.window->statusLine().findChildren<ui::StatusField*>()) {
            if (field->text().startsWith(text) && field->isVisible())
                return QTest::mouseClick(field, Qt::LeftButton);
        }
        qFatal("there is no field %s", qPrintable(text));
    }
};

void StatusClicksTest::commands() {
    WindowFixture fixture;
    fixture.window->resize(1300, 700);
    fixture.openNew("a.bin", QByteArray(1000, '.'));
    click(fixture, "Offset");
    QVERIFY(fixture.window->bars().goToBar().isVisible());
    fixture.key(Qt::Key_Escape);
    click(fixture, "Overwrite");
    QVERIFY(fixture.view().insertMode());
    click(fixture, "Insert");
    QVERIFY(!fixture.view().insertMode());
    fixture.view().jumpTo({3, 4});
    click(fixture, "Selection");
    QVERIFY(fixture.window->bars().selectBar().isVisible());
    fixture.key(Qt::Key_Escape);
    click(fixture, "No changes");
    QVERIFY(fixture.document().changes().isShown());
    click(fixture, "No changes");
    QVERIFY(!fixture.document().changes().isShown());
}

void StatusClicksTest::menus_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("shown");
    QTest::newRow("mode") << "Preview"
                          << "Read-only"
                          << "Read-only";
    QTest::newRow("encoding") << "Latin-1"
                              << "UTF-8"
                              << "UTF-8";
}

/// The menu stands above its field; choosing changes what the field shows.
void StatusClicksTest::menus() {
    QFETCH(QString, field);
    QFETCH(QString, entry);
    QFETCH(QString, shown);
    WindowFixture fixture;
    fixture.window->resize(1300, 700);
    fixture.openNew("a.bin", QByteArray(1000, '.'));
    click(fixture, field);
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(menu->geometry().bottom() <=
            fixture.window->statusLine().mapToGlobal(QPoint(0, 0)).y() + 2);
    QAction* wanted = nullptr;
    for (QAction* const action : menu->actions())
        if (action->text().remove('&').startsWith(entry))
            wanted = action;
    QVERIFY(wanted != nullptr);
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(wanted).center());
    QVERIFY2(fixture.status().contains(shown), qPrintable(fixture.status()));
    QVERIFY(QApplication::activePopupWidget() == nullptr);
}

QTEST_MAIN(StatusClicksTest)
#include "status_clicks_test.moc"
