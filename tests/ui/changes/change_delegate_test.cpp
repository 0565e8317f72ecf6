// What is marked in the bytes before and after, told by lines as well as by colours, in both
// themes.
#include "ui/changes/change_delegate.h"
#include "ui/changes/change_table_model.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

using namespace octavo;
using ui::ChangeDelegate;
using ui::ChangeSides;
using ui::ChangeTableModel;
using ui::Theme;

namespace {

core::Bytes bytesOf(const QByteArray& text) {
    return {text.begin(), text.end()};
}

/// Solid runs of a colour in a row of the picture: two pixels are a line, one may be a glyph's.
int linesOf(const QImage& picture, const QColor& colour) {
    int lines = 0;
    for (int y = 0; y < picture.height(); ++y) {
        int run = 0;
        for (int x = 0; x < picture.width(); ++x) {
            const bool isIt = picture.pixelColor(x, y) == colour;
            run = isIt ? run + 1 : 0;
            lines += run == 8 ? 1 : 0;
        }
    }
    return lines;
}

}  // namespace

class ChangeDelegateTest : public QObject {
    Q_OBJECT

private slots:
    void marks_data();
    void marks();
    void narrowCellsShowBothSides();

private:
    static QImage paint(const ChangeSides& sides, bool isDark, bool isSelected, int width = 700);
};

QImage ChangeDelegateTest::paint(const ChangeSides& sides, bool isDark, bool isSelected,
                                 int width) {
    QStandardItemModel model(1, ChangeTableModel::ColumnCount);
    const QModelIndex cell = model.index(0, ChangeTableModel::Bytes);
    model.setData(cell, QVariant::fromValue(sides), ChangeTableModel::SidesRole);
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, width, 24);
    option.font = QApplication::font();
    option.palette = (isDark ? Theme::dark() : Theme::light()).palette();
    option.state = QStyle::State_Enabled;
    option.state.setFlag(QStyle::State_Selected, isSelected);
    QImage picture(width, 24, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    const ChangeDelegate delegate;
    delegate.paint(&painter, option, cell);
    return picture;
}

void ChangeDelegateTest::marks_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("goes");
    QTest::addColumn<bool>("changes");
    QTest::addColumn<bool>("comes");
    QTest::newRow("equal") << QByteArray("abc") << QByteArray("abc") << false << false << false;
    QTest::newRow("one differs") << QByteArray("abc") << QByteArray("aXc") << true << true << false;
    QTest::newRow("inserted") << QByteArray() << QByteArray("ab") << false << false << true;
    QTest::newRow("deleted") << QByteArray("ab") << QByteArray() << true << false << false;
    QTest::newRow("longer") << QByteArray("ab") << QByteArray("abc") << false << false << true;
    QTest::newRow("longer and other")
        << QByteArray("ab") << QByteArray("aXc") << true << true << true;
    QTest::newRow("shorter") << QByteArray("abc") << QByteArray("ab") << true << false << false;
}

void ChangeDelegateTest::marks() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(bool, goes);
    QFETCH(bool, changes);
    QFETCH(bool, comes);
    ChangeSides sides;
    sides.before.bytes = bytesOf(before);
    sides.after.bytes = bytesOf(after);
    sides.isKnown = true;
    for (const bool isDark : {false, true}) {
        const Theme& theme = isDark ? Theme::dark() : Theme::light();
        for (const bool isSelected : {false, true}) {
            const QImage picture = paint(sides, isDark, isSelected);
            QCOMPARE(linesOf(picture, theme.deleted) > 0, goes);
            QCOMPARE(linesOf(picture, theme.changedLine) > 0, changes);
            QCOMPARE(linesOf(picture, theme.insertedLine) > 0, comes);
        }
    }
}

/// However little room there is, what comes is not pushed out by what goes.
void ChangeDelegateTest::narrowCellsShowBothSides() {
    ChangeSides sides;
    sides.before.bytes = core::Bytes(16, 0x11);
    sides.after.bytes = core::Bytes(16, 0x22);
    sides.isKnown = true;
    for (const int width : {160, 300, 500}) {
        const QImage picture = paint(sides, false, false, width);
        QVERIFY(linesOf(picture, Theme::light().deleted) > 0);
        QVERIFY(linesOf(picture, Theme::light().changedLine) > 0);
    }
    // Until the bytes are there the cell is blank.
    sides.isKnown = false;
    QImage blank(300, 24, QImage::Format_RGB32);
    blank.fill(Theme::light().base);
    QCOMPARE(paint(sides, false, false, 300), blank);
}

QTEST_MAIN(ChangeDelegateTest)
#include "change_delegate_test.moc"
