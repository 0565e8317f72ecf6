#include "ui/bridge/outside_watch.h"

#include <QMetaObject>

#include <mutex>

namespace octavo::ui {

/// What the watch and its worker share; a waiting worker may outlive the watch.
struct OutsideWatch::Question {
    explicit Question(std::shared_ptr<const core::MappedFile> file) : watch(std::move(file)) {}

    core::FileWatch watch;  // the worker's
    std::mutex mutex;
    OutsideWatch* receiver = nullptr;  // guarded by mutex; nothing once nobody wants the answer
    bool pending = false;              // the GUI thread's
};

OutsideWatch::OutsideWatch(QObject* parent) : QObject(parent) {
    timer_.setInterval(kPollMs);
    connect(&timer_, &QTimer::timeout, this, &OutsideWatch::poll);
}

OutsideWatch::~OutsideWatch() {
    setFile(nullptr);
}

void OutsideWatch::setFile(std::shared_ptr<const core::MappedFile> file) {
    if (file == file_) {
        return;
    }
    if (question_) {
        const std::lock_guard lock(question_->mutex);
        question_->receiver = nullptr;
    }
    question_ = nullptr;
    file_ = std::move(file);
    // A worker that waits for the old file's disk is left to it.
    worker_ = nullptr;
    timer_.stop();
    ownChange_ = false;
    outdated_ = false;
    if (file_) {
        worker_ = std::make_unique<core::Worker>("octavo watch");
        question_ = std::make_shared<Question>(file_);
        question_->receiver = this;
        timer_.start();
    }
}

void OutsideWatch::setPaused(bool paused) {
    paused_ = paused;
    ownChange_ = ownChange_ || paused;
    outdated_ = outdated_ || (paused && question_ && question_->pending);
}

void OutsideWatch::poll() {
    if (paused_ || !question_ || question_->pending) {
        return;
    }
    question_->pending = true;
    worker_->post([question = question_] {
        const core::FileEvent event = question->watch.poll();
        const std::lock_guard lock(question->mutex);
        if (OutsideWatch* const receiver = question->receiver) {
            const auto tell = [receiver, question, event] {
                // The watch may have turned to another file since.
                if (receiver->question_ == question) {
                    receiver->answer(event);
                }
            };
            QMetaObject::invokeMethod(receiver, tell, Qt::QueuedConnection);
        }
    });
}

void OutsideWatch::answer(core::FileEvent event) {
    question_->pending = false;
    if (std::exchange(outdated_, false) || paused_) {
        return;
    }
    const bool own = std::exchange(ownChange_, false);
    if (event != core::FileEvent::None && !own) {
        emit changed(event);
    }
}

}  // namespace octavo::ui
