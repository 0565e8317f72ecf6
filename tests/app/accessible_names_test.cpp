// Whatever can have the focus, and each button, says what it is to those who do not see it; and
// whatever can be pressed with the mouse can be reached with the keyboard.
#include "tests/app/window_fixture.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QButtonGroup>
#include <QComboBox>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

using octavo::app::ActionId;
using octavo::test::WindowFixture;

namespace {

QString described(const QWidget& widget) {
    QStringList path;
    for (const QWidget* at = &widget; at != nullptr; at = at->parentWidget())
        path.prepend(QString(at->metaObject()->className()) + ' ' + at->objectName());
    return path.join(" > ");
}

QString nameOf(QWidget& widget) {
    return QAccessible::queryAccessibleInterface(&widget)->text(QAccessible::Name);
}

/// Those in the window that somebody may come to, hidden ones too: they are shown later. Not those
/// that pass the focus on, as the field within a spin box does, nor what stands between the headers
/// of a table: there is none without both.
QList<QWidget*> reachable(QWidget& window) {
    QList<QWidget*> found;
    for (QWidget* const widget : window.findChildren<QWidget*>())
        if (widget->focusProxy() == nullptr && !widget->inherits("QTableCornerButton") &&
            (widget->focusPolicy() != Qt::NoFocus ||
             qobject_cast<QAbstractButton*>(widget) != nullptr))
            found << widget;
    return found;
}

QStringList namelessIn(QWidget& window) {
    QStringList found;
    for (QWidget* const widget : reachable(window))
        if (nameOf(*widget).trimmed().isEmpty())
            found << described(*widget);
    return found;
}

/// Buttons on the screen that only a mouse can press.
QStringList onlyForTheMouse(QWidget& window) {
    QStringList found;
    for (QAbstractButton* const button : window.findChildren<QAbstractButton*>()) {
        const bool isShown = button->isVisible() && button->isEnabled();
        // Of a group one has the focus, and arrow keys go on from there.
        const QButtonGroup* const group = button->group();
        const bool isReached =
            (button->focusPolicy() & Qt::TabFocus) != 0 ||
            (group != nullptr && std::ranges::any_of(group->buttons(), [](auto* b) {
                 return (b->focusPolicy() & Qt::TabFocus) != 0;
             }));
        if (isShown && !isReached)
            found << described(*button);
    }
    return found;
}

void collectNameless(const QMenu& menu, QStringList& found) {
    for (const QAction* const action : menu.actions()) {
        if (!action->isSeparator() && action->text().trimmed().isEmpty())
            found << "an item of " + menu.title();
        if (action->menu() != nullptr)
            collectNameless(*action->menu(), found);
    }
}

}  // namespace

class AccessibleNamesTest : public QObject {
    Q_OBJECT

private slots:
    void windows_data();
    void windows();
    void menus();
    void eachGridHasItsOwnName_data();
    void eachGridHasItsOwnName();
};

void AccessibleNamesTest::windows_data() {
    QTest::addColumn<bool>("hasFile");
    QTest::addColumn<int>("action");
    QTest::addColumn<QSize>("size");
    const QSize large(1280, 800);
    const auto row = [&](const char* name, ActionId id) {
        QTest::newRow(name) << true << int(id) << large;
    };
    QTest::newRow("no file") << false << int(ActionId::Count) << large;
    QTest::newRow("no file, small") << false << int(ActionId::Count) << QSize(480, 320);
    row("a file", ActionId::Count);
    QTest::newRow("a file, small") << true << int(ActionId::Count) << QSize(480, 320);
    row("find", ActionId::Find);
    row("find all", ActionId::FindAll);
    row("replace", ActionId::Replace);
    row("go to", ActionId::GoTo);
    row("select", ActionId::SelectBlock);
    row("change bytes", ActionId::EditSelection);
    row("insert bytes", ActionId::InsertBytes);
    row("split", ActionId::Split);
    row("keys", ActionId::Keys);
    row("changes", ActionId::Changes);
    row("history", ActionId::History);
    row("original", ActionId::Original);
    row("compare", ActionId::Compare);
}

void AccessibleNamesTest::windows() {
    QFETCH(bool, hasFile);
    QFETCH(int, action);
    QFETCH(QSize, size);
    WindowFixture fixture;
    fixture.window->resize(size);
    if (hasFile) {
        fixture.openNew("data.bin", octavo::test::someBytes(1000));
        QVERIFY(fixture.document().document().overwrite(5, octavo::core::Bytes{1}));
        fixture.view().setSelection({0, 4});
    }
    // With a message that has links.
    fixture.open(fixture.folder.path("missing"));
    if (action != int(ActionId::Count)) {
        QVERIFY(fixture.window->action(static_cast<ActionId>(action))->isEnabled());
        fixture.run(static_cast<ActionId>(action));
    }
    QCoreApplication::processEvents();
    // Their lists are made when they are first asked for.
    for (const QComboBox* const choice : fixture.window->findChildren<QComboBox*>())
        QVERIFY(choice->view() != nullptr);
    QVERIFY(reachable(*fixture.window).size() > 10);
    const QStringList nameless = namelessIn(*fixture.window);
    const QStringList onlyForMouse = onlyForTheMouse(*fixture.window);
    QVERIFY2(nameless.isEmpty(), qPrintable("without a name:\n" + nameless.join('\n')));
    QVERIFY2(onlyForMouse.isEmpty(), qPrintable("without keys:\n" + onlyForMouse.join('\n')));
}

void AccessibleNamesTest::menus() {
    WindowFixture fixture;
    fixture.openNew("data.bin", "Hello");
    QStringList found;
    const QList<QAction*> menus = fixture.window->menuBar()->actions();
    QVERIFY(menus.size() >= 4);
    for (const QAction* const action : menus) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(action->menu() != nullptr);
        collectNameless(*action->menu(), found);
    }
    QCOMPARE(found.join('\n'), "");
}

void AccessibleNamesTest::eachGridHasItsOwnName_data() {
    QTest::addColumn<int>("action");
    QTest::newRow("split") << int(ActionId::Split);
    QTest::newRow("compare") << int(ActionId::Compare);
}

void AccessibleNamesTest::eachGridHasItsOwnName() {
    QFETCH(int, action);
    WindowFixture fixture;
    fixture.openNew("data.bin", "Hello");
    fixture.run(static_cast<ActionId>(action));
    QStringList names;
    for (octavo::ui::HexView* const view : fixture.window->findChildren<octavo::ui::HexView*>())
        names << nameOf(*view);
    QCOMPARE(names.size(), 2);
    QVERIFY(names[0] != names[1]);
}

QTEST_MAIN(AccessibleNamesTest)
#include "accessible_names_test.moc"
