#include "ui/bridge/change_reviewer.h"

#include "ui/bridge/job.h"

namespace octavo::ui {

ChangeReviewer::ChangeReviewer(core::Document& document, QObject* parent)
    : QObject(parent), document_(document) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMs);
    connect(&pause_, &QTimer::timeout, this, &ChangeReviewer::review);
}

void ChangeReviewer::review() {
    if (isRunning_) {
        return;
    }
    const std::shared_ptr<core::ChangeReview> review = document_.prepareReview();
    if (!review) {
        return;
    }
    isRunning_ = true;
    Job::start(
        tr("Looking at the changes"),
        [review](core::Progress& progress) { return review->run(progress).ok(); }, this,
        [this, review](bool) {
            isRunning_ = false;
            document_.finishReview(*review);
            emit reviewed();
            if (!pause_.isActive()) {
                this->review();
            }
        });
}

}  // namespace octavo::ui
