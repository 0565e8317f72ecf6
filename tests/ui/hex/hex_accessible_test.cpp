// The grid as a screen reader finds it: asked through Qt's interfaces.
#include "core/base/types.h"
#include "tests/support/patience.h"
#include "tests/support/test_folder.h"
#include "tests/support/ui/made_up_file_system.h"
#include "tests/support/ui/shown_hex_view.h"
#include "ui/hex/hex_accessible.h"

#include <QAccessible>

#include <memory>
#include <set>
#include <vector>

using octavo::core::Bytes;
using octavo::core::Extent;
using octavo::core::Offset;
using octavo::test::madeUpByte;
using octavo::test::MadeUpFileSystem;
using octavo::test::ShownHexView;
using octavo::ui::HexFormat;
using octavo::ui::HexPane;

namespace {

std::unique_ptr<octavo::core::Document> madeUp(Offset length) {
    static std::vector<std::unique_ptr<MadeUpFileSystem>> systems;
    systems.push_back(std::make_unique<MadeUpFileSystem>(length));
    return octavo::core::Document::open(*systems.back(), "made up").value();
}

QAccessibleInterface* gridOf(ShownHexView& shown) {
    return QAccessible::queryAccessibleInterface(&shown.view);
}

QAccessibleTableInterface* tableOf(ShownHexView& shown) {
    return gridOf(shown)->tableInterface();
}

QString nameAt(ShownHexView& shown, int row, int column) {
    return tableOf(shown)->cellAt(row, column)->text(QAccessible::Name);
}

QString descriptionAt(ShownHexView& shown, int row, int column) {
    return tableOf(shown)->cellAt(row, column)->text(QAccessible::Description);
}

QString hex(qulonglong number, int digits) {
    return QString::number(number, 16).toUpper().rightJustified(digits, '0');
}

}  // namespace

class HexAccessibleTest : public QObject {
    Q_OBJECT

private slots:
    void gridHasNameAndTable();
    void tables_data();
    void tables();
    void tablesAtTheEnd_data();
    void tablesAtTheEnd();
    void noDocument();
    void treeIsConsistent_data();
    void treeIsConsistent();
    void cellSaysByteOffsetAndState();
    void cellsOfSeveralBytes();
    void charactersOfTheTextPane();
    void headersSayWhatIsDrawn_data();
    void headersSayWhatIsDrawn();
    void partsStandWhereTheyAreSeen();
    void placesKeepTheirInterfaces();
    void freedWithTheView();
    void fieldOverACell();
    void selection();
    void selectionFromOutside();
    void focusFromOutside();
};

// ---- The table

void HexAccessibleTest::gridHasNameAndTable() {
    ShownHexView shown(QByteArray("Hello"));
    QAccessibleInterface* const grid = gridOf(shown);
    QVERIFY(grid != nullptr);
    QCOMPARE(grid->role(), QAccessible::Table);
    QCOMPARE(grid->text(QAccessible::Name), "Bytes");
    QVERIFY(!grid->text(QAccessible::Description).isEmpty());
    QVERIFY(grid->tableInterface() != nullptr);
    QCOMPARE(grid->tableInterface(), dynamic_cast<QAccessibleTableInterface*>(grid));
}

void HexAccessibleTest::tables_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("digits");
    QTest::newRow("empty") << qint64{0} << 1 << 8;
    QTest::newRow("one byte") << qint64{1} << 1 << 8;
    QTest::newRow("one row") << qint64{16} << 2 << 8;
    QTest::newRow("17 bytes") << qint64{17} << 2 << 8;
    QTest::newRow("a screen and a row") << qint64{16} * 20 << 20 << 8;
    QTest::newRow("1 TiB") << (qint64{1} << 40) << 20 << 12;
    QTest::newRow("2^63 - 1") << qint64{octavo::core::kMaxLength} << 20 << 16;
}

void HexAccessibleTest::tables() {
    QFETCH(qint64, length);
    QFETCH(int, rows);
    QFETCH(int, digits);
    ShownHexView shown(madeUp(length));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(shown.view.fullRows(), 20);
    QAccessibleTableInterface* const table = tableOf(shown);
    QCOMPARE(table->rowCount(), rows);
    QCOMPARE(table->columnCount(), 16);
    QCOMPARE(table->cellAt(rows, 0), nullptr);
    QCOMPARE(table->cellAt(0, 16), nullptr);
    QCOMPARE(table->cellAt(-1, 0), nullptr);
    QCOMPARE(table->cellAt(0, -1), nullptr);
    for (int row = 0; row < rows; ++row) {
        QCOMPARE(table->rowDescription(row), hex(qulonglong(row) * 16, digits));
        for (int column = 0; column < 16; ++column) {
            const qint64 offset = row * 16 + column;
            QAccessibleInterface* const cell = table->cellAt(row, column);
            QVERIFY(cell != nullptr && cell->isValid());
            QCOMPARE(cell->role(), QAccessible::Cell);
            QCOMPARE(bool(cell->state().disabled), offset > length);
            QCOMPARE(cell->text(QAccessible::Name), offset < length    ? hex(madeUpByte(offset), 2)
                                                    : offset == length ? "end of document"
                                                                       : "");
            QCOMPARE(cell->text(QAccessible::Description).contains(hex(qulonglong(offset), 8)),
                     offset <= length);
        }
    }
    QCOMPARE(table->rowDescription(rows), "");
    QCOMPARE(table->rowDescription(-1), "");
    QCOMPARE(table->columnDescription(0), "00");
    QCOMPARE(table->columnDescription(15), "0F");
    QCOMPARE(table->columnDescription(16), "");
    QCOMPARE(table->columnDescription(-1), "");
}

void HexAccessibleTest::tablesAtTheEnd_data() {
    QTest::addColumn<qint64>("length");
    QTest::newRow("1000") << qint64{1000};
    QTest::newRow("1 TiB") << (qint64{1} << 40);
    QTest::newRow("2^63 - 1") << qint64{octavo::core::kMaxLength};
}

void HexAccessibleTest::tablesAtTheEnd() {
    QFETCH(qint64, length);
    ShownHexView shown(madeUp(length));
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleTableInterface* const table = tableOf(shown);
    const int last = table->rowCount() - 1;
    const auto endColumn = static_cast<int>(length % 16);
    QCOMPARE(table->rowDescription(last),
             hex(qulonglong(length / 16) * 16, shown.view.layout().offsetDigits()));
    QCOMPARE(nameAt(shown, last, endColumn), "end of document");
    QVERIFY(table->cellAt(last, endColumn)->state().focused);
    QVERIFY(descriptionAt(shown, last, endColumn).contains(hex(qulonglong(length), 8)));
    QCOMPARE(nameAt(shown, last - 1, 15), hex(madeUpByte(length - length % 16 - 1), 2));
    if (endColumn > 0) {
        QCOMPARE(nameAt(shown, last, endColumn - 1), hex(madeUpByte(length - 1), 2));
    }
    QCOMPARE(gridOf(shown)->focusChild(), table->cellAt(last, endColumn));
    QCOMPARE(bool(table->cellAt(last, 15)->state().disabled), endColumn < 15);
}

void HexAccessibleTest::noDocument() {
    ShownHexView shown(QByteArray("Hello"));
    QVERIFY(gridOf(shown)->childCount() > 16);
    shown.view.setDocument(nullptr);
    QCOMPARE(tableOf(shown)->rowCount(), 0);
    QCOMPARE(gridOf(shown)->child(0)->role(), QAccessible::ColumnHeader);
    QCOMPARE(gridOf(shown)->focusChild(), nullptr);
    QCOMPARE(tableOf(shown)->selectedCellCount(), 0);
    QVERIFY(!tableOf(shown)->selectRow(0));
}

void HexAccessibleTest::treeIsConsistent_data() {
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("bytesPerRow");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isText");
    QTest::newRow("17 bytes") << 17 << 16 << int(octavo::ui::CellKind::Hex8) << false;
    QTest::newRow("text pane") << 1000 << 16 << int(octavo::ui::CellKind::Hex8) << true;
    QTest::newRow("two bytes in a row") << 1000 << 2 << int(octavo::ui::CellKind::Hex8) << false;
    QTest::newRow("numbers of 8 bytes")
        << 1001 << 24 << int(octavo::ui::CellKind::Unsigned64) << false;
    QTest::newRow("long rows") << 5000 << 512 << int(octavo::ui::CellKind::Hex16) << false;
    QTest::newRow("long rows of text") << 5000 << 512 << int(octavo::ui::CellKind::Hex16) << true;
}

void HexAccessibleTest::treeIsConsistent() {
    QFETCH(int, length);
    QFETCH(int, bytesPerRow);
    QFETCH(int, kind);
    QFETCH(bool, isText);
    ShownHexView shown(QByteArray(length, 'x'));
    HexFormat format;
    format.bytesPerRow = bytesPerRow;
    format.kind = static_cast<octavo::ui::CellKind>(kind);
    shown.view.setFormat(format);
    shown.view.setActivePane(isText ? HexPane::Text : HexPane::Hex);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleInterface* const grid = gridOf(shown);
    QAccessibleTableInterface* const table = tableOf(shown);
    const int rows = table->rowCount();
    const int columns = table->columnCount();
    QCOMPARE(columns, bytesPerRow / (isText ? 1 : format.cellBytes()));
    QCOMPARE(grid->childCount(), rows * columns + rows + columns);
    QCOMPARE(grid->child(-1), nullptr);
    QCOMPARE(grid->child(grid->childCount()), nullptr);
    QCOMPARE(grid->indexOfChild(grid), -1);
    QCOMPARE(grid->indexOfChild(nullptr), -1);
    std::set<QAccessibleInterface*> all;
    int headers = 0;
    for (int i = 0; i < grid->childCount(); ++i) {
        QAccessibleInterface* const part = grid->child(i);
        QVERIFY(part != nullptr && part->isValid());
        QCOMPARE(grid->indexOfChild(part), i);
        QCOMPARE(grid->child(i), part);
        QCOMPARE(part->parent(), grid);
        QCOMPARE(part->childCount(), 0);
        QCOMPARE(part->window(), grid->window());
        all.insert(part);
        QAccessibleTableCellInterface* const cell = part->tableCellInterface();
        if (cell == nullptr) {
            ++headers;
            continue;
        }
        QCOMPARE(part->role(), QAccessible::Cell);
        QCOMPARE(table->cellAt(cell->rowIndex(), cell->columnIndex()), part);
        QCOMPARE(cell->table(), grid);
        QCOMPARE(cell->rowExtent(), 1);
        QCOMPARE(cell->columnExtent(), 1);
        const QList<QAccessibleInterface*> rowHeaders = cell->rowHeaderCells();
        QCOMPARE(rowHeaders.size(), 1);
        QCOMPARE(rowHeaders[0]->role(), QAccessible::RowHeader);
        QCOMPARE(rowHeaders[0]->text(QAccessible::Name), table->rowDescription(cell->rowIndex()));
        const QList<QAccessibleInterface*> columnHeaders = cell->columnHeaderCells();
        QCOMPARE(columnHeaders.size(), 1);
        QCOMPARE(columnHeaders[0]->role(), QAccessible::ColumnHeader);
        QCOMPARE(columnHeaders[0]->text(QAccessible::Name),
                 table->columnDescription(cell->columnIndex()));
    }
    QCOMPARE(headers, rows + columns);
    QCOMPARE(int(all.size()), grid->childCount());
    ShownHexView other(QByteArray("other"));
    QCOMPARE(grid->indexOfChild(gridOf(other)->child(0)), -1);
}

// ---- What cells say

void HexAccessibleTest::cellSaysByteOffsetAndState() {
    octavo::test::TestFolder folder;
    const std::string path = folder.write("data", "Hello, world: more than a row");
    ShownHexView shown(
        octavo::core::Document::open(octavo::core::systemFileSystem(), path).value());
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QVERIFY(shown.document().overwrite(1, Bytes{0xAB}));
    QVERIFY(shown.document().insert(20, Bytes{0xCD}));
    QVERIFY(shown.document().erase({5, 1}));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(nameAt(shown, 0, 0), "48");
    QCOMPARE(descriptionAt(shown, 0, 0), "offset 00000000, unchanged");
    QCOMPARE(nameAt(shown, 0, 1), "AB");
    QCOMPARE(descriptionAt(shown, 0, 1), "offset 00000001, changed");
    QCOMPARE(nameAt(shown, 1, 3), "CD");
    QCOMPARE(descriptionAt(shown, 1, 3), "offset 00000013, inserted");
    QVERIFY(descriptionAt(shown, 0, 5).contains("bytes removed here"));
}

void HexAccessibleTest::cellsOfSeveralBytes() {
    ShownHexView shown(QByteArray("\x01\x00\x00\x00\xFE\xFF\xFF\xFF\x07\x08", 10));
    HexFormat format;
    format.kind = octavo::ui::CellKind::Signed32;
    shown.view.setFormat(format);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(tableOf(shown)->columnCount(), 4);
    QCOMPARE(nameAt(shown, 0, 0), "1");
    QCOMPARE(nameAt(shown, 0, 1), "-2");
    QCOMPARE(nameAt(shown, 0, 2), "07 08");
    QCOMPARE(nameAt(shown, 0, 3), "");
    QCOMPARE(tableOf(shown)->columnDescription(2), "08");
    QVERIFY(descriptionAt(shown, 0, 1).contains("offset 00000004, inserted"));
    // The caret at the end stands in the number that the document ends in.
    shown.key(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(gridOf(shown)->focusChild(), tableOf(shown)->cellAt(0, 2));
    shown.view.setSelection(Extent{4, 4});
    QVERIFY(tableOf(shown)->cellAt(0, 1)->state().selected);
    shown.view.setSelection(Extent{4, 3});
    QVERIFY(!tableOf(shown)->cellAt(0, 1)->state().selected);
}

void HexAccessibleTest::charactersOfTheTextPane() {
    ShownHexView shown(QByteArray("A \xC3\xBC\n\xFF", 6));
    HexFormat format;
    format.encoding = "UTF-8";
    shown.view.setFormat(format);
    shown.view.setActivePane(HexPane::Text);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QCOMPARE(nameAt(shown, 0, 0), "A");
    QCOMPARE(nameAt(shown, 0, 1), "space");
    QCOMPARE(nameAt(shown, 0, 2), QString::fromUtf8("\xC3\xBC"));
    QCOMPARE(nameAt(shown, 0, 3), "rest of a character");
    QCOMPARE(nameAt(shown, 0, 4), "0A");
    QCOMPARE(nameAt(shown, 0, 5), "FF");
    QCOMPARE(nameAt(shown, 0, 6), "end of document");
    shown.view.setActivePane(HexPane::Hex);
    QCOMPARE(nameAt(shown, 0, 0), "41");
}

void HexAccessibleTest::headersSayWhatIsDrawn_data() {
    QTest::addColumn<qint64>("length");
    QTest::addColumn<bool>("isDecimal");
    QTest::addColumn<bool>("isRelative");
    QTest::addColumn<int>("bytesPerRow");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("description");
    // Of the row at 32 with the caret at 100, and of the last column.
    const int byte = int(octavo::ui::CellKind::Hex8);
    const int number = int(octavo::ui::CellKind::Unsigned32);
    const int decimal = int(octavo::ui::CellKind::Unsigned8);
    QTest::newRow("hex") << qint64{10000} << false << false << 16 << byte << "00000020"
                         << "0F"
                         << "offset 00000020, ";
    QTest::newRow("decimal") << qint64{10000} << true << false << 16 << byte << "0000000032"
                             << "15"
                             << "offset 32, ";
    QTest::newRow("relative") << qint64{10000} << false << true << 16 << byte << "-00000044"
                              << "0F"
                              << "offset 00000020, ";
    QTest::newRow("relative and decimal")
        << qint64{10000} << true << true << 16 << byte << "-0000000068"
        << "15"
        << "offset 32, ";
    QTest::newRow("1 TiB") << (qint64{1} << 40) << false << false << 16 << byte << "000000000020"
                           << "0F"
                           << "offset 00000020, ";
    QTest::newRow("numbers") << qint64{10000} << true << false << 16 << number << "0000000032"
                             << "12"
                             << "offset 32, ";
    QTest::newRow("long rows") << qint64{10000} << false << false << 512 << byte << "00000400"
                               << "1FF"
                               << "offset 00000400, ";
    QTest::newRow("long rows, decimal")
        << qint64{10000} << true << false << 104 << decimal << "0000000208"
        << "103"
        << "offset 208, ";
}

void HexAccessibleTest::headersSayWhatIsDrawn() {
    QFETCH(qint64, length);
    QFETCH(bool, isDecimal);
    QFETCH(bool, isRelative);
    QFETCH(int, bytesPerRow);
    QFETCH(int, kind);
    QFETCH(QString, row);
    QFETCH(QString, column);
    QFETCH(QString, description);
    ShownHexView shown(madeUp(length));
    HexFormat format;
    format.offsets = isDecimal ? octavo::ui::OffsetBase::Decimal : octavo::ui::OffsetBase::Hex;
    format.relativeOffsets = isRelative;
    format.bytesPerRow = bytesPerRow;
    format.kind = static_cast<octavo::ui::CellKind>(kind);
    shown.view.setFormat(format);
    shown.view.setCaret(100);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleTableInterface* const table = tableOf(shown);
    QCOMPARE(table->rowDescription(2), row);
    QCOMPARE(table->columnDescription(table->columnCount() - 1), column);
    QVERIFY2(descriptionAt(shown, 2, 0).startsWith(description),
             qPrintable(descriptionAt(shown, 2, 0)));
}

// ---- Places

void HexAccessibleTest::partsStandWhereTheyAreSeen() {
    ShownHexView shown(QByteArray(1000, 'x'));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleTableInterface* const table = tableOf(shown);
    const QRect place = table->cellAt(2, 3)->rect();
    QVERIFY(place.contains(shown.view.viewport()->mapToGlobal(shown.place(35))));
    QCOMPARE(gridOf(shown)->childAt(place.center().x(), place.center().y()), table->cellAt(2, 3));
    const QRect rowHeader =
        table->cellAt(2, 3)->tableCellInterface()->rowHeaderCells().first()->rect();
    QCOMPARE(rowHeader.top(), place.top());
    QVERIFY(rowHeader.right() < place.left());
    const QRect columnHeader =
        table->cellAt(2, 3)->tableCellInterface()->columnHeaderCells().first()->rect();
    QCOMPARE(columnHeader.left(), place.left());
    QVERIFY(columnHeader.bottom() < table->cellAt(0, 3)->rect().top());
    // Neither headers nor the other pane are cells of the table.
    QCOMPARE(gridOf(shown)->childAt(rowHeader.left() + 1, rowHeader.center().y()), nullptr);
    const QPoint other = shown.view.viewport()->mapToGlobal(shown.place(35, HexPane::Text));
    QCOMPARE(gridOf(shown)->childAt(other.x(), other.y()), nullptr);
    shown.view.setActivePane(HexPane::Text);
    QCOMPARE(gridOf(shown)->childAt(other.x(), other.y()), table->cellAt(2, 3));
    // What is scrolled out sideways is there, and says that it is not to be seen.
    shown.view.setActivePane(HexPane::Hex);
    shown.view.resize(200, shown.view.height());
    QVERIFY(!table->cellAt(0, 0)->state().offscreen);
    QVERIFY(table->cellAt(0, 15)->state().offscreen);
    QCOMPARE(table->cellAt(0, 15)->text(QAccessible::Name), "78");
}

void HexAccessibleTest::placesKeepTheirInterfaces() {
    ShownHexView shown(madeUp(Offset{1} << 40));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleInterface* const cell = tableOf(shown)->cellAt(3, 4);
    for (const Offset row : {Offset{1}, Offset{7}, Offset{1} << 35, Offset{0}}) {
        shown.view.setTopRow(row);
        QTRY_VERIFY(shown.view.isFullyLoaded());
        const Offset offset = (row + 3) * 16 + 4;
        QCOMPARE(tableOf(shown)->cellAt(3, 4), cell);
        QCOMPARE(cell->text(QAccessible::Name), hex(madeUpByte(offset), 2));
        QVERIFY(cell->text(QAccessible::Description).contains(hex(qulonglong(offset), 8)));
        QCOMPARE(tableOf(shown)->rowDescription(3), hex(qulonglong(row + 3) * 16, 12));
    }
}

void HexAccessibleTest::freedWithTheView() {
    std::vector<QAccessible::Id> ids;
    {
        ShownHexView shown(QByteArray(100, 'x'));
        for (int i = 0; i < gridOf(shown)->childCount(); ++i) {
            ids.push_back(QAccessible::uniqueId(gridOf(shown)->child(i)));
            QVERIFY(QAccessible::accessibleInterface(ids.back()) != nullptr);
        }
    }
    for (const QAccessible::Id id : ids) {
        QCOMPARE(QAccessible::accessibleInterface(id), nullptr);
    }
}

void HexAccessibleTest::fieldOverACell() {
    ShownHexView shown(QByteArray(100, '\x01'));
    HexFormat format;
    format.kind = octavo::ui::CellKind::Unsigned32;
    shown.view.setFormat(format);
    QTRY_VERIFY(shown.view.isFullyLoaded());
    shown.view.setCaret(20);
    QAccessibleInterface* const grid = gridOf(shown);
    const int parts = grid->childCount();
    QCOMPARE(grid->child(parts), nullptr);
    shown.type("7");
    QCOMPARE(grid->childCount(), parts + 1);
    QAccessibleInterface* const field = grid->child(parts);
    QVERIFY(field != nullptr && field->isValid());
    QCOMPARE(field->role(), QAccessible::EditableText);
    QCOMPARE(field->text(QAccessible::Name), "Value of the cell");
    QCOMPARE(field->text(QAccessible::Value), "7");
    QCOMPARE(field->parent(), grid);
    QCOMPARE(grid->indexOfChild(field), parts);
    QVERIFY(field->state().focused);
    QCOMPARE(grid->focusChild(), field);
    // What lies below it is its cell, and is not to be seen.
    const QRect cell = tableOf(shown)->cellAt(1, 1)->rect();
    QVERIFY(field->rect().contains(cell));
    QCOMPARE(grid->childAt(cell.center().x(), cell.center().y()), field);
    QTest::keyClick(qApp->focusWidget(), Qt::Key_Return);
    QCOMPARE(grid->childCount(), parts);
    QCOMPARE(grid->child(parts), nullptr);
    QCOMPARE(grid->indexOfChild(field), -1);
    QCOMPARE(grid->focusChild(), tableOf(shown)->cellAt(1, 2));
    QCOMPARE(nameAt(shown, 1, 1), "7");
}

// ---- Selection

void HexAccessibleTest::selection() {
    ShownHexView shown(QByteArray(1000, 'x'));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleTableInterface* const table = tableOf(shown);
    QCOMPARE(table->selectedCellCount(), 0);
    QCOMPARE(table->selectedRowCount(), 0);
    shown.view.setCaret(14);
    shown.view.setCaret(35, true);
    QCOMPARE(table->selectedCellCount(), 21);
    QCOMPARE(table->selectedCells().size(), 21);
    QCOMPARE(table->selectedCells().first(), table->cellAt(0, 14));
    QCOMPARE(table->selectedCells().last(), table->cellAt(2, 2));
    QCOMPARE(table->selectedRows(), QList<int>{1});
    QVERIFY(table->isRowSelected(1));
    QVERIFY(!table->isRowSelected(0));
    QVERIFY(!table->isRowSelected(-1));
    QVERIFY(!table->isRowSelected(1000));
    QVERIFY(table->cellAt(0, 15)->state().selected);
    QVERIFY(table->cellAt(0, 15)->tableCellInterface()->isSelected());
    QVERIFY(!table->cellAt(2, 3)->state().selected);
    // Of a selection that is larger, what is on the screen.
    shown.view.selectAll();
    QCOMPARE(table->selectedCellCount(), 20 * 16);
    QCOMPARE(table->selectedRowCount(), 20);
    QCOMPARE(table->selectedColumnCount(), 16);
    QVERIFY(table->isColumnSelected(15));
    QVERIFY(!table->isColumnSelected(16));
    shown.view.setSelection(Extent{1, 999});
    QVERIFY(!table->isColumnSelected(0));
    QCOMPARE(table->selectedColumnCount(), 15);
}

void HexAccessibleTest::selectionFromOutside() {
    ShownHexView shown(QByteArray(40, 'x'));
    QTRY_VERIFY(shown.view.isFullyLoaded());
    QAccessibleTableInterface* const table = tableOf(shown);
    QVERIFY(table->selectRow(1));
    QCOMPARE(shown.view.selection(), (Extent{16, 16}));
    QVERIFY(table->selectRow(2));
    QCOMPARE(shown.view.selection(), (Extent{32, 8}));
    QVERIFY(!table->selectRow(3));
    QVERIFY(!table->selectRow(-1));
    QVERIFY(!table->selectColumn(2));
    QVERIFY(!table->unselectColumn(2));
    QVERIFY(!table->unselectRow(0));
    shown.view.selectAll();
    QVERIFY(!table->unselectRow(1));
    QCOMPARE(shown.view.selection(), (Extent{0, 40}));
    QVERIFY(table->unselectRow(0));
    QCOMPARE(shown.view.selection(), (Extent{16, 24}));
    QVERIFY(table->unselectRow(2));
    QCOMPARE(shown.view.selection(), (Extent{16, 16}));
    QVERIFY(table->unselectRow(1));
    QVERIFY(shown.view.selection().isEmpty());
}

void HexAccessibleTest::focusFromOutside() {
    ShownHexView shown(QByteArray(40, 'x'));
    shown.view.clearFocus();
    QAccessibleInterface* const cell = tableOf(shown)->cellAt(1, 2);
    QVERIFY(!cell->state().focused);
    QVERIFY(cell->state().focusable);
    QCOMPARE(cell->actionInterface()->actionNames(),
             QStringList{QAccessibleActionInterface::setFocusAction()});
    cell->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(shown.view.caret(), Offset{18});
    QVERIFY(cell->state().focused);
    // There is nothing to go to behind the end.
    tableOf(shown)->cellAt(2, 15)->actionInterface()->doAction(
        QAccessibleActionInterface::setFocusAction());
    QCOMPARE(shown.view.caret(), Offset{18});
}

QTEST_MAIN(HexAccessibleTest)
#include "hex_accessible_test.moc"
