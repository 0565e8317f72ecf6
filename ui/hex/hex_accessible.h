// What a screen reader learns of the grid: a table of the cells on the screen, with the offsets of
// the rows and the places of the columns as its headers. See ShownCells for what is in it. While a
// value is typed in a field over its cell, that field is the last child and has the focus.
//
// Cells are made when they are asked for: no more than there are places on the screen. A place
// keeps its interface while other bytes are scrolled into it; it is freed with the view, or when
// the screen has no such place any more.
//
// Thread rule: GUI thread. Qt owns the interfaces.
#pragma once

#include "ui/hex/hex_announcer.h"
#include "ui/hex/shown_cells.h"

#include <QAccessibleWidget>

#include <map>

namespace octavo::ui {

class HexAccessible final : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    explicit HexAccessible(HexView& view);
    ~HexAccessible() override;

    /// Makes Qt use this class for every HexView; may be called again.
    static void install();
    /// To be called when the caret stands on another cell, or may be told of again.
    static void announceCaret(HexView& view);

    HexView& view() const { return view_; }
    /// The interface of a place; nullptr where there is no such place.
    QAccessibleInterface* part(CellPlace place) const;
    /// Frees those whose place is gone.
    void freeGoneParts();

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override;
    int rowCount() const override;
    int columnCount() const override;
    QString rowDescription(int row) const override;
    QString columnDescription(int column) const override;

    // The selection is one extent of bytes: only its part on the screen is counted, and what
    // would make it two is refused.
    int selectedCellCount() const override;
    QList<QAccessibleInterface*> selectedCells() const override;
    int selectedRowCount() const override;
    int selectedColumnCount() const override;
    QList<int> selectedRows() const override;
    QList<int> selectedColumns() const override;
    bool isRowSelected(int row) const override;
    bool isColumnSelected(int column) const override;
    bool selectRow(int row) override;
    bool selectColumn(int column) override;
    bool unselectRow(int row) override;
    bool unselectColumn(int column) override;
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

private:
    ShownCells cells() const { return ShownCells(view_); }
    QAccessibleInterface* field() const;

    HexView& view_;
    HexAnnouncer announcer_;
    mutable std::map<CellPlace, QAccessible::Id> made_;
};

}  // namespace octavo::ui
