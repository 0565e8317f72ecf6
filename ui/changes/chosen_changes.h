// Keeps the same changes chosen in a table while the list under it becomes another.
//
// Up to kAtOnce rows that is done on the spot; of more by a job, during which none is chosen. A
// change that is gone is not chosen any more; where all are gone, the row at their place is.
//
// Thread rule: GUI thread.
#pragma once

#include "ui/bridge/job.h"
#include "ui/changes/change_list.h"
#include "ui/results/long_table.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace octavo::ui {

class ChosenChanges final : public QObject {
    Q_OBJECT

public:
    static constexpr std::uint64_t kAtOnce = 20'000;

    /// `table` must outlive it.
    explicit ChosenChanges(LongTable& table, QObject* parent = nullptr);

    /// Nothing is chosen. To be called before the table's model is given the list; nullptr lets go.
    void setList(ChangeList* list);

signals:
    /// Other rows are chosen, though the user has chosen none.
    void moved();

private:
    struct Chosen {
        RowSelection rows;
        RowSelection current;  ///< one row or none
    };
    static Chosen followed(const Chosen& chosen, const ChangeListing& before,
                           const ChangeListing& after);
    void follow(bool sameChanges);
    void startJob();
    void apply(const Chosen& chosen);

    LongTable& table_;
    ChangeList* list_ = nullptr;
    std::shared_ptr<const ChangeListing> from_;  ///< what chosen_ is of, while the job runs
    Chosen chosen_;
    QPointer<Job> job_;
};

}  // namespace octavo::ui
