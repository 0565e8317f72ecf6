#include "ui/hex/shown_cells.h"

#include "ui/hex/offset_text.h"

#include <algorithm>
#include <vector>

namespace octavo::ui {

using core::Extent;
using core::Offset;

namespace {

QString words(const OffsetText& text) {
    return QString::fromLatin1(text.view().data(), qsizetype(text.view().size()));
}

}  // namespace

// ---- The table

/// The view has never another one.
const HexModel& ShownCells::model() const {
    return static_cast<const HexModel&>(*view_.model());
}

int ShownCells::cellBytes() const {
    return view_.activePane() == HexPane::Hex ? view_.format().cellBytes() : 1;
}

int ShownCells::rows() const {
    if (view_.document() == nullptr) {
        return 0;
    }
    const Offset left = model().documentRows() - view_.topRow();
    return static_cast<int>(std::clamp<Offset>(left, 0, view_.fullRows()));
}

int ShownCells::columns() const {
    return model().bytesPerRow() / cellBytes();
}

bool ShownCells::has(CellPlace place) const {
    const bool isHeader = place.row == CellPlace::kHeader || place.column == CellPlace::kHeader;
    const bool hasRow = place.row == CellPlace::kHeader || (place.row >= 0 && place.row < rows());
    const bool hasColumn =
        place.column == CellPlace::kHeader || (place.column >= 0 && place.column < columns());
    return hasRow && hasColumn && !(isHeader && place.row == place.column);
}

int ShownCells::count() const {
    return rows() * columns() + rows() + columns();
}

std::optional<int> ShownCells::indexOf(CellPlace place) const {
    if (!has(place)) {
        return std::nullopt;
    }
    const int cells = rows() * columns();
    return place.column == CellPlace::kHeader ? cells + place.row
           : place.row == CellPlace::kHeader  ? cells + rows() + place.column
                                              : place.row * columns() + place.column;
}

std::optional<CellPlace> ShownCells::placeAt(int index) const {
    if (index < 0 || index >= count()) {
        return std::nullopt;
    }
    const int cells = rows() * columns();
    return index < cells            ? CellPlace{index / columns(), index % columns()}
           : index < cells + rows() ? CellPlace{index - cells, CellPlace::kHeader}
                                    : CellPlace{CellPlace::kHeader, index - cells - rows()};
}

// ---- Bytes

QModelIndex ShownCells::indexAt(CellPlace cell) const {
    const Offset row = view_.topRow() + cell.row;
    const bool isCell = has(cell) && cell.row >= 0 && cell.column >= 0 && model().hasRow(row);
    return isCell ? model().index(static_cast<int>(row - model().firstRow()),
                                  cell.column * cellBytes())
                  : QModelIndex();
}

std::optional<Extent> ShownCells::extent(CellPlace cell) const {
    const QModelIndex index = indexAt(cell);
    if (!index.flags().testFlag(Qt::ItemIsEnabled)) {
        return std::nullopt;
    }
    const Offset offset = index.data(HexModel::OffsetRole).toLongLong();
    return Extent{offset, std::min<Offset>(cellBytes(), model().length() - offset)};
}

Extent ShownCells::rowExtent(int row) const {
    const std::optional<Extent> first = extent({row, 0});
    if (!first) {
        return {};
    }
    return {first->offset,
            std::min<Offset>(model().bytesPerRow(), model().length() - first->offset)};
}

std::optional<CellPlace> ShownCells::cellOf(Offset offset) const {
    const Offset row = offset / model().bytesPerRow() - view_.topRow();
    if (row < 0 || row >= rows()) {
        return std::nullopt;
    }
    return CellPlace{static_cast<int>(row),
                     static_cast<int>(offset % model().bytesPerRow()) / cellBytes()};
}

// ---- Places

std::optional<CellPlace> ShownCells::cellUnder(const QPoint& point) const {
    const QModelIndex index = view_.indexAt(point);
    if (!index.isValid()) {
        return std::nullopt;
    }
    // The view answers with what is nearest, in either pane.
    const Offset row = model().firstRow() + index.row() - view_.topRow();
    const CellPlace cell{static_cast<int>(row), index.column() / cellBytes()};
    return has(cell) && rect(cell).contains(point) ? std::optional(cell) : std::nullopt;
}

QRect ShownCells::rect(CellPlace place) const {
    const QRect cell =
        view_.visualRect(indexAt({std::max(0, place.row), std::max(0, place.column)}));
    QRect whole = cell;
    if (place.column == CellPlace::kHeader) {
        whole = {0, cell.top(), cell.left(), cell.height()};
    } else if (place.row == CellPlace::kHeader) {
        whole = {cell.left(), 0, cell.width(), cell.top()};
    }
    return whole.intersected(view_.viewport()->rect());
}

// ---- Words

QString ShownCells::name(CellPlace place) const {
    if (!has(place)) {
        return {};
    }
    if (place.column == CellPlace::kHeader) {
        return words(rowText(view_.layout(), view_.topRow() + place.row, view_.caret()));
    }
    if (place.row == CellPlace::kHeader) {
        return words(columnText(view_.layout(), place.column * cellBytes()));
    }
    const std::optional<Extent> bytes = extent(place);
    if (!bytes) {
        return {};
    }
    if (bytes->isEmpty()) {
        return indexAt(place).data(Qt::AccessibleTextRole).toString();
    }
    return view_.activePane() == HexPane::Hex ? numberName(place, *bytes) : characterName(place);
}

QString ShownCells::numberName(CellPlace cell, Extent extent) const {
    const QModelIndex index = indexAt(cell);
    const auto size = static_cast<int>(extent.length);
    QStringList single;
    bool isKnown = true;
    for (int i = 0; i < size; ++i) {
        const QModelIndex byte = index.siblingAtColumn(index.column() + i);
        single << byte.data(Qt::AccessibleTextRole).toString();
        isKnown = isKnown && byte.data(HexModel::ByteRole).isValid();
        if (!isKnown) {
            return single.last();
        }
    }
    const HexFormat& format = view_.format();
    // A number that the document ends in is shown as the bytes that are there.
    if (size < format.cellBytes()) {
        return single.join(u' ');
    }
    const HexRow row = model().row(view_.topRow() + cell.row);
    const CellText text = cellText(format.kind, format.order,
                                   {row.bytes + index.column(), static_cast<std::size_t>(size)});
    return QString::fromLatin1(text.view().data(), qsizetype(text.view().size())).trimmed();
}

QString ShownCells::characterName(CellPlace cell) const {
    const QModelIndex index = indexAt(cell);
    const QString byte = index.data(Qt::AccessibleTextRole).toString();
    if (!index.data(HexModel::ByteRole).isValid()) {
        return byte;
    }
    const HexRow row = model().row(view_.topRow() + cell.row);
    std::vector<TextCell> cells(static_cast<std::size_t>(row.count));
    view_.codec().decode(textRow(row), cells);
    const TextCell& text = cells[static_cast<std::size_t>(cell.column)];
    if (text.cells == 0) {
        return HexView::tr("rest of a character");
    }
    if (text.character == U' ') {
        return HexView::tr("space");
    }
    // A dot would be said of many bytes that are none.
    const bool isSeen = text.character != 0 && !QChar::isSpace(text.character);
    return isSeen ? QString::fromUcs4(&text.character, 1) : byte;
}

QString ShownCells::description(CellPlace place) const {
    const std::optional<Extent> bytes = extent(place);
    if (!bytes) {
        return {};
    }
    const auto offset = static_cast<qulonglong>(bytes->offset);
    const QString told = view_.format().offsets == OffsetBase::Decimal
                             ? view_.locale().toString(offset)
                             : QString::number(offset, 16).toUpper().rightJustified(8, u'0');
    return model().description(indexAt(place), std::max(1, int(bytes->length)), told);
}

// ---- Selection

bool ShownCells::isSelected(CellPlace cell) const {
    const std::optional<Extent> bytes = extent(cell);
    return bytes && !bytes->isEmpty() && intersection(*bytes, view_.selection()) == *bytes;
}

bool ShownCells::isRowSelected(int row) const {
    const Extent bytes = rowExtent(row);
    return !bytes.isEmpty() && intersection(bytes, view_.selection()) == bytes;
}

bool ShownCells::isColumnSelected(int column) const {
    bool anySelected = false;
    for (int row = 0; row < rows(); ++row) {
        const std::optional<Extent> bytes = extent({row, column});
        if (bytes && !bytes->isEmpty()) {
            if (!isSelected({row, column})) {
                return false;
            }
            anySelected = true;
        }
    }
    return anySelected;
}

}  // namespace octavo::ui
