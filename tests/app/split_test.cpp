// Two grids of one document beside each other, driven as a user would.
#include "tests/app/window_fixture.h"
#include "tests/support/patience.h"
#include "ui/style/theme.h"

#include <QScrollBar>

using namespace octavo;
using app::ActionId;
using app::Grid;
using octavo::test::WindowFixture;

class SplitTest : public QObject {
    Q_OBJECT

private slots:
    void secondBeginsWhereTheFirstIs();
    void editsAreSeenInBoth();
    void keysGoToTheOneWithTheKeyboard();
    void eachHasItsFormat();
    void scrollTogether_data();
    void scrollTogether();
    void closingTheSecondKeepsThePlace();
    void matchesAreSeenInBoth();
    void typingIsOneStepWhereOtherCaretsMove();
    void anAnswerForAGridThatIsGone();
    void everyWidthSplits_data();
    void everyWidthSplits();

private:
    static std::vector<ui::HexView*> grids(WindowFixture& fixture) {
        return fixture.document().views().all();
    }
};

void SplitTest::secondBeginsWhereTheFirstIs() {
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray(100'000, 'x'));
    fixture.view().setCaret(50'000);
    QCOMPARE(grids(fixture).size(), std::size_t{1});
    QVERIFY(!fixture.window->action(ActionId::OtherView)->isEnabled());
    fixture.run(ActionId::Split);
    QVERIFY(fixture.window->action(ActionId::Split)->isChecked());
    QVERIFY(fixture.window->action(ActionId::OtherView)->isEnabled());
    const std::vector<ui::HexView*> both = grids(fixture);
    QCOMPARE(both.size(), std::size_t{2});
    QCOMPARE(both[1]->caret(), both[0]->caret());
    QCOMPARE(both[1]->topOffset(), both[0]->topOffset());
    QVERIFY(both[0]->accessibleName() != both[1]->accessibleName());
    QTRY_VERIFY(both[1]->isFullyLoaded());
    QVERIFY(both[1]->verticalScrollBar()->isVisible());
}

void SplitTest::editsAreSeenInBoth() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    fixture.run(ActionId::Split);
    fixture.view().setCaret(2);
    QTest::keyClicks(&fixture.view(), "41");
    for (const ui::HexView* const view : grids(fixture)) {
        QTRY_VERIFY(view->isFullyLoaded());
        QCOMPARE(view->knownBytes({2, 1}), (std::optional<core::Bytes>{{'A'}}));
    }
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void SplitTest::keysGoToTheOneWithTheKeyboard() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    fixture.run(ActionId::Split);
    const std::vector<ui::HexView*> both = grids(fixture);
    QVERIFY(both[0]->hasFocus());
    fixture.run(ActionId::OtherView);
    QVERIFY(both[1]->hasFocus());
    both[1]->setCaret(5);
    QTest::keyClicks(both[1], "42");
    QCOMPARE(fixture.content(), QByteArray("01234B6789"));
    // Commands of the window too.
    both[1]->setSelection({0, 3});
    QVERIFY(fixture.window->action(ActionId::Copy)->isEnabled());
    fixture.run(ActionId::OtherView);
    QVERIFY(both[0]->hasFocus());
    QVERIFY(!fixture.window->action(ActionId::Copy)->isEnabled());
    QTest::mouseClick(both[1]->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(150, 60));
    QCOMPARE(&fixture.view(), both[1]);
}

void SplitTest::eachHasItsFormat() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    fixture.run(ActionId::Split);
    const std::vector<ui::HexView*> both = grids(fixture);
    fixture.run(ActionId::OtherView);
    fixture.run(ActionId::GroupTwo);
    QCOMPARE(both[1]->format().group, 2);
    QCOMPARE(both[0]->format().group, 8);
    QVERIFY(fixture.window->action(ActionId::GroupTwo)->isChecked());
    fixture.run(ActionId::OtherView);
    QVERIFY(fixture.window->action(ActionId::GroupEight)->isChecked());
    QVERIFY(!fixture.window->action(ActionId::GroupTwo)->isChecked());
}

void SplitTest::scrollTogether_data() {
    QTest::addColumn<int>("bytesPerRow");
    QTest::newRow("rows of the same length") << 16;
    QTest::newRow("longer rows") << 48;
    QTest::newRow("shorter rows") << 8;
}

void SplitTest::scrollTogether() {
    QFETCH(int, bytesPerRow);
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray(100'000, 'x'));
    ui::HexFormat format;
    format.bytesPerRow = bytesPerRow;
    fixture.settings.setGridFormat(format, Grid::Second);
    fixture.run(ActionId::Split);
    const std::vector<ui::HexView*> both = grids(fixture);
    for (const core::Offset row : {100, 777, 3, 0}) {
        both[0]->setTopRow(row);
        QCOMPARE(both[1]->topRow(), row * 16 / bytesPerRow);
        QCOMPARE(both[0]->topRow(), row);
    }
    both[1]->setTopRow(40);
    QCOMPARE(both[0]->topRow(), core::Offset{40} * bytesPerRow / 16);
    fixture.run(ActionId::ScrollTogether);
    both[0]->setTopRow(500);
    QCOMPARE(both[1]->topRow(), core::Offset{40});
    fixture.run(ActionId::ScrollTogether);
    QCOMPARE(both[1]->topRow(), core::Offset{500} * 16 / bytesPerRow);
}

void SplitTest::closingTheSecondKeepsThePlace() {
    WindowFixture fixture;
    fixture.openNew("a.bin", QByteArray(100'000, 'x'));
    fixture.run(ActionId::Split);
    fixture.run(ActionId::OtherView);
    fixture.view().setCaret(4321);
    fixture.run(ActionId::Split);
    QCOMPARE(grids(fixture).size(), std::size_t{1});
    QVERIFY(fixture.view().hasFocus());
    QCOMPARE(fixture.view().caret(), core::Offset{4321});
    QVERIFY(!fixture.window->action(ActionId::Split)->isChecked());
    // And once more, and the document goes with both.
    fixture.run(ActionId::Split);
    QCOMPARE(grids(fixture).size(), std::size_t{2});
}

void SplitTest::matchesAreSeenInBoth() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "a needle, a needle");
    fixture.run(ActionId::Find);
    fixture.window->bars().findBar().setPatternText(QStringLiteral("6E 65"));
    fixture.run(ActionId::FindAll);
    fixture.run(ActionId::Split);
    for (ui::HexView* const view : grids(fixture)) {
        view->setCaret(18);
        const QRect cell = view->visualRect(view->model()->index(0, 12));
        const auto color = [&] {
            return view->viewport()->grab(cell).toImage().pixelColor(3, cell.height() / 2);
        };
        QTRY_COMPARE(color(), ui::Theme::light().match);
    }
}

void SplitTest::typingIsOneStepWhereOtherCaretsMove() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    fixture.run(ActionId::Split);
    grids(fixture)[1]->setCaret(8);
    fixture.run(ActionId::InsertMode);
    fixture.type("41424344");
    QCOMPARE(fixture.content(), QByteArray("ABCD0123456789"));
    QCOMPARE(grids(fixture)[1]->caret(), core::Offset{12});
    fixture.run(ActionId::Undo);
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void SplitTest::anAnswerForAGridThatIsGone() {
    WindowFixture fixture;
    fixture.openNew("a.bin", "0123456789");
    core::Document& document = fixture.document().document();
    QVERIFY(document.overwrite(4, core::Bytes{'!'}).ok());
    const std::vector<core::ChangeId> ids{document.changes().front().id};
    QVERIFY(document.switchChanges(ids, false).ok());
    fixture.run(ActionId::Split);
    fixture.run(ActionId::OtherView);
    fixture.view().setCaret(4);
    fixture.type("41");
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
    fixture.run(ActionId::Split);
    QCOMPARE(grids(fixture).size(), std::size_t{1});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(fixture.follow("Drop it"));
    QCOMPARE(fixture.content(), QByteArray("0123456789"));
}

void SplitTest::everyWidthSplits_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<Qt::Orientation>("orientation");
    QTest::newRow("narrow: one above the other") << 700 << Qt::Vertical;
    QTest::newRow("wide: beside each other") << 1900 << Qt::Horizontal;
}

void SplitTest::everyWidthSplits() {
    QFETCH(int, width);
    QFETCH(Qt::Orientation, orientation);
    WindowFixture fixture;
    fixture.window->resize(width, 700);
    fixture.openNew("a.bin", QByteArray(1000, 'x'));
    fixture.run(ActionId::Split);
    QCOMPARE(fixture.document().views().orientation(), orientation);
}

QTEST_MAIN(SplitTest)
#include "split_test.moc"
