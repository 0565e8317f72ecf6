#include "app/document_results.h"

#include "app/error_text.h"
#include "app/file_name.h"
#include "app/panel_room.h"
#include "ui/results/results_panel.h"

#include <QPointer>
#include <QSplitter>

#include <string>

namespace octavo::app {

namespace {

const QString kExportMessage = QStringLiteral("export");

}  // namespace

DocumentResults::DocumentResults(ui::EditorDocument& editor, DocumentViews& views,
                                 ui::MessageArea& messages, ui::JobIndicator& jobs,
                                 Dialogs& dialogs, QSplitter& splitter, QObject* parent)
    : QObject(parent)
    , editor_(editor)
    , views_(views)
    , messages_(messages)
    , jobs_(jobs)
    , dialogs_(dialogs)
    , splitter_(splitter) {}

DocumentResults::~DocumentResults() {
    views_.setMatchSource(nullptr);
    delete panel_;
}

ui::HitList* DocumentResults::list() const {
    return panel_ != nullptr ? panel_->list() : nullptr;
}

bool DocumentResults::isShown() const {
    return panel_ != nullptr && panel_->isVisibleTo(&splitter_);
}

void DocumentResults::makePanel() {
    panel_ = new ui::ResultsPanel;
    panel_->setWords(reasonText);
    addPanel(splitter_, *panel_);
    using Panel = ui::ResultsPanel;
    connect(panel_, &Panel::matchesChanged, &views_, &DocumentViews::updateMatches);
    connect(panel_, &Panel::matchChosen, this, &DocumentResults::showMatch);
    connect(panel_, &Panel::matchActivated, this, [this](core::Extent match) {
        showMatch(match);
        views_.active().setFocus();
    });
    connect(panel_, &Panel::closeWanted, this, &DocumentResults::close);
    connect(panel_, &Panel::searchAgainWanted, this, &DocumentResults::searchAgain);
    connect(panel_, &Panel::exportWanted, this, &DocumentResults::exportAs);
}

void DocumentResults::search(ui::HitList::Request request) {
    if (panel_ == nullptr)
        makePanel();
    views_.setMatchSource(nullptr);
    shown_.reset();
    panel_->setList(std::make_unique<ui::HitList>(editor_, std::move(request)));
    views_.setMatchSource(panel_->list());
    panel_->show();
}

/// To look through the list is one jump, however many matches one passes.
void DocumentResults::showMatch(core::Extent match) {
    const bool isStillThere = shown_ && views_.active().caret() == shown_->offset &&
                              views_.active().selection().length == shown_->length;
    if (isStillThere)
        views_.active().showPlace(match);
    else
        views_.active().jumpTo(match);
    views_.active().setHighlightedMatch(match);
    shown_ = match;
}

void DocumentResults::searchAgain() {
    ui::HitList::Request request = list()->request();
    // A part of the document is where its ends have gone by now.
    request.range = list()->rangeNow();
    search(std::move(request));
}

void DocumentResults::close() {
    if (!isShown())
        return;
    views_.setMatchSource(nullptr);
    panel_->setList(nullptr);
    panel_->hide();
    emit closed();
}

void DocumentResults::exportAs(ui::HitFormat format) {
    const char* const ending = format == ui::HitFormat::Csv ? "matches.csv" : "matches.json";
    // While it is asked the document may go.
    const QPointer<DocumentResults> self(this);
    const std::optional<std::string> path = dialogs_.fileToSave(panel_->window(), ending);
    if (!self || !path || list() == nullptr)
        return;
    messages_.dismiss(kExportMessage);
    ui::Job* const job = ui::Job::start(
        tr("Exporting matches"), list()->exporter(*path, format), this,
        [this, path = *path](const core::Status& status) {
            if (status)
                return emit noted(tr("Matches written to %1").arg(displayName(path)));
            if (status.error().code == core::ErrorCode::Cancelled)
                return emit noted(tr("Export cancelled; nothing was written"));
            messages_.tell(kExportMessage, {ui::Message::Kind::Warning,
                                            tr("The matches could not be written to %1: %2.")
                                                .arg(displayPath(path), reasonText(status.error())),
                                            {}});
        });
    jobs_.watch(job);
}

}  // namespace octavo::app
