// The grid on screens of several scales. A process has one scale for its life, so the test runs
// itself once for each.
#include "tests/support/patience.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/hex/grid_font.h"

#include <QApplication>
#include <QProcess>

#include <cstdio>

using octavo::core::Extent;
using octavo::test::ShownHexView;
using octavo::ui::GridFont;
using octavo::ui::HexLayout;
using octavo::ui::HexPane;
using octavo::ui::HexView;

class HexViewScaleTest : public QObject {
    Q_OBJECT

private slots:
    void sameDigitsHaveSamePixels();
    void clicksFindTheirCells();
    void partialRepaintsLeaveNoTraces();
};

namespace {

constexpr int kBytes = 320;

/// A grid at an odd place in its window.
struct Window {
    explicit Window(const QByteArray& content) : editor(ShownHexView::untitled(content)) {
        view = new HexView(&window);
        view->setDocument(&editor);
        view->setGeometry(13, 7, 800, 500);
        window.resize(850, 540);
        window.show();
        window.activateWindow();
        view->setFocus();
    }

    HexLayout layout() const {
        return {GridFont(view->gridFont(), view->devicePixelRatioF()).metrics(), kBytes, 16};
    }
    QImage cell(const QImage& image, int offset, HexPane pane) const {
        const double scale = view->devicePixelRatioF();
        const octavo::ui::PixelSpan span = layout().cell(pane, offset % 16);
        return image.copy(qRound(13 * scale) + span.left,
                          qRound(7 * scale) + layout().rowTop(offset / 16), span.width,
                          layout().metrics().rowHeight);
    }

    octavo::ui::EditorDocument editor;
    QWidget window;
    HexView* view;
};

}  // namespace

void HexViewScaleTest::sameDigitsHaveSamePixels() {
    Window shown(QByteArray(kBytes, '8'));
    QVERIFY(QTest::qWaitForWindowActive(&shown.window));
    QTRY_VERIFY(shown.view->isFullyLoaded());
    QCOMPARE(QString::number(shown.view->devicePixelRatioF()),
             qEnvironmentVariable("QT_SCALE_FACTOR"));
    shown.editor.document().endTyping();
    shown.view->setCaret(kBytes);
    const QImage image = shown.window.grab().toImage();
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const QImage first = shown.cell(image, 0, pane);
        int colors = 0;
        for (int x = 1; x < first.width(); ++x) {
            colors += first.pixel(x, first.height() / 2) != first.pixel(0, 0) ? 1 : 0;
        }
        QVERIFY(colors > 0);
        for (int offset = 1; offset < kBytes; ++offset) {
            QVERIFY(shown.cell(image, offset, pane) == first);
        }
    }
}

void HexViewScaleTest::clicksFindTheirCells() {
    Window shown(QByteArray(kBytes, '8'));
    QVERIFY(QTest::qWaitForWindowActive(&shown.window));
    QTRY_VERIFY(shown.view->isFullyLoaded());
    for (const int offset : {0, 1, 7, 8, 15, 16, 130, 319}) {
        const QModelIndex index = shown.view->model()->index(offset / 16, offset % 16);
        QTest::mouseClick(shown.view->viewport(), Qt::LeftButton, {},
                          shown.view->visualRect(index).center());
        QCOMPARE(shown.view->caret(), octavo::core::Offset{offset});
    }
}

void HexViewScaleTest::partialRepaintsLeaveNoTraces() {
    Window shown(QByteArray(kBytes, '\0'));
    QVERIFY(QTest::qWaitForWindowActive(&shown.window));
    QTRY_VERIFY(shown.view->isFullyLoaded());
    // Only rows are repainted on the way, everything at the end.
    for (const int offset : {5, 21, 37, 200, 40}) {
        shown.view->setCaret(offset);
        QCoreApplication::processEvents();
    }
    shown.view->setSelection(Extent{100, 50});
    QCoreApplication::processEvents();
    shown.view->setCaret(0);
    QCoreApplication::processEvents();
    const QImage inParts = shown.window.screen()->grabWindow(shown.window.winId()).toImage();
    shown.view->viewport()->update();
    QCoreApplication::processEvents();
    const QImage atOnce = shown.window.screen()->grabWindow(shown.window.winId()).toImage();
    QVERIFY(!inParts.isNull());
    QVERIFY(inParts == atOnce);
}

int main(int argc, char* argv[]) {
    if (qEnvironmentVariableIsSet("QT_SCALE_FACTOR")) {
        const QApplication application(argc, argv);
        HexViewScaleTest test;
        return QTest::qExec(&test, argc, argv);
    }
    int failures = 0;
    for (const char* scale : {"1", "1.25", "1.5", "2"}) {
        std::printf("---- scale %s\n", scale);
        std::fflush(stdout);
        qputenv("QT_SCALE_FACTOR", scale);
        failures += QProcess::execute(QString::fromLocal8Bit(argv[0]), {}) == 0 ? 0 : 1;
    }
    return failures;
}
#include "hex_view_scale_test.moc"
