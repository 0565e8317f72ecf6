#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/style/theme.h"

#include <QMenu>
#include <QToolBar>
#include <QWheelEvent>

using namespace octavo;
using app::ActionId;
using app::Settings;
using app::ThemeChoice;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

Q_DECLARE_METATYPE(octavo::ui::HexFormat)

namespace {

const ui::HexFormat kOtherFormat{.group = 2,
                                 .bytesPerRow = 48,
                                 .kind = ui::CellKind::Signed16,
                                 .order = core::ByteOrder::Big,
                                 .encoding = "KOI8-R",
                                 .offsets = ui::OffsetBase::Decimal,
                                 .relativeOffsets = true};

}  // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private slots:
    void everythingComesBack();
    void storedNonsenseIsNotTaken();
    void recentFilesAreTheLatestTen();
    void withoutAStoreNothingIsKept();
    void themeActionsPaintTheWindow();
    void zoomChangesTheGridOfAllWindows();
    void zoomOfTheEmptyWindowIsThatOfAGrid();
    void formatActionsChangeTheGridOfAllWindows();
    void formatMenusChangeTheGrid_data();
    void formatMenusChangeTheGrid();
    void toolBarHidesInAllWindows();
    void windowComesBackWhereItWas();

private:
    static std::unique_ptr<QSettings> store(const TestFolder& folder) {
        return std::make_unique<QSettings>(QString::fromStdString(folder.path("octavo.conf")),
                                           QSettings::IniFormat);
    }
};

void SettingsTest::everythingComesBack() {
    const TestFolder folder;
    const std::vector<std::string> files = {"/b\xFF\n%41", "/a b/\xD0\xB6"};
    QFont font("DejaVu Sans Mono");
    font.setPixelSize(17);
    {
        Settings settings(store(folder));
        settings.setTheme(ThemeChoice::Dark);
        settings.setGridFont(font);
        settings.setGridFormat(kOtherFormat);
        settings.setToolBarShown(false);
        settings.setInspectorShown(true);
        settings.setInspectorOrder(core::ByteOrder::Big);
        settings.setInspectorWidth(321);
        settings.setGeometry("geometry");
        settings.setGoToHistory({"end-0x10", "50%"});
        settings.addRecentFile(files[1]);
        settings.addRecentFile(files[0]);
    }
    const Settings settings(store(folder));
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QVERIFY(settings.gridFont().has_value());
    QCOMPARE(settings.gridFont()->family(), font.family());
    QCOMPARE(settings.gridFont()->pixelSize(), 17);
    QCOMPARE(settings.gridFormat(), kOtherFormat);
    QVERIFY(!settings.toolBarShown());
    QVERIFY(settings.inspectorShown());
    QCOMPARE(settings.inspectorOrder(), core::ByteOrder::Big);
    QCOMPARE(settings.inspectorWidth(), 321);
    QCOMPARE(settings.geometry(), QByteArray("geometry"));
    QCOMPARE(settings.goToHistory(), (QStringList{"end-0x10", "50%"}));
    QCOMPARE(settings.recentFiles(), files);
}

void SettingsTest::storedNonsenseIsNotTaken() {
    const TestFolder folder;
    {
        const auto file = store(folder);
        file->setValue("view/theme", "pink");
        file->setValue("view/gridFontFamily", "DejaVu Sans Mono");
        file->setValue("view/gridFontPixels", -4);
        file->setValue("view/group", 3);
        file->setValue("inspector/width", -7);
        file->setValue("view/bytesPerRow", 100000);
        file->setValue("view/cells", "hex7");
        file->setValue("view/encoding", "Klingon");
        file->setValue("files/recent", QStringList{"", "/a"});
    }
    const Settings settings(store(folder));
    QCOMPARE(settings.theme(), ThemeChoice::Auto);
    QVERIFY(!settings.gridFont().has_value());
    QCOMPARE(settings.gridFormat(), ui::HexFormat());
    QCOMPARE(settings.inspectorWidth(), 0);
    QCOMPARE(settings.recentFiles(), std::vector<std::string>{"/a"});
}

void SettingsTest::recentFilesAreTheLatestTen() {
    Settings settings(nullptr);
    QSignalSpy changed(&settings, &Settings::recentFilesChanged);
    for (int i = 0; i < 12; ++i)
        settings.addRecentFile("/" + std::to_string(i));
    settings.addRecentFile("/5");
    QCOMPARE(settings.recentFiles().size(), Settings::kMostRecentFiles);
    QCOMPARE(settings.recentFiles().front(), std::string("/5"));
    QCOMPARE(settings.recentFiles()[1], std::string("/11"));
    QCOMPARE(std::count(settings.recentFiles().begin(), settings.recentFiles().end(), "/5"), 1);
    settings.clearRecentFiles();
    QVERIFY(settings.recentFiles().empty());
    QCOMPARE(changed.count(), 14);
}

void SettingsTest::withoutAStoreNothingIsKept() {
    Settings settings(nullptr);
    settings.setTheme(ThemeChoice::Light);
    settings.addRecentFile("/a");
    settings.save();
    QCOMPARE(settings.theme(), ThemeChoice::Light);
    QVERIFY(Settings(nullptr).recentFiles().empty());
}

void SettingsTest::themeActionsPaintTheWindow() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    const auto background = [&fixture] {
        return fixture.view().viewport()->grab().toImage().pixelColor(
            fixture.view().viewport()->rect().bottomRight() - QPoint(3, 3));
    };
    fixture.run(ActionId::ThemeDark);
    QTRY_COMPARE(background(), ui::Theme::dark().base);
    fixture.run(ActionId::ThemeLight);
    QTRY_COMPARE(background(), ui::Theme::light().base);
    QVERIFY(fixture.window->action(ActionId::ThemeLight)->isChecked());
    QCOMPARE(fixture.settings.theme(), ThemeChoice::Light);
}

void SettingsTest::zoomChangesTheGridOfAllWindows() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    app::MainWindow* const second = fixture.showWindow();
    second->newDocument();
    const int before = fixture.view().gridFont().pixelSize();
    QTest::keyClick(second, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(fixture.view().gridFont().pixelSize(), before + 1);
    QCOMPARE(second->document()->view().gridFont().pixelSize(), before + 1);
    second->action(ActionId::ZoomOut)->trigger();
    second->action(ActionId::ZoomOut)->trigger();
    QCOMPARE(fixture.view().gridFont().pixelSize(), before - 1);
    second->action(ActionId::ZoomReset)->trigger();
    QCOMPARE(fixture.view().gridFont().pixelSize(), before);
    QWheelEvent wheel(QPointF(9, 9), QPointF(9, 9), {}, {0, 240}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(fixture.view().viewport(), &wheel);
    QCOMPARE(second->document()->view().gridFont().pixelSize(), before + 2);
}

void SettingsTest::zoomOfTheEmptyWindowIsThatOfAGrid() {
    WindowFixture fixture;
    fixture.run(ActionId::ZoomIn);
    fixture.run(ActionId::New);
    const QFont usual = ui::HexView::defaultGridFont();
    QCOMPARE(fixture.view().gridFont().families(), usual.families());
    QCOMPARE(fixture.view().gridFont().pixelSize(), usual.pixelSize() + 1);
}

void SettingsTest::formatActionsChangeTheGridOfAllWindows() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123");
    app::MainWindow* const second = fixture.showWindow();
    second->newDocument();
    QVERIFY(second->action(ActionId::GroupEight)->isChecked());
    fixture.run(ActionId::GroupFour);
    fixture.run(ActionId::DecimalOffsets);
    const ui::HexFormat wanted{.group = 4, .offsets = ui::OffsetBase::Decimal};
    QCOMPARE(fixture.view().format(), wanted);
    QCOMPARE(second->document()->view().format(), wanted);
    QVERIFY(second->action(ActionId::GroupFour)->isChecked());
    QVERIFY(second->action(ActionId::DecimalOffsets)->isChecked());
    second->action(ActionId::DecimalOffsets)->trigger();
    QCOMPARE(fixture.view().format(), (ui::HexFormat{.group = 4}));
    QVERIFY(!fixture.window->action(ActionId::DecimalOffsets)->isChecked());
}

void SettingsTest::formatMenusChangeTheGrid_data() {
    QTest::addColumn<QString>("menu");
    QTest::addColumn<QString>("entry");
    QTest::addColumn<ui::HexFormat>("format");
    const auto row = [](const char* menu, const char* entry, const ui::HexFormat& format) {
        QTest::addRow("%s, %s", menu, entry) << QString(menu) << QString(entry) << format;
    };
    row("&Cells", "&Octal bytes", {.kind = ui::CellKind::Octal8});
    row("&Cells", "64 bits, floating point", {.kind = ui::CellKind::Float64});
    row("&Cells", "Bi&g end first", {.order = core::ByteOrder::Big});
    row("B&ytes in a row", "As &many as fit", {.bytesPerRow = ui::HexFormat::kFitWidth});
    row("B&ytes in a row", "24", {.bytesPerRow = 24});
    row("T&ext", "windows-1251", {.encoding = "windows-1251"});
    row("T&ext", "UTF-8", {.encoding = "UTF-8"});
}

void SettingsTest::formatMenusChangeTheGrid() {
    QFETCH(QString, menu);
    QFETCH(QString, entry);
    QFETCH(ui::HexFormat, format);
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    QAction* chosen = nullptr;
    int marked = 0;
    for (const QMenu* const each : fixture.window->findChildren<QMenu*>()) {
        for (QAction* const action : each->actions()) {
            const bool isIt = each->title() == menu && action->text() == entry;
            chosen = isIt ? action : chosen;
        }
    }
    QVERIFY(chosen != nullptr && !chosen->isChecked());
    chosen->trigger();
    QCOMPARE(fixture.view().format(), format);
    QVERIFY(chosen->isChecked());
    // One is marked of those that exclude each other.
    for (const QAction* const action : qobject_cast<QMenu*>(chosen->parent())->actions()) {
        marked += action->isChecked() ? 1 : 0;
    }
    QCOMPARE(marked, entry == "Bi&g end first" ? 2 : 1);
}

void SettingsTest::toolBarHidesInAllWindows() {
    WindowFixture fixture;
    app::MainWindow* const second = fixture.showWindow();
    fixture.run(ActionId::ToolBar);
    for (const app::MainWindow* const window : {fixture.window.data(), second}) {
        QVERIFY(window->findChild<QToolBar*>()->isHidden());
        QVERIFY(!window->action(ActionId::ToolBar)->isChecked());
    }
    fixture.run(ActionId::ToolBar);
    QVERIFY(second->findChild<QToolBar*>()->isVisible());
}

void SettingsTest::windowComesBackWhereItWas() {
    WindowFixture fixture;
    fixture.window->resize(700, 444);
    fixture.window->close();
    QTRY_VERIFY(!fixture.window);
    QCOMPARE(fixture.showWindow()->size(), QSize(700, 444));
}

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
