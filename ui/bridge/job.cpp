#include "ui/bridge/job.h"

#include "ui/bridge/running_work.h"

#include <QMetaObject>

#include <mutex>

namespace octavo::ui {

namespace {

constexpr int kPollMs = 100;
constexpr std::chrono::seconds kLeastToJudgeBy{1};

}  // namespace

/// What the work and the job share; the work may outlive the job.
struct Job::Mailbox {
    core::Progress progress;
    std::mutex mutex;
    Job* receiver = nullptr;  // guarded by mutex; nothing once the job is gone
};

Job::Job(QString title, std::function<void(core::Progress&)> work, std::function<void()> deliver,
         QObject* context)
    : QObject(context)
    , title_(std::move(title))
    , mailbox_(std::make_shared<Mailbox>())
    , deliver_(std::move(deliver))
    , worker_("octavo job") {
    mailbox_->receiver = this;
    connect(&poll_, &QTimer::timeout, this, &Job::poll);
    poll_.start(kPollMs);
    worker_.post([mailbox = mailbox_, running = std::make_shared<RunningWork>(),
                  work = std::move(work)]() mutable {
        work(mailbox->progress);
        // What the work owned is freed here and not on the GUI thread.
        work = nullptr;
        const std::lock_guard lock(mailbox->mutex);
        if (Job* const job = mailbox->receiver)
            QMetaObject::invokeMethod(job, &Job::complete, Qt::QueuedConnection);
    });
}

Job::~Job() {
    mailbox_->progress.cancel();
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->receiver = nullptr;
}

core::Offset Job::done() const {
    return mailbox_->progress.done();
}

core::Offset Job::total() const {
    return mailbox_->progress.total();
}

void Job::poll() {
    // A part of the work that counts anew is judged by itself.
    if (done() < lastDone_)
        countsSince_ = std::chrono::steady_clock::now();
    lastDone_ = done();
    emit progressed();
}

std::optional<std::chrono::seconds> Job::remaining() const {
    using Seconds = std::chrono::duration<double>;
    const Seconds passed = std::chrono::steady_clock::now() - countsSince_;
    const auto done = static_cast<double>(this->done());
    const auto total = static_cast<double>(this->total());
    if (passed < kLeastToJudgeBy || done <= 0 || total < done)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(passed * ((total - done) / done));
}

bool Job::isCancelled() const {
    return mailbox_->progress.isCancelled();
}

void Job::cancel() {
    const bool first = !isCancelled();
    mailbox_->progress.cancel();
    if (first)
        emit cancelWanted();
}

void Job::complete() {
    poll_.stop();
    running_ = false;
    emit finished();
    // The receiver may delete the context and with it this job.
    const std::function<void()> deliver = std::move(deliver_);
    deleteLater();
    deliver();
}

bool Job::waitAllIdle(std::chrono::milliseconds limit) {
    return RunningWork::waitForAll(limit);
}

}  // namespace octavo::ui
