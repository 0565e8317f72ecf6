// Several documents in one window, driven as a user would.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"

#include <QTabBar>

using namespace octavo;
using app::ActionId;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

class TabsTest : public QObject {
    Q_OBJECT

private slots:
    void barIsThereForSeveral();
    void keysChangeTabs();
    void commandsGoToTheOneThatIsSeen();
    void theSameFileIsShownAgain();
    void closesOneAfterTheOther();
    void closingATabAsks_data();
    void closingATabAsks();
    void closingTheWindowAsksForAll();
    void whatWasAgreedIsForgottenOnCancel();
    void namesWithSigns();
    void reloadKeepsTheTab();
    void findBarFollowsTheTab();

private:
    static QTabBar& bar(WindowFixture& fixture) {
        return *fixture.window->tabs().findChild<QTabBar*>();
    }
    static QStringList names(WindowFixture& fixture) {
        QStringList texts;
        for (int index = 0; index < bar(fixture).count(); ++index)
            texts << bar(fixture).tabText(index);
        return texts;
    }
    static void openThree(WindowFixture& fixture) {
        for (const char* const name : {"a", "b", "c"})
            fixture.openNew(name, QByteArray(name) + "0123");
    }
};

void TabsTest::barIsThereForSeveral() {
    WindowFixture fixture;
    QVERIFY(!bar(fixture).isVisible());
    fixture.openNew("a", "0123");
    QVERIFY(!bar(fixture).isVisible());
    fixture.openNew("b", "4567");
    QVERIFY(bar(fixture).isVisible());
    QCOMPARE(names(fixture), (QStringList{"a", "b"}));
    QVERIFY(bar(fixture).tabToolTip(1).endsWith("/b"));
    QVERIFY(fixture.window->windowTitle().startsWith("b"));
    fixture.type("41");
    QCOMPARE(names(fixture), (QStringList{"a", "b *"}));
    fixture.run(ActionId::Undo);
    QCOMPARE(names(fixture), (QStringList{"a", "b"}));
    fixture.run(ActionId::Close);
    QVERIFY(!bar(fixture).isVisible());
    QCOMPARE(fixture.content(), QByteArray("0123"));
    QVERIFY(fixture.view().hasFocus());
}

void TabsTest::keysChangeTabs() {
    WindowFixture fixture;
    openThree(fixture);
    const auto after = [&](Qt::Key key, Qt::KeyboardModifiers modifiers) {
        fixture.key(key, modifiers);
        return fixture.content().left(1);
    };
    QCOMPARE(after(Qt::Key_Tab, Qt::ControlModifier), QByteArray("a"));
    QCOMPARE(after(Qt::Key_PageDown, Qt::ControlModifier), QByteArray("b"));
    QCOMPARE(after(Qt::Key_PageUp, Qt::ControlModifier), QByteArray("a"));
    QCOMPARE(after(Qt::Key_PageUp, Qt::ControlModifier), QByteArray("c"));
    QVERIFY(fixture.view().hasFocus());
    QTest::mouseClick(&bar(fixture), Qt::LeftButton, Qt::NoModifier,
                      bar(fixture).tabRect(1).center());
    QCOMPARE(fixture.content().left(1), QByteArray("b"));
}

void TabsTest::commandsGoToTheOneThatIsSeen() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.type("4142");
    fixture.run(ActionId::NextTab);
    QVERIFY(!fixture.window->action(ActionId::Undo)->isEnabled());
    QVERIFY(fixture.status().contains("No changes"));
    fixture.run(ActionId::PreviousTab);
    QVERIFY(fixture.window->action(ActionId::Undo)->isEnabled());
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), QByteArray("c0123"));
}

void TabsTest::theSameFileIsShownAgain() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.type("41");
    QVERIFY(fixture.open(fixture.folder.path("a")));
    QCOMPARE(fixture.content(), QByteArray("a0123"));
    // By another name as well, and with what is pending in it.
    const std::string link = fixture.folder.path("link");
    QVERIFY(QFile::link(QString::fromStdString(fixture.folder.path("c")),
                        QString::fromStdString(link)));
    QVERIFY(fixture.open(link));
    QCOMPARE(fixture.content(), QByteArray("A0123"));
    QCOMPARE(names(fixture), (QStringList{"a", "b", "c *"}));
    QVERIFY2(fixture.status().contains("open already"), qPrintable(fixture.status()));
}

void TabsTest::closesOneAfterTheOther() {
    WindowFixture fixture;
    openThree(fixture);
    QTest::mouseClick(&bar(fixture), Qt::MiddleButton, Qt::NoModifier,
                      bar(fixture).tabRect(0).center());
    QCOMPARE(names(fixture), (QStringList{"b", "c"}));
    QCOMPARE(fixture.content(), QByteArray("c0123"));
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("b0123"));
    fixture.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(WindowFixture::windows().empty());
}

void TabsTest::closingATabAsks_data() {
    QTest::addColumn<app::CloseAnswer>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArray>("onDisk");
    QTest::newRow("cancel") << app::CloseAnswer::Cancel << false << QByteArray("b0123");
    QTest::newRow("discard") << app::CloseAnswer::Discard << true << QByteArray("b0123");
    QTest::newRow("save") << app::CloseAnswer::Save << true << QByteArray("A0123");
}

void TabsTest::closingATabAsks() {
    QFETCH(app::CloseAnswer, answer);
    QFETCH(bool, closes);
    QFETCH(QByteArray, onDisk);
    WindowFixture fixture;
    openThree(fixture);
    fixture.run(ActionId::PreviousTab);
    fixture.type("41");
    fixture.dialogs.closeAnswer = answer;
    fixture.run(ActionId::Close);
    QCOMPARE(fixture.dialogs.asked, 1);
    QTRY_COMPARE(names(fixture).size(), closes ? 2 : 3);
    QCOMPARE(TestFolder::read(fixture.folder.path("b")), onDisk);
    QCOMPARE(WindowFixture::windows().size(), std::size_t{1});
    if (!closes)
        QCOMPARE(fixture.content(), QByteArray("A0123"));
}

void TabsTest::closingTheWindowAsksForAll() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.type("43");
    fixture.run(ActionId::NextTab);
    fixture.type("42");
    fixture.dialogs.closeAnswer = app::CloseAnswer::Save;
    fixture.window->close();
    QTRY_VERIFY(WindowFixture::windows().empty());
    QCOMPARE(fixture.dialogs.asked, 2);
    QCOMPARE(TestFolder::read(fixture.folder.path("a")), QByteArray("B0123"));
    QCOMPARE(TestFolder::read(fixture.folder.path("b")), QByteArray("b0123"));
    QCOMPARE(TestFolder::read(fixture.folder.path("c")), QByteArray("C0123"));
}

// Discard for the first, cancel for the second: nothing is lost, and both are asked for again.
void TabsTest::whatWasAgreedIsForgottenOnCancel() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.type("43");
    fixture.run(ActionId::NextTab);
    fixture.type("42");
    fixture.dialogs.closeAnswers = {app::CloseAnswer::Discard, app::CloseAnswer::Cancel};
    fixture.window->close();
    QCOMPARE(fixture.dialogs.asked, 2);
    QCOMPARE(names(fixture), (QStringList{"a *", "b", "c *"}));
    QCOMPARE(fixture.content(), QByteArray("B0123"));
    fixture.dialogs.closeAnswers = {app::CloseAnswer::Discard, app::CloseAnswer::Discard};
    fixture.window->close();
    QTRY_VERIFY(WindowFixture::windows().empty());
    QCOMPARE(fixture.dialogs.asked, 4);
}

void TabsTest::namesWithSigns() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.openNew("d&e", "x");
    QCOMPARE(names(fixture).last(), QString("d&&e"));
}

void TabsTest::reloadKeepsTheTab() {
    WindowFixture fixture;
    openThree(fixture);
    fixture.run(ActionId::PreviousTab);
    fixture.folder.write("b", "after");
    QTRY_VERIFY(!fixture.message("outside").isEmpty());
    QVERIFY(fixture.follow("Reload"));
    QTRY_COMPARE(fixture.content(), QByteArray("after"));
    QTRY_VERIFY(fixture.window->isSettled());
    QCOMPARE(names(fixture), (QStringList{"a", "b", "c"}));
}

void TabsTest::findBarFollowsTheTab() {
    WindowFixture fixture;
    fixture.openNew("a", "xxneedle");
    fixture.openNew("b", "xxxxxneedle");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("6E 65");
    fixture.key(Qt::Key_Return);
    QTRY_COMPARE(fixture.view().selection(), (core::Extent{5, 2}));
    fixture.run(ActionId::NextTab);
    fixture.run(ActionId::FindNext);
    QTRY_COMPARE(fixture.view().selection(), (core::Extent{2, 2}));
}

QTEST_MAIN(TabsTest)
#include "tabs_test.moc"
