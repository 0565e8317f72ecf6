// Plans of saves in the user's words.
//
// Thread rule: GUI thread.
#pragma once

#include "core/save/save_plan.h"

#include <QString>

namespace octavo::app {

/// What it does, a few words without a full stop.
QString planTitle(const core::SavePlan& plan);
/// What it writes, needs, leaves after a crash and loses; or why it cannot be taken. Sentences.
QString planDetails(const core::SavePlan& plan);

/// True where nobody needs to be asked: the content is whole whatever happens, nothing is lost, and
/// it is done in a moment.
bool isTrivial(const core::SavePlan& plan, bool isDevice);

}  // namespace octavo::app
