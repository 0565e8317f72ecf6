#include "ui/bridge/edit_log_keeper.h"

#include "ui/bridge/edit_log_store.h"
#include "ui/bridge/job.h"

#include <QCoreApplication>

#include <utility>

namespace octavo::ui {

EditLogKeeper::EditLogKeeper(core::Document& document, core::FileSystem& fileSystem,
                             std::string folder, QObject* parent)
    : QObject(parent)
    , document_(document)
    , store_(std::make_shared<EditLogStore>(fileSystem, std::move(folder))) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &EditLogKeeper::write);
    document_.setEditLog(&feed_);
}

EditLogKeeper::~EditLogKeeper() = default;

void EditLogKeeper::noteEdit() {
    const bool isWritten = document_.accessMode() != core::AccessMode::WriteThrough;
    if (isWritten && (isUsed_ || document_.hasChanges()) && !timer_.isActive()) {
        timer_.start(kWriteAfterMs);
    }
}

core::Status EditLogKeeper::recover(const core::RecoveredEdits& edits,
                                    std::span<const core::ChangeId> ids, core::FoundLog log) {
    gather();
    const core::Status recovered = document_.recover(edits, ids);
    if (recovered) {
        store_->takeOver(std::move(log));
        isUsed_ = true;
        write();
    }
    return recovered;
}

/// Hands over to the store what the document has said so far; false where there is nothing to
/// write.
bool EditLogKeeper::gather() {
    if (std::optional<core::EditLogBatch> batch = feed_.take(document_.snapshot())) {
        isUsed_ = isUsed_ || document_.hasChanges();
        store_->add(*std::move(batch));
        return true;
    }
    if (!store_->isBehind()) {
        return false;
    }
    store_->add({{}, std::nullopt, !document_.hasChanges(), document_.snapshot()});
    return true;
}

void EditLogKeeper::write() {
    if (isRunning_) {
        isWanted_ = true;
        return;
    }
    if (gather()) {
        run([store = store_] { store->write(); });
    }
}

template <typename Work>
void EditLogKeeper::run(Work work) {
    isRunning_ = true;
    Job::start(
        tr("Writing the edit log"),
        [work](core::Progress&) {
            work();
            return true;
        },
        this,
        [this](bool) {
            isRunning_ = false;
            ended();
            if (std::exchange(isWanted_, false)) {
                write();
            }
        });
}

/// A worker has written, or tried to.
void EditLogKeeper::ended() {
    if (const std::optional<core::Error> news = store_->takeNews()) {
        hasFailed_ = true;
        emit failed(*news);
    }
    if (store_->isBehind()) {
        timer_.start(kRetryMs);
    } else if (std::exchange(hasFailed_, false)) {
        emit worksAgain();
    }
    const core::Offset bytes = store_->bytesReferenced();
    if (bytes > referred_) {
        emit referred(bytes);
    }
    referred_ = bytes;
}

std::function<core::Status(core::Progress&)> EditLogKeeper::work(std::shared_ptr<core::Save> save) {
    gather();
    return [store = store_, save](core::Progress& progress) { return store->run(*save, progress); };
}

void EditLogKeeper::noteSaved() {
    if (store_->takeLost()) {
        document_.setEditLog(&feed_);
    }
    ended();
    if (isUsed_ && document_.accessMode() != core::AccessMode::WriteThrough) {
        write();
    }
}

void EditLogKeeper::copyReferenced() {
    gather();
    run([store = store_] { store->copyReferenced(); });
}

void EditLogKeeper::close(Closing how) {
    timer_.stop();
    document_.setEditLog(nullptr);
    if (how == Closing::Leave || !isUsed_) {
        return;
    }
    // The program waits a moment for its jobs, not for this object.
    Job::start(
        tr("Removing the edit log"),
        [store = store_](core::Progress&) {
            store->discard();
            return true;
        },
        QCoreApplication::instance(), [](bool) {});
}

}  // namespace octavo::ui
