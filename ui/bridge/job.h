// Work off the GUI thread whose result comes back on it.
//
// Each job has a thread of its own, so that one which waits for a stopped disk holds up nobody
// else. A job is a child of its context: when the context dies, the job is cancelled and left
// behind, its result is dropped, and nobody waits. A job deletes itself after its result has been
// delivered.
//
// Thread rule: GUI thread, except for `work`, which runs on the worker and must own all it
// touches. Units: whatever the work counts in its Progress, as a rule bytes.
#pragma once

#include "core/base/progress.h"
#include "core/base/worker.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace octavo::ui {

class Job : public QObject {
    Q_OBJECT

public:
    /// Runs `work(progress)` and hands what it returns to `done(result)`. `title` is for the user.
    template <typename Work, typename Done>
    static Job* start(const QString& title, Work work, QObject* context, Done done) {
        using Outcome = std::invoke_result_t<Work&, core::Progress&>;
        static_assert(!std::is_void_v<Outcome>, "a job returns how it went");
        auto outcome = std::make_shared<std::optional<Outcome>>();
        return new Job(
            title,
            [outcome, work = std::move(work)](core::Progress& progress) mutable {
                outcome->emplace(work(progress));
            },
            [outcome, done = std::move(done)]() mutable { done(std::move(**outcome)); }, context);
    }
    ~Job() override;

    const QString& title() const { return title_; }
    core::Offset done() const;
    /// 0 while it is not known.
    core::Offset total() const;
    /// How long it may still take, judged by what was done since it last began to count; nothing
    /// while there is too little to judge by.
    std::optional<std::chrono::seconds> remaining() const;
    /// False from just before the result is delivered.
    bool isRunning() const { return running_; }
    bool isCancelled() const;
    /// Asks the work to stop; the result is delivered all the same, as a rule Cancelled.
    void cancel();

    /// Waits until no job's work is running any more and nothing is being freed in the background;
    /// false when `limit` passed first.
    static bool waitAllIdle(std::chrono::milliseconds limit);

signals:
    /// The numbers may have changed; some ten times a second.
    void progressed();
    /// cancel() was called for the first time.
    void cancelWanted();
    /// The work is over; the result is delivered right after.
    void finished();

private:
    struct Mailbox;

    Job(QString title, std::function<void(core::Progress&)> work, std::function<void()> deliver,
        QObject* context);
    void complete();
    void poll();

    QString title_;
    std::shared_ptr<Mailbox> mailbox_;
    std::function<void()> deliver_;
    core::Worker worker_;
    QTimer poll_;
    bool running_ = true;
    core::Offset lastDone_ = 0;
    std::chrono::steady_clock::time_point countsSince_ = std::chrono::steady_clock::now();
};

}  // namespace octavo::ui
