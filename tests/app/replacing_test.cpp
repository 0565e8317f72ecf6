#include "app/progress_dialog.h"
#include "app/replace_run.h"
#include "tests/app/window_fixture.h"
#include "tests/support/fault_file_system.h"
#include "tests/support/patience.h"
#include "tests/support/ui/gated_file_system.h"
#include "ui/panels/find_options.h"

#include <QFile>
#include <QProgressBar>
#include <QToolButton>

using namespace octavo;
using app::ActionId;
using core::Extent;
using core::Offset;
using octavo::test::FaultFileSystem;
using octavo::test::WindowFixture;

using Kind = ui::FindBar::Kind;
Q_DECLARE_METATYPE(octavo::ui::FindBar::Kind)

class ReplacingTest : public QObject {
    Q_OBJECT

private slots:
    void replacesAll_data();
    void replacesAll();
    void allIsOneStep();
    void oneAfterTheOther();
    void oneAfterTheOtherCounts();
    void showsWhatItWouldBecome();
    void whatIsWrongIsTold_data();
    void whatIsWrongIsTold();
    void onlyInTheSelection();
    void replacesNothingWhenItCannotReadAll();
    void nothingWhereTheDocumentWasEditedMeanwhile();
    void stopReplacesNothing();
    void manyDoNotBlock();
    void writesThroughAsAWhole();
    void cancellingTakesBackWhatWasReplaced();
    void switchedOffChangesAsk_data();
    void switchedOffChangesAsk();
    void keysLeadThere();
    void closingTheDialogCancels();
    void anEditBetweenSlicesEndsIt();
    void emptyMatchesGoOn();
    void closingABarStops();
    void closesWithTheFindBar();

private:
    static void open(WindowFixture& fixture, Kind kind, const QString& pattern,
                     const QString& replacement) {
        fixture.key(Qt::Key_H, Qt::ControlModifier);
        fixture.window->bars().findBar().setKind(kind);
        fixture.window->bars().findBar().setPatternText(pattern);
        emit fixture.window->bars().findBar().patternEdited();
        fixture.key(Qt::Key_H, Qt::ControlModifier);
        QVERIFY(fixture.window->bars().replaceBar().isVisible());
        fixture.window->bars().replaceBar().setReplacementText({});
        fixture.type(replacement);
    }
    /// More than are replaced in one turn.
    static constexpr int kMany = 200'000;

    /// So many pins are to become needles.
    static void openPins(WindowFixture& fixture, int count) {
        fixture.openNew("file", pins(count));
        open(fixture, Kind::Text, "pin", "needle");
    }
    static QByteArray pins(int count) { return QByteArray("pin ").repeated(count); }
    static QByteArray needles(int count) { return QByteArray("needle ").repeated(count); }
    static void startAll(WindowFixture& fixture) {
        fixture.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(fixture.document().document().isModified());
    }
    static void waitForEnd(WindowFixture& fixture) {
        app::BottomBars& bars = fixture.window->bars();
        QTRY_VERIFY(!bars.replacer().isRunning() && !bars.finder().isRunning() &&
                    fixture.document().editor().findChild<app::ReplaceRun*>() == nullptr);
    }
    static void replaceAll(WindowFixture& fixture) {
        fixture.key(Qt::Key_Return, Qt::ControlModifier);
        waitForEnd(fixture);
    }
    static QString note(WindowFixture& fixture) {
        // Behind the label of the field.
        return fixture.window->bars().replaceBar().findChildren<QLabel*>()[0]->text() +
               fixture.window->bars().replaceBar().findChildren<QLabel*>()[1]->text();
    }
};

void ReplacingTest::replacesAll_data() {
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("replacement");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("text") << Kind::Text << QByteArray("a pin, a pin") << "pin"
                          << "needle" << QByteArray("a needle, a needle");
    QTest::newRow("by nothing") << Kind::Text << QByteArray("a pin, a pin") << " pin"
                                << "" << QByteArray("a, a");
    QTest::newRow("wildcards are kept")
        << Kind::Hex << QByteArray::fromHex("3301350033023533") << "33 ?? 35"
        << "EE $1 BB" << QByteArray::fromHex("EE01BB00EE02BB33");
    QTest::newRow("groups") << Kind::Regex << QByteArray("k=v;x=y") << "(\\w)=(\\w)"
                            << "$2:$1" << QByteArray("v:k;y:x");
    QTest::newRow("counters") << Kind::Regex << QByteArray("x x x") << "x"
                              << "${n}" << QByteArray("1 2 3");
    QTest::newRow("integers") << Kind::Integer << QByteArray::fromHex("e8030000FFe8030000")
                              << "1000"
                              << "01 02" << QByteArray::fromHex("0102FF0102");
}

void ReplacingTest::replacesAll() {
    QFETCH(Kind, kind);
    QFETCH(QByteArray, content);
    QFETCH(QString, pattern);
    QFETCH(QString, replacement);
    QFETCH(QByteArray, expected);
    WindowFixture fixture;
    fixture.openNew("file", content);
    open(fixture, kind, pattern, replacement);
    replaceAll(fixture);
    QCOMPARE(fixture.content(), expected);
    QVERIFY2(note(fixture).contains("replaced"), qPrintable(note(fixture)));
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), content);
}

void ReplacingTest::allIsOneStep() {
    WindowFixture fixture;
    fixture.openNew("file", "pin pin pin");
    open(fixture, Kind::Text, "pin", "x");
    replaceAll(fixture);
    core::Document& document = fixture.document().document();
    QCOMPARE(document.history().last(), core::StepId{1});
    // All of them are one group of changes, and can be switched off at once.
    std::vector<core::ChangeId> ids;
    const std::vector<core::Change> changes = document.changes();
    QCOMPARE(changes.size(), std::size_t{3});
    for (const core::Change& change : changes) {
        QCOMPARE(document.changeRecord(change.id).transaction,
                 document.changeRecord(changes.front().id).transaction);
        ids.push_back(change.id);
    }
    QVERIFY(document.switchChanges(ids, false).ok());
    QCOMPARE(fixture.content(), QByteArray("pin pin pin"));
}

void ReplacingTest::oneAfterTheOther() {
    WindowFixture fixture;
    fixture.openNew("file", "pin pin pin");
    open(fixture, Kind::Text, "pin", "pinpin");
    // The first one is only shown.
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), QByteArray("pin pin pin"));
    QCOMPARE(fixture.view().selection(), (Extent{0, 3}));
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    // What was put in is not found again.
    QCOMPARE(fixture.content(), QByteArray("pinpin pin pin"));
    QCOMPARE(fixture.view().selection(), (Extent{7, 3}));
    // This one is left alone.
    fixture.key(Qt::Key_F3);
    waitForEnd(fixture);
    QCOMPARE(fixture.view().selection(), (Extent{11, 3}));
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), QByteArray("pinpin pin pinpin"));
    // Not where the user has gone elsewhere meanwhile.
    fixture.view().setCaret(5);
    fixture.key(Qt::Key_Return);
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), QByteArray("pinpin pin pinpin"));
    QCOMPARE(fixture.view().selection(), (Extent{7, 3}));
}

void ReplacingTest::oneAfterTheOtherCounts() {
    WindowFixture fixture;
    fixture.openNew("file", "x x x");
    open(fixture, Kind::Regex, "x", "${n}");
    for (int i = 0; i < 4; ++i) {
        fixture.key(Qt::Key_Return);
        waitForEnd(fixture);
    }
    QCOMPARE(fixture.content(), QByteArray("1 2 3"));
}

void ReplacingTest::showsWhatItWouldBecome() {
    WindowFixture fixture;
    fixture.openNew("file", QByteArray::fromHex("00330235"));
    open(fixture, Kind::Hex, "33 ?? 35", "EE $1");
    fixture.key(Qt::Key_F3);
    waitForEnd(fixture);
    QTRY_VERIFY2(note(fixture).contains("33 02 35 → EE 02"), qPrintable(note(fixture)));
    // And what is typed is shown at once.
    fixture.type(" BB");
    QTRY_VERIFY2(note(fixture).contains("33 02 35 → EE 02 BB"), qPrintable(note(fixture)));
    QCOMPARE(fixture.content(), QByteArray::fromHex("00330235"));
    // Of one that was found before the bar was there, too.
    fixture.window->bars().replaceBar().leave();
    fixture.window->bars().replaceBar().showNote({});
    fixture.key(Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY2(note(fixture).contains("33 02 35 → EE 02 BB"), qPrintable(note(fixture)));
}

void ReplacingTest::whatIsWrongIsTold_data() {
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("replacement");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<QString>("told");
    QTest::newRow("no bytes") << Kind::Hex << "70"
                              << "zz" << false << "zz";
    QTest::newRow("no such group") << Kind::Regex << "p(i)n"
                                   << "$2" << false << "2";
    QTest::newRow("absent") << Kind::Text << "needle"
                            << "x" << false << "Not found";
    QTest::newRow("read-only") << Kind::Text << "pin"
                               << "x" << true << "read-only";
}

void ReplacingTest::whatIsWrongIsTold() {
    QFETCH(Kind, kind);
    QFETCH(QString, pattern);
    QFETCH(QString, replacement);
    QFETCH(bool, readOnly);
    QFETCH(QString, told);
    WindowFixture fixture;
    fixture.openNew("file", "pin", readOnly);
    open(fixture, kind, pattern, replacement);
    replaceAll(fixture);
    QVERIFY2(note(fixture).contains(told), qPrintable(note(fixture)));
    QCOMPARE(fixture.content(), QByteArray("pin"));
    QVERIFY(!fixture.document().document().canUndo());
}

void ReplacingTest::onlyInTheSelection() {
    WindowFixture fixture;
    fixture.openNew("file", "pin pin pin pin");
    open(fixture, Kind::Text, "pin", "x");
    fixture.view().setSelection({3, 9});
    fixture.window->bars().findBar().options().setInSelection(true);
    replaceAll(fixture);
    QCOMPARE(fixture.content(), QByteArray("pin x x pin"));
}

void ReplacingTest::replacesNothingWhenItCannotReadAll() {
    FaultFileSystem disk;
    WindowFixture fixture(disk);
    QByteArray content(20'000, '.');
    content.replace(100, 3, "pin");
    content.replace(19'000, 3, "pin");
    disk.setBadExtent({{8'192}, 4'096});
    fixture.openNew("file", content);
    open(fixture, Kind::Text, "pin", "x");
    replaceAll(fixture);
    QVERIFY2(note(fixture).contains("unreadable"), qPrintable(note(fixture)));
}

void ReplacingTest::nothingWhereTheDocumentWasEditedMeanwhile() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    WindowFixture fixture(disk);
    fixture.openNew("file", QByteArray("pin") + QByteArray(8'000'000, '.'));
    open(fixture, Kind::Text, "pin", "x");
    gate->close();
    fixture.key(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(fixture.window->bars().replacer().isRunning());
    fixture.view().setFocus();
    fixture.type("41");
    gate->open();
    waitForEnd(fixture);
    QVERIFY2(note(fixture).contains("edited meanwhile"), qPrintable(note(fixture)));
    QCOMPARE(fixture.content().left(3), QByteArray("Ain"));
}

void ReplacingTest::stopReplacesNothing() {
    const auto gate = std::make_shared<test::Gate>();
    test::GatedFileSystem disk(gate);
    WindowFixture fixture(disk);
    fixture.openNew("file", QByteArray("pin") + QByteArray(8'000'000, '.'));
    open(fixture, Kind::Text, "pin", "x");
    gate->close();
    fixture.key(Qt::Key_Return, Qt::ControlModifier);
    emit fixture.window->bars().findBar().stopWanted();
    gate->open();
    waitForEnd(fixture);
    QVERIFY2(note(fixture).contains("nothing was replaced"), qPrintable(note(fixture)));
    QVERIFY(!fixture.document().document().isModified());
}

void ReplacingTest::manyDoNotBlock() {
    WindowFixture fixture;
    openPins(fixture, kMany);
    fixture.key(Qt::Key_Return, Qt::ControlModifier);
    // The event loop runs while they are replaced, and nobody can type into it.
    int turns = 0;
    QTimer clock;
    connect(&clock, &QTimer::timeout, this, [&] { ++turns; });
    clock.start(0);
    bool wasModal = false;
    QTRY_VERIFY(QApplication::activeModalWidget() != nullptr ||
                fixture.document().document().isModified());
    while (fixture.document().editor().findChild<app::ReplaceRun*>() != nullptr) {
        wasModal = wasModal || QApplication::activeModalWidget() != nullptr;
        QApplication::processEvents();
    }
    waitForEnd(fixture);
    QVERIFY(wasModal);
    QVERIFY(turns > 1);
    QCOMPARE(fixture.content(), needles(kMany));
    QCOMPARE(fixture.document().document().history().last(), core::StepId{1});
    fixture.run(ActionId::Undo);
    QTRY_VERIFY(!fixture.document().document().isModified());
    QCOMPARE(fixture.content(), pins(kMany));
}

// Nothing of it before all of it is there.
void ReplacingTest::writesThroughAsAWhole() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("file", pins(kMany));
    fixture.run(ActionId::WriteThrough);
    open(fixture, Kind::Text, "pin", "pen");
    replaceAll(fixture);
    QVERIFY2(note(fixture).contains("replaced"), qPrintable(note(fixture)));
    QTRY_VERIFY(!fixture.document().document().isModified());
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), pins(kMany).replace("pin", "pen"));
    // What does not keep the length is refused, and nothing is left of it.
    fixture.window->bars().replaceBar().setReplacementText("needle");
    fixture.window->bars().findBar().setPatternText("pen");
    emit fixture.window->bars().replaceBar().replaceAllWanted();
    waitForEnd(fixture);
    QVERIFY2(note(fixture).contains("Not replaced"), qPrintable(note(fixture)));
    QVERIFY(!fixture.document().document().isModified());
}

void ReplacingTest::cancellingTakesBackWhatWasReplaced() {
    WindowFixture fixture;
    openPins(fixture, kMany);
    startAll(fixture);
    auto* const dialog = fixture.window->findChild<app::ProgressDialog*>();
    QVERIFY(dialog != nullptr);
    QTest::keyClick(dialog, Qt::Key_Escape);
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), pins(kMany));
    QVERIFY(!fixture.document().document().isModified());
    QVERIFY2(note(fixture).contains("nothing was replaced"), qPrintable(note(fixture)));
    // And the next time it works.
    fixture.window->activateWindow();
    fixture.window->bars().replaceBar().activate();
    emit fixture.window->bars().replaceBar().replaceAllWanted();
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), needles(kMany));
}

void ReplacingTest::switchedOffChangesAsk_data() {
    QTest::addColumn<bool>("all");
    QTest::addColumn<QString>("link");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("off");
    QTest::newRow("all, dropped") << true << "Drop it" << QByteArray("pen pen") << 0;
    QTest::newRow("all, no answer") << true << QString() << QByteArray("pin pin") << 1;
    QTest::newRow("one, dropped") << false << "Drop it" << QByteArray("pin pen") << 0;
}

// As typing does.
void ReplacingTest::switchedOffChangesAsk() {
    QFETCH(bool, all);
    QFETCH(QString, link);
    QFETCH(QByteArray, content);
    QFETCH(int, off);
    WindowFixture fixture;
    fixture.openNew("file", "pin pin");
    fixture.view().setCaret(5);
    fixture.type("DD");
    core::Document& document = fixture.document().document();
    QVERIFY(document.switchChanges(std::vector{document.changes()[0].id}, false));
    open(fixture, Kind::Text, "pin", "pen");
    fixture.view().setCaret(4);
    if (all) {
        replaceAll(fixture);
    } else {
        for (int i = 0; i < 2; ++i) {
            fixture.key(Qt::Key_Return);
            waitForEnd(fixture);
        }
    }
    QVERIFY(!fixture.message("switched off").isEmpty());
    QCOMPARE(fixture.content(), QByteArray("pin pin"));
    if (!link.isEmpty())
        QVERIFY(fixture.follow(link));
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), content);
    QCOMPARE(int(document.pending().switchedOff), off);
}

// By keys alone, from the start.
void ReplacingTest::keysLeadThere() {
    WindowFixture fixture;
    fixture.openNew("file", "pin pin");
    fixture.key(Qt::Key_F, Qt::ControlModifier);
    fixture.key(Qt::Key_Backtab, Qt::ShiftModifier);
    fixture.key(Qt::Key_Right);
    QCOMPARE(fixture.window->bars().findBar().kind(), Kind::Text);
    fixture.key(Qt::Key_Tab);
    fixture.type("pin");
    fixture.key(Qt::Key_H, Qt::ControlModifier);
    fixture.type("needle");
    QCOMPARE(fixture.window->bars().findBar().patternText(), QString("pin"));
    QCOMPARE(fixture.window->bars().replaceBar().replacementText(), QString("needle"));
    fixture.key(Qt::Key_Return, Qt::ControlModifier);
    waitForEnd(fixture);
    QCOMPARE(fixture.content(), QByteArray("needle needle"));
}

// The title bar's button too; and the document may go with it.
void ReplacingTest::closingTheDialogCancels() {
    for (const bool closesAll : {false, true}) {
        WindowFixture fixture;
        openPins(fixture, kMany);
        startAll(fixture);
        auto* const dialog = fixture.window->findChild<app::ProgressDialog*>();
        QVERIFY(dialog->isVisible());
        if (closesAll) {
            delete fixture.window.data();
            QTest::qWait(50);
            continue;
        }
        dialog->close();
        waitForEnd(fixture);
        QVERIFY(!fixture.document().document().isModified());
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }
}

// By a write-through that fails, or what else comes between two slices.
void ReplacingTest::anEditBetweenSlicesEndsIt() {
    WindowFixture fixture;
    openPins(fixture, kMany);
    startAll(fixture);
    const core::Byte byte = 'X';
    QVERIFY(fixture.document().document().insert(0, {&byte, 1}).ok());
    waitForEnd(fixture);
    QVERIFY2(note(fixture).contains("changed meanwhile"), qPrintable(note(fixture)));
    QVERIFY(!fixture.document().document().isModified());
}

void ReplacingTest::emptyMatchesGoOn() {
    WindowFixture fixture;
    fixture.openNew("file", "banana");
    open(fixture, Kind::Regex, "(?:$|\\b)", "x");
    for (int i = 0; i < 3; ++i) {
        fixture.key(Qt::Key_Return);
        waitForEnd(fixture);
    }
    QCOMPARE(fixture.content(), QByteArray("xbananax"));
}

void ReplacingTest::closingABarStops() {
    for (const bool closesFindBar : {false, true}) {
        const auto gate = std::make_shared<test::Gate>();
        test::GatedFileSystem disk(gate);
        WindowFixture fixture(disk);
        fixture.openNew("file", QByteArray("pin") + QByteArray(8'000'000, '.'));
        open(fixture, Kind::Text, "pin", "x");
        gate->close();
        fixture.key(Qt::Key_Return, Qt::ControlModifier);
        app::BottomBars& bars = fixture.window->bars();
        auto* const progress = bars.findBar().findChild<QProgressBar*>();
        QTRY_VERIFY(progress->isVisible());
        if (closesFindBar)
            bars.findBar().leave();
        else
            bars.replaceBar().leave();
        QVERIFY(!bars.replacer().isRunning());
        QVERIFY(!progress->isVisibleTo(&bars.findBar()));
        gate->open();
        QVERIFY(ui::Job::waitAllIdle(std::chrono::seconds(20)));
        QVERIFY(!fixture.document().document().isModified());
    }
}

void ReplacingTest::closesWithTheFindBar() {
    WindowFixture fixture;
    fixture.openNew("file", "pin");
    open(fixture, Kind::Text, "pin", "x");
    fixture.key(Qt::Key_Escape);
    QVERIFY(!fixture.window->bars().replaceBar().isVisible());
    QVERIFY(fixture.window->bars().findBar().isVisible());
    QVERIFY(fixture.view().hasFocus());
    fixture.key(Qt::Key_H, Qt::ControlModifier);
    fixture.window->bars().findBar().leave();
    QVERIFY(!fixture.window->bars().replaceBar().isVisible());
}

QTEST_MAIN(ReplacingTest)
#include "replacing_test.moc"
