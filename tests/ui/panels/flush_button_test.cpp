// The button for Flush: how much room it asks for.
#include "ui/panels/flush_button.h"

#include <QTest>

using octavo::ui::FlushButton;

class FlushButtonTest : public QObject {
    Q_OBJECT

private slots:
    void keepsItsPlace();
    void growsWithTheFont();
};

void FlushButtonTest::keepsItsPlace() {
    FlushButton button;
    const QSize none = button.sizeHint();
    button.setPendingCount(7);
    QCOMPARE(button.sizeHint(), none);
    button.setPendingCount(1'000'000);
    QVERIFY(button.sizeHint().width() > none.width());
    button.setPendingCount(0);
    QCOMPARE(button.sizeHint(), none);
}

void FlushButtonTest::growsWithTheFont() {
    FlushButton button;
    const QSize before = button.sizeHint();
    const QFont small = button.font();
    QFont large = small;
    large.setPointSizeF(large.pointSizeF() * 2);
    button.setFont(large);
    QVERIFY(button.sizeHint().width() > before.width());
    button.setFont(small);
    QCOMPARE(button.sizeHint(), before);
}

QTEST_MAIN(FlushButtonTest)
#include "flush_button_test.moc"
