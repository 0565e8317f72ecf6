#include "ui/bridge/history_keeper.h"

#include "ui/bridge/job.h"

#include <chrono>
#include <utility>

namespace octavo::ui {

namespace {

/// A step whose parts do not stay in memory until all of them are there is given up.
constexpr int kMostFetches = 8;
constexpr std::chrono::milliseconds kSlice{6};
constexpr std::size_t kSplicesAtATime = 256;

}  // namespace

HistoryKeeper::HistoryKeeper(core::Document& document, QObject* parent)
    : QObject(parent), document_(document) {
    soon_.setSingleShot(true);
    soon_.setInterval(kLookAfterMs);
    connect(&soon_, &QTimer::timeout, this, &HistoryKeeper::transfer);
    connect(&slice_, &QTimer::timeout, this, &HistoryKeeper::walkOn);
}

void HistoryKeeper::setFolder(core::FileSystem& fileSystem, std::string folder) {
    fileSystem_ = &fileSystem;
    folder_ = std::move(folder);
}

void HistoryKeeper::undo(Done done) {
    const core::History& history = document_.history();
    if (!walk_ && !document_.canUndo()) {
        return done(document_.undo());
    }
    goTo(history.step(history.current()).parent, std::move(done));
}

void HistoryKeeper::redo(Done done) {
    const core::History& history = document_.history();
    if (!walk_ && !document_.canRedo()) {
        return done(document_.redo());
    }
    goTo(history.redoChild(history.current()), std::move(done));
}

void HistoryKeeper::noteEdit() {
    if (fileSystem_ != nullptr && !soon_.isActive()) {
        soon_.start();
    }
}

void HistoryKeeper::goTo(core::StepId target, Done done) {
    if (wish_ || walk_) {
        return;
    }
    wish_ = {target, std::move(done), document_.revision()};
    // No transfer ends while a way is being gone.
    if (isRunning_ && target <= document_.history().last() &&
        document_.history().splicesTo(target) > kAtOnce) {
        return;
    }
    tryWish({});
    if (wish_) {
        transfer();
        giveUpWhereIdle();
    }
}

/// Nothing was done yet where walk_ is set.
HistoryKeeper::Stepped HistoryKeeper::tryNow(core::StepId target) {
    core::Result<std::unique_ptr<core::HistoryWalk>> walk = document_.beginGoTo(target);
    if (!walk) {
        return walk.error();
    }
    // A flush may end at any time, which is not for the middle of a way.
    if ((*walk)->all() <= kAtOnce || document_.isFlushing()) {
        return (*walk)->end();
    }
    walk_ = *std::move(walk);
    return std::optional<core::Extent>();
}

void HistoryKeeper::walkOn() {
    const auto until = std::chrono::steady_clock::now() + kSlice;
    bool isThere = false;
    while (!isThere && std::chrono::steady_clock::now() < until) {
        isThere = !walk_->playSome(kSplicesAtATime);
    }
    emit walked(walk_->played(), walk_->all());
    if (!isThere) {
        return;
    }
    slice_.stop();
    // Whoever hears of the new content may ask for the next way.
    const std::unique_ptr<core::HistoryWalk> walk = std::move(walk_);
    const Done done = std::move(walkDone_);
    const std::optional<core::Extent> place = walk->end();
    emit walkEnded();
    if (isTurned_) {
        done(core::Error{core::ErrorCode::Cancelled, "undo", {}, 0, "cancelled"});
    } else {
        done(place);
    }
}

void HistoryKeeper::turnBack() {
    if (walk_) {
        isTurned_ = true;
        walk_->turnBack();
    }
}

std::unique_ptr<core::HistoryWalk> HistoryKeeper::leave() {
    slice_.stop();
    return std::move(walk_);
}

void HistoryKeeper::transfer() {
    if (isRunning_ || fileSystem_ == nullptr) {
        return;
    }
    const std::shared_ptr<core::HistoryTransfer> moved = document_.prepareHistoryTransfer(
        folder_, wish_ ? std::optional(wish_->target) : std::nullopt);
    if (!moved) {
        return;
    }
    isRunning_ = true;
    Job::start(
        tr("Moving old undo steps"),
        [moved, fileSystem = fileSystem_, folder = folder_](core::Progress&) {
            (void)fileSystem->makeFolder(folder, 0700);  // the transfer says it where that fails
            return moved->run();
        },
        this,
        [this, moved](const core::Status& status) {
            isRunning_ = false;
            document_.finishHistoryTransfer(*moved);
            transferred(status);
        });
}

void HistoryKeeper::transferred(const core::Status& status) {
    if (wish_) {
        tryWish(status);
    }
    // There may be more to move than one transfer takes.
    transfer();
    giveUpWhereIdle();
}

/// Nobody brings what is wished for.
void HistoryKeeper::giveUpWhereIdle() {
    if (wish_ && !isRunning_) {
        wish_->fetches = kMostFetches;
        tryWish({});
    }
}

void HistoryKeeper::tryWish(const core::Status& fetched) {
    if (document_.revision() != wish_->revision) {
        wish_.reset();
        return;
    }
    Stepped stepped = tryNow(wish_->target);
    const bool isMissing = !stepped && stepped.error().code == core::ErrorCode::NotLoaded;
    if (isMissing && fetched && ++wish_->fetches <= kMostFetches) {
        return;
    }
    if (isMissing && !fetched) {
        stepped = fetched.error();
    }
    Done done = std::move(wish_->done);
    wish_.reset();
    if (walk_) {
        isTurned_ = false;
        walkDone_ = std::move(done);
        slice_.start(0);
        emit walkBegan();
    } else {
        done(stepped);
    }
}

}  // namespace octavo::ui
