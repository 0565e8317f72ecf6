// The inspector at the right of a window's grid: an empty shell until it is first shown, so that a
// start without it costs nothing. Shown or not, its order of bytes and its width are settings; it
// is there only while a document is open.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/open_document.h"
#include "app/settings.h"

#include <QDockWidget>
#include <QPointer>

class QMainWindow;

namespace octavo::ui {
class InspectorPanel;
}

namespace octavo::app {

class InspectorDock final : public QDockWidget {
    Q_OBJECT

public:
    /// All must outlive it.
    InspectorDock(const Actions& actions, Settings& settings, QMainWindow& window);
    ~InspectorDock() override;

    /// Nothing where no document is open.
    void setDocument(OpenDocument* document);
    /// Nothing before it was first shown.
    ui::InspectorPanel* panel() const { return panel_; }

private:
    void followView();
    void refresh();
    void makePanel();
    void keepWidth();
    void leave();

    const Actions& actions_;
    Settings& settings_;
    QMainWindow& window_;
    QPointer<OpenDocument> document_;
    ui::InspectorPanel* panel_ = nullptr;
    QPointer<ui::HexView> view_;  ///< that the panel is about
};

}  // namespace octavo::app
