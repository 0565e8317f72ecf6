#include "ui/hex/hex_layout.h"

#include <QTest>

#include <algorithm>
#include <utility>
#include <vector>

using octavo::core::Extent;
using octavo::core::kMaxLength;
using octavo::core::Offset;
using octavo::ui::CellKind;
using octavo::ui::ColumnRun;
using octavo::ui::HexFormat;
using octavo::ui::HexHit;
using octavo::ui::HexLayout;
using octavo::ui::HexMetrics;
using octavo::ui::HexPane;
using octavo::ui::OffsetBase;
using octavo::ui::PixelSpan;

Q_DECLARE_METATYPE(octavo::ui::HexMetrics)
Q_DECLARE_METATYPE(octavo::ui::HexPane)

class HexLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void offsetDigits_data();
    void offsetDigits();
    void decimalOffsets_data();
    void decimalOffsets();
    void groups_data();
    void groups();
    void cellsTile_data();
    void cellsTile();
    void hits_data();
    void hits();
    void everyPixelHitsTheNearestCell_data();
    void everyPixelHitsTheNearestCell();
    void columnsInSpans_data();
    void columnsInSpans();
    void cutRows();
    void rowsThatFit_data();
    void rowsThatFit();
    void cellKinds_data();
    void cellKinds();
    void bytesThatFit_data();
    void bytesThatFit();
    void relativeOffsets();
};

namespace {

const HexMetrics kPlain{.digitWidth = 8, .rowHeight = 20, .step = 4, .hairline = 1};

/// The scales of issue 2 and 7 and an odd font, for a table.
void addMetrics() {
    QTest::addColumn<HexMetrics>("metrics");
    QTest::addColumn<int>("bytesPerRow");
    for (const int bytes : {1, 8, 16, 32}) {
        QTest::addRow("100 %%, %d", bytes) << kPlain << bytes;
        QTest::addRow("125 %%, %d", bytes) << HexMetrics{10, 25, 5, 1} << bytes;
        QTest::addRow("150 %%, %d", bytes) << HexMetrics{12, 29, 6, 2} << bytes;
        QTest::addRow("200 %%, %d", bytes) << HexMetrics{16, 39, 8, 2} << bytes;
        QTest::addRow("odd digits, %d", bytes) << HexMetrics{7, 17, 3, 1} << bytes;
    }
}

}  // namespace

void HexLayoutTest::rows_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("rowCount");
    QTest::addColumn<qint64>("lastRowLength");
    QTest::newRow("empty") << qint64{0} << qint64{1} << qint64{0};
    QTest::newRow("one byte") << qint64{1} << qint64{1} << qint64{1};
    QTest::newRow("a row less one") << qint64{15} << qint64{1} << qint64{15};
    // The place where appending goes on needs a row of its own.
    QTest::newRow("a row") << qint64{16} << qint64{2} << qint64{0};
    QTest::newRow("a row and one") << qint64{17} << qint64{2} << qint64{1};
    QTest::newRow("largest") << qint64{kMaxLength} << (qint64{1} << 59) << qint64{15};
}

void HexLayoutTest::rows() {
    QFETCH(qint64, length);
    QFETCH(qint64, rowCount);
    QFETCH(qint64, lastRowLength);
    const HexLayout layout(kPlain, length);
    QCOMPARE(qint64{layout.rowCount()}, rowCount);
    QCOMPARE(layout.rowExtent(rowCount - 1).offset, (rowCount - 1) * 16);
    QCOMPARE(qint64{layout.rowExtent(rowCount - 1).length}, lastRowLength);
    QCOMPARE(layout.rowOf(length), rowCount - 1);
    QCOMPARE(layout.columnOf(length), static_cast<int>(length % 16));
    if (rowCount > 1) {
        QCOMPARE(layout.rowExtent(0), (Extent{0, 16}));
    }
}

void HexLayoutTest::offsetDigits_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("digits");
    QTest::newRow("empty") << qint64{0} << 8;
    QTest::newRow("below 4 GiB") << (qint64{1} << 32) - 1 << 8;
    QTest::newRow("4 GiB") << (qint64{1} << 32) << 12;
    QTest::newRow("1 TiB") << (qint64{1} << 40) << 12;
    QTest::newRow("256 TiB") << (qint64{1} << 48) << 16;
    QTest::newRow("largest") << qint64{kMaxLength} << 16;
}

void HexLayoutTest::offsetDigits() {
    QFETCH(qint64, length);
    QFETCH(int, digits);
    const HexLayout layout(kPlain, length);
    QCOMPARE(layout.offsetDigits(), digits);
    const int first = layout.offsetDigitLeft(0);
    QCOMPARE(layout.offsetSpan().left, first);
    for (int i = 1; i < digits; ++i) {
        // The low eight digits stand half a digit apart from those above.
        const bool split = i == digits - 8;
        QCOMPARE(layout.offsetDigitLeft(i) - layout.offsetDigitLeft(i - 1), split ? 12 : 8);
    }
    QVERIFY(layout.cell(HexPane::Hex, 0).left > layout.offsetSpan().right());
}

void HexLayoutTest::decimalOffsets_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("digits");
    QTest::newRow("empty") << qint64{0} << 10;
    QTest::newRow("below 4 GiB") << (qint64{1} << 32) - 1 << 10;
    QTest::newRow("4 GiB") << (qint64{1} << 32) << 15;
    QTest::newRow("below 256 TiB") << (qint64{1} << 48) - 1 << 15;
    QTest::newRow("256 TiB") << (qint64{1} << 48) << 19;
    QTest::newRow("largest") << qint64{kMaxLength} << 19;
}

void HexLayoutTest::decimalOffsets() {
    QFETCH(qint64, length);
    QFETCH(int, digits);
    const HexLayout layout(kPlain, length, 16, {.offsets = OffsetBase::Decimal});
    QCOMPARE(layout.offsetDigits(), digits);
    QVERIFY(QString::number(length).size() <= digits);
    for (int i = 1; i < digits; ++i) {
        const bool thousand = (digits - i) % 3 == 0;
        QCOMPARE(layout.offsetDigitLeft(i) - layout.offsetDigitLeft(i - 1), thousand ? 12 : 8);
    }
    QVERIFY(layout.cell(HexPane::Hex, 0).left > layout.offsetSpan().right());
}

void HexLayoutTest::groups_data() {
    QTest::addColumn<int>("group");
    QTest::addColumn<int>("bytesPerRow");
    QTest::addColumn<int>("gap");
    const std::pair<int, int> gaps[] = {{1, 0}, {2, 4}, {4, 8}, {8, 10}};
    for (const auto& [group, gap] : gaps) {
        for (const int bytes : {1, 2, 7, 8, 16, 24, 32}) {
            QTest::addRow("groups of %d, %d a row", group, bytes) << group << bytes << gap;
        }
    }
}

void HexLayoutTest::groups() {
    QFETCH(int, group);
    QFETCH(int, bytesPerRow);
    QFETCH(int, gap);
    const HexLayout layout(kPlain, 1000, bytesPerRow, {.group = group});
    for (int column = 1; column < bytesPerRow; ++column) {
        const PixelSpan cell = layout.cell(HexPane::Hex, column);
        const PixelSpan before = layout.cell(HexPane::Hex, column - 1);
        QCOMPARE(cell.left - before.right(), column % group == 0 ? gap : 0);
        const PixelSpan text = layout.cell(HexPane::Text, column);
        QCOMPARE(text.left, layout.cell(HexPane::Text, column - 1).right());
        for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
            const PixelSpan place = layout.cell(pane, column);
            for (const int x : {place.left, place.right() - 1}) {
                QCOMPARE(layout.hitInPane(pane, x, 30).column, column);
            }
        }
    }
}

void HexLayoutTest::cellsTile_data() {
    addMetrics();
}

void HexLayoutTest::cellsTile() {
    QFETCH(HexMetrics, metrics);
    QFETCH(int, bytesPerRow);
    const HexLayout layout(metrics, 1000, bytesPerRow);
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        for (int column = 0; column < bytesPerRow; ++column) {
            const PixelSpan cell = layout.cell(pane, column);
            QCOMPARE(cell.width, layout.cell(pane, 0).width);
            QVERIFY(layout.glyphLeft(pane, column, 0) >= cell.left);
            const int lastDigit = pane == HexPane::Hex ? 1 : 0;
            QVERIFY(layout.glyphLeft(pane, column, lastDigit) + metrics.digitWidth <= cell.right());
            if (column > 0) {
                const int gap = cell.left - layout.cell(pane, column - 1).right();
                QCOMPARE(gap > 0, pane == HexPane::Hex && column % 8 == 0);
            }
        }
        QCOMPARE(layout.pane(pane).left, layout.cell(pane, 0).left);
        QCOMPARE(layout.pane(pane).right(), layout.cell(pane, bytesPerRow - 1).right());
    }
    QVERIFY(layout.pane(HexPane::Text).left > layout.pane(HexPane::Hex).right());
    QVERIFY(layout.contentWidth() > layout.pane(HexPane::Text).right());
    QCOMPARE(layout.cells(HexPane::Hex, 0, 0), layout.cell(HexPane::Hex, 0));
}

void HexLayoutTest::hits_data() {
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    QTest::addColumn<bool>("gutter");
    QTest::addColumn<HexPane>("pane");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("digit");
    // The header is 25 high, a row 20; hex cells are 24 wide from 92 on, text cells 9 from 504 on.
    const HexPane hex = HexPane::Hex;
    const HexPane text = HexPane::Text;
    QTest::newRow("header") << 100 << 10 << false << hex << -1 << 0 << 0;
    QTest::newRow("above everything") << 100 << -200 << false << hex << -12 << 0 << 0;
    QTest::newRow("gutter") << 20 << 30 << true << hex << 0 << 0 << 0;
    QTest::newRow("left of the first cell") << 89 << 30 << false << hex << 0 << 0 << 0;
    QTest::newRow("first digit") << 97 << 25 << false << hex << 0 << 0 << 0;
    QTest::newRow("second digit") << 105 << 44 << false << hex << 0 << 0 << 1;
    QTest::newRow("second cell") << 118 << 45 << false << hex << 1 << 1 << 0;
    QTest::newRow("gap, left half") << 288 << 45 << false << hex << 1 << 7 << 1;
    QTest::newRow("gap, right half") << 290 << 45 << false << hex << 1 << 8 << 0;
    QTest::newRow("last cell") << 480 << 45 << false << hex << 1 << 15 << 1;
    QTest::newRow("between panes, hex side") << 490 << 45 << false << hex << 1 << 15 << 1;
    QTest::newRow("between panes, text side") << 500 << 45 << false << text << 1 << 0 << 0;
    QTest::newRow("text") << 515 << 45 << false << text << 1 << 1 << 0;
    QTest::newRow("right of everything") << 5000 << 4545 << false << text << 226 << 15 << 0;
}

void HexLayoutTest::hits() {
    QFETCH(int, x);
    QFETCH(int, y);
    QFETCH(bool, gutter);
    QFETCH(HexPane, pane);
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(int, digit);
    const HexLayout layout(kPlain, 100000);
    const HexHit hit = layout.hit(x, y);
    QCOMPARE(hit.area == HexHit::Area::Gutter, gutter);
    QCOMPARE(hit.row, Offset{row});
    if (!gutter) {
        QCOMPARE(hit.pane, pane);
        QCOMPARE(hit.column, column);
        QCOMPARE(hit.digit, digit);
    }
}

void HexLayoutTest::everyPixelHitsTheNearestCell_data() {
    addMetrics();
}

void HexLayoutTest::everyPixelHitsTheNearestCell() {
    QFETCH(HexMetrics, metrics);
    QFETCH(int, bytesPerRow);
    const HexLayout layout(metrics, 1000, bytesPerRow);
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        int before = 0;
        for (int x = layout.pane(pane).left; x < layout.pane(pane).right(); ++x) {
            const HexHit hit = layout.hitInPane(pane, x, layout.rowTop(3));
            const PixelSpan cell = layout.cell(pane, hit.column);
            const bool inside = x >= cell.left && x < cell.right();
            QVERIFY(inside || hit.column % 8 == 0 || hit.column % 8 == 7);
            QVERIFY(hit.column == before || hit.column == before + 1);
            QCOMPARE(hit.row, Offset{3});
            before = hit.column;
        }
        QCOMPARE(before, bytesPerRow - 1);
    }
}

void HexLayoutTest::columnsInSpans_data() {
    QTest::addColumn<int>("kind");
    QTest::newRow("bytes") << int(CellKind::Hex8);
    QTest::newRow("numbers of 4 bytes") << int(CellKind::Unsigned32);
}

void HexLayoutTest::columnsInSpans() {
    QFETCH(int, kind);
    HexFormat format;
    format.kind = CellKind(kind);
    const HexLayout layout(kPlain, 1000, 16, format);
    for (const HexPane pane : {HexPane::Hex, HexPane::Text}) {
        const PixelSpan whole = layout.pane(pane);
        const int bytes = layout.cellBytes(pane);
        QCOMPARE(layout.columnsIn(pane, whole), (ColumnRun{0, 16}));
        QCOMPARE(layout.columnsIn(pane, {0, layout.contentWidth()}), (ColumnRun{0, 16}));
        QVERIFY(layout.columnsIn(pane, {0, whole.left}).isEmpty());
        QVERIFY(layout.columnsIn(pane, {whole.right(), 100}).isEmpty());
        QVERIFY(layout.columnsIn(pane, {whole.left, 0}).isEmpty());
        QCOMPARE(layout.columnsIn(pane, {whole.right() - 1, 100}), (ColumnRun{16 - bytes, 16}));
        for (int column = 0; column < 16; column += bytes) {
            const PixelSpan cell = layout.cell(pane, column);
            QCOMPARE(layout.columnsIn(pane, cell), (ColumnRun{column, column + bytes}));
            const ColumnRun two = layout.columnsIn(pane, {cell.left - 1, 2});
            QCOMPARE(two.end, column + bytes);
        }
    }
}

// A part of the first row is scrolled away: every row stands as much higher.
void HexLayoutTest::cutRows() {
    const HexLayout whole(kPlain, 1000);
    const int header = whole.headerHeight();
    for (int cut = 0; cut < kPlain.rowHeight; ++cut) {
        HexLayout layout = whole;
        layout.setCut(cut);
        QCOMPARE(layout.cut(), cut);
        QCOMPARE(layout.headerHeight(), header);
        for (int row = 0; row < 10; ++row) {
            QCOMPARE(layout.rowTop(row), whole.rowTop(row) - cut);
            for (int y = std::max(layout.rowTop(row), header); y < layout.rowTop(row + 1); ++y) {
                QCOMPARE(layout.rowAt(y), Offset{row});
            }
        }
        QCOMPARE(layout.rowAt(header - 1), Offset{-1});
        const int height = header + 5 * kPlain.rowHeight;
        QCOMPARE(layout.fullRows(height), 5);
        QCOMPARE(layout.touchedRows(height), cut == 0 ? 5 : 6);
        QCOMPARE(layout.touchedRows(height + 3), cut + 3 > kPlain.rowHeight ? 7 : 6);
    }
}

void HexLayoutTest::rowsThatFit_data() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("full");
    QTest::addColumn<int>("touched");
    QTest::newRow("no room") << 0 << 1 << 1;
    QTest::newRow("header only") << 25 << 1 << 1;
    QTest::newRow("one row") << 45 << 1 << 1;
    QTest::newRow("a row and a bit") << 46 << 1 << 2;
    QTest::newRow("two rows") << 65 << 2 << 2;
    QTest::newRow("full HD") << 1080 << 52 << 53;
}

void HexLayoutTest::rowsThatFit() {
    QFETCH(int, height);
    QFETCH(int, full);
    QFETCH(int, touched);
    const HexLayout layout(kPlain, 100000);
    QCOMPARE(layout.fullRows(height), full);
    QCOMPARE(layout.touchedRows(height), touched);
}

// Every kind of cell in every grouping and a few lengths of rows: cells of whole numbers of digits
// that follow each other without touching the text pane, and each digit is hit where it stands.
void HexLayoutTest::cellKinds_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("group");
    QTest::addColumn<int>("bytesPerRow");
    for (int kind = 0; kind < octavo::ui::kCellKinds; ++kind) {
        for (const int group : octavo::ui::HexFormat::kGroups) {
            for (const int bytes : {8, 16, 24, 64}) {
                QTest::addRow("%s, groups of %d, %d",
                              octavo::ui::factsOf(octavo::ui::CellKind(kind)).name, group, bytes)
                    << kind << group << bytes;
            }
        }
    }
}

void HexLayoutTest::cellKinds() {
    QFETCH(int, kind);
    QFETCH(int, group);
    QFETCH(int, bytesPerRow);
    octavo::ui::HexFormat format;
    format.kind = octavo::ui::CellKind(kind);
    format.group = group;
    const octavo::ui::CellKindFacts& facts = octavo::ui::factsOf(format.kind);
    const HexLayout layout(kPlain, 1000, bytesPerRow, format);
    const bool byDigits = facts.bitsPerDigit != 0;
    int right = layout.offsetSpan().right();
    for (int column = 0; column < bytesPerRow; ++column) {
        const PixelSpan cell = layout.cell(HexPane::Hex, column);
        QCOMPARE(cell.width, (facts.digits + 1) * kPlain.digitWidth);
        QCOMPARE(layout.cellColumn(HexPane::Hex, column), column / facts.bytes * facts.bytes);
        if (column % facts.bytes != 0) {
            // The bytes of a cell share its place.
            QCOMPARE(cell, layout.cell(HexPane::Hex, column - 1));
            continue;
        }
        const bool newGroup = column % std::max(group, facts.bytes) == 0;
        QVERIFY(newGroup ? cell.left >= right : cell.left == right);
        right = cell.right();
        for (int digit = 0; digit < facts.digits; ++digit) {
            const int left = layout.glyphLeft(HexPane::Hex, column, digit);
            QVERIFY(left >= cell.left && left + kPlain.digitWidth <= cell.right());
            const HexHit hit = layout.hit(left + kPlain.digitWidth / 2, layout.rowTop(3));
            QCOMPARE(hit, (HexHit{.row = 3, .column = column, .digit = byDigits ? digit : 0}));
        }
        const HexHit text =
            layout.hit(layout.glyphLeft(HexPane::Text, column, 0) + 1, layout.rowTop(0));
        QCOMPARE(text, (HexHit{.pane = HexPane::Text, .column = column}));
    }
    QVERIFY(right < layout.pane(HexPane::Text).left);
}

void HexLayoutTest::bytesThatFit_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("group");
    for (int kind = 0; kind < octavo::ui::kCellKinds; ++kind) {
        for (const int group : octavo::ui::HexFormat::kGroups) {
            QTest::addRow("%s, groups of %d", octavo::ui::factsOf(octavo::ui::CellKind(kind)).name,
                          group)
                << kind << group;
        }
    }
}

void HexLayoutTest::bytesThatFit() {
    QFETCH(int, kind);
    QFETCH(int, group);
    octavo::ui::HexFormat format;
    format.kind = octavo::ui::CellKind(kind);
    format.group = group;
    int before = 0;
    for (int width = 0; width < 12000; width += 37) {
        const int bytes = HexLayout::bytesThatFit(kPlain, 1 << 20, format, width);
        QVERIFY(bytes >= before && bytes % format.together() == 0);
        QVERIFY(bytes <= octavo::ui::HexFormat::kMostBytesPerRow);
        const int needed = HexLayout(kPlain, 1 << 20, bytes, format).contentWidth();
        QVERIFY(needed <= width || bytes == std::max(2, format.together()));
        // No further eight would fit.
        const int more = std::max(8, format.together());
        const bool least = bytes < more || bytes + more > octavo::ui::HexFormat::kMostBytesPerRow;
        QVERIFY(least || HexLayout(kPlain, 1 << 20, bytes + more, format).contentWidth() > width);
        before = bytes;
    }
}

void HexLayoutTest::relativeOffsets() {
    octavo::ui::HexFormat format;
    const HexLayout plain(kPlain, 1000, 16, format);
    format.relativeOffsets = true;
    const HexLayout relative(kPlain, 1000, 16, format);
    QCOMPARE(relative.offsetSpan().width, plain.offsetSpan().width + kPlain.digitWidth);
    QCOMPARE(relative.offsetDigitLeft(0), relative.offsetSignLeft() + kPlain.digitWidth);
}

QTEST_GUILESS_MAIN(HexLayoutTest)
#include "hex_layout_test.moc"
