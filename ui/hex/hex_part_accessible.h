// What cells and headers of the grid have in common for a screen reader: a place on the screen,
// which keeps its interface while other bytes are scrolled into it.
//
// Thread rule: GUI thread. Made and freed by the HexAccessible it is a child of; invalid while the
// grid is too small to have its place.
#pragma once

#include "ui/hex/shown_cells.h"

#include <QAccessibleInterface>

namespace octavo::ui {

class HexAccessible;

class HexPartAccessible : public QAccessibleInterface {
public:
    HexPartAccessible(HexAccessible& table, CellPlace place) : table_(table), place_(place) {}

    HexAccessible& grid() const { return table_; }
    CellPlace place() const { return place_; }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    int childCount() const override { return 0; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override;

protected:
    HexView& view() const;
    ShownCells cells() const;

private:
    HexAccessible& table_;
    CellPlace place_;
};

}  // namespace octavo::ui
