// The rows of a list of steps: the branch it is on, what it was, of how many edits and
// where the first of them is, when it was made, and how it stands to what is shown.
//
// Qt::DisplayRole is complete in words, for screen readers and tests; the other roles are for the
// delegate. Thread rule: GUI thread.
#pragma once

#include "core/document/history.h"
#include "ui/bridge/editor_document.h"
#include "ui/history/history_rows.h"
#include "ui/results/long_table_model.h"

#include <cstdint>

namespace octavo::ui {

class HistoryTableModel final : public LongTableModel {
    Q_OBJECT

public:
    enum Column { Branch, Step, State, Edits, Offset, Time, ColumnCount };
    enum Role {
        PlaceRole = Qt::UserRole,  ///< a StepPlace, as int
        BranchRole,                ///< its number, from 0
        FollowsRole,               ///< the step goes on with the row above
        IsFollowedRole,            ///< the row below goes on with the step
    };

    using LongTableModel::LongTableModel;

    /// nullptr: no rows. The document must outlive the model, or be taken away before it goes.
    void setDocument(EditorDocument* document);
    EditorDocument* document() const { return document_; }
    /// Of the steps, as they were when the document was heard of last.
    const HistoryRows& rows() const { return rows_; }

    std::uint64_t total() const override { return document_ != nullptr ? rows_.count() : 0; }
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

signals:
    /// Another step is the current one, or there are others.
    void moved();

protected:
    void load(std::uint64_t first, int rows) override;

private:
    void follow();
    QString text(core::StepId step, int column) const;
    QString stateText(core::StepId step) const;

    EditorDocument* document_ = nullptr;
    HistoryRows rows_;
};

}  // namespace octavo::ui
