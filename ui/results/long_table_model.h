// A table of more rows than an item view can hold: Qt sees the rows of a window, which LongTable
// moves along.
//
// Row 0 of the model is the row of number first(). Thread rule: GUI thread.
#pragma once

#include <QAbstractTableModel>

#include <cstdint>

namespace octavo::ui {

class LongTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// How many rows there are in all.
    virtual std::uint64_t total() const = 0;

    /// Moves the window: `rows` rows from `first` on, as far as there are so many.
    void show(std::uint64_t first, int rows);
    std::uint64_t first() const { return first_; }

    int rowCount(const QModelIndex& parent = {}) const override;

signals:
    /// total() may be another number.
    void totalChanged();

protected:
    /// To be called when total() or what stands in the rows has changed: brings the window up to
    /// date.
    void refresh();
    /// Makes ready what the rows from `first` on are to show.
    virtual void load(std::uint64_t first, int rows) = 0;

private:
    std::uint64_t first_ = 0;
    int wanted_ = 0;
    int rows_ = 0;
};

}  // namespace octavo::ui
