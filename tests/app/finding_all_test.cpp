#include "tests/app/haystack.h"
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/hex/marked_scroll_bar.h"
#include "ui/panels/find_options.h"
#include "ui/results/long_table.h"
#include "ui/results/results_panel.h"

#include <QComboBox>
#include <QFile>
#include <QFrame>
#include <QTableView>
#include <QToolButton>

using namespace octavo;
using app::ActionId;
using core::Extent;
using core::Offset;
using octavo::test::haystack;
using octavo::test::WindowFixture;

namespace {

using Offsets = std::vector<Offset>;

}  // namespace

class FindingAllTest : public QObject {
    Q_OBJECT

private slots:
    void listsAndJumps();
    void lookingThroughIsOneJump();
    void listFollowsEdits();
    void escapeClosesTheList();
    void aNewSearchReplacesTheOld();
    void options_data();
    void options();
    void selectionFollowsEdits();
    void nothingSelectedIsTold();
    void findNextStaysInTheSelection();
    void stringsAndSeveralEncodings();
    void stopKeepsWhatWasFound();
    void filterNarrows();
    void exportsWhereAsked();
    void editedMeanwhileIsTold();
    void closingWhileItRuns();

private:
    static void searchFor(WindowFixture& fixture, const QString& text) {
        ui::FindBar& bar = fixture.window->bars().findBar();
        bar.setKind(ui::FindBar::Kind::Text);
        bar.setPatternText(text);
        fixture.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    }
    static ui::ResultsPanel& panel(WindowFixture& fixture) {
        return *fixture.document().results().panel();
    }
    static ui::HitList& list(WindowFixture& fixture) {
        return *fixture.document().results().list();
    }
    static void waitForEnd(WindowFixture& fixture) {
        QTRY_VERIFY(!list(fixture).isRunning() && !list(fixture).isFiltering());
    }
    static Offsets found(WindowFixture& fixture) {
        waitForEnd(fixture);
        Offsets offsets;
        for (const core::Hit& hit : list(fixture).hits(0, 1000))
            offsets.push_back(list(fixture).now(hit).offset);
        return offsets;
    }
    static void keyInList(WindowFixture& fixture, Qt::Key key) {
        QTest::keyClick(&panel(fixture).table().view(), key);
    }
    static QToolButton* button(WindowFixture& fixture, const QString& text) {
        for (QToolButton* const each : panel(fixture).findChildren<QToolButton*>())
            if (each->text() == text)
                return each;
        return nullptr;
    }
};

void FindingAllTest::listsAndJumps() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    searchFor(fixture, "needle");
    QCOMPARE(found(fixture), (Offsets{100, 5'000, 9'994}));
    QVERIFY(panel(fixture).isVisible());
    QCOMPARE(panel(fixture).statusText(), QString("3 matches"));
    panel(fixture).table().view().setFocus();
    keyInList(fixture, Qt::Key_Down);
    QCOMPARE(fixture.view().selection(), (Extent{100, 6}));
    keyInList(fixture, Qt::Key_Down);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 6}));
    keyInList(fixture, Qt::Key_End);
    QCOMPARE(fixture.view().selection(), (Extent{9'994, 6}));
    QVERIFY(!fixture.view().hasFocus());
    keyInList(fixture, Qt::Key_Return);
    QVERIFY(fixture.view().hasFocus());
    // The scroll bar shows all three.
    auto* const bar = fixture.view().findChild<ui::MarkedScrollBar*>();
    QTRY_COMPARE(std::ranges::count(bar->marks(), ui::MarkedScrollBar::Match), 3);
}

// However many one passes, Back leads to where one was before.
void FindingAllTest::lookingThroughIsOneJump() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(2'000);
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Down, Qt::Key_Up})
        keyInList(fixture, key);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 6}));
    fixture.run(ActionId::Back);
    QCOMPARE(fixture.view().caret(), Offset{2'000});
    QVERIFY(!fixture.window->action(ActionId::Back)->isEnabled());
}

void FindingAllTest::listFollowsEdits() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    fixture.view().setFocus();
    fixture.view().setCaret(200);
    fixture.view().setInsertMode(true);
    fixture.type("AABB");
    QCOMPARE(found(fixture), (Offsets{100, 5'002, 9'996}));
    QVERIFY(panel(fixture).statusText().contains("edited since"));
    keyInList(fixture, Qt::Key_End);
    QCOMPARE(fixture.view().selection(), (Extent{9'996, 6}));
    // What stands there now can be searched.
    fixture.view().setSelection({100, 6});
    fixture.run(ActionId::Delete);
    QTest::mouseClick(button(fixture, "Search again"), Qt::LeftButton);
    QCOMPARE(found(fixture), (Offsets{4'996, 9'990}));
    QCOMPARE(panel(fixture).statusText(), QString("2 matches"));
}

void FindingAllTest::escapeClosesTheList() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    keyInList(fixture, Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
    QVERIFY(fixture.document().results().list() == nullptr);
    QVERIFY(fixture.view().hasFocus());
    // From the grid too, behind the bar.
    searchFor(fixture, "needle");
    fixture.view().setFocus();
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.window->bars().findBar().isHidden());
    QVERIFY(panel(fixture).isVisible());
    fixture.key(Qt::Key_Escape);
    QVERIFY(!panel(fixture).isVisible());
}

void FindingAllTest::aNewSearchReplacesTheOld() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    keyInList(fixture, Qt::Key_End);
    searchFor(fixture, "need");
    QCOMPARE(found(fixture).size(), std::size_t{3});
    QVERIFY(!panel(fixture).table().current());
    searchFor(fixture, "pin");
    QCOMPARE(found(fixture), Offsets());
    QCOMPARE(panel(fixture).statusText(), QString("Not found"));
}

void FindingAllTest::options_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Extent>("selection");
    QTest::addColumn<bool>("inverted");
    QTest::addColumn<bool>("overlapping");
    QTest::addColumn<Offset>("every");
    QTest::addColumn<Offset>("from");
    QTest::addColumn<QList<Offset>>("offsets");
    QTest::newRow("none") << "aa" << Extent{0, 0} << false << false << Offset{1} << Offset{0}
                          << QList<Offset>{2, 4, 7};
    QTest::newRow("overlapping") << "aa" << Extent{0, 0} << false << true << Offset{1} << Offset{0}
                                 << QList<Offset>{2, 3, 4, 7, 8};
    QTest::newRow("inverted") << "a" << Extent{0, 0} << true << false << Offset{1} << Offset{0}
                              << QList<Offset>{1, 6};
    QTest::newRow("aligned") << "aa" << Extent{0, 0} << false << false << Offset{4} << Offset{0}
                             << QList<Offset>{4, 8};
    QTest::newRow("aligned from 3")
        << "aa" << Extent{0, 0} << false << false << Offset{2} << Offset{3} << QList<Offset>{3, 7};
    QTest::newRow("in the selection")
        << "aa" << Extent{3, 5} << false << false << Offset{1} << Offset{0} << QList<Offset>{3};
}

void FindingAllTest::options() {
    QFETCH(QString, text);
    QFETCH(Extent, selection);
    QFETCH(bool, inverted);
    QFETCH(bool, overlapping);
    QFETCH(Offset, every);
    QFETCH(Offset, from);
    QFETCH(QList<Offset>, offsets);
    WindowFixture fixture;
    fixture.openNew("letters", "aXaaaaXaaa");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    if (!selection.isEmpty())
        fixture.view().setSelection(selection);
    // By mouse and keys, in the choices that the button opens.
    ui::FindOptionsButton& options = fixture.window->bars().findBar().options();
    QTest::mouseClick(&options, Qt::LeftButton);
    auto* const popup = options.findChild<QFrame*>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(popup->isVisible());
    for (auto* const box : popup->findChildren<QAbstractButton*>()) {
        const bool wanted = box->text().contains("selected") ? !selection.isEmpty()
                            : box->text().contains("stand")  ? inverted
                                                             : overlapping;
        if (wanted)
            QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    }
    if (every > 1)
        options.setAlignment({every, from});
    QTest::keyClick(popup, Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    const int unusual =
        int(!selection.isEmpty()) + int(inverted) + int(overlapping) + int(every > 1);
    QCOMPARE(options.text().contains(QString::number(unusual)), unusual > 0);
    searchFor(fixture, text);
    QCOMPARE(found(fixture), Offsets(offsets.begin(), offsets.end()));
}

void FindingAllTest::selectionFollowsEdits() {
    WindowFixture fixture;
    fixture.openNew("letters", "aXaaaaXaaa");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.view().setSelection({3, 5});
    fixture.window->bars().findBar().options().setInSelection(true);
    fixture.view().setSelection({0, 2});
    fixture.run(ActionId::Delete);
    searchFor(fixture, "aa");
    QCOMPARE(found(fixture), (Offsets{1}));
    // Off and on again, it is what is selected now.
    fixture.window->bars().findBar().options().setInSelection(false);
    fixture.view().setSelection({4, 4});
    fixture.window->bars().findBar().options().setInSelection(true);
    searchFor(fixture, "aa");
    QCOMPARE(found(fixture), (Offsets{5}));
}

void FindingAllTest::nothingSelectedIsTold() {
    WindowFixture fixture;
    fixture.openNew("letters", "aXaaaaXaaa");
    fixture.window->bars().findBar().options().setInSelection(true);
    searchFor(fixture, "aa");
    QVERIFY(fixture.document().results().list() == nullptr);
    QVERIFY(fixture.window->bars().findBar().findChild<QLabel*>()->text().contains("selected"));
}

void FindingAllTest::findNextStaysInTheSelection() {
    WindowFixture fixture;
    fixture.openNew("letters", "aaXaaXaaXaa");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    ui::FindBar& bar = fixture.window->bars().findBar();
    bar.setKind(ui::FindBar::Kind::Text);
    bar.setPatternText("aa");
    fixture.view().setSelection({2, 7});
    bar.options().setInSelection(true);
    auto* const finder = fixture.window->findChild<app::FindController*>();
    for (const Offset expected : {3, 6, 3}) {
        fixture.run(ActionId::FindNext);
        QTRY_VERIFY(!finder->isRunning());
        QCOMPARE(fixture.view().selection(), (Extent{expected, 2}));
    }
    fixture.run(ActionId::FindPrevious);
    QTRY_VERIFY(!finder->isRunning());
    QCOMPARE(fixture.view().selection(), (Extent{6, 2}));
}

void FindingAllTest::stringsAndSeveralEncodings() {
    WindowFixture fixture;
    fixture.openNew("mixed", QByteArray("\1\1word\1\1w\0o\0r\0d\0\1\1longer", 24));
    ui::FindBar& bar = fixture.window->bars().findBar();
    bar.setKind(ui::FindBar::Kind::Strings);
    fixture.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(found(fixture), (Offsets{2, 18}));
    auto* const encodings = bar.findChild<QComboBox*>();
    bar.setKind(ui::FindBar::Kind::Text);
    encodings->setEditText("UTF-8, utf-16");
    searchFor(fixture, "word");
    QCOMPARE(found(fixture), (Offsets{2, 8}));
    encodings->setEditText("no such encoding");
    searchFor(fixture, "word");
    QVERIFY(bar.findChild<QLabel*>()->text().contains("no such encoding"));
}

void FindingAllTest::stopKeepsWhatWasFound() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    WindowFixture fixture(disk);
    // More than what was read to be shown.
    fixture.openNew("hay.txt", haystack() + QByteArray(8'000'000, '.') + "needle");
    gate->close();
    searchFor(fixture, "needle");
    QVERIFY(list(fixture).isRunning());
    QToolButton* const stop = button(fixture, "Stop");
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QVERIFY(!list(fixture).isRunning());
    QVERIFY(!stop->isVisible());
    QVERIFY(panel(fixture).statusText().startsWith("Stopped: "));
    QVERIFY(list(fixture).count() < 4);
    gate->open();
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void FindingAllTest::filterNarrows() {
    WindowFixture fixture;
    QByteArray content = haystack();
    content.replace(5'008, 4, "pins");
    fixture.openNew("hay.txt", content);
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    auto* const filter = panel(fixture).findChild<QLineEdit*>();
    QTest::keyClicks(filter, "pins");
    QTRY_COMPARE(list(fixture).count(), 1U);
    QTRY_COMPARE(panel(fixture).statusText(), QString("1 shown of 3 matches"));
    keyInList(fixture, Qt::Key_Home);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 6}));
    filter->clear();
    QTRY_COMPARE(list(fixture).count(), 3U);
}

void FindingAllTest::exportsWhereAsked() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    searchFor(fixture, "needle");
    waitForEnd(fixture);
    const std::string path = fixture.folder.path("found.csv");
    fixture.dialogs.saveAnswer = path;
    emit panel(fixture).exportWanted(ui::HitFormat::Csv);
    QTRY_VERIFY(QFile::exists(QString::fromStdString(path)));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("5000,6,\"\",0,\"6E 65 65 64 6C 65\",\"needle\""));
    // Where it cannot be written, it is told.
    fixture.dialogs.saveAnswer = fixture.folder.path("no/such/folder");
    emit panel(fixture).exportWanted(ui::HitFormat::Json);
    QTRY_VERIFY(fixture.message("export").contains("could not be written"));
}

void FindingAllTest::editedMeanwhileIsTold() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    WindowFixture fixture(disk);
    fixture.openNew("hay.txt", haystack());
    ui::FindBar& bar = fixture.window->bars().findBar();
    bar.setKind(ui::FindBar::Kind::Text);
    bar.setPatternText("needle");
    gate->close();
    fixture.run(ActionId::FindNext);
    fixture.view().setInsertMode(true);
    fixture.type("CAFE");
    gate->open();
    auto* const finder = fixture.window->findChild<app::FindController*>();
    QTRY_VERIFY(!finder->isRunning());
    QCOMPARE(fixture.view().selection(), (Extent{102, 6}));
    QVERIFY(bar.findChild<QLabel*>()->text().contains("edited meanwhile"));
}

void FindingAllTest::closingWhileItRuns() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    {
        WindowFixture fixture(disk);
        fixture.openNew("hay.txt", haystack());
        gate->close();
        searchFor(fixture, "needle");
        QVERIFY(list(fixture).isRunning());
        fixture.window->close();
        gate->open();
    }
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

QTEST_MAIN(FindingAllTest)
#include "finding_all_test.moc"
