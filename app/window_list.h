// All main windows at once.
//
// Thread rule: GUI thread.
#pragma once

#include "app/environment.h"

namespace octavo::app {

/// Closes one window after the other, until one says no. A window that saves first goes on with
/// the rest when it is done (Environment::quitting).
void closeAllWindows(Environment& environment);

}  // namespace octavo::app
