// The matches of one document: the panel below its grid, made when it is first wanted, and what its
// rows and buttons do.
//
// Thread rule: GUI thread.
#pragma once

#include "app/dialogs.h"
#include "app/document_views.h"
#include "ui/bridge/editor_document.h"
#include "ui/panels/job_indicator.h"
#include "ui/panels/message_bar.h"
#include "ui/results/hit_list.h"

#include <QObject>

#include <memory>
#include <optional>

class QSplitter;

namespace octavo::ui {
class ResultsPanel;
}

namespace octavo::app {

class DocumentResults final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it; the panel is put into `splitter`, below the grids.
    DocumentResults(ui::EditorDocument& editor, DocumentViews& views, ui::MessageArea& messages,
                    ui::JobIndicator& jobs, Dialogs& dialogs, QSplitter& splitter,
                    QObject* parent = nullptr);
    ~DocumentResults() override;

    /// Searches and shows what is found; what was shown before goes.
    void search(ui::HitList::Request request);
    /// Nothing where nothing was searched, or the panel was closed.
    ui::HitList* list() const;
    /// Nothing before the first search.
    ui::ResultsPanel* panel() const { return panel_; }
    bool isShown() const;
    void close();

signals:
    void noted(const QString& note);
    /// The panel was closed: the grid wants the keyboard.
    void closed();

private:
    void makePanel();
    void showMatch(core::Extent match);
    void searchAgain();
    void exportAs(ui::HitFormat format);

    ui::EditorDocument& editor_;
    DocumentViews& views_;
    ui::MessageArea& messages_;
    ui::JobIndicator& jobs_;
    Dialogs& dialogs_;
    QSplitter& splitter_;
    ui::ResultsPanel* panel_ = nullptr;
    std::optional<core::Extent> shown_;  ///< the match that was chosen last
};

}  // namespace octavo::app
