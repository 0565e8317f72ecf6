#include "ui/bridge/outside_review.h"

#include "ui/bridge/job.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace octavo::ui {

using core::FileEvent;

/// What was known when a look began.
struct OutsideReview::Look {
    FileEvent event;
    std::shared_ptr<const core::FileVersion> version;
    std::shared_ptr<core::ChangeReview> review;
    std::size_t changes;
};

struct OutsideReview::Seen {
    core::Result<core::FileInfo> info;
    bool isComplete = false;
};

OutsideReview::OutsideReview(core::Document& document, QObject* parent)
    : QObject(parent), document_(document) {}

void OutsideReview::look(FileEvent event) {
    if (event != FileEvent::Written && event != FileEvent::Appended) {
        return;
    }
    wanted_ = std::max(wanted_.value_or(event), event);
    start();
}

void OutsideReview::noteSaved() {
    question_.reset();
    start();
}

void OutsideReview::start() {
    if (isRunning_ || !wanted_ || document_.isFlushing() || document_.isUntitled()) {
        return;
    }
    std::vector<core::ChangeId> ids;
    for (const core::Change& change : document_.snapshot().changeSet()) {
        ids.push_back(change.id);
    }
    const auto look = std::make_shared<const Look>(
        Look{*std::exchange(wanted_, std::nullopt), document_.version(),
             document_.prepareReview(ids, {.checkOutside = true}), ids.size()});
    isRunning_ = true;
    Job::start(
        tr("Comparing the changes with the file"),
        [file = document_.file(), review = look->review](core::Progress& progress) {
            return see(*file, *review, progress);
        },
        this,
        [this, look](const Seen& seen) {
            isRunning_ = false;
            saw(*look, seen);
            start();
        });
}

OutsideReview::Seen OutsideReview::see(const core::MappedFile& file, core::ChangeReview& review,
                                       core::Progress& progress) {
    // In this order: what is written while we look makes another file than the one that is taken
    // for known.
    Seen seen{file.currentInfo()};
    if (seen.info) {
        if (const core::Result<core::Offset> extended = file.extend(); !extended) {
            seen.info = extended.error();
        }
    }
    seen.isComplete = review.run(progress).ok();
    return seen;
}

void OutsideReview::saw(const Look& look, const Seen& seen) {
    if (document_.isFlushing() || document_.version() != look.version) {
        // A flush has come between, of which nobody can tell the other's part.
        wanted_ = std::max(wanted_.value_or(look.event), look.event);
        return;
    }
    document_.finishReview(*look.review);
    OutsideFindings findings;
    findings.event = look.event;
    findings.changes = look.changes;
    for (const core::ChangeReview::Finding& finding : look.review->findings()) {
        if (finding.outside != core::OutsideState::Untouched && document_.change(finding.id)) {
            findings.touched.push_back(finding.id);
            findings.isCertain |= finding.outside == core::OutsideState::Touched;
        }
    }
    const bool isKnown =
        seen.isComplete && seen.info && document_.outsideEvent() <= FileEvent::Appended;
    question_.reset();
    if (isKnown && findings.touched.empty()) {
        findings.isSettled = true;
        findings.added = settle(*seen.info);
    } else if (isKnown) {
        question_ = {*seen.info, findings.touched};
    }
    emit found(findings);
}

/// From now on the file is known as it is. Returns how many bytes the document has grown by.
core::Offset OutsideReview::settle(const core::FileInfo& info) {
    const core::Offset before = document_.length();
    document_.noteExtended(info);
    return document_.length() - before;
}

std::vector<core::ChangeId> OutsideReview::unanswered() const {
    std::vector<core::ChangeId> open;
    if (question_) {
        std::ranges::copy_if(
            question_->touched, std::back_inserter(open),
            [this](core::ChangeId id) { return document_.change(id).has_value(); });
    }
    return open;
}

core::Status OutsideReview::answer(std::span<const core::ChangeId> changes, bool mine) {
    if (!question_) {
        return {};
    }
    if (mine) {
        document_.keepMine(changes);
    } else if (const auto taken = document_.takeTheirs(changes); !taken) {
        return taken.error();
    }
    std::erase_if(question_->touched, [changes](core::ChangeId id) {
        return std::ranges::find(changes, id) != changes.end();
    });
    if (unanswered().empty()) {
        settle(std::exchange(question_, std::nullopt)->info);
    }
    return {};
}

void OutsideReview::keepMine() {
    (void)answer(unanswered(), true);
}

void OutsideReview::keepMine(core::ChangeId change) {
    (void)answer({&change, 1}, true);
}

core::Status OutsideReview::takeTheirs() {
    return answer(unanswered(), false);
}

core::Status OutsideReview::takeTheirs(core::ChangeId change) {
    return answer({&change, 1}, false);
}

}  // namespace octavo::ui
