#include "tests/support/test_seed.h"
#include "ui/hex/hex_painter.h"

#include <QImage>
#include <QTest>

#include <map>
#include <memory>
#include <random>
#include <set>

using octavo::core::Bytes;
using octavo::core::Change;
using octavo::core::Extent;
using octavo::core::FileOffset;
using octavo::core::Offset;
using octavo::core::Unreadable;
using octavo::ui::GridFont;
using octavo::ui::HexFrame;
using octavo::ui::HexLayout;
using octavo::ui::HexModel;
using octavo::ui::HexPainter;
using octavo::ui::HexPane;
using octavo::ui::Theme;

class HexPainterTest : public QObject {
    Q_OBJECT

private slots:
    void sameDigitsHaveSamePixels_data();
    void sameDigitsHaveSamePixels();
    void statesHaveTheirColours_data();
    void statesHaveTheirColours();
    void statesHaveTheirShapes();
    void manyMatches();
    void everythingInOneCellStaysToBeSeen();
    void byteClassesHaveTheirInk();
    void loadingIsPaleAndWithoutDigits();
    void unreadableIsHatched();
    void caretIsARingOrABar();
    void onlyTouchedRowsAreDrawn();
    void onlyTouchedCellsAreDrawn_data();
    void onlyTouchedCellsAreDrawn();
    void partsLookLikeTheWhole_data();
    void partsLookLikeTheWhole();
    void aCutRowGoesBelowTheHeader_data();
    void aCutRowGoesBelowTheHeader();
    void nothingIsDrawnBehindTheEnd();
    void looksAsDrawTextWould_data();
    void looksAsDrawTextWould();
    void charactersOfOtherFontsStayInTheirCells();
};

namespace {

/// A frame of rows and everything it refers to.
class Canvas {
public:
    explicit Canvas(double scale = 1, bool dark = false, Offset length = 160,
                    const octavo::ui::HexFormat& format = {})
        : theme(dark ? Theme::dark() : Theme::light())
        , codec(*octavo::ui::TextCodec::named(format.encoding))
        , font(gridFont(), scale)
        , layout(font.metrics(), length, 16, format) {
        model.setDocument(length);
        frame = std::make_unique<HexFrame>(HexFrame{
            .model = model, .layout = layout, .font = font, .theme = theme, .codec = codec});
        frame->width = layout.contentWidth();
        frame->height = layout.rowTop(11);
        frame->hasDocument = true;
        frame->hasFocus = true;
        // Out of the way of the rows that are looked at.
        frame->selection.moveTo(length, false);
    }

    static QFont gridFont() {
        QFont font("DejaVu Sans Mono");
        font.setPixelSize(13);
        return font;
    }

    void match(const std::vector<Extent>& matches) {
        frame->matches = matches;
        model.setMatches(model.windowExtent(), matches);
        for (const Extent& match : matches)
            frame->longestMatch = std::max(frame->longestMatch, match.length);
    }
    void fill(const Bytes& bytes, const Unreadable& unreadable = {}) {
        model.fill({0, static_cast<Offset>(bytes.size())}, bytes, unreadable);
    }

    QImage paint() {
        QImage image(frame->width, frame->height, QImage::Format_RGB32);
        image.fill(Qt::magenta);
        QPainter qpainter(&image);
        painter.paint(qpainter, *frame, QRect(0, 0, frame->width, frame->height));
        return image;
    }

    /// The pixels of one cell.
    QImage cell(Offset offset, HexPane pane = HexPane::Hex) {
        const octavo::ui::PixelSpan span = layout.cell(pane, layout.columnOf(offset));
        const int top = layout.rowTop(static_cast<int>(layout.rowOf(offset)));
        return paint().copy(span.left, top, span.width, layout.metrics().rowHeight);
    }

    Theme theme;
    octavo::ui::TextCodec codec;
    GridFont font;
    HexLayout layout;
    HexModel model;
    HexPainter painter;
    std::unique_ptr<HexFrame> frame;
};

/// The colour most pixels have.
QColor mostly(const QImage& image) {
    std::map<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            ++counts[image.pixel(x, y)];
        }
    }
    QRgb most = image.pixel(0, 0);
    for (const auto& [color, count] : counts) {
        most = count > counts[most] ? color : most;
    }
    return QColor(most);
}

/// The pixel farthest from `background`: the core of a digit's stroke.
QColor ink(const QImage& image, const QColor& background) {
    QColor found = background;
    int farthest = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            const int distance = std::abs(color.red() - background.red()) +
                                 std::abs(color.green() - background.green()) +
                                 std::abs(color.blue() - background.blue());
            if (distance > farthest) {
                farthest = distance;
                found = color;
            }
        }
    }
    return found;
}

bool isNear(const QColor& a, const QColor& b, int tolerance = 24) {
    return std::abs(a.red() - b.red()) <= tolerance &&
           std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

bool rowIs(const QImage& image, int y, const QColor& color) {
    for (int x = 0; x < image.width(); ++x) {
        if (image.pixelColor(x, y) != color) {
            return false;
        }
    }
    return true;
}

Change change(Offset before, Offset at, Offset now) {
    return {1, false, {FileOffset{at}, before}, {at, now}};
}

}  // namespace

void HexPainterTest::sameDigitsHaveSamePixels_data() {
    QTest::addColumn<double>("scale");
    for (const double scale : {1.0, 1.25, 1.5, 2.0}) {
        QTest::addRow("%.0f %%", scale * 100) << scale;
    }
}

void HexPainterTest::sameDigitsHaveSamePixels() {
    QFETCH(double, scale);
    Canvas canvas(scale);
    canvas.fill(Bytes(160, 0x38));
    const QImage image = canvas.paint();
    const auto cellAt = [&](Offset offset, HexPane pane) {
        const octavo::ui::PixelSpan span = canvas.layout.cell(pane, static_cast<int>(offset % 16));
        return image.copy(span.left, canvas.layout.rowTop(static_cast<int>(offset / 16)),
                          span.width, canvas.layout.metrics().rowHeight);
    };
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const QImage first = cellAt(0, pane);
        QVERIFY(ink(first, canvas.theme.base) != canvas.theme.base);
        for (Offset offset = 1; offset < 160; ++offset) {
            QVERIFY2(cellAt(offset, pane) == first, qPrintable(QString::number(offset)));
        }
    }
}

void HexPainterTest::statesHaveTheirColours_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void HexPainterTest::statesHaveTheirColours() {
    QFETCH(bool, dark);
    Canvas canvas(1, dark);
    const Theme& theme = canvas.theme;
    canvas.fill(Bytes(160, 0x41));
    canvas.model.setChanges({change(2, 4, 2), change(0, 20, 2)});
    canvas.match({{40, 2}});
    canvas.frame->selection.select({64, 2});
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        QCOMPARE(mostly(canvas.cell(0, pane)), theme.base);
        QCOMPARE(mostly(canvas.cell(5, pane)), theme.changed);
        QCOMPARE(mostly(canvas.cell(21, pane)), theme.inserted);
        QCOMPARE(mostly(canvas.cell(40, pane)), theme.match);
        QCOMPARE(mostly(canvas.cell(65, pane)), theme.selection);
        QCOMPARE(mostly(canvas.cell(70, pane)), theme.caretRow);
        // On a tint the plain ink is the one that reads.
        const QImage above = canvas.cell(5, pane);
        const QImage digits = above.copy(0, 0, above.width(), above.height() - 2);
        QVERIFY(isNear(ink(digits, theme.changed), theme.text));
    }
}

void HexPainterTest::statesHaveTheirShapes() {
    Canvas canvas;
    const Theme& theme = canvas.theme;
    canvas.fill(Bytes(160, 0x00));
    canvas.model.setChanges({change(2, 4, 2), change(0, 20, 2), change(3, 36, 0)});
    canvas.match({{50, 1}});
    const int last = canvas.layout.metrics().rowHeight - 1;
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const QImage changed = canvas.cell(4, pane);
        QVERIFY(rowIs(changed, last, theme.changedLine));
        QVERIFY(!rowIs(changed, 0, theme.changedLine));
        const QImage inserted = canvas.cell(20, pane);
        QVERIFY(rowIs(inserted, last, theme.insertedLine));
        QVERIFY(rowIs(inserted, 0, theme.insertedLine));
        const QImage beforeDeletion = canvas.cell(35, pane);
        for (int y = 0; y <= last; ++y) {
            QCOMPARE(beforeDeletion.pixelColor(beforeDeletion.width() - 1, y), theme.deleted);
        }
        const QImage match = canvas.cell(50, pane);
        QVERIFY(rowIs(match, 0, theme.matchLine));
        QVERIFY(rowIs(match, last, theme.matchLine));
        QCOMPARE(match.pixelColor(0, last / 2), theme.matchLine);
        QCOMPARE(match.pixelColor(match.width() - 1, last / 2), theme.matchLine);
    }
}

// One that begins rows above, two side by side, two that overlap.
void HexPainterTest::manyMatches() {
    Canvas canvas;
    canvas.fill(Bytes(160, 0x41));
    canvas.match({{2, 40}, {64, 2}, {66, 2}, {80, 4}, {82, 6}});
    const auto isMatched = [](Offset cell) {
        return (cell >= 2 && cell < 42) || (cell >= 64 && cell < 68) || (cell >= 80 && cell < 88);
    };
    for (Offset cell = 0; cell < 112; ++cell) {
        for (const HexPane pane : {HexPane::Hex, HexPane::Text})
            QVERIFY2((mostly(canvas.cell(cell, pane)) == canvas.theme.match) == isMatched(cell),
                     qPrintable(QString::number(cell)));
    }
    // Where one ends and the next begins there is a line.
    const QImage second = canvas.cell(66, HexPane::Hex);
    QCOMPARE(second.pixelColor(0, second.height() / 2), canvas.theme.matchLine);
}

void HexPainterTest::everythingInOneCellStaysToBeSeen() {
    Canvas canvas;
    const Theme& theme = canvas.theme;
    canvas.fill(Bytes(160, 0x41));
    canvas.model.setChanges({change(5, 4, 1), change(3, 5, 0)});
    canvas.match({{5, 1}});
    canvas.frame->selection.select({0, 16});
    canvas.frame->selection.caret = 5;
    canvas.frame->selection.anchor = 16;
    const octavo::ui::PixelSpan span = canvas.layout.cell(HexPane::Hex, 5);
    const QImage cell = canvas.paint().copy(span.left - 2, canvas.layout.rowTop(0), span.width + 2,
                                            canvas.layout.metrics().rowHeight);
    std::set<QRgb> colors;
    for (int y = 0; y < cell.height(); ++y) {
        for (int x = 0; x < cell.width(); ++x) {
            colors.insert(cell.pixel(x, y));
        }
    }
    QVERIFY(colors.contains(theme.selection.rgb()));
    QVERIFY(colors.contains(theme.accent.rgb()));   // caret
    QVERIFY(colors.contains(theme.deleted.rgb()));  // bar
    QVERIFY(colors.contains(theme.matchLine.rgb()));
}

void HexPainterTest::byteClassesHaveTheirInk() {
    Canvas canvas;
    const Theme& theme = canvas.theme;
    canvas.fill(Bytes{0x00, 0x41, 0x0A, 0x9C, 0xFF, 0x7F, 0x20, 0x80, 0xFE});
    const QList<QColor> inks{theme.zeroByte,      theme.printableByte, theme.controlByte,
                             theme.highByte,      theme.ffByte,        theme.controlByte,
                             theme.printableByte, theme.highByte,      theme.highByte};
    for (int i = 0; i < inks.size(); ++i) {
        QVERIFY2(isNear(ink(canvas.cell(i), theme.base), inks[i]), qPrintable(QString::number(i)));
    }
}

void HexPainterTest::loadingIsPaleAndWithoutDigits() {
    Canvas canvas;
    canvas.fill(Bytes(16, 0x41));
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const QImage loading = canvas.cell(20, pane);
        QVERIFY(loading == canvas.cell(40, pane));  // whatever the byte
        const QColor pale = ink(loading, canvas.theme.base);
        QVERIFY(pale != canvas.theme.base);
        QVERIFY(isNear(pale, canvas.theme.base, 60));
        // A block, not strokes: no shades between the two colours.
        for (int y = 0; y < loading.height(); ++y) {
            for (int x = 0; x < loading.width(); ++x) {
                const QColor color = loading.pixelColor(x, y);
                QVERIFY(color == pale || color == canvas.theme.base);
            }
        }
    }
}

void HexPainterTest::unreadableIsHatched() {
    Canvas canvas;
    Unreadable unreadable;
    unreadable.add({16, 32});
    canvas.fill(Bytes(160, 0x00), unreadable);
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const QImage cell = canvas.cell(20, pane);
        // Every row of pixels and every column is crossed by a line, and none is full.
        for (int y = 0; y < cell.height(); ++y) {
            QVERIFY(!rowIs(cell, y, canvas.theme.base));
            QVERIFY(!rowIs(cell, y, canvas.theme.zeroByte));
        }
        QVERIFY(canvas.cell(0, pane) != cell);
    }
}

void HexPainterTest::caretIsARingOrABar() {
    Canvas canvas;
    const QColor accent = canvas.theme.accent;
    canvas.fill(Bytes(160, 0x00));
    canvas.frame->selection.moveTo(20, false);
    const QImage ring = canvas.cell(20);
    const int middle = ring.height() / 2;
    QCOMPARE(ring.pixelColor(0, middle), accent);
    QCOMPARE(ring.pixelColor(1, middle), accent);
    QCOMPARE(ring.pixelColor(ring.width() - 1, middle), accent);
    const QImage thin = canvas.cell(20, HexPane::Text);
    QCOMPARE(thin.pixelColor(0, middle), accent);
    QVERIFY(thin.pixelColor(1, middle) != accent);

    canvas.frame->insertMode = true;
    const QImage bar = canvas.cell(20);
    QCOMPARE(bar.pixelColor(0, middle), accent);
    QVERIFY(bar.pixelColor(bar.width() - 1, middle) != accent);

    canvas.frame->insertMode = false;
    canvas.frame->hasFocus = false;
    QVERIFY(canvas.cell(20) != ring);
    QVERIFY(canvas.cell(20).pixelColor(0, middle) != accent);
}

void HexPainterTest::onlyTouchedRowsAreDrawn() {
    Canvas canvas;
    canvas.fill(Bytes(160, 0x41));
    QImage image(canvas.frame->width, canvas.frame->height, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter painter(&image);
    const int top = canvas.layout.rowTop(3);
    const int height = canvas.layout.metrics().rowHeight;
    const QRegion two = QRegion(0, top, 500, height) + QRegion(0, top + 4 * height, 500, height);
    canvas.painter.paint(painter, *canvas.frame, two);
    QCOMPARE(canvas.painter.rowsPainted(), qint64{2});
    QCOMPARE(image.pixelColor(0, top - 1), QColor(Qt::magenta));
    QCOMPARE(image.pixelColor(0, top), canvas.theme.base);
    QCOMPARE(image.pixelColor(0, top + height), QColor(Qt::magenta));
}

void HexPainterTest::onlyTouchedCellsAreDrawn_data() {
    QTest::addColumn<QRegion>("clip");
    QTest::addColumn<int>("cells");
    const Canvas canvas;
    const HexLayout& layout = canvas.layout;
    const int width = canvas.frame->width;
    const int height = canvas.frame->height;
    const int rowHeight = layout.metrics().rowHeight;
    const QRect gutter(0, layout.rowTop(0), layout.offsetSpan().right(), height);
    const auto cellsOf = [&](HexPane pane, int first, int last) {
        const octavo::ui::PixelSpan span = layout.cells(pane, first, last);
        const int room = layout.metrics().step;
        return QRect(span.left + room, layout.rowTop(2), span.width - 2 * room, rowHeight);
    };
    QTest::newRow("everything") << QRegion(0, 0, width, height) << 11 * 32;
    QTest::newRow("header") << QRegion(0, 0, width, layout.headerHeight()) << 0;
    QTest::newRow("gutter") << QRegion(gutter) << 0;
    // As after a move of the caret where offsets are relative to it.
    QTest::newRow("gutter and two rows")
        << (QRegion(gutter) + QRect(0, layout.rowTop(3), width, 2 * rowHeight)) << 2 * 32;
    QTest::newRow("digits") << QRegion(cellsOf(HexPane::Hex, 3, 5)) << 3;
    // The neighbours of a character may reach into its cell.
    QTest::newRow("characters") << QRegion(cellsOf(HexPane::Text, 4, 8)) << 1 + 5 + 1;
    QTest::newRow("both") << (QRegion(cellsOf(HexPane::Hex, 15, 15)) + cellsOf(HexPane::Text, 0, 1))
                          << 1 + 2 + 1;
}

void HexPainterTest::onlyTouchedCellsAreDrawn() {
    QFETCH(QRegion, clip);
    QFETCH(int, cells);
    Canvas canvas(1, false, 16 * 20);
    canvas.fill(Bytes(16 * 20, 0x41));
    QImage image(canvas.frame->width, canvas.frame->height, QImage::Format_RGB32);
    QPainter painter(&image);
    canvas.painter.paint(painter, *canvas.frame, clip);
    QCOMPARE(canvas.painter.cellsPainted(), qint64{cells});
}

// Whatever is drawn again looks as if all had been.
void HexPainterTest::partsLookLikeTheWhole_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("relative");
    const auto add = [](octavo::ui::CellKind kind, const char* encoding, double scale,
                        bool relative) {
        QTest::addRow("%s, %s at %g%s", octavo::ui::factsOf(kind).name, encoding, scale,
                      relative ? ", relative" : "")
            << int(kind) << encoding << scale << relative;
    };
    add(octavo::ui::CellKind::Hex8, "ISO-8859-1", 1, false);
    add(octavo::ui::CellKind::Hex8, "UTF-8", 1.25, true);
    add(octavo::ui::CellKind::Hex16, "UTF-16LE", 1, true);
    add(octavo::ui::CellKind::Float64, "UTF-16BE", 1.5, false);
    add(octavo::ui::CellKind::Signed32, "ISO-8859-1", 2, true);
}

void HexPainterTest::partsLookLikeTheWhole() {
    QFETCH(int, kind);
    QFETCH(QString, encoding);
    QFETCH(double, scale);
    QFETCH(bool, relative);
    octavo::ui::HexFormat format;
    format.kind = octavo::ui::CellKind(kind);
    format.encoding = encoding.toStdString();
    format.relativeOffsets = relative;
    for (const std::uint64_t seed : octavo::test::testSeeds()) {
        std::mt19937_64 random(seed);
        const auto below = [&](int limit) {
            return static_cast<int>(random() % static_cast<std::uint64_t>(limit));
        };
        Canvas canvas(scale, below(2) == 1, 155, format);
        Bytes bytes(155);
        for (octavo::core::Byte& byte : bytes) {
            byte = static_cast<octavo::core::Byte>(random());
        }
        canvas.fill(bytes);
        canvas.model.setChanges({change(2, 4, 2), change(0, 20, 2), change(3, 32, 0)});
        canvas.match({{50, 20}, {90, 3}});
        canvas.frame->bookmarks = {{7, 1}, {100, 2}};
        canvas.frame->selection.select({60, 20});
        canvas.frame->left = below(30);
        canvas.layout.setCut(below(2) * below(canvas.layout.metrics().rowHeight));
        const QImage whole = canvas.paint();
        for (int round = 0; round < octavo::test::scaled(100); ++round) {
            QRegion clip;
            for (int i = below(3); i >= 0; --i) {
                clip += QRect(below(whole.width()), below(whole.height()), 1 + below(200),
                              1 + below(60));
            }
            clip &= whole.rect();
            QImage part = whole;
            QPainter painter(&part);
            painter.setClipRegion(clip);
            painter.fillRect(part.rect(), Qt::magenta);
            canvas.painter.paint(painter, *canvas.frame, clip);
            painter.end();
            QVERIFY2(part == whole, qPrintable(QString("round %1").arg(round)));
        }
    }
}

void HexPainterTest::aCutRowGoesBelowTheHeader_data() {
    QTest::addColumn<double>("scale");
    QTest::addColumn<int>("cut");
    for (const double scale : {1.0, 1.25, 2.0}) {
        const int rowHeight = Canvas(scale).layout.metrics().rowHeight;
        for (const int cut : {1, rowHeight / 2, rowHeight - 1}) {
            QTest::addRow("%d at %g", cut, scale) << scale << cut;
        }
    }
}

// The rows have the same pixels, so many higher; the header has its own.
void HexPainterTest::aCutRowGoesBelowTheHeader() {
    QFETCH(double, scale);
    QFETCH(int, cut);
    Canvas canvas(scale);
    canvas.fill(Bytes(160, 0x41));
    canvas.model.setChanges({change(2, 4, 2), change(3, 32, 0)});
    canvas.match({{1, 20}});
    canvas.frame->bookmarks = {{7, 1}};
    canvas.frame->selection.moveTo(3, false);
    const QImage before = canvas.paint();
    canvas.layout.setCut(cut);
    const QImage after = canvas.paint();
    const int top = canvas.layout.headerHeight();
    const int width = before.width();
    QCOMPARE(after.copy(0, 0, width, top), before.copy(0, 0, width, top));
    const int height = before.height() - top - cut;
    QCOMPARE(after.copy(0, top, width, height), before.copy(0, top + cut, width, height));
}

void HexPainterTest::nothingIsDrawnBehindTheEnd() {
    Canvas canvas(1, false, 20);
    canvas.fill(Bytes(20, 0x41));
    canvas.frame->selection.moveTo(0, false);
    const QImage image = canvas.paint();
    const int top = canvas.layout.rowTop(2);
    for (int y = top; y < image.height(); ++y) {
        QVERIFY(rowIs(image.copy(0, y, image.width(), 1), 0, canvas.theme.base));
    }
    QCOMPARE(mostly(canvas.cell(21)), canvas.theme.base);
    QCOMPARE(ink(canvas.cell(21), canvas.theme.base), canvas.theme.base);
}

// The fast path against the plain one: every digit and character drawn by drawText at its place.
void HexPainterTest::looksAsDrawTextWould_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("dark");
    for (int kind = 0; kind < octavo::ui::kCellKinds; ++kind) {
        for (const double scale : {1.0, 1.25, 1.5, 2.0}) {
            QTest::addRow("%s at %g", octavo::ui::factsOf(octavo::ui::CellKind(kind)).name, scale)
                << kind << scale << (kind % 2 == 1);
        }
    }
}

void HexPainterTest::looksAsDrawTextWould() {
    QFETCH(int, kind);
    QFETCH(double, scale);
    QFETCH(bool, dark);
    octavo::ui::HexFormat format;
    format.kind = octavo::ui::CellKind(kind);
    Canvas canvas(scale, dark, 160, format);
    Bytes bytes(160);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<octavo::core::Byte>(i < 16 ? 0 : i * 37 + i / 16);
    }
    canvas.fill(bytes);
    const QImage painted = canvas.paint();

    QImage expected(painted.size(), painted.format());
    expected.fill(canvas.theme.base);
    QPainter qpainter(&expected);
    qpainter.setFont(canvas.font.words());
    const int size = format.cellBytes();
    const auto draw = [&](HexPane pane, int row, int column, int digit, QChar character,
                          const QColor& color) {
        qpainter.setPen(color);
        qpainter.drawText(canvas.layout.glyphLeft(pane, column, digit),
                          canvas.layout.rowTop(row) + canvas.font.baseline(), QString(character));
    };
    for (int offset = 0; offset < 160; ++offset) {
        const int row = offset / 16;
        const int column = offset % 16;
        const octavo::core::Byte byte = bytes[std::size_t(offset)];
        const QColor color = byteColor(canvas.theme, octavo::ui::byteClass(byte));
        const char32_t character = (*canvas.codec.table())[byte];
        draw(HexPane::Text, row, column, 0,
             character == 0 ? QChar(0xB7) : QChar(char16_t(character)), color);
        if (column % size != 0) {
            continue;
        }
        const octavo::core::ByteSpan cell =
            octavo::core::ByteSpan(bytes).subspan(std::size_t(offset), std::size_t(size));
        const octavo::ui::CellText text = octavo::ui::cellText(format.kind, format.order, cell);
        const bool isZero =
            std::all_of(cell.begin(), cell.end(), [](octavo::core::Byte b) { return b == 0; });
        const QColor value = size == 1 ? color
                             : isZero  ? canvas.theme.zeroByte
                                       : canvas.theme.printableByte;
        for (int digit = 0; digit < text.digits; ++digit) {
            const char shown = text.characters[std::size_t(digit)];
            draw(HexPane::Hex, row, column, digit, QLatin1Char(shown), value);
        }
    }
    qpainter.end();
    const int left = canvas.layout.pane(HexPane::Hex).left;
    const QRect rows(left, canvas.layout.rowTop(0), painted.width() - left,
                     canvas.layout.rowTop(10) - canvas.layout.rowTop(0));
    QCOMPARE(painted.copy(rows), expected.copy(rows));
}

// What the grid's font does not have is drawn, and nowhere but in the cells of the character.
void HexPainterTest::charactersOfOtherFontsStayInTheirCells() {
    octavo::ui::HexFormat format;
    format.encoding = "UTF-8";
    Canvas canvas(1, false, 160, format);
    canvas.fill(Bytes(160, ' '));
    const QImage before = canvas.paint();
    // Of each kind some: those of East Asia and pictures, and those whose ink reaches back.
    std::vector<char32_t> characters;
    for (const char32_t character : {U'\u65E5', U'\U0001F600'}) {
        if (canvas.font.glyph(character) == 0) {
            characters.push_back(character);
        }
    }
    QVERIFY(!characters.empty());
    for (char32_t character = 0x300; character < 0x3000 && characters.size() < 20; ++character) {
        if (canvas.font.glyph(character) == 0 && canvas.font.foreign(character).left > 0) {
            characters.push_back(character);
        }
    }
    const int textLeft = canvas.layout.pane(HexPane::Text).left;
    for (const char32_t character : characters) {
        const QByteArray encoded = QString::fromUcs4(&character, 1).toUtf8();
        Bytes bytes(160, ' ');
        std::copy(encoded.begin(), encoded.end(), bytes.begin() + 20);
        canvas.fill(bytes);
        const QImage after = canvas.paint();
        const octavo::ui::PixelSpan cells =
            canvas.layout.cells(HexPane::Text, 4, 4 + int(encoded.size()) - 1);
        const QRect own(cells.left, canvas.layout.rowTop(1), cells.width,
                        canvas.layout.metrics().rowHeight);
        QVERIFY2(before.copy(own) != after.copy(own), qPrintable(QString::number(character, 16)));
        for (int y = 0; y < before.height(); ++y) {
            for (int x = textLeft; x < before.width(); ++x) {
                QVERIFY2(own.contains(x, y) || before.pixel(x, y) == after.pixel(x, y),
                         qPrintable(QString::number(character, 16)));
            }
        }
    }
}

QTEST_MAIN(HexPainterTest)
#include "hex_painter_test.moc"
