#include "ui/bridge/history_keeper.h"

#include "ui/bridge/job.h"

#include <utility>

namespace octavo::ui {

namespace {

/// A step whose parts do not stay in memory until all of them are there is given up.
constexpr int kMostFetches = 8;

}  // namespace

HistoryKeeper::HistoryKeeper(core::Document& document, QObject* parent)
    : QObject(parent), document_(document) {
    soon_.setSingleShot(true);
    soon_.setInterval(kLookAfterMs);
    connect(&soon_, &QTimer::timeout, this, &HistoryKeeper::transfer);
}

void HistoryKeeper::setFolder(core::FileSystem& fileSystem, std::string folder) {
    fileSystem_ = &fileSystem;
    folder_ = std::move(folder);
}

void HistoryKeeper::undo(Done done) {
    go(&core::Document::undo, std::move(done));
}

void HistoryKeeper::redo(Done done) {
    go(&core::Document::redo, std::move(done));
}

void HistoryKeeper::noteEdit() {
    if (fileSystem_ != nullptr && !soon_.isActive()) {
        soon_.start();
    }
}

void HistoryKeeper::go(Step step, Done done) {
    if (wish_) {
        return;
    }
    const Stepped stepped = (document_.*step)();
    if (!stepped && stepped.error().code == core::ErrorCode::NotLoaded) {
        wish_ = {step, std::move(done), document_.revision()};
        transfer();
        giveUpWhereIdle();
    } else {
        done(stepped);
    }
}

void HistoryKeeper::transfer() {
    if (isRunning_ || fileSystem_ == nullptr) {
        return;
    }
    const std::shared_ptr<core::HistoryTransfer> moved = document_.prepareHistoryTransfer(folder_);
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
    Stepped stepped = (document_.*wish_->step)();
    const bool isMissing = !stepped && stepped.error().code == core::ErrorCode::NotLoaded;
    if (isMissing && fetched && ++wish_->fetches <= kMostFetches) {
        return;
    }
    if (isMissing && !fetched) {
        stepped = fetched.error();
    }
    const Done done = std::move(wish_->done);
    wish_.reset();
    done(stepped);
}

}  // namespace octavo::ui
