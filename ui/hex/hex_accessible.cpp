#include "ui/hex/hex_accessible.h"

#include "ui/hex/hex_cell_accessible.h"
#include "ui/hex/hex_header_accessible.h"

namespace octavo::ui {

using core::Extent;

namespace {

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    auto* const view = qobject_cast<HexView*>(object);
    const bool wanted = view != nullptr && className == QLatin1String("octavo::ui::HexView");
    return wanted ? new HexAccessible(*view) : nullptr;
}

}  // namespace

HexAccessible::HexAccessible(HexView& view)
    : QAccessibleWidget(&view, QAccessible::Table), view_(view), announcer_(view, *this) {}

HexAccessible::~HexAccessible() {
    for (const auto& [place, id] : made_) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

void HexAccessible::install() {
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void HexAccessible::announceCaret(HexView& view) {
    if (!QAccessible::isActive()) {
        return;
    }
    auto* const grid = dynamic_cast<HexAccessible*>(QAccessible::queryAccessibleInterface(&view));
    if (grid != nullptr) {
        grid->announcer_.noteCaret();
    }
}

void* HexAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                               : QAccessibleWidget::interface_cast(type);
}

// ---- Parts

QAccessibleInterface* HexAccessible::part(CellPlace place) const {
    if (!cells().has(place)) {
        return nullptr;
    }
    const auto found = made_.find(place);
    if (found != made_.end()) {
        return QAccessible::accessibleInterface(found->second);
    }
    auto& grid = const_cast<HexAccessible&>(*this);
    const bool isHeader = place.row == CellPlace::kHeader || place.column == CellPlace::kHeader;
    QAccessibleInterface* const made =
        isHeader ? static_cast<QAccessibleInterface*>(new HexHeaderAccessible(grid, place))
                 : new HexCellAccessible(grid, place);
    // Qt owns it from here on, until its id is given back.
    made_[place] = QAccessible::registerAccessibleInterface(made);
    return made;
}

void HexAccessible::freeGoneParts() {
    std::erase_if(made_, [this](const auto& made) {
        const bool isGone = !cells().has(made.first);
        if (isGone) {
            QAccessible::deleteAccessibleInterface(made.second);
        }
        return isGone;
    });
}

/// nullptr while no value is typed.
QAccessibleInterface* HexAccessible::field() const {
    return QAccessible::queryAccessibleInterface(view_.cellEditor());
}

int HexAccessible::childCount() const {
    return cells().count() + (view_.cellEditor() != nullptr ? 1 : 0);
}

QAccessibleInterface* HexAccessible::child(int index) const {
    if (index == cells().count()) {
        return field();
    }
    const std::optional<CellPlace> place = cells().placeAt(index);
    return place ? part(*place) : nullptr;
}

int HexAccessible::indexOfChild(const QAccessibleInterface* child) const {
    if (child != nullptr && child == field()) {
        return cells().count();
    }
    const auto* const own = dynamic_cast<const HexPartAccessible*>(child);
    const bool isOurs = own != nullptr && &own->grid() == this;
    return isOurs ? cells().indexOf(own->place()).value_or(-1) : -1;
}

QAccessibleInterface* HexAccessible::focusChild() const {
    if (QAccessibleInterface* const typing = field()) {
        return typing;
    }
    const std::optional<CellPlace> cell = cells().cellOf(view_.caret());
    return cell ? part(*cell) : nullptr;
}

QAccessibleInterface* HexAccessible::childAt(int x, int y) const {
    QAccessibleInterface* const typing = field();
    if (typing != nullptr && typing->rect().contains(x, y)) {
        return typing;
    }
    const std::optional<CellPlace> cell =
        cells().cellUnder(view_.viewport()->mapFromGlobal(QPoint(x, y)));
    return cell ? part(*cell) : nullptr;
}

QAccessibleInterface* HexAccessible::cellAt(int row, int column) const {
    return row >= 0 && column >= 0 ? part({row, column}) : nullptr;
}

int HexAccessible::rowCount() const {
    return cells().rows();
}

int HexAccessible::columnCount() const {
    return cells().columns();
}

QString HexAccessible::rowDescription(int row) const {
    return row >= 0 ? cells().name({row, CellPlace::kHeader}) : QString();
}

QString HexAccessible::columnDescription(int column) const {
    return column >= 0 ? cells().name({CellPlace::kHeader, column}) : QString();
}

// ---- Selection

int HexAccessible::selectedCellCount() const {
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            count += cells().isSelected({row, column}) ? 1 : 0;
        }
    }
    return count;
}

QList<QAccessibleInterface*> HexAccessible::selectedCells() const {
    QList<QAccessibleInterface*> selected;
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            if (cells().isSelected({row, column})) {
                selected << part({row, column});
            }
        }
    }
    return selected;
}

int HexAccessible::selectedRowCount() const {
    return static_cast<int>(selectedRows().size());
}

int HexAccessible::selectedColumnCount() const {
    return static_cast<int>(selectedColumns().size());
}

QList<int> HexAccessible::selectedRows() const {
    QList<int> selected;
    for (int row = 0; row < rowCount(); ++row) {
        if (isRowSelected(row)) {
            selected << row;
        }
    }
    return selected;
}

QList<int> HexAccessible::selectedColumns() const {
    QList<int> selected;
    for (int column = 0; column < columnCount(); ++column) {
        if (isColumnSelected(column)) {
            selected << column;
        }
    }
    return selected;
}

bool HexAccessible::isRowSelected(int row) const {
    return cells().isRowSelected(row);
}

bool HexAccessible::isColumnSelected(int column) const {
    return cells().isColumnSelected(column);
}

bool HexAccessible::selectRow(int row) {
    const Extent bytes = cells().rowExtent(row);
    if (bytes.isEmpty()) {
        return false;
    }
    view_.setSelection(bytes);
    return true;
}

bool HexAccessible::selectColumn(int) {
    return false;
}

bool HexAccessible::unselectRow(int row) {
    const Extent selected = view_.selection();
    const Extent bytes = cells().rowExtent(row);
    if (!isRowSelected(row)) {
        return false;
    }
    if (bytes.offset == selected.offset) {
        view_.setSelection({bytes.end(), selected.end() - bytes.end()});
    } else if (bytes.end() == selected.end()) {
        view_.setSelection({selected.offset, bytes.offset - selected.offset});
    } else {
        return false;
    }
    return true;
}

bool HexAccessible::unselectColumn(int) {
    return false;
}

}  // namespace octavo::ui
