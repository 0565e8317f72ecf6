#include "app/find_controller.h"

#include "app/error_text.h"
#include "core/search/masked_finder.h"
#include "ui/panels/number_text.h"

#include <algorithm>

namespace octavo::app {

struct FindController::Search {
    core::Snapshot snapshot;
    core::Pattern pattern;
    bool backward = false;
    core::Extent first;    ///< from the caret on
    core::Extent wrapped;  ///< then the rest
};

struct FindController::Found {
    std::optional<core::Offset> match;
    bool backward = false;
    bool wrapped = false;
    core::Offset notSearched = 0;
};

namespace {

core::Offset totalOf(const core::Unreadable& unreadable) {
    core::Offset total = 0;
    for (const core::Extent& extent : unreadable.extents())
        total += extent.length;
    return total;
}

}  // namespace

FindController::FindController(ui::FindBar& bar, QObject* parent) : QObject(parent), bar_(bar) {
    connect(&bar_, &ui::FindBar::findWanted, this, &FindController::find);
    connect(&bar_, &ui::FindBar::stopWanted, this, [this] {
        if (!job_)
            return;
        stop();
        bar_.showNote(tr("Stopped"));
    });
    connect(&bar_, &ui::FindBar::patternEdited, this, [this] {
        stop();
        forgetMatch();
    });
    connect(&bar_, &ui::FindBar::closed, this, [this] {
        stop();
        forgetMatch();
    });
}

void FindController::setDocument(OpenDocument* document) {
    stop();
    document_ = document;
    bar_.setEnabled(document != nullptr);
}

void FindController::showBar() {
    bar_.activate();
}

void FindController::stop() {
    // Left behind and not waited for; its result goes nowhere.
    delete job_.data();
    bar_.setRunning(false);
}

void FindController::forgetMatch() {
    if (document_)
        document_->view().setHighlightedMatch(std::nullopt);
}

void FindController::find(bool backward) {
    if (!document_)
        return;
    if (job_) {
        bar_.show();
        return bar_.setRunning(true);
    }
    if (bar_.patternText().isEmpty())
        return bar_.activate();
    bar_.show();
    const core::Result<core::Pattern> pattern = bar_.pattern();
    if (!pattern)
        return bar_.showFault(QString::fromStdString(pattern.error().reason));
    start(*pattern, backward);
}

void FindController::start(const core::Pattern& pattern, bool backward) {
    const core::Document& document = document_->document();
    const core::Offset length = document.length();
    const core::Extent selection = document_->view().selection();
    // A match that is selected is not found again; a bare caret may stand right on one.
    core::Offset from = std::min(document_->view().caret(), length);
    if (!selection.isEmpty())
        from = selection.offset + (backward ? 0 : 1);
    // Matches that begin before `from`, and those that begin there or later.
    const core::Extent before{
        0, std::min(length, core::checkedSum(from, pattern.length() - 1).value_or(length))};
    const core::Extent after{from, length - from};
    const auto search =
        std::make_shared<Search>(Search{document.snapshot(), pattern, backward,
                                        backward ? before : after, backward ? after : before});
    job_ = ui::Job::start(
        tr("Searching"), [search](core::Progress& progress) { return run(*search, progress); },
        this,
        [this, matchLength = pattern.length(), revision = document.revision()](
            const core::Result<Found>& found) { finish(found, matchLength, revision); });
    connect(job_, &ui::Job::progressed, this, [this] {
        // Shown from the first tick on: what is found at once shows no bar.
        bar_.setRunning(true);
        bar_.setProgress(job_->done(), job_->total());
    });
}

core::Result<FindController::Found> FindController::run(const Search& search,
                                                        core::Progress& progress) {
    Found found;
    found.backward = search.backward;
    for (const bool wrapped : {false, true}) {
        const core::Extent range = wrapped ? search.wrapped : search.first;
        auto outcome = core::findFirst(search.snapshot, core::MaskedFinder(search.pattern), range,
                                       progress, {.backward = search.backward, .threads = 0});
        if (!outcome)
            return std::move(outcome).error();
        found.notSearched += totalOf(outcome->notSearched);
        found.match = outcome->match ? std::optional(outcome->match->offset) : std::nullopt;
        found.wrapped = wrapped;
        if (found.match)
            break;
    }
    return found;
}

void FindController::finish(const core::Result<Found>& found, core::Offset length,
                            std::uint64_t revision) {
    bar_.setRunning(false);
    job_ = nullptr;
    if (!document_)
        return;
    if (!found) {
        if (found.error().code == core::ErrorCode::Cancelled)
            return bar_.showNote(tr("Stopped"));
        return bar_.showFault(reasonText(found.error()));
    }
    QString note;
    if (!found->match) {
        forgetMatch();
        note = tr("Not found");
    } else if (document_->document().revision() != revision) {
        return bar_.showNote(tr("The document was changed meanwhile; search again"));
    } else {
        const core::Extent match{*found->match, length};
        document_->view().jumpTo(match);
        document_->view().setHighlightedMatch(match);
        note = (!found->wrapped   ? tr("Found at %1")
                : found->backward ? tr("Found at %1, going on from the end")
                                  : tr("Found at %1, going on from the start"))
                   .arg(ui::offsetText(match.offset));
    }
    if (found->notSearched > 0)
        note = tr("%1; not searched, as unreadable: %2")
                   .arg(note, ui::byteCountText(found->notSearched));
    if (found->match && found->notSearched == 0)
        bar_.showNote(note);
    else
        bar_.showFault(note);
}

}  // namespace octavo::app
