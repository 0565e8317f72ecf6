// The original beside the edits and in their place, driven as a user would.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"

#include <QClipboard>

using namespace octavo;
using app::ActionId;
using octavo::test::TestFolder;
using octavo::test::WindowFixture;

class OriginalTest : public QObject {
    Q_OBJECT

private slots:
    void flipsThereAndBack();
    void flipsWhileTheKeyIsHeld();
    void theOriginalIsNotEdited();
    void scrollsInStep();
    void marksWhatWillGo();
    void copiesOldBytes();
    void aFlushMakesTheOriginalAnew();
    void stepsThroughChanges();
    void untitledHasAnEmptyOriginal();
    void onlyDifferencesStandOut();
    void splitAndOriginalGiveWay();
    void aPeekLosesNothing_data();
    void aPeekLosesNothing();
    void theFieldIsWrittenFirst();
    void commandsThatEditSayWhy();

private:
    /// Nothing where none is shown.
    static ui::HexView* original(WindowFixture& fixture) {
        for (ui::HexView* const view : fixture.document().views().findChildren<ui::HexView*>())
            if (view->accessibleName() == "Bytes of the original" && view->isVisible())
                return view;
        return nullptr;
    }
    static QByteArray known(const ui::HexView& view, core::Extent extent) {
        const std::optional<core::Bytes> bytes = view.knownBytes(extent);
        return bytes ? QByteArray(reinterpret_cast<const char*>(bytes->data()),
                                  qsizetype(bytes->size()))
                     : QByteArray();
    }
};

void OriginalTest::flipsThereAndBack() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    ui::HexView& edits = fixture.view();
    fixture.type("41");
    fixture.key(Qt::Key_F4);
    QVERIFY(original(fixture) != nullptr && original(fixture)->hasFocus());
    QVERIFY(!edits.isVisible());
    QTRY_COMPARE(known(*original(fixture), {0, 3}), QByteArray("012"));
    QVERIFY(fixture.window->action(ActionId::Original)->isChecked());
    fixture.key(Qt::Key_F4);
    QVERIFY(original(fixture) == nullptr);
    QVERIFY(edits.isVisible() && edits.hasFocus());
    QCOMPARE(known(edits, {0, 3}), QByteArray("A12"));
    QVERIFY(!fixture.window->action(ActionId::Original)->isChecked());
    QCOMPARE(edits.activePane(), ui::HexPane::Hex);
}

void OriginalTest::flipsWhileTheKeyIsHeld() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    QTest::keyPress(QApplication::focusWidget(), Qt::Key_F4);
    QElapsedTimer held;
    held.start();
    QVERIFY(original(fixture) != nullptr);
    QTRY_VERIFY(held.hasExpired(app::DocumentViews::kHeldMs + 1));
    QTest::keyRelease(QApplication::focusWidget(), Qt::Key_F4);
    QVERIFY(original(fixture) == nullptr);
    QVERIFY(fixture.view().hasFocus());
}

void OriginalTest::theOriginalIsNotEdited() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.type("41");
    fixture.key(Qt::Key_F4);
    fixture.type("4242");
    QCOMPARE(fixture.content(), QByteArray("A123456789"));
    QVERIFY(original(fixture) != nullptr);
    QVERIFY2(fixture.message("refused").contains("original"),
             qPrintable(fixture.message("refused")));
    // What takes the edits elsewhere is seen there.
    fixture.view().setCaret(7);
    QVERIFY(original(fixture) == nullptr);
}

void OriginalTest::scrollsInStep() {
    WindowFixture fixture;
    fixture.openNew("a.txt", QByteArray(100'000, 'x'));
    QVERIFY(fixture.document().document().insert(1600, core::Bytes(3200, 'i')).ok());
    QVERIFY(fixture.document().document().erase({32'000, 1600}).ok());
    fixture.view().setCaret(0);
    fixture.key(Qt::Key_F4, Qt::ShiftModifier);
    QVERIFY(original(fixture) != nullptr && fixture.view().isVisible());
    QVERIFY(fixture.view().hasFocus());
    const auto rows = [&] {
        return std::pair{fixture.view().topRow(), original(fixture)->topRow()};
    };
    using Rows = std::pair<core::Offset, core::Offset>;
    fixture.view().setTopRow(50);
    QCOMPARE(rows(), Rows(50, 50));
    fixture.view().setTopRow(200);  // within what was inserted
    QCOMPARE(rows(), Rows(200, 100));
    fixture.view().setTopRow(1000);
    QCOMPARE(rows(), Rows(1000, 800));
    fixture.view().setTopRow(3000);
    QCOMPARE(rows(), Rows(3000, 2900));
    original(fixture)->setTopRow(150);
    QCOMPARE(rows(), Rows(350, 150));
    // The caret goes along.
    fixture.view().setCaret(4800 + 5);
    QCOMPARE(original(fixture)->caret(), core::Offset{1605});
    fixture.key(Qt::Key_F4, Qt::ShiftModifier);
    QVERIFY(original(fixture) == nullptr);
}

void OriginalTest::marksWhatWillGo() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    QVERIFY(fixture.document().document().erase({4, 2}).ok());
    fixture.run(ActionId::Compare);
    const auto state = [&](int column) {
        return original(fixture)
            ->model()
            ->index(0, column)
            .data(Qt::AccessibleDescriptionRole)
            .toString();
    };
    QTRY_VERIFY(state(4).contains("deleted"));
    QVERIFY(state(5).contains("deleted"));
    QVERIFY(state(6).contains("unchanged"));
    // Edits that follow are marked too.
    fixture.view().setCaret(0);
    fixture.type("41");
    QTRY_VERIFY(state(0).contains("changed"));
    fixture.run(ActionId::Revert);
    QTRY_VERIFY(state(4).contains("unchanged"));
}

void OriginalTest::copiesOldBytes() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.type("41414141");
    fixture.run(ActionId::Compare);
    fixture.run(ActionId::OtherView);
    QVERIFY(original(fixture)->hasFocus());
    original(fixture)->setSelection({0, 3});
    QVERIFY(fixture.window->action(ActionId::Copy)->isEnabled());
    fixture.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString("30 31 32"));
    fixture.key(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(fixture.content(), QByteArray("AAAA456789"));
    fixture.run(ActionId::OtherView);
    QVERIFY(fixture.view().hasFocus());
}

void OriginalTest::aFlushMakesTheOriginalAnew() {
    WindowFixture fixture;
    const std::string path = fixture.openNew("a.txt", "0123456789");
    fixture.type("4142");
    fixture.run(ActionId::Compare);
    QTRY_COMPARE(known(*original(fixture), {0, 2}), QByteArray("01"));
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("AB23456789"));
    QTRY_COMPARE(known(*original(fixture), {0, 2}), QByteArray("AB"));
    fixture.run(ActionId::Undo);
    QTRY_COMPARE(known(fixture.view(), {0, 2}), QByteArray("01"));
    QCOMPARE(known(*original(fixture), {0, 2}), QByteArray("AB"));
}

void OriginalTest::stepsThroughChanges() {
    WindowFixture fixture;
    fixture.openNew("a.txt", QByteArray(100'000, 'x'));
    core::Document& document = fixture.document().document();
    for (const core::Offset at : {100, 5000, 90'000})
        QVERIFY(document.overwrite(at, core::Bytes{'!', '!'}).ok());
    QVERIFY(document.erase({20'000, 10}).ok());
    fixture.view().setCaret(0);
    for (const core::Offset at : {100, 5000, 20'000, 89'990}) {
        fixture.key(Qt::Key_F8);
        QCOMPARE(fixture.view().selection().offset, at);
    }
    QSignalSpy noted(&fixture.document(), &app::OpenDocument::noted);
    fixture.key(Qt::Key_F8);
    QCOMPARE(noted.size(), 1);
    for (const core::Offset at : {20'000, 5000, 100}) {
        fixture.key(Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(fixture.view().selection().offset, at);
    }
    fixture.key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(noted.size(), 2);
}

void OriginalTest::untitledHasAnEmptyOriginal() {
    WindowFixture fixture;
    fixture.run(ActionId::New);
    fixture.type("4142");
    fixture.key(Qt::Key_F4);
    QVERIFY(original(fixture) != nullptr);
    QCOMPARE(original(fixture)->document()->document().length(), core::Offset{0});
}

void OriginalTest::onlyDifferencesStandOut() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.view().setCaret(5);
    fixture.type("41");
    fixture.view().setCaret(0);
    const auto picture = [&](int column) {
        const QRect cell = fixture.view().visualRect(fixture.view().model()->index(0, column));
        return fixture.view().viewport()->grab(cell).toImage();
    };
    const QImage changed = picture(5);
    const QImage unchanged = picture(8);
    fixture.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(picture(5), changed);
    QVERIFY(picture(8) != unchanged);
    fixture.key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(picture(8), unchanged);
}

void OriginalTest::splitAndOriginalGiveWay() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.run(ActionId::Split);
    fixture.run(ActionId::OtherView);
    fixture.run(ActionId::Compare);
    QVERIFY(!fixture.document().views().isSplit());
    QVERIFY(original(fixture) != nullptr);
    fixture.key(Qt::Key_F4);
    QVERIFY(fixture.document().views().isFlipped());
    fixture.run(ActionId::Split);
    QVERIFY(fixture.document().views().isSplit() && original(fixture) == nullptr);
    fixture.run(ActionId::Original);
    QVERIFY(fixture.document().views().isFlipped());
    // The window goes while the original is shown.
}

void OriginalTest::aPeekLosesNothing_data() {
    QTest::addColumn<bool>("compares");
    QTest::addColumn<bool>("splits");
    QTest::newRow("alone") << false << false;
    QTest::newRow("beside it") << true << false;
    QTest::newRow("in a split") << false << true;
}

void OriginalTest::aPeekLosesNothing() {
    QFETCH(bool, compares);
    QFETCH(bool, splits);
    WindowFixture fixture;
    fixture.openNew("a.txt", QByteArray(1600, 'x'));
    QVERIFY(fixture.document().document().insert(1600, core::Bytes(16'000, 'y')).ok());
    if (compares)
        fixture.run(ActionId::Compare);
    if (splits)
        fixture.run(ActionId::Split);
    fixture.view().setCaret(9600);
    fixture.view().setTopRow(595);
    fixture.key(Qt::Key_F4);
    QVERIFY(original(fixture)->hasFocus());
    fixture.window->resize(fixture.window->width() + 40, fixture.window->height() + 60);
    fixture.key(Qt::Key_F4);
    QCOMPARE(fixture.view().topRow(), core::Offset{595});
    QCOMPARE(fixture.view().caret(), core::Offset{9600});
    QVERIFY(fixture.view().isVisible() && fixture.view().hasFocus());
    QCOMPARE(fixture.document().views().isComparing(), compares);
    QCOMPARE(fixture.document().views().isSplit(), splits);
    for (const ui::HexView* const view : fixture.document().views().all())
        QVERIFY(view->isVisible());
}

void OriginalTest::theFieldIsWrittenFirst() {
    WindowFixture fixture;
    ui::HexFormat format;
    format.kind = ui::CellKind::Unsigned8;
    fixture.settings.setGridFormat(format);
    const std::string path = fixture.openNew("a.txt", "0123456789");
    QTRY_VERIFY(fixture.view().isFullyLoaded());
    fixture.type("9");
    fixture.type("7");
    QVERIFY(!fixture.view().hasFocus());  // the field over the cell has it
    fixture.key(Qt::Key_F4);
    QVERIFY(original(fixture) != nullptr && original(fixture)->isVisible());
    QCOMPARE(fixture.content(), QByteArray("a123456789"));
    fixture.key(Qt::Key_F4);
    QVERIFY(fixture.view().isVisible() && fixture.view().hasFocus());
    fixture.view().setCaret(1);
    fixture.type("9");
    fixture.type("8");
    QVERIFY(fixture.flush());
    QCOMPARE(TestFolder::read(path), QByteArray("ab23456789"));
    // What is being typed is a change to be asked about.
    fixture.view().setCaret(2);
    fixture.type("9");
    fixture.type("9");
    fixture.window->close();
    QCOMPARE(fixture.dialogs.asked, 1);
    QCOMPARE(fixture.content(), QByteArray("abc3456789"));
}

void OriginalTest::commandsThatEditSayWhy() {
    WindowFixture fixture;
    fixture.openNew("a.txt", "0123456789");
    fixture.type("41");
    QGuiApplication::clipboard()->setText("42");
    fixture.key(Qt::Key_F4);
    for (const ActionId id : {ActionId::Paste, ActionId::DeleteToEnd, ActionId::InsertBytes}) {
        fixture.run(id);
        QCOMPARE(fixture.content(), QByteArray("A123456789"));
        QVERIFY(fixture.message("refused").contains("original"));
    }
    fixture.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(original(fixture)->selection().length, core::Offset{10});
    QVERIFY(fixture.window->action(ActionId::Copy)->isEnabled());
    QVERIFY(!fixture.window->action(ActionId::Delete)->isEnabled());
    QVERIFY(!fixture.window->action(ActionId::SaveSelection)->isEnabled());
}

QTEST_MAIN(OriginalTest)
#include "original_test.moc"
