#include "app/change_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace octavo::app {

namespace {

constexpr std::chrono::milliseconds kSlice{4};
constexpr std::size_t kIdsAtATime = 128;

}  // namespace

ChangeRun::ChangeRun(ui::EditorDocument& editor, QWidget* window, QObject* parent)
    : QObject(parent), editor_(editor), window_(window) {
    connect(&slice_, &QTimer::timeout, this, &ChangeRun::doSome);
}

ChangeRun::~ChangeRun() {
    endStep();
}

void ChangeRun::start(const QString& title, std::shared_ptr<const ui::ChangeListing> listing,
                      const ui::RowSelection& rows, Act act, Done done) {
    listing_ = std::move(listing);
    rows_ = rows.ranges();
    range_ = 0;
    next_ = rows_.empty() ? 0 : rows_.front().first;
    passed_ = 0;
    total_ = static_cast<core::Offset>(rows.count());
    act_ = std::move(act);
    done_ = std::move(done);
    outcome_ = {};
    if (rows.count() <= kAtOnce)
        return doAtOnce();
    dialog_ = new ProgressDialog(tr("Octavo"), title, window_);
    connect(dialog_, &ProgressDialog::cancelled, this, [this] {
        outcome_.isStopped = true;
        end();
    });
    dialog_->show();
    editor_.document().beginTransaction(title.toStdString());
    isInStep_ = true;
    slice_.start(0);
}

/// The changes of the next rows.
std::vector<core::ChangeId> ChangeRun::take(std::size_t most) {
    std::vector<core::ChangeId> ids;
    for (; range_ < rows_.size() && ids.size() < most; ++next_) {
        if (next_ > rows_[range_].last) {
            if (++range_ == rows_.size())
                break;
            next_ = rows_[range_].first;
        }
        ids.push_back(listing_->row(next_).change.id);
    }
    passed_ += static_cast<core::Offset>(ids.size());
    return ids;
}

void ChangeRun::doAtOnce() {
    std::vector<core::ChangeId> ids = take(kAtOnce);
    const core::Result<std::vector<core::ChangeId>> changed = act_(editor_.document(), ids);
    if (changed) {
        std::ranges::sort(ids);
        outcome_.done = changed->size();
        outcome_.takenAlong = static_cast<std::size_t>(std::ranges::count_if(
            *changed, [&](core::ChangeId id) { return !std::ranges::binary_search(ids, id); }));
    } else {
        outcome_.error = changed.error();
    }
    end();
}

void ChangeRun::doSome() {
    const auto until = std::chrono::steady_clock::now() + kSlice;
    while (std::chrono::steady_clock::now() < until) {
        const std::vector<core::ChangeId> ids = take(kIdsAtATime);
        if (ids.empty() || !doIds(ids))
            return end();
    }
    if (dialog_)
        dialog_->setProgress(passed_, total_);
}

bool ChangeRun::doIds(Ids ids) {
    const core::Result<std::vector<core::ChangeId>> changed = act_(editor_.document(), ids);
    if (changed)
        outcome_.done += changed->size();
    else
        outcome_.error = changed.error();
    return changed.ok();
}

void ChangeRun::endStep() {
    slice_.stop();
    if (dialog_) {
        dialog_->disconnect(this);
        dialog_->hide();
        dialog_->deleteLater();
    }
    if (std::exchange(isInStep_, false))
        editor_.document().endTransaction();
}

void ChangeRun::end() {
    endStep();
    editor_.noteStateChanged();
    listing_.reset();
    act_ = nullptr;
    std::exchange(done_, nullptr)(outcome_);
}

}  // namespace octavo::app
