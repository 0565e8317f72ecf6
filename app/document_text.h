// What is said of a document in more than one place.
// Thread rule: GUI thread.
#pragma once

#include "core/document/document.h"

#include <QString>

namespace octavo::app {

/// Its name for the user, one line.
QString nameOf(const core::Document& document);
/// What would be lost if it were closed, in words.
QString pendingText(const core::Document& document);
/// "1 change", "2 345 changes".
QString changeCountText(std::size_t changes);

}  // namespace octavo::app
