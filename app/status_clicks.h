// Where a click on a field of the status line leads: to the command, or to a menu of choices, that
// changes what the field shows.
//
// Thread rule: GUI thread.
#pragma once

#include "app/actions.h"
#include "app/format_menus.h"
#include "ui/panels/status_line.h"

namespace octavo::app {

/// Both must outlive the line.
void connectClicks(ui::StatusLine& line, const Actions& actions, const FormatMenus& formats);

}  // namespace octavo::app
