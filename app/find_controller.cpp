#include "app/find_controller.h"

#include "app/error_text.h"
#include "ui/panels/number_text.h"

#include <algorithm>

namespace octavo::app {

struct FindController::Search {
    core::Snapshot snapshot;
    std::shared_ptr<const core::Finder> finder;
    bool backward = false;
    core::Offset from = 0;  ///< where the caret is: matches that begin there belong behind it
};

struct FindController::Found {
    std::optional<core::Hit> match;
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
    emptyMatch_.reset();
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
    emptyMatch_.reset();
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
    core::Result<std::unique_ptr<core::Finder>> finder = bar_.finder();
    if (!finder)
        return bar_.showFault(QString::fromStdString(finder.error().reason));
    start(*std::move(finder), backward);
}

void FindController::start(std::shared_ptr<const core::Finder> finder, bool backward) {
    const core::Document& document = document_->document();
    const core::Offset length = document.length();
    const core::Extent selection = document_->view().selection();
    // A match that is selected is not found again; a bare caret may stand right on one.
    core::Offset from = std::min(document_->view().caret(), length);
    if (!selection.isEmpty())
        from = selection.offset + (backward ? 0 : 1);
    else if (from == emptyMatch_ && !backward)
        from = from < length ? from + 1 : 0;
    const auto search =
        std::make_shared<Search>(Search{document.snapshot(), std::move(finder), backward, from});
    job_ = ui::Job::start(
        tr("Searching"), [search](core::Progress& progress) { return run(*search, progress); },
        this,
        [this, revision = document.revision()](const core::Result<Found>& found) {
            finish(found, revision);
        });
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
        const bool before = search.backward != wrapped;
        const core::Offset length = search.snapshot.length();
        const core::Extent range =
            before ? core::Extent{0, length} : core::Extent{search.from, length - search.from};
        core::FindOptions options{.backward = search.backward};
        options.threads = 0;
        if (before)
            options.beginsBefore = search.from;
        auto outcome = core::findFirst(search.snapshot, *search.finder, range, progress, options);
        if (!outcome)
            return std::move(outcome).error();
        found.notSearched += totalOf(outcome->notSearched);
        found.match = outcome->match;
        found.wrapped = wrapped;
        if (found.match)
            break;
    }
    return found;
}

void FindController::finish(const core::Result<Found>& found, std::uint64_t revision) {
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
        const core::Extent match = found->match->extent();
        document_->view().jumpTo(match);
        document_->view().setHighlightedMatch(match);
        emptyMatch_ = match.isEmpty() ? std::optional(match.offset) : std::nullopt;
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
