#include "tests/app/haystack.h"
#include "tests/app/window_fixture.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/patience.h"
#include "tests/support/ui/gated_file_system.h"

using namespace octavo;
using app::ActionId;
using core::Extent;
using core::Offset;
using octavo::test::FaultFileSystem;
using octavo::test::haystack;
using octavo::test::WindowFixture;

class FindingTest : public QObject {
    Q_OBJECT

private slots:
    void goesRoundAndRound_data();
    void goesRoundAndRound();
    void caretOnAMatchFindsIt();
    void emptyMatchesGoOn();
    void patterns_data();
    void patterns();
    void withoutAPatternTheBarComes();
    void pendingEditsAreSearched();
    void unreadablePartsAreTold();
    void stuckSearchIsShownAndLeftBehind();
    void closingTheBarForgetsTheMatch();
    void escapeInTheGridClosesOneAfterTheOther();
    void findsWhatIsSelected();
    void goesBackAndForward();
    void goesTo_data();
    void goesTo();
    void goesWhereOneWentBefore();

private:
    static QString note(WindowFixture& fixture) {
        return fixture.window->bars().findBar().findChild<QLabel*>()->text();
    }
    static void waitForEnd(WindowFixture& fixture) {
        auto* const finder = fixture.window->findChild<app::FindController*>();
        QTRY_VERIFY(!finder->isRunning());
    }
};

void FindingTest::goesRoundAndRound_data() {
    QTest::addColumn<Offset>("caret");
    QTest::addColumn<bool>("backward");
    QTest::addColumn<QList<Offset>>("matches");
    QTest::addColumn<QList<bool>>("wraps");
    QTest::newRow("forwards") << Offset{0} << false << QList<Offset>{100, 5'000, 9'994, 100}
                              << QList<bool>{false, false, false, true};
    QTest::newRow("forwards from the end")
        << Offset{10'000} << false << QList<Offset>{100, 5'000} << QList<bool>{true, false};
    QTest::newRow("forwards from within a match")
        << Offset{101} << false << QList<Offset>{5'000} << QList<bool>{false};
    QTest::newRow("backwards") << Offset{10'000} << true << QList<Offset>{9'994, 5'000, 100, 9'994}
                               << QList<bool>{false, false, false, true};
    QTest::newRow("backwards from the start")
        << Offset{0} << true << QList<Offset>{9'994} << QList<bool>{true};
    QTest::newRow("backwards from within a match")
        << Offset{103} << true << QList<Offset>{100} << QList<bool>{false};
}

void FindingTest::goesRoundAndRound() {
    QFETCH(Offset, caret);
    QFETCH(bool, backward);
    QFETCH(QList<Offset>, matches);
    QFETCH(QList<bool>, wraps);
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(caret);
    fixture.window->bars().findBar().setKind(ui::FindBar::Kind::Text);
    fixture.window->bars().findBar().setPatternText("needle");
    for (qsizetype i = 0; i < matches.size(); ++i) {
        fixture.key(Qt::Key_F3, backward ? Qt::ShiftModifier : Qt::NoModifier);
        waitForEnd(fixture);
        QCOMPARE(fixture.view().selection(), (Extent{matches[i], 6}));
        QVERIFY2(note(fixture).contains("going on") == wraps[i], qPrintable(note(fixture)));
    }
    // The keyboard stays where it was.
    QVERIFY(fixture.view().hasFocus());
}

void FindingTest::caretOnAMatchFindsIt() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(5'000);
    fixture.window->bars().findBar().setKind(ui::FindBar::Kind::Text);
    fixture.window->bars().findBar().setPatternText("needle");
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 6}));
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{9'994, 6}));
}

// At the ends of words there is nothing to select, and the next is found all the same.
void FindingTest::emptyMatchesGoOn() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.window->bars().findBar().setKind(ui::FindBar::Kind::Regex);
    fixture.window->bars().findBar().setPatternText("\\b");
    const auto findAt = [&](ActionId action, Offset wanted) {
        fixture.run(action);
        waitForEnd(fixture);
        return fixture.view().selection().isEmpty() && fixture.view().caret() == wanted;
    };
    QVERIFY(findAt(ActionId::FindNext, 100));
    QVERIFY(findAt(ActionId::FindNext, 106));
    QVERIFY(findAt(ActionId::FindNext, 5'000));
    QVERIFY(findAt(ActionId::FindPrevious, 106));
    // One that the caret was put on is found.
    fixture.view().setCaret(0);
    fixture.view().setCaret(100);
    QVERIFY(findAt(ActionId::FindNext, 100));
}

void FindingTest::patterns_data() {
    QTest::addColumn<ui::FindBar::Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Extent>("selection");
    QTest::addColumn<QString>("note");
    using Kind = ui::FindBar::Kind;
    QTest::newRow("hex") << Kind::Hex << "6E 65 65 64" << Extent{100, 4} << "0x0064";
    QTest::newRow("wildcards") << Kind::Hex << "6? ?5 65 ?? 6C" << Extent{100, 5} << "0x0064";
    QTest::newRow("text") << Kind::Text << "needle" << Extent{100, 6} << "0x0064";
    QTest::newRow("absent") << Kind::Text << "pin" << Extent{0, 0} << "Not found";
    QTest::newRow("longer than the file")
        << Kind::Text << QString(20'000, QLatin1Char('.')) << Extent{0, 0} << "Not found";
    QTest::newRow("no pattern at all") << Kind::Hex << "zz" << Extent{0, 0} << "zz";
}

void FindingTest::patterns() {
    QFETCH(ui::FindBar::Kind, kind);
    QFETCH(QString, text);
    QFETCH(Extent, selection);
    QFETCH(QString, note);
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.window->bars().findBar().setKind(kind);
    fixture.window->bars().findBar().setPatternText(text);
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), selection);
    QVERIFY2(FindingTest::note(fixture).contains(note), qPrintable(FindingTest::note(fixture)));
}

void FindingTest::withoutAPatternTheBarComes() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.key(Qt::Key_F3);
    QVERIFY(fixture.window->bars().findBar().isVisible());
    QVERIFY(fixture.window->bars().findBar().findChild<QLineEdit*>()->hasFocus());
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.window->bars().findBar().isHidden());
    QVERIFY(fixture.view().hasFocus());
}

void FindingTest::pendingEditsAreSearched() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(7'000);
    fixture.type("CAFE");
    fixture.view().setCaret(0);
    fixture.window->bars().findBar().setPatternText("CA FE");
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{7'000, 2}));
}

void FindingTest::unreadablePartsAreTold() {
    FaultFileSystem disk;
    disk.setBadExtent({{4'096}, 4'096});
    WindowFixture fixture(disk);
    fixture.openNew("hay.txt", haystack());
    fixture.window->bars().findBar().setKind(ui::FindBar::Kind::Text);
    fixture.window->bars().findBar().setPatternText("needle");
    fixture.view().setCaret(200);
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{9'994, 6}));
    QVERIFY2(note(fixture).contains("not searched"), qPrintable(note(fixture)));
}

void FindingTest::stuckSearchIsShownAndLeftBehind() {
    auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    WindowFixture fixture(disk);
    fixture.openNew("hay.txt", haystack());
    gate->close();
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("6E 65");
    fixture.key(Qt::Key_Return);
    auto* const finder = fixture.window->findChild<app::FindController*>();
    QVERIFY(finder->isRunning());
    fixture.key(Qt::Key_F3);
    ui::FindBar& bar = fixture.window->bars().findBar();
    QAbstractButton* stop = nullptr;
    for (QAbstractButton* const button : bar.findChildren<QAbstractButton*>())
        if (button->text() == "Stop")
            stop = button;
    QVERIFY(stop != nullptr && stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QVERIFY(!finder->isRunning());
    QVERIFY(!stop->isVisible());
    // The next one does not wait for it.
    gate->open();
    fixture.key(Qt::Key_F3);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{100, 2}));
    QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
}

void FindingTest::closingTheBarForgetsTheMatch() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.type("6E 65");
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{100, 2}));
    fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.window->bars().findBar().isHidden());
    // What was found stays selected, and F3 goes on from there.
    QCOMPARE(fixture.view().selection(), (Extent{100, 2}));
    fixture.key(Qt::Key_F3);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 2}));
}

void FindingTest::escapeInTheGridClosesOneAfterTheOther() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    QVERIFY(fixture.open(fixture.folder.path("missing")));
    const ui::Message notice{ui::Message::Kind::Notice, "Notice", {}};
    fixture.document().messages().tell("notice", notice);
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    fixture.view().setFocus();
    const auto shown = [&fixture] {
        return QList<bool>{fixture.window->bars().goToBar().isVisible(),
                           fixture.window->bars().findBar().isVisible(),
                           !fixture.openMessages().isEmpty(), !fixture.message("notice").isEmpty()};
    };
    QCOMPARE(shown(), (QList<bool>{true, true, true, true}));
    for (int closed = 1; closed <= 4; ++closed) {
        fixture.key(Qt::Key_Escape);
        QCOMPARE(shown().count(false), closed);
        QVERIFY(!shown()[closed - 1]);
        QVERIFY(fixture.view().hasFocus());
    }
}

void FindingTest::findsWhatIsSelected() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    QVERIFY(!fixture.window->action(ActionId::FindSelection)->isEnabled());
    fixture.view().setSelection({100, 6});
    fixture.key(Qt::Key_F3, Qt::ControlModifier);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{5'000, 6}));
    QCOMPARE(fixture.window->bars().findBar().patternText(), QString("6E 65 65 64 6C 65"));
    fixture.view().setSelection({0, 65});
    fixture.key(Qt::Key_F3, Qt::ControlModifier);
    QVERIFY2(note(fixture).contains("64 bytes"), qPrintable(note(fixture)));
    QCOMPARE(fixture.view().selection(), (Extent{0, 65}));
}

void FindingTest::goesBackAndForward() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(42);
    QVERIFY(!fixture.window->action(ActionId::Back)->isEnabled());
    fixture.window->bars().findBar().setKind(ui::FindBar::Kind::Text);
    fixture.window->bars().findBar().setPatternText("needle");
    // One that is seen is no jump.
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    QVERIFY(!fixture.window->action(ActionId::Back)->isEnabled());
    fixture.run(ActionId::FindNext);
    waitForEnd(fixture);
    fixture.key(Qt::Key_End, Qt::ControlModifier);
    for (const Offset expected : {5'000, 100, 100}) {
        fixture.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(fixture.view().caret(), expected);
    }
    QVERIFY(!fixture.window->action(ActionId::Back)->isEnabled());
    for (const Offset expected : {5'000, 10'000, 10'000}) {
        fixture.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(fixture.view().caret(), expected);
    }
    QVERIFY(!fixture.window->action(ActionId::Forward)->isEnabled());
}

void FindingTest::goesTo_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Offset>("caret");
    QTest::newRow("decimal") << "1234" << Offset{1'234};
    QTest::newRow("hexadecimal") << "0x10" << Offset{16};
    QTest::newRow("forwards") << "+16" << Offset{116};
    QTest::newRow("backwards") << "-0x10" << Offset{84};
    QTest::newRow("percent") << "50%" << Offset{5'000};
    QTest::newRow("end") << "end" << Offset{10'000};
    QTest::newRow("from the end") << "end - 2*0x10" << Offset{9'968};
    QTest::newRow("beyond: nothing happens") << "10001" << Offset{100};
}

void FindingTest::goesTo() {
    QFETCH(QString, text);
    QFETCH(Offset, caret);
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    fixture.view().setCaret(100);
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    fixture.type(text);
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.view().caret(), caret);
    if (caret == 100)
        fixture.key(Qt::Key_Escape);
    QVERIFY(fixture.view().hasFocus());
}

void FindingTest::goesWhereOneWentBefore() {
    WindowFixture fixture;
    fixture.openNew("hay.txt", haystack());
    const auto go = [&fixture](const QString& text) {
        fixture.key(Qt::Key_G, Qt::ControlModifier);
        fixture.type(text);
        fixture.key(Qt::Key_Return);
    };
    fixture.view().setSelection({100, 4});
    go("selend + 1");
    QCOMPARE(fixture.view().caret(), Offset{105});
    go("0x20");
    // Beyond the end: not one to come back to.
    go("end+1");
    fixture.key(Qt::Key_Escape);
    QCOMPARE(fixture.settings.goToHistory(), (QStringList{"0x20", "selend + 1"}));
    // Another window knows them too, however it came to its document.
    fixture.window = fixture.showWindow();
    fixture.openNew("other.txt", haystack());
    fixture.key(Qt::Key_G, Qt::ControlModifier);
    fixture.key(Qt::Key_Up);
    fixture.key(Qt::Key_Return);
    QCOMPARE(fixture.view().caret(), Offset{0x20});
}

QTEST_MAIN(FindingTest)
#include "finding_test.moc"
