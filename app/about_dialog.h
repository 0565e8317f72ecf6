// The two small dialogs of the Help menu.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"

class QWidget;

namespace octavo::app {

/// Non-modal; one for each window at most.
void showKeys(QWidget* parent, const Actions& actions);
void showAbout(QWidget* parent);

}  // namespace octavo::app
