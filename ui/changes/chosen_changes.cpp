#include "ui/changes/chosen_changes.h"

#include "ui/changes/change_order.h"

#include <utility>

namespace octavo::ui {

ChosenChanges::ChosenChanges(LongTable& table, QObject* parent) : QObject(parent), table_(table) {}

void ChosenChanges::setList(ChangeList* list) {
    delete job_.data();
    from_.reset();
    if (list_ != nullptr) {
        list_->disconnect(this);
    }
    list_ = list;
    table_.setSelection({}, std::nullopt);
    if (list_ != nullptr) {
        connect(list_, &ChangeList::changed, this, &ChosenChanges::follow);
    }
}

ChosenChanges::Chosen ChosenChanges::followed(const Chosen& chosen, const ChangeListing& before,
                                              const ChangeListing& after) {
    return {ui::followed(chosen.rows, before, after), ui::followed(chosen.current, before, after)};
}

void ChosenChanges::follow(bool sameChanges) {
    if (sameChanges || job_) {
        return;  // a job looks by itself whether the list is still the one it followed to
    }
    Chosen chosen{table_.selection(), {}};
    if (const auto current = table_.current()) {
        chosen.current = RowSelection({*current, *current});
    }
    if (chosen.rows.isEmpty() && chosen.current.isEmpty()) {
        return;
    }
    const ChangeListing& before = *list_->before();
    const ChangeListing& after = *list_->listing();
    if (before.count() <= kAtOnce && after.count() <= kAtOnce) {
        return apply(followed(chosen, before, after));
    }
    from_ = list_->before();
    chosen_ = std::move(chosen);
    table_.setSelection({}, table_.current());
    startJob();
}

void ChosenChanges::startJob() {
    job_ = Job::start(
        tr("Following changes"),
        [chosen = chosen_, before = from_, after = list_->listing()](core::Progress&) {
            return std::pair(followed(chosen, *before, *after), after);
        },
        this,
        [this](const std::pair<Chosen, std::shared_ptr<const ChangeListing>>& result) {
            job_ = nullptr;
            if (result.second != list_->listing()) {
                return startJob();
            }
            from_.reset();
            // What the user has chosen meanwhile counts.
            if (table_.selection().isEmpty()) {
                apply(result.first);
            }
        });
}

void ChosenChanges::apply(const Chosen& chosen) {
    std::optional<std::uint64_t> current = chosen.current.first();
    RowSelection rows = chosen.rows;
    const std::uint64_t total = list_->listing()->count();
    if (!current && table_.current() && total > 0) {
        current = std::min(*table_.current(), total - 1);
    }
    if (rows.isEmpty() && current) {
        rows = RowSelection({*current, *current});
    }
    if (total == 0) {
        current.reset();
    }
    table_.setSelection(std::move(rows), current);
    emit moved();
}

}  // namespace octavo::ui
