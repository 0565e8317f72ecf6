#include "app/document_history.h"

#include "app/panel_room.h"
#include "ui/history/history_panel.h"

#include <QSplitter>

namespace octavo::app {

DocumentHistory::DocumentHistory(ui::EditorDocument& editor, DocumentViews& views,
                                 QSplitter& splitter, QObject* parent)
    : QObject(parent), editor_(editor), views_(views), splitter_(splitter) {}

DocumentHistory::~DocumentHistory() {
    delete panel_;
}

// ---- The panel

bool DocumentHistory::isShown() const {
    return panel_ != nullptr && panel_->isVisibleTo(&splitter_);
}

void DocumentHistory::show() {
    const bool wasShown = isShown();
    if (panel_ == nullptr)
        makePanel();
    if (!wasShown) {
        // First, as the list scrolls to the step that is shown.
        panel_->show();
        panel_->setDocument(&editor_);
        emit shownChanged();
    }
    panel_->setFocus();
}

void DocumentHistory::close() {
    if (!isShown())
        return;
    panel_->hide();
    panel_->setDocument(nullptr);
    emit shownChanged();
    emit closed();
}

void DocumentHistory::makePanel() {
    panel_ = new ui::HistoryPanel;
    addPanel(splitter_, *panel_);
    using Panel = ui::HistoryPanel;
    connect(panel_, &Panel::stepChosen, this, &DocumentHistory::goTo);
    connect(panel_, &Panel::activated, this, [this] { views_.active().setFocus(); });
    connect(panel_, &Panel::nameWanted, this, [this](core::StepId step, const QString& name) {
        editor_.document().setStepName(step, name.toStdString());
        editor_.noteStateChanged();
    });
    connect(panel_, &Panel::closeWanted, this, &DocumentHistory::close);
}

// ---- Ways

void DocumentHistory::undo() {
    editor_.history().undo([this](const auto& done) { stepped(done, tr("Nothing to undo")); });
}

void DocumentHistory::redo() {
    editor_.history().redo([this](const auto& done) { stepped(done, tr("Nothing to do again")); });
}

void DocumentHistory::goTo(core::StepId step) {
    if (step != editor_.document().history().current())
        editor_.history().goTo(step, [this](const auto& done) { stepped(done, {}); });
}

void DocumentHistory::stepped(const ui::HistoryKeeper::Stepped& done, const QString& nothing) {
    if (!done) {
        if (panel_ != nullptr)
            panel_->showCurrent();
        if (done.error().code != core::ErrorCode::Cancelled)
            return editor_.refuse(done.error());
        return emit noted(tr("Stopped: everything is as it was before"));
    }
    if (!*done) {
        if (!nothing.isEmpty())
            emit noted(nothing);
        return;
    }
    // To go through the steps is one jump, however many one passes.
    const core::Extent place{(*done)->offset, 0};
    ui::HexView& view = views_.active();
    if (shown_ == view.caret() && view.selection().isEmpty())
        view.showPlace(place);
    else
        view.jumpTo(place);
    shown_ = view.caret();
}

}  // namespace octavo::app
