// What is painted again when little has changed.
#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"

#include <QPaintEvent>

using octavo::core::Bytes;
using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::ShownHexView;
using octavo::ui::HexPane;

class HexViewRepaintTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void relativeOffsets();
};

namespace {

/// Adds up what paint events ask for.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            painted += static_cast<QPaintEvent*>(event)->region();
        }
        return false;
    }
    QRegion painted;
};

}  // namespace

void HexViewRepaintTest::rows_data() {
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("most");
    QTest::newRow("nothing") << "" << 0;
    QTest::newRow("right") << "right" << 2;
    QTest::newRow("down") << "down" << 3;
    QTest::newRow("other pane") << "pane" << 2;
    QTest::newRow("typing") << "digit" << 2;
    QTest::newRow("typing a byte") << "byte" << 2;
    QTest::newRow("selecting a row") << "shift down" << 3;
    QTest::newRow("highlighting") << "match" << 2;
    QTest::newRow("an edit elsewhere") << "edit" << 2;
    QTest::newRow("an edit out of sight") << "far edit" << 0;
    QTest::newRow("scrolling") << "scroll" << 22;
}

void HexViewRepaintTest::rows() {
    QFETCH(QString, action);
    QFETCH(int, most);
    ShownHexView shown(QByteArray(100000, 'x'));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(5 * 16 + 3);
    QTest::qWait(50);
    const int rowHeight = shown.place(16).y() - shown.place(0).y();
    PaintWatch watch(shown.view.viewport());
    const QHash<QString, std::function<void()>> actions{
        {"", [] {}},
        {"right", [&] { shown.key(Qt::Key_Right); }},
        {"down", [&] { shown.key(Qt::Key_Down); }},
        {"pane", [&] { shown.key(Qt::Key_Tab); }},
        {"digit", [&] { shown.type("1"); }},
        {"byte", [&] { shown.type("12"); }},
        {"shift down", [&] { shown.key(Qt::Key_Down, Qt::ShiftModifier); }},
        {"match",
         [&] {
             shown.view.setHighlightedMatch(Extent{100, 4});
         }},
        {"edit",
         [&] {
             QVERIFY(shown.document().overwrite(200, Bytes{1, 2, 3}));
         }},
        {"far edit",
         [&] {
             QVERIFY(shown.document().overwrite(90000, Bytes{1, 2, 3}));
         }},
        {"scroll", [&] { shown.view.setTopRow(3); }},
    };
    actions[action]();
    QTest::qWait(50);
    int pixels = 0;
    for (const QRect& rect : watch.painted) {
        pixels += rect.height();
    }
    QCOMPARE(pixels > 0, most > 0);
    QVERIFY2(pixels <= most * rowHeight + 26, qPrintable(QString::number(pixels)));
}

// All offsets change with the caret; nothing beside them does.
void HexViewRepaintTest::relativeOffsets() {
    ShownHexView shown(QByteArray(100000, 'x'));
    octavo::ui::HexFormat format;
    format.relativeOffsets = true;
    shown.view.setFormat(format);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(5 * 16 + 3);
    QTest::qWait(50);
    const int rowHeight = shown.place(16).y() - shown.place(0).y();
    const QRect firstCell = shown.view.visualRect(shown.view.model()->index(0, 0));
    PaintWatch watch(shown.view.viewport());
    shown.key(Qt::Key_Right);
    QTest::qWait(50);
    const QRect viewport = shown.view.viewport()->rect();
    const QRegion gutter(0, firstCell.top(), firstCell.left() / 2, viewport.height());
    QVERIFY((gutter & viewport).subtracted(watch.painted).isEmpty());
    const QRegion beside = watch.painted.intersected(
        QRect(firstCell.left(), firstCell.top(), viewport.width(), viewport.height()));
    QVERIFY(!beside.isEmpty());
    QVERIFY(beside.boundingRect().height() <= rowHeight + 2);
}

QTEST_MAIN(HexViewRepaintTest)
#include "hex_view_repaint_test.moc"
