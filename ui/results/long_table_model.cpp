#include "ui/results/long_table_model.h"

#include <algorithm>

namespace octavo::ui {

void LongTableModel::show(std::uint64_t first, int rows) {
    if (first == first_ && rows == wanted_)
        return;
    first_ = first;
    wanted_ = rows;
    refresh();
}

int LongTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

void LongTableModel::refresh() {
    const std::uint64_t all = total();
    const std::uint64_t left = all > first_ ? all - first_ : 0;
    const int rows = static_cast<int>(std::min<std::uint64_t>(left, std::uint64_t(wanted_)));
    load(first_, rows);
    if (rows > rows_) {
        beginInsertRows({}, rows_, rows - 1);
        rows_ = rows;
        endInsertRows();
    } else if (rows < rows_) {
        beginRemoveRows({}, rows, rows_ - 1);
        rows_ = rows;
        endRemoveRows();
    }
    if (rows_ > 0)
        emit dataChanged(index(0, 0), index(rows_ - 1, columnCount() - 1));
    emit totalChanged();
}

}  // namespace octavo::ui
