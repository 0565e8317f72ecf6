#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

using octavo::ui::Icon;
using octavo::ui::Theme;

namespace {

constexpr Icon kAll[] = {Icon::Open,   Icon::New,     Icon::Flush,    Icon::Undo, Icon::Redo,
                         Icon::Find,   Icon::GoTo,    Icon::Previous, Icon::Next, Icon::Close,
                         Icon::Notice, Icon::Warning, Icon::Done,     Icon::More};

QImage drawn(const QIcon& icon, int side, QIcon::Mode mode = QIcon::Normal) {
    return icon.pixmap(QSize(side, side), 1.0, mode)
        .toImage()
        .convertToFormat(QImage::Format_ARGB32);
}

/// The colour of the most opaque pixel: what the strokes were drawn with.
QColor inkOf(const QImage& image) {
    QColor ink(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > ink.alpha())
                ink = image.pixelColor(x, y);
    return ink;
}

}  // namespace

class IconsTest : public QObject {
    Q_OBJECT

private slots:
    void eachIsDrawnWithinItsSquare_data();
    void eachIsDrawnWithinItsSquare();
    void allDiffer();
    void colourFollowsThePalette();
    void askedForTwiceTheScaleGivesTwiceThePixels();
};

void IconsTest::eachIsDrawnWithinItsSquare_data() {
    QTest::addColumn<Icon>("which");
    QTest::addColumn<int>("side");
    for (const Icon which : kAll)
        for (const int side : {16, 20, 24, 32, 64})
            QTest::addRow("icon %d at %d", static_cast<int>(which), side) << which << side;
}

void IconsTest::eachIsDrawnWithinItsSquare() {
    QFETCH(Icon, which);
    QFETCH(int, side);
    // Drawn into the middle of a larger image, nothing may reach the rim.
    QImage image(3 * side, 3 * side, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    octavo::ui::paintIcon(painter, which, QRectF(side, side, side, side), Qt::black);
    painter.end();

    int inside = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const bool within = QRect(side, side, side, side).contains(x, y);
            const bool inked = qAlpha(image.pixel(x, y)) != 0;
            QVERIFY2(within || !inked, qPrintable(QStringLiteral("%1,%2").arg(x).arg(y)));
            inside += inked ? 1 : 0;
        }
    }
    QVERIFY(inside > side);
}

void IconsTest::allDiffer() {
    for (const Icon a : kAll)
        for (const Icon b : kAll)
            QCOMPARE(drawn(octavo::ui::icon(a), 32) == drawn(octavo::ui::icon(b), 32), a == b);
}

void IconsTest::colourFollowsThePalette() {
    const QIcon icon = octavo::ui::icon(Icon::Flush);
    for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
        QGuiApplication::setPalette(theme->palette());
        QCOMPARE(inkOf(drawn(icon, 64)), theme->text);
        QCOMPARE(inkOf(drawn(icon, 64, QIcon::Disabled)), theme->zeroByte);
        QCOMPARE(inkOf(drawn(icon, 64, QIcon::Selected)), theme->onAccent);
    }
}

void IconsTest::askedForTwiceTheScaleGivesTwiceThePixels() {
    const QPixmap pixmap = octavo::ui::programIcon().pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

QTEST_MAIN(IconsTest)
#include "icons_test.moc"
