// The history of one document: the panel below its grid, made when it is first wanted, and the ways
// that are gone from it.
//
// Thread rule: GUI thread.
#pragma once

#include "app/document_views.h"
#include "core/document/history.h"
#include "ui/bridge/editor_document.h"
#include "ui/bridge/history_keeper.h"

#include <QObject>

#include <optional>

class QSplitter;

namespace octavo::ui {
class HistoryPanel;
}

namespace octavo::app {

class DocumentHistory final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it; the panel is put into `splitter`, below the view.
    DocumentHistory(ui::EditorDocument& editor, DocumentViews& views, QSplitter& splitter,
                    QObject* parent = nullptr);
    ~DocumentHistory() override;

    /// Nothing before it was first shown.
    ui::HistoryPanel* panel() const { return panel_; }
    bool isShown() const;
    /// With the keyboard in the list.
    void show();
    void close();

    void undo();
    void redo();

signals:
    void noted(const QString& note);
    /// isShown() is another.
    void shownChanged();
    /// The panel was closed: the grid wants the keyboard.
    void closed();

private:
    void makePanel();
    void goTo(core::StepId step);
    /// Shows where something is another now, or says why nothing is.
    void stepped(const ui::HistoryKeeper::Stepped& done, const QString& nothing);

    ui::EditorDocument& editor_;
    DocumentViews& views_;
    QSplitter& splitter_;
    ui::HistoryPanel* panel_ = nullptr;
    std::optional<core::Offset> shown_;  ///< where the caret was put last
};

}  // namespace octavo::app
