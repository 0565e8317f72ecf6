// Shows a LongTableModel: a table whose scroll bar and keys reach any of 2^63 rows.
//
// One row is current; it is named by its number, and stays so while the table scrolls.
// Keys: up, down, Page, Home, End; Return activates. Thread rule: GUI thread.
#pragma once

#include "ui/hex/scroll_mapper.h"
#include "ui/hex/wheel_rows.h"
#include "ui/results/long_table_model.h"

#include <QWidget>

#include <cstdint>
#include <optional>

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

signals:
    /// The user chose another row, by key or mouse.
    void chosen(quint64 number);
    /// Return, Enter or a double click.
    void activated(quint64 number);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateRows();
    void updateWindow();
    void mirrorCurrent();
    void choose(std::uint64_t number);
    bool handleKey(int key);
    std::uint64_t lastRow() const;

    QTableView* view_;
    QScrollBar* bar_;
    LongTableModel* model_ = nullptr;
    ScrollMapper mapper_;
    WheelRows wheel_;
    std::uint64_t top_ = 0;
    std::optional<std::uint64_t> current_;
    bool isMirroring_ = false;
};

}  // namespace octavo::ui
