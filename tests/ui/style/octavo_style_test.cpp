#include "ui/style/octavo_style.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleOptionSlider>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <utility>

using octavo::ui::OctavoStyle;
using octavo::ui::Theme;

class OctavoStyleTest : public QObject {
    Q_OBJECT

private slots:
    void scrollBarParts_data();
    void scrollBarParts();
    void sliderFollowsTheMouse();
    void focusIsSeenOnTheAccent();
    void moreIsSeenInEveryTheme();
};

void OctavoStyleTest::scrollBarParts_data() {
    QTest::addColumn<int>("maximum");
    QTest::addColumn<int>("page");
    QTest::addColumn<int>("value");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("length");
    // Tracks are 400 pixels long.
    QTest::newRow("nothing to scroll") << 0 << 10 << 0 << 0 << 400;
    QTest::newRow("half, at the start") << 100 << 100 << 0 << 0 << 200;
    QTest::newRow("half, in the middle") << 100 << 100 << 50 << 100 << 200;
    QTest::newRow("half, at the end") << 100 << 100 << 100 << 200 << 200;
    QTest::newRow("huge, at the start") << (1 << 30) << 1 << 0 << 0 << 32;
    QTest::newRow("huge, at the end") << (1 << 30) << 1 << (1 << 30) << 368 << 32;
}

void OctavoStyleTest::scrollBarParts() {
    QFETCH(int, maximum);
    QFETCH(int, page);
    QFETCH(int, value);
    QFETCH(int, start);
    QFETCH(int, length);
    const OctavoStyle style;
    for (const Qt::Orientation orientation : {Qt::Vertical, Qt::Horizontal}) {
        QStyleOptionSlider bar;
        const bool upright = orientation == Qt::Vertical;
        bar.orientation = orientation;
        bar.rect = upright ? QRect(0, 0, 12, 400) : QRect(0, 0, 400, 12);
        bar.maximum = maximum;
        bar.pageStep = page;
        bar.sliderPosition = bar.sliderValue = value;
        const auto part = [&](QStyle::SubControl which) {
            return style.subControlRect(QStyle::CC_ScrollBar, &bar, which, nullptr);
        };
        const auto along = [upright](const QRect& rect) {
            return upright ? std::pair(rect.top(), rect.height())
                           : std::pair(rect.left(), rect.width());
        };
        QCOMPARE(along(part(QStyle::SC_ScrollBarSlider)), std::pair(start, length));
        QCOMPARE(along(part(QStyle::SC_ScrollBarSubPage)), std::pair(0, start));
        QCOMPARE(along(part(QStyle::SC_ScrollBarAddPage)),
                 std::pair(start + length, 400 - start - length));
        QVERIFY(part(QStyle::SC_ScrollBarAddLine).isEmpty());
        QVERIFY(part(QStyle::SC_ScrollBarSubLine).isEmpty());
    }
}

void OctavoStyleTest::sliderFollowsTheMouse() {
    auto* const style = new OctavoStyle;
    QScrollBar bar(Qt::Vertical);
    style->setParent(&bar);
    bar.setStyle(style);
    bar.resize(12, 400);
    bar.setRange(0, 1000);
    bar.setPageStep(1000);
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QTest::mousePress(&bar, Qt::LeftButton, {}, QPoint(6, 10));
    QTest::mouseMove(&bar, QPoint(6, 110));
    QCOMPARE(bar.sliderPosition(), 500);
    QTest::mouseMove(&bar, QPoint(6, 399));
    QCOMPARE(bar.sliderPosition(), 1000);
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, QPoint(6, 399));
    // A click on the track goes on by a page.
    QTest::mouseClick(&bar, Qt::LeftButton, {}, QPoint(6, 5));
    QCOMPARE(bar.value(), 0);
}

void OctavoStyleTest::focusIsSeenOnTheAccent() {
    auto* const style = new OctavoStyle;
    QPushButton button("Open");
    style->setParent(&button);
    button.setStyle(style);
    button.setProperty(OctavoStyle::kAccentProperty, true);
    const auto drawn = [&](QStyle::State state) {
        QStyleOptionButton option;
        option.initFrom(&button);
        option.rect = {0, 0, 80, 28};
        option.state = QStyle::State_Enabled | state;
        QImage picture(80, 28, QImage::Format_ARGB32_Premultiplied);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        style->drawPrimitive(QStyle::PE_PanelButtonCommand, &option, &painter, &button);
        painter.end();
        return picture;
    };
    const QStyle::State byKeys = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
    QCOMPARE(drawn(QStyle::State_HasFocus), drawn({}));
    QVERIFY(drawn(byKeys) != drawn({}));
}

void OctavoStyleTest::moreIsSeenInEveryTheme() {
    const OctavoStyle style;
    const QPalette before = QApplication::palette();
    for (const Theme& theme : {Theme::light(), Theme::dark(), Theme::highContrast()}) {
        QApplication::setPalette(theme.palette());
        const QImage picture =
            style.standardIcon(QStyle::SP_ToolBarHorizontalExtensionButton, nullptr, nullptr)
                .pixmap(16)
                .toImage();
        int strongest = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor ink = picture.pixelColor(x, y);
                const int contrast = std::abs(ink.lightness() - theme.window.lightness());
                strongest = std::max(strongest, contrast * ink.alpha() / 255);
            }
        }
        QVERIFY2(strongest > 60, qPrintable(QString::number(strongest)));
    }
    QApplication::setPalette(before);
}

QTEST_MAIN(OctavoStyleTest)
#include "octavo_style_test.moc"
