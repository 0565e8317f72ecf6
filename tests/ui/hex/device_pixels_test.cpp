#include "ui/hex/device_pixels.h"

#include <QImage>
#include <QTest>

using octavo::ui::useDevicePixels;

class DevicePixelsTest : public QObject {
    Q_OBJECT

private slots:
    void wholeNumbersAreWholePixels_data();
    void wholeNumbersAreWholePixels();
    void regionsTouchWhatTheyCover();
};

void DevicePixelsTest::wholeNumbersAreWholePixels_data() {
    QTest::addColumn<double>("scale");
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("top");
    for (const double scale : {1.0, 1.25, 1.5, 1.75, 2.0}) {
        for (const int shift : {0, 1, 13, 7}) {
            QTest::addRow("%.2f, %d", scale, shift) << scale << shift << shift * 3;
        }
    }
}

void DevicePixelsTest::wholeNumbersAreWholePixels() {
    QFETCH(double, scale);
    QFETCH(int, left);
    QFETCH(int, top);
    // As a widget that stands at (left, top) in its window.
    QImage image(200, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(left, top);
    useDevicePixels(painter, QRect(0, 0, 50, 50), scale);
    painter.fillRect(QRect(3, 4, 5, 6), Qt::black);
    painter.end();

    const int x = qRound(left * scale) + 3;
    const int y = qRound(top * scale) + 4;
    for (int row = 0; row < image.height(); ++row) {
        for (int column = 0; column < image.width(); ++column) {
            const bool inside = column >= x && column < x + 5 && row >= y && row < y + 6;
            // No pixel in between: nothing was smeared over two.
            QCOMPARE(image.pixelColor(column, row), QColor(inside ? Qt::black : Qt::white));
        }
    }
}

void DevicePixelsTest::regionsTouchWhatTheyCover() {
    QImage image(100, 100, QImage::Format_RGB32);
    QPainter painter(&image);
    const QRegion touched =
        useDevicePixels(painter, QRegion(1, 1, 2, 2) + QRegion(9, 9, 1, 1), 1.5);
    QCOMPARE(touched, QRegion(1, 1, 4, 4) + QRegion(13, 13, 2, 2));
}

QTEST_MAIN(DevicePixelsTest)
#include "device_pixels_test.moc"
