// All keys: those of the menus, as they are at the moment, and those that the grid, the lists and
// the bars know by themselves.
//
// Thread rule: GUI thread.
#pragma once

class QMenuBar;
class QWidget;

namespace octavo::app {

/// Non-modal; one for each window at most.
void showKeys(QWidget* parent, const QMenuBar& menus);

}  // namespace octavo::app
