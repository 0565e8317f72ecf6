// A cell of the grid for a screen reader: named by what stands in it, described by offset and
// state. It can be asked to take the caret.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/hex_part_accessible.h"

namespace octavo::ui {

class HexCellAccessible final : public HexPartAccessible,
                                public QAccessibleTableCellInterface,
                                public QAccessibleActionInterface {
public:
    using HexPartAccessible::HexPartAccessible;

    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    bool isSelected() const override;
    QList<QAccessibleInterface*> columnHeaderCells() const override;
    QList<QAccessibleInterface*> rowHeaderCells() const override;
    int columnIndex() const override { return place().column; }
    int rowIndex() const override { return place().row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

    QStringList actionNames() const override { return {setFocusAction()}; }
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
};

}  // namespace octavo::ui
