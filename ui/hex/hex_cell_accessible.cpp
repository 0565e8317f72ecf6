#include "ui/hex/hex_cell_accessible.h"

#include "ui/hex/hex_accessible.h"

namespace octavo::ui {

void* HexCellAccessible::interface_cast(QAccessible::InterfaceType type) {
    switch (type) {
    case QAccessible::TableCellInterface:
        return static_cast<QAccessibleTableCellInterface*>(this);
    case QAccessible::ActionInterface:
        return static_cast<QAccessibleActionInterface*>(this);
    default:
        return nullptr;
    }
}

QAccessible::State HexCellAccessible::state() const {
    const ShownCells shown = cells();
    QAccessible::State state;
    if (!shown.extent(place())) {
        state.disabled = true;
        state.invisible = true;
        return state;
    }
    state.focusable = true;
    state.focused = view().hasFocus() && shown.cellOf(view().caret()) == place();
    state.selectable = true;
    state.selected = isSelected();
    state.offscreen = shown.rect(place()).isEmpty();
    state.invisible = state.offscreen;
    return state;
}

bool HexCellAccessible::isSelected() const {
    return cells().isSelected(place());
}

QList<QAccessibleInterface*> HexCellAccessible::columnHeaderCells() const {
    return {grid().part({CellPlace::kHeader, place().column})};
}

QList<QAccessibleInterface*> HexCellAccessible::rowHeaderCells() const {
    return {grid().part({place().row, CellPlace::kHeader})};
}

void HexCellAccessible::doAction(const QString& name) {
    const std::optional<core::Extent> bytes = cells().extent(place());
    if (name == setFocusAction() && bytes) {
        view().setFocus();
        view().setCaret(bytes->offset);
    }
}

}  // namespace octavo::ui
