#include "ui/hex/wheel_rows.h"

#include <QTest>

using octavo::ui::WheelRows;

class WheelRowsTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void turningDropsTheRest();
};

void WheelRowsTest::rows_data() {
    QTest::addColumn<QList<int>>("angles");
    QTest::addColumn<QList<int>>("pixels");
    QTest::addColumn<int>("total");
    const QList<int> none;
    QTest::newRow("a notch down") << QList<int>{-120} << none << 3;
    QTest::newRow("a notch up") << QList<int>{120} << none << -3;
    QTest::newRow("eighths of a notch") << QList<int>(8, -15) << none << 3;
    QTest::newRow("a fine wheel") << QList<int>(100, -1) << none << 2;
    QTest::newRow("a fast wheel") << QList<int>{-720} << none << 18;
    QTest::newRow("a row of pixels") << none << QList<int>{-20} << 1;
    QTest::newRow("single pixels") << none << QList<int>(59, -1) << 2;
    QTest::newRow("many pixels up") << none << QList<int>(7, 30) << -10;
}

void WheelRowsTest::rows() {
    QFETCH(QList<int>, angles);
    QFETCH(QList<int>, pixels);
    QFETCH(int, total);
    WheelRows wheel;
    int sum = 0;
    for (const int angle : angles) {
        sum += wheel.takeAngle(angle, 3);
    }
    for (const int amount : pixels) {
        sum += wheel.takePixels(amount, 20);
    }
    QCOMPARE(sum, total);
}

void WheelRowsTest::turningDropsTheRest() {
    WheelRows wheel;
    QCOMPARE(wheel.takePixels(-19, 20), 0);
    QCOMPARE(wheel.takePixels(19, 20), 0);
    QCOMPARE(wheel.takePixels(1, 20), -1);
}

QTEST_GUILESS_MAIN(WheelRowsTest)
#include "wheel_rows_test.moc"
