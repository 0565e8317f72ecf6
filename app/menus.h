// The menu bar: where each action stands.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/format_menus.h"
#include "app/settings.h"

#include <functional>
#include <string>

class QMenu;
class QMenuBar;

namespace octavo::app {

/// Fills `bar` and returns the menu of recent files, which its owner fills.
QMenu* buildMenus(QMenuBar& bar, const Actions& actions, const FormatMenus& formats);
/// Fills the menu of recent files anew; `open` is called with the one that is chosen.
void fillRecentMenu(QMenu& menu, const Actions& actions, const Settings& settings,
                    const std::function<void(const std::string&)>& open);
/// What the right button shows over the grid.
void fillContextMenu(QMenu& menu, const Actions& actions);

}  // namespace octavo::app
