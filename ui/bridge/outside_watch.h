// Asks twice a second whether another program changed the file under a document.
//
// The question is put on a thread of its own, as it may wait for the disk; while one is waiting no
// other is put, and nobody waits for it when the watch goes.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/worker.h"
#include "core/file/file_watch.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace octavo::ui {

class OutsideWatch final : public QObject {
    Q_OBJECT

public:
    static constexpr int kPollMs = 500;

    explicit OutsideWatch(QObject* parent = nullptr);
    ~OutsideWatch() override;

    /// Watches `file` from how it was when it was opened; nullptr watches nothing. The file that is
    /// watched already goes on being watched.
    void setFile(std::shared_ptr<const core::MappedFile> file);
    /// While paused, and once after, a change is taken for our own.
    void setPaused(bool paused);

signals:
    void changed(octavo::core::FileEvent event);

private:
    struct Question;

    void poll();
    void answer(core::FileEvent event);

    std::shared_ptr<const core::MappedFile> file_;
    std::shared_ptr<Question> question_;
    std::unique_ptr<core::Worker> worker_;
    QTimer timer_;
    bool paused_ = false;
    bool ownChange_ = false;
    bool outdated_ = false;  // the question that is out was put before our own change
};

}  // namespace octavo::ui
