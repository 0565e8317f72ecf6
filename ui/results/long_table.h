// Shows a LongTableModel: a table whose scroll bar and keys reach any of 2^63 rows.
//
// One row is current; it is named by its number, and stays so while the table scrolls. Where it
// was allowed, several rows can be chosen besides.
// Keys: up, down, Page, Home, End; Return activates. Of several rows: Shift extends from where one
// stood, Ctrl moves alone, Ctrl+Space chooses or leaves a row, Ctrl+A takes all.
// Thread rule: GUI thread.
#pragma once

#include "ui/hex/scroll_mapper.h"
#include "ui/hex/wheel_rows.h"
#include "ui/results/long_table_model.h"
#include "ui/results/row_selection.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QKeyEvent;
class QModelIndex;
class QMouseEvent;
class QScrollBar;
class QTableView;

namespace octavo::ui {

class LongTable final : public QWidget {
    Q_OBJECT

public:
    explicit LongTable(QWidget* parent = nullptr);

    /// Must outlive the table, or be taken away by nullptr.
    void setModel(LongTableModel* model);
    /// For its columns, its delegates and its name.
    QTableView& view() { return *view_; }

    std::optional<std::uint64_t> current() const { return current_; }
    /// Scrolls there too; past the end the last row. Tells nobody.
    void setCurrent(std::optional<std::uint64_t> number);
    std::uint64_t topRow() const { return top_; }
    void setTopRow(std::uint64_t row);
    int fullRows() const;

    /// From now on several rows can be chosen.
    void allowSeveral() { isSeveral_ = true; }
    /// Empty where only one can.
    const RowSelection& selection() const { return selection_; }
    /// Tells nobody, and scrolls nowhere.
    void setSelection(RowSelection selection, std::optional<std::uint64_t> current);
    /// Clicks into this column tell boxClicked() and choose nothing.
    void setBoxColumn(int column) { boxColumn_ = column; }

signals:
    /// The user chose another row, by key or mouse.
    void chosen(quint64 number);
    /// Return, Enter or a double click.
    void activated(quint64 number);
    /// The user chose other rows; before chosen() where the current one is another too.
    void selectionChanged();
    void boxClicked(quint64 number);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateRows();
    void updateWindow();
    void mirrorCurrent();
    void mirrorSelection(const QModelIndex& current);
    enum class How { Alone, Extend, Toggle, Move };
    void choose(std::uint64_t number, How how = How::Alone);
    void select(How how);
    void selectAll();
    bool isTaken(const QKeyEvent& event) const;
    bool handleKey(int key, How how);
    bool handleMouse(QMouseEvent* event);
    std::optional<std::uint64_t> rowAt(int y) const;
    std::uint64_t lastRow() const;

    QTableView* view_;
    QScrollBar* bar_;
    LongTableModel* model_ = nullptr;
    ScrollMapper mapper_;
    WheelRows wheel_;
    std::uint64_t top_ = 0;
    std::optional<std::uint64_t> current_;
    bool isSeveral_ = false;
    bool isDragging_ = false;
    int boxColumn_ = -1;
    RowSelection selection_;
    std::uint64_t anchor_ = 0;  ///< where Shift extends from
    bool isMirroring_ = false;
};

}  // namespace octavo::ui
