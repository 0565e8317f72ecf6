#include "app/find_controller.h"

#include "app/error_text.h"
#include "core/search/hit_text.h"
#include "ui/panels/find_options.h"
#include "ui/panels/number_text.h"

#include <algorithm>

namespace octavo::app {

struct FindController::Search {
    core::Snapshot snapshot;
    Finder finder;
    core::Extent range;
    core::Alignment alignment;
    bool backward = false;
    core::Offset from = 0;  ///< where the caret is: matches that begin there belong behind it
};

struct FindController::Found {
    std::optional<core::Hit> match;
    bool backward = false;
    bool wrapped = false;
    core::Offset notSearched = 0;
};

FindController::FindController(ui::FindBar& bar, QObject* parent) : QObject(parent), bar_(bar) {
    connect(&bar_, &ui::FindBar::findWanted, this, &FindController::find);
    connect(&bar_, &ui::FindBar::findAllWanted, this, &FindController::findAll);
    connect(&bar_, &ui::FindBar::stopWanted, this, [this] {
        if (!job_)
            return;
        stop();
        bar_.showNote(tr("Stopped"));
    });
    connect(&bar_, &ui::FindBar::patternEdited, this, [this] {
        stop();
        forgetMatch();
        if (!bar_.options().inSelection())
            forgetRange();
        else if (document_)
            range();
    });
    connect(&bar_, &ui::FindBar::closed, this, [this] {
        stop();
        forgetMatch();
    });
}

void FindController::setDocument(OpenDocument* document) {
    stop();
    forgetRange();
    emptyMatch_.reset();
    shown_.reset();
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
    shown_.reset();
    if (document_)
        document_->view().setHighlightedMatch(std::nullopt);
}

// ---- Where and what

void FindController::forgetRange() {
    if (within_ && document_)
        document_->document().positions().remove(*within_);
    within_.reset();
}

std::optional<core::Extent> FindController::range() {
    core::Document& document = document_->document();
    if (!bar_.options().inSelection())
        return core::Extent{0, document.length()};
    if (!within_) {
        const core::Extent selection = document_->view().selection();
        if (selection.isEmpty()) {
            bar_.showFault(tr("Nothing is selected to search in"));
            return std::nullopt;
        }
        within_ = document.positions().add(selection, true);
    }
    return document.positions().extent(*within_);
}

/// Nothing, with a word in the bar, where there is nothing to look for.
FindController::Finder FindController::readFinder() {
    if (!bar_.hasPattern()) {
        bar_.activate();
        return nullptr;
    }
    bar_.show();
    core::Result<std::unique_ptr<core::Finder>> finder = bar_.finder();
    if (!finder) {
        bar_.showFault(QString::fromStdString(finder.error().reason));
        return nullptr;
    }
    return *std::move(finder);
}

// ---- The next match

void FindController::find(bool backward) {
    if (!document_)
        return;
    if (job_) {
        bar_.show();
        return bar_.setRunning(true);
    }
    const Finder finder = readFinder();
    if (!finder)
        return;
    if (const std::optional<core::Extent> range = this->range())
        start(finder, *range, backward);
}

void FindController::start(Finder finder, core::Extent range, bool backward) {
    core::Document& document = document_->document();
    const core::Extent selection = document_->view().selection();
    // A match that is selected is not found again; a bare caret may stand right on one. What is
    // selected to be searched is no match.
    core::Offset from = std::clamp(document_->view().caret(), range.offset, range.end());
    if (!selection.isEmpty() && selection != range)
        from = selection.offset + (backward ? 0 : 1);
    else if (selection == range && !range.isEmpty())
        from = backward ? range.end() : range.offset;
    else if (from == emptyMatch_ && !backward)
        from = from < range.end() ? from + 1 : range.offset;
    from = std::clamp(from, range.offset, range.end());
    const auto search = std::make_shared<Search>(Search{
        document.snapshot(), std::move(finder), range, bar_.options().alignment(), backward, from});
    job_ = ui::Job::start(
        tr("Searching"), [search](core::Progress& progress) { return run(*search, progress); },
        this,
        [this, revision = document.revision(), moved = document.mapEdits()](
            const core::Result<Found>& found) { finish(found, revision, *moved); });
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
        const core::Extent range =
            before ? search.range : core::Extent{search.from, search.range.end() - search.from};
        core::FindOptions options{.backward = search.backward};
        options.threads = 0;
        options.alignment = search.alignment;
        if (before)
            options.beginsBefore = search.from;
        auto outcome = core::findFirst(search.snapshot, *search.finder, range, progress, options);
        if (!outcome)
            return std::move(outcome).error();
        found.notSearched += outcome->notSearched.total();
        found.match = outcome->match;
        found.wrapped = wrapped;
        if (found.match)
            break;
    }
    return found;
}

void FindController::finish(const core::Result<Found>& found, std::uint64_t revision,
                            const core::EditMap& moved) {
    bar_.setRunning(false);
    job_ = nullptr;
    if (!document_)
        return;
    if (!found) {
        if (found.error().code == core::ErrorCode::Cancelled)
            return bar_.showNote(tr("Stopped"));
        return bar_.showFault(reasonText(found.error()));
    }
    const bool isEdited = document_->document().revision() != revision;
    QString note;
    if (!found->match) {
        forgetMatch();
        note = tr("Not found");
    } else {
        // The search went on with the document as it was: the match is where its bytes are now.
        const core::Extent before = found->match->extent();
        const core::Extent match = moved.now(before);
        if (match.isEmpty() && !before.isEmpty())
            return bar_.showFault(tr("What was found has been deleted meanwhile; search again"));
        show(match);
        note = (!found->wrapped   ? tr("Found at %1")
                : found->backward ? tr("Found at %1, going on from the end")
                                  : tr("Found at %1, going on from the start"))
                   .arg(ui::offsetText(match.offset));
    }
    if (isEdited)
        note = tr("%1; the document was edited meanwhile").arg(note);
    if (found->notSearched > 0)
        note = tr("%1; not searched, as unreadable: %2")
                   .arg(note, ui::byteCountText(found->notSearched));
    if (found->match && found->notSearched == 0)
        bar_.showNote(note);
    else
        bar_.showFault(note);
}

void FindController::show(core::Extent match) {
    document_->view().jumpTo(match);
    document_->view().setHighlightedMatch(match);
    emptyMatch_ = match.isEmpty() ? std::optional(match.offset) : std::nullopt;
    shown_ = Shown{match, document_->document().revision()};
    emit found(match);
}

std::optional<core::Extent> FindController::currentMatch() const {
    if (!document_ || !shown_ || shown_->revision != document_->document().revision())
        return std::nullopt;
    const core::Extent& match = shown_->match;
    const core::Extent selection = document_->view().selection();
    const bool isSelected = match.isEmpty()
                                ? selection.isEmpty() && document_->view().caret() == match.offset
                                : selection == match;
    return isSelected ? std::optional(match) : std::nullopt;
}

void FindController::findSelection() {
    constexpr core::Offset kMost = 64;
    if (!document_)
        return;
    const core::Extent selection = document_->view().selection();
    if (selection.isEmpty() || selection.length > kMost) {
        bar_.show();
        return bar_.showFault(tr("Select up to %1 to find them").arg(ui::byteCountText(kMost)));
    }
    const std::optional<core::Bytes> bytes = document_->view().knownBytes(selection);
    if (!bytes) {
        bar_.show();
        return bar_.showFault(tr("What is selected is not on the screen, or could not be read"));
    }
    bar_.setKind(ui::FindBar::Kind::Hex);
    bar_.setPatternText(QString::fromStdString(core::hexText(*bytes)));
    find(false);
}

// ---- All matches

void FindController::findAll() {
    if (!document_)
        return;
    Finder finder = readFinder();
    if (!finder)
        return;
    const std::optional<core::Extent> range = this->range();
    if (!range)
        return;
    core::FindOptions options;
    options.threads = 0;
    options.overlapping = bar_.options().isOverlapping();
    options.alignment = bar_.options().alignment();
    document_->results().search({bar_.query(), std::move(finder), *range, options});
}

}  // namespace octavo::app
