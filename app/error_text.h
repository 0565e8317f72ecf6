// Errors of the core in the user's words.
//
// Thread rule: GUI thread.
#pragma once

#include "core/base/result.h"

#include <QString>

namespace octavo::app {

/// Why it failed, without the operation and the path; a clause without a full stop.
QString reasonText(const core::Error& error);

}  // namespace octavo::app
