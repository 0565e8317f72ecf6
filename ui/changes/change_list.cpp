#include "ui/changes/change_list.h"

#include "ui/bridge/background_free.h"

#include <algorithm>
#include <chrono>

namespace octavo::ui {

using core::ChangeId;

namespace {

constexpr std::chrono::milliseconds kSlice{3};
constexpr std::size_t kRowsAtATime = 512;
constexpr qint64 kLongestWaitMs = 1000;

std::shared_ptr<const ChangeListing> emptyListing() {
    return std::make_shared<const ChangeListing>(
        ChangeListing{std::make_shared<const ChangeRows>(), {}});
}

/// What the pieces tell.
std::shared_ptr<ChangeRows> walked(const core::Snapshot& snapshot,
                                   std::shared_ptr<const core::FileVersion> version) {
    ChangeRows rows{snapshot, std::move(version), {}, {}};
    snapshot.changesFrom({}, [&](const core::Change& change) {
        rows.rows.push_back({change, change.now.length});
        return true;
    });
    return freedInBackground(std::move(rows));
}

}  // namespace

struct ChangeList::Arranged {
    std::shared_ptr<const ChangeListing> listing;
    bool isSame = false;
};

ChangeList::ChangeList(EditorDocument& document, QObject* parent)
    : QObject(parent), document_(document), listing_(emptyListing()) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &ChangeList::start);
    connect(&slice_, &QTimer::timeout, this, &ChangeList::askSome);
    connect(&document_, &EditorDocument::contentChanged, this, &ChangeList::relist);
    relist();
}

ChangeList::~ChangeList() = default;

void ChangeList::setSort(const ChangeSort& sort) {
    if (sort == sort_) {
        return;
    }
    sort_ = sort;
    want(Wanted::Order);
}

void ChangeList::setFilter(const QString& text) {
    if (text == filter_) {
        return;
    }
    filter_ = text;
    want(Wanted::Order);
}

void ChangeList::setPaused(bool paused) {
    isPaused_ = paused;
    if (!paused && wanted_ != Wanted::Nothing && !isRunning_) {
        soon_.start(0);
    }
}

void ChangeList::want(Wanted what) {
    wanted_ = std::max(wanted_, what);
    if (!isRunning_ && !isPaused_ && !soon_.isActive()) {
        soon_.start(0);
    }
    emit workingChanged();
}

void ChangeList::start() {
    if (isRunning_ || isPaused_ || wanted_ == Wanted::Nothing) {
        return;
    }
    isRunning_ = true;
    sinceStart_.start();
    if (std::exchange(wanted_, Wanted::Nothing) == Wanted::Rows) {
        walk();
    } else {
        arrangeRows(nullptr);
    }
}

void ChangeList::walk() {
    Job::start(
        tr("Listing changes"),
        [snapshot = document_.document().snapshot(), version = document_.document().version()](
            core::Progress&) { return walked(snapshot, version); },
        this,
        [this](std::shared_ptr<ChangeRows> rows) {
            asked_ = std::move(rows);
            askedCount_ = 0;
            askSome();
        });
}

/// Records stay whatever is edited meanwhile; what that has changed is told by the next list.
void ChangeList::askSome() {
    const core::Document& document = document_.document();
    const auto until = std::chrono::steady_clock::now() + kSlice;
    std::vector<ChangeRow>& rows = asked_->rows;
    while (askedCount_ < rows.size() && std::chrono::steady_clock::now() < until) {
        const std::size_t end = std::min(rows.size(), askedCount_ + kRowsAtATime);
        for (; askedCount_ < end; ++askedCount_) {
            ChangeRow& row = rows[askedCount_];
            const ChangeId id = row.change.id;
            const core::ChangeRecord& record = document.changeRecord(id);
            row.step = record.transaction;
            row.isKept = record.kept;
            if (row.change.isOff) {
                row.content = document.switchedOffLength(id);
            }
            if (std::string name = document.changeName(id); !name.empty()) {
                asked_->names.emplace_back(id, std::move(name));
            }
        }
    }
    if (askedCount_ < rows.size()) {
        slice_.start(0);
        return;
    }
    slice_.stop();
    arrangeRows(std::move(asked_));
}

/// Of `fresh` rows, or of those that there are.
void ChangeList::arrangeRows(std::shared_ptr<ChangeRows> fresh) {
    Job::start(
        tr("Sorting changes"),
        [fresh = std::move(fresh), before = listing_, sort = sort_,
         filter = ChangeFilter(filter_)](core::Progress&) {
            if (fresh) {
                std::ranges::sort(fresh->names);
            }
            const std::shared_ptr<const ChangeRows> rows = fresh ? fresh : before->all;
            auto listing = freedInBackground(ChangeListing{rows, arrange(*rows, sort, filter)});
            const bool isSame = haveSameChanges(*before, *listing);
            return Arranged{std::move(listing), isSame};
        },
        this, [this](const Arranged& arranged) { publish(arranged); });
}

void ChangeList::publish(const Arranged& arranged) {
    isRunning_ = false;
    before_ = std::exchange(listing_, arranged.listing);
    emit changed(arranged.isSame);
    before_ = listing_;
    if (wanted_ != Wanted::Nothing && !isPaused_) {
        soon_.start(static_cast<int>(std::min(sinceStart_.elapsed(), kLongestWaitMs)));
    }
    emit workingChanged();
}

}  // namespace octavo::ui
