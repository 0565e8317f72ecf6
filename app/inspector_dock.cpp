#include "app/inspector_dock.h"

#include "ui/inspector/inspector_panel.h"

#include <QAction>
#include <QMainWindow>

namespace octavo::app {

InspectorDock::InspectorDock(const Actions& actions, Settings& settings, QMainWindow& window)
    : QDockWidget(tr("Inspector"), &window)
    , actions_(actions)
    , settings_(settings)
    , window_(window) {
    setFeatures(NoDockWidgetFeatures);
    // It would show the dock behind the back of the settings.
    toggleViewAction()->setVisible(false);
    hide();
    window.addDockWidget(Qt::RightDockWidgetArea, this);
    // The keys that edit are heard in the grid only; what was written here is undone here too.
    addActions({actions[ActionId::Undo], actions[ActionId::Redo]});

    connect(actions[ActionId::Inspector], &QAction::triggered, &settings,
            &Settings::setInspectorShown);
    connect(actions[ActionId::EditInInspector], &QAction::triggered, this, [this] {
        settings_.setInspectorShown(true);
        if (panel_ != nullptr)
            panel_->setFocus(Qt::ShortcutFocusReason);
    });
    connect(&settings, &Settings::inspectorChanged, this, &InspectorDock::refresh);
    refresh();
}

InspectorDock::~InspectorDock() {
    keepWidth();
}

void InspectorDock::setDocument(OpenDocument* document) {
    if (document_)
        disconnect(&document_->views(), nullptr, this, nullptr);
    document_ = document;
    if (document != nullptr)
        connect(&document->views(), &DocumentViews::changed, this, &InspectorDock::followView);
    followView();
    refresh();
}

/// The grid with the keyboard may be another one of the document.
void InspectorDock::followView() {
    ui::HexView* const view = document_ ? &document_->view() : nullptr;
    if (panel_ == nullptr || view == view_)
        return;
    view_ = view;
    panel_->setView(view);
}

void InspectorDock::refresh() {
    const bool isWanted = settings_.inspectorShown();
    const bool isToBeShown = isWanted && document_ != nullptr;
    actions_[ActionId::Inspector]->setChecked(isWanted);
    if (panel_ != nullptr)
        panel_->setOrder(settings_.inspectorOrder());
    if (isToBeShown == !isHidden())
        return;
    if (!isToBeShown) {
        if (isAncestorOf(window_.focusWidget()))
            leave();
        keepWidth();
        return hide();
    }
    if (panel_ == nullptr)
        makePanel();
    show();
    if (settings_.inspectorWidth() > 0)
        window_.resizeDocks({this}, {settings_.inspectorWidth()}, Qt::Horizontal);
}

void InspectorDock::makePanel() {
    panel_ = new ui::InspectorPanel(this);
    panel_->setOrder(settings_.inspectorOrder());
    followView();
    setWidget(panel_);
    // The panel has a head of its own.
    setTitleBarWidget(new QWidget(this));
    connect(panel_, &ui::InspectorPanel::orderChosen, &settings_, &Settings::setInspectorOrder);
    connect(panel_, &ui::InspectorPanel::closeWanted, this,
            [this] { settings_.setInspectorShown(false); });
    connect(panel_, &ui::InspectorPanel::leaveWanted, this, &InspectorDock::leave);
}

void InspectorDock::keepWidth() {
    if (panel_ != nullptr && !isHidden())
        settings_.setInspectorWidth(width());
}

void InspectorDock::leave() {
    if (document_ != nullptr)
        document_->view().setFocus();
}

}  // namespace octavo::app
