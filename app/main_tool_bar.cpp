#include "app/main_tool_bar.h"

#include "ui/panels/flush_button.h"
#include "ui/panels/segmented_control.h"

#include <QAction>
#include <QToolButton>

namespace octavo::app {

MainToolBar::MainToolBar(const Actions& actions, QWidget* parent)
    : QToolBar(tr("Tool bar"), parent)
    , flush_(new ui::FlushButton(this))
    , mode_(new ui::SegmentedControl(this)) {
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    addAction(actions[ActionId::Open]);
    addSpace(4);
    flush_->setDefaultAction(actions[ActionId::Flush]);
    flush_->setFocusPolicy(Qt::TabFocus);
    addWidget(flush_);
    addSpace(4);
    addAction(actions[ActionId::Undo]);
    addAction(actions[ActionId::Redo]);
    addSeparator();
    // In the order of core::AccessMode.
    mode_->addSegment(tr("Read-only"), tr("Every edit is refused"));
    mode_->addSegment(tr("Preview"),
                      tr("Edits are seen at once and reach the file when you flush them"));
    mode_->addSegment(tr("Write-through"), tr("Every edit goes to the file at once"));
    addWidget(mode_);
    addSeparator();
    addAction(actions[ActionId::Find]);
    addAction(actions[ActionId::GoTo]);
    for (const ActionId id :
         {ActionId::Open, ActionId::Undo, ActionId::Redo, ActionId::Find, ActionId::GoTo})
        widgetForAction(actions[id])->setFocusPolicy(Qt::TabFocus);
    // Qt's own, for what has no room: it has an arrow for a text.
    if (auto* const more = findChild<QToolButton*>(QStringLiteral("qt_toolbar_ext_button"))) {
        more->setAccessibleName(tr("More commands"));
        more->setFocusPolicy(Qt::TabFocus);
    }

    connect(mode_, &ui::SegmentedControl::chosen, this,
            [this](int segment) { emit modeChosen(static_cast<core::AccessMode>(segment)); });
}

void MainToolBar::addSpace(int width) {
    auto* const space = new QWidget(this);
    space->setFixedWidth(width);
    addWidget(space);
}

void MainToolBar::setPendingCount(std::size_t count) {
    flush_->setPendingCount(count);
}

void MainToolBar::setMode(core::AccessMode mode) {
    mode_->setCurrent(static_cast<int>(mode));
}

void MainToolBar::setModeEnabled(bool enabled) {
    mode_->setEnabled(enabled);
}

}  // namespace octavo::app
