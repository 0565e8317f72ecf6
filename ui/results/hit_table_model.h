// The rows of a list of hits: where each stands by now and what stands there.
//
// The rows follow the document's edits (HitList::now). Bytes are read on a thread of their own;
// until they are there a row shows its offset alone.
//
// Roles beside Qt::DisplayRole, of the column Bytes and Text: MatchFromRole and MatchLengthRole,
// which characters are the match. Thread rule: GUI thread.
#pragma once

#include "ui/bridge/row_fetcher.h"
#include "ui/results/hit_list.h"
#include "ui/results/long_table_model.h"

#include <cstdint>
#include <string>
#include <vector>

namespace octavo::ui {

class HitTableModel final : public LongTableModel {
    Q_OBJECT

public:
    enum Column { Offset, Length, As, Bytes, Text, ColumnCount };
    enum Role { MatchFromRole = Qt::UserRole, MatchLengthRole };

    /// Bytes in front of a match that are shown, and in all.
    static constexpr core::Offset kBefore = 4;
    static constexpr core::Offset kShown = 24;
    /// Bytes of a match of strings that are shown as text.
    static constexpr core::Offset kText = 96;

    explicit HitTableModel(QObject* parent = nullptr);

    /// nullptr: no rows. The list must outlive the model, or be taken away before it goes.
    void setList(HitList* list);
    /// True where hits name their encoding or byte order.
    bool hasAlternatives() const { return !names_.empty(); }
    /// Where the hit of this number stands.
    core::Extent extentOf(std::uint64_t number) const;

    std::uint64_t total() const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

protected:
    void load(std::uint64_t first, int rows) override;

private:
    struct Row {
        core::Hit hit;
        core::Extent read = {};  ///< what was asked for
        core::Bytes bytes = {};
        core::Offset known = 0;  ///< so many of the bytes are there
        bool isUnreadable = false;
    };

    void fetch();
    void take(const FetchedBytes& fetched);
    core::Extent readFor(core::Extent match) const;
    QVariant text(const Row& row, int column) const;
    /// The characters of the match in the column.
    core::Extent matchIn(const Row& row, int column) const;

    HitList* list_ = nullptr;
    std::vector<std::string> names_;
    std::vector<Row> rows_;
    RowFetcher fetcher_;
    std::uint64_t generation_ = 0;
    std::uint64_t fetchedRevision_ = 0;
};

}  // namespace octavo::ui
