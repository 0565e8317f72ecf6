// The rows of a list of changes: whether each is on, where it stands, what it is, the bytes before
// and after it, its name and the step that made it.
//
// Bytes are read on a thread of their own; until they are there a row shows the rest alone.
// Qt::DisplayRole is complete in words, for screen readers and tests; SidesRole of the column Bytes
// is a ChangeSides, for the delegate. StartsStepRole is true for the first of some rows that one
// step has made, where the list is sorted by steps. Thread rule: GUI thread.
#pragma once

#include "ui/changes/change_bytes.h"
#include "ui/changes/change_list.h"
#include "ui/changes/change_rows.h"
#include "ui/results/long_table_model.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace octavo::ui {

class ChangeTableModel final : public LongTableModel {
    Q_OBJECT

public:
    enum Column { On, Offset, Kind, Bytes, Size, Name, Step, Time, ColumnCount };
    enum Role { SidesRole = Qt::UserRole, StartsStepRole };

    explicit ChangeTableModel(QObject* parent = nullptr);

    /// nullptr: no rows. The list must outlive the model, or be taken away before it goes.
    void setList(ChangeList* list);
    /// Nothing where there is no such row.
    std::optional<ChangeRow> rowOf(std::uint64_t number) const;
    /// What a column is sorted by; nothing where it cannot be.
    static std::optional<ChangeOrder> orderOf(int column);

    std::uint64_t total() const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

protected:
    void load(std::uint64_t first, int rows) override;

private:
    bool startsStep(std::size_t place) const;
    QString text(const ChangeRow& row, std::size_t place, int column) const;

    ChangeList* list_ = nullptr;
    std::shared_ptr<const ChangeListing> shown_;  ///< what rows_ are of
    std::uint64_t first_ = 0;
    std::vector<ChangeRow> rows_;
    ChangeBytes bytes_;
};

/// "41 42 → 43 42 …", in words where there are no bytes.
QString sidesText(const ChangeSides& sides);

}  // namespace octavo::ui

Q_DECLARE_METATYPE(octavo::ui::ChangeSides)
