#include "tests/support/patience.h"
#include "tests/support/test_seed.h"
#include "tests/support/ui/made_up_file_system.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/style/octavo_style.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <map>
#include <random>

using octavo::core::Document;
using octavo::core::Extent;
using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::test::madeUpByte;
using octavo::test::MadeUpFileSystem;
using octavo::test::ShownHexView;
using octavo::ui::HexModel;

class HexViewScrollTest : public QObject {
    Q_OBJECT

private slots:
    void bothEnds_data();
    void bothEnds();
    void barStepsAreExact_data();
    void barStepsAreExact();
    void draggingTheBar_data();
    void draggingTheBar();
    void draggingWithShiftIsFine();
    void draggingTellsTheOffset();
    void wheelCountsRows();
    void wheelWithCtrlZooms();
    void touchPadCountsPixels();
    void pixelsDoNotDrift_data();
    void pixelsDoNotDrift();
    void pixelsEndAtTheEnds();
    void partOfARowIsWhereItIsSeen();
    void caretKeysScrollByOneRow();
    void pagesKeepTheCaretInPlace();
    void jumpsShowWhatIsAround();
    void gutterGrowsWithTheDocument();
    void shrinkingBringsTheTopBack();
    void narrowViewsScrollSideways();
    void barsOfTheFirstFrame_data();
    void barsOfTheFirstFrame();
    void caretStaysSeenInLessRoom_data();
    void caretStaysSeenInLessRoom();
};

namespace {

std::unique_ptr<Document> madeUp(Offset length) {
    static std::map<Offset, std::unique_ptr<MadeUpFileSystem>> systems;
    auto& system = systems[length];
    if (!system) {
        system = std::make_unique<MadeUpFileSystem>(length);
    }
    return Document::open(*system, "made up").value();
}

void addLengths() {
    QTest::addColumn<qint64>("length");
    QTest::newRow("empty") << qint64{0};
    QTest::newRow("one byte") << qint64{1};
    QTest::newRow("one page") << qint64{310};
    QTest::newRow("10,000") << qint64{10000};
    QTest::newRow("2^31 rows") << (qint64{1} << 35) + 3;
    QTest::newRow("1 TiB") << (qint64{1} << 40);
    QTest::newRow("2^63 - 1") << qint64{kMaxLength};
}

/// Counts how often a widget appears.
class ShowWatch final : public QObject {
public:
    explicit ShowWatch(QWidget* watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override {
        shows += event->type() == QEvent::Show ? 1 : 0;
        return false;
    }
    int shows = 0;
};

/// What is seen is what stands there.
void compareShownBytes(ShownHexView& shown) {
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const Offset from = shown.view.topRow() * 16;
    const Offset count =
        std::min<Offset>(shown.view.fullRows() * 16, shown.document().length() - from);
    for (Offset i = 0; i < count; ++i) {
        QCOMPARE(shown.cell(from + i, HexModel::OffsetRole).toLongLong(), qlonglong{from + i});
        QCOMPARE(shown.cell(from + i, HexModel::ByteRole).toInt(), int{madeUpByte(from + i)});
    }
}

void wheel(ShownHexView& shown, QPoint pixels, QPoint angle,
           Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWheelEvent event(QPointF(100, 100), shown.view.mapToGlobal(QPointF(100, 100)), pixels, angle,
                      Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(shown.view.viewport(), &event);
}

}  // namespace

void HexViewScrollTest::bothEnds_data() {
    addLengths();
}

void HexViewScrollTest::bothEnds() {
    QFETCH(qint64, length);
    ShownHexView shown(madeUp(length));
    const Offset rows = length / 16 + 1;
    const Offset last = std::max<Offset>(0, rows - shown.view.fullRows());
    compareShownBytes(shown);
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(qint64{shown.view.caret()}, length);
    QCOMPARE(shown.view.topRow(), last);
    QCOMPARE(shown.view.verticalScrollBar()->value(), shown.view.verticalScrollBar()->maximum());
    QVERIFY(!shown.view.caretRect().isEmpty());
    compareShownBytes(shown);
    shown.key(Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(shown.view.caret(), Offset{0});
    QCOMPARE(shown.view.topRow(), Offset{0});
    QCOMPARE(shown.view.verticalScrollBar()->value(), 0);
    compareShownBytes(shown);
}

void HexViewScrollTest::barStepsAreExact_data() {
    addLengths();
}

void HexViewScrollTest::barStepsAreExact() {
    QFETCH(qint64, length);
    ShownHexView shown(madeUp(length));
    QScrollBar* const bar = shown.view.verticalScrollBar();
    const Offset page = shown.view.fullRows();
    const Offset last = std::max<Offset>(0, length / 16 + 1 - page);
    for (const Offset start : {Offset{0}, last / 2, last}) {
        shown.view.setTopRow(start);
        QCOMPARE(shown.view.topRow(), start);
        Offset expected = start;
        const auto act = [&](QAbstractSlider::SliderAction action, Offset by) {
            bar->triggerAction(action);
            expected = std::clamp<Offset>(expected + by, 0, last);
            QCOMPARE(shown.view.topRow(), expected);
        };
        act(QAbstractSlider::SliderSingleStepAdd, 1);
        act(QAbstractSlider::SliderSingleStepAdd, 1);
        act(QAbstractSlider::SliderPageStepAdd, page);
        act(QAbstractSlider::SliderSingleStepSub, -1);
        act(QAbstractSlider::SliderPageStepSub, -page);
        act(QAbstractSlider::SliderSingleStepSub, -1);
    }
    bar->triggerAction(QAbstractSlider::SliderToMaximum);
    QCOMPARE(shown.view.topRow(), last);
    bar->triggerAction(QAbstractSlider::SliderToMinimum);
    QCOMPARE(shown.view.topRow(), Offset{0});
}

void HexViewScrollTest::draggingTheBar_data() {
    addLengths();
}

void HexViewScrollTest::draggingTheBar() {
    QFETCH(qint64, length);
    ShownHexView shown(madeUp(length));
    QScrollBar* const bar = shown.view.verticalScrollBar();
    const Offset last = std::max<Offset>(0, length / 16 + 1 - shown.view.fullRows());
    bar->setSliderDown(true);
    bar->setSliderPosition(bar->maximum());
    QCOMPARE(shown.view.topRow(), last);
    bar->setSliderPosition(bar->maximum() / 2);
    const Offset half = shown.view.topRow();
    QVERIFY(std::abs(half - last / 2) <= last / 1000 + 1);
    compareShownBytes(shown);
    bar->setSliderPosition(0);
    QCOMPARE(shown.view.topRow(), Offset{0});
    bar->setSliderDown(false);
    QCOMPARE(shown.view.topRow(), Offset{0});
}

// A row for each pixel, where without Shift each is some thousands of millions.
void HexViewScrollTest::draggingWithShiftIsFine() {
    ShownHexView shown(madeUp(qint64{1} << 40));
    QScrollBar* const bar = shown.view.verticalScrollBar();
    auto* const style = new octavo::ui::OctavoStyle;  // without arrows at the ends
    style->setParent(bar);
    bar->setStyle(style);
    const auto send = [bar](QEvent::Type type, int y, Qt::KeyboardModifiers modifiers) {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const Qt::MouseButtons held =
            type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, QPointF(6, y), bar->mapToGlobal(QPointF(6, y)), button, held,
                          modifiers);
        QApplication::sendEvent(bar, &event);
    };
    send(QEvent::MouseButtonPress, 10, Qt::NoModifier);
    send(QEvent::MouseMove, 110, Qt::NoModifier);
    const Offset far = shown.view.topRow();
    QVERIFY(far > 1'000'000);
    send(QEvent::MouseMove, 113, Qt::ShiftModifier);
    QCOMPARE(shown.view.topRow(), far + 3);
    send(QEvent::MouseMove, 106, Qt::ShiftModifier);
    QCOMPARE(shown.view.topRow(), far - 4);
    // Letting Shift go does not jump.
    send(QEvent::MouseMove, 107, Qt::NoModifier);
    QCOMPARE(shown.view.topRow(), far - 3);
    send(QEvent::MouseButtonRelease, 107, Qt::NoModifier);
    QCOMPARE(shown.view.topRow(), far - 3);
    // The next drag is a coarse one again, from where the slider is.
    send(QEvent::MouseButtonPress, 107, Qt::NoModifier);
    send(QEvent::MouseMove, 10, Qt::NoModifier);
    send(QEvent::MouseButtonRelease, 10, Qt::NoModifier);
    QVERIFY(shown.view.topRow() < far - 1'000'000);
}

void HexViewScrollTest::draggingTellsTheOffset() {
    ShownHexView shown(madeUp(100000));
    QScrollBar* const bar = shown.view.verticalScrollBar();
    bar->setValue(5);
    QCOMPARE(QToolTip::text(), QString());
    bar->setSliderDown(true);
    bar->setSliderPosition(100);
    QCOMPARE(QToolTip::text(), QStringLiteral("0x640"));
    shown.view.setFormat({.offsets = octavo::ui::OffsetBase::Decimal});
    bar->setSliderPosition(200);
    QCOMPARE(QToolTip::text(), QLocale().toString(3200));
    bar->setSliderDown(false);
    QToolTip::hideText();
}

void HexViewScrollTest::wheelCountsRows() {
    ShownHexView shown(madeUp(kMaxLength));
    const Offset start = Offset{1} << 58;
    shown.view.setTopRow(start);
    const int lines = QApplication::wheelScrollLines();
    wheel(shown, {}, {0, -120});
    QCOMPARE(shown.view.topRow(), start + lines);
    for (int i = 0; i < 120; ++i) {
        wheel(shown, {}, {0, 1});
    }
    QCOMPARE(shown.view.topRow(), start);
    // Over the bar the same, although a step of the bar is half a billion rows here.
    QWheelEvent event(QPointF(5, 50), QPointF(5, 50), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(shown.view.verticalScrollBar(), &event);
    QCOMPARE(shown.view.topRow(), start + lines);
}

void HexViewScrollTest::wheelWithCtrlZooms() {
    ShownHexView shown(madeUp(100000));
    shown.view.setTopRow(100);
    QSignalSpy wanted(&shown.view, &octavo::ui::HexView::zoomWanted);
    wheel(shown, {}, {0, 240}, Qt::ControlModifier);
    QCOMPARE(wanted.takeFirst().first().toInt(), 2);
    for (int i = 0; i < 119; ++i) {
        wheel(shown, {0, -1}, {0, -1}, Qt::ControlModifier);
    }
    QVERIFY(wanted.isEmpty());
    wheel(shown, {0, -1}, {0, -1}, Qt::ControlModifier);
    QCOMPARE(wanted.takeFirst().first().toInt(), -1);
    QCOMPARE(shown.view.topRow(), Offset{100});
}

void HexViewScrollTest::touchPadCountsPixels() {
    ShownHexView shown(madeUp(100000));
    const int row = shown.place(16).y() - shown.place(0).y();
    const int below = shown.view.visualRect(shown.view.model()->index(2, 0)).top();
    for (int i = 1; i <= 3 * row; ++i) {
        wheel(shown, {0, -1}, {0, -8});
        QCOMPARE(shown.view.topRow(), Offset{i / row});
        QCOMPARE(shown.view.topCut(), i % row);
        if (i < 2 * row) {
            QCOMPARE(shown.view.visualRect(shown.view.model()->index(2, 0)).top(), below - i);
        }
    }
    QCOMPARE(shown.view.topRow(), Offset{3});
}

// Against a plain sum of pixels; where the document is as long as can be, too.
void HexViewScrollTest::pixelsDoNotDrift_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("start");
    QTest::newRow("1 MB") << qint64{1'000'000} << qint64{30'000};
    QTest::newRow("2^63 - 1") << qint64{kMaxLength} << (qint64{1} << 58);
    QTest::newRow("2^63 - 1, near the end") << qint64{kMaxLength} << (qint64{1} << 59) - 2'000;
}

void HexViewScrollTest::pixelsDoNotDrift() {
    QFETCH(qint64, length);
    QFETCH(qint64, start);
    ShownHexView shown(madeUp(length));
    shown.view.setTopRow(start);
    const int row = shown.view.layout().metrics().rowHeight;
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        qint64 pixels = (shown.view.topRow() - start) * row + shown.view.topCut();
        for (int step = 0; step < octavo::test::scaled(300); ++step) {
            const int by = static_cast<int>(1 + random() % 200) * (random() % 2 == 0 ? 1 : -1);
            if (random() % 8 == 0) {
                // A notch is whole rows, also between two pixels.
                wheel(shown, {}, {0, -120});
                pixels += QApplication::wheelScrollLines() * row;
                wheel(shown, {}, {0, 120});
                pixels -= QApplication::wheelScrollLines() * row;
            }
            wheel(shown, {0, -by}, {0, -8});
            pixels += by;
            const qint64 rows = pixels >= 0 ? pixels / row : -((row - 1 - pixels) / row);
            QCOMPARE(shown.view.topRow(), start + rows);
            QCOMPARE(shown.view.topCut(), int(pixels - rows * row));
        }
    }
}

void HexViewScrollTest::pixelsEndAtTheEnds() {
    ShownHexView shown(madeUp(16 * 100));
    wheel(shown, {0, 7}, {0, 8});
    QCOMPARE(shown.view.topRow(), Offset{0});
    QCOMPARE(shown.view.topCut(), 0);
    wheel(shown, {0, -7}, {0, -8});
    wheel(shown, {0, 9}, {0, 8});
    QCOMPARE(shown.view.topCut(), 0);
    const Offset last = 101 - shown.view.fullRows();
    shown.view.setTopRow(last - 1);
    wheel(shown, {0, -7}, {0, -8});
    QCOMPARE(shown.view.topRow(), last - 1);
    QCOMPARE(shown.view.topCut(), 7);
    wheel(shown, {0, -1000}, {0, -8});
    QCOMPARE(shown.view.topRow(), last);
    QCOMPARE(shown.view.topCut(), 0);
    wheel(shown, {0, 1}, {0, 8});
    QCOMPARE(shown.view.topRow(), last - 1);
    QCOMPARE(shown.view.topCut(), shown.view.layout().metrics().rowHeight - 1);
    // A document that fits has nothing to scroll.
    ShownHexView small(QByteArray("Hello"));
    wheel(small, {0, -7}, {0, -8});
    QCOMPARE(small.view.topCut(), 0);
}

void HexViewScrollTest::partOfARowIsWhereItIsSeen() {
    ShownHexView shown(madeUp(100000));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    const QPoint third = shown.place(3 * 16 + 5);
    wheel(shown, {0, -15}, {0, -8});
    shown.click(third - QPoint(0, 15));
    QCOMPARE(shown.view.caret(), Offset{3 * 16 + 5});
    // Of the first row a little is left, below the header.
    const QRect first = shown.view.visualRect(shown.view.model()->index(0, 5));
    QCOMPARE(first.top(), shown.view.layout().headerHeight());
    QCOMPARE(first.height(), shown.view.layout().metrics().rowHeight - 15);
    shown.click(first.center());
    QCOMPARE(shown.view.caret(), Offset{5});
    QCOMPARE(shown.view.topCut(), 15);
    // An edit leaves it where it is; a key that goes into it shows it whole.
    QVERIFY(shown.document().insert(5000, octavo::core::Bytes{1, 2, 3}));
    QCOMPARE(shown.view.topCut(), 15);
    shown.key(Qt::Key_Right);
    QCOMPARE(shown.view.topCut(), 0);
    QCOMPARE(shown.view.topRow(), Offset{0});
}

void HexViewScrollTest::caretKeysScrollByOneRow() {
    ShownHexView shown(madeUp(100000));
    for (int i = 0; i < shown.view.fullRows() - 1; ++i) {
        shown.key(Qt::Key_Down);
    }
    QCOMPARE(shown.view.topRow(), Offset{0});
    shown.key(Qt::Key_Down);
    QCOMPARE(shown.view.topRow(), Offset{1});
    // Scrolled away, the next key brings it back into view.
    shown.view.setTopRow(3000);
    shown.key(Qt::Key_Up);
    QVERIFY(!shown.view.caretRect().isEmpty());
    QCOMPARE(shown.view.caret(), Offset{16 * (shown.view.fullRows() - 1)});
}

void HexViewScrollTest::pagesKeepTheCaretInPlace() {
    ShownHexView shown(madeUp(kMaxLength));
    const Offset page = shown.view.fullRows();
    shown.view.setCaret((Offset{1} << 60) + 5);
    const QRect place = shown.view.caretRect();
    const Offset top = shown.view.topRow();
    for (int i = 1; i <= 50; ++i) {
        shown.key(Qt::Key_PageDown);
        QCOMPARE(shown.view.topRow(), top + i * page);
        QCOMPARE(shown.view.caretRect(), place);
    }
    for (int i = 0; i < 50; ++i) {
        shown.key(Qt::Key_PageUp);
    }
    QCOMPARE(shown.view.topRow(), top);
    QCOMPARE(shown.view.caret(), (Offset{1} << 60) + 5);
    compareShownBytes(shown);
}

void HexViewScrollTest::jumpsShowWhatIsAround() {
    ShownHexView shown(madeUp(Offset{1} << 40));
    shown.view.jumpTo({Offset{1} << 39, 10});
    QCOMPARE(shown.view.selection(), (Extent{Offset{1} << 39, 10}));
    QCOMPARE(shown.view.caret(), Offset{1} << 39);
    const Offset row = (Offset{1} << 39) / 16;
    QVERIFY(shown.view.topRow() < row - 1);
    QVERIFY(shown.view.topRow() + shown.view.fullRows() > row + 2);
    // What is in view already does not move.
    const Offset top = shown.view.topRow();
    shown.view.jumpTo({(Offset{1} << 39) + 32, 4});
    QCOMPARE(shown.view.topRow(), top);
    shown.view.jumpTo({0, 4});
    QCOMPARE(shown.view.topRow(), Offset{0});
}

void HexViewScrollTest::gutterGrowsWithTheDocument() {
    ShownHexView small(madeUp(1000));
    ShownHexView large(madeUp(Offset{1} << 40));
    ShownHexView largest(madeUp(kMaxLength));
    QVERIFY(small.place(0).x() < large.place(0).x());
    QVERIFY(large.place(0).x() < largest.place(0).x());
}

void HexViewScrollTest::shrinkingBringsTheTopBack() {
    ShownHexView shown(madeUp(100000));
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QVERIFY(shown.document().erase({1000, 99000}));
    QCOMPARE(shown.view.topRow(), Offset{63 - shown.view.fullRows()});
    QCOMPARE(shown.view.caret(), Offset{1000});
    compareShownBytes(shown);
    QVERIFY(shown.document().erase({0, 1000}));
    QCOMPARE(shown.view.topRow(), Offset{0});
    QVERIFY(shown.document().undo());
    QVERIFY(shown.document().undo());
    compareShownBytes(shown);
}

void HexViewScrollTest::barsOfTheFirstFrame_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("sideways");
    QTest::newRow("wide") << 900 << false;
    QTest::newRow("narrow") << 300 << true;
}

/// A bar that went again would cost a frame, and be seen.
void HexViewScrollTest::barsOfTheFirstFrame() {
    QFETCH(int, width);
    QFETCH(bool, sideways);
    octavo::ui::EditorDocument editor(madeUp(100000));
    octavo::ui::HexView view;
    view.setDocument(&editor);
    view.resize(width, 435);
    const ShowWatch watch(view.horizontalScrollBar());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QTRY_VERIFY(view.isFullyLoaded());
    QTRY_COMPARE(view.horizontalScrollBar()->isVisible(), sideways);
    QCOMPARE(watch.shows, sideways ? 1 : 0);
    QVERIFY(view.verticalScrollBar()->isVisible());
    view.setDocument(nullptr);
}

void HexViewScrollTest::narrowViewsScrollSideways() {
    ShownHexView shown(madeUp(100000));
    QCOMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
    shown.view.resize(300, 300);
    QVERIFY(shown.view.horizontalScrollBar()->maximum() > 0);
    shown.key(Qt::Key_Tab);
    shown.key(Qt::Key_End);
    const QRect caret = shown.view.caretRect();
    QVERIFY(caret.left() >= 0 && caret.right() < shown.view.viewport()->width());
    QVERIFY(shown.view.horizontalScrollBar()->value() > 0);
    // A click finds the cell that is seen there.
    const QPoint place = shown.place(14, octavo::ui::HexPane::Text);
    shown.click(place);
    QCOMPARE(shown.view.caret(), Offset{14});
}

void HexViewScrollTest::caretStaysSeenInLessRoom_data() {
    QTest::addColumn<Offset>("caretRow");
    QTest::addColumn<Offset>("topRow");
    QTest::addColumn<Offset>("after");
    QTest::newRow("at the top") << Offset{100} << Offset{100} << Offset{100};
    QTest::newRow("in what stays") << Offset{109} << Offset{100} << Offset{100};
    QTest::newRow("just hidden") << Offset{110} << Offset{100} << Offset{101};
    QTest::newRow("at the bottom") << Offset{119} << Offset{100} << Offset{110};
    QTest::newRow("not seen before") << Offset{120} << Offset{100} << Offset{100};
    QTest::newRow("scrolled away") << Offset{20} << Offset{100} << Offset{100};
}

void HexViewScrollTest::caretStaysSeenInLessRoom() {
    QFETCH(Offset, caretRow);
    QFETCH(Offset, topRow);
    QFETCH(Offset, after);
    ShownHexView shown(QByteArray(16 * 1000, 'x'));
    shown.view.setCaret(16 * caretRow);
    shown.view.setTopRow(topRow);
    // Ten of the twenty rows are left.
    shown.view.resize(shown.view.width(), shown.view.height() - 200);
    QTRY_COMPARE(shown.view.topRow(), after);
}

QTEST_MAIN(HexViewScrollTest)
#include "hex_view_scroll_test.moc"
